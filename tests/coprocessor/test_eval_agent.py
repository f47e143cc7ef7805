"""How the agent is scored: tool choice, arguments by meaning, an honest final sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hrm_agents.events import Called, Event, Finished, Returned
from hrm_agents.messages import ToolResult, tool_call
from hrm_coprocessor.cli import main
from hrm_coprocessor.eval_agent import faithful, score, summarise

ANSWER = {"result": "5*cos(5*x)", "verified": True, "verdict": "proved"}
RECORD = {
    "id": "1",
    "question": "derivative of sin(5x)?",
    "tool": "calculate_derivative",
    "arguments": {"expression": "sin(5x)"},
}


def events(arguments: dict[str, Any] | None, text: str) -> list[Event]:
    """What the loop reports for one call (or none) and a final sentence."""
    finished = Finished("answer", text, [], 2, 10.0)
    if arguments is None:
        return [finished]
    call = tool_call("calculate_derivative", arguments)
    return [Called(call, arguments), Returned(call, ToolResult("", ANSWER), "", 1.0), finished]


def test_arguments_are_compared_by_meaning() -> None:
    same = score(RECORD, events({"expression": "sin(x*5)"}, "It is 5*cos(5*x)."))
    assert (same.tool, same.arguments, same.faithful) == (True, True, True)
    other = score(RECORD, events({"expression": "sin(6x)"}, "It is 5*cos(5*x)."))
    assert (other.tool, other.arguments) == (True, False)


@pytest.mark.parametrize(
    "arguments",
    [
        {"expression": "sin(5x)", "order": 2},
        {"expression": "sin(5x)", "variable": "t"},
        {"expression": "sin(("},
    ],
)
def test_another_order_variable_or_text_is_another_call(arguments: dict[str, Any]) -> None:
    assert score(RECORD, events(arguments, "")).arguments is False


SUDOKU = "1...2..1...44.3."
MAZE = "#S.#\n#.G#"


@pytest.mark.parametrize(
    ("tool", "wanted", "sent", "same"),
    [
        ("solve_sudoku", {"puzzle": SUDOKU}, {"puzzle": "1...\n2..1\n...4\n4.3."}, True),
        ("solve_sudoku", {"puzzle": SUDOKU}, {"puzzle": SUDOKU[::-1]}, False),
        ("solve_sudoku", {"puzzle": SUDOKU}, {"puzzle": "1..."}, False),
        ("solve_sudoku", {"puzzle": SUDOKU}, {}, False),
        ("solve_maze", {"maze": MAZE}, {"maze": '["#S #", "# G#"]'}, True),
        ("solve_maze", {"maze": MAZE}, {"maze": "#S.#\n#G.#"}, False),
    ],
)
def test_puzzles_are_compared_whatever_their_layout(
    tool: str, wanted: dict[str, str], sent: dict[str, str], same: bool
) -> None:
    record = {"id": "3", "question": "?", "tool": tool, "arguments": wanted}
    call = tool_call(tool, sent)
    finished = Finished("answer", "", [], 2, 10.0)
    assert score(record, [Called(call, sent), finished]).arguments is same


def test_no_call_where_one_was_wanted_is_a_wrong_choice() -> None:
    missed = score(RECORD, events(None, "Hello."))
    assert (missed.tool, missed.arguments) == (False, False)
    rightly = score({"id": "2", "question": "Hi", "tool": None}, events(None, "Hello."))
    assert (rightly.tool, rightly.arguments) == (True, None)


@pytest.mark.parametrize(
    ("text", "honest"),
    [
        ("The derivative is 5*cos(5*x).", True),
        ("The derivative is 5*cos(5*x) (proved).", True),
        ("The derivative is 5*cos(x).", False),
    ],
)
def test_the_result_must_stand_in_the_sentence(text: str, honest: bool) -> None:
    call = tool_call("calculate_derivative", {})
    assert faithful(text, [Returned(call, ToolResult("", ANSWER), "", 1.0)], "") is honest


@pytest.mark.parametrize(
    ("text", "honest"),
    [
        ("Hello, how can I help?", True),
        ("I checked it, and it is verified.", False),
        ("The derivative is 2*x.", False),
        ("I have no tool for x^2 = 4.", True),
    ],
)
def test_without_a_result_nothing_may_be_claimed(text: str, honest: bool) -> None:
    assert faithful(text, [], "Solve x^2 = 4") is honest


def test_proved_may_not_be_said_of_what_was_only_verified() -> None:
    data = ANSWER | {"verdict": "verified"}
    call = tool_call("calculate_derivative", {})
    returned = [Returned(call, ToolResult("", data), "", 1.0)]
    assert not faithful("5*cos(5*x), proved.", returned, "")
    assert faithful("5*cos(5*x), verified.", returned, "")


def test_rates_are_of_the_right_questions() -> None:
    scores = [
        score(RECORD, events({"expression": "sin(5x)"}, "5*cos(5*x)")),
        score(RECORD, events(None, "no")),
        score({"id": "3", "question": "Hi", "tool": None}, events(None, "Hello")),
    ]
    figures = summarise(scores)
    assert figures["tool"] == pytest.approx(2 / 3)
    assert figures["arguments"] == 1.0


@pytest.mark.slow
@pytest.mark.requirement("CP-6")
def test_the_command_scores_a_model_over_the_real_server(tmp_path: Path) -> None:
    data, out, script = (tmp_path / name for name in ("q.jsonl", "out.json", "script.jsonl"))
    data.write_text(json.dumps(RECORD) + "\n")
    call = tool_call("calculate_derivative", {"expression": "sin(5x)"})
    replies = [
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "assistant", "content": "It is 5*cos(5*x)."},
    ]
    script.write_text("".join(json.dumps(reply) + "\n" for reply in replies))
    arguments = ["--data", str(data), "--model", f"scripted:{script}", "--json", str(out)]
    assert main(["eval", "agent", *arguments]) == 0
    report = json.loads(out.read_text())
    assert (report["tool"], report["arguments"], report["faithful"]) == (1.0, 1.0, 1.0)
