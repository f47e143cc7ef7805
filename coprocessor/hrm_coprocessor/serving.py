"""One server process from its start to its end, without dropping calls.

    start ──► answer /healthz ──► load models, start workers ──► ready ──► SIGTERM or Ctrl-C
                                                                              │
              exit code 0 ◄── close ◄── cancel what is left ◄── drain ◄───────┘

While it drains, /readyz says 503, new calls are refused and those that run may finish. A
second signal ends it at once. The HTTP server runs in a thread; this one waits for signals.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Self

import uvicorn

from hrm_coprocessor.guard.limits import Lane
from hrm_coprocessor.service import Service
from hrm_engine.errors import HRMError

STREAMS_S = 2
"""How long a connection may stay open once all calls are done: some clients hold one for ever."""
STUCK_S = 1.0
"""How long the thread of a call may take to notice that it was cancelled."""
ENDED = 0
"""Stands for a signal when the HTTP server ended by itself."""

log = logging.getLogger(__name__)


class _StopNowError(KeyboardInterrupt):
    """A signal came before the server was ready, or a second one."""


class _Stop:
    """SIGINT and SIGTERM while in use: the first ends `wait`, one more ends everything at once."""

    def __init__(self) -> None:
        self.patient = False
        self._queue: SimpleQueue[int] = SimpleQueue()  # the one queue that a handler may use

    def __enter__(self) -> Self:
        self._before = {n: signal.signal(n, self._handle) for n in (signal.SIGINT, signal.SIGTERM)}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _handle(self, number: int, _: object) -> None:
        if not self.patient:
            raise _StopNowError
        self.patient = False
        self.put(number)

    def put(self, number: int) -> None:
        """End `wait`."""
        self._queue.put(number)

    def wait(self) -> int:
        """The signal that came, or ENDED."""
        return self._queue.get()


def serve(
    server: uvicorn.Server, service: Service, listener: socket.socket, ready: Callable[[], None]
) -> None:
    """Serve until SIGINT or SIGTERM. ready: called once models are loaded and workers started.

    Raises HRMError when the HTTP server ends by itself, and what loading the models raises.
    """
    with contextlib.suppress(_StopNowError), _Stop() as stop:
        listener.listen(128)  # whoever connects from now on is answered in a moment
        thread = threading.Thread(target=_run, args=(server, listener, stop), name="http")
        thread.start()
        try:
            service.warm_up()
            stop.patient = True
            ready()
            if stop.wait() == ENDED:
                raise HRMError("the HTTP server ended by itself", hint="the log says why")
            service.running.drain(service.settings.drain_s)
        finally:
            server.should_exit = True
            thread.join()


def leave_stuck_calls() -> None:
    """End the program here and now if a tool's thread ignores that its time is up.

    Nothing else could end it: the interpreter waits for its threads before it exits.
    """
    threads = [thread for thread in threading.enumerate() if thread.name.startswith(Lane.THREADS)]
    for thread in threads:
        thread.join(STUCK_S)
    if stuck := sum(thread.is_alive() for thread in threads):
        log.warning("%d calls do not stop; the program ends without them", stuck)
        logging.shutdown()
        os._exit(0)


def _run(server: uvicorn.Server, listener: socket.socket, stop: _Stop) -> None:
    """The HTTP server's thread."""
    try:
        with contextlib.suppress(SystemExit):  # it could not start, and has logged why
            server.run(sockets=[listener])
    finally:
        stop.put(ENDED)
