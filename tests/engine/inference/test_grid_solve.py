"""From a grid to an answer that may be returned: the solver, its loading and its thoughts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hrm_engine.deadline import Deadline
from hrm_engine.errors import CheckpointError, ConfigError, DeadlineError, TaskError
from hrm_engine.inference.grid_search import BLIND, CHECKED, Plan, Thought, accepts, best
from hrm_engine.inference.grid_solve import GridSolver
from hrm_engine.inference.load import load_solver
from hrm_engine.inference.solve import Solver
from hrm_engine.model.grid import GridModel
from hrm_engine.tasks.judge import inline, judge
from tests.engine.inference.grid_toy import (
    TASK,
    VOCABULARY,
    Behaviour,
    Latin,
    Scripted,
    flaky,
    solves_after,
)
from tests.engine.inference.grid_trained import save, train

ONE = "12.2.1.1."


@pytest.fixture(scope="module")
def model() -> GridModel:
    return train()


@pytest.fixture(scope="module")
def folder(model: GridModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save(tmp_path_factory.mktemp("models") / "hrm-toy", model)


@pytest.fixture(scope="module")
def trained(folder: Path) -> GridSolver:
    return GridSolver.load(str(folder), "latin3", engine="torch", device="cpu")


def scripted(*behaviours: Behaviour, **plan: Any) -> GridSolver:
    engines = [Scripted(behaviour) for behaviour in behaviours]
    return GridSolver("toy", TASK, engines, Plan(**({"depth": 4} | plan)))


def samples(count: int) -> list[str]:
    rng = np.random.default_rng(1)
    return [TASK.sample(rng) for _ in range(count)]


def share(solver: GridSolver, problems: list[str], **given: Any) -> float:
    """The share of problems whose chosen answer is right."""
    found = solver.tries(problems, **given)
    return float(np.mean([accepts(TASK, problems[i], best(t).tokens) for i, t in found]))


@pytest.mark.requirement("EN-7")
def test_restarts_with_the_checker_solve_what_one_pass_does_not(trained: GridSolver) -> None:
    problems = samples(100)
    alone = share(trained, problems, candidates=1, exits=BLIND)
    once = share(trained, problems, candidates=1, exits=CHECKED)
    broad = share(trained, problems, candidates=8, exits=CHECKED)
    assert 0.5 < alone <= once < broad == 1.0


@pytest.mark.requirement("EN-1")
def test_a_trained_network_halts_before_its_depth(trained: GridSolver) -> None:
    found = dict(trained.tries(samples(50), candidates=1, exits=BLIND))
    assert np.mean([tries[0].segment for tries in found.values()]) < trained.plan.depth


def test_many_problems_in_one_batch_are_answered_as_each_alone(trained: GridSolver) -> None:
    problems = samples(20)
    together = dict(trained.tries(problems, candidates=4))
    for item, problem in enumerate(problems):
        ((_, alone),) = trained.tries([problem], candidates=4)
        assert best(alone).tokens.tolist() == best(together[item]).tokens.tolist()


def test_a_first_answer_carries_the_networks_name(trained: GridSolver) -> None:
    solved = scripted(solves_after(2)).solve(ONE)
    assert (solved.solution, solved.rank, solved.candidates, solved.steps) == ("123231312", 1, 1, 2)
    assert solved.verdict.status == "proved"
    assert scripted(flaky).label(solved) == "hrm:toy"


def test_an_answer_of_a_restart_is_the_searchs() -> None:
    solver = scripted(flaky)
    solved = solver.solve(ONE, candidates=8)
    assert solved.accepted
    assert solved.rank > 1
    assert solver.label(solved) == "hrm+search"


def test_the_verdict_is_that_of_the_isolated_judge() -> None:
    judged: list[object] = []

    def isolated(function: Callable[..., Any], *arguments: Any) -> Any:
        judged.append(function)
        return inline(function, *arguments)

    assert scripted(flaky).solve(ONE, candidates=8, isolated=isolated).accepted
    assert judged == [judge]


def test_what_is_refused_is_no_solution_and_says_why() -> None:
    solved = scripted(lambda seen, _: ([2] * 9, 9.0, 0.5)).solve(ONE, candidates=2)
    assert (solved.solution, solved.rank, solved.candidates) == (None, 0, 2)
    assert "refuted" in solved.why


def test_an_engine_that_fails_is_followed_by_the_next() -> None:
    solver = scripted(lambda seen, _: (seen.tolist(), -1.0, 0.5), solves_after(1))
    solved = solver.solve(ONE, candidates=3)
    assert (solved.accepted, solved.rank, solved.candidates) == (True, 4, 4)
    assert solver.label(solved) == "hrm+search"


def test_without_a_checker_the_most_confident_answer_is_judged_once() -> None:
    solved = scripted(flaky, exits=BLIND).solve(ONE, candidates=8)
    assert solved.accepted
    assert solved.candidates == 8


def test_a_deadline_that_has_passed_ends_in_no_answer() -> None:
    solved = scripted(flaky).solve(ONE, deadline=Deadline.after(0))
    assert (solved.solution, solved.candidates, solved.verdict.method) == (None, 0, "deadline")


def test_a_judge_that_is_stopped_is_no_answer() -> None:
    def isolated(function: Callable[..., Any], *arguments: Any) -> Any:
        raise DeadlineError("the time allowed has run out")

    solved = scripted(solves_after(1)).solve(ONE, isolated=isolated)
    assert (solved.accepted, solved.verdict.method) == (False, "deadline")


def test_a_problem_that_does_not_fit_is_refused_with_the_reason() -> None:
    solved = scripted(flaky).solve("1" * 10)
    assert not solved.accepted
    assert "fit" in solved.why


@pytest.mark.requirement("EN-1")
def test_thoughts_come_one_segment_at_a_time_and_end_with_the_accepted_one() -> None:
    thoughts = list(scripted(flaky).stream(ONE, candidates=8))
    assert [t.segment for t in thoughts[:4]] == [1, 2, 3, 4]
    assert thoughts[3].left == "depth"
    assert [t.attempt for t in thoughts] == sorted(t.attempt for t in thoughts)
    assert (thoughts[-1].verified, thoughts[-1].left) == (True, "checker")
    assert not any(t.verified for t in thoughts[:-1])


def test_thoughts_end_when_the_time_is_up() -> None:
    assert list(scripted(flaky).stream(ONE, deadline=Deadline.after(0))) == []


def test_who_watches_a_solve_sees_the_thoughts_of_the_stream() -> None:
    seen: list[Thought] = []
    solver = scripted(flaky)
    solved = solver.watched(seen.append).solve(ONE, candidates=8)
    streamed = list(solver.stream(ONE, candidates=8))
    assert [(t.attempt, t.segment) for t in seen] == [(t.attempt, t.segment) for t in streamed]
    assert seen[-1].attempt == solved.rank
    assert solved.steps == len(seen)


def test_the_depth_is_the_published_one_unless_told(folder: Path) -> None:
    assert GridSolver.load(str(folder), "latin3").plan.depth == 16
    assert GridSolver.load(str(folder), "latin3", depth=64, noise=0.1).plan.depth == 64


def test_a_solver_is_chosen_by_the_form_of_its_task(folder: Path) -> None:
    found = load_solver(str(folder), "latin3")
    assert isinstance(found, GridSolver)
    assert found.name == "hrm-toy"
    assert isinstance(load_solver("hrm-derivative", "derivative"), Solver)


def test_a_sequence_task_has_no_grid_solver(folder: Path) -> None:
    with pytest.raises(TaskError, match="sequence"):
        GridSolver.load(str(folder), "derivative")


def test_weights_of_another_canvas_or_vocabulary_are_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Latin, "shape", (9, 9))
    with pytest.raises(CheckpointError, match=r"canvas of 3x3 cells, 9x9"):
        GridSolver.load(str(folder), "latin3")
    monkeypatch.setattr(Latin, "vocabulary", VOCABULARY[:-1])
    with pytest.raises(CheckpointError, match="4 are expected"):
        GridSolver.load(str(folder), "latin3")


def test_an_unknown_engine_is_refused_with_the_known_ones(folder: Path) -> None:
    with pytest.raises(ConfigError, match=r"no engine `abacus`[\s\S]*torch"):
        GridSolver.load(str(folder), "latin3", engine="abacus")
