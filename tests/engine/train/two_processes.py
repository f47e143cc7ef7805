"""What each of two processes does in `test_distributed.py`; torchrun starts it.

    torchrun --nproc-per-node 2 tests/engine/train/two_processes.py FOLDER

Examples are numbered without end and each depends on its number alone, so the same ones are
trained on however pools and processes divide them.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from hrm_engine.data.dataset import HELD_OUT, Dataset
from hrm_engine.data.grids import GridDataset, GridPool
from hrm_engine.tasks.base import Example
from hrm_engine.train.distributed import World, joined
from hrm_engine.train.settings import RunConfig
from hrm_engine.train.trainer import Trainer
from tests.engine.train.toy import VOCABULARY, Reverse, reverse, settings, toy_model
from tests.engine.train.toy_grid import Missing, grid_settings, toy_grid_model

DIGITS, ROWS, STEPS = 4, 8, 4
LENGTH = 2 * DIGITS + 2
SMALL = {
    "preset": "hrm_text",
    "vocab": len(VOCABULARY),
    "width": 16,
    "heads": 2,
    "layers": 1,
    "ff": 16,
    "context": 64,
    "gradient_calls": (1, 3),  # at first the L network gets no gradient
}
OPTIMISERS = {
    "sequence-ddp": "adamw",
    "sequence-fsdp": "adam_atan2",
    "grid-ddp": "muon",
    "grid-fsdp": "muon",
}


class NumberedSequences(Reverse):
    """Example n depends on n alone."""

    def pool(self, seed: int, index: int, size: int) -> list[Example]:
        numbers = range(index * size, (index + 1) * size)
        return [
            reverse(np.random.default_rng([seed, n]).integers(10, size=DIGITS).tolist())
            for n in numbers
        ]


class NumberedGrids(GridDataset):
    """Problem n depends on n alone; none is left out."""

    def __init__(self, interrupted: int = HELD_OUT) -> None:
        super().__init__(Missing())
        self.interrupted = interrupted

    def pool(
        self, seed: int, index: int, size: int, excluded: Collection[bytes] = frozenset()
    ) -> GridPool:
        if index >= self.interrupted:
            # Ctrl-C under torchrun comes twice: from the terminal and from torchrun.
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGINT)
        drawn = [
            self._sampled(np.random.default_rng([seed, n]), 1)
            for n in range(index * size, (index + 1) * size)
        ]
        return GridPool(*(np.concatenate([getattr(d, k) for d in drawn]) for k in vars(drawn[0])))


def config_of(name: str, out: Path, processes: int, **changes: Any) -> RunConfig:
    """The run `name` on one of `processes`: together they take 2 * ROWS examples a step."""
    span = {"train__gradient_growth": 1e-9}  # one step with the short span, then the long one
    rows = 2 * ROWS // processes
    common = {"train__steps": STEPS, "train__optimiser": OPTIMISERS[name], "train__warmup": 0}
    common |= {"train__schedule": "constant", "data__pool": rows}
    if name.startswith("grid"):
        # All halt together, so that slots are refilled in the order of the numbers.
        own = {"data__batch": rows, "train__exploration": 0.0}
        return grid_settings(out, **common | own | changes)
    return settings(
        out, **common | {"model": SMALL, "data__tokens": rows * LENGTH} | span | changes
    )


def run(config: RunConfig, world: World, resume: bool = False, **options: Any) -> dict[str, Any]:
    """Train as `config` says."""
    if config.model.form == "grid":
        data: Dataset = NumberedGrids(**options)
        return Trainer(toy_grid_model(config), data, config, world).fit(resume)
    return Trainer(toy_model(config), NumberedSequences(), config, world).fit(resume)


def main(folder: Path) -> None:
    """Every run, one after the other."""
    torch.set_num_threads(1)
    with joined("auto", "cpu") as world:
        for name in OPTIMISERS:
            kind: Any = name.split("-")[1]
            run(config_of(name, folder / name, 2), replace(world, kind=kind))
        pieces = folder / "pieces"
        for _ in range(2):  # no minutes at all: each part makes one step, saves and stops
            piece = config_of("grid-ddp", pieces, 2, train__max_minutes=1e-9)
            run(piece, world, resume=True)
        run(config_of("grid-ddp", pieces, 2), world, resume=True)
        # Only the second process is asked to stop.
        asked = {"interrupted": 9} if world.rank else {}
        stopping = config_of("grid-ddp", folder / "interrupted", 2, train__steps=100)
        result = run(stopping, world, **asked)
        (folder / f"result-{world.rank}").write_text(f"{result['stopped']} {result['step']}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
