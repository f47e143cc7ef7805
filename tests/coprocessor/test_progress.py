"""Progress on its way to the client: in order, never after the result, never without bound."""

from __future__ import annotations

import asyncio
import threading
from typing import cast

import pytest
from mcp import Client
from mcp.server.session import ServerSession

from hrm_coprocessor.adapters.mcp import KIND, create_mcp_server
from hrm_coprocessor.progress import BACKLOG, ProgressRelay
from hrm_coprocessor.service import Service
from hrm_tools.spec import Context, ToolSpec
from tests.coprocessor.serving import SETTINGS
from tests.tools.samples import ADD, AddArguments, Sum

Report = tuple[float, float | None, str | None]


class Link:
    """The server's side of a connection to a client that reads only when it is told to."""

    def __init__(self) -> None:
        self.arrived: list[Report] = []
        self.reads = asyncio.Event()

    async def report_progress(
        self, progress: float, total: float | None = None, message: str | None = None
    ) -> None:
        await self.reads.wait()
        self.arrived.append((progress, total, message))

    @property
    def session(self) -> ServerSession:
        return cast(ServerSession, self)


def test_reports_from_a_thread_arrive_in_order_and_all_before_the_end() -> None:
    async def run() -> None:
        link = Link()
        link.reads.set()
        async with ProgressRelay(link.session) as relay:
            await asyncio.to_thread(lambda: [relay(n, 30, "on") for n in range(30)])
        assert [done for done, *_ in link.arrived] == list(range(30))

    asyncio.run(run())


def test_a_client_that_reads_slowly_gets_the_newest_reports() -> None:
    async def run() -> None:
        link = Link()
        async with ProgressRelay(link.session) as relay:
            relay(0, 500, "on")
            await asyncio.sleep(0)  # it is noted
            await asyncio.sleep(0)  # it is being sent
            for n in range(1, 501):
                relay(n, 500, "on")
            await asyncio.sleep(0)
            link.reads.set()
        first, *rest = [done for done, *_ in link.arrived]
        assert first == 0
        assert rest == list(range(501 - BACKLOG, 501))

    asyncio.run(run())


def test_nothing_more_is_sent_for_a_call_that_its_caller_left() -> None:
    async def run() -> None:
        link = Link()

        async def call() -> None:
            async with ProgressRelay(link.session) as relay:
                relay(1, 2, "on")
                await asyncio.sleep(0)
                raise asyncio.CancelledError

        with pytest.raises(asyncio.CancelledError):
            await call()
        link.reads.set()
        await asyncio.sleep(0)
        assert link.arrived == []

    asyncio.run(run())


def test_a_report_after_the_result_is_dropped() -> None:
    async def run() -> None:
        link = Link()
        link.reads.set()
        async with ProgressRelay(link.session) as relay:
            relay(1, 2, "on")
            await asyncio.sleep(0)  # it is noted
        relay(2, 2, "too late")
        await asyncio.sleep(0)
        assert link.arrived == [(1, 2, "on")]

    asyncio.run(run())


def test_a_report_from_a_tool_that_outlived_its_server_is_ignored() -> None:
    async def relay_of_a_server() -> ProgressRelay:
        return ProgressRelay(Link().session)

    relay = asyncio.run(relay_of_a_server())
    relay(1, 2, "on")


@pytest.mark.requirement("CP-3")
@pytest.mark.parametrize("wire", ["legacy", "2026-07-28"])
def test_a_tool_that_was_given_up_cannot_report_after_its_result(wire: str) -> None:
    release, reported = threading.Event(), threading.Event()
    seen: list[Report] = []

    def late(arguments: AddArguments, context: Context) -> Sum:
        context.progress(1, 2, "in time")
        release.wait(60)
        context.progress(2, 2, "too late")
        reported.set()
        return Sum(result="", total=0)

    async def note(progress: float, total: float | None, message: str | None) -> None:
        seen.append((progress, total, message))

    async def run() -> None:
        tool = ToolSpec("late", "Late", "Takes too long.", AddArguments, Sum, late, timeout_s=0.1)
        with Service(SETTINGS, (tool, ADD)) as service:
            server = create_mcp_server(service)
            async with Client(server, mode=wire, raise_exceptions=False) as client:
                result = await client.call_tool("late", {"a": 1}, progress_callback=note)
                release.set()
                assert await asyncio.to_thread(reported.wait, 60)
                await client.call_tool("add", {"a": 1})  # what was sent before it has arrived
        assert result.meta is not None
        assert result.meta[KIND] == "timeout"

    asyncio.run(run())
    assert (1, 2, "in time") in seen
    assert (2, 2, "too late") not in seen
