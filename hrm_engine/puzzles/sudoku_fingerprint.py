"""A number that a Sudoku shares with all that it turns into by symmetries.

Cells are coloured clue or blank; then, a few times over, each takes a new colour from its own
and those in its row, column, box, and of its digit in the solution (colour refinement, Weisfeiler
and Leman 1968). Neither an order nor the name of a digit enters, so no symmetry changes the
multiset of colours. Puzzles that differ may share a fingerprint, but rarely do; whoever keeps
test data out of training by it errs on the safe side.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from hrm_engine.puzzles.sudoku_grid import SIZES
from hrm_engine.puzzles.sudoku_shape import Grid, shape_of

_ROUNDS = 4
_U = np.uint64
Colours = NDArray[np.uint64]


def fingerprint(clues: Grid, solution: Grid) -> int:
    """Of one puzzle; see `fingerprints`."""
    return int(fingerprints([clues], [solution])[0])


def fingerprints(clues: Sequence[Grid], solutions: Sequence[Grid]) -> Colours:
    """Of N puzzles of one size, each with its only solution: (N,).

    Clues that are all blank give the fingerprints of the full grids.
    """
    solved = np.array(solutions, dtype=np.int64)  # (N, S)
    count, cells = solved.shape
    size = SIZES[cells]
    by_digit = np.argsort(solved, axis=1, kind="stable")  # (N, S), cells digit by digit
    by_box, box = _boxes(size)
    colours = _mix((np.array(clues) > 0).astype(_U))
    for _ in range(_ROUNDS):
        table = colours.reshape(count, size, size)
        rows = np.repeat(table.sum(axis=2), size, axis=1)  # (N, S)
        columns = np.tile(table.sum(axis=1), size)
        boxes = colours[:, by_box].reshape(count, size, size).sum(axis=2)[:, box]
        grouped = np.take_along_axis(colours, by_digit, axis=1).reshape(count, size, size)
        digits = np.take_along_axis(grouped.sum(axis=2), solved - 1, axis=1)
        lines = _mix(rows) + _mix(columns)
        colours = _mix(colours + _mix(lines + _mix(boxes ^ _U(1)) + _mix(digits ^ _U(2))))
    return _mix(colours.sum(axis=1))


@cache
def _boxes(size: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The cells box by box, and the box of every cell."""
    shape = shape_of(size)
    box = np.array([shape.box_of(cell) for cell in range(shape.cells)], dtype=np.intp)
    return np.argsort(box, kind="stable"), box


def _mix(values: Colours) -> Colours:
    """Scatter 64 bits (splitmix64, Steele, Lea and Flood 2014); products wrap around."""
    values = values + _U(0x9E3779B97F4A7C15)
    values = (values ^ (values >> _U(30))) * _U(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> _U(27))) * _U(0x94D049BB133111EB)
    return values ^ (values >> _U(31))


def solution_mark(solution: Grid) -> int:
    """A number that a full 9x9 grid shares with all that it turns into by symmetries.

    Two rows of a band map the digit above to the digit below; the lengths of the cycles of
    that map survive every symmetry. The mark hashes those of all rows and columns.
    """
    rows = [solution[9 * n : 9 * n + 9] for n in range(9)]
    columns = [solution[n::9] for n in range(9)]
    kinds = [tuple(sorted(_band(lines, 3 * n) for n in range(3))) for lines in (rows, columns)]
    return hash(tuple(sorted(kinds)))  # of integers alone: the same in every process


def _band(lines: Sequence[Grid], first: int) -> tuple[tuple[int, ...], ...]:
    pairs = ((0, 1), (0, 2), (1, 2))
    return tuple(sorted(_cycles(lines[first + one], lines[first + two]) for one, two in pairs))


def _cycles(above: Grid, below: Grid) -> tuple[int, ...]:
    """The lengths of the cycles of the map from `above` to `below`, in order."""
    follow = dict(zip(above, below, strict=True))
    lengths = []
    while follow:
        start, following = follow.popitem()
        length = 1
        while following != start:
            following = follow.pop(following)
            length += 1
        lengths.append(length)
    return tuple(sorted(lengths))
