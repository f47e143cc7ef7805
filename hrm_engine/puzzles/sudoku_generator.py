"""Sudoku puzzles with exactly one solution and no clue to spare, from a seed.

A random full grid loses its clues one by one in random order, each that the puzzle does not
need. What remains is minimal, because a clue once needed stays needed with fewer others.
The rating is how often the fixed solver meets a contradiction (`sudoku_solver`); most random
minimal 9x9 puzzles have less than 10, the hardest known ones hundreds.

Read `generate`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from hrm_engine.errors import TaskError
from hrm_engine.puzzles.sudoku_grid import SudokuProblem
from hrm_engine.puzzles.sudoku_shape import Grid
from hrm_engine.puzzles.sudoku_solver import needs, random_solution, search


@dataclass(frozen=True, slots=True)
class Puzzle:
    """A puzzle with its only solution; `rating` counts the fixed solver's contradictions."""

    problem: SudokuProblem
    solution: Grid
    rating: int

    @property
    def clues(self) -> int:
        """How many cells are given."""
        return sum(map(bool, self.problem.clues))

    def eased(self, extra: int, rng: np.random.Generator) -> SudokuProblem:
        """The same puzzle with up to `extra` further clues; no longer minimal."""
        clues = list(self.problem.clues)
        blanks = [cell for cell, clue in enumerate(clues) if not clue]
        for cell in rng.permutation(blanks)[:extra].tolist():
            clues[cell] = self.solution[cell]
        return replace(self.problem, clues=tuple(clues))


def generate(
    size: int,
    rng: np.random.Generator,
    *,
    least_rating: int = 0,
    clues: tuple[int, int] | None = None,
    tries: int = 1000,
) -> Puzzle:
    """A minimal puzzle of `size`; the same one for a generator in the same state.

    Args:
        size: 4, 6 or 9.
        rng: the source of chance.
        least_rating: draw again until the puzzle is at least so hard.
        clues: draw again until the number of clues lies in this range, ends included.
        tries: so many draws before giving up with a TaskError.
    """
    low, high = clues or (0, size * size)
    for _ in range(tries):
        puzzle = _minimal(size, rng)
        if puzzle.rating >= least_rating and low <= puzzle.clues <= high:
            return puzzle
    raise TaskError(
        f"none of {tries} puzzles has a rating of {least_rating} and {low} to {high} clues",
        hint="ask for a lower rating or a wider range; minimal 9x9 puzzles have 21 to 28 clues",
    )


def _minimal(size: int, rng: np.random.Generator) -> Puzzle:
    solution = random_solution(size, rng)
    clues = solution
    for cell in rng.permutation(size * size).tolist():
        if not needs(clues, size, cell):
            clues = (*clues[:cell], 0, *clues[cell + 1 :])
    return Puzzle(SudokuProblem(size, clues), solution, search(clues, size).backtracks)
