"""One thread for each loaded network, in which all callers share one batch.

    caller's thread ──► bounded queue ──► batch thread: admit, advance, admit, ...
         ▲    └ full: BusyError              │ after each token or segment:
         └──────────── answer ◄──────────────┘ answered and abandoned rows leave

Two calls that run side by side cost little more than one, since a small network leaves most
of a processor's time to overhead; and however many callers there are, one thread computes.
A call that was cancelled or is late leaves after the token or segment that runs.

The batches are `hrm_engine.inference.batched_generate` and `batched_grid`; this file knows
only their contract, and no torch. Read `BatchThread`.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from hrm_engine.deadline import Deadline
from hrm_engine.errors import DeadlineError
from hrm_engine.inference.batched import Ask, Batch, Shareable
from hrm_tools.errors import BusyError, WorkerError

Question = TypeVar("Question")
Answer = TypeVar("Answer")
Solver = TypeVar("Solver")
Observer = Callable[[str, int], None]
"""Is told before each step: the network's name, and how many rows the step computes."""

log = logging.getLogger(__name__)


def ignore_step(name: str, rows: int) -> None:
    """Where nobody counts."""


@dataclass(frozen=True)
class BatchLimits:
    """rows: most questions in one batch; queue: how many more may wait for a place in it."""

    rows: int = 16
    queue: int = 96


@dataclass(eq=False)
class _Call(Generic[Question, Answer]):
    """One caller's question."""

    question: Question
    deadline: Deadline
    answer: Future[Answer] = field(default_factory=Future)

    def give_up(self) -> bool:
        """Whether nobody waits any more; then its caller is told why."""
        try:
            self.deadline.check()
        except DeadlineError as error:
            self.answer.set_exception(error)
            return True
        return False


class BatchThread(Generic[Question, Answer]):
    """Runs one batch for callers in other threads. The thread starts with the first question."""

    def __init__(
        self,
        name: str,
        make: Callable[[int], Batch[Question, Answer]],
        limits: BatchLimits,
        observer: Observer = ignore_step,
    ) -> None:
        """make: builds the batch for so many rows; called again when one broke."""
        self.name = name
        self._make, self._limits, self._observer = make, limits, observer
        self._batch = make(limits.rows)
        self._changed = threading.Condition()
        self._waiting: deque[_Call[Question, Answer]] = deque()
        self._running: dict[int, _Call[Question, Answer]] = {}
        self._count = 0
        self._closed = False
        self._thread: threading.Thread | None = None

    @property
    def queued(self) -> int:
        """Questions that wait for a place in the batch."""
        return len(self._waiting)

    @property
    def rows(self) -> int:
        """Rows in the batch now."""
        return self._batch.rows

    def ask(self, question: Question, deadline: Deadline) -> Answer:
        """The batch's answer; waits for it.

        Raises BusyError when too many wait already, DeadlineError one step after the deadline
        at the latest, WorkerError when the server shuts down, and what the batch raises.
        """
        call = _Call[Question, Answer](question, deadline)
        with self._changed:
            if self._closed:
                raise _shut_down()
            taken = len(self._running) + len(self._waiting)
            if taken >= self._limits.rows + self._limits.queue:
                raise BusyError(
                    f"{self.name} has {taken} questions before this one",
                    hint="send the same call again in a moment",
                )
            self._waiting.append(call)
            self._start()
            self._changed.notify()
        return call.answer.result()

    def close(self) -> None:
        """Tell all callers that it is over, and let the thread end with the step that runs."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _start(self) -> None:
        if self._thread is None:
            name = f"batch {self.name}"
            self._thread = threading.Thread(target=self._run, name=name, daemon=True)
            self._thread.start()

    def _run(self) -> None:
        """Step after step while there is something to do; wait while there is not."""
        try:
            while self._wait():
                try:
                    self._admit()
                    if self._running:
                        self._step()
                except Exception as error:
                    log.exception("the batch of %s broke; it is made anew", self.name)
                    self._end(error)
                    self._batch = self._make(self._limits.rows)
        finally:  # nobody may wait for a thread that is gone
            self._closed = True
            self._end(_shut_down())

    def _wait(self) -> bool:
        """Sleep until there is something to do; whether there is, and not the end."""
        with self._changed:
            while not (self._closed or self._waiting or self._running):
                self._changed.wait()
            return not self._closed

    def _admit(self) -> None:
        """Let those leave for whom nobody waits, and those in who wait for their places."""
        for number in [n for n, call in self._running.items() if call.give_up()]:
            del self._running[number]
            self._batch.drop(number)
        with self._changed:
            self._waiting = deque(call for call in self._waiting if not call.give_up())
            while self._waiting and self._batch.room > 0:
                self._count += 1
                call = self._running[self._count] = self._waiting.popleft()
                self._batch.admit(self._count, call.question)

    def _step(self) -> None:
        self._observer(self.name, self._batch.rows)
        for number, answer in self._batch.advance():
            self._running.pop(number).answer.set_result(answer)

    def _end(self, error: Exception) -> None:
        """Give the error to all callers whose questions are in the batch; at the end to all."""
        with self._changed:
            calls = [*self._running.values(), *(self._waiting if self._closed else ())]
            self._running.clear()
            if self._closed:
                self._waiting.clear()
        for call in calls:
            call.answer.set_exception(error)


def _shut_down() -> WorkerError:
    return WorkerError("the server is shutting down", hint="ask again later")


class Batching:
    """The batch threads of a server, one or more for each solver that its tools share."""

    def __init__(self, limits: BatchLimits | None = None, observer: Observer = ignore_step) -> None:
        """observer: may be set later, before the first call."""
        self.limits = limits or BatchLimits()
        self.observer = observer
        self.threads: list[BatchThread[Any, Any]] = []
        self._shared: dict[Any, Any] = {}
        self._lock = threading.Lock()

    def shared(self, solver: Solver) -> Solver:
        """`solver` in its batched form, made once; itself where it has none.

        It is kept as long as this object, so it is for solvers that are loaded once.
        """
        if not isinstance(solver, Shareable):
            return solver
        with self._lock:
            if solver not in self._shared:
                self._shared[solver] = solver.batched(self._lend)
            found: Solver = self._shared[solver]
            return found

    @property
    def queued(self) -> int:
        """Questions that wait for a place in any batch."""
        return sum(thread.queued for thread in self.threads)

    @property
    def rows(self) -> int:
        """Rows in all batches now."""
        return sum(thread.rows for thread in self.threads)

    def close(self) -> None:
        """End all threads; callers that wait are told."""
        with self._lock:
            for thread in self.threads:
                thread.close()

    def _lend(
        self, name: str, make: Callable[[int], Batch[Question, Answer]]
    ) -> Ask[Question, Answer]:
        def observe(name: str, rows: int) -> None:
            self.observer(name, rows)

        thread = BatchThread(name, make, self.limits, observe)
        self.threads.append(thread)
        return thread.ask
