"""Tools that stop half-way and say so, for tests that break something while a call runs.

A call of `gate` goes on in a killable worker, `gate_here` in a thread of the server. Each
connects to the test's socket, sends its process id, and waits: for a word from the test
("open", then the call is answered), or for its own end. A third package would bring tools in
the same way, by an entry point, so the server needs no change for it.
"""

from __future__ import annotations

import os
import select
import socket
import threading

from pydantic import Field

from hrm_engine.deadline import Deadline
from hrm_tools.spec import Answer, Arguments, Context, ToolSpec

ADDRESS = "HRM_CHAOS_GATE"
"""The variable that holds the path of the test's socket."""
OPEN = b"open"
TIMEOUT_S = 300.0


class GateArguments(Arguments):
    """Which call this is."""

    name: str = Field(default="", max_length=40, description="what the test calls this call")


class EchoArguments(Arguments):
    """What to say."""

    text: str = Field(min_length=1, max_length=200, description="any text")


def knock() -> socket.socket:
    """A connection to the test, which knows by it that the call has come so far."""
    visitor = socket.socket(socket.AF_UNIX)
    visitor.connect(os.environ[ADDRESS])
    visitor.sendall(f"{os.getpid()}\n".encode())
    return visitor


def wait_at_gate() -> str:
    """Wait for the test's word, for ever."""
    with knock() as visitor:
        return "passed" if visitor.recv(16) == OPEN else "left"


def wait_here(deadline: Deadline) -> str:
    """Wait for the test's word or the deadline, as a tool does that computes in the server."""
    with knock() as visitor:
        while deadline.remaining() > 0:
            if select.select([visitor], [], [], 0.005)[0]:
                return "passed" if visitor.recv(16) == OPEN else "left"
    return "out of time"


def answer(result: str) -> Answer:
    """An answer that says `result`."""
    return Answer(
        result=result,
        interpreted_as="a gate",
        verified=True,
        verdict="verified",
        method="by hand",
        source="classical:gate",
    )


def gate(arguments: GateArguments, context: Context) -> Answer:
    """Wait in a worker."""
    del arguments
    return answer(context.isolated(wait_at_gate))


def gate_here(arguments: GateArguments, context: Context) -> Answer:
    """Wait in a thread of the server."""
    del arguments
    return answer(wait_here(context.deadline))


def never(arguments: GateArguments, context: Context) -> Answer:
    """Wait for the deadline, as a tool that takes too long."""
    del arguments
    return answer(wait_until_late(context.deadline))


def wait_until_late(deadline: Deadline) -> str:
    """Look at the deadline until it has passed. Raises DeadlineError."""
    while True:
        deadline.check()
        threading.Event().wait(0.005)


def echo(arguments: EchoArguments, context: Context) -> Answer:
    """Answer at once, by way of a worker."""
    return answer(context.isolated(str, arguments.text))


GATE = ToolSpec("gate", "Gate", "Wait.", GateArguments, Answer, gate, timeout_s=TIMEOUT_S)
GATE_HERE = ToolSpec(
    "gate_here", "Gate here", "Wait.", GateArguments, Answer, gate_here, timeout_s=TIMEOUT_S
)
NEVER = ToolSpec("never", "Never", "Too late.", GateArguments, Answer, never, timeout_s=0.2)
ECHO = ToolSpec("echo", "Echo", "Say it again.", EchoArguments, Answer, echo, timeout_s=60.0)
