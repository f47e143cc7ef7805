"""Tools behind two methods (`messages.Toolbox`), wherever they run.

http://HOST:PORT       MCP over streamable HTTP; `/mcp` is added when there is no path
rest:http://HOST:PORT  the same tools as plain REST routes
stdio:COMMAND          an MCP server that is started here and spoken to over its pipes
"""

from __future__ import annotations

import shlex
from typing import Protocol

from hrm_agents.errors import SettingsError
from hrm_agents.messages import Toolbox


class ClosableToolbox(Toolbox, Protocol):
    """A toolbox that holds a connection."""

    def close(self) -> None:
        """Let go of the connection; may be called twice."""
        ...


def build_toolbox(spec: str, token: str | None = None, timeout_s: float = 30.0) -> ClosableToolbox:
    """The toolbox that `spec` names; nothing is connected yet.

    Args:
        spec: One of the forms above.
        token: Bearer token, sent with each request over HTTP.
        timeout_s: Longest time for one call.

    Raises:
        SettingsError: `spec` is none of the forms.
    """
    from hrm_agents.toolbox.mcp import MCPToolbox
    from hrm_agents.toolbox.rest import RESTToolbox

    kind, _, rest = spec.partition(":")
    if kind in {"http", "https"} and rest.startswith("//"):
        return MCPToolbox(spec, token=token, timeout_s=timeout_s)
    if kind == "rest" and rest.startswith(("http://", "https://")):
        return RESTToolbox(rest, token=token, timeout_s=timeout_s)
    if kind == "stdio" and rest.strip():
        return MCPToolbox(shlex.split(rest), timeout_s=timeout_s)
    raise SettingsError(
        f"there is no tool server `{spec}`",
        hint="write http://HOST:PORT, rest:http://HOST:PORT or stdio:COMMAND",
    )
