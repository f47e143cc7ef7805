"""The bridge between real MCP clients and real servers: up, away, restarted, slow, refusing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, MCPError, StdioServerParameters
from mcp import types as wire
from mcp.server.lowlevel import Server
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hrm_agents.bridge import Bridge, greet
from hrm_agents.errors import SettingsError
from hrm_agents.token import read_token
from hrm_agents.toolbox.remote import MODERN, Remote
from hrm_coprocessor.cli import main
from tests.agents import tool_server
from tests.agents.conftest import Serve
from tests.coprocessor.serving import TOKEN, make_app
from tests.coprocessor.test_cli_serve import ENVIRONMENT
from tests.tools.samples import ADD, ECHO, Watched

Spawn = Callable[[int], subprocess.Popen[str]]
WIRES = pytest.mark.parametrize("mode", ["legacy", "auto"])
X2 = {"expression": "x^2"}


def through_bridge(
    url: str,
    use: Callable[[Client], Awaitable[None]],
    *,
    mode: str = "auto",
    timeout_s: float = 20.0,
    token: str | None = None,
) -> None:
    """Let a client in this process use the server at `url` over a bridge in this process."""

    async def run() -> None:
        remote = Remote(url, token, timeout_s)
        said = await greet(remote)
        try:
            async with Client(Bridge(remote, timeout_s).server(said), mode=mode) as client:
                await use(client)
        finally:
            await remote.close()

    anyio.run(run)


def bridge_command(url: str) -> StdioServerParameters:
    words = ["-m", "hrm_coprocessor", "connect", url]
    return StdioServerParameters(command=sys.executable, args=words, env=ENVIRONMENT)


@pytest.mark.slow
@WIRES
def test_a_host_that_starts_commands_reaches_a_server_before_and_after_its_restart(
    mode: str, spawn: Spawn, free_port: int
) -> None:
    process = spawn(free_port)

    async def run() -> None:
        command = bridge_command(f"http://127.0.0.1:{free_port}")
        async with Client(command, mode=mode, read_timeout_seconds=60) as client:
            assert client.protocol_version == (MODERN if mode == "auto" else "2025-11-25")
            tools = await client.list_tools()
            assert [tool.name for tool in tools.tools] == ["calculate_derivative"]
            more = await client.list_tools(cursor=tools.next_cursor)
            assert [tool.name for tool in more.tools] == ["hang"]
            process.kill()
            process.wait()
            with pytest.raises(MCPError, match=r"cannot be used: .*hint: start it"):
                await client.call_tool("calculate_derivative", X2)
            spawn(free_port)
            result = await client.call_tool("calculate_derivative", X2)
            assert result.structured_content is not None
            assert result.structured_content["result"] == "2*x"

    anyio.run(run)


def test_only_the_protocol_is_on_stdout_and_a_server_that_is_away_is_said_on_stderr(
    free_port: int,
) -> None:
    command = bridge_command(f"http://127.0.0.1:{free_port}")
    done = subprocess.run(
        [command.command, *command.args],
        input="",
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | ENVIRONMENT,
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert f"http://127.0.0.1:{free_port}/mcp cannot be used" in done.stderr
    assert "Traceback" not in done.stderr


@WIRES
def test_progress_comes_back_in_order_and_the_result_after_it(mode: str, serve: Serve) -> None:
    seen: list[tuple[float, float | None, str | None]] = []

    async def note(done: float, total: float | None, message: str | None) -> None:
        seen.append((done, total, message))

    async def run() -> None:
        command = bridge_command(serve(make_app([ADD, ECHO])))
        async with Client(command, mode=mode, read_timeout_seconds=60) as client:
            result = await client.call_tool("add", {"a": 2, "b": 3}, progress_callback=note)
            assert result.structured_content == {"result": "5", "total": 5}
            assert len(seen) == 2

    anyio.run(run)
    assert seen == [(1, 2, "adding"), (2, 2, "added")]


@WIRES
def test_a_call_that_the_host_cancels_is_cancelled_at_the_server(mode: str, serve: Serve) -> None:
    watched = Watched()

    async def use(client: Client) -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(client.call_tool, "watch", {"a": 1})
            assert await anyio.to_thread.run_sync(watched.started.wait, 20)
            group.cancel_scope.cancel()
        assert await anyio.to_thread.run_sync(watched.stopped.wait, 20)

    through_bridge(serve(make_app([watched.tool, ECHO])), use, mode=mode)


def full_server() -> Server[Any]:
    """A server with resources, prompts and completions, that says what it was asked."""

    async def resources(_: Any, __: Any) -> wire.ListResourcesResult:
        return wire.ListResourcesResult(resources=[wire.Resource(name="card", uri="hrm://card")])

    async def templates(_: Any, __: Any) -> wire.ListResourceTemplatesResult:
        template = wire.ResourceTemplate(name="card", uri_template="hrm://{model}/card")
        return wire.ListResourceTemplatesResult(resource_templates=[template])

    async def read(_: Any, params: wire.ReadResourceRequestParams) -> wire.ReadResourceResult:
        if params.uri != "hrm://card":
            raise MCPError(wire.INVALID_PARAMS, f"there is no {params.uri}")
        contents = wire.TextResourceContents(uri=params.uri, text="A card.")
        return wire.ReadResourceResult(contents=[contents])

    async def prompts(_: Any, __: Any) -> wire.ListPromptsResult:
        return wire.ListPromptsResult(prompts=[wire.Prompt(name="ask")])

    async def prompt(context: Any, params: wire.GetPromptRequestParams) -> wire.GetPromptResult:
        text = wire.TextContent(text=f"{params.arguments} {context.meta.get('trace')}")
        return wire.GetPromptResult(messages=[wire.PromptMessage(role="user", content=text)])

    async def complete(_: Any, params: wire.CompleteRequestParams) -> wire.CompleteResult:
        values = [params.argument.value + "ine"]
        return wire.CompleteResult(completion=wire.Completion(values=values))

    return Server(
        "full",
        instructions="Read the card.",
        on_list_resources=resources,
        on_list_resource_templates=templates,
        on_read_resource=read,
        on_list_prompts=prompts,
        on_get_prompt=prompt,
        on_completion=complete,
    )


@pytest.fixture
def full(serve: Serve) -> str:
    return serve(full_server().streamable_http_app(streamable_http_path="/mcp"))


def test_resources_prompts_and_completions_are_forwarded(full: str) -> None:
    async def use(client: Client) -> None:
        assert client.instructions == "Read the card."
        assert client.server_capabilities.tools is None
        assert (await client.list_resources()).resources[0].uri == "hrm://card"
        templates = (await client.list_resource_templates()).resource_templates
        assert templates[0].uri_template == "hrm://{model}/card"
        contents = (await client.read_resource("hrm://card")).contents[0]
        assert isinstance(contents, wire.TextResourceContents)
        assert contents.text == "A card."
        assert (await client.list_prompts()).prompts[0].name == "ask"
        told = await client.get_prompt("ask", {"a": "b"}, meta={"trace": "t-1"})
        assert isinstance(told.messages[0].content, wire.TextContent)
        assert told.messages[0].content.text == "{'a': 'b'} t-1"
        reference = wire.PromptReference(name="ask")
        done = await client.complete(reference, {"name": "a", "value": "s"})
        assert done.completion.values == ["sine"]

    through_bridge(full, use)


def test_an_error_of_the_server_reaches_the_host_as_it_is(full: str) -> None:
    async def use(client: Client) -> None:
        with pytest.raises(MCPError, match="there is no hrm://nothing") as caught:
            await client.read_resource("hrm://nothing")
        assert caught.value.code == wire.INVALID_PARAMS

    through_bridge(full, use)


def test_a_server_that_is_away_at_the_start_is_used_when_it_comes(
    spawn: Spawn, free_port: int
) -> None:
    async def use(client: Client) -> None:
        with pytest.raises(MCPError, match="hint: start it"):
            await client.list_tools()
        spawn(free_port)
        assert (await client.list_tools()).tools[0].name == "calculate_derivative"

    through_bridge(f"http://127.0.0.1:{free_port}", use)


def test_a_call_without_an_answer_ends_with_a_clear_error(serve: Serve) -> None:
    async def use(client: Client) -> None:
        with pytest.raises(MCPError, match=r"no answer from http://.*/mcp within 1 seconds"):
            await client.call_tool("hang", {})
        assert not (await client.call_tool("calculate_derivative", X2)).is_error

    through_bridge(serve(tool_server.app()), use, timeout_s=1.0)


def test_the_right_token_opens_the_server_and_a_wrong_one_is_said_at_once(serve: Serve) -> None:
    url = serve(make_app([ADD, ECHO], TOKEN))

    async def friend(client: Client) -> None:
        assert not (await client.call_tool("add", {"a": 1})).is_error

    async def stranger(client: Client) -> None:
        with pytest.raises(MCPError, match="token is missing or wrong"):
            await client.list_tools()

    through_bridge(url, friend, token=TOKEN)
    through_bridge(url, stranger, token="wrong" * 5)


def test_an_answer_that_is_not_mcp_is_said_to_be_the_servers_fault(serve: Serve) -> None:
    async def answer(request: Request) -> Response:
        body = await request.json()
        if "id" not in body:
            return Response(status_code=202)
        results: dict[str, Any] = {
            "initialize": {
                "protocolVersion": "2025-11-25",
                "capabilities": {"tools": {}},
                "serverInfo": {"name": "odd", "version": "1"},
            },
            "tools/list": {"tools": "none"},
        }
        reply: dict[str, Any] = {"jsonrpc": "2.0", "id": body["id"]}
        if body["method"] in results:
            return JSONResponse(reply | {"result": results[body["method"]]})
        return JSONResponse(reply | {"error": {"code": wire.METHOD_NOT_FOUND, "message": "no"}})

    async def use(client: Client) -> None:
        with pytest.raises(MCPError, match="its answer is not MCP"):
            await client.list_tools()

    through_bridge(serve(Starlette(routes=[Route("/mcp", answer, methods=["POST"])])), use)


@pytest.mark.parametrize("url", ["pc2", "ftp://pc2", "http://", "http://pc2:x", "http://pc2:99999"])
def test_a_wrong_address_is_refused(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["connect", url]) == 1
    assert "is no address of a server" in capsys.readouterr().err


def test_a_token_comes_from_its_file_then_from_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    assert read_token(file, {"HRM_TOKEN": "other"}) == TOKEN
    assert read_token(None, {"HRM_TOKEN": "other"}) == "other"
    assert read_token(None, {}) is None


@pytest.mark.parametrize("text", ["", "two words", "ünïcödé", None])
def test_a_file_without_a_token_is_a_clear_error(tmp_path: Path, text: str | None) -> None:
    file = tmp_path / "token"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match="token"):
        read_token(file, {})
