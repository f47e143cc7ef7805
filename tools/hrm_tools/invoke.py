"""The one way to call a tool: validate, run with a deadline, and say how it ended.

Every front door (MCP, REST, the command line) calls `invoke` and maps its `Outcome`; none
of them validates, times or catches anything itself, so they cannot differ.

A tool runs in a thread, which cannot be stopped: when the caller leaves or the time runs
out, its deadline is cancelled, the tool stops at its next check, and work in killable
processes is killed. The caller has its answer by then.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import logging
import time
from collections.abc import Callable, Mapping
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel

from hrm_engine.deadline import Deadline
from hrm_engine.errors import DeadlineError, ExpressionError, HRMError, TaskError
from hrm_tools.errors import BusyError, ToolError
from hrm_tools.progress import SteadyProgress
from hrm_tools.spec import (
    AnyTool,
    Context,
    InThisProcess,
    Isolated,
    Kind,
    Outcome,
    Progress,
    Share,
    alone,
    ignore_progress,
)
from hrm_tools.validate import InvalidArgumentsError, validate

GRACE_S = 0.5
"""How long a tool may take to notice that its time is up before the caller is answered."""
HEARTBEAT_S = 4.0
"""How long a tool may say nothing before its caller is told that it still works."""
MAX_ANSWER = 200_000
"""Characters of JSON that an answer may take."""

log = logging.getLogger(__name__)
Result = TypeVar("Result")


class Submit(Protocol):
    """Start a function in a thread. Raises BusyError when too many wait already."""

    def __call__(self, function: Callable[[], Result], /) -> concurrent.futures.Future[Result]:
        """The future of the function's result."""
        ...


def submit_to_new_thread(function: Callable[[], Result], /) -> concurrent.futures.Future[Result]:
    """Run `function` in a thread of its own, without limit; servers use a bounded lane."""
    executor = concurrent.futures.ThreadPoolExecutor(1, thread_name_prefix="tool")
    future = executor.submit(function)
    executor.shutdown(wait=False)
    return future


class Observe(Protocol):
    """Is told of every call that has ended. Must be quick, and must not raise."""

    def __call__(
        self, spec: AnyTool, outcome: Outcome, seconds: float, arguments: Mapping[str, Any], /
    ) -> None:
        """Take note of one call."""
        ...


def ignore_call(
    spec: AnyTool, outcome: Outcome, seconds: float, arguments: Mapping[str, Any], /
) -> None:
    """Where nobody takes note."""


@dataclass(frozen=True)
class Host:
    """What the caller of a tool lends it: threads, killable processes, a way to tell progress."""

    submit: Submit = submit_to_new_thread
    isolate: Callable[[Deadline], Isolated] = InThisProcess
    progress: Progress = ignore_progress
    deadline: Deadline | None = None
    observe: Observe = ignore_call
    share: Share = alone
    heartbeat_s: float = HEARTBEAT_S


async def invoke(spec: AnyTool, arguments: Mapping[str, Any], host: Host | None = None) -> Outcome:
    """Call a tool and say how it ended. Raises only asyncio.CancelledError (the caller left)."""
    start = time.perf_counter()
    host = host or Host()
    deadline = Deadline.after(_seconds(spec, host))
    try:
        output = await _run(spec, validate(spec, arguments), host, deadline)
        outcome = _answer(spec, output)
    except asyncio.CancelledError:
        log.info("%s: the caller left after %.0f ms", spec.name, _ms_since(start))
        left = Outcome("cancelled", "the caller left")
        host.observe(spec, left, time.perf_counter() - start, arguments)
        raise
    except Exception as error:  # noqa: BLE001 - the edge: whatever a tool raises becomes an outcome
        outcome = _outcome_of(error, spec)
    finally:
        deadline.cancel()
    log.info("%s: %s in %.0f ms", spec.name, outcome.kind, _ms_since(start))
    host.observe(spec, outcome, time.perf_counter() - start, arguments)
    return outcome


def _seconds(spec: AnyTool, host: Host) -> float:
    allowed = host.deadline.remaining() if host.deadline else spec.timeout_s
    return min(spec.timeout_s, allowed)


async def _run(spec: AnyTool, checked: BaseModel, host: Host, deadline: Deadline) -> BaseModel:
    """The tool's output, waited for no longer than the deadline and a moment of grace."""
    progress = SteadyProgress(host.progress)
    context = Context(deadline, progress, host.isolate(deadline), host.share)

    def work() -> BaseModel:
        deadline.check()  # it may have waited for its turn
        output: BaseModel = spec.run(checked, context)
        return output

    request = copy_context()  # the thread's log lines belong to the same request
    future = asyncio.wrap_future(host.submit(lambda: request.run(work)))
    try:
        if not await _ended(future, deadline.remaining() + GRACE_S, progress, host.heartbeat_s):
            raise DeadlineError(f"no answer within {spec.timeout_s:g} s", hint="ask for less")
        if future.cancelled():
            raise _StoppedError("the server is shutting down", hint="ask again later")
        return future.result()
    finally:
        progress.close()
        future.cancel()  # forget a tool that is still running; a queued one never starts


async def _ended(
    future: asyncio.Future[BaseModel], seconds: float, progress: SteadyProgress, beat_s: float
) -> bool:
    """Whether the tool ends within so many seconds; meanwhile its caller hears that it works."""
    end = time.monotonic() + seconds
    while not future.done() and (left := end - time.monotonic()) > 0:
        pause = beat_s - progress.silence
        if pause <= 0:
            progress.beat()
            pause = beat_s
        await asyncio.wait((future,), timeout=min(left, pause))
    return future.done()


class _StoppedError(ToolError):
    """The call was dropped before it ran."""


def _answer(spec: AnyTool, output: BaseModel) -> Outcome:
    """The outcome of a tool that returned."""
    if not isinstance(output, spec.output):
        raise TypeError(f"returned {type(output).__name__}, not {spec.output.__name__}")
    data = output.model_dump(mode="json")
    text = output.model_dump_json()
    if len(text) > MAX_ANSWER:
        raise ToolError(f"the answer takes {len(text):,} characters, more than can be sent")
    return Outcome("ok", text, data)


_KINDS: tuple[tuple[type[Exception], Kind], ...] = (
    (InvalidArgumentsError, "invalid"),
    (ExpressionError, "invalid"),
    (TaskError, "invalid"),
    (DeadlineError, "timeout"),
    (BusyError, "busy"),
    (_StoppedError, "cancelled"),
    (HRMError, "failed"),
)


def _outcome_of(error: Exception, spec: AnyTool) -> Outcome:
    """What the caller is told of an error: our own in full, any other without its details."""
    kind = next((kind for cls, kind in _KINDS if isinstance(error, cls)), None)
    if kind is None:
        log.error("%s: unexpected error", spec.name, exc_info=error)
        return Outcome("failed", f"{spec.name} met an unexpected error; the server logged it")
    return Outcome(kind, _fit(error))


def _fit(error: Exception) -> str:
    """The error's text, line by line fit to be sent."""
    return str(error).encode("utf-8", "replace").decode("utf-8")[:2000]


def _ms_since(start: float) -> float:
    return 1e3 * (time.perf_counter() - start)
