"""The one sandbox of this process, for all that judges code in it."""

from __future__ import annotations

import atexit
import threading
from functools import lru_cache

from hrm_engine.evaluation.sandbox import Sandbox

_lock = threading.Lock()


def shared_sandbox() -> Sandbox:
    """The sandbox, started at the first call and closed when the process ends.

    Its fork server hears when this process is killed, and ends then. Raises SandboxError where
    the system offers none.
    """
    with _lock:
        return _start()


@lru_cache(maxsize=1)
def _start() -> Sandbox:
    sandbox = Sandbox()
    atexit.register(sandbox.close)
    return sandbox
