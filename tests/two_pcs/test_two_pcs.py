"""The agent on one machine, without torch; the tools on another; and a cable between them.

The machines are network namespaces (`link.py`), which takes root; without it the tests are skipped.
Both sides run the real program: the agent from an environment of its own, made by
`scripts/install.py agent`, the server from the one that runs the tests.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from typing import IO, Any

import anyio
import pytest
from mcp import Client, StdioServerParameters

from tests.agents.test_loop import call
from tests.coprocessor.test_cli_serve import ENVIRONMENT
from tests.two_pcs.link import ADDRESSES, NAME, NotPermittedError, TwoPCs, two_pcs

ROOT = Path(__file__).resolve().parents[2]
AGENT = ROOT / ".venv" / "agent-pc"
HRM = str(AGENT / "bin" / "hrm")
PORT = "8765"
URL = f"http://{NAME}:{PORT}"
QUESTION = "What's the derivative of sin(5x)?"
ANSWER = "The derivative of sin(5x) is 5*cos(5*x)."
pytestmark = [pytest.mark.slow, pytest.mark.requirement("CP-5")]


@pytest.fixture(scope="module")
def pcs() -> Iterator[TwoPCs]:
    """Both machines, joined; skips where we may not build networks."""
    try:
        with two_pcs() as pcs:
            yield pcs
    except NotPermittedError as error:
        pytest.skip(f"cannot build a network of two namespaces here: {error}")


@pytest.fixture(scope="module")
def agent() -> dict[str, str]:
    """The agent's environment, installed unless it is up to date; gives its variables."""
    install = [sys.executable, str(ROOT / "scripts" / "install.py"), "agent", str(AGENT)]
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return {"PATH": f"{AGENT / 'bin'}:{os.environ['PATH']}", "HOME": "/nonexistent"}


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file in which the server keeps the token that it makes."""
    return tmp_path_factory.mktemp("pc2") / "token"


class Lines:
    """What a process prints, read as it comes; waiting for a line has an end."""

    def __init__(self, pipe: IO[str]) -> None:
        self._queue: Queue[str] = Queue()
        self._pipe = pipe
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self._pipe:
            self._queue.put(line)
        self._queue.put("")

    def until(self, wanted: Callable[[str], bool]) -> str:
        """The next line that is wanted; fails at the end of the output and after a minute."""
        seen = []
        while line := self._queue.get(timeout=60):
            if wanted(line):
                return line
            seen.append(line)
        raise AssertionError(f"the output ended: {''.join(seen)}")

    def close(self) -> None:
        """Wait for the end of the output."""
        self._reader.join(60)
        self._pipe.close()


@contextmanager
def running_server(pcs: TwoPCs, token: Path) -> Iterator[Lines]:
    """`hrm serve` on the second machine, with a slow tool plugged in; gives its log."""
    plugin = token.parent / "slow_tool-1.dist-info"
    plugin.mkdir(exist_ok=True)
    (plugin / "METADATA").write_text("Metadata-Version: 2.1\nName: slow_tool\nVersion: 1\n")
    (plugin / "entry_points.txt").write_text("[hrm_tools.tools]\nwait_long = slow_tool:TOOL\n")
    shutil.copy(Path(__file__).parent / "slow_tool.py", token.parent)
    words = ["serve", "--host", ADDRESSES[1], "--port", PORT, "--allow-host", NAME, "--json"]
    settings = ["--set", "workers=1", "--token-file", str(token)]
    command = [sys.executable, "-m", "hrm_coprocessor", *words, *settings]
    paths = f"{ENVIRONMENT['PYTHONPATH']}:{token.parent}"
    process = subprocess.Popen(
        pcs.on(pcs.pc2, *command),
        env=os.environ | ENVIRONMENT | {"PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    log = Lines(process.stderr)
    try:
        with process.stdout as lines:
            ready = lines.readline()
        assert ready, log.until(str.isspace)
        assert json.loads(ready)["url"] == URL
        yield log
    finally:
        process.terminate()
        process.wait(60)
        log.close()


@pytest.fixture(scope="module")
def server(pcs: TwoPCs, token: Path) -> Iterator[Lines]:
    """The running server's log."""
    with running_server(pcs, token) as log:
        yield log


