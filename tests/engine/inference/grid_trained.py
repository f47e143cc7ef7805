"""Real networks that have learnt a small task in a second or two: deep supervision, tiny nets."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional as F

from hrm_engine.export.checkpoint import save_checkpoint
from hrm_engine.model.build import build_model
from hrm_engine.model.config import ModelConfig
from hrm_engine.model.grid import GridModel
from hrm_engine.tasks.base import GridTask
from hrm_engine.tasks.sudoku import Sudoku4
from tests.engine.inference.grid_toy import SQUARES, TASK

SUDOKU4 = "1234341221434321"
BLANK = 1
_SIZES: dict[str, Any] = {
    "preset": "trm_mlp",
    "width": 32,
    "heads": 2,
    "layers": 1,
    "ff": 64,
    "token_ff": 32,
    "h_cycles": 2,
    "l_cycles": 2,
    "puzzle_tokens": 1,
    "segments": 4,
}


@lru_cache
def train(steps: int = 30) -> GridModel:
    """A network for `Latin`: it solves about four squares in five at its first try."""
    grids = np.stack([TASK.inputs(text) for text in SQUARES])
    return _train(TASK, grids, steps, most_blanks=0.4)


@lru_cache
def train_sudoku4(steps: int = 40) -> GridModel:
    """A network for 4x4 Sudoku: with eight blanks it solves most."""
    task, rng = Sudoku4(), np.random.default_rng(0)
    solved = task.inputs(task.read({"input": SUDOKU4}))
    grids = np.stack([task.symmetry(rng).apply(solved) for _ in range(2_000)])
    return _train(task, grids, steps, most_blanks=0.6)


def sudoku4_puzzles(count: int, blanks: int = 8) -> list[str]:
    """Solvable 4x4 puzzles, perhaps with several solutions."""
    task, rng = Sudoku4(), np.random.default_rng(7)
    solved = task.inputs(task.read({"input": SUDOKU4}))
    found = []
    for _ in range(count):
        grid = task.symmetry(rng).apply(solved)
        grid[rng.choice(16, size=blanks, replace=False)] = BLANK
        found.append("".join(task.vocabulary[t] for t in grid))
    return found


def _train(
    task: GridTask[Any, Any], grids: np.ndarray, steps: int, *, most_blanks: float
) -> GridModel:
    torch.set_num_threads(1)  # its products are too small to share
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    model = build_model(ModelConfig(vocab=len(task.vocabulary), grid=task.shape, **_SIZES))
    assert isinstance(model, GridModel)
    optimiser = torch.optim.AdamW(model.parameters(), lr=5e-3, weight_decay=0.0)
    for _ in range(steps):
        seen, targets = _batch(rng, grids, most_blanks)
        carry = model.start(len(seen))
        for _ in range(2):
            out = model(seen, carry)
            right = (out.logits.argmax(-1) == targets).all(-1).float()
            loss = F.cross_entropy(out.logits.flatten(0, 1), targets.flatten())
            loss = loss + F.binary_cross_entropy_with_logits(out.halt, right)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            carry = out.carry.detach()
    return model.eval()


def _batch(
    rng: np.random.Generator, grids: np.ndarray, most_blanks: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """Grids with blanks and their solutions, (64, S) each."""
    targets = torch.from_numpy(grids[rng.integers(len(grids), size=64)]).long()
    share = rng.uniform(0.1, most_blanks, (64, 1))
    blank = torch.from_numpy(rng.random(targets.shape) < share)
    return targets.masked_fill(blank, BLANK), targets


def save(folder: Path, model: GridModel, vocabulary: Sequence[str] = TASK.vocabulary) -> Path:
    """The network as a checkpoint."""
    return save_checkpoint(folder, model, vocabulary=list(vocabulary), recipe={}, card="toy\n")
