"""Grids to train on: problems of a grid task, from files or sampled, changed by symmetries.

A file holds one problem a line: `puzzle solution`, the solution optional, anything after it
ignored; or JSONL with "input" and, optionally, "answer". A canvas is text with one character a
cell, as in the task's vocabulary; what is written otherwise is read and solved by the task.
Without files problems are sampled without end and solved by the task's classical method.

A row from a file is turned by a random symmetry of the task, so that a few thousand problems
last for ever; sampled problems are new anyway. Read `GridDataset.pool`.
Shapes: N rows, S cells, V tokens.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hrm_engine.data.dataset import HELD_OUT, Dataset
from hrm_engine.data.jsonl import read_records
from hrm_engine.errors import ConfigError, HRMError
from hrm_engine.tasks.base import GridTask, Symmetry

Cells = NDArray[np.uint8]


@dataclass(frozen=True)
class GridPool:
    """Problems and their answers, a row each: tokens read (N, S * C) and answered (N, A).

    S cells of C channels; both are (N, S) where each cell holds one token, in and out.
    """

    inputs: Cells
    targets: Cells

    def __len__(self) -> int:
        return len(self.inputs)

    def select(self, rows: Any) -> GridPool:
        """Some rows: indices, a mask or a slice."""
        return GridPool(self.inputs[rows], self.targets[rows])

    @property
    def keys(self) -> list[bytes]:
        """What tells each problem from the others."""
        return [row.tobytes() for row in self.inputs]

    def without(self, keys: Collection[bytes]) -> GridPool:
        """The rows whose key is not among `keys`."""
        if not keys:
            return self
        return self.select(np.array([key not in keys for key in self.keys], np.bool_))


class GridDataset(Dataset):
    """Problems of a grid task in numbered pools."""

    def __init__(
        self,
        task: GridTask[Any, Any],
        files: Sequence[Path] = (),
        reveal: float = 0.0,
        reveal_cells: int = 0,
        *,
        held_out_files: Sequence[Path] = (),
        held_out: int = 256,
    ) -> None:
        """Raises ConfigError for a file that is missing, wrong or too short."""
        self.task, self.name = task, task.name
        self.reveal, self.reveal_cells = reveal, reveal_cells
        self.bases = read_files(task, files) if files else None
        self._held_out = read_files(task, held_out_files) if held_out_files else None
        if self.bases is not None and self._held_out is None:
            trained = len(self.bases) - held_out
            if trained < 1:
                raise ConfigError(
                    f"data.puzzles holds {len(self.bases)} problems, {held_out} of them held out",
                    hint="lower data.held_out, or name data.held_out_files",
                )
            self._held_out = self.bases.select(slice(trained, None))
            self.bases = self.bases.select(slice(trained))

    @property
    def vocabulary(self) -> Sequence[str]:
        """The task's tokens."""
        return self.task.vocabulary

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the canvas."""
        return self.task.shape

    def show(self, tokens: Sequence[int]) -> str:
        """The canvas as one line."""
        return self.task.line(tokens)

    def held_out(self, seed: int, size: int) -> GridPool:
        """The `size` problems (or fewer) that are evaluated on, as they are."""
        if self._held_out is not None:
            return self._held_out.select(slice(size))
        return self._sampled(np.random.default_rng([seed, HELD_OUT]), size)

    def pool(
        self, seed: int, index: int, size: int, excluded: Collection[bytes] = frozenset()
    ) -> GridPool:
        """Pool `index`: `size` problems less the `excluded` ones; filed ones turned by a symmetry.

        Depends on (seed, index) alone. A file gives every problem once an epoch, each epoch in
        another order.
        """
        rng = np.random.default_rng([seed, index])
        drawn = self._sampled(rng, size) if self.bases is None else self._filed(seed, index, size)
        drawn = drawn.without(excluded)
        if self.bases is not None and self.task.turns_answers:
            drawn = apply_all([self.task.symmetry(rng) for _ in range(len(drawn))], drawn)
        return _revealed(drawn, self.reveal, self.reveal_cells, rng)

    def recipe(self) -> dict[str, Any]:
        """Adds the number of problems in the files."""
        filed = {} if self.bases is None else {"problems": len(self.bases)}
        return {**super().recipe(), **filed}

    def read_keys(self, files: Sequence[Path]) -> frozenset[bytes]:
        """The keys of the problems in evaluation files. Raises HRMError."""
        records = (record for file in files for record in read_records(file))
        return frozenset(self.task.inputs(self.task.read(r)).tobytes() for r in records)

    def _sampled(self, rng: np.random.Generator, size: int) -> GridPool:
        problems = [self.task.sample(rng) for _ in range(size)]
        inputs = [self.task.inputs(p) for p in problems]
        targets = [self.task.targets(p, self.task.answer(p)) for p in problems]
        return GridPool(np.stack(inputs), np.stack(targets))

    def _filed(self, seed: int, index: int, size: int) -> GridPool:
        """Rows index*size ... of the endless sequence of shuffled epochs."""
        assert self.bases is not None
        count = len(self.bases)
        wanted = np.arange(index * size, (index + 1) * size)
        epochs = {
            int(e): np.random.default_rng([seed, int(e), 2]).permutation(count)
            for e in np.unique(wanted // count)
        }
        return self.bases.select([int(epochs[int(n // count)][n % count]) for n in wanted])


def apply_all(symmetries: Sequence[Symmetry], pool: GridPool) -> GridPool:
    """Each row changed by its own symmetry: g'[n, i] = tokens[n, g[n, cells[n, i]]]."""
    if not symmetries:
        return pool
    cells = np.stack([s.cells for s in symmetries])
    tokens = np.stack([s.tokens for s in symmetries])

    def turn(grids: Cells) -> Cells:
        moved = np.take_along_axis(grids, cells, axis=1)
        return np.take_along_axis(tokens, moved.astype(np.intp), axis=1)

    return GridPool(turn(pool.inputs), turn(pool.targets))


