"""LiteLLM as a model and as a loop, in a process of its own: it takes seconds to import."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.responses import JSONResponse

from hrm_agents.messages import assistant
from tests.agents import tool_server
from tests.agents.chat_server import ChatServer
from tests.agents.conftest import Serve
from tests.agents.test_loop import call

AGENTS = Path(__file__).parents[2] / "agents"
ASK = """
import sys
from hrm_agents.errors import ModelError
from hrm_agents.llm import build_model
from hrm_agents.loop import run
from tests.agents.test_loop import QUESTION, TOOLS

model = build_model("litellm:openai/tiny")
pieces = []
*_, last = run(model, TOOLS, QUESTION, on_text=pieces.append)
print(last.reason, last.text, pieces)
*_, last = run(model, TOOLS, QUESTION)
print(last.reason, last.text.splitlines()[0])
*_, last = run(model, TOOLS, QUESTION)
print(last.reason, "does not reply" in last.text)
"""


def run_python(*arguments: str, server: str, tools: str = "") -> str:
    root = AGENTS.parent
    done = subprocess.run(
        [sys.executable, *arguments],
        env={
            **os.environ,
            "OPENAI_API_BASE": f"{server}/v1",
            "OPENAI_API_KEY": "none",
            "HRM_SERVER": tools,
            "PYTHONPATH": os.pathsep.join([str(root), str(AGENTS)]),
        },
        capture_output=True,
        text=True,
        check=False,
        cwd=root,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.requirement("CP-2")
def test_any_litellm_model_answers_through_the_loop(serve: Serve) -> None:
    in_text = 'I will. <tool_call>{"name": "calculate_derivative", "arguments": '
    in_text += '{"expression": "x^2"}}</tool_call>'
    server = ChatServer(
        [
            dict(call("sin(5x)")),
            dict(assistant("It is 5*cos(5*x).")),
            dict(assistant(in_text)),
            dict(assistant("It is 2*x.")),
            JSONResponse({"error": {"message": "wrong key"}}, 401),
        ]
    )
    assert run_python("-c", ASK, server=serve(server.app())).splitlines() == [
        "answer It is 5*cos(5*x). ['It is 5*cos(5*x).']",
        "answer It is 2*x.",
        "model_error True",
    ]


@pytest.mark.slow
@pytest.mark.requirement("CP-7")
def test_the_litellm_example_runs(serve: Serve) -> None:
    server = ChatServer([dict(call("sin(5x)")), dict(assistant("It is 5*cos(5*x)."))])
    out = run_python(
        "-m",
        "hrm_agents.examples.litellm_loop",
        "openai/tiny",
        "What's the derivative of sin(5x)?",
        server=serve(server.app()),
        tools=serve(tool_server.app()),
    )
    assert out == "It is 5*cos(5*x).\n"
    assert server.requests[1]["messages"][-1]["content"].startswith("result: 5*cos(5*x)")
