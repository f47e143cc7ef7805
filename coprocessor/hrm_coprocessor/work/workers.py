"""Processes that can be killed, for work that cannot be trusted to end.

Symbolic mathematics can hang or swallow memory on a harmless-looking input, and a thread
cannot be stopped. So such work runs here: `pool.run(deadline, function, *args)` sends a
module-level function to a waiting process and kills it when the time is up.

    run ──► take a free worker ──► send ──► wait ──► reply: put it back
              │ none free: wait              └─ too late, or died: kill, start another
              └ too many wait: BusyError

Workers are fresh interpreters, not forks: the server holds a model and threads, which do
not survive a fork. They are started on first need, or all at once by `start`. POSIX only.
"""

from __future__ import annotations

import contextlib
import logging
import os
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing import Pipe
from typing import Any

from hrm_coprocessor.watch import logs
from hrm_engine.deadline import Deadline
from hrm_engine.errors import DeadlineError
from hrm_tools.errors import BusyError, WorkerError

POLL_S = 0.05
"""How often a waiting call looks whether its caller has left."""

SECRETS = ("HRM_TOKEN", "SENTRY_DSN")
"""Variables that a worker has no use for and should not hold."""

GOODBYE_S = 2.0
"""How long an idle process may take to end by itself."""

log = logging.getLogger(__name__)


