"""The search from the other end: what would be enough to reach the output.

A goal is a list value from which known statements lead to the output: `xs - 1` is
a goal for `Map (+1)`, and with a known list `v` so is `output - v` for `ZipWith (+)`. Only
operations whose argument follows from the result are turned round; the others are left to the
enumeration and to `joins.py`. A program is found where a goal's key is a value's key: so two
short searches do the work of one long one (bidirectional search, as old as Pohl 1971).

The output itself is goal 0; the goals of an `int` output are that one alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import numpy as np

from hrm_engine.deadline import Deadline
from hrm_engine.programs.search.bank import (
    FIRST_ROOM,
    Bank,
    Index,
    Keys,
    Seen,
    Values,
    copy_into,
    larger,
    room_for,
)
from hrm_engine.programs.search.kernels import Columns, Result, Shape, Type, map_, reverse
from hrm_engine.programs.search.moves import INDEX, MOVES
from hrm_engine.programs.search.terms import Term, term_of

CHUNK = 2**14
Inverse = Callable[[Shape, Columns], Result]


def divided(by: int, shape: Shape, columns: Columns) -> Result:
    """What `Map (*by)` is to be applied to."""
    cells, lengths = shape.split(columns)
    quotient = cells // cells.dtype.type(by)
    result, _ = shape.join(quotient, lengths)
    return result, np.asarray((quotient * by == cells).all(axis=(0, 1)))


def unscanned(function: str, shape: Shape, columns: Columns) -> Result:
    """What `Scanl1` with +, - or * is to be applied to; for * nothing may follow a zero."""
    cells, lengths = shape.split(columns)
    mask, out = shape.mask(lengths), cells.copy()
    valid = np.ones(columns.shape[1], dtype=bool)
    before, after = cells[:, :-1], cells[:, 1:]
    if function == "(*)":
        safe = np.where(before == 0, before.dtype.type(1), before)
        out[:, 1:] = after // safe
        fine = (out[:, 1:] * before == after) & ((before != 0) | ~mask[:, 1:])
        valid = fine.all(axis=(0, 1))
    else:
        out[:, 1:] = after - before if function == "(+)" else before - after
    out[~mask] = 0
    columns, within = shape.join(out, lengths)
    return columns, valid & within


INVERSES: dict[str, Inverse] = {
    "Map (+1)": partial(map_, "(-1)"),
    "Map (-1)": partial(map_, "(+1)"),
    "Map (*(-1))": partial(map_, "(*(-1))"),
    "Map (*2)": partial(divided, 2),
    "Map (*3)": partial(divided, 3),
    "Map (*4)": partial(divided, 4),
    "Scanl1 (+)": partial(unscanned, "(+)"),
    "Scanl1 (-)": partial(unscanned, "(-)"),
    "Scanl1 (*)": partial(unscanned, "(*)"),
    "Reverse": reverse,
}
LEFT, RIGHT = 0, 1
PARTNERED: tuple[tuple[str, int], ...] = (
    ("ZipWith (+)", LEFT),
    ("ZipWith (-)", LEFT),
    ("ZipWith (-)", RIGHT),
    ("ZipWith (*)", LEFT),
)
"""Moves with the side on which the goal stands; the other side is a known list."""


def unzipped(name: str, side: int, shape: Shape, goal: Columns, known: Columns) -> Result:
    """What must stand on `side` of a `ZipWith` beside `known` to give `goal`, as long as that."""
    (cells, lengths), (others, their) = shape.split(goal), shape.split(known)
    mask = shape.mask(lengths)
    valid = (their >= lengths).all(axis=0)
    others = np.where(mask, others, others.dtype.type(0))
    if name == "ZipWith (+)":
        out = cells - others
    elif name == "ZipWith (-)":
        out = cells + others if side == LEFT else others - cells
    else:
        safe = np.where(others == 0, others.dtype.type(1), others)
        out = cells // safe
        valid &= ((out * others == cells) & ((others != 0) | ~mask)).all(axis=(0, 1))
    columns, within = shape.join(out, lengths)
    return columns, valid & within


class Lookup:
    """Finds the goals that values are, by their sorted keys."""

    def __init__(self, goals: Values) -> None:
        order = np.argsort(goals.keys, kind="stable")
        self._keys: Keys = goals.keys[order]
        self._numbers: Index = (order + goals.start).astype(np.int32)

    def find(self, values: Values) -> tuple[int, int] | None:
        """The number of the first goal that is among `values`, and the first such place."""
        at = np.minimum(np.searchsorted(self._keys, values.keys), len(self._keys) - 1)
        places = np.flatnonzero(self._keys[at] == values.keys)
        if not len(places):
            return None
        numbers = self._numbers[at[places]]
        best = int(np.argmin(numbers))
        return int(numbers[best]), int(places[best])


class Goals:
    """Goals by cost. Of a goal's origin, `left` is the goal it serves and `right` the partner."""

    def __init__(
        self, bank: Bank, kind: Type, output: Columns, costs: Mapping[str, int], *, most: int
    ) -> None:
        self.bank = bank
        self.kind = kind
        self.cost = 0
        self._costs = costs
        self._most = most
        self._seen = Seen()
        self._store = room_for(output.shape[0], min(most, FIRST_ROOM), bank.shape.dtype)
        self._side = np.zeros(self._store.size, dtype=np.int8)
        self._size = 0
        self._levels: list[tuple[int, int]] = []
        none = np.zeros(1, dtype=np.int32)
        self._keep(-1, LEFT, none, none, output)
        self._levels.append((0, 1))
        self._sorted: Lookup | None = None

    @property
    def size(self) -> int:
        """How many goals there are."""
        return self._size

    def at(self, cost: int) -> Values:
        """The goals of one cost."""
        known = 0 <= cost < len(self._levels)
        return self._store.part(*(self._levels[cost] if known else (0, 0)))

    def all(self) -> Values:
        """All goals, cheapest first."""
        return self._store.part(0, self._size)

    def full(self) -> bool:
        """Whether no further goal can be stored."""
        return self._size >= self._most

    def grow(self, deadline: Deadline) -> None:
        """Make the goals of the next cost from those before and the values of the bank."""
        self.cost += 1
        start = self._size
        if self.kind == "int":
            return
        for _ in self._steps():
            if self.full() or not deadline.remaining():
                break
        self._levels.append((start, self._size))
        self._sorted = None

    def _steps(self) -> Iterator[None]:
        for name, inverse in INVERSES.items():
            goals = self.at(self.cost - self._costs[name])
            if goals.size:
                number = np.arange(goals.start, goals.start + goals.size, dtype=np.int32)
                self._apply(name, LEFT, number, number, inverse(self.bank.shape, goals.columns))
            yield
        for name, side in PARTNERED:
            left = self.cost - self._costs[name]
            for cost in range(left + 1):
                yield from self._partner(name, side, self.at(cost), left - cost)

    def _partner(self, name: str, side: int, goals: Values, cost: int) -> Iterator[None]:
        """Each of the goals beside each list of the bank of this cost."""
        known = self.bank.at("list", cost)
        total = goals.size * known.size
        for at in range(0, total, CHUNK):
            pair = np.arange(at, min(at + CHUNK, total), dtype=np.int64)
            i, j = pair // known.size, pair % known.size
            columns = (np.take(goals.columns, i, axis=1), np.take(known.columns, j, axis=1))
            result = unzipped(name, side, self.bank.shape, *columns)
            numbers = ((goals.start + i).astype(np.int32), (known.start + j).astype(np.int32))
            self._apply(name, side, *numbers, result)
            yield

    def _apply(self, name: str, side: int, left: Index, right: Index, result: Result) -> None:
        columns, valid = result
        made = np.flatnonzero(valid)
        self._keep(INDEX[name], side, left[made], right[made], columns[:, made])

    def _keep(self, move: int, side: int, left: Index, right: Index, columns: Columns) -> None:
        """Store what is new."""
        keys = self.bank.keys(self.kind, columns)
        new = np.flatnonzero(self._seen.fresh(keys))[: self._most - self._size]
        stop = self._size + len(new)
        if stop > self._store.size:
            self._store = larger(self._store, min(self._most, max(stop, 4 * self._store.size)))
            self._side = np.concatenate(
                [self._side, np.zeros(self._store.size - len(self._side), dtype=np.int8)]
            )
        moves = np.full(len(new), move, dtype=np.int16)
        made = Values(columns[:, new], keys[new], moves, left[new], right[new])
        copy_into(self._store.part(self._size, stop), made)
        self._side[self._size : stop] = side
        self._size = stop

    def met(self, values: Values) -> tuple[int, int] | None:
        """The cheapest goal that is among `values`, and the place there; None when none is."""
        if self._sorted is None:
            self._sorted = Lookup(self.all())
        return self._sorted.find(values)

    def newly_met(self, values: Values) -> tuple[int, int] | None:
        """As `met`, for the goals of the last level alone, so that the cheapest value counts."""
        newest = self.at(self.cost)
        return Lookup(newest).find(values) if newest.size else None

    def complete(self, goal: int, term: Term) -> Term:
        """The whole program, given a term for the value that the goal asks for."""
        goals = self.all()
        while goals.moves[goal] >= 0:
            move = int(goals.moves[goal])
            arguments: tuple[Term, ...] = (term,)
            if len(MOVES[move].arguments) == 2:
                partner = term_of(self.bank, "list", int(goals.right[goal]))
                arguments = (term, partner) if self._side[goal] == LEFT else (partner, term)
            term, goal = Term(move, arguments), int(goals.left[goal])
        return term
