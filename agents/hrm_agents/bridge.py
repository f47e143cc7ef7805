"""A bridge for hosts that only start commands: MCP on our pipes, forwarded to a server at a URL.

    host ──stdin/stdout──► bridge ──streamable HTTP──► `hrm serve` on another PC

Every request becomes one of the same kind to the server, in a session of its own
(`toolbox/remote.py`): a server that was restarted is there again at the next request. Progress
comes back while a call runs, and a call that the host cancels is cancelled at the server. Both
wires are spoken on both sides. Read `Bridge.forward` first.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import anyio
from mcp import Client, MCPError
from mcp import types as wire
from mcp.server import Server, ServerRequestContext
from mcp.server.session import ServerSession
from mcp.server.stdio import stdio_server
from pydantic import BaseModel

from hrm_agents.errors import ToolServerError
from hrm_agents.toolbox.remote import TROUBLE, Attempt, Remote, T, Work, explain

PAUSE_S = 0.2
HELLO_S = 5.0
"""How long the server is given to say at the start what it offers."""
RESERVED = "io.modelcontextprotocol/"
"""Keys of `_meta` that belong to one connection; every other key is passed on."""

Request = type[wire.Request[Any, Any]]
Answer = type[wire.Result]
Handler = Callable[[ServerRequestContext[Any], Any], Awaitable[wire.Result]]
# The capability that a server declares -> the requests that come with it.
OFFERS: dict[str, tuple[tuple[Request, Answer], ...]] = {
    "tools": (
        (wire.ListToolsRequest, wire.ListToolsResult),
        (wire.CallToolRequest, wire.CallToolResult),
    ),
    "resources": (
        (wire.ListResourcesRequest, wire.ListResourcesResult),
        (wire.ListResourceTemplatesRequest, wire.ListResourceTemplatesResult),
        (wire.ReadResourceRequest, wire.ReadResourceResult),
    ),
    "prompts": (
        (wire.ListPromptsRequest, wire.ListPromptsResult),
        (wire.GetPromptRequest, wire.GetPromptResult),
    ),
    "completions": ((wire.CompleteRequest, wire.CompleteResult),),
}


@dataclass(frozen=True)
class Hello:
    """What a server said of itself; `problem` is why it said nothing."""

    offers: tuple[str, ...] = ("tools",)
    instructions: str | None = None
    title: str = "HRM co-processor"
    problem: str = ""


def run_bridge(url: str, token: str | None = None, timeout_s: float = 45.0) -> None:
    """Serve MCP on this process's stdin and stdout until stdin closes.

    Args:
        url: Of the server; `/mcp` is added when there is no path.
        token: Its bearer token.
        timeout_s: Longest time for one request.
    """
    anyio.run(_serve, Bridge(Remote(url, token, timeout_s), timeout_s))


async def _serve(bridge: Bridge) -> None:
    said = await greet(bridge.remote)
    if said.problem:  # the host may ask later, when the server is there
        print(said.problem, file=sys.stderr)  # noqa: T201 - stdout carries the protocol
    server = bridge.server(said)
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())
    await bridge.remote.close()


async def greet(remote: Remote) -> Hello:
    """Ask the server what it offers; a server that is away is taken to offer tools."""

    async def look(client: Client) -> Hello:
        declared = client.server_capabilities.model_dump(exclude_none=True)
        title = client.server_info.title if client.server_info else None
        offers = tuple(name for name in OFFERS if name in declared)
        return Hello(offers, client.instructions, title or Hello.title)

    try:
        return await ask(remote, look, HELLO_S)
    except MCPError as error:
        return Hello(problem=error.message)


@dataclass(frozen=True)
class Bridge:
    """Forwards requests to `remote`, each for at most `timeout_s` seconds."""

    remote: Remote
    timeout_s: float

    def server(self, said: Hello) -> Server[Any]:
        """An MCP server with a handler for each request that `said.offers` brings."""
        server: Server[Any] = Server(
            "hrm-connect",
            title=said.title,
            version=version("hrm-coprocessor"),
            instructions=said.instructions,
        )
        for request, answer in (pair for offer in said.offers for pair in OFFERS[offer]):
            method = request.model_fields["method"].default
            params = _model_in(request.model_fields["params"].annotation)
            server.add_request_handler(method, params, self._handler(request, answer))
        return server

    def _handler(self, request: Request, answer: Answer) -> Handler:
        async def handle(context: ServerRequestContext[Any], params: BaseModel) -> wire.Result:
            return await self.forward(context, request, params, answer)

        return handle

    async def forward(
        self,
        context: ServerRequestContext[Any],
        request: Request,
        params: BaseModel | None,
        answer: Answer,
    ) -> wire.Result:
        """The server's answer to the host's request. Raises MCPError."""
        came = context.meta or {}
        meta = {key: value for key, value in came.items() if _may_pass(key)}
        if params is not None:
            params = params.model_copy(update={"meta": meta or None})
        # Who did not ask for progress gets the plain answer, which is cheaper.
        relay = _ProgressRelay(context.session) if "progress_token" in came else None

        async def send(client: Client) -> wire.Result:
            sent = request(method=context.method, params=params)
            result = await client.session.send_request(sent, answer, progress_callback=relay)
            if relay is not None:
                await relay.finish()  # here: the end of the session ends what is under way
            return result

        return await ask(self.remote, send, self.timeout_s)


class _ProgressRelay:
    """Passes progress on in order, and all of it before the result: the host forgets it then.

    The SDK starts a task for each report, in order; so the lock, which is fair, keeps the order.
    """

    def __init__(self, session: ServerSession) -> None:
        self._session = session
        self._turn = anyio.Lock()

    async def __call__(self, progress: float, total: float | None, message: str | None) -> None:
        async with self._turn:
            await self._session.report_progress(progress, total, message)

    async def finish(self) -> None:
        """Wait until what was reported is on its way."""
        async with self._turn:
            pass


def _model_in(annotation: Any) -> type[BaseModel]:
    """The model in `Model | None`."""
    choices = (annotation, *getattr(annotation, "__args__", ()))
    return next(kind for kind in choices if isinstance(kind, type) and issubclass(kind, BaseModel))


def _may_pass(key: str) -> bool:
    return key != "progress_token" and not key.startswith(RESERVED)


async def ask(remote: Remote, work: Work[T], limit_s: float) -> T:
    """Do some work with the server, once more when it could not be reached.

    Raises:
        MCPError: The server's own, or one that says what is wrong with it and what to do.
    """
    attempt = Attempt()
    try:
        return await _once(remote, work, limit_s, attempt)
    except ToolServerError as error:
        if attempt.refusal:
            raise _told(error) from error
    await anyio.sleep(PAUSE_S)
    try:
        return await _once(remote, work, limit_s, Attempt())
    except ToolServerError as error:
        raise _told(error) from error


async def _once(remote: Remote, work: Work[T], limit_s: float, attempt: Attempt) -> T:
    try:
        return await remote.run(work, limit_s, attempt)
    except TROUBLE as error:
        explained = explain(remote.place, error, attempt)
        if isinstance(explained, TimeoutError):
            text = f"no answer from {remote.place} within {limit_s:.0f} seconds"
            raise MCPError(wire.REQUEST_TIMEOUT, text) from error
        raise explained from error


def _told(error: ToolServerError) -> MCPError:
    """The error as one line for a host that shows nothing else."""
    return MCPError(wire.INTERNAL_ERROR, f"{error.problem} (hint: {error.hint})")
