"""Progress as callers may rely on it: it only grows, is never silent for long, and ends in time.

A tool says how far it is when it knows. `SteadyProgress` stands between it and the caller: a
number that does not grow is moved a little towards the total, `beat` says that the work goes
on when the tool has said nothing, and after `close` nothing is said any more, not even by a
tool that its caller no longer waits for. MCP asks for all three.
"""

from __future__ import annotations

import threading
import time

from hrm_tools.spec import Progress

CREEP = 0.05
"""The share of what is left by which a report without news moves on; so it never arrives."""


class SteadyProgress:
    """Call it as a tool calls `context.progress`, from any thread."""

    def __init__(self, tell: Progress) -> None:
        self._tell = tell
        self._lock = threading.Lock()
        self._open = True
        self._start = self._last = time.monotonic()
        self._done, self._total = -1.0, 1.0

    def __call__(self, done: float, total: float, message: str) -> None:
        """Report `done` of `total`, or a little more than last time if that was as much."""
        with self._lock:
            if done <= self._done:
                done = self._done + CREEP * (total - self._done)
            if not self._open or done <= self._done:
                return
            self._done, self._total = done, total
            self._last = time.monotonic()
            self._tell(done, total, message)

    @property
    def silence(self) -> float:
        """Seconds since the last report, or since the start."""
        return time.monotonic() - self._last

    def beat(self) -> None:
        """Say that the work goes on. A tool that reported all as done is not spoken for."""
        done, total = max(self._done, 0.0), self._total
        self(done, total, f"still working, {time.monotonic() - self._start:.0f} s")

    def close(self) -> None:
        """Say nothing from now on."""
        with self._lock:
            self._open = False
