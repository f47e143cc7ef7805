"""The same calls through every front door: identical answers, the same kind of error.

The HTTP surfaces run on a real port with the real MCP client, and stdio in a real process. What
is compared with is `invoke` itself, with no server and no worker process around it.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import httpx2
import pytest
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, TextContent

from hrm_coprocessor.adapters.langchain import langchain_tools
from hrm_coprocessor.adapters.mcp import KIND
from hrm_coprocessor.adapters.openai import answer_tool_call
from hrm_coprocessor.service import Service
from hrm_tools import solve_maze, solve_sudoku
from hrm_tools.invoke import invoke
from hrm_tools.spec import Outcome
from tests.coprocessor.calls import CALLS, PATIENCE_S, TOOLS
from tests.coprocessor.serving import SETTINGS, TOKEN, make_app, serving
from tests.tools.samples import Watched

GENEROUS = SETTINGS.model_copy(update={"rate_per_minute": 10**6, "worker_memory_mb": 1024})
AT_ONCE = 4
"""Calls under way at the same time: they must not get in each other's way."""
BEARER = {"Authorization": f"Bearer {TOKEN}"}
STDIO = """
import asyncio, os
from dataclasses import replace
from hrm_coprocessor.cli.mcp import serve_stdio
from hrm_coprocessor.service import Service
from tests.coprocessor.calls import TOOLS, be_patient
from tests.coprocessor.serving import SETTINGS
from tests.tools import samples

def noisy(arguments, context):
    print("not for the protocol")
    os.write(1, b"nor this")
    return samples.echo(arguments, context)

be_patient()
tools = [replace(t, run=noisy) if t is samples.ECHO else t for t in TOOLS]
settings = SETTINGS.model_copy(update={"worker_memory_mb": 1024})
with Service(settings, tools) as service:
    asyncio.run(serve_stdio(service))
"""

Caller = Callable[[str, dict[str, Any]], Awaitable[Outcome]]
"""`await call(tool, arguments)`: how the call ended, whatever the surface made of it."""


@asynccontextmanager
async def over_rest(url: str) -> AsyncIterator[Caller]:
    async with httpx2.AsyncClient(base_url=url, headers=BEARER, timeout=PATIENCE_S) as http:

        async def call(name: str, arguments: dict[str, Any]) -> Outcome:
            response = await http.post(f"/v1/tools/{name}", json=arguments)
            body = response.json()
            if response.is_success:
                return Outcome("ok", response.text, body)
            return Outcome(body["kind"], body["detail"])

        yield call


def over_mcp(wire: str) -> Callable[[str], AbstractAsyncContextManager[Caller]]:
    @asynccontextmanager
    async def surface(url: str) -> AsyncIterator[Caller]:
        async with httpx2.AsyncClient(headers=BEARER, timeout=PATIENCE_S) as http:
            transport = streamable_http_client(f"{url}/mcp", http_client=http)
            async with Client(transport, mode=wire, cache=None) as client:
                yield calling(client)

    return surface


