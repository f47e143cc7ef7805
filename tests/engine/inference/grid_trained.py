"""A real network that has learnt the toy squares: thirty steps of deep supervision."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from hrm_engine.export.checkpoint import save_checkpoint
from hrm_engine.model.build import build_model
from hrm_engine.model.config import ModelConfig
from hrm_engine.model.grid import GridModel
from tests.engine.inference.grid_toy import SQUARES, TASK, VOCABULARY

CONFIG = ModelConfig(
    preset="trm_mlp",
    vocab=len(VOCABULARY),
    width=32,
    heads=2,
    layers=1,
    ff=64,
    token_ff=32,
    h_cycles=2,
    l_cycles=2,
    puzzle_tokens=1,
    grid=(3, 3),
    segments=4,
)


def puzzles(rng: np.random.Generator, rows: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Squares with one to four blanks, and their solutions: (B, S) each."""
    picked = [SQUARES[i] for i in rng.integers(len(SQUARES), size=rows)]
    targets = torch.from_numpy(np.stack([TASK.inputs(text) for text in picked])).long()
    blank = torch.from_numpy(rng.random((rows, 9)) < rng.uniform(0.1, 0.4, (rows, 1)))
    return targets.masked_fill(blank, 1), targets


def train(steps: int = 30) -> GridModel:
    """A network that solves most squares, not all: about four in five at its first try."""
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    model = build_model(CONFIG)
    assert isinstance(model, GridModel)
    optimiser = torch.optim.AdamW(model.parameters(), lr=5e-3, weight_decay=0.0)
    for _ in range(steps):
        seen, targets = puzzles(rng, 64)
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


def save(folder: Path, model: GridModel) -> Path:
    """The network as a checkpoint."""
    return save_checkpoint(folder, model, vocabulary=VOCABULARY, recipe={}, card="toy\n")
