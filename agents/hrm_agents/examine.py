"""Look at a tool server from where its clients are, one step after the other.

    name ► port ► TLS ► HTTP ► host ► clock ► token ► ready ► MCP ► version ► tools ► call

Each step says what it found, or what is wrong and what to do. A step that fails for good ends the
look, since the later ones rest on it. Read `examine` first.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import Any, Literal
from urllib.parse import SplitResult, urlsplit

import httpx2
from anyio.from_thread import start_blocking_portal
from mcp import Client, MCPError
from mcp.types import CallToolResult, Implementation, TextContent

from hrm_agents.errors import ToolServerError
from hrm_agents.toolbox import check_url
from hrm_agents.toolbox.http import LOOPBACK, client_options, mcp_url
from hrm_agents.toolbox.remote import TROUBLE, Attempt, Remote, Work, all_tools, explain

MAX_SKEW_S = 60.0
"""Seconds by which two clocks may differ: more, and the logs of both cannot be read together."""
PROBES: dict[str, dict[str, Any]] = {
    "calculate_derivative": {"expression": "sin(5x)"},
    "solve_sudoku": {"puzzle": ".4.3...2...1.2.."},
}
"""Tools with arguments that they answer at once."""

State = Literal["ok", "wrong", "away"]


@dataclass(frozen=True)
class Step:
    """What one step found.

    state: ok, wrong (something to mend) or away (the server cannot be reached: the end of the
    look); hint: what to do about it.
    """

    name: str
    state: State
    detail: str
    hint: str = ""


class _StopError(Exception):
    """The later steps rest on this one."""

    def __init__(self, step: Step) -> None:
        self.step = step


def examine(url: str, token: str | None = None, timeout_s: float = 30.0) -> Iterator[Step]:
    """The steps, as they are made.

    Args:
        url: `http://HOST:PORT` of the server.
        token: Its bearer token, or None.
        timeout_s: Longest time for one step.

    Raises:
        SettingsError: `url` is none.
    """
    look = _Look(check_url(url), token, timeout_s)
    try:
        yield from look.network()
        yield from look.http()
        yield from look.mcp()
    except _StopError as stop:
        yield stop.step


@dataclass
class _Look:
    """One look at one server."""

    url: str
    token: str | None
    timeout_s: float
    parts: SplitResult = field(init=False)

    def __post_init__(self) -> None:
        self.parts = urlsplit(self.url)
        self.host = self.parts.hostname or ""
        self.tls = self.parts.scheme == "https"
        self.port = self.parts.port or (443 if self.tls else 80)

    def network(self) -> Iterator[Step]:
        """Name, port and encryption."""
        try:
            found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError) as error:
            hint = "write its address instead of its name, or add the name to /etc/hosts"
            raise _away("name", f"nobody knows the name {self.host}", hint) from error
        addresses = ", ".join(dict.fromkeys(str(entry[4][0]) for entry in found))
        yield Step("name", "ok", f"{self.host} is {addresses}")
        with self._connect() as connection:
            yield Step("port", "ok", f"{self.port} is open")
            if self.tls:
                yield self._handshake(connection)

    def _connect(self) -> socket.socket:
        where = f"port {self.port} of {self.host}"
        try:
            return socket.create_connection((self.host, self.port), min(self.timeout_s, 5.0))
        except ConnectionRefusedError as error:
            there = "" if self.host in LOOPBACK else f" --host 0.0.0.0 --allow-host {self.host}"
            command = f"hrm serve{there} --port {self.port}"
            hint = f"start the server there (`{command}`), or look which port it says"
            raise _away("port", f"nothing listens on {where}", hint) from error
        except TimeoutError as error:
            hint = "is that machine on, and does its firewall let this port through?"
            raise _away("port", f"no answer from {where}", hint) from error
        except OSError as error:
            hint = "look at the network between the two machines (`ping`, cable, VPN)"
            raise _away("port", f"no way to {where}: {error.strerror or error}", hint) from error

    def _handshake(self, connection: socket.socket) -> Step:
        try:
            with httpx2.create_ssl_context().wrap_socket(
                connection, server_hostname=self.host
            ) as secure:
                return Step("TLS", "ok", f"{secure.version()}, the certificate is good")
        except ssl.SSLCertVerificationError as error:
            hint = "make this machine trust it: SSL_CERT_FILE=FILE with the certificate in it"
            detail = f"the certificate is not trusted: {error.verify_message}"
            raise _away("TLS", detail, hint) from error
        except (ssl.SSLError, OSError) as error:
            hint = f"if it speaks plain HTTP, write http://{self.parts.netloc}"
            raise _away("TLS", "the server does not speak TLS here", hint) from error

    def http(self) -> Iterator[Step]:
        """Whether it answers HTTP, to this name, at this time, with this token."""
        base = f"{self.parts.scheme}://{self.parts.netloc}"
        options = client_options(self.url, self.token, self.timeout_s)
        with httpx2.Client(base_url=base, **options) as client:
            health = self._get(client, "/healthz")
            yield Step("HTTP", "ok", f"answers in {1e3 * health.elapsed.total_seconds():.0f} ms")
            if health.status_code == 421:
                hint = f"start the server with `--allow-host {self.host}`"
                raise _wrong("host", f"it does not go by the name {self.host}", hint)
            yield Step("host", "ok", f"it goes by the name {self.host}")
            yield self._clock(health)
            yield self._admission(self._get(client, "/v1/tools"))
            yield from self._readiness(self._get(client, "/readyz"))

    def _get(self, client: httpx2.Client, path: str) -> httpx2.Response:
        try:
            return client.get(path)
        except httpx2.TimeoutException as error:
            hint = "the server hangs, or something else listens there: look at its log"
            raise _away("HTTP", f"no answer within {self.timeout_s:.0f} s", hint) from error
        except httpx2.HTTPError as error:
            hint = f"if it speaks TLS, write https://{self.parts.netloc}"
            raise _away("HTTP", f"what answers does not speak HTTP: {error}", hint) from error

    def _clock(self, response: httpx2.Response) -> Step:
        """Whether both clocks agree, to the second that the header `Date` has."""
        try:
            theirs = parsedate_to_datetime(response.headers["date"]).timestamp()
        except (KeyError, ValueError):
            return Step("clock", "ok", "the server does not say what time it has")
        skew = theirs - time.time()
        if abs(skew) <= MAX_SKEW_S:
            return Step("clock", "ok", f"differs by {abs(skew):.0f} s")
        side = "ahead of" if skew > 0 else "behind"
        hint = "set both by the network: `timedatectl set-ntp true`"
        return Step("clock", "wrong", f"the server's is {abs(skew):.0f} s {side} ours", hint)

    def _admission(self, response: httpx2.Response) -> Step:
        if response.status_code == 401 and self.token is None:
            hint = (
                "copy it from the server (it says where it is), then: export HRM_TOKEN=$(cat FILE)"
            )
            raise _wrong("token", "it wants a token, and there is none here", hint)
        if response.status_code in {401, 403}:
            hint = "copy it again from the server; it may have been replaced or revoked"
            raise _wrong("token", "it does not accept the token", hint)
        return Step("token", "ok", "accepted" if self.token else "none is needed")

    def _readiness(self, response: httpx2.Response) -> Iterator[Step]:
        """Whether it wants calls now; a server of another make has no such route."""
        if response.status_code == 503:
            hint = "wait for it to start; if it does not come, look at its log"
            yield Step("ready", "wrong", _detail(response) or "not ready", hint)
        elif response.is_success:
            yield Step("ready", "ok", "calls are welcome")

    def mcp(self) -> Iterator[Step]:
        """Whether it speaks MCP, is of our version, and answers a call."""
        seen = self._work(_describe, "MCP")
        name = seen.server.name if seen.server else "a server without a name"
        yield Step("MCP", "ok", f"revision {seen.revision}, {name}")
        yield _compare(seen.server)
        if not seen.tools:
            hint = "look at `tools` in its settings: null serves all"
            raise _wrong("tools", "it offers none", hint)
        yield Step("tools", "ok", ", ".join(seen.tools))
        yield self._try_one(seen.tools)

    def _try_one(self, tools: tuple[str, ...]) -> Step:
        name = next((tool for tool in tools if tool in PROBES), None)
        if name is None:
            return Step("call", "ok", "not tried: none of its tools is known here")

        async def call(client: Client) -> CallToolResult:
            return await client.call_tool(name, PROBES[name])

        began = time.monotonic()
        answer = self._work(call, "call")
        text = "".join(part.text for part in answer.content if isinstance(part, TextContent))
        if answer.is_error:
            hint = "the server's log says more; `hrm doctor` there looks at its installation"
            return Step("call", "wrong", f"{name} failed: {text}", hint)
        result = str((answer.structured_content or {}).get("result", text)).replace("\n", " / ")
        milliseconds = 1e3 * (time.monotonic() - began)
        return Step("call", "ok", f"{name} answers {result[:60]!r} in {milliseconds:.0f} ms")

    def _work(self, work: Work[Any], name: str) -> Any:
        """What `work(client)` returns, in a session of its own. Raises _StopError."""
        attempt = Attempt()

        async def run() -> Any:
            remote = Remote(self.url, self.token, self.timeout_s)
            try:
                return await remote.run(work, self.timeout_s, attempt)
            finally:
                await remote.close()

        place = mcp_url(self.url)
        try:
            with start_blocking_portal() as portal:  # works inside an event loop too
                return portal.call(run)
        except TROUBLE as error:
            cause = explain(place, error, attempt)
            if isinstance(cause, TimeoutError):
                hint = "the server is overloaded or hangs: look at its log and /metrics"
                raise _wrong(name, f"no answer within {self.timeout_s:.0f} s", hint) from error
            hint = cause.hint if isinstance(cause, ToolServerError) else "look at the server's log"
            said = cause.message if isinstance(cause, MCPError) else str(cause).partition("\n")[0]
            raise _wrong(name, said, hint) from error


@dataclass(frozen=True)
class _Seen:
    """What a server said over MCP."""

    revision: str
    server: Implementation | None
    tools: tuple[str, ...]


async def _describe(client: Client) -> _Seen:
    names = tuple(tool.name for tool in await all_tools(client))
    return _Seen(client.protocol_version, client.server_info, names)


def _detail(response: httpx2.Response) -> str:
    """The sentence of a problem document, if this is one."""
    try:
        return str(response.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return ""


def _compare(server: Implementation | None) -> Step:
    ours = version("hrm-coprocessor")
    if server is None or server.name != "hrm-coprocessor":
        return Step("version", "ok", "not compared: it is not one of ours")
    if server.version == ours:
        return Step("version", "ok", f"{ours} on both sides")
    hint = "install the same version on both machines"
    return Step("version", "wrong", f"{server.version} there, {ours} here", hint)


def _away(name: str, detail: str, hint: str) -> _StopError:
    return _StopError(Step(name, "away", detail, hint))


def _wrong(name: str, detail: str, hint: str) -> _StopError:
    return _StopError(Step(name, "wrong", detail, hint))
