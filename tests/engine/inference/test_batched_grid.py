"""A search with an open door: problems come and go, and each is answered as alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from hrm_engine.inference.batched_grid import GridBatch, Puzzled
from hrm_engine.inference.grid_search import BLIND, Plan, Search, Try
from hrm_engine.inference.grid_solve import GridSolver, outcomes
from tests.engine.inference.grid_toy import TASK, Behaviour, Scripted, flaky, solves_after
from tests.engine.inference.lending import Kept

ONE = "12.2.1.1."
"""A square whose first given is 1: `flaky` fails on it as it stands."""
PLAN = Plan(depth=4, breadth=5)


def squares(count: int) -> list[str]:
    rng = np.random.default_rng(5)
    return [TASK.sample(rng) for _ in range(count)]


def alone(problem: str, behaviour: Behaviour, plan: Plan) -> list[Try]:
    search = Search(Scripted(behaviour, rows=99), TASK, [problem], plan)
    return dict(outcomes(search, 1))[0]


def facts(tries: list[Try]) -> list[tuple[Any, ...]]:
    """What a caller can see of some tries, their number in the batch aside."""
    return [
        (t.number, t.tokens.tolist(), t.segment, t.halt, t.residual, t.verified, t.left)
        for t in sorted(tries, key=lambda one: one.number)
    ]


def run(batch: GridBatch, problems: list[str], *, at_once: int) -> list[list[Try]]:
    waiting = list(enumerate(problems))
    found: dict[int, list[Try]] = {}
    while len(found) < len(problems):
        for _ in range(max(0, min(at_once, batch.room, len(waiting)))):
            number, problem = waiting.pop(0)
            batch.admit(number, Puzzled(problem, PLAN.breadth))
        found.update(batch.advance())
    assert batch.rows == 0
    return [found[number] for number in range(len(problems))]


@pytest.mark.parametrize("plan", [PLAN, replace(PLAN, exits=BLIND), replace(PLAN, noise=0.1)])
@pytest.mark.parametrize("behaviour", [flaky, solves_after(3), solves_after(9)])
@pytest.mark.parametrize("at_once", [1, 8])
def test_problems_that_come_and_go_are_answered_as_each_alone(
    behaviour: Behaviour, plan: Plan, at_once: int
) -> None:
    problems = squares(20)
    batch = GridBatch(Scripted(behaviour, rows=8), TASK, plan, problems=6)
    for found, problem in zip(run(batch, problems, at_once=at_once), problems, strict=True):
        assert facts(found) == facts(alone(problem, behaviour, plan))


def test_a_problem_whose_tries_are_more_than_the_batch_holds_is_answered_all_the_same() -> None:
    engine = Scripted(flaky, rows=3)
    (found,) = run(GridBatch(engine, TASK, PLAN, problems=2), [ONE], at_once=1)
    assert any(t.verified for t in found)
    assert max(engine.batches) == 3


def test_there_is_room_for_so_many_problems_and_no_more_tries_than_the_engine_likes() -> None:
    few_problems = GridBatch(Scripted(solves_after(9), rows=8), TASK, PLAN, problems=2)
    few_rows = GridBatch(Scripted(solves_after(9), rows=1), TASK, PLAN, problems=5)
    assert (few_problems.room, few_rows.room) == (2, 1)
    few_problems.admit(1, Puzzled(ONE, 5))
    few_rows.admit(1, Puzzled(ONE, 5))
    assert (few_problems.room, few_rows.room) == (1, 0)
    assert few_problems.rows == 1


def test_a_dropped_problem_is_not_computed_again() -> None:
    engine = Scripted(solves_after(3), rows=8)
    batch = GridBatch(engine, TASK, PLAN, problems=4)
    for number in range(3):
        batch.admit(number, Puzzled(squares(3)[number], 5))
    batch.drop(0)  # before its first segment
    assert batch.advance() == []
    batch.drop(1)  # after it
    assert batch.rows == 1
    while batch.rows:
        answered = batch.advance()
    assert [number for number, _ in answered] == [2]
    assert engine.batches == [2, 1, 1]


def test_a_step_with_nothing_to_do_is_none() -> None:
    engine = Scripted(flaky)
    assert GridBatch(engine, TASK, PLAN, problems=2).advance() == []
    assert engine.batches == []


def test_a_solver_lends_one_batch_for_each_engine_and_answers_the_same() -> None:
    never, fast = Scripted(solves_after(9)), Scripted(flaky, name="fast")
    solver = GridSolver("toy", TASK, [never, fast], Plan(depth=4))
    lent = Kept(rows=2)
    shared = solver.batched(lent)
    for problem in squares(5):
        assert shared.solve(problem, candidates=4) == solver.solve(problem, candidates=4)
    assert lent.names == ["toy, scripted", "toy, fast"]


def test_a_problem_that_does_not_fit_never_reaches_the_batch() -> None:
    lent = Kept()
    solved = GridSolver("toy", TASK, [Scripted(flaky)], PLAN).batched(lent).solve("1" * 10)
    assert "fit" in solved.why
    assert lent.asked == 0
