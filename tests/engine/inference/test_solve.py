"""The network proposes, the check disposes; the shipped weights are the real part under test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch

from hrm_engine.deadline import Deadline
from hrm_engine.errors import CheckpointError
from hrm_engine.export.checkpoint import load_checkpoint
from hrm_engine.expressions.parser import parse
from hrm_engine.expressions.printer import to_text
from hrm_engine.inference.solve import Solver
from hrm_engine.tasks.base import Verdict
from hrm_engine.tasks.derivative import DerivativeProblem, DerivativeTask
from hrm_engine.tasks.judge import fall_back, inline, judge, weakest

LONG = "+".join(f"sin({k}x)cos({k}x)" for k in range(1, 30))


@pytest.fixture(scope="module")
def solver() -> Solver:
    return Solver.load("hrm-derivative", "derivative")


def problem(text: str, order: int = 1) -> DerivativeProblem:
    return DerivativeProblem(parse(text), "x", order)


@pytest.mark.requirement("EN-8")
def test_the_shipped_network_differentiates_and_the_check_agrees(solver: Solver) -> None:
    solved = solver.solve(problem("sin(5x)"))
    assert solved.accepted
    assert to_text(solved.solution) == "5*cos(5*x)"
    assert solved.verdict.status == "proved"
    assert solved.rank == 1


def test_a_second_derivative_is_two_checked_steps(solver: Solver) -> None:
    judged: list[object] = []

    def isolated(function: Callable[..., Any], *arguments: Any) -> Any:
        judged.append(function)
        return inline(function, *arguments)

    solved = solver.solve(problem("x^3", order=2), isolated=isolated)
    assert to_text(solved.solution) == "6*x"
    assert judged.count(judge) == solved.candidates >= 2


def test_one_candidate_is_the_greedy_answer_alone(solver: Solver) -> None:
    assert len(list(solver.propose(problem("x*sin(x)"), 1, Deadline.never()))) == 1


def test_further_candidates_are_distinct(solver: Solver) -> None:
    found = [tuple(each) for each in solver.propose(problem("x*sin(x)"), 6, Deadline.never())]
    assert len(found) == len(set(found)) == 6


def test_a_problem_that_does_not_fit_is_refused_with_the_reason(solver: Solver) -> None:
    solved = solver.solve(problem(LONG))
    assert not solved.accepted
    assert "does not fit" in solved.why


def test_a_deadline_that_has_passed_ends_in_no_answer(solver: Solver) -> None:
    solved = solver.solve(problem("sin(x)"), deadline=Deadline.after(0))
    assert not solved.accepted
    assert solved.verdict.method == "deadline"


def test_what_an_untrained_network_says_is_not_believed() -> None:
    loaded = load_checkpoint("hrm-derivative")
    torch.manual_seed(0)
    for weight in loaded.model.parameters():
        torch.nn.init.normal_(weight, std=0.3)
    solver = Solver(loaded, DerivativeTask())
    for text in ("sin(5x)", "x^2*exp(x)", "ln(x)/x", "(x+1)^7"):
        solved = solver.solve(problem(text), candidates=3, deadline=Deadline.after(20))
        right = solved.accepted and solver.task.cross_check(problem(text), solved.solution)
        assert right or solved.solution is None


def test_weights_of_another_vocabulary_are_refused() -> None:
    class Foreign(DerivativeTask):
        """The same task with other tokens."""

        vocabulary = ("a", "b")

    with pytest.raises(CheckpointError):
        Solver(load_checkpoint("hrm-derivative"), Foreign())


def test_the_classical_method_is_held_to_the_same_check() -> None:
    solution, verdict = fall_back("derivative", problem("x^x", order=2))
    assert verdict.accepted
    assert DerivativeTask().cross_check(problem("x^x", order=2), solution)


def test_malformed_tokens_are_no_solution() -> None:
    solution, verdict = judge("derivative", problem("x"), [])
    assert solution is None
    assert verdict.status == "unverified"


def test_a_chain_claims_what_its_weakest_link_does() -> None:
    proved, verified = Verdict("proved", "a"), Verdict("verified", "b", points=9)
    assert weakest([proved, verified, proved]) is verified
    assert weakest([proved, proved]) is proved
