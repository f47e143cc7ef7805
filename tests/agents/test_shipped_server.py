"""The toolboxes against the shipped co-processor: MCP and REST agree, and need no torch here."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hrm_agents.toolbox import ClosableToolbox, build_toolbox
from hrm_coprocessor.http.http_app import create_app
from hrm_coprocessor.settings import ServeSettings
from hrm_tools.registry import load_tools
from tests.agents.conftest import serving

AGENTS = Path(__file__).parents[2] / "agents"
CALLS = [
    {"expression": "sin(5x)"},
    {"expression": "x^2 y", "variable": "y"},
    {"expression": "sin(5x"},
    {"expression": "x", "ordr": 2},
    {},
]


@pytest.fixture(scope="module")
def toolboxes() -> Iterator[list[ClosableToolbox]]:
    token = "of this test"  # noqa: S105
    app = create_app(ServeSettings(), load_tools(None), token)
    app.state.service.warm_up()
    with serving(app) as url:
        toolboxes = [build_toolbox(url, token), build_toolbox(f"rest:{url}", token)]
        yield toolboxes
        for toolbox in toolboxes:
            toolbox.close()


@pytest.mark.slow
@pytest.mark.requirement("CP-4")
def test_mcp_and_rest_offer_the_same_tools(toolboxes: list[ClosableToolbox]) -> None:
    over_mcp, over_rest = ([tool["function"] for tool in box.list()] for box in toolboxes)
    assert [tool["name"] for tool in over_mcp] == [tool["name"] for tool in over_rest]
    assert over_mcp[0]["parameters"] == over_rest[0]["parameters"]


@pytest.mark.slow
@pytest.mark.requirement("CP-4")
@pytest.mark.parametrize("arguments", CALLS)
def test_mcp_and_rest_answer_alike(
    toolboxes: list[ClosableToolbox], arguments: dict[str, object]
) -> None:
    mine, theirs = (box.call("calculate_derivative", arguments) for box in toolboxes)
    assert (mine.text, mine.error_kind) == (theirs.text, theirs.error_kind)
    assert (mine.error_kind == "invalid") == mine.text.startswith("error: ")


def test_the_agent_s_side_needs_neither_torch_nor_our_engine() -> None:
    code = """
import sys
import hrm_agents.chat, hrm_agents.embedded.llama, hrm_agents.langchain, hrm_agents.llm.gguf
import hrm_agents.toolbox.mcp, hrm_agents.toolbox.rest, hrm_agents.llm.openai_compatible
heavy = {"torch", "sympy", "flint", "litellm", "hrm_engine", "hrm_tools", "hrm_coprocessor"}
print(sorted(heavy & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(AGENTS)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"
