"""Mazes: a canvas with walls, S and G in, the same with a shortest path drawn out.

    #S.#        #S.#       the network answers every cell at once; the cells that it
    ..##   ──►  .o##       answers with `o` must link S and G in as few steps as
    ..G#        .oG#       can be, by any of the shortest paths

The training target is one of them, the first in reading order (`maze_search`). A symmetry
of the canvas turns any shortest path into a shortest path, but not the first into the
first: training needs fresh mazes (some thousand a second), not turned targets, where there
are loops; a restart of the solver may use any symmetry.

Read `MazeTask`; the distribution is in `hrm_engine.puzzles.maze_records`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from hrm_engine.errors import TaskError
from hrm_engine.puzzles.maze_check import fault
from hrm_engine.puzzles.maze_grid import GOAL, OPEN, PATH, START, WALL, Maze, MazePath, linked
from hrm_engine.puzzles.maze_peers import by_networkx, is_shortest_by_waves
from hrm_engine.puzzles.maze_records import training
from hrm_engine.puzzles.maze_search import shortest_path
from hrm_engine.puzzles.maze_text import parse_maze
from hrm_engine.tasks.base import GridTask, Symmetry, Verdict

VOCABULARY = ("<pad>", "#", " ", "S", "G", "o")
METHOD = "walked, with breadth-first distances from the goal"
_SIGNS = WALL + OPEN + START + GOAL + PATH  # by id, from 1
_IDS = str.maketrans({sign: chr(number) for number, sign in enumerate(_SIGNS, start=1)})
_ID_OF_WALL, _ID_OF_PATH = 1 + _SIGNS.index(WALL), 1 + _SIGNS.index(PATH)
_TOKENS = np.arange(len(VOCABULARY), dtype=np.uint8)
_SHOWN = str.maketrans({WALL: "█", OPEN: " "})


class MazeTask(GridTask[Maze, MazePath]):
    """Shortest paths on a square canvas of `side` cells; smaller mazes stand in its corner.

    Whatever is not maze is wall. Derive with a `name` and a `side`.
    """

    side: ClassVar[int]
    turns_answers: ClassVar[bool] = False
    classical: ClassVar[str] = "classical:bfs"

    @property
    def vocabulary(self) -> Sequence[str]:
        """Pad and the five signs, as published for Maze-Hard."""
        return VOCABULARY

    @property
    def shape(self) -> tuple[int, int]:
        """The canvas."""
        return self.side, self.side

    def sample(self, rng: np.random.Generator) -> Maze:
        """A maze of the training distribution, never one of the held-out share."""
        return training(rng, self.side)

    def inputs(self, problem: Maze) -> NDArray[np.uint8]:
        """The maze at the canvas's top left. Raises TaskError when it is larger."""
        return self._canvas(problem, problem.drawn())

    def targets(self, problem: Maze, solution: MazePath) -> NDArray[np.uint8]:
        """The same with the path drawn in. Raises TaskError when it is larger."""
        return self._canvas(problem, problem.drawn(solution.cells))

    def _canvas(self, maze: Maze, drawn: str) -> NDArray[np.uint8]:
        if max(maze.height, maze.width) > self.side:
            raise TaskError(
                f"a maze of {maze.height}x{maze.width} cells is larger than the network's canvas",
                hint=f"`{self.name}` reads mazes up to {self.side}x{self.side}",
            )
        signs = drawn.replace("\n", "").translate(_IDS).encode()
        canvas = np.full(self.shape, _ID_OF_WALL, dtype=np.uint8)
        canvas[: maze.height, : maze.width] = np.frombuffer(signs, dtype=np.uint8).reshape(
            maze.height, maze.width
        )
        return canvas.reshape(-1)

    def decode(self, problem: Maze, tokens: Sequence[int]) -> MazePath:
        """The walk over the cells answered `o`. Raises TaskError when they are no walk."""
        marked = self._grid(tokens) == _ID_OF_PATH
        return linked(problem, [(int(r), int(c)) for r, c in np.argwhere(marked)])

    def _grid(self, tokens: Sequence[int]) -> NDArray[np.int64]:
        grid = np.asarray(tokens, dtype=np.int64)
        if grid.shape != (self.side * self.side,):
            raise TaskError(f"{self.side * self.side} cells were asked, {grid.size} answered")
        return grid.reshape(self.shape)

    def verify(self, problem: Maze, solution: MazePath) -> Verdict:
        """Whether the path is valid and no path is shorter; exact, by `maze_check`."""
        other = "" if solution.maze == problem else "the path is drawn in another maze"
        wrong = other or fault(problem, solution.cells)
        return Verdict("refuted" if wrong else "proved", METHOD, note=wrong)

    def baseline(self, problem: Maze) -> MazePath:
        """Breadth-first search. Raises TaskError when the goal cannot be reached."""
        return shortest_path(problem)

    def peers(self) -> Mapping[str, Callable[[Maze], MazePath]]:
        """networkx, where it is installed."""
        return {"networkx": by_networkx} if find_spec("networkx") else {}

    def cross_check(self, problem: Maze, solution: MazePath) -> bool | None:
        """Distances from the start by a wave over numpy arrays, compared along the path."""
        return is_shortest_by_waves(problem, solution.cells)

    def symmetry(self, rng: np.random.Generator) -> Symmetry:
        """One of the eight turns and mirror images of the canvas, all equally likely."""
        return Symmetry(_dihedral(self.side)[int(rng.integers(8))], _TOKENS)

    def render(self, problem: Maze, tokens: Sequence[int]) -> str:
        """The maze in blocks, `•` where the answer has path and `x` where that is a wall."""
        marked = self._grid(tokens) == _ID_OF_PATH
        marks = {WALL: "x", OPEN: "•"}
        return "\n".join(
            "".join(
                marks.get(sign, sign) if marked[r, c] else sign.translate(_SHOWN)
                for c, sign in enumerate(row)
            )
            for r, row in enumerate(problem.rows)
        )

    def read(self, record: dict[str, Any]) -> Maze:
        """A line `{"input"}`: a text or a list of rows, see `maze_text`. Raises TaskError."""
        if "input" not in record:
            raise TaskError("the record has no `input`", hint='e.g. {"input": "#S.#\\n..G#"}')
        return parse_maze(record["input"])

    def show(self, solution: MazePath) -> str:
        """The maze with the path drawn as `o`, open cells as `.`; `read` takes it back."""
        return str(solution)


class Maze9(MazeTask):
    """Mazes of up to 9x9 cells."""

    name: ClassVar[str] = "maze"
    side: ClassVar[int] = 9


class Maze30(MazeTask):
    """Mazes of up to 30x30 cells, the canvas of Maze-Hard."""

    name: ClassVar[str] = "maze30"
    side: ClassVar[int] = 30


@lru_cache(maxsize=8)
def _dihedral(side: int) -> tuple[NDArray[np.intp], ...]:
    """The eight symmetries of a square as permutations of its cells, each (side * side,)."""
    cells = np.arange(side * side, dtype=np.intp).reshape(side, side)
    turned = [np.rot90(view, quarter) for view in (cells, cells.T) for quarter in range(4)]
    return tuple(np.ascontiguousarray(view).reshape(-1) for view in turned)
