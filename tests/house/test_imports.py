"""What importing a package brings in, looked at in a fresh interpreter.

PC 1 runs the agent without torch; the engine runs in a notebook without a server.
"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

SERVERS = ("mcp", "fastapi", "uvicorn", "starlette", "httpx2")
AGENTS = ("litellm", "langchain_core", "llama_cpp", "openai")
OURS = ("hrm_tools", "hrm_agents", "hrm_coprocessor", "hrm_codegen")
HEAVY = ("torch", "numpy", "sympy", "flint", "transformers")


def imported_by(statement: str) -> set[str]:
    """The top-level packages in memory after `statement` in a fresh interpreter."""
    program = f"{statement}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    path = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | path,
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        ("import hrm_engine", (*SERVERS, *AGENTS, *OURS, *HEAVY)),
        (
            "import hrm_engine.inference.solve, hrm_engine.export.checkpoint",
            (*SERVERS, *AGENTS, *OURS),
        ),
        ("import hrm_engine.expressions.parser", (*SERVERS, *AGENTS, *OURS, "torch")),
        ("import hrm_agents", (*SERVERS, *AGENTS, *HEAVY, "hrm_engine", "hrm_tools")),
        ("import hrm_agents.loop", (*SERVERS, *AGENTS, *HEAVY, "hrm_engine", "hrm_tools")),
        ("import hrm_tools.registry", (*SERVERS, *AGENTS, "torch", "sympy")),
        ("import hrm_codegen", (*SERVERS, *AGENTS, *HEAVY, "pydantic", "hrm_engine", "hrm_tools")),
        ("import hrm_coprocessor.cli", (*SERVERS, *AGENTS, *HEAVY, "pydantic", "rich")),
        ("import hrm_coprocessor.work.worker_process", (*SERVERS, *AGENTS, "torch", "pydantic")),
    ],
)
def test_an_import_brings_in_no_more_than_it_should(
    statement: str, absent: tuple[str, ...]
) -> None:
    assert imported_by(statement) & set(absent) == set()
