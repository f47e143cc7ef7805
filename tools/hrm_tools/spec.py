"""What a tool is: one frozen record, from which every front door is derived.

    ToolSpec   name, description, input model, output model, `run`
    Context    what a running tool is lent: deadline, progress, killable processes, batches
    Answer     what every reasoning tool returns: the result, and whether the check agreed
    Outcome    how a call ended; errors are values here, never exceptions

A tool is plain Python: `run(input, context) -> output`. It knows nothing of MCP, HTTP or
JSON. Text that a caller sent reaches it validated; see `invoke.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Literal, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from hrm_engine.deadline import Deadline

Kind = Literal["ok", "invalid", "failed", "timeout", "busy", "cancelled"]
Progress = Callable[[float, float, str], None]
"""`progress(done, total, message)`: tell the caller how far the work is."""


class Isolated(Protocol):
    """`isolated(function, *args)`: run a module-level function in a process that can be killed.

    Raises DeadlineError when the time runs out, WorkerError when the process dies or needs
    too much memory, BusyError when too many calls wait, and what the function itself raises.
    """

    def __call__(self, function: Callable[..., Any], *args: Any) -> Any:
        """The function's result."""
        ...


Solver = TypeVar("Solver")


class Share(Protocol):
    """`share(solver)`: the solver as all calls of this process use it together.

    A server answers many callers in one batch of the network; elsewhere it is the solver itself.
    """

    def __call__(self, solver: Solver, /) -> Solver:
        """The solver to ask instead."""
        ...


def alone(solver: Solver, /) -> Solver:
    """The `Share` that does not share."""
    return solver


class Arguments(BaseModel):
    """Base of the input models: an argument that the tool does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Answer(BaseModel):
    """A result with the outcome of its exact check. A solver may be wrong; the check may not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    result: str | None = Field(description="the answer as plain text; null when there is none")
    latex: str | None = Field(default=None, description="the answer in LaTeX")
    interpreted_as: str = Field(description="the question as it was understood")
    verified: bool | None = Field(
        description="whether an exact check agreed; null when it could not be checked"
    )
    verdict: Literal["proved", "verified", "refuted", "unverified"] = Field(
        description="what the check found"
    )
    method: str = Field(description="how the answer was checked")
    source: str = Field(
        description="who found the answer: hrm:<model>, hrm+search, classical:<method> or none"
    )
    steps: int = Field(default=0, ge=0, description="recursion steps of the model")
    candidates: int = Field(default=0, ge=0, description="answers tried before this one")
    elapsed_ms: float = Field(default=0.0, ge=0, description="time taken, in milliseconds")
    note: str = Field(default="", description="what else the reader should know")


@dataclass(frozen=True)
class Context:
    """What a running tool is lent. Long work calls `deadline.check()` again and again."""

    deadline: Deadline
    progress: Progress
    isolated: Isolated
    share: Share = alone

    @classmethod
    def local(cls, seconds: float = 60.0) -> Context:
        """A context for direct calls: silent, with isolated work done in this process."""
        deadline = Deadline.after(seconds)
        return cls(deadline, ignore_progress, InThisProcess(deadline))


@dataclass(frozen=True)
class InThisProcess:
    """The `Isolated` that does not isolate: for tests and scripts. Cannot stop a hanging call."""

    deadline: Deadline

    def __call__(self, function: Callable[..., Any], *args: Any) -> Any:
        """The function's result. Raises DeadlineError when the time ran out meanwhile."""
        self.deadline.check()
        result = function(*args)
        self.deadline.check()
        return result


def ignore_progress(done: float, total: float, message: str) -> None:
    """Where nobody wants to know."""


Input = TypeVar("Input", bound=BaseModel)
Output = TypeVar("Output", bound=BaseModel)


@dataclass(frozen=True)
class ToolSpec(Generic[Input, Output]):
    """One tool.

    name: as a model calls it; title: as a person reads it; description: when to call it and
    what it returns; input, output: pydantic models, from which all schemas follow; run: the
    work, in plain Python; timeout_s: seconds a call may take; cost: what it mostly uses;
    preload: modules that killable workers import in advance; warm_up: loads what the first
    call would otherwise wait for.
    """

    name: str
    title: str
    description: str
    input: type[Input]
    output: type[Output]
    run: Callable[[Input, Context], Output]
    read_only: bool = True
    timeout_s: float = 10.0
    cost: Literal["cpu", "gpu"] = "cpu"
    preload: tuple[str, ...] = ()
    warm_up: Callable[[], None] | None = None


AnyTool = ToolSpec[Any, Any]


@dataclass(frozen=True)
class Outcome:
    """How a call ended.

    kind: ok, invalid (the arguments are wrong: change them), failed (the tool could not),
    timeout, busy (try the same again later) or cancelled; text: for a language model to
    read; data: the output as JSON values, None unless ok.
    """

    kind: Kind
    text: str
    data: dict[str, Any] | None = None

    @property
    def ok(self) -> bool:
        """Whether `data` holds an output."""
        return self.kind == "ok"
