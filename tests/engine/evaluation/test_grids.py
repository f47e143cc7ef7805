"""Accuracy on grids: the single pass, the network's own choice, the checker and the fallback."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from hrm_engine.errors import DeadlineError
from hrm_engine.evaluation.grids import (
    Item,
    as_predictions,
    buckets,
    predict_grids,
    report_grids,
    time_calls,
)
from hrm_engine.inference.grid_search import BLIND, Exits, Plan
from hrm_engine.inference.grid_solve import GridSolver
from hrm_engine.tasks.judge import inline, judge
from tests.engine.inference.grid_toy import TASK, Behaviour, Grid, Scripted, flaky, solves_after

ONE, TWO = "12.2.1.1.", "2.....1.."
"""`flaky` fails on the first as it stands and solves the second at once."""


def solver_of(*behaviours: Behaviour, depth: int = 4) -> GridSolver:
    return GridSolver("toy", TASK, [Scripted(b) for b in behaviours], Plan(depth=depth))


def records(*inputs: str, **more: Sequence[Any]) -> list[dict[str, Any]]:
    columns = {"input": inputs, "id": [f"p{i}" for i in range(len(inputs))]} | more
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


@pytest.mark.requirement("EN-7")
def test_what_decided_is_kept_apart() -> None:
    def boastful(seen: Grid, segment: int) -> tuple[Any, float, float]:
        answer, halt, residual = flaky(seen, segment)
        return answer, 9.0 if halt < 0 and segment == 2 else halt, residual

    honest, proud = solver_of(flaky), solver_of(boastful)
    for solver, chosen in ((honest, 1.0), (proud, 0.0)):
        items, seconds = predict_grids(solver, records(ONE, TWO), k=8)
        report = report_grids(solver, items, k=8, command="c", seconds=seconds, times=[1.0])
        assert report.grid is not None
        assert (report.verified_at_1, report.verified_at_k) == (0.5, 1.0)
        assert (report.grid.selected_at_k, report.grid.with_fallback) == (chosen, 1.0)
        assert [item.source for item in items] == ["hrm+search", "hrm:toy"]


def test_the_fallback_answers_where_the_network_fails_and_is_no_networks_credit() -> None:
    solver = solver_of(lambda seen, _: (seen.tolist(), -1.0, 0.5))
    items, seconds = predict_grids(solver, records(ONE, TWO), k=3)
    report = report_grids(solver, items, k=3, command="c", seconds=seconds, times=[])
    assert (report.verified_at_1, report.verified_at_k, report.fallback_rate) == (0.0, 0.0, 1.0)
    assert report.grid is not None
    assert report.grid.with_fallback == 1.0
    assert (report.unsolved, report.wrong_but_verified, report.second_opinions) == (0, 0, 2)


def test_a_checker_that_sees_every_segment_finds_an_answer_the_last_one_lost() -> None:
    def wavering(seen: Grid, segment: int) -> tuple[Any, float, float]:
        right, halt, residual = solves_after(2)(seen, segment)
        return (right if segment == 2 else seen.tolist()), halt, residual

    items, _ = predict_grids(solver_of(wavering), records(ONE), k=1)
    assert (items[0].alone, items[0].rank, items[0].source) == (False, 1, "hrm:toy")


def test_a_second_engine_tries_what_the_first_could_not() -> None:
    solver = solver_of(lambda seen, _: (seen.tolist(), -1.0, 0.5), solves_after(1))
    items, _ = predict_grids(solver, records(ONE), k=2)
    assert (items[0].rank, items[0].candidates, items[0].source) == (3, 3, "hrm+search")


def test_items_that_cannot_be_read_or_do_not_fit_count_as_failed() -> None:
    solver = solver_of(flaky)
    items, seconds = predict_grids(solver, records("what?", "1" * 10, TWO), k=2)
    report = report_grids(solver, items, k=2, command="c", seconds=seconds, times=[])
    assert (report.n, report.verified_at_1) == (3, pytest.approx(1 / 3))
    assert [item.verdict.method for item in items[:2]] == ["unreadable", "stopped"]
    lines = [p.row() for p in as_predictions(solver, items, seconds)]
    assert [line["result"] for line in lines] == [None, None, "213321132"]
    assert [line["id"] for line in lines] == ["p0", "p1", "p2"]


def test_a_judge_that_is_stopped_loses_its_item_and_no_other() -> None:
    def isolated(function: Callable[..., Any], *arguments: Any) -> Any:
        if function is judge and arguments[1] == TWO:
            raise DeadlineError("the time allowed has run out")
        return inline(function, *arguments)

    items, _ = predict_grids(solver_of(solves_after(1)), records(ONE, TWO), k=1, isolated=isolated)
    assert [item.source for item in items] == ["hrm:toy", "classical:rules"]


def test_each_range_of_ratings_has_its_figures() -> None:
    solver = solver_of(flaky)
    items, seconds = predict_grids(solver, records(TWO, ONE, TWO, rating=[0, 7, 60]), k=8)
    report = report_grids(solver, items, k=8, command="c", seconds=seconds, times=[2.0, 4.0])
    assert report.grid is not None
    named = {b.rating: (b.n, b.verified_at_1, b.verified_at_k) for b in report.grid.buckets}
    assert named == {"0": (1, 1.0, 1.0), "3-10": (1, 0.0, 1.0), "51+": (1, 1.0, 1.0)}
    assert report.grid.mean_rating == pytest.approx(67 / 3)
    assert any("rating 3-10" in label for label, _ in report.lines())


def test_every_rating_falls_into_one_range() -> None:
    items = [Item(str(r), None, float(r), fits=True) for r in range(60)]
    found = buckets(items)
    assert [b.rating for b in found] == ["0", "1-2", "3-10", "11-50", "51+"]
    assert sum(b.n for b in found) == len(items)


def test_the_published_protocol_lets_every_pass_run_to_its_depth() -> None:
    def hasty(seen: Grid, segment: int) -> tuple[Any, float, float]:
        return solves_after(3)(seen, segment)[0], 2.0, 0.5

    for alone, right, segments in ((BLIND, False, 1), (Exits(checker=False, halt=False), True, 4)):
        items, _ = predict_grids(solver_of(hasty), records(ONE), k=1, alone=alone)
        assert (items[0].alone, items[0].segments) == (right, segments)


def test_the_report_says_how_deep_and_how_far_the_single_passes_went() -> None:
    solver = solver_of(solves_after(3, halt=2.0), depth=9)
    items, seconds = predict_grids(solver, records(ONE, TWO), k=2)
    report = report_grids(solver, items, k=2, command="c", seconds=seconds, times=[1.0, 3.0])
    assert report.grid is not None
    figures = report.grid.model_dump()
    assert {name: figures[name] for name in ("depth", "mean_segments", "halted_rate")} == {
        "depth": 9,
        "mean_segments": 3.0,
        "halted_rate": 1.0,
    }
    assert (figures["latency_n"], figures["engine"]) == (2, "scripted")
    assert figures["mean_rating"] is None
    assert report.p95_ms == 3.0
    assert report.as_json()["grid"]


def test_single_calls_are_timed_on_a_sample_with_their_fallback() -> None:
    solver = solver_of(lambda seen, _: (seen.tolist(), -1.0, 0.5))
    items, _ = predict_grids(solver, records(*[ONE] * 6), k=1)
    asked: list[tuple[str, int, int]] = []

    def note(*progress: Any) -> None:
        asked.append(progress)

    assert len(time_calls(solver, items, k=1, sample=4, progress=note)) == 4
    assert {stage for stage, _, _ in asked} == {"single calls"}
    assert time_calls(solver, items, k=1, seconds=-1.0) == []
