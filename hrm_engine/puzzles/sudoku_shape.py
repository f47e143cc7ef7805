"""The three sizes of Sudoku: 4x4, 6x6 and 9x9, with their rows, columns and boxes.

Cells are numbered row by row from 0; people count rows and columns from 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

from hrm_engine.errors import TaskError

Grid = tuple[int, ...]
"""Digits row by row; 0 is a blank."""

_BOXES = {4: (2, 2), 6: (2, 3), 9: (3, 3)}


@dataclass(frozen=True)
class Shape:
    """A grid of `size` rows and columns in boxes of `box_rows` x `box_columns` cells."""

    size: int
    box_rows: int
    box_columns: int

    @property
    def cells(self) -> int:
        """How many cells the grid has."""
        return self.size * self.size

    def box_of(self, cell: int) -> int:
        """The number of the box that `cell` lies in; boxes are numbered as text is read."""
        row, column = divmod(cell, self.size)
        return row // self.box_rows * self.box_rows + column // self.box_columns

    @cached_property
    def units(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Every row, column and box: its name for people and its cells."""
        count = range(self.size)
        rows = [(f"row {n + 1}", tuple(n * self.size + k for k in count)) for n in count]
        columns = [(f"column {n + 1}", tuple(k * self.size + n for k in count)) for n in count]
        every = range(self.cells)
        boxes = [(f"box {n + 1}", tuple(c for c in every if self.box_of(c) == n)) for n in count]
        return (*rows, *columns, *boxes)

    def place(self, cell: int) -> str:
        """How people are told of a cell: `r3c5`."""
        row, column = divmod(cell, self.size)
        return f"r{row + 1}c{column + 1}"


@cache
def shape_of(size: int) -> Shape:
    """The shape of a grid with `size` rows. Raises TaskError for sizes we do not play."""
    if size not in _BOXES:
        known = ", ".join(f"{n}x{n}" for n in sorted(_BOXES))
        raise TaskError(f"no {size}x{size} Sudoku", hint=f"known sizes: {known}")
    return Shape(size, *_BOXES[size])
