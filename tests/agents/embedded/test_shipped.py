"""The shipped weights answer the question that the product is made for."""

from __future__ import annotations

import json

import pytest

from hrm_agents.embedded.llama import EmbeddedModel
from hrm_agents.embedded.resources import FOLDER
from hrm_agents.messages import Message, tool_def, tool_message, user

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


def test_the_file_is_small_enough_to_ship() -> None:
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < 11 * 2**20
