"""Tools on an MCP server, over streamable HTTP or the pipes of a command.

The loop is plain synchronous code and the MCP client is not, so each toolbox runs an event loop in
a thread of its own. Over HTTP every call opens a fresh session (`remote.py`). A command is kept
running, and started again when it has died.

Trouble with the server is tried once more, then becomes a result that says so: a conversation goes
on without tools, and with them again when the server is back.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack, suppress
from typing import Any, Protocol

import anyio
from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp import Client, MCPError, StdioServerParameters
from mcp.types import INVALID_PARAMS, CallToolResult, TextContent

from hrm_agents.errors import ToolServerError
from hrm_agents.messages import ToolDef, ToolResult, tool_def
from hrm_agents.toolbox.answer import failure, success
from hrm_agents.toolbox.http import unreachable
from hrm_agents.toolbox.remote import (
    TROUBLE,
    Attempt,
    Remote,
    T,
    Work,
    all_tools,
    call_tool,
    explain,
    unusable,
)

_KIND = "hrm/kind"  # where our server says how a call ended


class MCPToolbox:
    """A toolbox over one MCP server.

    Args:
        server: A URL, or a command with its arguments.
        token: Bearer token for a URL.
        timeout_s: Longest time for one call.
        pause_s: Time between the first try and the second.
    """

    def __init__(
        self,
        server: str | Sequence[str],
        *,
        token: str | None = None,
        timeout_s: float = 30.0,
        pause_s: float = 0.2,
    ) -> None:
        self._wire: _Wire
        if isinstance(server, str):
            self._wire = _HTTP(server, token, timeout_s)
        else:
            self._wire = _Command(server, timeout_s)
        self._timeout_s, self._pause_s = timeout_s, pause_s
        self._stack = ExitStack()
        self._portal: BlockingPortal | None = None

    def call(
        self, name: str, arguments: dict[str, Any], timeout_s: float | None = None
    ) -> ToolResult:
        """Call one tool; see `Toolbox.call`."""
        limit = min(self._timeout_s, timeout_s or self._timeout_s)
        try:
            result = self._twice(lambda client: call_tool(client, name, arguments), limit)
        except ToolServerError as error:
            return unreachable(error)
        except TimeoutError:
            return failure(f"no answer within {limit:.0f} seconds", "timeout")
        except MCPError as error:
            kind = "invalid" if error.code == INVALID_PARAMS else "failed"
            return failure(error.message, kind)
        return _result(result)

    def list(self) -> Sequence[ToolDef]:
        """The tools on offer; raises `ToolServerError` when the server cannot be reached."""
        try:
            tools = self._twice(all_tools, self._timeout_s)
        except TimeoutError as error:
            raise self._error(f"no answer within {self._timeout_s:.0f} seconds") from error
        except MCPError as error:
            raise self._error(error.message) from error
        return [tool_def(tool.name, tool.description or "", tool.input_schema) for tool in tools]

    def close(self) -> None:
        """Let go of the connection or stop the command; may be called twice."""
        if self._portal is not None:
            self._wire.close(self._portal)
            self._portal = None
        self._stack.close()

    def _twice(self, work: Work[T], limit_s: float) -> T:
        """Do some work with the server, once more when it could not be reached.

        Raises:
            ToolServerError: It could not be reached twice, or refuses us.
            MCPError: It was reached, and answered with an error.
            TimeoutError: It took too long.
        """
        if self._portal is None:
            self._portal = self._stack.enter_context(start_blocking_portal())
        try:
            return self._once(self._portal, work, limit_s)
        except ToolServerError:
            if self._wire.attempt.refusal:
                raise
        time.sleep(self._pause_s)
        return self._once(self._portal, work, limit_s)

    def _once(self, portal: BlockingPortal, work: Work[T], limit_s: float) -> T:
        try:
            return self._wire.run(portal, work, limit_s)
        except (CancelledError, *TROUBLE) as error:  # the session of a dead server is cancelled
            raise explain(self._wire.place, error, self._wire.attempt) from error

    def _error(self, reason: str) -> ToolServerError:
        return unusable(self._wire.place, reason, self._wire.attempt)


class _Wire(Protocol):
    """A way to reach a server: `place` names it, `attempt` is what was seen the last time."""

    place: str
    attempt: Attempt

    def run(self, portal: BlockingPortal, work: Work[T], limit_s: float) -> T: ...

    def close(self, portal: BlockingPortal) -> None: ...


class _HTTP:
    """A server at a URL."""

    def __init__(self, url: str, token: str | None, timeout_s: float) -> None:
        self._remote = Remote(url, token, timeout_s)
        self.place = self._remote.place
        self.attempt = Attempt()

    def run(self, portal: BlockingPortal, work: Work[T], limit_s: float) -> T:
        self.attempt = Attempt()
        return portal.call(self._remote.run, work, limit_s, self.attempt)

    def close(self, portal: BlockingPortal) -> None:
        portal.call(self._remote.close)


class _Command:
    """One process, kept until it fails; only the variables `HRM_*` of our environment reach it."""

    def __init__(self, command: Sequence[str], timeout_s: float) -> None:
        self.place = f"`{' '.join(command)}`"
        self.attempt = Attempt()
        variables = {key: value for key, value in os.environ.items() if key.startswith("HRM_")}
        self._server = StdioServerParameters(
            command=command[0], args=list(command[1:]), env=variables
        )
        self._timeout_s = timeout_s
        self._stack = ExitStack()
        self._client: Client | None = None

    def run(self, portal: BlockingPortal, work: Work[T], limit_s: float) -> T:
        try:
            if self._client is None:
                client = Client(self._server, read_timeout_seconds=self._timeout_s)
                session = portal.wrap_async_context_manager(client)
                self._client = self._stack.enter_context(session)
            return portal.call(_within, self._client, work, limit_s)
        except (CancelledError, *TROUBLE):
            self.close(portal)
            raise

    def close(self, portal: BlockingPortal) -> None:
        self._client = None
        with suppress(CancelledError, *TROUBLE):  # a session may end as badly as its process
            self._stack.close()


async def _within(client: Client, work: Work[T], limit_s: float) -> T:
    with anyio.fail_after(limit_s):
        return await work(client)


def _result(answer: CallToolResult) -> ToolResult:
    text = "\n".join(part.text for part in answer.content if isinstance(part, TextContent))
    data = answer.structured_content
    data = data if isinstance(data, dict) else None
    if answer.is_error:
        return failure(text, str((answer.meta or {}).get(_KIND, "failed")), data)
    return success(data, text)
