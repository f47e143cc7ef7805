"""The tools of this process with what their calls need: threads, workers, limits.

One `Service` stands behind every front door. It holds no state of any caller.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from typing import Any, Self

from hrm_coprocessor.guard.limits import Lane
from hrm_coprocessor.settings import ServeSettings
from hrm_coprocessor.watch import logs
from hrm_coprocessor.watch.audit import Audit
from hrm_coprocessor.work.batching import Batching, BatchLimits
from hrm_coprocessor.work.running import SHUTTING_DOWN, RunningCalls
from hrm_coprocessor.work.workers import PoolLimits, WorkerPool
from hrm_engine.deadline import Deadline
from hrm_tools.errors import UnknownToolError
from hrm_tools.executors import room_mb
from hrm_tools.invoke import Host, Observe, invoke
from hrm_tools.spec import AnyTool, Outcome, Progress, alone, ignore_progress

START_S = 60.0
"""How long the workers may take to start."""

log = logging.getLogger(__name__)


class Service:
    """Calls tools by name. Use it as a context manager, or call `close`."""

    def __init__(self, settings: ServeSettings, tools: Sequence[AnyTool]) -> None:
        self.settings = settings
        self.tools = {tool.name: tool for tool in tools}
        self.running = RunningCalls()
        self._observers: list[Observe] = []
        if settings.audit:
            self.watch(Audit(settings.audit_arguments))
        self._warm = False
        self.batching = Batching(BatchLimits(settings.batch_rows, settings.batch_queue))
        self._lane = Lane(settings.concurrency, settings.queue)
        preload = dict.fromkeys(module for tool in tools for module in tool.preload)
        # The lane bounds the calls; one that has a thread may wait for a worker.
        waiting = settings.concurrency + settings.queue
        memory_mb = settings.worker_memory_mb + room_mb()
        limits = PoolLimits(settings.workers, waiting, memory_mb, settings.worker_calls)
        self.workers = WorkerPool(limits, preload, logs.of(settings).environment())

    def find(self, name: str) -> AnyTool:
        """The tool called `name`. Raises UnknownToolError."""
        if name not in self.tools:
            raise UnknownToolError(name, self.tools)
        return self.tools[name]

    async def call(
        self, name: str, arguments: Mapping[str, Any], progress: Progress = ignore_progress
    ) -> Outcome:
        """Call a tool and say how it ended. Raises UnknownToolError."""
        return await self.invoke(self.find(name), arguments, progress)

    async def invoke(
        self, spec: AnyTool, arguments: Mapping[str, Any], progress: Progress = ignore_progress
    ) -> Outcome:
        """Call a tool with this service's threads and workers."""
        logs.tool.set(spec.name)
        logs.request_id.set(logs.request_id.get() or logs.new_request_id())
        if self.running.draining:
            self._observe(spec, SHUTTING_DOWN, 0.0, arguments)
            return SHUTTING_DOWN
        host = Host(
            self._lane.submit,
            self.workers.isolated,
            progress,
            observe=self._observe,
            share=self.batching.shared if self.settings.batching else alone,
        )
        return await self.running.run(invoke(spec, arguments, host))

    def watch(self, observer: Observe) -> None:
        """Tell `observer` of every call from now on."""
        self._observers.append(observer)

    def _observe(
        self, spec: AnyTool, outcome: Outcome, seconds: float, arguments: Mapping[str, Any]
    ) -> None:
        for observer in self._observers:
            observer(spec, outcome, seconds, arguments)

    @property
    def taken(self) -> int:
        """Calls that have a thread or wait for one; each until its thread has really ended."""
        return self._lane.taken

    @property
    def waiting(self) -> int:
        """Calls that have no thread yet."""
        return max(0, self._lane.taken - self.settings.concurrency)

    @property
    def missing(self) -> tuple[str, ...]:
        """Why calls should not be sent here now; nothing when the service is ready."""
        found = []
        if not self._warm:
            found.append("models and workers are starting")
        elif self.workers.alive < self.settings.workers:
            found.append("a worker is being replaced")
        if self.running.draining:
            found.append("the server is shutting down")
        return tuple(found)

    def warm_up(self) -> None:
        """Start the workers and load the models, so that the first call does not wait."""
        self.workers.start()
        for tool in self.tools.values():
            if tool.warm_up is not None:
                start = time.perf_counter()
                tool.warm_up()
                log.info("%s is warm after %.1f s", tool.name, time.perf_counter() - start)
        self.workers.ready(Deadline.after(START_S))
        self._warm = True

    def close(self) -> None:
        """Stop the threads and kill the workers."""
        self._lane.close()
        self.batching.close()
        self.workers.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
