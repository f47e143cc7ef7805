"""The tools of this process with what their calls need: threads, workers, limits.

One `Service` stands behind every front door. It holds no state of any caller.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from hrm_coprocessor.limits import Lane
from hrm_coprocessor.settings import ServeSettings
from hrm_coprocessor.workers import PoolLimits, WorkerPool
from hrm_engine.deadline import Deadline
from hrm_tools.errors import UnknownToolError
from hrm_tools.invoke import Host, invoke
from hrm_tools.spec import AnyTool, Outcome, Progress, ignore_progress

START_S = 60.0
"""How long the workers may take to start."""

log = logging.getLogger(__name__)


class Service:
    """Calls tools by name. Use it as a context manager, or call `close`."""

    def __init__(self, settings: ServeSettings, tools: Sequence[AnyTool]) -> None:
        self.settings = settings
        self.tools = {tool.name: tool for tool in tools}
        self._lane = Lane(settings.concurrency, settings.queue)
        preload = dict.fromkeys(module for tool in tools for module in tool.preload)
        limits = PoolLimits(settings.workers, settings.queue, settings.worker_memory_mb)
        self.workers = WorkerPool(limits, preload)

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
        host = Host(self._lane.submit, self.workers.isolated, progress)
        return await invoke(spec, arguments, host)

    def warm_up(self) -> None:
        """Start the workers and load the models, so that the first call does not wait."""
        self.workers.start()
        for tool in self.tools.values():
            if tool.warm_up is not None:
                start = time.perf_counter()
                tool.warm_up()
                log.info("%s is warm after %.1f s", tool.name, time.perf_counter() - start)
        self.workers.ready(Deadline.after(START_S))

    def close(self) -> None:
        """Stop the threads and kill the workers."""
        self._lane.close()
        self.workers.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