class Worker:
    """One process and the pipe to it."""

    def __init__(
        self,
        memory_mb: int,
        preload: Iterable[str] = (),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._pipe, theirs = Pipe()
        program = [sys.executable, "-P", "-m", "hrm_coprocessor.work.worker_process"]
        self._process = subprocess.Popen(
            [*program, str(theirs.fileno()), str(memory_mb), *preload],
            pass_fds=[theirs.fileno()],
            env={
                **{name: text for name, text in os.environ.items() if name not in SECRETS},
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
                **(environment or {}),
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # stdout may carry a protocol
            start_new_session=True,  # Ctrl-C in the terminal is for the server
        )
        theirs.close()
        self.calls = 0

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def call(self, deadline: Deadline, function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        """The function's result.

        Raises DeadlineError or WorkerError, after which this worker must be killed, or what
        the function raised.
        """
        self.calls += 1
        try:
            seconds = min(deadline.remaining(), 3600.0)
            self._pipe.send((seconds, function, args, logs.current()))
            while not self._pipe.poll(min(POLL_S, deadline.remaining())):
                deadline.check()
            done, value = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise _DeadWorkerError(self._epitaph()) from error
        if not done:
            raise value
        return value

    def _epitaph(self) -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(GOODBYE_S)
        return f"the process that did the work died (exit code {self._process.returncode})"

    def stop(self) -> None:
        """Let an idle process end by itself; kill it if it does not."""
        self._pipe.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(GOODBYE_S)
        self.kill()

    def kill(self) -> None:
        """End the process at once and take its exit status, so that no zombie stays."""
        self._process.kill()
        self._process.wait()
        self._pipe.close()


class _DeadWorkerError(WorkerError):
    """The process is gone."""


class _State:
    """What the pool and its finalizer share."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.idle: list[Worker] = []
        self.all: set[Worker] = set()
        self.waiting = 0
        self.replaced = 0
        self.closed = False

    def close(self) -> None:
        with self.changed:
            self.closed = True
            idle, busy = self.idle, self.all.difference(self.idle)
            self.idle, self.all = [], set()
            self.changed.notify_all()
        for worker in busy:
            worker.kill()
        for worker in idle:
            worker.stop()


@dataclass(frozen=True)
class PoolLimits:
    """size: processes; queue: calls that may wait for one; memory_mb: address space of one.

    calls: after so many a process gives way to a fresh one, which bounds what native
    libraries leak (the symbolic proof: 3 KB a call, none of it Python's).
    """

    size: int = 2
    queue: int = 32
    memory_mb: int = 1024
    calls: int = 2000


class WorkerPool:
    """A few killable processes, shared by all threads of the server."""

    def __init__(
        self,
        limits: PoolLimits | None = None,
        preload: Iterable[str] = (),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._limits = limits or PoolLimits()
        self._preload = tuple(preload)
        self._environment = environment
        self._state = _State()
        self._finalizer = weakref.finalize(self, self._state.close)  # also at interpreter exit

    def start(self) -> None:
        """Start all processes now; they import what they need while the server goes on."""
        with self._state.changed:
            while len(self._state.all) < self._limits.size:
                self._state.idle.append(self._new())

    def run(self, deadline: Deadline, function: Callable[..., Any], /, *args: Any) -> Any:
        """The result of a module-level function, called in a process of its own.

        Raises DeadlineError when the time runs out (the process is killed), WorkerError when
        it dies or needs too much memory, BusyError, and what the function raises.
        """
        with self._lease(deadline) as worker:
            return worker.call(deadline, function, args)

    def ready(self, deadline: Deadline) -> None:
        """Wait until all processes have started and imported what they need."""
        with ExitStack() as leases:
            workers = [leases.enter_context(self._lease(deadline)) for _ in self.pids]
            for worker in workers:
                worker.call(deadline, os.getpid, ())

    def isolated(self, deadline: Deadline) -> Callable[..., Any]:
        """`isolated(function, *args)` with this deadline, as tools call it."""

        def isolated(function: Callable[..., Any], *args: Any) -> Any:
            return self.run(deadline, function, *args)

        return isolated

    def patient(self, seconds: float) -> Callable[..., Any]:
        """`isolated(function, *args)` with a deadline of its own for each call."""

        def isolated(function: Callable[..., Any], *args: Any) -> Any:
            return self.run(Deadline.after(seconds), function, *args)

        return isolated

    @property
    def pids(self) -> list[int]:
        """The ids of the processes that there are now."""
        return [worker.pid for worker in self._state.all]

    @property
    def idle(self) -> int:
        """How many processes wait for work."""
        return len(self._state.idle)

    @property
    def alive(self) -> int:
        """How many processes there are now."""
        return len(self._state.all)

    @property
    def replaced(self) -> int:
        """How many processes were killed or died, and were replaced, so far."""
        return self._state.replaced

    def close(self) -> None:
        """Kill all processes. Calls that run get a WorkerError."""
        self._finalizer()

    def _new(self) -> Worker:
        worker = Worker(self._limits.memory_mb, self._preload, self._environment)
        self._state.all.add(worker)
        return worker

    def _take(self, deadline: Deadline) -> Worker:
        """A free worker, waiting in turn if need be."""
        state = self._state
        with state.changed:
            while not state.closed:
                deadline.check()
                self._replace_dead()
                if state.idle:
                    return state.idle.pop()
                if len(state.all) < self._limits.size:
                    return self._new()
                if state.waiting >= self._limits.queue:
                    raise BusyError("all workers are busy", hint="send the same call again soon")
                state.waiting += 1
                try:
                    state.changed.wait(min(POLL_S, deadline.remaining()))
                finally:
                    state.waiting -= 1
        raise WorkerError("the workers are shut down")

    def _replace_dead(self) -> None:
        """Replace the processes that died while they waited, so that no call meets one."""
        for worker in [worker for worker in self._state.idle if not worker.alive]:
            log.warning("worker %d died while it waited; it is replaced", worker.pid)
            worker.kill()
            self._state.idle.remove(worker)
            self._replace(worker)
            self._state.replaced += 1

    def _replace(self, worker: Worker) -> None:
        """Let another take the place of a process that is gone."""
        self._state.all.discard(worker)
        if not self._state.closed:
            self._state.idle.insert(0, self._new())  # taken last: it has its imports to do

    @contextmanager
    def _lease(self, deadline: Deadline) -> Iterator[Worker]:
        """A worker for one call; a broken one is replaced afterwards."""
        worker = self._take(deadline)
        healthy = False
        try:
            yield worker
            healthy = True
        except MemoryError as error:
            problem = f"the work needs more than {self._limits.memory_mb} MiB of memory"
            raise WorkerError(problem, hint="ask for something smaller") from error
        except (DeadlineError, _DeadWorkerError) as error:
            log.warning("worker %d is replaced: %s", worker.pid, error)
            raise
        except Exception:
            healthy = True  # the function's own error
            raise
        finally:
            self._give_back(worker, healthy=healthy)

    def _give_back(self, worker: Worker, *, healthy: bool) -> None:
        """Put a worker back; kill a broken or worn one and start another in its place."""
        state = self._state
        fit = healthy and worker.calls < self._limits.calls
        if not fit:
            worker.kill()
        with state.changed:
            if not fit:
                self._replace(worker)
                state.replaced += not healthy
            elif not state.closed:
                state.idle.append(worker)
            state.changed.notify()
