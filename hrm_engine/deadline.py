"""How much time is left: one object that a front door makes and every loop below asks.

Work that can take long (decoding, searching, training) calls `check` once a step, so a
caller's limit is honoured without threads or signals.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from hrm_engine.errors import DeadlineError


@dataclass(frozen=True)
class Deadline:
    """A moment on the monotonic clock after which work must stop.

    at: seconds on `clock`; infinity for never. clock: a monotonic clock in seconds, which
    a test may replace by a counter.
    """

    at: float
    clock: Callable[[], float] = time.monotonic

    @classmethod
    def after(cls, seconds: float, clock: Callable[[], float] = time.monotonic) -> Deadline:
        """The moment `seconds` from now."""
        return cls(clock() + seconds, clock)

    @classmethod
    def never(cls) -> Deadline:
        """No limit."""
        return cls(math.inf)

    def remaining(self) -> float:
        """Seconds left; 0 once it has passed, infinity when there is no limit."""
        return max(0.0, self.at - self.clock())

    def check(self) -> None:
        """Return while there is time. Raises DeadlineError once there is none."""
        if self.clock() >= self.at:
            raise DeadlineError(
                "the time allowed has run out",
                hint="allow more time, or ask for a smaller problem",
            )
