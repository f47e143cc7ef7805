"""From examples to tensors: batches with little padding, in an order that a seed fixes.

Two ways to batch a pool of examples (`data.mode`):

* sorted: neighbours in length share a batch of about `data.tokens` tokens; shapes vary. The
  better choice on a CPU, where attention over packed rows would waste time on masked pairs.
* packed: rows of exactly `data.max_length` tokens, several examples a row, apart by mask;
  shapes are fixed, which a compiled model on a GPU wants.

Read `arrays` first; `stream.py` makes the endless stream of batches.
Shapes: B rows, S tokens a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray
from pydantic import Field
from torch import Tensor

from hrm_engine.config import Settings
from hrm_engine.data.packing import first_fit_decreasing
from hrm_engine.tasks.base import Example

IGNORE = -100
"""The target of a position that carries no loss (cross_entropy's own convention)."""


class DataConfig(Settings):
    """Which data, and how it is cut into batches."""

    source: str = Field(description="a task, a registered data set, or a path *.jsonl")
    tokenizer: Path | None = Field(None, description="tokeniser file; texts only")
    mode: Literal["sorted", "packed"] = "sorted"
    tokens: int = Field(8192, gt=0, description="tokens a batch, padding included")
    max_length: int = Field(512, gt=1, description="longer examples are left out")
    puzzles: tuple[Path, ...] = Field(
        (), description="grids: files of problems; none = sampled without end"
    )
    held_out_files: tuple[Path, ...] = Field(
        (), description="grids: evaluate on the first lines of these, not the last of puzzles"
    )
    batch: int = Field(64, gt=0, description="grids: slots, each with a problem in work")
    reveal: float = Field(
        0.0,
        ge=0,
        le=1,
        description="grids: share of problems that begin with some of their answer revealed",
    )
    reveal_cells: int = Field(
        0, ge=0, description="grids: at most so many cells are revealed; 0 = any number"
    )
    pool: int = Field(8192, gt=0, description="examples drawn and sorted or packed at a time")
    workers: int = Field(1, ge=0, description="processes that draw pools ahead; 0 = none")
    held_out: int = Field(256, gt=0, description="examples for evaluation, never trained on")
    exclude: tuple[Path, ...] = Field((), description="evaluation files never trained on")


@dataclass(frozen=True)
class Batch:
    """Model input and targets. Segment 0 is padding; a target of -100 carries no loss."""

    tokens: Tensor  # (B, S) int64
    targets: Tensor  # (B, S) int64: the token that follows, where it is to be learned
    segment: Tensor  # (B, S) int64: which example of the row, from 1
    prefix: Tensor  # (B, S) bool: the part that attends in both directions
    positions: Tensor  # (B, S) int64: from 0 in each segment
    causal: bool  # a plain causal mask is right: one example a row, padding last, no prefix
    learned: int  # how many targets carry loss
    used: int  # how many tokens are not padding

    def to(self, device: torch.device) -> Batch:
        """The same batch on `device`."""
        moved: dict[str, Any] = {
            name: value.to(device, non_blocking=True)
            for name, value in vars(self).items()
            if isinstance(value, Tensor)
        }
        return replace(self, **moved)


@dataclass(frozen=True)
class Arrays:
    """A batch as small arrays, cheap to send between processes."""

    tokens: NDArray[np.int32]
    targets: NDArray[np.int32]
    segment: NDArray[np.int16]
    prefix: NDArray[np.bool_]
    positions: NDArray[np.int16]

    def tensors(self) -> Batch:
        """The batch that a model takes."""
        return Batch(
            tokens=torch.from_numpy(self.tokens.astype(np.int64)),
            targets=torch.from_numpy(self.targets.astype(np.int64)),
            segment=torch.from_numpy(self.segment.astype(np.int64)),
            prefix=torch.from_numpy(self.prefix),
            positions=torch.from_numpy(self.positions.astype(np.int64)),
            causal=bool(self.segment.max() <= 1 and not self.prefix.any()),
            learned=int((self.targets != IGNORE).sum()),
            used=int((self.segment > 0).sum()),
        )


def arrays(rows: Sequence[Sequence[Example]], length: int) -> Arrays:
    """Rows of examples, each row padded to `length`.

    The token at i predicts the one at i+1 where `learn[i+1]` holds; the last token of an
    example predicts nothing, so no example ever learns from its neighbour.
    """
    shape = (len(rows), length)
    made = Arrays(
        tokens=np.zeros(shape, np.int32),
        targets=np.full(shape, IGNORE, np.int32),
        segment=np.zeros(shape, np.int16),
        prefix=np.zeros(shape, np.bool_),
        positions=np.zeros(shape, np.int16),
    )
    for row, examples in enumerate(rows):
        start = 0
        for number, example in enumerate(examples, start=1):
            size = len(example.tokens)
            here = slice(start, start + size)
            ids = np.asarray(example.tokens, np.int32)
            made.tokens[row, here] = ids
            learned = np.asarray(example.learn[1:], np.bool_)
            made.targets[row, start : start + size - 1] = np.where(learned, ids[1:], IGNORE)
            made.segment[row, here] = number
            made.prefix[row, start : start + example.prefix] = True
            made.positions[row, here] = np.arange(size)
            start += size
    return made


def sorted_batches(examples: Sequence[Example], tokens: int) -> list[Arrays]:
    """Batches of neighbours in length, each of at most `tokens` tokens (one row at least)."""
    by_length = sorted(examples, key=lambda example: len(example.tokens))
    batches: list[Arrays] = []
    row: list[Example] = []
    for example in by_length:
        if row and (len(row) + 1) * len(example.tokens) > tokens:
            batches.append(arrays([[e] for e in row], len(row[-1].tokens)))
            row = []
        row.append(example)
    if row:
        batches.append(arrays([[e] for e in row], len(row[-1].tokens)))
    return batches


def packed_batches(examples: Sequence[Example], tokens: int, length: int) -> list[Arrays]:
    """Batches of `tokens // length` rows of `length` tokens, several examples a row."""
    rows = [
        [examples[i] for i in row]
        for row in first_fit_decreasing([len(e.tokens) for e in examples], length)
    ]
    count = max(tokens // length, 1)
    missing = -len(rows) % count
    rows += [[] for _ in range(missing)]  # all batches have one shape
    return [arrays(rows[i : i + count], length) for i in range(0, len(rows), count)]


def make_batches(examples: Sequence[Example], config: DataConfig) -> list[Arrays]:
    """All of `examples` in batches as `config.mode` says."""
    if config.mode == "packed":
        return packed_batches(examples, config.tokens, config.max_length)
    return sorted_batches(examples, config.tokens)
