"""The calls that run now, so that a server can stop without dropping them.

    drain(seconds) ──► new calls are refused ──► wait for those that run ──► cancel what is left

A call that is cancelled here still gets an answer, which says that the server shuts down.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any

from hrm_tools.spec import Outcome

SHUTTING_DOWN = Outcome(
    "cancelled", "the server is shutting down\n  hint: send the same call again in a moment"
)
LAST_WORDS_S = 2.0
"""How long calls that were cancelled may take to say so."""


class RunningCalls:
    """The calls of one service. `drain` is called from another thread than the calls run in."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._tasks: set[asyncio.Task[Outcome]] = set()
        self._draining = False
        self._stopped = False

    @property
    def draining(self) -> bool:
        """Whether new calls are refused."""
        return self._draining

    def __len__(self) -> int:
        """How many run or wait for their turn."""
        return len(self._tasks)

    async def run(self, call: Coroutine[Any, Any, Outcome]) -> Outcome:
        """The outcome of `call`; `SHUTTING_DOWN` for one that is refused or stopped."""
        with self._changed:
            if self._draining:
                call.close()
                return SHUTTING_DOWN
            task = asyncio.ensure_future(call)
            self._tasks.add(task)
        try:
            return await task
        except asyncio.CancelledError:
            if self._stopped and task.cancelled():
                return SHUTTING_DOWN
            raise
        finally:
            with self._changed:
                self._tasks.discard(task)
                self._changed.notify_all()

    def drain(self, seconds: float) -> bool:
        """Refuse new calls and wait for those that run; whether all of them ended by themselves."""
        with self._changed:
            self._draining = True
            if self._changed.wait_for(lambda: not self._tasks, seconds):
                return True
            self._stopped = True
            for task in self._tasks:
                task.get_loop().call_soon_threadsafe(task.cancel)
            self._changed.wait_for(lambda: not self._tasks, LAST_WORDS_S)
            return False
