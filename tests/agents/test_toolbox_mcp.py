"""The MCP toolbox against real servers: up, down, killed, restarted, refusing."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import anyio
import pytest
from mcp.server.lowlevel import Server

from hrm_agents.errors import SettingsError, ToolServerError
from hrm_agents.toolbox import build_toolbox
from hrm_agents.toolbox.mcp import MCPToolbox
from tests.agents import tool_server
from tests.agents.conftest import HERE, Serve, serving

TOKEN = "open sesame"  # noqa: S105  (a test's own)
Spawn = Callable[[int], subprocess.Popen[str]]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serving(tool_server.app()) as url:
        yield url


@pytest.fixture
def toolbox(url: str) -> Iterator[MCPToolbox]:
    toolbox = MCPToolbox(url, pause_s=0)
    yield toolbox
    toolbox.close()


def test_tools_are_listed_with_their_schemas(toolbox: MCPToolbox) -> None:
    first = toolbox.list()[0]["function"]
    assert first["name"] == "calculate_derivative"
    assert first["parameters"]["required"] == ["expression"]


def test_an_answer_is_two_short_lines_for_the_model_and_whole_for_the_program(
    toolbox: MCPToolbox,
) -> None:
    result = toolbox.call("calculate_derivative", {"expression": "sin(5x)"})
    assert result.text == "result: 5*cos(5*x)\nverdict: proved"
    assert result.error_kind is None
    assert result.data is not None
    assert result.data["source"] == "hrm:test"


def test_an_answer_without_a_result_is_an_error_with_its_note(toolbox: MCPToolbox) -> None:
    result = toolbox.call("calculate_derivative", {"expression": "floor(x)"})
    assert (result.text, result.error_kind) == ("error: no rule for this expression", "failed")


def test_a_refused_call_is_an_error_for_the_model_to_read(toolbox: MCPToolbox) -> None:
    result = toolbox.call("calculate_derivative", {})
    assert result.text == "error: expression: give one, such as sin(5*x)"
    assert result.error_kind == "failed"


def test_a_tool_that_the_server_does_not_know_is_an_error(toolbox: MCPToolbox) -> None:
    result = toolbox.call("integrate", {})
    assert (result.text, result.error_kind) == ("error: there is no tool integrate", "invalid")


def test_a_server_without_tools_or_without_an_answer_is_a_clear_error(serve: Serve) -> None:
    async def silent(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await anyio.sleep_forever()

    empty = serve(Server[Any]("empty").streamable_http_app(streamable_http_path="/mcp"))
    for url, problem in ((empty, "Method not found"), (serve(silent), "no answer within")):
        toolbox = MCPToolbox(url, timeout_s=0.5, pause_s=0)
        with pytest.raises(ToolServerError, match=problem):
            toolbox.list()
        toolbox.close()


def test_a_tool_that_does_not_answer_is_given_up(toolbox: MCPToolbox) -> None:
    result = toolbox.call("hang", {}, timeout_s=0.2)
    assert result.error_kind == "timeout"
    assert toolbox.call("calculate_derivative", {"expression": "x^2"}).error_kind is None


def test_a_server_that_is_down_is_a_clear_error(free_port: int) -> None:
    toolbox = MCPToolbox(f"http://127.0.0.1:{free_port}", pause_s=0)
    with pytest.raises(ToolServerError) as caught:
        toolbox.list()
    assert f"http://127.0.0.1:{free_port}/mcp cannot be used" in caught.value.problem
    assert "hrm serve" in caught.value.hint
    result = toolbox.call("calculate_derivative", {"expression": "x^2"})
    assert result.error_kind == "unreachable"
    assert result.text.startswith("error: the tool server http://127.0.0.1")
    toolbox.close()
    toolbox.close()


def test_a_missing_token_is_said_and_the_right_one_works(serve: Serve) -> None:
    url = serve(tool_server.app(token=TOKEN))
    stranger = MCPToolbox(url, pause_s=0)
    with pytest.raises(ToolServerError, match="token is missing or wrong") as caught:
        stranger.list()
    assert "--token" in caught.value.hint
    stranger.close()
    friend = MCPToolbox(url, token=TOKEN, pause_s=0)
    assert friend.call("calculate_derivative", {"expression": "x^2"}).error_kind is None
    friend.close()


def test_a_server_killed_during_a_call_is_an_error_and_its_successor_is_used(
    spawn: Spawn, free_port: int
) -> None:
    process = spawn(free_port)
    toolbox = MCPToolbox(f"http://127.0.0.1:{free_port}", pause_s=0)
    assert toolbox.call("calculate_derivative", {"expression": "x^2"}).error_kind is None

    def kill_when_called() -> None:
        assert process.stderr is not None
        process.stderr.readline()
        process.kill()

    killer = threading.Thread(target=kill_when_called)
    killer.start()
    assert toolbox.call("hang", {}).error_kind == "unreachable"
    killer.join()
    process.wait()
    spawn(free_port)
    result = toolbox.call("calculate_derivative", {"expression": "sin(5x)"})
    assert result.text.startswith("result: 5*cos(5*x)")
    toolbox.close()


def test_a_command_is_spoken_to_over_its_pipes_and_started_again_when_it_dies() -> None:
    toolbox = build_toolbox(f"stdio:{sys.executable} {HERE / 'tool_server.py'} stdio")
    assert len(toolbox.list()) == 2
    assert toolbox.call("hang", {}, timeout_s=0.2).error_kind == "timeout"
    assert toolbox.call("calculate_derivative", {"expression": "x^2"}).error_kind is None
    toolbox.close()


def test_a_command_that_cannot_be_started_is_a_clear_error() -> None:
    toolbox = build_toolbox("stdio:no-such-program-here")
    with pytest.raises(ToolServerError, match="no-such-program-here"):
        toolbox.list()
    toolbox.close()


@pytest.mark.parametrize("spec", ["", "pc2", "http:pc2", "rest:pc2", "stdio:", "ftp://pc2"])
def test_a_server_of_no_known_form_is_refused(spec: str) -> None:
    with pytest.raises(SettingsError, match="no tool server"):
        build_toolbox(spec)
