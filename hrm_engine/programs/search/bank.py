"""All values that the search has made, each with the statement that made it.

Programs that give the same values on all examples are one (observational equivalence,
Albarghouthi, Gulwani and Kincaid 2013); the first, cheapest one stays. Values are compared by a
key: a random linear form of the column with whole coefficients, exact in float64. Linear, so
that the key of `xs + ys` is the sum of the keys, which `joins.py` uses. Should two values share
a key by chance, one of them is lost; `search.py` runs each program before it is returned, so
nothing wrong is found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hrm_engine.programs.search.kernels import Columns, Shape, Type, Valid
from hrm_engine.programs.search.moves import MOVES

Keys = NDArray[np.float64]
Index = NDArray[np.signedinteger[Any]]
INPUT = -1
"""The move number of an input of the program."""
FIRST_SLOTS, SLOTS = 2**16, 2**22
FIRST_ROOM = 2**14
TAKES_SECOND = np.array([move.arguments[0] == "int" for move in MOVES])
"""Of which moves the list is the second argument."""


@dataclass(frozen=True)
class Values:
    """Some values of one type, with how each was made.

    moves: number in `moves.MOVES`, or INPUT; left, right: the numbers of the arguments
    within their types; right is used by moves of two arguments alone. For an input, left is its
    place among the inputs.
    """

    columns: Columns  # (W, N)
    keys: Keys  # (N,)
    moves: NDArray[np.int16]  # (N,)
    left: Index  # (N,)
    right: Index  # (N,)
    start: int = 0  # number of the first within the type

    @property
    def size(self) -> int:
        """How many values, N."""
        return len(self.keys)

    def part(self, start: int, stop: int) -> Values:
        """The values from place `start` to before `stop`, as views."""
        cut = slice(start, stop)
        return Values(
            self.columns[:, cut],
            self.keys[cut],
            self.moves[cut],
            self.left[cut],
            self.right[cut],
            self.start + start,
        )


def room_for(rows: int, count: int, dtype: type) -> Values:
    """Unwritten memory for `count` values."""
    return Values(
        np.empty((rows, count), dtype=dtype),
        np.empty(count),
        np.empty(count, dtype=np.int16),
        np.empty(count, dtype=np.int32),
        np.empty(count, dtype=np.int32),
    )


class Seen:
    """A set of keys that may forget: keys that fall on one slot overwrite each other.

    Forgetting costs a value computed twice, never one lost, and takes 10 ns a key.
    """

    def __init__(self, slots: int = FIRST_SLOTS) -> None:
        self._keys = np.zeros(slots)  # 0 is nobody's key: keys are whole numbers and a half
        self._owner = np.zeros(slots, dtype=np.int32)
        self._count = 0

    def fresh(self, keys: Keys) -> Valid:
        """Which of `keys` (N,) are new, the first of each kind; remembers them."""
        if self._count > len(self._keys) // 2 and len(self._keys) < SLOTS:
            known = self._keys[self._keys != 0]
            self._keys, self._owner = np.zeros(4 * len(self._keys)), np.repeat(self._owner, 4)
            self._keys[self._slots(known)] = known
        slot = self._slots(keys)
        new = self._keys[slot] != keys
        chosen = np.flatnonzero(new)[::-1]  # reversed: of equal ones the first is written last
        self._owner[slot[chosen]] = chosen
        owner = self._owner[slot]
        new &= (owner == np.arange(len(keys))) | (keys[np.where(new, owner, 0)] != keys)
        self._keys[slot[chosen]] = keys[chosen]
        self._count += int(new.sum())
        return np.asarray(new)

    def _slots(self, keys: Keys) -> Index:
        return (keys.astype(np.int64) * 0x9E3779B1 >> 7) & (len(self._keys) - 1)


def larger(old: Values, count: int) -> Values:
    """Memory for `count` values that begins with those of `old`."""
    new = room_for(len(old.columns), count, old.columns.dtype.type)
    copy_into(new.part(0, old.size), old)
    return new


def copy_into(room: Values, values: Values) -> None:
    """Write values into memory for as many."""
    room.columns[...] = values.columns
    room.keys[...] = values.keys
    room.moves[...] = values.moves
    room.left[...] = values.left
    room.right[...] = values.right


class Bank:
    """Values by type and cost, each kept once; at most `most` of each type."""

    def __init__(self, shape: Shape, *, most: int, seed: int = 0) -> None:
        self.shape = shape
        rng = np.random.default_rng(seed)
        rows: dict[Type, int] = {"list": shape.cells + shape.examples, "int": shape.examples}
        largest = 2**52 // (max(shape.bound, shape.longest) * max(rows["list"], 1))
        self._weights = {
            kind: rng.integers(largest // 2, largest, count).astype(np.float64)
            for kind, count in rows.items()
        }
        self._seen = {kind: Seen() for kind in rows}
        first = min(most, FIRST_ROOM)
        self._store = {kind: room_for(count, first, shape.dtype) for kind, count in rows.items()}
        self._sizes: dict[Type, int] = dict.fromkeys(rows, 0)
        self._levels: dict[Type, dict[int, tuple[int, int]]] = {kind: {} for kind in rows}
        self._most = most

    def keys(self, kind: Type, columns: Columns) -> Keys:
        """The key (N,) of every column, a whole number and a half."""
        return np.asarray(np.einsum("w,wn->n", self._weights[kind], columns) + 0.5)

    def cell_keys(self, cells: Columns) -> Keys:
        """The linear part over the cells (E*L, N) of lists alone."""
        weights = self._weights["list"][: self.shape.cells]
        return np.asarray(np.einsum("w,wn->n", weights, cells))

    def fresh(self, kind: Type, keys: Keys) -> Valid:
        """Which of these keys no value of the bank has; they are then taken."""
        return self._seen[kind].fresh(keys)

    def add(self, kind: Type, values: Values) -> Values:
        """Store values, as many as there is room for; returns them with their numbers."""
        at = self._sizes[kind]
        stop = min(at + values.size, self._most)
        if stop > self._store[kind].size:
            room = min(self._most, max(stop, 4 * self._store[kind].size))
            self._store[kind] = larger(self._store[kind], room)
        new = self._store[kind].part(at, stop)
        copy_into(new, values.part(0, stop - at))
        self._sizes[kind] = stop
        return new

    def close(self, cost: int) -> None:
        """Everything added since the last call is the level of this cost."""
        for kind, levels in self._levels.items():
            start = max((stop for _, stop in levels.values()), default=0)
            levels[cost] = (start, self._sizes[kind])

    def at(self, kind: Type, cost: int) -> Values:
        """The values of one cost."""
        return self._store[kind].part(*self._levels[kind].get(cost, (0, 0)))

    def all(self, kind: Type) -> Values:
        """All values of a type, cheapest first; one's place is its number."""
        return self._store[kind].part(0, self._sizes[kind])

    def full(self) -> bool:
        """Whether no further value can be stored."""
        return max(self._sizes.values()) >= self._most

    def list_argument(self, values: Values) -> Index:
        """The number of the list that each value was made from; -1 for an input."""
        second = TAKES_SECOND[values.moves]
        return np.where(values.moves < 0, -1, np.where(second, values.right, values.left))

    def gather(self, kind: Type, numbers: Index) -> Values:
        """The values of these numbers, copied."""
        store = self._store[kind]
        return Values(
            np.take(store.columns, numbers, axis=1),
            store.keys[numbers],
            store.moves[numbers],
            store.left[numbers],
            store.right[numbers],
        )
