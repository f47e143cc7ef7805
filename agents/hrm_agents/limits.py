"""How far one question may go, and the counters that notice when it has gone too far.

Small models repeat a failing call for ever if they are let: see the endless identical calls that
users of every agent framework report. The loop asks `Guard` before each call and after each result.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Limits(BaseModel):
    """Limits on the work for one question."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    turns: int = Field(
        default=6, ge=1, description="replies of the model; the last is offered no tools"
    )
    deadline_s: float = Field(default=120.0, gt=0, description="seconds for the whole question")
    same_call: int = Field(default=2, ge=1, description="times one identical call is carried out")
    errors: int = Field(default=3, ge=1, description="tool errors in a row before calls are over")
    result_chars: int = Field(
        default=6000, ge=40, description="characters of a tool result that are kept"
    )


class Guard:
    """Counts repeats and errors of one question, and watches its deadline."""

    def __init__(self, limits: Limits, clock: Callable[[], float]) -> None:
        self.limits = limits
        self.clock = clock
        self._end = clock() + limits.deadline_s
        self._seen: Counter[str] = Counter()
        self._errors = 0

    def remaining_s(self) -> float:
        """Seconds left, at least 0."""
        return max(0.0, self._end - self.clock())

    def repeats(self, name: str, arguments: dict[str, Any]) -> bool:
        """Note a call; True when it was carried out often enough already."""
        key = name + json.dumps(arguments, sort_keys=True)
        self._seen[key] += 1
        return self._seen[key] > self.limits.same_call

    def fails(self, failed: bool) -> bool:
        """Note a result; True when too many in a row were errors."""
        self._errors = self._errors + 1 if failed else 0
        return self._errors >= self.limits.errors


def truncate(text: str, limit: int) -> str:
    """Cut `text` to `limit` characters, saying how much is missing."""
    if len(text) <= limit:
        return text
    return f"{text[:limit]}\n[... {len(text) - limit} more characters left out]"
