"""The tool for Sudoku: what it reads, what it refuses, what it says of uniqueness."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from hrm_engine.deadline import Deadline
from hrm_engine.errors import CheckpointError, DeadlineError
from hrm_engine.inference.solve import Solved
from hrm_engine.puzzles.sudoku_grid import parse_grid
from hrm_engine.tasks.base import Verdict
from hrm_tools import solve_sudoku as tool
from hrm_tools.invoke import invoke
from hrm_tools.spec import Context, Outcome, ignore_progress

NINE = "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79"
SOLVED = "534678912672195348198342567859761423426853791713924856961537284287419635345286179"
SIX = "1..4...5..2..3...5.4...1...36..2...."
FOUR = "1...2..1...44.3."
LATIN = "123456456123" + "." * 24
HOPELESS = "12345678." + "." * 8 + "9" + "." * 63


class Fixed:
    """A network that always has the same answer."""

    name = "hrm-fixed"

    def __init__(self, answer: str, status: str = "proved") -> None:
        self.answer = Solved(
            tuple(map(int, answer)) if answer else None,
            Verdict("proved" if answer else "refuted", "rules", note="" if answer else "no grid"),
            rank=1,
            candidates=1,
            steps=16,
        )

    def solve(self, problem: Any, **how: Any) -> Solved:
        return self.answer

    def label(self, solved: Solved) -> str:
        return f"hrm:{self.name}"


def call(puzzle: Any) -> Outcome:
    return asyncio.run(invoke(tool.TOOL, {"puzzle": puzzle}))


def answer(puzzle: Any) -> dict[str, Any]:
    outcome = call(puzzle)
    assert outcome.kind == "ok", outcome.text
    assert outcome.data is not None
    return outcome.data


@pytest.fixture
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(size: int) -> None:
        raise CheckpointError("no checkpoint")

    monkeypatch.setattr(tool, "solver", absent)


@pytest.mark.usefixtures("_no_network")
class TestWithoutWeights:
    def test_search_answers_is_labelled_and_says_why(self) -> None:
        found = answer(NINE)
        assert found["result"].splitlines()[0] == "5 3 4 | 6 7 8 | 9 1 2"
        assert found["grid"][8] == [3, 4, 5, 2, 8, 6, 1, 7, 9]
        assert (found["verified"], found["verdict"], found["unique"]) == (True, "proved", True)
        assert found["source"] == "classical:propagation+search"
        assert found["note"] == "no network: no checkpoint"
        assert found["interpreted_as"] == NINE

    @pytest.mark.parametrize(
        "layout",
        [
            NINE.replace(".", "0"),
            "\n".join(NINE[r : r + 9] for r in range(0, 81, 9)),
            "/".join(NINE[r : r + 9] for r in range(0, 81, 9)).replace(".", "x"),
            "```\n" + NINE + "\n```",
            "\n".join(
                "| " + " | ".join(NINE[r : r + 9].replace(".", " ")) + " |" for r in range(0, 81, 9)
            ),
            json.dumps(
                [[int(c) if c != "." else 0 for c in NINE[r : r + 9]] for r in range(0, 81, 9)]
            ),
            [[int(c) if c != "." else None for c in NINE[r : r + 9]] for r in range(0, 81, 9)],
        ],
        ids=["zeros", "lines", "slashes", "fence", "table", "JSON text", "array"],
    )
    def test_many_layouts_are_one_puzzle(self, layout: Any) -> None:
        assert answer(layout)["interpreted_as"] == NINE

    def test_several_solutions_are_said_and_one_is_given(self) -> None:
        found = answer("." * 81)
        assert found["unique"] is False
        assert found["verified"] is True
        assert found["note"].startswith("not unique: this is one of several solutions")

    def test_no_solution_is_an_answer_with_its_reason(self) -> None:
        found = answer(HOPELESS)
        assert (found["result"], found["grid"], found["unique"]) == (None, None, None)
        assert (found["verified"], found["source"]) == (None, "none")
        assert found["note"] == "none: the puzzle has no solution, as a complete search shows"

    @pytest.mark.parametrize(("puzzle", "rows"), [(SIX, 6), (FOUR, 4), (LATIN, 6)])
    def test_small_grids_are_solved(self, puzzle: str, rows: int) -> None:
        assert len(answer(puzzle)["grid"]) == rows

    def test_when_a_second_solution_is_not_found_in_time_that_is_said(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(tool, "SEARCH_SHARE", 0.0)
        found = answer(NINE)
        assert (found["unique"], found["verified"]) == (None, True)
        assert found["note"].startswith("not known to be the only solution")

    def test_a_call_that_is_over_is_not_searched(self) -> None:
        over = Context(Deadline.after(0), ignore_progress, _late)
        with pytest.raises(DeadlineError):
            tool.survey(parse_grid(NINE), over)


def _late(function: Any, *arguments: Any) -> Any:
    raise DeadlineError("too late")


@pytest.mark.parametrize(
    ("puzzle", "says"),
    [
        ("55" + "." * 79, "5 stands twice in row 1: r1c1 and r1c2"),
        ("5" + "." * 8 + "5" + "." * 71, "5 stands twice in column 1: r1c1 and r2c1"),
        ("1" * 81, "and 21 more"),
        (NINE[:-1], "found 80 cells"),
        ("hello", "found 5 cells"),
        ("5" * 16, "row 1, column 1 is no digit of a 4x4 Sudoku"),
        ("[" * 1999, "nested too deeply"),
        ([[[[1]]]], "no Sudoku"),
        ("", "at least 1 character"),
        (NINE * 50, "at most 4000 characters"),
        (7, "valid string"),
    ],
)
def test_what_is_no_puzzle_gets_one_clear_error(puzzle: Any, says: str) -> None:
    outcome = call(puzzle)
    assert outcome.kind == "invalid"
    assert says in outcome.text
    assert len(outcome.text) < 1_000


@pytest.mark.requirement("EN-7")
def test_the_network_answers_first_and_its_answer_is_labelled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tool, "solver", lambda size: Fixed(SOLVED))
    found = answer(NINE)
    assert (found["source"], found["steps"], found["candidates"]) == ("hrm:hrm-fixed", 16, 1)
    assert (found["verdict"], found["unique"], found["note"]) == ("proved", True, "")


@pytest.mark.requirement("EN-7")
def test_where_the_network_fails_search_answers_under_its_own_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tool, "solver", lambda size: Fixed(""))
    found = answer(NINE)
    assert found["source"] == "classical:propagation+search"
    assert found["verified"] is True
    assert "the network found no accepted answer (no grid)" in found["note"]


def test_warming_up_answers_a_grid_of_each_size(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []

    def network(size: int) -> Fixed:
        sizes.append(size)
        return Fixed("")

    monkeypatch.setattr(tool, "solver", network)
    tool.warm_up()
    assert sizes == [4, 6, 9]


def test_each_size_has_its_task_and_its_network() -> None:
    for size, (task, _) in tool.MODELS.items():
        from hrm_engine.tasks.base import load_task

        assert load_task(task).shape == (size, size)