def _revealed(pool: GridPool, share: float, most: int, rng: np.random.Generator) -> GridPool:
    """In a `share` of the rows, some of the answer already filled in.

    Any part of it, uniformly, or, where `most` is not 0, one to `most` cells that differ.
    """
    if share == 0:
        return pool
    count = len(pool)
    chosen = rng.random(count) < share
    if most:
        different = pool.inputs != pool.targets
        rank = np.where(different, rng.random(pool.inputs.shape), 2.0).argsort(1).argsort(1)
        shown = different & (rank < np.where(chosen, rng.integers(1, most + 1, count), 0)[:, None])
    else:
        part = np.where(chosen, rng.random(count), 0.0)
        shown = rng.random(pool.inputs.shape) < part[:, None]
    return GridPool(np.where(shown, pool.targets, pool.inputs), pool.targets)


def read_files(task: GridTask[Any, Any], files: Sequence[Path]) -> GridPool:
    """All problems in `files`, in order. Raises ConfigError naming the file and the line."""
    reader = _Reader(task)
    pairs = [pair for file in files for pair in reader.read(file)]
    if not pairs:
        raise ConfigError(f"no problem in {', '.join(map(str, files))}")
    return GridPool(np.stack([p for p, _ in pairs]), np.stack([a for _, a in pairs]))


class _Reader:
    """Reads a task's files: canvases by table, everything else by the task."""

    def __init__(self, task: GridTask[Any, Any]) -> None:
        self.task = task
        self.cells = task.shape[0] * task.shape[1]

    @cached_property
    def table(self) -> NDArray[np.int16]:
        """The token of each byte, -1 where there is none; a 0 may stand for a blank."""
        table = np.full(256, -1, np.int16)
        for token, text in enumerate(self.task.vocabulary):
            if len(text) == 1 and text.isascii():
                table[ord(text)] = token
        if table[ord("0")] < 0:
            table[ord("0")] = table[ord(".")]
        return table

    def read(self, path: Path) -> Iterator[tuple[Cells, Cells]]:
        """The problems in one file, each with its answer."""
        if not path.is_file():
            raise ConfigError(
                f"no file {path}", hint=f"make it: hrm data {self.task.name} --out {path}"
            )
        lines = self._objects(path) if path.suffix == ".jsonl" else _lines(path)
        for number, (puzzle, answer) in enumerate(lines, start=1):
            try:
                yield self._pair(puzzle, answer)
            except HRMError as error:
                raise ConfigError(f"{error.problem} ({path}:{number})", error.hint) from None

    def _objects(self, path: Path) -> Iterator[tuple[str, str]]:
        for record in read_records(path):
            texts = record.get("input", ""), record.get("answer", "")
            if not all(isinstance(text, str) for text in texts):
                raise ConfigError(f'"input" and "answer" must be text ({path})')
            yield texts

    def _pair(self, puzzle: str, answer: str) -> tuple[Cells, Cells]:
        inputs, targets = self._canvas(puzzle), self._canvas(answer)
        if inputs is not None and targets is not None:
            return inputs, targets
        problem = self.task.read({"input": puzzle})
        return self.task.inputs(problem), self.task.targets(problem, self.task.baseline(problem))

    def _canvas(self, text: str) -> Cells | None:
        """The tokens that `text` spells, None when it is no whole canvas."""
        flat = text.replace("\n", "")
        if len(flat) != self.cells or not flat.isascii():
            return None
        found = self.table[np.frombuffer(flat.encode(), np.uint8)]
        return None if (found < 0).any() else found.astype(np.uint8)


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            fields = line.replace(",", " ").split()
            if fields:
                yield fields[0], fields[1] if len(fields) > 1 else ""
