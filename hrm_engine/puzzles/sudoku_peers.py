"""Sudoku by other means, so that solver and check are held to something unrelated.

`by_exact_cover` is Knuth's Algorithm X over sets (Knuth 2000, arXiv:cs/0011047);
`obeys` counts digits by one matrix product.
"""

from __future__ import annotations

import numpy as np

from hrm_engine.errors import TaskError
from hrm_engine.puzzles.sudoku_grid import SudokuProblem
from hrm_engine.puzzles.sudoku_shape import Grid

_Choice = tuple[int, int]
_Demand = tuple[str, int, int]


def by_exact_cover(problem: SudokuProblem) -> Grid:
    """The first solution that Algorithm X meets. Raises TaskError when there is none."""
    demands = {choice: _demands(problem, choice) for choice in _choices(problem)}
    open_demands: dict[_Demand, set[_Choice]] = {}
    for choice, met in demands.items():
        for demand in met:
            open_demands.setdefault(demand, set()).add(choice)
    if len(open_demands) < 4 * problem.shape.cells:
        raise TaskError("the Sudoku has no solution", hint="some demand meets no choice at all")
    chosen: list[_Choice] = []
    if not _cover(open_demands, demands, chosen):
        raise TaskError("the Sudoku has no solution", hint="check the clues against the source")
    return tuple(digit for _, digit in sorted(chosen))


def _choices(problem: SudokuProblem) -> list[_Choice]:
    digits = range(1, problem.size + 1)
    return [(c, d) for c, clue in enumerate(problem.clues) for d in digits if clue in (0, d)]


def _demands(problem: SudokuProblem, choice: _Choice) -> tuple[_Demand, ...]:
    cell, digit = choice
    row, column = divmod(cell, problem.size)
    box = problem.shape.box_of(cell)
    return ("cell", cell, 0), ("row", row, digit), ("column", column, digit), ("box", box, digit)


def _cover(
    open_demands: dict[_Demand, set[_Choice]],
    demands: dict[_Choice, tuple[_Demand, ...]],
    chosen: list[_Choice],
) -> bool:
    if not open_demands:
        return True
    hardest = min(open_demands, key=lambda demand: len(open_demands[demand]))
    for choice in sorted(open_demands[hardest]):
        chosen.append(choice)
        closed = _close(open_demands, demands, choice)
        if _cover(open_demands, demands, chosen):
            return True
        _reopen(open_demands, demands, choice, closed)
        chosen.pop()
    return False


def _close(
    open_demands: dict[_Demand, set[_Choice]],
    demands: dict[_Choice, tuple[_Demand, ...]],
    choice: _Choice,
) -> list[set[_Choice]]:
    closed = []
    for demand in demands[choice]:
        for rival in open_demands[demand]:
            for other in demands[rival]:
                if other != demand:
                    open_demands[other].remove(rival)
        closed.append(open_demands.pop(demand))
    return closed


def _reopen(
    open_demands: dict[_Demand, set[_Choice]],
    demands: dict[_Choice, tuple[_Demand, ...]],
    choice: _Choice,
    closed: list[set[_Choice]],
) -> None:
    for demand in reversed(demands[choice]):
        open_demands[demand] = closed.pop()
        for rival in open_demands[demand]:
            for other in demands[rival]:
                if other != demand:
                    open_demands[other].add(rival)


def obeys(problem: SudokuProblem, solution: Grid) -> bool:
    """Whether every unit holds every digit once and the clues stand, by counting."""
    size, cells = problem.size, problem.size**2
    digits, clues = np.array(solution, dtype=np.int64), np.array(problem.clues, dtype=np.int64)
    if digits.shape != (cells,) or digits.min() < 1 or digits.max() > size:
        return False
    place = np.arange(cells)
    row, column = place // size, place % size
    tall, wide = problem.shape.box_rows, problem.shape.box_columns
    box = row // tall * (size // wide) + column // wide
    member = np.concatenate([of[None, :] == np.arange(size)[:, None] for of in (row, column, box)])
    holds = np.eye(size, dtype=np.int64)[digits - 1]  # (cells, size)
    counts = member.astype(np.int64) @ holds  # (3 * size, size)
    return bool((counts == 1).all() and (digits[clues > 0] == clues[clues > 0]).all())
