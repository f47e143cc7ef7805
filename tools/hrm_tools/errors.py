"""The errors of calling a tool. They join the tree drawn in `hrm_engine/errors.py`.

HRMError
└── ToolError
    ├── UnknownToolError   no tool has this name (says which names there are)
    ├── BusyError          no room for another call now; the same call may succeed later
    └── WorkerError        the process that did the work died or ran out of memory
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from hrm_engine.errors import HRMError


class ToolError(HRMError):
    """A tool cannot be called, or could not finish."""


class UnknownToolError(ToolError):
    """No tool has this name."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        names = sorted(known)
        close = difflib.get_close_matches(name, names, n=1)
        guess = f"did you mean `{close[0]}`? " if close else ""
        hint = f"{guess}known tools: {', '.join(names) or 'none'}"
        super().__init__(f"no tool is called `{name[:80]}`", hint=hint)


class BusyError(ToolError):
    """No room for another call now."""


class WorkerError(ToolError):
    """The process that did the work died, or needed more memory than it may have."""
