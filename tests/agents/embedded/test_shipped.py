"""The shipped weights answer the question that the product is made for."""

from __future__ import annotations

import json

import pytest

from hrm_agents.embedded.llama import EmbeddedModel
from hrm_agents.embedded.resources import FOLDER
from hrm_agents.messages import Message, ToolDef, tool_def, tool_message, user

TOOL = tool_def(
    "calculate_derivative",
    "Differentiate an expression and check the answer exactly.",
    {
        "type": "object",
        "properties": {
            "expression": {"type": "string"},
            "variable": {"type": "string"},
            "order": {"type": "integer", "minimum": 1, "maximum": 9},
        },
    },
)


SUDOKU = "1...\n2..1\n...4\n4.3."
SOLVED = "1 3 | 4 2\n2 4 | 3 1\n----+----\n3 1 | 2 4\n4 2 | 1 3"
MAZE = "#####\n#S  #\n# #G#\n#####"


def puzzle_tool(name: str, description: str, argument: str) -> ToolDef:
    properties = {argument: {"type": "string"}}
    return tool_def(name, description, {"type": "object", "properties": properties})


TOOLS = [
    TOOL,
    puzzle_tool("solve_sudoku", "Solve a Sudoku exactly.", "puzzle"),
    puzzle_tool("solve_maze", "Find a shortest path through a maze.", "maze"),
]


@pytest.fixture(scope="module")
def model() -> EmbeddedModel:
    return EmbeddedModel(threads=1)


def asks(model: EmbeddedModel, text: str) -> dict[str, object]:
    reply = model.complete([user(text)], [TOOL])
    (call,) = reply["tool_calls"]
    found: dict[str, object] = json.loads(call["function"]["arguments"])
    return found


@pytest.mark.requirement("CP-1")
def test_the_derivative_of_a_sine_is_asked_for_and_stated(model: EmbeddedModel) -> None:
    conversation: list[Message] = [user("What's the derivative of sin(5x)?")]
    first = model.complete(conversation, [TOOL])
    (call,) = first["tool_calls"]
    assert json.loads(call["function"]["arguments"]) == {
        "expression": "sin(5x)", "variable": "x", "order": 1,
    }  # fmt: skip
    conversation += [first, tool_message(call, "result: 5*cos(5*x)\nverdict: proved")]
    last = model.complete(conversation, [TOOL])
    assert last["content"] == "The derivative of sin(5x) is 5*cos(5*x)."
    assert not model.note.replaced


def test_order_and_variable_are_understood(model: EmbeddedModel) -> None:
    found = asks(model, "Find the second derivative of t^3 with respect to t.")
    assert found == {"expression": "t^3", "variable": "t", "order": 2}


def test_a_greeting_is_answered_without_a_tool(model: EmbeddedModel) -> None:
    assert "tool_calls" not in model.complete([user("Hello!")], [TOOL])


@pytest.mark.requirement("CP-1")
def test_a_pasted_sudoku_is_sent_whole_and_its_solution_shown_whole(model: EmbeddedModel) -> None:
    conversation: list[Message] = [user(f"Solve this sudoku:\n{SUDOKU}")]
    first = model.complete(conversation, TOOLS)
    (call,) = first["tool_calls"]
    assert call["function"]["name"] == "solve_sudoku"
    assert json.loads(call["function"]["arguments"]) == {"puzzle": SUDOKU}
    conversation += [first, tool_message(call, f"result: {SOLVED}\nverdict: proved")]
    last = model.complete(conversation, TOOLS)
    assert last["content"] == f"Here is the solution:\n{SOLVED}"
    assert not model.note.replaced
    conversation += [last, user(f"And now this one:\n{MAZE}")]
    (call,) = model.complete(conversation, TOOLS)["tool_calls"]
    assert call["function"]["name"] == "solve_maze"
    assert json.loads(call["function"]["arguments"]) == {"maze": MAZE}


def test_a_puzzle_that_is_not_there_is_asked_for(model: EmbeddedModel) -> None:
    reply = model.complete([user("Can you solve a sudoku for me?")], TOOLS)
    assert reply["content"] == "Paste the Sudoku here and I will solve it."


def test_a_tool_that_it_was_not_trained_on_changes_nothing(model: EmbeddedModel) -> None:
    code = puzzle_tool("generate_code", "Write one Python function.", "spec")
    for text in ("What's the derivative of sin(5x)?", "Write a function that adds.", "Hello!"):
        alone = model.complete([user(text)], TOOLS)
        tokens = model.note.prompt_tokens
        assert model.complete([user(text)], [*TOOLS, code]) == alone
        assert model.note.prompt_tokens == tokens


def test_the_file_is_small_enough_to_ship() -> None:
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < 11 * 2**20
