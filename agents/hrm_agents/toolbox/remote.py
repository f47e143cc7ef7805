"""An MCP server at a URL: a session for each piece of work, over one pool of connections.

A client that outlives its server fails in ways that cannot be caught one by one. With a fresh
session (one request on the stateless wire) a server that was restarted is simply there again.
The toolbox (`mcp.py`) and the bridge (`hrm_agents/bridge.py`) both reach servers this way.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

import anyio
import httpx2
from mcp import Client, MCPError
from mcp.client.caching import CacheConfig, InMemoryResponseCacheStore
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CONNECTION_CLOSED, CallToolResult, Tool
from pydantic import ValidationError

from hrm_agents.errors import ToolServerError
from hrm_agents.toolbox.http import REFUSED, client_options, hint, mcp_url

T = TypeVar("T")
Work = Callable[[Client], Awaitable[T]]
MODERN = "2026-07-28"
# What comes out of a session when its server is down, dies, refuses us or is too slow.
TROUBLE = (
    MCPError,
    ValidationError,
    httpx2.HTTPError,
    OSError,
    anyio.ClosedResourceError,
    anyio.BrokenResourceError,
    BaseExceptionGroup,
)


@dataclass
class Attempt:
    """What was seen of one piece of work: `status` is its last HTTP status, if any."""

    status: int | None = None

    @property
    def refusal(self) -> str | None:
        """Why the server refuses us: asking again does not help."""
        return None if self.status is None else REFUSED.get(self.status)


_attempt: ContextVar[Attempt] = ContextVar("_attempt")


class Remote:
    """A server at a URL.

    Args:
        url: `http://HOST:PORT`; `/mcp` is added when there is no path.
        token: Bearer token.
        timeout_s: Longest silence on a connection.
    """

    def __init__(self, url: str, token: str | None, timeout_s: float) -> None:
        self.place = mcp_url(url)
        self._options = client_options(url, token, timeout_s)
        self._pool: httpx2.AsyncClient | None = None
        self._mode = "auto"
        # Sessions come and go; how the tools are called is kept for as long as the server allows.
        store = InMemoryResponseCacheStore()
        self._cache = CacheConfig(store, partition="ours", target_id=self.place)

    async def run(self, work: Work[T], limit_s: float, attempt: Attempt) -> T:
        """What `work(client)` returns. Raises TimeoutError and `TROUBLE`; see `explain`."""
        _attempt.set(attempt)
        if self._pool is None:
            self._pool = httpx2.AsyncClient(event_hooks={"response": [_note]}, **self._options)
        mode, self._mode = self._mode, "auto"  # after trouble there may be another server
        with anyio.fail_after(limit_s):
            wire = streamable_http_client(self.place, http_client=self._pool)
            async with Client(wire, mode=mode, cache=self._cache) as client:
                if client.protocol_version == MODERN:
                    self._mode = MODERN  # no need to ask again
                try:
                    return await work(client)
                except MCPError as error:  # else it would leave the session in a group
                    answer = error
        raise answer

    async def close(self) -> None:
        """Let go of the connections; may be called twice."""
        if self._pool is not None:
            await self._pool.aclose()
            self._pool = None


async def _note(response: httpx2.Response) -> None:
    _attempt.get().status = response.status_code


async def all_tools(client: Client) -> list[Tool]:
    """What the server offers now, page by page."""
    tools: list[Tool] = []
    cursor: str | None = None
    while True:
        page = await client.list_tools(cursor=cursor, cache_mode="refresh")
        tools += page.tools
        cursor = page.next_cursor
        if cursor is None:
            return tools


async def call_tool(client: Client, name: str, arguments: dict[str, Any]) -> CallToolResult:
    """Call a tool with the listing at hand: it says which arguments must stand in headers too."""
    await client.list_tools()  # from the cache, for as long as the server said
    return await client.call_tool(name, arguments)


def explain(place: str, error: BaseException, attempt: Attempt) -> Exception:
    """The one error that a caller should see of whatever came out of a session.

    TimeoutError: too slow; MCPError: the server answered with an error; ToolServerError: it
    cannot be reached or refuses us.
    """
    cause = _leaf(error)
    if isinstance(cause, TimeoutError):
        return cause
    if attempt.refusal:
        return unusable(place, attempt.refusal, attempt)
    if isinstance(cause, MCPError) and cause.code != CONNECTION_CLOSED:
        return cause
    if isinstance(cause, ValidationError):
        return unusable(place, f"its answer is not MCP ({cause.title})", attempt)
    return unusable(place, str(cause) or "the connection was lost", attempt)


def unusable(place: str, reason: str, attempt: Attempt) -> ToolServerError:
    """The error of a server that cannot be used, with what to do about it."""
    problem = f"the tool server {place} cannot be used: {reason}"
    return ToolServerError(problem, hint(place, attempt.status))


def _leaf(error: BaseException) -> BaseException:
    """The first cause in a tree of exception groups."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
