"""Small tools for the tests of the calling machinery: each misbehaves in one known way."""

from __future__ import annotations

import os
import threading

from pydantic import BaseModel, Field

from hrm_engine.errors import ExpressionError, HRMError
from hrm_tools.errors import BusyError
from hrm_tools.spec import Answer, AnyTool, Arguments, Context, ToolSpec


class AddArguments(Arguments):
    a: int = Field(description="the first number", ge=-(10**9), le=10**9)
    b: int = Field(default=1, description="the second number", ge=-(10**9), le=10**9)


class Sum(BaseModel):
    result: str
    total: int


class TextArguments(Arguments):
    text: str = Field(min_length=1, max_length=200, description="any text")


class Echo(BaseModel):
    result: str


def add(arguments: AddArguments, context: Context) -> Sum:
    context.progress(1, 2, "adding")
    context.progress(2, 2, "added")
    total = arguments.a + arguments.b
    return Sum(result=str(total), total=total)


def echo(arguments: TextArguments, context: Context) -> Answer:
    return Answer(
        result=arguments.text,
        interpreted_as=arguments.text,
        verified=True,
        verdict="verified",
        method="looked twice",
        source="classical:echo",
        candidates=1,
        steps=2,
        elapsed_ms=1.5,
    )


def wait_for_the_deadline(arguments: AddArguments, context: Context) -> Sum:
    """A tool that takes too long, and notices."""
    while True:
        context.deadline.check()
        threading.Event().wait(0.005)


class Watched:
    """A tool that waits for its deadline, and lets a test see when it starts and stops."""

    def __init__(self) -> None:
        self.started, self.stopped = threading.Event(), threading.Event()
        self.tool = ToolSpec("watch", "Watch", "Waits.", AddArguments, Sum, self._run, timeout_s=60)

    def _run(self, arguments: AddArguments, context: Context) -> Sum:
        self.started.set()
        while context.deadline.remaining() > 0:
            threading.Event().wait(0.002)
        self.stopped.set()
        return Sum(result="", total=0)


def fail(arguments: TextArguments, context: Context) -> Echo:
    """A tool that raises what its argument names."""
    errors: dict[str, Exception] = {
        "expression": ExpressionError("expected ')'", hint="close the bracket", column=3),
        "ours": HRMError("the model is not here", hint="train it"),
        "busy": BusyError("too much to do", hint="later"),
    }
    raise errors.get(arguments.text, RuntimeError("secret of the machine"))


def lie(arguments: TextArguments, context: Context) -> Echo:
    """A tool that returns something else than it declares."""
    return AddArguments(a=1)  # type: ignore[return-value]  # the point of it


def talk_too_much(arguments: TextArguments, context: Context) -> Echo:
    return Echo(result="x" * 1_000_000)


def work_elsewhere(arguments: TextArguments, context: Context) -> Echo:
    """A tool whose work is done by a function named in `JOBS`, in a killable process."""
    return Echo(result=str(context.isolated(JOBS[arguments.text])))


def hang() -> None:
    while True:
        pass


def crash() -> None:
    os._exit(7)


def hog() -> int:
    return len(bytearray(2**34))


JOBS = {"pid": os.getpid, "hang": hang, "crash": crash, "hog": hog}

ADD = ToolSpec("add", "Sum", "Add two whole numbers.", AddArguments, Sum, add)
ECHO = ToolSpec("echo", "Echo", "Say the same again.", TextArguments, Answer, echo)
SLOW = ToolSpec(
    "slow", "Slow", "Never done.", AddArguments, Sum, wait_for_the_deadline, timeout_s=0.1
)
FAIL = ToolSpec("fail", "Failure", "Fail in a chosen way.", TextArguments, Echo, fail)
LIE = ToolSpec("lie", "Lie", "Return the wrong type.", TextArguments, Echo, lie)
LONG = ToolSpec("long", "Long", "Answer at length.", TextArguments, Echo, talk_too_much)
ELSEWHERE = ToolSpec(
    "elsewhere", "Elsewhere", "Work in a process.", TextArguments, Echo, work_elsewhere, timeout_s=2
)
ALL: tuple[AnyTool, ...] = (ADD, ECHO, SLOW, FAIL, LIE, LONG, ELSEWHERE)
