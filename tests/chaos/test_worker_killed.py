"""kill -9 of a worker: at most one call fails, the pool is whole again, the server never ends."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from hrm_coprocessor.work.workers import PoolLimits, WorkerPool
from hrm_engine.deadline import Deadline
from hrm_tools.calculate_derivative import DerivativeArguments, run
from hrm_tools.spec import Context, ignore_progress
from tests.chaos.conftest import Serve
from tests.chaos.world import PATIENCE_S, SURFACES, Gate, Server, agent, end, until
from tests.tools.samples import crash

pytestmark = [pytest.mark.slow, pytest.mark.requirement("CP-13")]


@pytest.fixture(scope="module")
def server(serve: Serve) -> Server:
    return serve("--set", "workers=2")


@pytest.mark.slow
@pytest.mark.parametrize("surface", SURFACES)
def test_the_call_that_it_worked_for_fails_clearly_and_the_next_one_is_answered(
    surface: str, server: Server, gate: Gate
) -> None:
    with agent(SURFACES[surface].format(server.url)) as friend:
        asked = friend.begin("gate")
        victim = gate.visitor().pid
        assert victim in server.workers()
        os.kill(victim, signal.SIGKILL)
        lost = asked.result(PATIENCE_S)
        assert lost.error_kind == "failed"
        assert "died (exit code -9)" in lost.text
        assert friend.works()
        assert until(lambda: len(server.workers()) == 2)
        assert victim not in server.workers()


@pytest.mark.slow
def test_workers_that_died_while_they_waited_cost_no_call(server: Server) -> None:
    with agent(server.url) as friend:
        assert friend.works()
        for _ in range(3):
            end(server.workers())
            assert friend.works()
            assert until(lambda: len(server.workers()) == 2)


@pytest.mark.slow
def test_a_worker_killed_under_a_question_to_the_network_costs_no_answer(serve: Serve) -> None:
    server = serve("--set", "workers=2", tools=("calculate_derivative",))
    with agent(f"rest:{server.url}") as friend:
        first, second = server.workers()
        for pid in (first, second):
            os.kill(pid, signal.SIGSTOP)  # a check that one is given waits
        asked = friend.begin("calculate_derivative", expression="sin(5x)")
        end([first])
        os.kill(second, signal.SIGCONT)
        found = asked.result(PATIENCE_S)
        assert found.error_kind is None
        assert (found.data or {})["result"] == "5*cos(5*x)"
        assert (found.data or {})["verified"] is True
        assert until(lambda: len(server.workers()) == 2)


@pytest.mark.slow
def test_a_worker_that_dies_under_a_check_refuses_that_candidate_only() -> None:
    deadline = Deadline.after(PATIENCE_S)
    with closing(WorkerPool(PoolLimits(size=1))) as pool:
        fates: list[Callable[..., Any]] = [crash]

        def isolated(function: Callable[..., Any], *args: Any) -> Any:
            if fates:
                return pool.run(deadline, fates.pop())
            return pool.run(deadline, function, *args)

        context = Context(deadline, ignore_progress, isolated)
        answer = run(DerivativeArguments(expression="sin(5x)"), context)
    assert (answer.result, answer.verified) == ("5*cos(5*x)", True)
    assert not fates
    assert answer.candidates >= 2 or answer.source.startswith("classical:")
