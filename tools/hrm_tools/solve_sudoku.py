"""The tool `solve_sudoku`: a network refines the whole grid, the rules of Sudoku check it.

    text ─► grid ─► clues that contradict each other? an error that names the cells
              │
              ├► exact search (killable process): no solution? none; one, or several?
              └► HRM proposes ─► rules check ─► else propagation and search, labelled

The search comes first because it is what says whether the solution is the only one; the network
is not asked for what does not exist. Read `run` first, then `answering.py`.
"""

from __future__ import annotations

import json
import re
import time
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic import Field, field_validator

from hrm_engine.deadline import Deadline
from hrm_engine.errors import DeadlineError, TaskError
from hrm_tools.answering import Method, cascade
from hrm_tools.spec import Answer, Arguments, Context, ToolSpec

if TYPE_CHECKING:
    from hrm_engine.inference.grid_solve import GridSolver
    from hrm_engine.puzzles.sudoku_grid import SudokuProblem
    from hrm_engine.puzzles.sudoku_solver import Search

MODELS = {4: ("sudoku4", "hrm-sudoku4"), 6: ("sudoku6", "hrm-sudoku6"), 9: ("sudoku", "hrm-sudoku")}
"""Task and network by size."""
NOT_UNIQUE = "not unique: this is one of several solutions"
CANDIDATES = 8
NETWORK_S = 4.0
"""Seconds that the network may take; the search needs milliseconds."""
SEARCH_SHARE = 0.25
"""The part of the time allowed in which a second solution is looked for."""
_LONGEST = 4_000
_SHOWN = 6
_FENCE = re.compile(r"^\s*```.*$", re.MULTILINE)
_EMPTY_CELL = re.compile(r"(?<=[|│║])[ \t]+(?=[|│║])")


class SudokuArguments(Arguments):
    """The puzzle."""

    puzzle: str = Field(
        min_length=1,
        max_length=_LONGEST,
        description="the grid row by row, on one line, on several, or as a JSON array; "
        "`.` or 0 for a blank; 16, 36 or 81 cells",
        examples=[
            "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79"
        ],
    )

    @field_validator("puzzle", mode="before")
    @classmethod
    def _array_as_text(cls, value: object) -> object:
        """An array that came as one is its JSON text."""
        return json.dumps(value) if isinstance(value, list) else value


class SudokuAnswer(Answer):
    """The answer, with the grid as numbers and whether it is the only solution."""

    grid: list[list[int]] | None = Field(default=None, description="the solved grid, row by row")
    unique: bool | None = Field(
        default=None, description="whether it is the only solution; null when not known"
    )


@lru_cache(maxsize=3)
def solver(size: int) -> GridSolver:
    """The shipped network for this size, loaded once a process. Raises CheckpointError."""
    from hrm_engine.inference.load import load_grid_solver  # torch loads here

    task, model = MODELS[size]
    return load_grid_solver(model, task)


def read(text: str) -> SudokuProblem:
    """The grid in `text`. Raises TaskError that names what is no cell."""
    from hrm_engine.puzzles.sudoku_grid import parse_grid

    try:
        return parse_grid(_plain(text))
    except RecursionError:
        raise TaskError("the puzzle is nested too deeply", hint="send rows of cells") from None


def understand(text: str) -> SudokuProblem:
    """The grid in `text`, whose clues agree. Raises TaskError that names the cells that do not."""
    from hrm_engine.puzzles.sudoku_grid import conflicts

    problem = read(text)
    if wrong := conflicts(problem):
        listed = "; ".join(wrong[:_SHOWN])
        more = f"; and {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else ""
        raise TaskError(
            f"the clues contradict each other: {listed}{more}",
            hint="correct these cells and send the puzzle again",
        )
    return problem


def _plain(text: str) -> str:
    """The text without code fences, and with `.` for what only some people mean by a blank."""
    if text.lstrip().startswith("["):
        return text
    text = _EMPTY_CELL.sub(".", _FENCE.sub("", text))
    return text.replace("/", "\n").replace("x", ".").replace("X", ".")


