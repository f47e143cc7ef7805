"""How long a piece of work may still take, handed down from the front door to the inner loop.

A thread cannot be stopped from outside, so long work asks: loops call `check()`, waits use
`remaining()`. Whoever started the work can end it early with `cancel()`, from any thread
(the client has left, the server shuts down).
"""

from __future__ import annotations

import math
import time

from hrm_engine.errors import DeadlineError


class Deadline:
    """A moment on the monotonic clock; safe to share between threads."""

    def __init__(self, moment: float, seconds: float, parent: Deadline | None = None) -> None:
        self._moment = moment
        self._seconds = seconds
        self._parent = parent
        self._cancelled = False

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """The moment `seconds` from now; `math.inf` for never."""
        return cls(time.monotonic() + seconds, seconds)

    @classmethod
    def never(cls) -> Deadline:
        """A deadline that only `cancel` can end."""
        return cls.after(math.inf)

    def within(self, seconds: float) -> Deadline:
        """A part of this time, at most `seconds` from now; ends with it, also when cancelled."""
        return Deadline(min(self._moment, time.monotonic() + seconds), seconds, self)

    def remaining(self) -> float:
        """Seconds left; 0 when the time has run out or the work was cancelled."""
        return 0.0 if self.cancelled else max(0.0, self._moment - time.monotonic())

    @property
    def cancelled(self) -> bool:
        """Whether the work was ended early, this part of it or the whole."""
        return self._cancelled or (self._parent is not None and self._parent.cancelled)

    def cancel(self) -> None:
        """Let the time run out now."""
        self._cancelled = True

    def check(self) -> None:
        """Raise DeadlineError when no time is left."""
        if self.cancelled:
            raise DeadlineError("the work was cancelled")
        if self.remaining() == 0.0:
            raise DeadlineError(
                f"the time allowed ({self._seconds:g} s) has run out",
                hint="ask for something smaller, or allow more time",
            )
