"""A problem counts as solved when a program was found that the interpreter agrees with."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hrm_engine.evaluation.deepcoder import (
    Attempt,
    Plan,
    Rate,
    agreement,
    attempt,
    attempts,
    passes,
    summarise,
)
from hrm_engine.programs.exedec import read_problem, read_program
from hrm_engine.programs.types import ProgramError, Type

RECORD = {
    "index": 0,
    "inputs": ["x0 = [ 3 -1 4 ]", "x0 = [ 7 2 ]", "x0 = [ 5 0 1 ]"],
    "outputs": ["[ 6 -2 8 ]", "[ 14 4 ]", "[ 10 0 2 ]"],
    "program": "x0 = INPUT | x1 = Map (*2) x0",
}
TAKE = {
    "index": 1,
    "inputs": ["x0 = 1 | x1 = [ 3 5 ]", "x0 = 2 | x1 = [ 7 2 9 ]", "x0 = 0 | x1 = [ 1 ]"],
    "outputs": ["[ 3 ]", "[ 7 2 ]", "[ ]"],
    "program": "x0 = INPUT | x1 = INPUT | x2 = Take x0 x1",
}
PATIENT = Plan(budget_s=60)


def test_a_problem_is_solved_and_the_program_means_the_same() -> None:
    first, second = attempts([RECORD, TAKE], PATIENT)
    assert (first.solved, first.wrong, first.held_out, first.agrees) == (True, False, None, True)
    assert first.program == RECORD["program"]
    assert first.length == 1
    assert second.solved
    assert second.agrees


def test_without_time_a_problem_is_not_solved() -> None:
    (made,) = attempts([RECORD], Plan(budget_s=-1))
    assert (made.solved, made.program, made.agrees) == (False, None, None)


def test_examples_that_are_not_shown_are_judged_apart() -> None:
    """One example, [3 -1 4] to [6 -2 8], fits doubling; so does the example not shown."""
    (made,) = attempts([RECORD], replace(PATIENT, visible=1))
    assert made.held_out is True
    misleading = RECORD | {"outputs": ["[ 6 -2 8 ]", "[ 14 4 ]", "[ 0 0 0 ]"]}
    (made,) = attempts([misleading], replace(PATIENT, visible=2))
    assert made.solved
    assert made.held_out is False


def test_a_program_that_means_something_else_does_not_agree() -> None:
    problem = read_problem(RECORD)
    other = read_program("x0 = INPUT | x1 = Map (*3) x0", [Type.INTS])
    assert agreement(problem.program, problem, np.random.default_rng(0)) is True
    assert agreement(other, problem, np.random.default_rng(0)) is False
    assert passes(problem.program, problem.inputs, problem.outputs)
    assert not passes(other, problem.inputs, problem.outputs)


def test_a_program_of_record_without_results_cannot_be_compared() -> None:
    record = {
        "inputs": ["x0 = [ ]"],
        "outputs": ["0"],
        "program": "x0 = INPUT | x1 = Map (/2) x0 | x2 = Filter (>0) x1 | x3 = Filter (<0) x2"
        " | x4 = Head x3",
    }
    problem = read_problem(record)
    assert agreement(problem.program, problem, np.random.default_rng(0)) is None


def test_the_search_can_be_forward_alone_and_by_given_costs() -> None:
    plan = replace(PATIENT, bidirectional=False, costs=None)
    assert attempt(read_problem(RECORD), plan, np.random.default_rng(0)).solved
    report = summarise([], plan, data="none.jsonl", command="hrm eval deepcoder")
    assert report.search == "enumeration forward alone, by size"
    guided = summarise([], replace(plan, costs={"Head": 1}), data="", command="")
    assert guided.search == "enumeration forward alone, by given costs"


def test_the_report_counts_by_length_with_an_interval() -> None:
    made = [
        Attempt(1, 0.010, "a", 0.004, agrees=True),
        Attempt(1, 0.030, "b", agrees=False),
        Attempt(2, 1.000, None),
        Attempt(2, 0.500, "c", wrong=True, held_out=False, agrees=False),
    ]
    report = summarise(made, Plan(settle_s=0.1), data="none.jsonl", command="hrm")
    assert (report.n, report.solved.count, report.wrong, report.agrees.count) == (4, 2, 1, 1)
    assert [(each.length, each.solved.value) for each in report.lengths] == [(1, 1.0), (2, 0.0)]
    assert report.held_out is not None
    assert report.held_out.n == 1
    assert (report.p50_ms, report.p95_ms) == (500.0, 1000.0)
    assert (report.cpu_p50_ms, report.cpu_p95_ms) == (0.0, 4.0)
    rows = dict(report.lines())
    assert rows["solved within 1000 ms"].startswith("2 of 4, 50.0% (95 % interval 15.0% to 85.0%)")
    assert rows["  2 statements"] == "0 of 2, 0.0%; 500 ms, 1000 ms"
    assert "passes the examples not shown" in rows


def test_the_rate_of_nothing_is_zero_and_says_nothing() -> None:
    rate = Rate.of([])
    assert (rate.n, rate.value, rate.low, rate.high) == (0, 0.0, 0.0, 1.0)


def test_a_record_that_is_no_problem_is_an_error() -> None:
    with pytest.raises(ProgramError, match="lacks"):
        list(attempts([{"inputs": []}], PATIENT))
