"""A batch, a solver and a tool that take steps when a test lets them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hrm_engine.deadline import Deadline
from hrm_engine.inference.batched import Ask, Lend
from hrm_tools.spec import Context, ToolSpec
from tests.tools.samples import AddArguments, Sum

PATIENCE_S = 20.0


def until(holds: Callable[[], bool]) -> bool:
    """Whether it holds before long."""
    deadline = Deadline.after(PATIENCE_S)
    while not holds() and deadline.remaining() > 0:
        threading.Event().wait(0.002)
    return holds()


class Steps:
    """A batch of questions that take as many steps as they say; each answer names its question.

    held: every step waits for `allow`. A question of -1 breaks the batch.
    """

    def __init__(self, limit: int, *, held: bool = False) -> None:
        self.limit, self.held = limit, held
        self.left: dict[int, list[int]] = {}
        self.seen: list[int] = []
        self.began = threading.Event()
        self._allowed = threading.Semaphore(0)

    @property
    def rows(self) -> int:
        return len(self.left)

    @property
    def room(self) -> int:
        return self.limit - len(self.left)

    def admit(self, number: int, question: int) -> None:
        self.left[number] = [question, question]

    def drop(self, number: int) -> None:
        del self.left[number]

    def allow(self, steps: int) -> None:
        self._allowed.release(steps)

    def advance(self) -> Sequence[tuple[int, str]]:
        self.seen.append(len(self.left))
        self.began.set()
        if self.held:
            assert self._allowed.acquire(timeout=PATIENCE_S)
        if any(question < 0 for question, _ in self.left.values()):
            raise RuntimeError("out of order")
        for row in self.left.values():
            row[1] -= 1
        ended = [(number, f"{row[0]} steps") for number, row in self.left.items() if row[1] == 0]
        for number, _ in ended:
            del self.left[number]
        threading.Event().wait(0.001)  # a network leaves others some time
        return ended


@dataclass(eq=False)
class SteppingSolver:
    """A solver that asks a `Steps` batch; without one it cannot answer."""

    batch: Steps
    ask: Ask[int, str] | None = None

    def batched(self, lend: Lend) -> SteppingSolver:
        return SteppingSolver(self.batch, lend("steps", lambda _: self.batch))

    def solve(self, steps: int, deadline: Deadline) -> str:
        assert self.ask is not None, "not shared"
        return self.ask(steps, deadline)


def stepping_tool(solver: SteppingSolver) -> ToolSpec[Any, Any]:
    """A tool whose answer takes `a` steps of the solver's batch."""

    def run(arguments: AddArguments, context: Context) -> Sum:
        context.progress(0, 1, "asked")
        answer = context.share(solver).solve(arguments.a, context.deadline)
        return Sum(result=answer, total=arguments.a)

    return ToolSpec("steps", "Steps", "Takes steps.", AddArguments, Sum, run, timeout_s=60)
