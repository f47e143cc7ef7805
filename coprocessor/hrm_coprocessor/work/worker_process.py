"""The program that runs in a killable worker: take a call, do it within limits, send the result.

Started by `workers.py` as a fresh interpreter (`python -m hrm_coprocessor.work.worker_process`),
so it shares nothing with the server: no model, no threads, no locks. It must stay small,
and never imports torch by itself. Its limits protect the machine when a call goes wrong;
the wall-clock limit is the parent's, which kills it.
"""

from __future__ import annotations

import contextlib
import logging
import os
import resource
import select
import sys
import threading
import time
import traceback
from copy import copy
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any

from hrm_coprocessor.watch import logs
from hrm_tools.errors import WorkerError

log = logging.getLogger("hrm_coprocessor.work.worker_process")  # run as __main__

Reply = tuple[bool, Any]
"""(True, result) or (False, exception)."""


def main(arguments: list[str]) -> None:
    """Serve calls from the pipe `arguments[0]` until it closes."""
    descriptor, memory_mb, *preload = arguments
    logs.set_up_from(os.environ)
    _end_with_parent()
    connection = Connection(int(descriptor))
    for name in preload:
        with contextlib.suppress(ImportError):  # the call that needs it will say so
            import_module(name)
    set_limit(resource.RLIMIT_CORE, 0)
    set_limit(resource.RLIMIT_AS, int(memory_mb) * 2**20)
    with contextlib.suppress(EOFError, OSError):  # the parent has gone
        while True:
            _serve(connection)


def _end_with_parent() -> None:
    """Let this process end when its parent does, however it ended, and in the middle of a call."""
    with contextlib.suppress(AttributeError, OSError):  # not Linux: the limits end an orphan
        parent = os.pidfd_open(os.getppid())

        def follow() -> None:
            select.select([parent], [], [])
            os._exit(1)

        threading.Thread(target=follow, daemon=True).start()


def _serve(connection: Connection) -> None:
    """Do one call."""
    seconds, function, arguments, request = connection.recv()
    logs.adopt(request)
    start = time.perf_counter()
    used = resource.getrusage(resource.RUSAGE_SELF)
    # An orphan whose parent was killed still ends by itself.
    # It counts the CPU time of all threads, and a language model takes all cores.
    most = seconds * (os.cpu_count() or 1)
    set_limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + most) + 2)
    reply = _call(function, arguments)
    passed = 1e3 * (time.perf_counter() - start)
    ended = "done" if reply[0] else type(reply[1]).__name__
    log.info("%s: %s in %.0f ms", getattr(function, "__name__", "work"), ended, passed)
    try:
        connection.send(reply)
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - results of any type fail to be sent in many ways
        connection.send((False, WorkerError(f"the result cannot be sent: {error}")))
    if isinstance(reply[1], MemoryError):
        raise EOFError  # memory may be in pieces: let a fresh process take over


def _call(function: Any, arguments: tuple[Any, ...]) -> Reply:
    try:
        return True, function(*arguments)
    except MemoryError as error:
        return False, error
    except BaseException as error:  # noqa: BLE001 - also SystemExit: the caller is to know
        return False, _sendable(error)


def _sendable(error: BaseException) -> BaseException:
    """The error itself if it survives the pipe, else one that describes it."""
    error.add_note("".join(traceback.format_exception(error)))  # where it happened over there
    error.__traceback__ = None
    if isinstance(error, Exception):
        with contextlib.suppress(Exception):  # not every exception can be rebuilt from its parts
            return copy(error)
    described = f"{type(error).__name__}: {error}"
    return WorkerError(f"the work ended with {described[:500]}")


def set_limit(kind: int, value: int) -> None:
    """Set a soft limit; a system that does not know it goes without."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(kind, (value, resource.getrlimit(kind)[1]))


if __name__ == "__main__":
    main(sys.argv[1:])
