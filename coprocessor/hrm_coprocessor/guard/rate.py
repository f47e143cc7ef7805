"""How much one caller may ask for: calls a minute, and calls open at once.

A caller is a token's name; where no token is demanded, the address that a request came from.
One caller that asks too much is told to wait (429, `Retry-After`), and the others are served.
"""

from __future__ import annotations

import math
from collections import Counter, OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

from pyrate_limiter import (
    AbstractClock,
    Duration,
    MonotonicClock,
    Rate,
    RateItem,
    StateBucket,
    TokenBucket,
)
from starlette.types import ASGIApp, Receive, Scope, Send

from hrm_coprocessor.problems import problem

MOST_CALLERS = 4096
"""Callers that are remembered; who has not called for longest is forgotten first."""
CALL_PATHS = ("/mcp", "/predict", "/generate", "/v1/tools/")


class RateError(Exception):
    """A caller asks too much; `wait_s` says when to come back, in seconds."""

    def __init__(self, reason: str, wait_s: float) -> None:
        self.wait_s = wait_s
        super().__init__(reason)


class Allowances:
    """What each caller has left. For one thread; zero means without limit."""

    def __init__(self, per_minute: int, at_once: int, clock: AbstractClock | None = None) -> None:
        self._per_minute = per_minute
        self._at_once = at_once
        self._clock = clock or MonotonicClock()
        self._buckets: OrderedDict[str, StateBucket] = OrderedDict()
        self._open: Counter[str] = Counter()

    @contextmanager
    def call(self, caller: str) -> Iterator[None]:
        """Hold one of the caller's places while the block runs. Raises RateError."""
        if self._at_once and self._open[caller] >= self._at_once:
            raise RateError(f"more than {self._at_once} calls at once", 1.0)
        self._spend(caller)
        self._open[caller] += 1
        try:
            yield
        finally:
            self._open[caller] -= 1
            if not self._open[caller]:
                del self._open[caller]

    def _spend(self, caller: str) -> None:
        """Count one call against the caller's minute. Raises RateError."""
        if not self._per_minute:
            return
        bucket, now = self._bucket(caller), self._clock.now()
        assert isinstance(now, int)  # as `wait`: awaitable only for stores on other machines
        item = RateItem(caller, now)
        if not bucket.put(item):
            wait = bucket.waiting(item)
            assert isinstance(wait, int)
            raise RateError(f"more than {self._per_minute} calls a minute", wait / 1000)

    def _bucket(self, caller: str) -> StateBucket:
        """The caller's bucket: full at first, filled again evenly over the minute."""
        if caller not in self._buckets:
            rate = Rate(self._per_minute, Duration.MINUTE)
            self._buckets[caller] = StateBucket([rate], TokenBucket(), clock=self._clock)
            if len(self._buckets) > MOST_CALLERS:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(caller)
        return self._buckets[caller]


class RateLimit:
    """Holds each caller to its allowances, on the routes that call tools."""

    def __init__(self, app: ASGIApp, allowances: Allowances) -> None:
        self.app = app
        self._allowances = allowances

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 429 with the seconds to wait."""
        if not _is_call(scope):
            await self.app(scope, receive, send)
            return
        try:
            with self._allowances.call(caller_of(scope)):
                await self.app(scope, receive, send)
        except RateError as error:
            wait = max(1, math.ceil(error.wait_s))
            detail = f"{error} from one caller; send the same call again in {wait} s"
            headers = {"Retry-After": str(wait)}
            await problem(429, "busy", detail, headers)(scope, receive, send)


def _is_call(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "POST":
        return False
    path: str = scope["path"]
    return path.startswith(CALL_PATHS)


def caller_of(scope: Scope) -> str:
    """Whom a request is counted for: the token's name, else the client's address."""
    name: str | None = scope.get("state", {}).get("caller")
    address = scope.get("client")
    return name or (address[0] if address else "unknown")
