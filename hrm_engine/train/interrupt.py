"""Ctrl-C (or SIGTERM) once: finish the step, save, leave. Twice: leave at once.

Under torchrun every Ctrl-C comes twice, from the terminal and from torchrun: there a second
one changes nothing (torchrun itself kills what has not left after half a minute).
"""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Self


class Interrupt:
    """`asked` becomes true when the user wants the run to stop; use in a `with` block."""

    def __init__(self, patient: bool = False) -> None:
        """patient: do not leave at once, however often asked."""
        self.asked, self.patient = False, patient
        # Python delivers signals to the main thread alone; elsewhere nothing can be caught.
        main = threading.current_thread() is threading.main_thread()
        self._signals = (signal.SIGINT, signal.SIGTERM) if main else ()
        self._before = {number: signal.getsignal(number) for number in self._signals}

    def __enter__(self) -> Self:
        """Catch the signals."""
        for number in self._signals:
            signal.signal(number, self._ask)
        return self

    def __exit__(self, *_: object) -> None:
        """Let the signals go their old ways."""
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        if self.asked and not self.patient:
            raise KeyboardInterrupt
        self.asked = True
