"""How much the server takes on: calls at once, calls waiting, bytes in a request.

Past a limit a caller is told so at once ("busy", 408, 413, 414, 431), instead of slowing
everybody down. What one caller may ask for is in `rate.py`, what one connection may in `wire.py`.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hrm_coprocessor.problems import problem
from hrm_tools.errors import BusyError

Result = TypeVar("Result")

MAX_URL = 4096
"""Bytes in a request's path and query."""
MAX_HEADERS = 100
MAX_HEAD_BYTES = 16 * 1024
"""Bytes in all header lines together."""


class Lane:
    """A few threads with a bounded queue in front of them. Safe to use from any thread."""

    THREADS = "tool"
    """How their names begin."""

    def __init__(self, concurrency: int, queue: int) -> None:
        self._threads = ThreadPoolExecutor(concurrency, thread_name_prefix=self.THREADS)
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


class HeadLimit:
    """Refuse a request whose URL or header lines are longer than any client of ours needs."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 414 or 431."""
        refusal = _head_problem(scope) if scope["type"] == "http" else None
        await (refusal or self.app)(scope, receive, send)


def _head_problem(scope: Scope) -> Response | None:
    """What is too much in a request's head."""
    if len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"]) > MAX_URL:
        return problem(414, "invalid", f"the URL has more than {MAX_URL:,} bytes")
    lines = scope["headers"]
    if len(lines) > MAX_HEADERS:
        return problem(431, "invalid", f"there are more than {MAX_HEADERS} header lines")
    if sum(len(name) + len(value) + 4 for name, value in lines) > MAX_HEAD_BYTES:
        return problem(431, "invalid", f"the headers have more than {MAX_HEAD_BYTES:,} bytes")
    return None


class BodyLimit:
    """Refuse a request body over `limit` bytes, by its length header or while it arrives.

    A body that has not arrived after `seconds` is refused too.
    """

    def __init__(self, app: ASGIApp, limit: int, seconds: float) -> None:
        self.app = app
        self.limit = limit
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its whole body, or answer 408 or 413."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self.seconds):
                messages = await self._read(dict(scope["headers"]), receive)
        except TimeoutError:
            detail = f"the body did not arrive within {self.seconds:g} s"
            refusal = problem(408, "timeout", detail, {"Connection": "close"})
            await refusal(scope, receive, send)
            return
        if messages is None:
            detail = f"the body has more than {self.limit:,} bytes"
            await problem(413, "invalid", detail)(scope, receive, send)
            return
        if messages[-1]["type"] == "http.disconnect":
            return  # it left before its body was whole

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
