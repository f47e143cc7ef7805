"""The smallest grid worth refining: rows that each hold every digit once, with one hidden."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hrm_engine.data.grids import GridDataset
from hrm_engine.errors import TaskError
from hrm_engine.model.build import build_model
from hrm_engine.model.grid import GridModel
from hrm_engine.tasks.base import GridTask, Symmetry, Verdict
from hrm_engine.train.settings import RunConfig

Grid = NDArray[np.uint8]

ROWS, DIGITS = 2, 3
BLANK = 1


class Missing(GridTask[Grid, Grid]):
    """Each row is a permutation of the digits; find the hidden one."""

    name = "missing"
    vocabulary = ("<pad>", ".", "1", "2", "3")
    shape = (ROWS, DIGITS)

    def sample(self, rng: np.random.Generator) -> Grid:
        grid = np.stack([rng.permutation(DIGITS) + 2 for _ in range(ROWS)]).astype(np.uint8)
        grid[np.arange(ROWS), rng.integers(DIGITS, size=ROWS)] = BLANK
        return grid.reshape(-1)

    def inputs(self, problem: Grid) -> Grid:
        return problem

    def targets(self, problem: Grid, solution: Grid) -> Grid:
        return solution

    def decode(self, problem: Grid, tokens: Sequence[int]) -> Grid:
        return np.array(tokens, np.uint8)

    def baseline(self, problem: Grid) -> Grid:
        rows = problem.reshape(ROWS, DIGITS).astype(int)
        whole = sum(range(2, 2 + DIGITS))
        hidden = whole - (rows.sum(1, keepdims=True) - BLANK)
        solved = np.where(rows == BLANK, hidden, rows)
        if sorted(solved[0]) != list(range(2, 2 + DIGITS)):
            raise TaskError("a digit stands twice in a row")
        return solved.astype(np.uint8).reshape(-1)

    def symmetry(self, rng: np.random.Generator) -> Symmetry:
        cells = np.arange(ROWS * DIGITS).reshape(ROWS, DIGITS)
        cells = cells[rng.permutation(ROWS)][:, rng.permutation(DIGITS)]
        tokens = np.concatenate(([0, BLANK], rng.permutation(DIGITS) + 2))
        return Symmetry(cells.reshape(-1), tokens.astype(np.uint8))

    def verify(self, problem: Grid, solution: Grid) -> Verdict:
        right = np.array_equal(solution, self.baseline(problem))
        return Verdict("proved" if right else "refuted", "rows")

    def peers(self) -> Mapping[str, Callable[[Grid], Grid]]:
        return {}

    def cross_check(self, problem: Grid, solution: Grid) -> bool | None:
        return None

    def read(self, record: dict[str, Any]) -> Grid:
        text = record["input"].replace("/", "")
        if len(text) != ROWS * DIGITS or set(text) - set("._123"):
            raise TaskError(f"`{text}` is no grid")
        return np.array([BLANK if c in "._" else int(c) + 1 for c in text], np.uint8)

    def show(self, solution: Grid) -> str:
        return "".join(self.vocabulary[t] for t in solution)

    def render(self, problem: Grid, tokens: Sequence[int]) -> str:
        return self.show(np.array(tokens))


def grid_settings(out: Path, **changes: Any) -> RunConfig:
    """A tiny run; `changes` such as train__lr=1e-3 replace single settings."""
    values: dict[str, Any] = {
        "name": "toy",
        "data": {"source": "missing", "batch": 16, "pool": 64, "workers": 0, "held_out": 8},
        "model": {
            "preset": "trm_mlp",
            "vocab": len(Missing.vocabulary),
            "width": 16,
            "heads": 2,
            "layers": 1,
            "ff": 16,
            "token_ff": 16,
            "h_cycles": 2,
            "l_cycles": 2,
            "puzzle_tokens": 0,
            "segments": 4,
            "grid": (ROWS, DIGITS),
        },
        "train": {
            "steps": 12,
            "out": str(out),
            "lr": 3e-3,
            "warmup": 2,
            "log_every": 1,
            "save_every": 100,
            "eval_every": 100,
            "first_sample": 0,
            "device": "cpu",
        },
    }
    for name, value in changes.items():
        part, _, key = name.partition("__")
        values[part] = values[part] | {key: value} if key else values[part] | value
    return RunConfig.model_validate(values)


def toy_grid_model(config: RunConfig) -> GridModel:
    """The model of the settings, from the settings' seed."""
    import torch

    torch.manual_seed(config.seed)
    model = build_model(config.model)
    assert isinstance(model, GridModel)
    return model


def toy_grids(**options: Any) -> GridDataset:
    """The endless problems of the toy task."""
    return GridDataset(Missing(), **options)
