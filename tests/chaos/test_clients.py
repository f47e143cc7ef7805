"""Clients that go away, never finish what they say, or say far too much."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import ExitStack

import httpx2
import pytest

from tests.chaos.conftest import Serve
from tests.chaos.wire import heard, request, speaking
from tests.chaos.world import SURFACES, Gate, Server, agent, until

pytestmark = [pytest.mark.slow, pytest.mark.requirement("CP-13")]

ALONE = ("--set", "workers=1", "--set", "concurrency=1", "--set", "queue=0")
"""Settings under which a second call is refused while one runs."""
HASTY = ("--set", "read_timeout_s=1", "--set", "max_per_address=512")
CLIENT = """
import sys
from hrm_agents.toolbox import build_toolbox
build_toolbox(sys.argv[1]).call(sys.argv[2], {})
"""


@pytest.fixture(scope="module")
def server(serve: Serve) -> Server:
    return serve(*ALONE, *HASTY)


@pytest.mark.slow
@pytest.mark.parametrize("tool", ["gate", "gate_here"])
@pytest.mark.parametrize("surface", SURFACES)
def test_when_a_client_is_killed_its_tool_stops_and_its_place_is_free(
    surface: str, tool: str, server: Server, gate: Gate
) -> None:
    spec = SURFACES[surface].format(server.url)
    with (
        subprocess.Popen([sys.executable, "-c", CLIENT, spec, tool]) as client,
        agent(spec) as friend,
    ):
        visitor = gate.visitor()
        assert friend.ask("echo", text="room?").error_kind == "busy"
        client.kill()
        client.wait()
        assert visitor.has_left()
        assert until(friend.works)


@pytest.mark.slow
def test_a_connection_closed_in_the_middle_of_a_call_stops_the_tool(
    server: Server, gate: Gate
) -> None:
    with agent(server.url) as friend:
        for tool in ("gate", "gate_here"):
            with speaking(server, request(f"/v1/tools/{tool}", b"{}")):
                visitor = gate.visitor()
            assert visitor.has_left()
            assert until(friend.works)


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/v1/tools/echo", "/mcp"])
def test_a_body_of_five_megabytes_is_refused_and_others_are_served(
    path: str, server: Server
) -> None:
    big = json.dumps({"text": "x" * 5_000_000}).encode()
    pieces = (big[at : at + 65_536] for at in range(0, len(big), 65_536))  # of unknown length
    with agent(server.url) as friend:
        for body in (big, pieces):
            headers = {"Content-Type": "application/json"}
            try:
                answer = httpx2.post(server.url + path, content=body, headers=headers, timeout=60)
            except httpx2.TransportError:
                pass  # closed in our face, half-way
            else:
                assert answer.status_code == 413
                assert answer.json()["status"] == 413
            assert friend.works()
        said = request(path, b"", f"Content-Length: {len(big)}").replace(
            b"Content-Length: 0\r\n", b""
        )
        with speaking(server, said) as connection:  # refused by what it announces
            assert connection.recv(12) == b"HTTP/1.1 413"


@pytest.mark.slow
def test_half_sent_requests_keep_nobody_waiting_and_are_hung_up_on(server: Server) -> None:
    body = request("/v1/tools/echo", b'{"text": "half')[:-2]
    halves = (
        b"",
        b"POST /v1/tools/echo HT",
        b"POST /v1/tools/echo HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
        body,
    )
    with ExitStack() as stack, agent(server.url) as friend:
        slow = [
            (half, stack.enter_context(speaking(server, half)))
            for _ in range(25)
            for half in halves
        ]
        assert friend.works()
        for half, connection in slow:
            answer = heard(connection)
            assert answer == b"" if half != body else answer.startswith(b"HTTP/1.1 408")
        assert friend.works()
