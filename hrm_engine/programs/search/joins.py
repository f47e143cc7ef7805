"""The last step of a pair: which two known lists does `ZipWith` make into a goal?

Trying all pairs of n lists takes n^2 steps; here it takes n log n. For `+` and `-` the key of
one list follows from the key of the other, as keys are linear. For `*` the quotient is
looked up. For `min` and `max` a list counts only where it reaches the goal, so each list is a
set of places, and two sets must cover them all.

Only the part of a list within the goal's length matters, and in each example one of the two
lists must end there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hrm_engine.programs.search.bank import Bank, Index, Keys
from hrm_engine.programs.search.kernels import COMMUTES, Columns, Valid
from hrm_engine.programs.search.moves import INDEX

MOST_LISTS = 200_000
"""Lists that are looked at, the cheapest: a tenth of a second of work."""
MOST_SETS = 1500
Pair = tuple[int, int, int]
"""A move and the numbers of the two lists."""


@dataclass(frozen=True)
class Pool:
    """The lists that are long enough for a goal, cut to its length."""

    numbers: Index  # (N,)
    cells: Columns  # (E*L, N)
    ends: Valid  # (E, N): whether the list ends where the goal ends
    goal: Columns  # (E*L, 1)
    inside: Valid  # (E*L, 1)

    def part(self, chosen: Index) -> Pool:
        """The lists at these places."""
        cells, ends = np.take(self.cells, chosen, axis=1), np.take(self.ends, chosen, axis=1)
        return Pool(self.numbers[chosen], cells, ends, self.goal, self.inside)


def pool_for(bank: Bank, goal: Columns) -> Pool:
    """The lists of the bank that can be a side of a `ZipWith` that gives `goal` (W, 1)."""
    shape, values = bank.shape, bank.all("list")
    values = values.part(0, min(values.size, MOST_LISTS))
    cells, lengths = shape.split(values.columns)
    target, length = shape.split(goal)
    numbers = np.flatnonzero((lengths >= length).all(axis=0))
    mask = shape.mask(length)
    flat = np.take(cells.reshape(shape.cells, -1), numbers, axis=1)
    inside = mask.reshape(shape.cells, 1)
    ends = np.take(lengths, numbers, axis=1) == length
    cut = np.where(inside, flat, flat.dtype.type(0))
    target = target.reshape(shape.cells, 1)
    pool = Pool(numbers.astype(np.int32), cut, ends, target, inside)
    exact_first = np.argsort(~ends.all(axis=0), kind="stable")
    return pool if ends.all() else pool.part(exact_first)


def join(bank: Bank, goal: Columns) -> Pair | None:
    """Two lists of the bank and the `ZipWith` that makes them into `goal` (W, 1), or None."""
    pool = pool_for(bank, goal)
    if not len(pool.numbers):
        return None
    keys = bank.cell_keys(pool.cells)
    target = bank.cell_keys(pool.goal)[0]
    found = _looked_up(pool, keys, target - keys, "(+)") or _looked_up(
        pool, keys, keys - target, "(-)"
    )
    return found or _product(bank, pool) or _covered(pool, "(min)") or _covered(pool, "(max)")


def _pair(pool: Pool, function: str, left: int, right: int) -> Pair:
    numbers = int(pool.numbers[left]), int(pool.numbers[right])
    if function in COMMUTES:
        numbers = min(numbers), max(numbers)
    return (INDEX[f"ZipWith {function}"], *numbers)


def _matches(pool: Pool, keys: Keys, wanted: Keys) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Places (left, right) where list `right` has the key that `left` wants, and the sizes fit."""
    order = np.argsort(keys, kind="stable")
    known = keys[order]
    at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    left = np.flatnonzero(known[at] == wanted)
    right = order[at[left]]
    fits = (pool.ends[:, left] | pool.ends[:, right]).all(axis=0)
    return left[fits], right[fits]


def _looked_up(pool: Pool, keys: Keys, wanted: Keys, function: str) -> Pair | None:
    """A list whose key is what another one wants; of several the cheapest pair."""
    left, right = _matches(pool, keys, wanted)
    if not len(left):
        return None
    best = int(np.argmin(np.maximum(pool.numbers[left], pool.numbers[right])))
    return _pair(pool, function, int(left[best]), int(right[best]))


def _product(bank: Bank, pool: Pool) -> Pair | None:
    """`*`: beside `v` stands goal / v; where the goal is 0 one of the two must be 0."""
    nonzero = pool.goal != 0
    safe = np.where(pool.cells == 0, pool.cells.dtype.type(1), pool.cells)
    quotient = np.where(nonzero, pool.goal // safe, pool.goal.dtype.type(0))
    able = ((quotient * pool.cells == pool.goal) | ~nonzero).all(axis=0)
    places = np.flatnonzero(able)
    zero = pool.inside & ~nonzero
    zeros = ((pool.cells[:, places] == 0) & zero).sum(axis=0)
    places = places[np.argsort(-zeros, kind="stable")]  # the most zeros first
    if not len(places):
        return None
    quotient, pool = quotient[:, places], pool.part(places)
    keys = bank.cell_keys(np.where(nonzero, pool.cells, pool.cells.dtype.type(0)))
    wanted = bank.cell_keys(quotient)
    left, right = _matches(pool, keys, wanted)
    either = (pool.cells[:, left] == 0) | (pool.cells[:, right] == 0)
    hits = np.flatnonzero((either | ~zero).all(axis=0))
    return _pair(pool, "(*)", int(left[hits[0]]), int(right[hits[0]])) if len(hits) else None


def _covered(pool: Pool, function: str) -> Pair | None:
    """`min`, `max`: two lists beyond the goal nowhere, which together reach it everywhere."""
    beyond = pool.cells < pool.goal if function == "(min)" else pool.cells > pool.goal
    places = np.flatnonzero(~beyond.any(axis=0))
    if not len(places):
        return None
    part = pool.part(places)
    reached = np.concatenate([(part.cells == part.goal) | ~part.inside, part.ends])
    packed = np.packbits(reached, axis=0)  # (ceil(rows / 8), n)
    sets, first = np.unique(packed, axis=1, return_index=True)
    cheapest = np.argsort(part.numbers[first], kind="stable")[:MOST_SETS]
    sets, first = sets[:, cheapest], first[cheapest]
    full = np.packbits(np.ones((len(reached), 1), dtype=bool), axis=0)
    whole = np.ones((sets.shape[1], sets.shape[1]), dtype=bool)
    for row, all_bits in zip(sets, full[:, 0], strict=True):
        whole &= (row[:, None] | row[None, :]) == all_bits
    hits = np.argwhere(whole)
    if not len(hits):
        return None
    left, right = hits[np.argmin(hits.max(axis=1))]
    return _pair(part, function, int(first[left]), int(first[right]))
