"""Tools behind two methods (`messages.Toolbox`), wherever they run.

http://HOST:PORT       MCP over streamable HTTP; `/mcp` is added when there is no path
rest:http://HOST:PORT  the same tools as plain REST routes
stdio:COMMAND          an MCP server that is started here and spoken to over its pipes
"""

from __future__ import annotations

import shlex
from typing import Protocol
from urllib.parse import urlsplit

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


def check_url(url: str) -> str:
    """`url` as it stands, if it can be the address of a server.

    Raises:
        SettingsError: It is no URL with http or https, a host, and a port that can be.
    """
    import httpx2

    try:
        httpx2.URL(url)
        parts = urlsplit(url)
        fine = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except (ValueError, httpx2.InvalidURL):  # a port that is too large, 127.0.0.01
        fine = False
    if not fine:
        raise SettingsError(f"`{url}` is no address of a server", hint="write http://HOST:PORT")
    return url
