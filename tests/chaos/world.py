"""What the chaos tests are played with: a gate, a real server process, and a real agent.

Gate     the test's side of the tools in `gates.py`: says when a call has come, and how it ended
Server   `hrm serve` as a process that can be killed and started again on the same port
Agent    the agent loop with a scripted model over a real toolbox: one process, many questions

Nothing here waits for a time to pass. A wait is for an event; `PATIENCE_S` only turns a hang
into a failure, on a machine however busy.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from hrm_agents.events import Finished, Returned
from hrm_agents.limits import Limits
from hrm_agents.llm.scripted import ScriptedModel
from hrm_agents.loop import run
from hrm_agents.messages import ToolResult, assistant, tool_call, user
from hrm_agents.toolbox import ClosableToolbox, build_toolbox
from hrm_engine.deadline import Deadline
from tests.chaos.gates import ADDRESS, OPEN

PATIENCE_S = 60.0
HRM = (sys.executable, "-m", "hrm_coprocessor")
TOOLS = ("echo", "gate", "gate_here", "never")
ENTRY_POINTS = """[hrm_tools.tools]
echo = tests.chaos.gates:ECHO
gate = tests.chaos.gates:GATE
gate_here = tests.chaos.gates:GATE_HERE
never = tests.chaos.gates:NEVER
"""
SURFACES = {"mcp": "{}", "rest": "rest:{}"}
"""How an agent names the server at a URL."""


class Visitor:
    """A call that waits at the gate. `pid`: of the process that waits."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        connection.settimeout(PATIENCE_S)
        with connection.makefile() as lines:
            self.pid = int(lines.readline())

    def open(self) -> None:
        """Let the call through."""
        self._connection.sendall(OPEN)

    def has_left(self) -> bool:
        """Wait until the work has ended, whichever way."""
        try:
            return self._connection.recv(1) == b""
        except ConnectionResetError:
            return True

    def close(self) -> None:
        """Hang up, which ends the work."""
        self._connection.close()


class Gate:
    """Where the tools of `gates.py` wait."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="gate"))  # short: a socket's path is limited
        self.address = self._folder / "socket"
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self.address))
        self._listener.listen(64)
        self._listener.settimeout(PATIENCE_S)
        self._visitors: list[Visitor] = []

    def visitor(self) -> Visitor:
        """The next call that comes, waited for."""
        self._visitors.append(Visitor(self._listener.accept()[0]))
        return self._visitors[-1]

    def dismiss(self) -> None:
        """Send everybody home."""
        while self._visitors:
            self._visitors.pop().close()

    def close(self) -> None:
        """Send everybody home, for good."""
        self.dismiss()
        self._listener.close()
        shutil.rmtree(self._folder)


def plugin(folder: Path) -> Path:
    """A folder that, on the path, brings the tools of `gates.py` as an installed package would."""
    record = folder / "plugin" / "hrm_chaos-1.dist-info"
    if not record.exists():
        record.mkdir(parents=True)
        (record / "METADATA").write_text("Metadata-Version: 2.1\nName: hrm-chaos\nVersion: 1\n")
        (record / "entry_points.txt").write_text(ENTRY_POINTS)
    return record.parent


def environment(folder: Path, gate: Gate) -> dict[str, str]:
    """The variables with which a server finds the tools and the gate; no user's settings."""
    return {
        "PYTHONPATH": os.pathsep.join(filter(None, (str(plugin(folder)), *sys.path))),
        "OMP_NUM_THREADS": "1",
        "XDG_CONFIG_HOME": str(folder),
        ADDRESS: str(gate.address),
    }


class Server:
    """`hrm serve`, started at once. `words`: more of its command line."""

    def __init__(
        self,
        folder: Path,
        gate: Gate,
        *words: str,
        tools: Sequence[str] = TOOLS,
        variables: dict[str, str] | None = None,
    ) -> None:
        self.log = folder / "server.log"
        self._words = (*words, "--set", f"tools={json.dumps(list(tools))}")
        self._environment = os.environ | environment(folder, gate) | (variables or {})
        self._port = 0
        self.start()

    def start(self) -> None:
        """Start, on the same port as before, and wait until it is ready."""
        words = ("serve", "--json", "--port", str(self._port), *self._words)
        with self.log.open("a") as errors:
            self.process = subprocess.Popen(
                [*HRM, *words],
                env=self._environment,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, f"the server did not start: {self.log.read_text()}"
        self.url: str = json.loads(line)["url"]
        self._port = int(self.url.rpartition(":")[2])

    def kill(self) -> None:
        """End it at once, as `kill -9` does, and take its exit status."""
        self.process.kill()
        self.process.communicate()

    def stop(self) -> str:
        """End it as Ctrl-C does; what it logged in all its lives."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.communicate(timeout=PATIENCE_S)
        return self.log.read_text()

    @property
    def address(self) -> tuple[str, int]:
        """Host and port."""
        return "127.0.0.1", self._port

    def workers(self) -> set[int]:
        """The ids of its living child processes, zombies not counted."""
        found: set[int] = set()
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            found.update(map(int, (task / "children").read_text().split()))
        return {pid for pid in found if state(pid) != "Z"}


def state(pid: int) -> str:
    """The state letter of a process: R, S, T, Z ...; empty when there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return ""


def until(condition: Callable[[], bool]) -> bool:
    """Look until something has come about that tells nobody; False when it never does."""
    patience = Deadline.after(PATIENCE_S)
    while patience.remaining():
        if condition():
            return True
        threading.Event().wait(0.005)
    return False


def ended(pid: int) -> bool:
    """Whether a process has ended, its exit status taken or not."""
    return state(pid) in {"", "Z"}


def end(pids: Iterable[int]) -> None:
    """Do `kill -9`, and wait until the processes have really ended."""
    for pid in pids:
        with suppress(ProcessLookupError):  # somebody else has ended it
            os.kill(pid, signal.SIGKILL)
        assert until(partial(ended, pid))


class Agent:
    """An agent that was started once: its toolbox lives through all its questions."""

    def __init__(self, toolbox: ClosableToolbox) -> None:
        self.toolbox = toolbox
        self._thread = ThreadPoolExecutor(1)

    def ask(self, tool: str, **arguments: Any) -> ToolResult:
        """Let the scripted model call a tool once; the result that the loop showed it."""
        model = ScriptedModel([assistant(None, [tool_call(tool, arguments)]), "That is all."])
        limits = Limits(deadline_s=PATIENCE_S)
        events = list(run(model, self.toolbox, [user("Go on.")], limits=limits))
        assert isinstance(events[-1], Finished)
        assert events[-1].reason == "answer"
        return next(event.result for event in events if isinstance(event, Returned))

    def begin(self, tool: str, **arguments: Any) -> Future[ToolResult]:
        """Ask in a thread of its own."""
        return self._thread.submit(self.ask, tool, **arguments)

    def works(self) -> bool:
        """Whether a plain question is answered."""
        result = self.ask("echo", text="still there?")
        return (result.error_kind, (result.data or {}).get("result")) == (None, "still there?")

    def close(self) -> None:
        """Let go of the connection."""
        self._thread.shutdown()
        self.toolbox.close()


@contextmanager
def agent(spec: str, token: str | None = None) -> Iterator[Agent]:
    """An agent for the tool server that `spec` names."""
    toolbox = build_toolbox(spec, token, timeout_s=PATIENCE_S)
    with closing(Agent(toolbox)) as found:
        yield found
