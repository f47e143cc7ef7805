"""The tools over MCP, in memory: both wires of the protocol, and how calls end."""

from __future__ import annotations

import asyncio

import pytest
from mcp import Client, MCPError
from mcp.types import INVALID_PARAMS, TextContent

from hrm_coprocessor.adapters.mcp import KIND
from tests.coprocessor.serving import talk
from tests.tools.samples import ALL, Watched

WIRES = ("legacy", "2026-07-28")
both_wires = pytest.mark.parametrize("wire", WIRES)


@both_wires
@pytest.mark.requirement("CP-3")
def test_the_tools_are_listed_in_order_with_both_schemas(wire: str) -> None:
    async def conversation(client: Client) -> None:
        first, second = await client.list_tools(), await client.list_tools()
        assert first.tools == second.tools
        assert [tool.name for tool in first.tools] == [tool.name for tool in ALL]
        add = first.tools[0]
        assert add.input_schema["required"] == ["a"]
        assert add.output_schema is not None
        assert add.annotations is not None
        assert add.annotations.read_only_hint is True

    talk(conversation, wire)


@both_wires
@pytest.mark.requirement("CP-3")
def test_a_call_returns_structured_content_and_the_same_as_text(wire: str) -> None:
    async def conversation(client: Client) -> None:
        result = await client.call_tool("add", {"a": 2, "b": 3})
        assert result.is_error is False
        assert result.structured_content == {"result": "5", "total": 5}
        (text,) = result.content
        assert isinstance(text, TextContent)
        assert text.text == '{"result":"5","total":5}'

    talk(conversation, wire)


@both_wires
def test_wrong_arguments_are_a_result_that_the_model_can_act_on(wire: str) -> None:
    async def conversation(client: Client) -> None:
        result = await client.call_tool("add", {"a": "2"})
        assert result.is_error is True
        assert result.structured_content is None
        assert result.meta is not None
        assert result.meta[KIND] == "invalid"
        (text,) = result.content
        assert isinstance(text, TextContent)
        assert text.text.startswith("a: input should be a valid integer")

    talk(conversation, wire)


@both_wires
def test_an_unknown_tool_is_an_error_of_the_protocol(wire: str) -> None:
    async def conversation(client: Client) -> None:
        with pytest.raises(MCPError, match="no tool is called `ad`") as caught:
            await client.call_tool("ad", {})
        assert caught.value.code == INVALID_PARAMS
        assert "did you mean `add`?" in caught.value.message

    talk(conversation, wire)


@both_wires
def test_progress_arrives_in_order_and_before_the_result(wire: str) -> None:
    seen: list[tuple[float, float | None, str | None]] = []

    async def note(progress: float, total: float | None, message: str | None) -> None:
        seen.append((progress, total, message))

    async def conversation(client: Client) -> None:
        await client.call_tool("add", {"a": 1}, progress_callback=note)
        assert seen == [(1, 2, "adding"), (2, 2, "added")]

    talk(conversation, wire)


@both_wires
def test_a_caller_that_leaves_stops_the_tool(wire: str) -> None:
    watched = Watched()

    async def conversation(client: Client) -> None:
        call = asyncio.create_task(client.call_tool("watch", {"a": 1}))
        assert await asyncio.to_thread(watched.started.wait, 5)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        assert await asyncio.to_thread(watched.stopped.wait, 5)

    talk(conversation, wire, (watched.tool,))


def test_the_server_introduces_itself() -> None:
    async def conversation(client: Client) -> None:
        assert client.server_info is not None
        assert client.server_info.name == "hrm-coprocessor"
        assert client.server_info.version
        assert "Call these tools" in (client.instructions or "")

    talk(conversation, "legacy")
