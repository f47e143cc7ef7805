"""Tools as plain REST routes: `GET /v1/tools` lists them, `POST /v1/tools/NAME` calls one.

For networks where MCP is in the way, and for reading along with curl. Answers and errors are those
of the MCP route.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import httpx2

from hrm_agents.errors import ToolServerError
from hrm_agents.messages import ToolDef, ToolResult, tool_def
from hrm_agents.toolbox.answer import failure, success
from hrm_agents.toolbox.http import REFUSED, client_options, hint, unreachable

_KINDS = {422: "invalid", 400: "invalid", 429: "busy", 503: "busy", 504: "timeout"}


class RESTToolbox:
    """A toolbox over the REST routes of a server.

    Args:
        url: `http://HOST:PORT`.
        token: Bearer token.
        timeout_s: Longest time for one call.
        pause_s: Time between the first try and the second.
    """

    def __init__(
        self,
        url: str,
        *,
        token: str | None = None,
        timeout_s: float = 30.0,
        pause_s: float = 0.2,
    ) -> None:
        self.place = url.rstrip("/")
        self._timeout_s, self._pause_s = timeout_s, pause_s
        self._client = httpx2.Client(**client_options(url, token, timeout_s))

    def call(
        self, name: str, arguments: dict[str, Any], timeout_s: float | None = None
    ) -> ToolResult:
        """Call one tool; see `Toolbox.call`."""
        limit = min(self._timeout_s, timeout_s or self._timeout_s)
        try:
            response = self._twice("POST", f"/v1/tools/{name}", limit, arguments)
        except ToolServerError as error:
            return unreachable(error)
        except httpx2.TimeoutException:
            return failure(f"no answer within {limit:.0f} seconds", "timeout")
        data = _json(response)
        if response.is_success:
            return success(data, response.text)
        kind = str((data or {}).get("kind") or _KINDS.get(response.status_code, "failed"))
        return failure(_problem(data, response), kind, data)

    def list(self) -> Sequence[ToolDef]:
        """The tools on offer; raises `ToolServerError` when the server cannot be reached."""
        try:
            response = self._twice("GET", "/v1/tools?format=mcp", self._timeout_s)
        except httpx2.TimeoutException as error:
            raise self._error(f"no answer within {self._timeout_s:.0f} seconds") from error
        tools = (_json(response) or {}).get("tools")
        if not response.is_success or not isinstance(tools, list):
            raise self._error(f"GET /v1/tools answered {response.status_code} and no list of tools")
        return [_definition(tool) for tool in tools]

    def close(self) -> None:
        """Close the connections; may be called twice."""
        self._client.close()

    def _twice(
        self, method: str, path: str, limit_s: float, body: dict[str, Any] | None = None
    ) -> httpx2.Response:
        """The response of the server, after a second try where the first one met none."""
        try:
            response = self._once(method, path, limit_s, body)
            if not _from_between(response):
                return response
        except httpx2.TimeoutException:
            raise
        except httpx2.TransportError:
            pass
        time.sleep(self._pause_s)
        try:
            return self._once(method, path, limit_s, body)
        except httpx2.TimeoutException:
            raise
        except httpx2.TransportError as error:
            raise self._error(str(error) or "the connection was lost") from error

    def _once(
        self, method: str, path: str, limit_s: float, body: dict[str, Any] | None
    ) -> httpx2.Response:
        response = self._client.request(
            method, self.place + path, json=body, timeout=httpx2.Timeout(limit_s)
        )
        if response.status_code in REFUSED:
            raise self._error(REFUSED[response.status_code], response.status_code)
        return response

    def _error(self, reason: str, status: int | None = None) -> ToolServerError:
        return ToolServerError(
            f"the tool server {self.place} cannot be used: {reason}", hint(self.place, status)
        )


def _json(response: httpx2.Response) -> dict[str, Any] | None:
    try:
        data = response.json()
    except ValueError:
        return None
    return data if isinstance(data, dict) else None


def _from_between(response: httpx2.Response) -> bool:
    """Whether a balancer or a proxy answered, which has just lost the server behind it."""
    ours = response.headers.get("content-type", "").startswith("application/problem+json")
    return response.is_server_error and not ours


def _problem(data: dict[str, Any] | None, response: httpx2.Response) -> str:
    """The sentence in an error's body, wherever the server puts it."""
    for key in ("detail", "text", "message", "error"):
        if isinstance(value := (data or {}).get(key), str):
            return value
    return response.text or f"the server answered {response.status_code}"


def _definition(tool: dict[str, Any]) -> ToolDef:
    schema = tool.get("input_schema") or tool.get("inputSchema") or tool.get("parameters") or {}
    return tool_def(tool["name"], tool.get("description") or "", schema)
