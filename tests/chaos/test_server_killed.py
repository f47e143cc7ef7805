"""kill -9 of the server in the middle of a call: an error now, an answer after the restart."""

from __future__ import annotations

import os
import shlex
import signal
from pathlib import Path

import pytest

from tests.chaos.conftest import Serve
from tests.chaos.world import HRM, PATIENCE_S, SURFACES, Gate, agent, environment

pytestmark = [pytest.mark.slow, pytest.mark.requirement("CP-13")]


@pytest.mark.slow
@pytest.mark.parametrize(("surface", "tool"), [("mcp", "gate"), ("rest", "gate_here")])
def test_the_call_fails_clearly_and_the_same_agent_goes_on_after_the_restart(
    surface: str, tool: str, serve: Serve, gate: Gate
) -> None:
    server = serve("--set", "workers=1")
    with agent(SURFACES[surface].format(server.url)) as friend:
        assert friend.works()
        asked = friend.begin(tool)
        visitor = gate.visitor()
        server.kill()
        lost = asked.result(PATIENCE_S)
        assert lost.error_kind == "unreachable"
        assert f"the tool server {server.url}" in lost.text
        assert visitor.has_left()  # its workers have ended with it
        server.start()
        assert friend.works()


@pytest.mark.slow
def test_a_command_that_is_killed_is_started_again_and_the_call_made_again(
    gate: Gate, tmp_path: Path
) -> None:
    variables = [f"{name}={value}" for name, value in environment(tmp_path, gate).items()]
    words = ["--set", 'tools=["echo", "gate_here"]', "--set", "workers=1"]
    command = ["env", *variables, *HRM, "mcp", *words]
    with agent(f"stdio:{shlex.join(command)}") as friend:
        assert friend.works()
        asked = friend.begin("gate_here")
        first = gate.visitor()
        os.kill(first.pid, signal.SIGKILL)
        second = gate.visitor()
        assert second.pid != first.pid
        second.open()
        assert (asked.result(PATIENCE_S).data or {})["result"] == "passed"
        assert friend.works()
