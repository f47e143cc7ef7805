"""The tool as a caller meets it: what it returns, refuses and admits."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from hrm_engine.errors import CheckpointError
from hrm_tools import calculate_derivative as tool
from hrm_tools.invoke import invoke
from hrm_tools.spec import Outcome


def call(**arguments: Any) -> Outcome:
    return asyncio.run(invoke(tool.TOOL, arguments))


def answer(**arguments: Any) -> dict[str, Any]:
    outcome = call(**arguments)
    assert outcome.kind == "ok", outcome.text
    assert outcome.data is not None
    return outcome.data


def test_an_answer_says_what_was_understood_found_and_checked() -> None:
    found = answer(expression="x^2 \\sin x")
    assert found["interpreted_as"] == "x^2*sin(x)"
    assert found["result"] == "x^2*cos(x) + 2*x*sin(x)"
    assert found["latex"].startswith("x^{2}")
    assert found["verified"] is True
    assert found["verdict"] == "proved"
    assert "bits" in found["method"]
    assert found["source"].startswith("hrm")
    assert found["steps"] > 0


@pytest.mark.parametrize(
    ("arguments", "result"),
    [
        ({"expression": "x^4", "order": 3}, "24*x"),
        ({"expression": "t^2 + a*t", "variable": "t"}, "a + 2*t"),
        ({"expression": "x*y^2", "variable": "y"}, "2*x*y"),
        ({"expression": "\\theta^2", "variable": "θ"}, "2*θ"),
        ({"expression": "7"}, "0"),
    ],
)
def test_orders_variables_and_constants(arguments: dict[str, Any], result: str) -> None:
    assert answer(**arguments)["result"] == result


def test_a_variable_that_does_not_occur_is_pointed_out() -> None:
    found = answer(expression="t^2")
    assert found["result"] == "0"
    assert "x does not occur" in found["note"]


def test_an_ambiguous_input_is_answered_with_the_reading() -> None:
    assert answer(expression="1/2x")["note"]


def test_what_does_not_fit_the_network_is_answered_by_the_rules_and_labelled() -> None:
    found = answer(expression="+".join(f"sin({k}x)cos({k}x)" for k in range(1, 26)))
    assert found["source"] == "classical:rules"
    assert found["verified"] is True
    assert "does not fit" in found["note"]


@pytest.mark.parametrize(
    "arguments",
    [
        {"expression": "sin(5x"},
        {"expression": ""},
        {"expression": "x", "order": 0},
        {"expression": "x", "order": "2"},
        {"expression": "x", "variable": "2"},
        {"expression": "x", "nonsense": 1},
        {"expression": "__import__('os').system('true')"},
        {"expression": "9^9^9^9"},
        {},
    ],
)
def test_bad_input_gets_one_clear_error(arguments: dict[str, Any]) -> None:
    outcome = call(**arguments)
    assert outcome.kind == "invalid"
    assert outcome.text
    assert "Traceback" not in outcome.text


def test_without_weights_the_rules_answer_and_say_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent() -> None:
        raise CheckpointError("no checkpoint `hrm-derivative`")

    monkeypatch.setattr(tool, "solver", absent)
    found = answer(expression="sin(5x)")
    assert (found["result"], found["source"]) == ("5*cos(5*x)", "classical:rules")
    assert "no checkpoint" in found["note"]


def test_warming_up_loads_the_network() -> None:
    tool.warm_up()
    assert tool.solver().name == "hrm-derivative"
