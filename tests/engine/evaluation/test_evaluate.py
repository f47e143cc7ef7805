"""Every figure comes from here: what is counted, and in which rate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hrm_engine.errors import DeadlineError
from hrm_engine.evaluation.evaluate import Prediction, measure_peers, predict, summarise
from hrm_engine.evaluation.machine import machine
from hrm_engine.evaluation.report import Peer, quantile
from hrm_engine.expressions.parser import parse
from hrm_engine.inference.solve import Solver
from hrm_engine.tasks.base import Verdict
from hrm_engine.tasks.derivative import DerivativeProblem, DerivativeTask
from hrm_engine.tasks.judge import fall_back, inline

PROVED = Verdict("proved", "test")


@pytest.fixture(scope="module")
def solver() -> Solver:
    return Solver.load("hrm-derivative", "derivative")


def made(
    rank: int, source: str, *, agreed: bool | None = True, verdict: Verdict = PROVED
) -> Prediction:
    result = None if source == "none" else "x"
    return Prediction("1", None, result, source, verdict, rank, 1, 10.0 * (rank + 1), agreed)


def test_a_prediction_holds_the_answer_its_source_and_the_verdict(solver: Solver) -> None:
    records = [{"id": "a", "input": "\\sin 5x"}, {"id": "b", "input": "sin(("}]
    good, bad = predict(solver, records, k=3)
    assert good.row()["result"] == "5*cos(5*x)"
    assert good.row()["source"] == "hrm:hrm-derivative"
    assert good.second_opinion is True
    assert bad.row()["result"] is None
    assert "column" in str(bad.row()["note"])


def test_what_the_network_cannot_read_is_answered_by_the_rules_and_says_so(solver: Solver) -> None:
    text = "+".join(f"sin({k}x)cos({k}x)" for k in range(1, 26))
    (found,) = predict(solver, [{"input": text}], k=2)
    assert found.source == "classical:rules"
    assert found.rank == 0
    assert found.verdict.accepted


def test_a_fallback_that_is_stopped_loses_its_item_and_no_other(solver: Solver) -> None:
    def isolated(function: Callable[..., Any], *arguments: Any) -> Any:
        if function is fall_back:
            raise DeadlineError("the time allowed has run out")
        return inline(function, *arguments)

    text = "+".join(f"sin({k}x)cos({k}x)" for k in range(1, 26))
    records = [{"input": text}, {"input": "x^2"}]
    stopped, answered = predict(solver, records, k=1, isolated=isolated)
    assert (stopped.result, stopped.source) == (None, "none")
    assert "run out" in str(stopped.row()["note"])
    assert answered.result == "2*x"


def test_the_network_alone_and_the_fallback_are_counted_apart(solver: Solver) -> None:
    rows = [
        made(1, "hrm:m"),
        made(3, "hrm+search"),
        made(0, "classical:rules", verdict=Verdict("verified", "test")),
        made(0, "none", verdict=Verdict("unverified", "test")),
    ]
    report = summarise(solver, rows, k=5, command="c", peers=[Peer(name="p", correct=1, p50_ms=2)])
    assert (report.verified_at_1, report.verified_at_k, report.fallback_rate) == (0.25, 0.5, 0.25)
    assert (report.unsolved, report.wrong_but_verified) == (1, 0)
    assert report.proved_rate == pytest.approx(2 / 3)
    assert report.as_json()["baseline"] == {"name": "p", "correct": 1.0, "p50_ms": 2.0}
    assert ("not answered", "1") in report.lines()


def test_an_answer_that_another_program_contradicts_is_counted(solver: Solver) -> None:
    report = summarise(solver, [made(1, "hrm:m", agreed=False)], k=1, command="c", peers=[])
    assert report.wrong_but_verified == 1
    assert report.as_json()["baseline"] is None


def test_peers_are_measured_on_whole_answers() -> None:
    problems = [DerivativeProblem(parse("x^3"), "x", 2), DerivativeProblem(parse("sin(2x)"))]
    peers = {peer.name: peer.correct for peer in measure_peers(DerivativeTask(), problems)}
    assert peers["sympy"] == 1.0


def test_quantiles_are_values_that_occurred() -> None:
    assert quantile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert quantile([3.0, 1.0, 2.0], 0.95) == 3.0
    assert quantile([], 0.5) == 0.0


def test_the_machine_is_named_in_one_line() -> None:
    assert "cores" in machine()
    assert "\n" not in machine()
