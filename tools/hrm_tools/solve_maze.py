"""The tool `solve_maze`: a network draws the path on the whole maze, distances check it.

    text ─► maze ─► can G be reached at all? no: none, with the reason
              │
              └► HRM draws ─► walked against breadth-first distances ─► else breadth first, labelled

The network reads mazes that fit its canvas; larger ones are answered by the classical method.
Read `run` first, then `answering.py`; how a text is read is in `hrm_engine/puzzles/maze_text.py`.
"""

from __future__ import annotations

import json
import time
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic import Field, field_validator

from hrm_engine.errors import CheckpointError
from hrm_tools.answering import Method, cascade
from hrm_tools.spec import Answer, Arguments, Context, ToolSpec

if TYPE_CHECKING:
    from hrm_engine.inference.grid_solve import GridSolver
    from hrm_engine.puzzles.maze_grid import Maze

MODELS = ((9, "maze", "hrm-maze"), (30, "maze30", "hrm-maze30"))
"""Side of the canvas, task and network, smallest first."""
CANDIDATES = 8
NETWORK_S = 4.0
"""Seconds that the network may take; the classical method needs milliseconds."""
_LONGEST = 10_000


class MazeArguments(Arguments):
    """The maze."""

    maze: str = Field(
        min_length=1,
        max_length=_LONGEST,
        description="the maze, one line a row: # wall, space or `.` open, S start, G goal; or a "
        "JSON array of rows",
        examples=["#####\n#S..#\n#.#G#\n#####"],
    )

    @field_validator("maze", mode="before")
    @classmethod
    def _array_as_text(cls, value: object) -> object:
        """An array that came as one is its JSON text."""
        return json.dumps(value) if isinstance(value, list) else value


class MazeAnswer(Answer):
    """The answer, with the path as cells; `result` is the maze with the path drawn as `o`."""

    path: list[list[int]] | None = Field(
        default=None, description="[row, column] of each cell from S to G, counted from 1"
    )
    length: int | None = Field(default=None, description="steps from S to G; no path is shorter")


@lru_cache(maxsize=2)
def solver(model: str, task: str) -> GridSolver:
    """A shipped network, loaded once a process. Raises CheckpointError."""
    from hrm_engine.inference.load import load_grid_solver  # torch loads here

    return load_grid_solver(model, task)


def understand(text: str) -> Maze:
    """The maze in `text`. Raises TaskError that names the row and column."""
    from hrm_engine.puzzles.maze_text import parse_maze

    return parse_maze(text)


def run(arguments: MazeArguments, context: Context) -> MazeAnswer:
    """Answer one call. Raises TaskError for text that is no maze."""
    start = time.perf_counter()
    maze = understand(arguments.maze)
    if not context.isolated(is_open, maze):
        said = {"verified": None, "verdict": "unverified", "source": "none"}
        said["method"] = "every cell that S reaches was visited"
        note = "none: G cannot be reached from S, the walls part them"
        return _answer(maze, start, said, None, (note,))
    found = cascade(maze, context, method(maze))
    steps = (f"the shortest path has {found.solution.length} steps",) if found.solution else ()
    return _answer(maze, start, found.fields(), found.solution, (*steps, *maze.notes, *found.notes))


def is_open(maze: Maze) -> bool:
    """Whether there is any way from S to G; what runs in a killable process."""
    from hrm_engine.puzzles.maze_check import distances_to_goal

    return maze.start in distances_to_goal(maze)


def method(maze: Maze) -> Method:
    """How a maze of this size is answered: by the smallest network that it fits."""
    size = max(maze.height, maze.width)
    fitting = [(task, model) for side, task, model in MODELS if size <= side]
    task, model = fitting[0] if fitting else (MODELS[-1][1], "")

    def network() -> GridSolver:
        if not model:
            raise CheckpointError(f"a maze of {maze.height}x{maze.width} cells fits none")
        return solver(model, task)

    return Method(
        task=task,
        network=network,
        by_hand="breadth-first search",
        candidates=CANDIDATES,
        seconds=NETWORK_S,
    )


def _answer(
    maze: Maze, start: float, fields: dict[str, Any], path: Any, notes: tuple[str, ...]
) -> MazeAnswer:
    """path: an accepted MazePath, or None."""
    return MazeAnswer(
        result=str(path) if path else None,
        path=[[row + 1, column + 1] for row, column in path.cells] if path else None,
        length=path.length if path else None,
        interpreted_as=maze.drawn(),
        elapsed_ms=round(1e3 * (time.perf_counter() - start), 2),
        note="; ".join(notes),
        **fields,
    )


def warm_up() -> None:
    """Load the network there is and answer once, so that the first caller does not wait."""
    run(MazeArguments(maze="S.\n.G"), Context.local())


TOOL = ToolSpec(
    name="solve_maze",
    title="Maze",
    description=(
        "Find a shortest path through a maze. Call it for every maze drawn in text, also to find "
        "out whether the goal can be reached; copy the maze as it was given. The answer has been "
        "checked."
    ),
    input=MazeArguments,
    output=MazeAnswer,
    run=run,
    preload=("hrm_engine.tasks.judge", "hrm_engine.tasks.maze", "hrm_tools.solve_maze"),
    warm_up=warm_up,
)
