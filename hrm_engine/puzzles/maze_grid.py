"""A maze, and a path through it: the two values that everything about mazes speaks of.

    #########        rows over four signs: `#` wall, `.` open, `S` start, `G` goal;
    #S..#...#        a drawn path marks the cells between S and G with `o`
    #.#...#G#
    #########

A cell is (row, column), both from 0; people are told numbers from 1. Steps go up, down,
left and right. The length of a path is its number of steps, one less than its cells.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from hrm_engine.errors import TaskError

WALL, OPEN, START, GOAL, PATH = "#", ".", "S", "G", "o"
LARGEST = 64

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Maze:
    """A rectangle of cells with one S and one G.

    rows: lines over `#.SG`, all of one length. notes: how a text was understood where it
    could have meant more than one thing; two mazes are equal whatever their notes.
    """

    rows: tuple[str, ...]
    notes: tuple[str, ...] = field(default=(), compare=False)

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.rows)

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.rows[0])

    @property
    def start(self) -> Cell:
        """The cell of S."""
        return self._find(START)

    @property
    def goal(self) -> Cell:
        """The cell of G."""
        return self._find(GOAL)

    def _find(self, sign: str) -> Cell:
        return divmod("".join(self.rows).index(sign), self.width)

    def drawn(self, path: Collection[Cell] = ()) -> str:
        """The rows as lines, with `o` on the cells of `path` other than S and G."""
        marked = set(path) - {self.start, self.goal}
        return "\n".join(
            "".join(PATH if (r, c) in marked else sign for c, sign in enumerate(row))
            for r, row in enumerate(self.rows)
        )


@dataclass(frozen=True, slots=True)
class MazePath:
    """A walk through `maze`, from its first cell to its last; right only if checked."""

    maze: Maze
    cells: tuple[Cell, ...]

    @property
    def length(self) -> int:
        """The number of steps."""
        return len(self.cells) - 1

    def __str__(self) -> str:
        """The maze with the path drawn in it."""
        return self.maze.drawn(self.cells)


def place(cell: Sequence[int]) -> str:
    """How people are told of a cell: `row 1, column 1` is the corner at the top left."""
    return f"row {cell[0] + 1}, column {cell[1] + 1}"


def linked(maze: Maze, marked: Collection[Cell]) -> MazePath:
    """The walk from S to G over all `marked` cells, walls or not.

    A shortest path never touches itself, so its cells have one order only.

    Raises:
        TaskError: the cells break off, fork, or are more than one walk.
    """
    goal, left = maze.goal, {*marked, maze.goal} - {maze.start}
    cells = [maze.start]
    while cells[-1] != goal:
        row, column = cells[-1]
        around = ((row - 1, column), (row, column - 1), (row, column + 1), (row + 1, column))
        onward = [cell for cell in around if cell in left]
        if len(onward) != 1:
            what = "forks" if onward else "breaks off"
            raise TaskError(f"the path {what} at {place(cells[-1])}")
        cells.append(onward[0])
        left.discard(onward[0])
    if left:
        raise TaskError(f"{place(min(left))} is marked, but not on the path")
    return MazePath(maze, tuple(cells))
