"""One line for every call: who asked which tool, and how it ended. Never what was asked.

What was asked is the caller's affair; its size and digest are enough to find a call again.
`audit_arguments: true` shows it all the same. The line goes where the log goes.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hrm_coprocessor.watch import logs
from hrm_tools.spec import AnyTool, Outcome

DIGEST = 16
"""Hexadecimal digits of SHA-256 that stand in the line."""
log = logging.getLogger(logs.AUDIT)


@dataclass(frozen=True)
class Audit:
    """The observer of calls that writes the lines. arguments: whether to show what was asked."""

    arguments: bool = False

    def __call__(
        self, spec: AnyTool, outcome: Outcome, seconds: float, arguments: Mapping[str, Any]
    ) -> None:
        """Log one call that has ended."""
        data = outcome.data or {}
        text = _canonical(arguments)
        fields = {
            "who": logs.caller.get() or "loopback",
            "client": logs.client.get(),
            "surface": logs.surface.get(),
            "tool": spec.name,
            "kind": outcome.kind,
            "verdict": data.get("verdict", ""),
            "source": data.get("source", ""),
            "ms": round(1e3 * seconds, 1),
            "argument_bytes": len(text),
            "argument_sha256": hashlib.sha256(text.encode()).hexdigest()[:DIGEST],
        }
        shown = {"arguments": arguments} if self.arguments else {}
        log.info("call", extra={"fields": fields | shown})


def _canonical(arguments: Mapping[str, Any]) -> str:
    """The arguments as JSON, the same for the same call; empty for what is no JSON."""
    try:
        return json.dumps(arguments, sort_keys=True)
    except (TypeError, ValueError, RecursionError):
        return ""
