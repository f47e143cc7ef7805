"""Sudoku as a task: the whole grid in, the whole grid out, refined by the network.

A token a cell: 0 pad, 1 blank, then the digits; 9x9 has the 11 tokens of the published models
(Wang et al. 2025, arXiv:2506.21734). The answer keeps the clues whatever the network says of
them. `verify` knows the rules and nothing of any solver.

Read `SudokuTask`; grids are in `hrm_engine/puzzles/sudoku_*.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from hrm_engine.errors import TaskError
from hrm_engine.puzzles.sudoku_grid import (
    SudokuProblem,
    conflicts,
    parse_grid,
    to_block,
    to_text,
)
from hrm_engine.puzzles.sudoku_records import training
from hrm_engine.puzzles.sudoku_shape import Grid, shape_of
from hrm_engine.puzzles.sudoku_solver import search
from hrm_engine.puzzles.sudoku_symmetry import random_symmetry
from hrm_engine.tasks.base import GridTask, Symmetry, Verdict

BLANK = 1
_FIRST_DIGIT = 2


class SudokuTask(GridTask[SudokuProblem, Grid]):
    """Sudoku of one size; registered once a size below."""

    size: ClassVar[int]
    classical: ClassVar[str] = "classical:propagation+search"

    def __init__(self) -> None:
        self._shape = shape_of(self.size)

    @property
    def vocabulary(self) -> Sequence[str]:
        """Pad, blank, digits."""
        return ("<pad>", ".", *(str(digit) for digit in range(1, self.size + 1)))

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.size, self.size

    def sample(self, rng: np.random.Generator) -> SudokuProblem:
        """A puzzle of `sudoku_records.mixture` that no held-out file holds."""
        return training(self.size, rng).problem

    def inputs(self, problem: SudokuProblem) -> NDArray[np.uint8]:
        """The clues as tokens, (S,). Raises TaskError for a grid of another size."""
        if problem.size != self.size:
            raise TaskError(
                f"`{self.name}` takes {self.size}x{self.size} grids, this one is"
                f" {problem.size}x{problem.size}",
                hint="the tasks are sudoku (9x9), sudoku6 and sudoku4",
            )
        return np.array(problem.clues, dtype=np.uint8) + np.uint8(BLANK)

    def targets(self, problem: SudokuProblem, solution: Grid) -> NDArray[np.uint8]:
        """The solved grid as tokens, (S,)."""
        return np.array(solution, dtype=np.uint8) + np.uint8(BLANK)

    def symmetry(self, rng: np.random.Generator) -> Symmetry:
        """New names for digits, rows and columns moved; see `sudoku_symmetry`."""
        return random_symmetry(self._shape, rng)

    def decode(self, problem: SudokuProblem, tokens: Sequence[int]) -> Grid:
        """The clues, and digits of `tokens` between. Raises TaskError for a cell without one."""
        digits = self._digits(problem, tokens)
        if 0 in digits:
            place = self._shape.place(digits.index(0))
            raise TaskError(f"the answer leaves {place} blank", hint="every cell needs a digit")
        return digits

    def _digits(self, problem: SudokuProblem, tokens: Sequence[int]) -> Grid:
        if len(tokens) != self._shape.cells:
            raise TaskError(f"{len(tokens)} tokens are no {self.size}x{self.size} grid")
        top = self.size + BLANK
        answered = (int(t) - BLANK if _FIRST_DIGIT <= t <= top else 0 for t in tokens)
        return tuple(c or a for c, a in zip(problem.clues, answered, strict=True))

    def verify(self, problem: SudokuProblem, solution: Grid) -> Verdict:
        """Whether the grid is full, keeps the clues, and no row, column or box repeats a digit."""
        flaw = _flaw(problem, solution)
        if flaw:
            return Verdict("refuted", "sudoku rules", note=flaw)
        return Verdict("proved", "sudoku rules: clues kept, every row, column and box complete")

    def baseline(self, problem: SudokuProblem) -> Grid:
        """The solution by propagation and search. Raises TaskError when there is none."""
        found = search(problem.clues, problem.size, limit=1).solutions
        if not found:
            wrong = conflicts(problem)
            raise TaskError(
                f"the Sudoku has no solution{': ' if wrong else ''}{'; '.join(wrong)}",
                hint="check the clues against the source",
            )
        return found[0]

    def peers(self) -> Mapping[str, Callable[[SudokuProblem], Grid]]:
        """Knuth's exact cover, which shares nothing with our solver."""
        from hrm_engine.puzzles.sudoku_peers import by_exact_cover

        return {"exact cover": by_exact_cover}

    def cross_check(self, problem: SudokuProblem, solution: Grid) -> bool | None:
        """The same rules as one matrix product, written apart from `verify`."""
        from hrm_engine.puzzles.sudoku_peers import obeys

        return obeys(problem, solution)

    def read(self, record: dict[str, Any]) -> SudokuProblem:
        """A line `{"input"}`: any layout that `parse_grid` reads. Raises TaskError."""
        given = record.get("input")
        if not isinstance(given, str | list):
            raise TaskError("the record has no grid `input`", hint='e.g. {"input": "53..7...."}')
        problem = parse_grid(given)
        self.inputs(problem)
        return problem

    def show(self, solution: Grid) -> str:
        """One character a cell."""
        return to_text(solution)

    def render(self, problem: SudokuProblem, tokens: Sequence[int]) -> str:
        """The grid with box lines: `5` a clue, `'5` an answer, `.` nothing yet."""
        return to_block(self._digits(problem, tokens), problem.clues)


def _flaw(problem: SudokuProblem, solution: Grid) -> str:
    """The first rule that `solution` breaks, as people say it; empty when it breaks none."""
    shape = problem.shape
    if len(solution) != shape.cells:
        return f"{len(solution)} cells instead of {shape.cells}"
    for cell, (clue, digit) in enumerate(zip(problem.clues, solution, strict=True)):
        if clue and digit != clue:
            return f"the clue {clue} at {shape.place(cell)} became {digit}"
    every = set(range(1, problem.size + 1))
    for name, cells in shape.units:
        missing = every - {solution[cell] for cell in cells}
        if missing:
            return f"{name} lacks {', '.join(map(str, sorted(missing)))}"
    return ""


class Sudoku9(SudokuTask):
    """The usual Sudoku: 9x9 in boxes of 3x3."""

    name: ClassVar[str] = "sudoku"
    size: ClassVar[int] = 9


class Sudoku6(SudokuTask):
    """6x6 in boxes of 2 rows and 3 columns."""

    name: ClassVar[str] = "sudoku6"
    size: ClassVar[int] = 6


class Sudoku4(SudokuTask):
    """4x4 in boxes of 2x2."""

    name: ClassVar[str] = "sudoku4"
    size: ClassVar[int] = 4
