"""The threads that answer many callers in one batch: sharing, limits, leaving, and the end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from mcp import Client

from hrm_coprocessor.service import Service
from hrm_coprocessor.work.batching import Batching, BatchLimits, BatchThread
from hrm_engine.deadline import Deadline
from hrm_engine.errors import DeadlineError
from hrm_tools.errors import BusyError, WorkerError
from tests.coprocessor.serving import SETTINGS, ask, make_app, serving
from tests.coprocessor.stepping import SteppingSolver, Steps, stepping_tool, until
from tests.tools.samples import ELSEWHERE

FOR_EVER = 10**9
Asked = Callable[[int], "Future[str]"]


class Bench:
    """A batch thread over a held batch, and callers in threads of their own."""

    def __init__(self, rows: int, queue: int) -> None:
        self.made: list[Steps] = []
        self.told: list[tuple[str, int]] = []
        limits = BatchLimits(rows, queue)
        self.thread = BatchThread("steps", self._make, limits, lambda *step: self.told.append(step))
        self._callers = ThreadPoolExecutor(16)

    def _make(self, rows: int) -> Steps:
        self.made.append(Steps(rows, held=True))
        return self.made[-1]

    @property
    def batch(self) -> Steps:
        return self.made[-1]

    def ask(self, steps: int, deadline: Deadline | None = None) -> Future[str]:
        """A question on its way."""
        return self._callers.submit(self.thread.ask, steps, deadline or Deadline.never())

    def start(self, steps: int, deadline: Deadline | None = None) -> Future[str]:
        """A question that is being worked on: its step waits to be allowed."""
        self.batch.began.clear()
        found = self.ask(steps, deadline)
        assert self.batch.began.wait(20)
        return found

    def queue(self, steps: int, deadline: Deadline | None = None) -> Future[str]:
        """A question that waits behind the step that is held."""
        before = self.thread.queued
        found = self.ask(steps, deadline)
        assert until(lambda: self.thread.queued == before + 1)
        return found

    def close(self) -> None:
        for batch in self.made:
            batch.allow(1000)
        self.thread.close()
        self._callers.shutdown()


@pytest.fixture
def bench() -> Iterator[Bench]:
    found = Bench(rows=2, queue=1)
    yield found
    found.close()


def test_rows_that_end_leave_and_those_that_wait_take_their_places(bench: Bench) -> None:
    calls = [bench.start(1), bench.queue(1), bench.queue(3)]
    bench.batch.allow(5)
    assert [call.result(20) for call in calls] == ["1 steps", "1 steps", "3 steps"]
    assert bench.batch.seen == [1, 2, 1, 1]
    assert bench.told == [("steps", rows) for rows in bench.batch.seen]


def test_when_the_queue_is_full_a_caller_is_told_at_once(bench: Bench) -> None:
    calls = [bench.start(2), bench.queue(1), bench.queue(1)]
    with pytest.raises(BusyError, match="3 questions before") as refused:
        bench.thread.ask(1, Deadline.never())
    assert refused.value.hint
    bench.batch.allow(4)
    assert [call.result(20) for call in calls] == ["2 steps", "1 steps", "1 steps"]


def test_a_cancelled_question_leaves_after_the_step_that_runs(bench: Bench) -> None:
    deadline = Deadline.never()
    left = bench.start(FOR_EVER, deadline)
    stays = bench.queue(2)
    deadline.cancel()
    bench.batch.allow(1)
    with pytest.raises(DeadlineError, match="cancelled"):
        left.result(20)
    bench.batch.allow(2)
    assert stays.result(20) == "2 steps"
    assert bench.batch.seen == [1, 1, 1]


def test_a_question_that_is_cancelled_while_it_waits_is_never_computed(bench: Bench) -> None:
    deadline = Deadline.never()
    runs, waits = bench.start(2), bench.queue(FOR_EVER, deadline)
    deadline.cancel()
    bench.batch.allow(1)
    with pytest.raises(DeadlineError):
        waits.result(20)
    bench.batch.allow(1)
    assert runs.result(20) == "2 steps"
    assert bench.batch.seen == [1, 1]


def test_a_question_that_is_late_is_not_begun(bench: Bench) -> None:
    with pytest.raises(DeadlineError, match="has run out"):
        bench.thread.ask(1, Deadline.after(0))
    assert bench.batch.seen == []


def test_a_batch_that_breaks_is_made_anew_and_its_callers_are_told(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    first = bench.start(2)
    second = bench.queue(-1)
    bench.batch.allow(2)
    for call in (first, second):
        with pytest.raises(RuntimeError, match="out of order"):
            call.result(20)
    assert "it is made anew" in caplog.text
    assert until(lambda: len(bench.made) == 2)
    after = bench.start(1)
    bench.batch.allow(1)
    assert after.result(20) == "1 steps"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_nobody_waits_for_a_thread_that_is_gone() -> None:
    made: list[Steps] = []

    def make_one(rows: int) -> Steps:
        if made:
            raise MemoryError
        made.append(Steps(rows))
        return made[0]

    thread = BatchThread("steps", make_one, BatchLimits())
    with pytest.raises(RuntimeError, match="out of order"):
        thread.ask(-1, Deadline.never())
    with pytest.raises(WorkerError, match="shutting down"):
        thread.ask(1, Deadline.never())
    thread.close()


def test_at_the_end_everybody_who_waits_is_told(bench: Bench) -> None:
    calls = [bench.start(FOR_EVER), bench.queue(1)]
    closing = threading.Thread(target=bench.thread.close)
    closing.start()
    bench.batch.allow(2)
    closing.join(20)
    for call in calls:
        with pytest.raises(WorkerError, match="shutting down"):
            call.result(20)
    with pytest.raises(WorkerError, match="shutting down"):
        bench.thread.ask(1, Deadline.never())


def test_a_thread_that_was_never_asked_ends_without_having_started() -> None:
    BatchThread("steps", Steps, BatchLimits()).close()


def test_a_solver_is_shared_once_and_what_cannot_be_shared_is_left_alone() -> None:
    batching = Batching()
    solver = SteppingSolver(Steps(4))
    plain = object()
    assert batching.shared(solver) is batching.shared(solver) is not solver
    assert batching.shared(plain) is plain
    assert len(batching.threads) == 1
    batching.close()


def test_the_counters_cover_all_threads() -> None:
    batching, steps = Batching(BatchLimits(2, 2)), Steps(2, held=True)
    told: list[tuple[str, int]] = []
    batching.observer = lambda *step: told.append(step)
    shared = batching.shared(SteppingSolver(steps))
    with ThreadPoolExecutor(2) as callers:
        first = callers.submit(shared.solve, 1, Deadline.never())
        assert steps.began.wait(20)
        second = callers.submit(shared.solve, 1, Deadline.never())
        assert until(lambda: (batching.rows, batching.queued) == (1, 1))
        steps.allow(2)
        assert (first.result(20), second.result(20)) == ("1 steps", "1 steps")
    assert until(lambda: (batching.rows, batching.queued) == (0, 0))
    assert told == [("steps", 1), ("steps", 1)]
    batching.close()


# Through the front doors


def app_of(steps: Steps, **settings: Any) -> FastAPI:
    changed = SETTINGS.model_copy(update=settings)
    return make_app([stepping_tool(SteppingSolver(steps)), ELSEWHERE], settings=changed)


@pytest.mark.requirement("CP-4")
def test_calls_side_by_side_share_a_batch() -> None:
    steps = Steps(16, held=True)

    async def question(client: httpx2.AsyncClient) -> list[httpx2.Response]:
        calls = [client.post("/v1/tools/steps", json={"a": 1 + i % 3}) for i in range(9)]
        answers = asyncio.gather(*calls)
        app: Service = service
        assert await asyncio.to_thread(steps.began.wait, 20)
        assert await asyncio.to_thread(until, lambda: app.batching.queued + steps.rows == 9)
        steps.allow(20)
        return await answers

    app = app_of(steps)
    service = app.state.service
    answers = ask(question, app)
    assert [each.json()["result"] for each in answers] == [f"{1 + i % 3} steps" for i in range(9)]
    assert len(steps.seen) <= 4  # one after the other they would take 18


def test_a_full_queue_is_a_429_that_says_when_to_come_back() -> None:
    steps = Steps(1, held=True)

    async def question(client: httpx2.AsyncClient) -> httpx2.Response:
        first = asyncio.ensure_future(client.post("/v1/tools/steps", json={"a": 1}))
        assert await asyncio.to_thread(steps.began.wait, 20)
        refused = await client.post("/v1/tools/steps", json={"a": 1})
        steps.allow(1)
        assert (await first).status_code == 200
        return refused

    refused = ask(question, app_of(steps, batch_rows=1, batch_queue=0))
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) >= 1


def test_without_batching_a_tool_gets_the_solver_as_it_is() -> None:
    async def question(client: httpx2.AsyncClient) -> httpx2.Response:
        return await client.post("/v1/tools/steps", json={"a": 1})

    assert ask(question, app_of(Steps(2), batching=False)).status_code == 500


def free(app: FastAPI) -> bool:
    """Whether no call holds a thread, a place in a batch or a worker."""
    service: Service = app.state.service
    workers = service.workers
    return service.taken == 0 and service.batching.rows == 0 and workers.idle == len(workers.pids)


async def hang_up_rest(url: str, name: str, arguments: dict[str, Any], begun: Any) -> None:
    """Start a call and close the connection under it."""
    async with httpx2.AsyncClient() as client:
        call = asyncio.create_task(
            client.post(f"{url}/v1/tools/{name}", json=arguments, timeout=60)
        )
        assert await asyncio.to_thread(until, begun)
        call.cancel()
        await asyncio.gather(call, return_exceptions=True)


def hang_up_mcp(mode: str) -> Any:
    """The same over MCP: the caller is cancelled, which closes the stream or says so."""

    async def leave(url: str, name: str, arguments: dict[str, Any], begun: Any) -> None:
        async with Client(f"{url}/mcp", mode=mode) as client:
            call = asyncio.create_task(client.call_tool(name, arguments))
            assert await asyncio.to_thread(until, begun)
            call.cancel()
            await asyncio.gather(call, return_exceptions=True)

    return leave


LEAVING = {
    "rest": hang_up_rest,
    "mcp-2025-11-25": hang_up_mcp("legacy"),
    "mcp-2026-07-28": hang_up_mcp("2026-07-28"),
}


@pytest.mark.requirement("CP-3")
@pytest.mark.parametrize("door", LEAVING)
def test_a_client_that_hangs_up_frees_its_row_and_its_thread(door: str) -> None:
    steps = Steps(4)
    app = app_of(steps)
    with serving(app) as url:
        asyncio.run(LEAVING[door](url, "steps", {"a": FOR_EVER}, steps.began.is_set))
        assert until(lambda: free(app))
    assert steps.left == {}


@pytest.mark.requirement("CP-3")
@pytest.mark.parametrize("door", LEAVING)
def test_a_client_that_hangs_up_frees_its_worker(door: str) -> None:
    app = app_of(Steps(4))
    workers = app.state.service.workers
    with serving(app) as url, ExitStack() as stack:
        stack.callback(workers.close)
        asyncio.run(LEAVING[door](url, "elsewhere", {"text": "hang"}, lambda: bool(workers.pids)))
        assert until(lambda: free(app))
        answer = httpx2.post(f"{url}/v1/tools/elsewhere", json={"text": "pid"}, timeout=60)
        assert answer.status_code == 200