@asynccontextmanager
async def over_stdio(_: str) -> AsyncIterator[Caller]:
    environment = {name: text for name, text in os.environ.items() if name.startswith("COVERAGE")}
    environment |= {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = StdioServerParameters(
        command=sys.executable, args=["-c", STDIO], env=environment, cwd=None
    )
    async with Client(command, read_timeout_seconds=PATIENCE_S) as client:
        listed = await client.list_tools()
        assert [tool.name for tool in listed.tools] == [tool.name for tool in TOOLS]
        yield calling(client)


def calling(client: Client) -> Caller:
    async def call(name: str, arguments: dict[str, Any]) -> Outcome:
        return from_mcp(await client.call_tool(name, arguments))

    return call


def from_mcp(result: CallToolResult) -> Outcome:
    (text,) = result.content
    assert isinstance(text, TextContent)
    assert result.meta is not None
    return Outcome(result.meta[KIND], text.text, result.structured_content)


@asynccontextmanager
async def over_openai(_: str) -> AsyncIterator[Caller]:
    with Service(GENEROUS, TOOLS) as service:

        async def call(name: str, arguments: dict[str, Any]) -> Outcome:
            asked = {"name": name, "arguments": json.dumps(arguments)}
            message = await answer_tool_call(service, {"id": "call-1", "function": asked})
            assert (message["role"], message["tool_call_id"]) == ("tool", "call-1")
            return from_text(message["content"])

        yield call


@asynccontextmanager
async def over_langchain(_: str) -> AsyncIterator[Caller]:
    with Service(GENEROUS, TOOLS) as service:
        tools = {tool.name: tool for tool in langchain_tools(service)}

        async def call(name: str, arguments: dict[str, Any]) -> Outcome:
            asked = {"type": "tool_call", "id": "call-1", "name": name, "args": arguments}
            message = await tools[name].ainvoke(asked)
            found = from_text(message.content)
            assert (message.status == "success", message.artifact) == (found.ok, found.data)
            return found

        yield call


def from_text(content: str) -> Outcome:
    """What a tool message's text says: a problem, or the answer."""
    body = json.loads(content)
    if set(body) == {"kind", "detail"}:
        return Outcome(body["kind"], body["detail"])
    return Outcome("ok", content, body)


SURFACES: dict[str, Callable[[str], AbstractAsyncContextManager[Caller]]] = {
    "rest": over_rest,
    "mcp-legacy": over_mcp("legacy"),
    "mcp-2026-07-28": over_mcp("2026-07-28"),
    "mcp-stdio": over_stdio,
    "openai": over_openai,
    "langchain": over_langchain,
}


def comparable(outcome: Outcome) -> tuple[str, object]:
    """The kind with the data, but for the time taken; or the kind with the error's text.

    Beside code, the note may tell of another program, if one is found in half a second.
    """
    if outcome.data is None:
        return outcome.kind, outcome.text
    varies = {"elapsed_ms", "note"} if "code" in outcome.data else {"elapsed_ms"}
    return outcome.kind, {k: v for k, v in outcome.data.items() if k not in varies}


@pytest.fixture(scope="module", autouse=True)
def patient_networks() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module in (solve_sudoku, solve_maze):
            patch.setattr(module, "NETWORK_S", PATIENCE_S)
        yield


@pytest.fixture(scope="module")
def expected() -> list[tuple[str, object]]:
    """How each call ends without any server."""
    tools = {tool.name: tool for tool in TOOLS}

    async def run() -> list[tuple[str, object]]:
        return [comparable(await invoke(tools[name], sent)) for name, sent in CALLS]

    return asyncio.run(run())


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serving(make_app(TOOLS, TOKEN, GENEROUS)) as found:
        yield found


def test_the_calls_are_over_two_hundred_and_end_in_every_way(
    expected: list[tuple[str, object]],
) -> None:
    assert len(CALLS) >= 200
    assert {kind for kind, _ in expected} == {"ok", "invalid", "failed", "timeout", "busy"}


@pytest.mark.slow
@pytest.mark.requirement("CP-3", "CP-4")
@pytest.mark.parametrize("surface", SURFACES)
def test_the_same_calls_end_the_same_way_on_every_surface(
    surface: str, url: str, expected: list[tuple[str, object]]
) -> None:
    async def run() -> list[tuple[str, object]]:
        turn = asyncio.Semaphore(AT_ONCE)
        async with SURFACES[surface](url) as call:

            async def one(name: str, sent: dict[str, Any]) -> tuple[str, object]:
                async with turn:
                    return comparable(await call(name, sent))

            return await asyncio.gather(*(one(name, sent) for name, sent in CALLS))

    for asked, found, wanted in zip(CALLS, asyncio.run(run()), expected, strict=True):
        assert found == wanted, asked


@pytest.mark.parametrize("wire", ["legacy", "auto"])
def test_a_client_without_the_token_gets_nowhere(url: str, wire: str) -> None:
    async def run() -> None:
        async with Client(f"{url}/mcp", mode=wire) as client:
            await client.list_tools()

    with pytest.raises((MCPError, httpx2.HTTPStatusError, ExceptionGroup)):
        asyncio.run(run())


@pytest.mark.parametrize("surface", ["rest", "legacy", "2026-07-28"])
def test_a_client_that_hangs_up_stops_its_tool(surface: str) -> None:
    watched = Watched()

    async def hang_up(url: str) -> None:
        if surface == "rest":
            async with httpx2.AsyncClient() as http:
                await leave(http.post(f"{url}/v1/tools/watch", json={"a": 1}, timeout=60))
            return
        async with Client(f"{url}/mcp", mode=surface, cache=None) as client:
            await leave(client.call_tool("watch", {"a": 1}))

    async def leave(call: Coroutine[Any, Any, object]) -> None:
        task = asyncio.create_task(call)
        assert await asyncio.to_thread(watched.started.wait, 10)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    with serving(make_app((watched.tool,))) as url:
        asyncio.run(hang_up(url))
        assert watched.stopped.wait(10)
