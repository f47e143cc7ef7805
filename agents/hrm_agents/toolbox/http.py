"""What the HTTP toolboxes share: client options, and what to say of a server that is down."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

import httpx2

from hrm_agents.errors import ToolServerError
from hrm_agents.messages import ToolResult

CONNECT_S: Final = 5.0
REFUSED: Final = {
    401: "the token is missing or wrong",
    403: "access is forbidden",
    421: "it does not answer to that host name",
}
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def mcp_url(url: str) -> str:
    """Where MCP is spoken at `url`: at `/mcp`, unless it has a path of its own."""
    return url if urlsplit(url).path.strip("/") else f"{url.rstrip('/')}/mcp"


def client_options(url: str, token: str | None, timeout_s: float) -> dict[str, Any]:
    """Arguments of an httpx2 client. A proxy from the environment is not asked for this machine."""
    return {
        "headers": {"Authorization": f"Bearer {token}"} if token else {},
        "timeout": httpx2.Timeout(timeout_s, connect=CONNECT_S),
        "trust_env": urlsplit(url).hostname not in LOOPBACK,
        # With a proxy left out, $SSL_CERT_FILE would be left out too.
        "verify": httpx2.create_ssl_context() if urlsplit(url).scheme == "https" else True,
    }


def unreachable(error: ToolServerError) -> ToolResult:
    """The result of a call to a server that is down or refuses us, for the model to report."""
    return ToolResult(f"error: {error.problem}", error_kind="unreachable")


def hint(place: str, status: int | None) -> str:
    """What a user can do about it."""
    if status in {401, 403}:
        return "pass the server's token with --token, or set HRM_TOKEN"
    if status == 421:
        return f"start the server with `--allow-host {urlsplit(place).hostname}`"
    return f"start it (`hrm serve`) if it is down; `hrm doctor --server {place}` finds the fault"
