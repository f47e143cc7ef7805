"""Sudoku grids as people and programs write them, read into one form and written back.

One line of 16, 36 or 81 characters; several lines, with or without box lines; JSON lists.
`.`, `0`, `_`, `*`, `?` are blanks; where dashes are not needed for lines they are blanks too.

Read `parse_grid`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from hrm_engine.errors import TaskError
from hrm_engine.puzzles.sudoku_shape import Grid, Shape, shape_of

SIZES = {16: 4, 36: 6, 81: 9}
_BLANKS = ".0_*?"
_BETWEEN = re.compile(r"[\s|+=:;,'\"\u2500-\u257f-]")
_BETWEEN_WITHOUT_DASH = re.compile(r"[\s|+=:;,'\"\u2500-\u257f]")
_FIELD = re.compile(r"[\s,;]+")
_HINT = "16, 36 or 81 cells row by row, with `.` or `0` for a blank"


@dataclass(frozen=True, slots=True)
class SudokuProblem:
    """Fill the blanks of `clues`: digits row by row, 0 for a blank, of a `size` x `size` grid."""

    size: int
    clues: Grid

    @property
    def shape(self) -> Shape:
        """The rows, columns and boxes of the grid."""
        return shape_of(self.size)


def parse_grid(given: str | Sequence[object]) -> SudokuProblem:
    """The grid in a text, a JSON text, a list of lists or a flat list; its size is inferred.

    A line of a data file, `puzzle solution rating`, is read as its puzzle. Raises TaskError
    that names the wrong cell or says how many cells were found.
    """
    if isinstance(given, str):
        text = given.strip()
        if text.startswith("["):
            return _of_lists(_from_json(text))
        return _of_marks(_marks(_puzzle_field(text)))
    return _of_lists(given)


def _from_json(text: str) -> Sequence[object]:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise TaskError(f"the grid is not JSON: {error}", hint=_HINT) from None
    assert isinstance(value, list)  # it begins with a bracket
    return value


def _puzzle_field(text: str) -> str:
    """The first field of `puzzle solution ...` on one line; any other text as it is."""
    fields = _FIELD.split(text)
    both = len(fields) > 1 and "\n" not in text and len(fields[0]) in SIZES
    return fields[0] if both and len(fields[1]) == len(fields[0]) else text


def _marks(text: str) -> list[str]:
    marks = list(_BETWEEN.sub("", text))
    if len(marks) in SIZES or "-" not in text:
        return _counted(marks, text)
    dashed = list(_BETWEEN_WITHOUT_DASH.sub("", text).replace("-", "."))
    return dashed if len(dashed) in SIZES else _counted(marks, text)


def _counted(marks: list[str], text: str) -> list[str]:
    if len(marks) in SIZES:
        return marks
    counts = [len(_BETWEEN.sub("", line)) for line in text.splitlines()]
    rows = [count for count in counts if count]
    found = f"found {len(marks)} cells"
    if len(rows) > 1:
        found += f", in rows of {', '.join(map(str, rows))}"
    raise TaskError(f"no Sudoku has so many cells: {found}", hint=_HINT)


def _of_lists(given: Sequence[object]) -> SudokuProblem:
    rows = [row for row in given if isinstance(row, Sequence) and not isinstance(row, str)]
    if not rows:
        if all(isinstance(row, str) and len(row) > 1 for row in given):
            return parse_grid("\n".join(str(row) for row in given))
        return _of_marks([_mark(cell) for cell in given])
    if len(rows) != len(given):
        raise TaskError("the grid mixes rows and single cells", hint=_HINT)
    for number, row in enumerate(rows, start=1):
        if len(row) != len(rows):
            raise TaskError(
                f"row {number} holds {len(row)} cells, the grid has {len(rows)} rows",
                hint="as many columns as rows: 4, 6 or 9",
            )
    return _of_marks([_mark(cell) for row in rows for cell in row])


def _mark(cell: object) -> str:
    return "." if cell is None or (isinstance(cell, str) and not cell.strip()) else str(cell)


def _of_marks(marks: Sequence[str]) -> SudokuProblem:
    if len(marks) not in SIZES:
        raise TaskError(f"no Sudoku has so many cells: found {len(marks)} cells", hint=_HINT)
    size = SIZES[len(marks)]
    digits = {str(digit): digit for digit in range(1, size + 1)}
    clues = []
    for cell, mark in enumerate(marks):
        if mark not in digits and mark not in _BLANKS:
            row, column = divmod(cell, size)
            raise TaskError(
                f"`{mark}` at row {row + 1}, column {column + 1} is no digit of a"
                f" {size}x{size} Sudoku",
                hint=f"1 to {size}, or `.` for a blank",
            )
        clues.append(digits.get(mark, 0))
    return SudokuProblem(size, tuple(clues))


def conflicts(problem: SudokuProblem) -> list[str]:
    """What contradicts the rules among the clues: `5 stands twice in row 1: r1c2 and r1c7`."""
    found = []
    for name, cells in problem.shape.units:
        for digit in range(1, problem.size + 1):
            places = [problem.shape.place(c) for c in cells if problem.clues[c] == digit]
            if len(places) > 1:
                often = "twice" if len(places) == 2 else f"{len(places)} times"
                listed = f"{', '.join(places[:-1])} and {places[-1]}"
                found.append(f"{digit} stands {often} in {name}: {listed}")
    return found


def to_text(grid: Grid) -> str:
    """One character a cell, `.` for a blank."""
    return "".join(str(digit) if digit else "." for digit in grid)


def to_block(grid: Grid, given: Grid | None = None) -> str:
    """A line a row, with lines between boxes; digits that `given` lacks follow a `'`.

    Every cell is two characters wide where `given` is passed: `5` a clue, `'5` found.
    """
    shape = shape_of(SIZES[len(grid)])
    marks = list(to_text(grid))
    if given is not None:
        marks = [
            mark.rjust(2) if mark == "." or clue else f"'{mark}"
            for mark, clue in zip(marks, given, strict=True)
        ]
    width = len(marks[0])
    across = range(0, shape.size, shape.box_columns)
    rule = "-+-".join("-" * (shape.box_columns * (width + 1) - 1) for _ in across)
    lines = []
    for row in range(shape.size):
        if row and row % shape.box_rows == 0:
            lines.append(rule)
        cells = marks[row * shape.size : (row + 1) * shape.size]
        lines.append(" | ".join(" ".join(cells[k : k + shape.box_columns]) for k in across))
    return "\n".join(lines)
