"""Draining: new calls are refused, those that run may finish, the rest is cancelled and told."""

from __future__ import annotations

import asyncio

import pytest

from hrm_coprocessor.work.running import SHUTTING_DOWN, RunningCalls
from hrm_tools.spec import Outcome

DONE = Outcome("ok", "done", {})


async def done() -> Outcome:
    return DONE


async def for_ever() -> Outcome:
    return await asyncio.Future[Outcome]()


def test_a_call_has_the_outcome_of_its_work() -> None:
    calls = RunningCalls()
    assert asyncio.run(calls.run(done())) == DONE
    assert len(calls) == 0


def test_with_nothing_running_draining_is_done_at_once_and_new_calls_are_refused() -> None:
    calls = RunningCalls()
    assert calls.drain(0) is True
    assert calls.draining
    assert asyncio.run(calls.run(done())) == SHUTTING_DOWN


def test_a_running_call_may_finish_while_the_server_drains() -> None:
    async def scenario() -> tuple[Outcome, bool]:
        calls, finish = RunningCalls(), asyncio.Event()

        async def work() -> Outcome:
            await finish.wait()
            return DONE

        running = asyncio.ensure_future(calls.run(work()))
        draining = asyncio.ensure_future(asyncio.to_thread(calls.drain, 60))
        while not calls.draining:
            await asyncio.sleep(0)
        assert len(calls) == 1
        finish.set()
        return await running, await draining

    assert asyncio.run(scenario()) == (DONE, True)


def test_a_call_that_takes_too_long_is_stopped_and_told_why() -> None:
    async def scenario() -> tuple[Outcome, bool]:
        calls = RunningCalls()
        running = asyncio.ensure_future(calls.run(for_ever()))
        while not len(calls):
            await asyncio.sleep(0)
        drained = await asyncio.to_thread(calls.drain, 0)
        return await running, drained

    assert asyncio.run(scenario()) == (SHUTTING_DOWN, False)


def test_a_caller_who_leaves_stops_its_call() -> None:
    async def scenario() -> int:
        calls = RunningCalls()
        running = asyncio.ensure_future(calls.run(for_ever()))
        while not len(calls):
            await asyncio.sleep(0)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        return len(calls)

    assert asyncio.run(scenario()) == 0