def on_pc1(pcs: TwoPCs, agent: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the agent's environment on the first machine."""
    command = pcs.on(pcs.pc1, *words)
    return subprocess.run(command, env=agent, capture_output=True, text=True, check=False)


def test_the_agent_is_installed_without_torch(pcs: TwoPCs, agent: dict[str, str]) -> None:
    absent = ("torch", "fastapi", "sympy", "flint", "transformers", "litellm")
    program = f"import importlib.util as u; print([m for m in {absent} if u.find_spec(m)])"
    done = on_pc1(pcs, agent, str(AGENT / "bin" / "python"), "-c", program)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


def test_without_a_server_the_agent_says_what_is_not_installed(
    pcs: TwoPCs, agent: dict[str, str]
) -> None:
    done = on_pc1(pcs, agent, HRM, "chat", QUESTION)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert "--server URL" in done.stderr


@pytest.mark.usefixtures("server")
def test_a_question_is_answered_across_the_cable(
    pcs: TwoPCs, agent: dict[str, str], token: Path
) -> None:
    with_token = agent | {"HRM_TOKEN": token.read_text().strip()}
    done = on_pc1(pcs, with_token, HRM, "chat", "--json", "--server", URL, QUESTION)
    assert done.returncode == 0, done.stderr
    events = {event["event"]: event for event in map(json.loads, done.stdout.splitlines())}
    data = events["returned"]["result"]["data"]
    assert (data["result"], data["verdict"]) == ("5*cos(5*x)", "proved")
    assert data["source"] == "hrm:hrm-derivative"
    assert events["finished"]["text"] == ANSWER


@pytest.mark.usefixtures("server")
def test_without_the_token_the_agent_is_told_so(pcs: TwoPCs, agent: dict[str, str]) -> None:
    done = on_pc1(pcs, agent, HRM, "chat", "--server", URL, QUESTION)
    assert done.returncode == 3
    assert "the token is missing or wrong" in done.stderr


@pytest.mark.usefixtures("server")
def test_the_doctor_finds_nothing_wrong_and_then_the_pulled_cable(
    pcs: TwoPCs, agent: dict[str, str], token: Path
) -> None:
    words = (HRM, "doctor", "--server", URL, "--token-file", str(token))
    done = on_pc1(pcs, agent, *words)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"✓ name     {NAME} is {ADDRESSES[1]}" in done.stdout
    assert "✓ call     calculate_derivative answers '5*cos(5*x)'" in done.stdout
    pcs.pull_the_cable()
    try:
        done = on_pc1(pcs, agent, *words)
    finally:
        pcs.plug_it_in()
    assert done.returncode == 3
    assert "✗ port" in done.stdout
    assert on_pc1(pcs, agent, *words).returncode == 0


@pytest.mark.usefixtures("server")
def test_a_host_on_the_first_machine_uses_the_tools_through_the_bridge(
    pcs: TwoPCs, agent: dict[str, str], token: Path
) -> None:
    words = pcs.on(pcs.pc1, HRM, "connect", URL, "--token-file", str(token))
    command = StdioServerParameters(command=words[0], args=words[1:], env=agent)

    async def run() -> None:
        async with Client(command, read_timeout_seconds=60) as client:
            answer = await client.call_tool("calculate_derivative", {"expression": "x^3"})
            assert answer.structured_content is not None
            assert answer.structured_content["result"] == "3*x^2"

    anyio.run(run)


def test_a_cable_pulled_during_a_call_is_an_error_in_time_and_plugged_in_all_is_well(
    pcs: TwoPCs, agent: dict[str, str], token: Path, server: Lines, tmp_path: Path
) -> None:
    waiting = {"role": "assistant", "tool_calls": [tool_call("wait_long")]}
    script = [waiting, "No answer came.", call("sin(5x)"), ANSWER]
    (tmp_path / "script").write_text("".join(f"{json.dumps(line)}\n" for line in script))
    settings = f"model: scripted:{tmp_path}/script\ntools: {{server: '{URL}', timeout_s: 5}}\n"
    (tmp_path / "agent.yaml").write_text(settings)
    process = subprocess.Popen(
        pcs.on(pcs.pc1, HRM, "chat", "--json", "--config", str(tmp_path / "agent.yaml")),
        env=agent | {"HRM_TOKEN": token.read_text().strip()},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    events = Lines(process.stdout)
    process.stdin.write(f"Wait.\n{QUESTION}\n")  # the second is asked once the pipe is closed
    process.stdin.flush()
    server.until(lambda line: "slow: called" in line)
    pcs.pull_the_cable()
    try:
        returned = next_event(events, "returned")
        assert returned["result"]["error_kind"] == "timeout"
        assert returned["content"] == "error: no answer within 5 seconds"
        assert next_event(events, "finished")["text"] == "No answer came."
    finally:
        pcs.plug_it_in()
    process.stdin.close()
    assert next_event(events, "returned")["result"]["data"]["result"] == "5*cos(5*x)"
    assert next_event(events, "finished")["text"] == ANSWER
    assert process.wait(60) == 0
    events.close()
    server.until(lambda line: "slow: stopped" in line)  # it has learnt that the caller left


def tool_call(name: str) -> dict[str, Any]:
    function = {"name": name, "arguments": "{}"}
    return {"id": "call-1", "type": "function", "function": function}


def next_event(events: Lines, name: str) -> dict[str, Any]:
    """The next event of this name that the agent reports."""
    line = events.until(lambda line: bool(json.loads(line)["event"] == name))
    found: dict[str, Any] = json.loads(line)
    return found
