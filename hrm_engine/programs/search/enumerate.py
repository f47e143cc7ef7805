"""Bottom-up enumeration: every value that programs of growing cost can make, cheapest first.

A program is the values that it gives on the examples; of programs with equal values the first
is kept (observational equivalence). Level `c` holds the values of cost `c`: a move of cost `w`
applied to arguments whose costs add up to `c - w`. With all moves at cost 1 that is search by
size; with costs from a model's probabilities the same loop is the guided bottom-up search of
Probe (Barke, Peleg and Polikarpova 2020, OOPSLA, "Just-in-time learning for bottom-up
enumerative synthesis").

A value that is used twice is paid once where it is easily seen: `ZipWith f xs ys` where
one list was made from the other (`_kin`). Otherwise a cost counts the tree.

Read `Enumerator.grow` first. The search from the goal's end is in `goals.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from hrm_engine.deadline import Deadline
from hrm_engine.programs.search.bank import INPUT, Bank, Index, Values
from hrm_engine.programs.search.kernels import Columns, Shape, Type
from hrm_engine.programs.search.moves import INDEX, MOVES, Move

CHUNK = 2**14
GENERATIONS = 4
Watcher: TypeAlias = Callable[[Type, Values], bool]
"""Sees new values; True ends the level."""
Batch: TypeAlias = tuple[Index, Index, list[Columns]]
"""The numbers of the left and the right arguments, and the columns of all arguments."""
Value: TypeAlias = int | Sequence[int]


def columns_of(shape: Shape, values: Sequence[Value]) -> tuple[Type, Columns]:
    """One value an example as the type and one column (W, 1)."""
    if all(isinstance(value, int) for value in values):
        return "int", np.array(values, dtype=shape.dtype)[:, None]
    cells = np.zeros((shape.examples, shape.longest), dtype=shape.dtype)
    lengths = np.zeros(shape.examples, dtype=shape.dtype)
    for example, value in enumerate(values):
        assert not isinstance(value, int)
        cells[example, : len(value)] = value
        lengths[example] = len(value)
    return "list", np.concatenate([cells.ravel(), lengths])[:, None]


class Enumerator:
    """Fills a bank level by level. `watch` is shown every batch of new values."""

    def __init__(
        self,
        bank: Bank,
        inputs: Sequence[tuple[Type, Columns]],
        costs: Mapping[str, int],
        watch: Watcher,
    ) -> None:
        self.bank = bank
        self.cost = 0
        self._moves = [(move, costs[move.name]) for move in MOVES]
        self._watch = watch
        for place, (kind, columns) in enumerate(inputs):
            number = np.array([place], dtype=np.int32)
            self._keep(kind, INPUT, [number, number], columns)
        bank.close(0)

    def grow(self, deadline: Deadline) -> None:
        """Make and store the next level; ends early, keeping what there is, at the deadline."""
        self.cost += 1
        for move, batches in self._work():
            for left, right, arguments in batches:
                columns, valid = move.apply(self.bank.shape, *arguments)
                made = np.flatnonzero(valid)
                origin = [left, right]
                if len(made) < len(valid):
                    columns, origin = columns[:, made], [left[made], right[made]]
                enough = self._keep(move.result, INDEX[move.name], origin, columns)
                if enough or self.bank.full() or not deadline.remaining():
                    self.bank.close(self.cost)
                    return
        self.bank.close(self.cost)

    def _keep(self, kind: Type, move: int, origin: list[Index], columns: Columns) -> bool:
        """Store and show what is new among the results of one batch."""
        keys = self.bank.keys(kind, columns)
        new = np.flatnonzero(self.bank.fresh(kind, keys))
        left, right = origin[0][new], origin[1][new]
        moves = np.full(len(new), move, dtype=np.int16)
        stored = self.bank.add(kind, Values(columns[:, new], keys[new], moves, left, right))
        return bool(stored.size) and self._watch(kind, stored)

    def _work(self) -> Iterator[tuple[Move, Iterator[Batch]]]:
        """Each move with the batches of arguments that make this level; unary moves first."""
        for move, cost in self._moves:
            if len(move.arguments) == 1:
                yield move, self._single(self.cost - cost)
        for move, cost in self._moves:
            if move.operation == "ZipWith":
                yield move, self._kin(move, self.cost - cost)
        for move, cost in self._moves:
            if len(move.arguments) == 2:
                for first in range(self.cost - cost + 1):
                    yield move, self._pairs(move, first, self.cost - cost - first)

    def _single(self, cost: int) -> Iterator[Batch]:
        level = self.bank.at("list", cost)
        for at in range(0, level.size, CHUNK):
            part = level.part(at, min(at + CHUNK, level.size))
            number = np.arange(part.start, part.start + part.size, dtype=np.int32)
            yield number, number, [part.columns]

    def _pairs(self, move: Move, first: int, second: int) -> Iterator[Batch]:
        """All pairs of values of the two costs; of a commuting pair only one order."""
        if move.commutes and first > second:
            return
        a, b = self.bank.at(move.arguments[0], first), self.bank.at("list", second)
        total = a.size * b.size
        for at in range(0, total, CHUNK):
            pair = np.arange(at, min(at + CHUNK, total), dtype=np.int64)
            i, j = pair // b.size, pair % b.size
            if move.commutes and first == second:
                i, j = i[i <= j], j[i <= j]
            left, right = (a.start + i).astype(np.int32), (b.start + j).astype(np.int32)
            yield left, right, [np.take(a.columns, i, axis=1), np.take(b.columns, j, axis=1)]

    def _kin(self, move: Move, cost: int) -> Iterator[Batch]:
        """Each list of this cost with the lists that it was made from, at no further cost."""
        level = self.bank.at("list", cost)
        child = np.arange(level.start, level.start + level.size, dtype=np.int32)
        parent = self.bank.list_argument(level)
        for _ in range(GENERATIONS):
            child, parent = child[parent >= 0], parent[parent >= 0]
            for at in range(0, len(child), CHUNK):
                i, j = child[at : at + CHUNK], parent[at : at + CHUNK]
                mine, theirs = (self.bank.gather("list", n).columns for n in (i, j))
                yield i, j, [mine, theirs]
                if not move.commutes:
                    yield j, i, [theirs, mine]
            parent = self.bank.list_argument(self.bank.gather("list", parent))
