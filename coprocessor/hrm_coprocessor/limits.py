"""How much the server takes on: calls at once, calls waiting, bytes in a request.

Past a limit a caller is told so at once ("busy", 413), instead of slowing everybody down.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hrm_coprocessor.problems import problem
from hrm_tools.errors import BusyError

Result = TypeVar("Result")


class Lane:
    """A few threads with a bounded queue in front of them. Safe to use from any thread."""

    def __init__(self, concurrency: int, queue: int) -> None:
        self._threads = ThreadPoolExecutor(concurrency, thread_name_prefix="tool")
        self._capacity = concurrency + queue
        self._taken = 0
        self._lock = threading.Lock()

    def submit(self, function: Callable[[], Result], /) -> Future[Result]:
        """Run `function` in turn. Raises BusyError when the queue is full."""
        with self._lock:
            if self._taken >= self._capacity:
                raise BusyError("the server is busy", hint="send the same call again in a moment")
            self._taken += 1
        future = self._threads.submit(function)
        future.add_done_callback(self._leave)
        return future

    def _leave(self, _: Future[Result]) -> None:
        with self._lock:
            self._taken -= 1

    @property
    def taken(self) -> int:
        """Calls running or waiting. A call counts until its thread has really ended."""
        return self._taken

    def close(self) -> None:
        """Drop the calls that wait; those that run end by their deadlines."""
        self._threads.shutdown(wait=False, cancel_futures=True)


class BodyLimit:
    """Refuse a request body over `limit` bytes, by its length header or while it arrives."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its whole body, or answer 413."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        messages = await self._read(dict(scope["headers"]), receive)
        if messages is None:
            detail = f"the body has more than {self.limit:,} bytes"
            await problem(413, "invalid", detail)(scope, receive, send)
            return

        async def replay() -> Message:
            return messages.pop(0) if messages else await receive()

        await self.app(scope, replay, send)

    async def _read(self, headers: dict[bytes, bytes], receive: Receive) -> list[Message] | None:
        """The messages that carry the body; None when it is too long."""
        declared = headers.get(b"content-length", b"0")
        if not declared.isdigit() or int(declared[:20]) > self.limit:
            return None
        messages: list[Message] = []
        length = 0
        while True:
            message = await receive()
            messages.append(message)
            length += len(message.get("body", b""))
            if length > self.limit:
                return None
            if message["type"] != "http.request" or not message.get("more_body", False):
                return messages
