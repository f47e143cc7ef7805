"""An exact Sudoku solver: propagation and search, on one large integer a position.

A Sudoku of n digits has 4 n² *fields*: a cell holds one digit; a digit stands once in a row, in
a column, in a box. A field has n candidates, so a position is 4 n² groups of n bits, each with
a guard bit above it that is set while the field is open. One subtraction over the whole number
then takes the lowest candidate off every open field at once,

    field 0 000010100        (guard | candidates) - 1       guard gone: no candidate was left
          1 000010011        candidates & of that           empty: exactly one candidate was left

so a dozen operations on integers of 3,240 bits find every naked and hidden single of a 9x9
position. To place a candidate is one `&` with a precomputed mask.

Search opens the field with the fewest candidates (the topmost on ties: cells before rows,
columns and boxes) and tries them all. The order never changes, so `backtracks`, how often the
whole search met a contradiction, rates a puzzle: 0 means singles suffice. Digits can be
renamed without changing it.

Read `search`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from hrm_engine.deadline import Deadline
from hrm_engine.puzzles.sudoku_shape import Grid, Shape, shape_of

_NONE = -1
"""No candidate: the position at the start of a search."""


@dataclass(frozen=True)
class Search:
    """What a search found.

    solutions: at most as many as asked for. complete: whether there are no others.
    backtracks: contradictions met; guesses: branches opened.
    """

    solutions: tuple[Grid, ...]
    complete: bool
    backtracks: int
    guesses: int

    @property
    def unique(self) -> bool:
        """Whether there is exactly one solution."""
        return self.complete and len(self.solutions) == 1


@dataclass(frozen=True)
class _Tables:
    """Masks of one size; a candidate is numbered cell * size + (digit - 1).

    size: digits, and bits of a field below its guard. everything: all candidates of all
    fields. guards: all guard bits. mask: the four bits of a candidate. keep: what placing it
    leaves possible; own: the guards of its four fields. at: the candidate of a bit by its
    number + 1.
    """

    size: int
    everything: int
    guards: int
    mask: tuple[int, ...]
    keep: tuple[int, ...]
    own: tuple[int, ...]
    at: tuple[int, ...]


@cache
def _tables(size: int) -> _Tables:
    shape = shape_of(size)
    width = size + 1
    total = 4 * shape.cells
    bits = [_bits(shape, cell, digit) for cell in range(shape.cells) for digit in range(size)]
    at = [0] * (total * width + 1)
    members: list[list[int]] = [[] for _ in range(total)]
    for candidate, places in enumerate(bits):
        for place in places:
            at[place + 1] = candidate
            members[place // width].append(candidate)
    mask = [sum(1 << place for place in places) for places in bits]
    everything = sum(mask)
    keep = []
    for places in bits:
        gone = {rival for place in places for rival in members[place // width]}
        keep.append(everything & ~sum(mask[rival] for rival in gone))
    own = [sum(1 << (place // width * width + size) for place in places) for places in bits]
    guards = sum(1 << (field * width + size) for field in range(total))
    return _Tables(size, everything, guards, tuple(mask), tuple(keep), tuple(own), tuple(at))


def _bits(shape: Shape, cell: int, digit: int) -> tuple[int, int, int, int]:
    """Where the candidate stands in its cell, row, column and box field."""
    size = shape.size
    row, column = divmod(cell, size)
    box = shape.box_of(cell)
    inside = row % shape.box_rows * shape.box_columns + column % shape.box_columns
    fields = (
        (3 * shape.cells + cell, digit),
        (2 * shape.cells + row * size + digit, column),
        (shape.cells + column * size + digit, row),
        (box * size + digit, inside),
    )
    first, second, third, fourth = (field * (size + 1) + bit for field, bit in fields)
    return first, second, third, fourth


def search(clues: Grid, size: int, *, limit: int = 2, deadline: Deadline | None = None) -> Search:
    """The solutions of a grid, found in a fixed order.

    Args:
        clues: the grid row by row, 0 for a blank; clues may contradict each other.
        size: 4, 6 or 9.
        limit: stop after so many solutions; 2 are enough to know uniqueness.
        deadline: asked at every guess; DeadlineError when it is over.
    """
    tables = _tables(size)
    start = _opening(tables, clues)
    if start is None:
        return Search((), complete=True, backtracks=0, guesses=0)
    return _explore(tables, clues, start, limit, deadline)


def needs(clues: Grid, size: int, cell: int) -> bool:
    """Whether the puzzle `clues` of one solution has several without the clue at `cell`.

    Asks for a solution that holds another digit there, which is quicker than to find two.
    """
    tables = _tables(size)
    fewer = (*clues[:cell], 0, *clues[cell + 1 :])
    start = _opening(tables, fewer)
    assert start is not None  # the clues had a solution
    possible, guards = start
    first = cell * size
    gone = tables.mask[first + clues[cell] - 1]
    return bool(_explore(tables, fewer, (possible & ~gone, guards), 1, None).solutions)


def random_solution(size: int, rng: np.random.Generator) -> Grid:
    """A full grid: random digits in random cells, singles placed between, begun anew when stuck."""
    tables = _tables(size)
    blank = (0,) * size**2
    while True:
        possible, guards = tables.everything, tables.guards
        trail: list[int] = []
        for candidate in rng.permutation(size**3).tolist():
            if not possible & tables.mask[candidate]:
                continue
            possible, guards = possible & tables.keep[candidate], guards ^ tables.own[candidate]
            trail.append(candidate)
            possible, guards = _propagate(tables, possible, guards, trail)
            if guards <= 0:
                break
        if guards == 0:
            return _filled(blank, trail, size)


def _explore(
    tables: _Tables,
    clues: Grid,
    start: tuple[int, int],
    limit: int,
    deadline: Deadline | None,
) -> Search:
    """The solutions below the position `start`, depth first."""
    found: list[Grid] = []
    backtracks = guesses = 0
    trail: list[int] = []
    stack = [(*start, 0, _NONE)]
    while stack and len(found) < limit:
        possible, guards, mark, candidate = stack.pop()
        if deadline is not None:
            deadline.check()
        del trail[mark:]
        if candidate != _NONE:
            trail.append(candidate)
            possible, guards = possible & tables.keep[candidate], guards ^ tables.own[candidate]
        possible, guards = _propagate(tables, possible, guards, trail)
        if guards < 0:
            backtracks += 1
        elif guards == 0:
            found.append(_filled(clues, trail, tables.size))
        else:
            guesses += 1
            mark = len(trail)
            branches = _branches(tables, possible, guards)
            stack.extend((possible, guards, mark, branch) for branch in branches)
    return Search(tuple(found), not stack, backtracks, guesses)


def _opening(tables: _Tables, clues: Grid) -> tuple[int, int] | None:
    """The position with the clues placed; None when they contradict each other."""
    possible, guards = tables.everything, tables.guards
    for cell, digit in enumerate(clues):
        if digit:
            candidate = cell * tables.size + digit - 1
            own = tables.own[candidate]
            if guards & own != own:
                return None
            possible, guards = possible & tables.keep[candidate], guards ^ own
    return possible, guards


def _propagate(tables: _Tables, possible: int, guards: int, trail: list[int]) -> tuple[int, int]:
    """Place singles, noted in `trail`, until there are none; guards -1 is a contradiction."""
    size, keep, own, at = tables.size, tables.keep, tables.own, tables.at
    while True:
        lows = guards >> size
        less = (possible | guards) - lows
        if less & guards != guards:
            return possible, -1
        single = guards ^ (((possible & less | guards) - lows) & guards)
        if not single:
            return possible, guards
        placed = possible & (single - (single >> size))
        while placed:
            candidate = at[placed.bit_length()]
            trail.append(candidate)
            possible &= keep[candidate]
            guards ^= own[candidate]
            placed &= possible


def _branches(tables: _Tables, possible: int, guards: int) -> list[int]:
    """The candidates of the topmost open field among those with the fewest, at least two."""
    size = tables.size
    lows = guards >> size
    rest, emptied = possible, 0
    while not emptied:
        rest &= (rest | guards) - lows
        emptied = guards ^ (((rest | guards) - lows) & guards)
    foot = emptied.bit_length() - 1 - size
    return [tables.at[foot + bit + 1] for bit in range(size) if possible >> (foot + bit) & 1]


def _filled(clues: Grid, trail: list[int], size: int) -> Grid:
    cells = list(clues)
    for candidate in trail:
        cell, digit = divmod(candidate, size)
        cells[cell] = digit + 1
    return tuple(cells)
