"""Depth and breadth: who leaves when, who takes the place, and which try is believed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from hrm_engine.deadline import Deadline
from hrm_engine.errors import TaskError
from hrm_engine.inference.grid_search import (
    BLIND,
    CHECKED,
    Exits,
    Plan,
    Search,
    Thought,
    Try,
    best,
)
from hrm_engine.inference.grid_solve import outcomes
from tests.engine.inference.grid_toy import (
    TASK,
    Behaviour,
    Grid,
    Latin,
    Scripted,
    flaky,
    solves_after,
    tokens,
)

ONE = "12.2.1.1."
"""A square whose first given is 1: `flaky` fails on it as it stands."""
NEITHER = Exits(checker=False, halt=False)


def run(
    behaviour: Behaviour, problems: list[str], plan: Plan, **given: Any
) -> tuple[dict[int, list[Try]], Scripted]:
    engine = Scripted(behaviour, **given)
    search = Search(engine, TASK, problems, plan)
    return dict(outcomes(search, len(problems))), engine


def only(behaviour: Behaviour, plan: Plan) -> Try:
    ((found,),) = run(behaviour, [ONE], plan)[0].values()
    return found


@pytest.mark.requirement("EN-1")
@pytest.mark.parametrize(
    ("exits", "left", "segments"),
    [
        (Exits(checker=True, halt=False), "checker", 3),
        (Exits(checker=False, halt=True), "halt", 3),
        (Exits(checker=True, halt=True), "checker", 3),
        (Exits(checker=False, halt=False, residual=0.6), "residual", 1),
        (NEITHER, "depth", 7),
    ],
)
def test_a_row_leaves_by_the_first_exit_that_is_on(exits: Exits, left: str, segments: int) -> None:
    found = only(solves_after(3, halt=2.0), Plan(depth=7, exits=exits))
    assert (found.left, found.segment) == (left, segments)


@pytest.mark.requirement("EN-1")
def test_each_row_of_a_batch_takes_only_the_segments_that_it_needs() -> None:
    def behave(seen: Grid, segment: int) -> tuple[Any, float, float]:
        return solves_after(int(seen[0]))(seen, segment)  # tokens 2, 3, 4 for digits 1, 2, 3

    problems = ["1........", "2........", "3........"]
    found, engine = run(behave, problems, Plan(depth=9), rows=3)
    assert [found[i][0].segment for i in range(3)] == [2, 3, 4]
    assert engine.batches == [3, 3, 2, 1]


def test_waiting_rows_take_the_places_of_finished_ones_and_the_batch_stays_bounded() -> None:
    found, engine = run(solves_after(2), [ONE] * 5, Plan(depth=9, batch=2))
    assert engine.batches == [2, 2, 2, 2, 1, 1]
    assert sorted(found) == [0, 1, 2, 3, 4]
    assert all(tries[0].verified for tries in found.values())


def test_the_engine_says_how_many_rows_it_likes_unless_the_plan_does() -> None:
    assert max(run(solves_after(2), [ONE] * 5, Plan(depth=9), rows=3)[1].batches) == 3


def test_further_tries_start_only_when_the_first_has_failed() -> None:
    found, _ = run(flaky, [ONE, "2.....1.."], Plan(depth=4, breadth=6))
    assert [len(found[1]), found[1][0].number] == [1, 1]
    assert found[0][0].left == "depth"
    assert best(found[0]).number > 1


def test_the_first_accepted_answer_ends_the_others() -> None:
    found, engine = run(flaky, [ONE], Plan(depth=4, breadth=6), rows=9)
    assert engine.batches == [1, 1, 1, 1, 5, 5]
    leaving = {one.left for one in found[0]}
    assert leaving == {"depth", "checker", "cancelled"}
    assert sum(one.verified for one in found[0]) >= 1


def test_tries_that_still_wait_when_their_problem_is_solved_never_start() -> None:
    found, _ = run(flaky, [ONE], Plan(depth=4, breadth=50, batch=2))
    assert len(found[0]) < 20


def test_a_restart_sees_the_problem_changed_and_answers_it_as_it_was_posed() -> None:
    chosen = best(run(flaky, [ONE], Plan(depth=4, breadth=6))[0][0])
    assert chosen.seen.tolist() != tokens(ONE)
    assert TASK.verify(ONE, TASK.decode(ONE, chosen.tokens.tolist())).accepted


def test_confidence_is_turned_back_with_the_answer() -> None:
    def behave(seen: Grid, segment: int) -> tuple[Any, float, float]:
        return solves_after(1)(seen, segment)

    found, _ = run(behave, [ONE], Plan(depth=1, breadth=3, exits=BLIND))
    for one in found[0]:
        one.take(one.seen, np.where(one.seen == 1, 0.2, 0.9).astype(np.float32))
        assert np.array_equal(one.confidence < 0.5, np.array(tokens(ONE)) == 1)


@pytest.mark.requirement("EN-7")
def test_without_a_checker_all_tries_run_and_the_highest_halt_score_is_believed() -> None:
    found, _ = run(flaky, [ONE], Plan(depth=3, breadth=6, exits=BLIND))
    assert len(found[0]) == 6
    assert not any(one.verified for one in found[0])
    chosen = best(found[0])
    assert chosen.left == "halt"
    assert TASK.verify(ONE, TASK.decode(ONE, chosen.tokens.tolist())).accepted


def test_equal_halt_scores_are_decided_by_the_smaller_residual_then_the_earlier_try() -> None:
    (one,) = run(solves_after(1), [ONE], Plan(depth=1, exits=BLIND))[0][0]
    still = replace(one, number=2, residual=0.1)
    later = replace(one, number=3, residual=0.1)
    assert best([one, still, later]) is still


def test_the_same_call_gives_the_same_tries_whatever_else_is_in_the_batch() -> None:
    plan = Plan(depth=3, breadth=4, exits=BLIND, seed=5)
    alone = run(flaky, [ONE], plan)[0][0]
    among = run(flaky, ["2........", ONE], plan, rows=3)[0][1]

    def seen(tries: list[Try]) -> list[tuple[int, list[int]]]:
        return sorted((one.number, one.seen.tolist()) for one in tries)

    assert seen(alone) == seen(among)
    other = run(flaky, [ONE], replace(plan, seed=6))[0][0]
    assert seen(alone) != seen(other)


def test_only_restarts_begin_with_noise() -> None:
    _, engine = run(flaky, [ONE], Plan(depth=2, breadth=3, exits=BLIND, noise=0.5))
    assert [(noise, len(seeds)) for noise, seeds in engine.starts] == [(0.0, 1), (0.5, 2)]
    assert len(set(engine.starts[1][1])) == 2


def test_when_the_time_is_up_everything_ends_as_it_is() -> None:
    deadline = Deadline.never()

    def behave(seen: Grid, segment: int) -> tuple[Any, float, float]:
        if segment == 2:
            deadline.cancel()
        return seen.tolist(), -1.0, 0.5

    search = Search(Scripted(behave), TASK, [ONE] * 6, Plan(depth=9, batch=2), deadline)
    found = dict(outcomes(search, 6))
    assert sorted(found) == [0, 1, 2, 3, 4, 5]
    assert [len(found[i]) for i in range(6)] == [1, 1, 0, 0, 0, 0]
    assert {one.left for one in found[0]} == {"deadline"}
    assert found[0][0].segment == 2


def test_an_answer_that_does_not_change_is_checked_once() -> None:
    asked: list[object] = []

    class Counting(Latin):
        """The toy task, counting."""

        def decode(self, problem: str, tokens: Any) -> str:
            asked.append(problem)
            text: str = super().decode(problem, tokens)
            return text

    search = Search(
        Scripted(lambda seen, _: (seen.tolist(), -1, 0.5)),
        Counting(),
        [ONE],
        Plan(depth=6, exits=replace(CHECKED, residual=0.0)),
    )
    assert len(dict(outcomes(search, 1))[0]) == 1
    assert len(asked) == 1


def test_a_problem_that_does_not_fit_is_an_error() -> None:
    with pytest.raises(TaskError, match="fit"):
        run(flaky, ["1" * 10], Plan(depth=2))


def test_a_thought_says_what_changed_and_how_sure_the_network_is() -> None:
    search = Search(Scripted(solves_after(2, halt=0.0)), TASK, [ONE], Plan(depth=4))
    first, second = (Thought.of(one) for (one,) in search.run())
    assert (first.changed, first.left, first.verified) == ((), "", False)
    assert second.changed == tuple(i for i, c in enumerate(ONE) if c == ".")
    assert (second.segment, second.halt, second.left, second.verified) == (2, 0.5, "checker", True)
    assert second.confidence.min() > 0.99
