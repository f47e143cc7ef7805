"""What goes into the sandbox and what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Level = Literal["namespaces", "landlock", "weak"]
Status = Literal["ok", "failed", "timeout", "oom", "crash", "policy"]
LEVELS: tuple[Level, ...] = ("namespaces", "landlock", "weak")
"""How strongly a candidate is locked up, strongest first."""


@dataclass(frozen=True)
class Call:
    """One call of a function of the candidate, with plain Python values."""

    function: str
    arguments: tuple[Any, ...] = ()
    keywords: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Limits:
    """What one run may use: seconds on the clock and on the CPU, MiB of memory, bytes of output.

    Memory comes on top of the interpreter's own. CPU seconds are rounded up to whole ones.
    Output is counted twice over: once for all values, once for what is printed.
    """

    wall_s: float = 2.0
    cpu_s: float = 2.0
    memory_mb: int = 256
    output_bytes: int = 65_536


@dataclass(frozen=True)
class Output:
    """What one call returned, rebuilt here as plain values; or `error`, why there is none."""

    value: Any = None
    error: str = ""

    @property
    def ok(self) -> bool:
        """Whether the call returned a value."""
        return not self.error


@dataclass(frozen=True)
class Outcome:
    """How a run ended.

    ok: each call returned a plain value. failed: the code did not load, or a call raised or
    returned something else. timeout, oom: a limit of time or memory was met. crash: the process
    died, or left before it had answered. policy: something was tried that is forbidden.
    `outputs` has an entry for each call, those that were not answered with an `error`.
    """

    status: Status
    outputs: tuple[Output, ...]
    stdout: str
    wall_ms: float
    cpu_ms: float
    level: Level
    error: str = ""
