"""The derivative task: what it reads, encodes, decodes, checks, and how orders are staged."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from hrm_engine.errors import ExpressionError, HRMError, TaskError
from hrm_engine.expressions.parser import parse
from hrm_engine.tasks.base import load_task
from hrm_engine.tasks.derivative import DerivativeProblem, DerivativeTask

TASK = DerivativeTask()


def test_it_is_registered_under_its_name() -> None:
    task = load_task("derivative")
    assert isinstance(task, DerivativeTask)
    assert task.form == "sequence"
    assert task.vocabulary[task.end_token] == "<eos>"


@pytest.mark.requirement("EN-8")
def test_a_sample_encodes_to_prompt_and_answer_and_decodes_to_what_is_right() -> None:
    rng = np.random.default_rng(2)
    for _ in range(25):
        problem = TASK.sample(rng)
        example = TASK.encode(problem)
        assert list(example.tokens[: example.prefix]) == TASK.prompt(problem)
        assert example.tokens[-1] == TASK.end_token
        answer = example.tokens[example.prefix : -1]
        assert example.learn == (False,) * example.prefix + (True,) * (len(answer) + 1)
        solution = TASK.decode(problem, answer)
        assert TASK.cross_check(problem, TASK.tidy(solution)) is not False


@pytest.mark.parametrize("text", ["sin(5x)", "x^2*e^x", "sqrt(1 - x^2)", "x^x", "ln|x|"])
def test_the_baseline_is_accepted_and_a_disturbed_answer_refused(text: str) -> None:
    problem = DerivativeProblem(parse(text))
    right = TASK.baseline(problem)
    assert TASK.verify(problem, right).accepted
    assert TASK.verify(problem, right + parse("x/10^12")).status == "refuted"
    assert TASK.cross_check(problem, right)
    assert TASK.cross_check(problem, right + parse("x/1000")) is False


def test_the_constraint_starts_with_the_operands_of_the_prompt() -> None:
    problem = DerivativeProblem(parse("sin(5x)"))
    assert TASK.end_token not in TASK.constraint(problem).allowed()


def test_an_order_is_so_many_stages() -> None:
    stage: DerivativeProblem | None = DerivativeProblem(parse("x^4"), "x", 3)
    seen = []
    while stage is not None:
        slope = TASK.baseline(stage)
        seen.append(TASK.show(slope))
        stage = TASK.remaining(stage, slope)
    assert seen == ["4*x^3", "12*x^2", "24*x"]


def test_a_cross_check_is_of_the_whole_answer() -> None:
    problem = DerivativeProblem(parse("sin(2t)"), "t", 2)
    assert TASK.cross_check(problem, parse("-4*sin(2t)"))
    assert TASK.cross_check(problem, parse("2*cos(2t)")) is False


@pytest.mark.parametrize("name", ["sympy", "symengine"])
@pytest.mark.parametrize(
    "text",
    [
        *("sin(5x)", "x^2*exp(x)", "cbrt(x)/ln(x)", "pi*x - e^x/3", "log_2(a*x)"),
        *("acosh(x)*tan(x)", "sqrt(x)", "-x^(2/3)", "abs(a)*x"),
    ],
)
def test_the_peers_solve_the_same_problems(name: str, text: str) -> None:
    problem = DerivativeProblem(parse(text))
    assert TASK.cross_check(problem, TASK.peers()[name](problem))


def test_the_peers_take_higher_orders_at_once() -> None:
    problem = DerivativeProblem(parse("x^5"), "x", 2)
    for solve in TASK.peers().values():
        assert TASK.cross_check(problem, solve(problem))


@pytest.mark.parametrize("text", ["sign(x)", "abs(x^(1/3))"])
def test_a_peer_that_leaves_the_grammar_says_so(text: str) -> None:
    with pytest.raises(HRMError):
        TASK.peers()["symengine"](DerivativeProblem(parse(text)))


def test_a_cross_check_without_usable_places_decides_nothing() -> None:
    assert TASK.cross_check(DerivativeProblem(parse("ln(sign(0))*x")), parse("1")) is None


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        ({"input": "sin(5x)"}, DerivativeProblem(parse("sin(5*x)"))),
        (
            {"id": "7", "input": "\\frac{t}{2}", "variable": "t"},
            DerivativeProblem(parse("t/2"), "t"),
        ),
        ({"input": "x^4", "order": 2, "answer": "?"}, DerivativeProblem(parse("x^4"), "x", 2)),
    ],
)
def test_a_record_is_read(record: dict[str, Any], problem: DerivativeProblem) -> None:
    assert TASK.read(record) == problem


@pytest.mark.parametrize(
    "record",
    [
        *({}, {"input": 7}, {"input": "x", "variable": "2"}, {"input": "x", "variable": 3}),
        *({"input": "x", "order": n} for n in (0, 11, True, "2", 1.5)),
    ],
)
def test_a_record_that_states_no_problem_is_a_task_error(record: dict[str, Any]) -> None:
    with pytest.raises(TaskError):
        TASK.read(record)


def test_text_that_is_no_expression_is_an_expression_error() -> None:
    with pytest.raises(ExpressionError):
        TASK.read({"input": "sin(5x"})


def test_an_answer_is_shown_as_text_that_reads_back() -> None:
    assert TASK.show(parse("5cos(5x)")) == "5*cos(5*x)"
    assert TASK.read({"input": TASK.show(parse("x/2"))}).expression == parse("x/2")
