"""The tools in LangChain, with a real server behind them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hrm_agents.langchain import langchain_tools
from hrm_agents.toolbox import build_toolbox
from hrm_agents.toolbox.mcp import MCPToolbox
from tests.agents import tool_server
from tests.agents.conftest import Serve, serving

AGENTS = Path(__file__).parents[2] / "agents"


@pytest.fixture(scope="module")
def toolbox() -> Iterator[MCPToolbox]:
    with serving(tool_server.app()) as url:
        toolbox = build_toolbox(url)
        assert isinstance(toolbox, MCPToolbox)
        yield toolbox
        toolbox.close()


def call(toolbox: MCPToolbox, **arguments: object) -> object:
    tool = langchain_tools(toolbox)[0]
    request = {"name": tool.name, "args": arguments, "id": "1", "type": "tool_call"}
    return tool.invoke(request)


@pytest.mark.requirement("CP-4", "CP-7")
def test_a_tool_gives_the_model_two_lines_and_keeps_the_answer(toolbox: MCPToolbox) -> None:
    message = call(toolbox, expression="sin(5x)")
    assert message.content == "result: 5*cos(5*x)\nverdict: proved"  # type: ignore[attr-defined]
    assert message.artifact == tool_server.answer("sin(5x)")  # type: ignore[attr-defined]


def test_an_error_is_a_message_and_not_an_exception(toolbox: MCPToolbox) -> None:
    message = call(toolbox, expression="floor(x)")
    assert message.content == "error: no rule for this expression"  # type: ignore[attr-defined]
    assert message.status == "error"  # type: ignore[attr-defined]


def test_the_schema_is_the_server_s(toolbox: MCPToolbox) -> None:
    tool = langchain_tools(toolbox)[0]
    assert (tool.name, tool.args_schema) == ("calculate_derivative", tool_server.SCHEMA)


@pytest.mark.requirement("CP-7")
def test_the_example_runs(serve: Serve) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hrm_agents.examples.langchain_tool", "x^2"],
        env={**os.environ, "HRM_SERVER": serve(tool_server.app()), "PYTHONPATH": str(AGENTS)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith("result: 2*x\nverdict: proved\n"), done.stderr
