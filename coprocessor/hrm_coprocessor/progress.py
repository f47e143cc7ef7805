"""Progress on its way from a tool's threads to an MCP client.

    async with ProgressRelay(session) as progress:
        outcome = await service.call(name, arguments, progress)

Reports go out one after the other, in the order in which they came, and all of them before
the result: one that comes later, from a tool that its caller no longer waits for, is dropped.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from types import TracebackType
from typing import Self

from mcp.server.session import ServerSession

BACKLOG = 64
"""Reports that may wait for a client that reads slowly; the oldest give way."""

Report = tuple[float, float, str]


class ProgressRelay:
    """Call it from any thread while its block runs: `relay(done, total, message)`."""

    def __init__(self, session: ServerSession) -> None:
        self._session = session
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[Report] = deque(maxlen=BACKLOG)
        self._sender: asyncio.Task[None] | None = None
        self._open = True

    def __call__(self, done: float, total: float, message: str) -> None:
        """Note one report; returns at once."""
        with suppress(RuntimeError):  # the loop is closed: the server has ended
            self._loop.call_soon_threadsafe(self._note, (done, total, message))

    def _note(self, report: Report) -> None:
        if not self._open:
            return
        self._waiting.append(report)
        if self._sender is None or self._sender.done():
            self._sender = asyncio.create_task(self._send())

    async def _send(self) -> None:
        while self._waiting:
            await self._session.report_progress(*self._waiting.popleft())

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let what was noted go out first; drop it when there will be no result."""
        self._open = False
        if self._sender is None:
            return
        if error is not None:
            self._sender.cancel()
        else:
            await self._sender
