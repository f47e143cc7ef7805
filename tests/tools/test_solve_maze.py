"""The tool for mazes: what it reads, what it refuses, which network it asks."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from hrm_engine.errors import CheckpointError
from hrm_engine.inference.solve import Solved
from hrm_engine.puzzles.maze_grid import MazePath
from hrm_engine.tasks.base import Verdict
from hrm_tools import solve_maze as tool
from hrm_tools.invoke import invoke
from hrm_tools.spec import Outcome

MAZE = "#####\n#S..#\n#.#G#\n#...#\n#####"
DRAWN = "#####\n#Soo#\n#.#G#\n#...#\n#####"


class Fixed:
    """A network that draws the known path, in one candidate."""

    name = "hrm-fixed"

    def solve(self, problem: Any, **how: Any) -> Solved:
        path = MazePath(problem, ((1, 1), (1, 2), (1, 3), (2, 3)))
        return Solved(path, Verdict("proved", "walked"), rank=1, candidates=1, steps=8)

    def label(self, solved: Solved) -> str:
        return f"hrm:{self.name}"


def call(maze: Any) -> Outcome:
    return asyncio.run(invoke(tool.TOOL, {"maze": maze}))


def answer(maze: Any) -> dict[str, Any]:
    outcome = call(maze)
    assert outcome.kind == "ok", outcome.text
    assert outcome.data is not None
    return outcome.data


@pytest.fixture
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(model: str, task: str) -> None:
        raise CheckpointError(f"no checkpoint `{model}`")

    monkeypatch.setattr(tool, "solver", absent)


@pytest.mark.usefixtures("_no_network")
def test_without_weights_a_search_answers_is_labelled_and_says_why() -> None:
    found = answer(MAZE)
    assert found["result"] == DRAWN
    assert (found["length"], found["path"]) == (3, [[2, 2], [2, 3], [2, 4], [3, 4]])
    assert (found["verified"], found["verdict"]) == (True, "proved")
    assert found["source"] == "classical:bfs"
    assert found["note"] == "the shortest path has 3 steps; no network: no checkpoint `hrm-maze`"


@pytest.mark.usefixtures("_no_network")
@pytest.mark.parametrize(
    "maze",
    [MAZE.replace(".", " "), MAZE.replace("\n", "/"), MAZE.splitlines(), f"```\n{MAZE}\n```"],
    ids=["spaces", "slashes", "array", "fence"],
)
def test_many_layouts_are_one_maze(maze: Any) -> None:
    assert answer(maze)["result"] == DRAWN


@pytest.mark.requirement("EN-7")
def test_the_network_answers_first_and_its_answer_is_labelled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tool, "solver", lambda model, task: Fixed())
    found = answer(MAZE)
    assert (found["source"], found["steps"], found["result"]) == ("hrm:hrm-fixed", 8, DRAWN)


def test_a_goal_behind_walls_is_an_answer_with_its_reason() -> None:
    found = answer("#####\n#S#G#\n#####")
    assert (found["result"], found["path"], found["length"]) == (None, None, None)
    assert (found["verified"], found["source"]) == (None, "none")
    assert found["note"] == "none: G cannot be reached from S, the walls part them"


@pytest.mark.usefixtures("_no_network")
@pytest.mark.parametrize(("side", "asked"), [(9, "hrm-maze"), (10, "hrm-maze30")])
def test_the_smallest_network_that_the_maze_fits_is_asked(side: int, asked: str) -> None:
    rows = ["S" + "." * (side - 1), *["." * side] * (side - 2), "." * (side - 1) + "G"]
    found = answer("\n".join(rows))
    assert found["length"] == 2 * (side - 1)
    assert f"no checkpoint `{asked}`" in found["note"]


def test_a_maze_that_no_network_reads_is_answered_by_search() -> None:
    found = answer("S" + "." * 38 + "G")
    assert (found["length"], found["source"]) == (39, "classical:bfs")
    assert "no network: a maze of 1x40 cells fits none" in found["note"]


@pytest.mark.parametrize(
    ("maze", "says"),
    [
        ("#####", "no start"),
        ("S.S.G", "more than one start"),
        ("S.q.G", "'q' is no sign of a maze"),
        ("#" * 4_000, "too large"),
        ("[" * 9_000, "not a JSON list"),
        ("S.G" * 4_000, "at most 10000 characters"),
        ([["S", 12]], "not one sign"),
        ("", "at least 1 character"),
    ],
)
def test_what_is_no_maze_gets_one_clear_error(maze: Any, says: str) -> None:
    outcome = call(maze)
    assert outcome.kind == "invalid"
    assert says in outcome.text
    assert len(outcome.text) < 600


def test_warming_up_answers_a_small_maze(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def network(model: str, task: str) -> Fixed:
        asked.append(task)
        raise CheckpointError("none")

    monkeypatch.setattr(tool, "solver", network)
    tool.warm_up()
    assert asked == ["maze"]