def run(arguments: SudokuArguments, context: Context) -> SudokuAnswer:
    """Answer one call. Raises TaskError for text that is no Sudoku or contradicts itself."""
    start = time.perf_counter()
    problem = understand(arguments.puzzle)
    known = survey(problem, context)
    if known is not None and not known.solutions:
        return _none(problem, start)
    found = cascade(problem, context, method(problem.size))
    unique = known.unique if known else None
    notes = {True: (), False: (NOT_UNIQUE,), None: ("not known to be the only solution",)}[unique]
    return _answer(
        problem,
        start,
        fields=found.fields(),
        solution=found.solution,
        unique=unique,
        notes=(*notes, *found.notes),
    )


def survey(problem: SudokuProblem, context: Context) -> Search | None:
    """Up to two solutions by exact search; None when its share of the time was not enough."""
    seconds = SEARCH_SHARE * context.deadline.remaining()
    try:
        found: Search = context.isolated(bounded_search, problem, seconds)
    except DeadlineError:
        context.deadline.check()
        return None
    return found


def bounded_search(problem: SudokuProblem, seconds: float) -> Search:
    """At most two solutions; what runs in a killable process. Raises DeadlineError."""
    from hrm_engine.puzzles.sudoku_solver import search

    return search(problem.clues, problem.size, deadline=Deadline.after(seconds))


def method(size: int) -> Method:
    """How a puzzle of this size is answered."""
    return Method(
        task=MODELS[size][0],
        network=lambda: solver(size),
        by_hand="propagation and search",
        candidates=CANDIDATES,
        seconds=NETWORK_S,
    )


def warm_up() -> None:
    """Load the networks there are and answer once, so that the first caller does not wait."""
    for size in MODELS:
        run(SudokuArguments(puzzle=_easy(size)), Context.local())


def _easy(size: int) -> str:
    """A grid with one blank: every row is the one above, shifted; quick to answer."""
    from hrm_engine.puzzles.sudoku_shape import shape_of

    height = shape_of(size).box_rows
    shifts = [size // height * (row % height) + row // height for row in range(size)]
    rows = ("".join(str((shift + n) % size + 1) for n in range(size)) for shift in shifts)
    return f".{''.join(rows)[1:]}"


def _none(problem: SudokuProblem, start: float) -> SudokuAnswer:
    """There is no solution: the search was complete."""
    said = {
        "verified": None,
        "verdict": "unverified",
        "method": "complete search",
        "source": "none",
    }
    note = "none: the puzzle has no solution, as a complete search shows"
    return _answer(problem, start, fields=said, solution=None, unique=None, notes=(note,))


def _answer(
    problem: SudokuProblem,
    start: float,
    *,
    fields: dict[str, Any],
    solution: tuple[int, ...] | None,
    unique: bool | None,
    notes: tuple[str, ...],
) -> SudokuAnswer:
    from hrm_engine.puzzles.sudoku_grid import to_block, to_text

    n = problem.size
    return SudokuAnswer(
        result=to_block(solution) if solution else None,
        grid=[list(solution[n * r : n * r + n]) for r in range(n)] if solution else None,
        unique=unique if solution else None,
        interpreted_as=to_text(problem.clues),
        elapsed_ms=round(1e3 * (time.perf_counter() - start), 2),
        note="; ".join(notes),
        **fields,
    )


TOOL = ToolSpec(
    name="solve_sudoku",
    title="Sudoku",
    description=(
        "Solve a Sudoku exactly. Call it for every Sudoku (9x9, 6x6 or 4x4), also to find out "
        "whether it has a solution or only one; copy the grid as it was given. The answer has "
        "been checked."
    ),
    input=SudokuArguments,
    output=SudokuAnswer,
    run=run,
    preload=("hrm_engine.tasks.judge", "hrm_engine.tasks.sudoku", "hrm_tools.solve_sudoku"),
    warm_up=warm_up,
)
