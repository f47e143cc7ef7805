"""The same calls through every front door: identical answers, the same kind of error.

The HTTP surfaces run on a real port with the real MCP client, and stdio in a real process.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, TextContent

from hrm_coprocessor.adapters.mcp import KIND
from hrm_tools.invoke import invoke
from hrm_tools.spec import Outcome
from tests.coprocessor.serving import TOKEN, make_app, serving
from tests.tools.samples import ALL, Watched

CALLS: list[tuple[str, dict[str, Any]]] = [
    ("add", {"a": 2, "b": 3}),
    ("add", {"a": -1, "b": None}),
    ("add", {}),
    ("add", {"a": "2"}),
    ("add", {"a": 1, "c": {"d": ["e"]}}),
    ("add", {"a": 10**12}),
    ("echo", {"text": "√x · π − \u202e\x00 '\"<script>"}),
    ("echo", {"text": "__import__('os').getpid()"}),
    ("echo", {"text": "x" * 500}),
    ("slow", {"a": 1}),
    ("fail", {"text": "expression"}),
    ("fail", {"text": "ours"}),
    ("fail", {"text": "busy"}),
    ("fail", {"text": "boom"}),
    ("long", {"text": "x"}),
]
NAMES = [f"{name}-{number}" for number, (name, _) in enumerate(CALLS)]
STDIO = """
import asyncio, os, sys
from dataclasses import replace
from hrm_coprocessor.cli.mcp import serve_stdio
from hrm_coprocessor.service import Service
from tests.coprocessor.serving import SETTINGS
from tests.tools import samples

def noisy(arguments, context):
    print("not for the protocol")
    os.write(1, b"nor this")
    return samples.echo(arguments, context)

tools = [replace(t, run=noisy) if t is samples.ECHO else t for t in samples.ALL]
with Service(SETTINGS, tools) as service:
    asyncio.run(serve_stdio(service))
"""


@dataclass(frozen=True)
class Door:
    """A way in: the base URL, reached with a token."""

    url: str

    def mcp(self, name: str, arguments: dict[str, Any], wire: str) -> Outcome:
        async def run() -> CallToolResult:
            headers = {"Authorization": f"Bearer {TOKEN}"}
            async with httpx2.AsyncClient(headers=headers) as http:
                transport = streamable_http_client(f"{self.url}/mcp", http_client=http)
                async with Client(transport, mode=wire, cache=None) as client:
                    return await client.call_tool(name, arguments)

        return from_mcp(asyncio.run(run()))

    def rest(self, name: str, arguments: dict[str, Any]) -> Outcome:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        response = httpx2.post(f"{self.url}/v1/tools/{name}", json=arguments, headers=headers)
        body = response.json()
        if response.is_success:
            return Outcome("ok", response.text, body)
        return Outcome(body["kind"], body["detail"])


def from_mcp(result: CallToolResult) -> Outcome:
    (text,) = result.content
    assert isinstance(text, TextContent)
    assert result.meta is not None
    return Outcome(result.meta[KIND], text.text, result.structured_content)


def directly(name: str, arguments: dict[str, Any]) -> Outcome:
    (spec,) = (tool for tool in ALL if tool.name == name)
    return asyncio.run(invoke(spec, arguments))


def same(found: Outcome, expected: Outcome) -> bool:
    """Whether two outcomes agree; the text of a good one is only another form of its data."""
    return (found.kind, found.data) == (expected.kind, expected.data) and (
        found.ok or found.text == expected.text
    )


@pytest.fixture(scope="module")
def door() -> Iterator[Door]:
    with serving(make_app(token=TOKEN)) as url:
        yield Door(url)


@pytest.mark.requirement("CP-3", "CP-4")
@pytest.mark.parametrize(("name", "arguments"), CALLS, ids=NAMES)
def test_every_door_over_http_gives_the_same_outcome(
    door: Door, name: str, arguments: dict[str, Any]
) -> None:
    expected = directly(name, arguments)
    assert same(door.rest(name, arguments), expected)
    for wire in ("legacy", "2026-07-28"):
        assert same(door.mcp(name, arguments, wire), expected)


@pytest.mark.parametrize("wire", ["legacy", "auto"])
def test_a_client_without_the_token_gets_nowhere(door: Door, wire: str) -> None:
    async def run() -> None:
        async with Client(f"{door.url}/mcp", mode=wire) as client:
            await client.list_tools()

    with pytest.raises((MCPError, httpx2.HTTPStatusError, ExceptionGroup)):
        asyncio.run(run())


@pytest.mark.requirement("CP-3")
def test_over_stdio_the_outcomes_are_the_same_and_only_the_protocol_is_written() -> None:
    environment = {name: text for name, text in os.environ.items() if name.startswith("COVERAGE")}
    environment |= {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = StdioServerParameters(
        command=sys.executable, args=["-c", STDIO], env=environment, cwd=None
    )

    async def run() -> None:
        async with Client(command, read_timeout_seconds=30) as client:
            listed = await client.list_tools()
            assert [tool.name for tool in listed.tools] == [tool.name for tool in ALL]
            for name, arguments in CALLS:
                found = from_mcp(await client.call_tool(name, arguments))
                expected = await invoke(by_name[name], arguments)
                assert same(found, expected), (name, arguments)

    by_name = {tool.name: tool for tool in ALL}
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
