"""Connections that cost too much are closed: too slow, too many, never read.

uvicorn waits for ever for the rest of a request's head, so a few hundred clients that send a
byte a minute would hold every connection ("slow loris"). `guarded` wraps its HTTP protocol:

    too many connections, in all or from one address     closed at once
    no whole head within `read_timeout_s`                closed
    the rest of a refused body, dribbling                closed
    an answer that the client does not read              closed

A body that comes too slowly is answered with 408 by `limits.BodyLimit`.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any, cast

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from hrm_coprocessor.guard.limits import MAX_HEAD_BYTES
from hrm_coprocessor.settings import ServeSettings

PATIENCE = 3
"""How often `read_timeout_s` an answer may wait for its client to read on."""

log = logging.getLogger(__name__)


def uvicorn_options(settings: ServeSettings) -> dict[str, Any]:
    """The arguments of `uvicorn.Config` that hold clients to these limits."""

    class Guarded(Guard):
        """The guard with this server's limits: uvicorn makes one for each connection."""

        def __init__(self, **options: Any) -> None:
            super().__init__(H11Protocol(**options), settings)

    return {"http": Guarded, "ws": "none", "h11_max_incomplete_event_size": MAX_HEAD_BYTES}


class Guard(asyncio.Protocol):
    """One connection: passes all events on to uvicorn's protocol, and keeps the time."""

    def __init__(self, inner: H11Protocol, settings: ServeSettings) -> None:
        self._inner = inner
        self._settings = settings
        self._timer: asyncio.TimerHandle | None = None
        self._write_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Refuse one connection too many; else start to wait for the first head."""
        self._inner.connection_made(cast(asyncio.Transport, transport))
        if reason := self._one_too_many():
            self._drop(reason)
        else:
            self._watch()

    def _one_too_many(self) -> str | None:
        """Which limit on connections this one is over."""
        every = [one for one in self._inner.connections if isinstance(one, H11Protocol)]
        if len(every) > self._settings.max_connections:
            return "too many connections"
        own = [one for one in every if _address(one) == _address(self._inner)]
        return "too many from its address" if len(own) > self._settings.max_per_address else None

    def data_received(self, data: bytes) -> None:
        """Pass bytes on; then see whether a head or the rest of a body is still missing."""
        self._inner.data_received(data)
        self._watch()

    def _watch(self) -> None:
        """Keep the timer while the client owes bytes; more bytes do not wind it up again."""
        if not self._waiting():
            _cancel(self._timer)
            self._timer = None
        elif self._timer is None:
            seconds = self._settings.read_timeout_s
            self._timer = self._inner.loop.call_later(seconds, self._drop, "request too slow")

    def _waiting(self) -> bool:
        """Whether the client owes the end of a head, or of a body that nobody reads any more."""
        state: object = self._inner.conn.their_state
        if state is h11.SEND_BODY:
            return self._inner.cycle.response_complete
        return state is h11.IDLE

    def _drop(self, reason: str) -> None:
        """Close the connection at once."""
        log.info("connection from %s closed: %s", _address(self._inner), reason)
        self._inner.transport.abort()

    def pause_writing(self) -> None:
        """The client does not read: wait for it, but not for ever."""
        self._inner.pause_writing()
        seconds = PATIENCE * self._settings.read_timeout_s
        self._write_timer = self._inner.loop.call_later(seconds, self._drop, "answer not read")

    def resume_writing(self) -> None:
        """The client reads again."""
        _cancel(self._write_timer)
        self._inner.resume_writing()

    def eof_received(self) -> None:
        """The client has sent all it will send."""
        self._inner.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is closed, by whichever side."""
        _cancel(self._timer)
        _cancel(self._write_timer)
        self._inner.connection_lost(exc)


def _address(protocol: H11Protocol) -> str:
    return protocol.client[0] if protocol.client else "?"


def _cancel(timer: asyncio.TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()
