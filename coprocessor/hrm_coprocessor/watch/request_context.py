"""The outermost layer of the HTTP application: every request gets an id, and every answer shows it.

A client may send its own in `X-Request-ID`, to find its request in this server's log; what is
not fit for a log line is replaced. The layers inside read the id from `logs.request_id`.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hrm_coprocessor.watch import logs

HEADER = "x-request-id"


class RequestContext:
    """Sets the context of a request (see `logs.py`) and tells `responded` the answer's status."""

    def __init__(self, app: ASGIApp, responded: Callable[[int], None]) -> None:
        self.app = app
        self.responded = responded

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on under its id."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = logs.accept_request_id(Headers(scope=scope).get(HEADER, ""))
        logs.request_id.set(request_id)
        logs.client.set((scope.get("client") or ("",))[0])
        logs.surface.set("mcp" if scope["path"] == "/mcp" else "rest")

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = request_id
                self.responded(message["status"])
            await send(message)

        await self.app(scope, receive, send_with_id)
