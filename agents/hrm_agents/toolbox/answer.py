"""What the model reads of a tool's answer: two short lines, and a third where there is a note.

A tool answers with a record of a dozen fields (result, LaTeX, verdict, method, timings ...). A
small model needs two or three, and each further token slows it down and can be garbled. This
is the one place where an answer is shortened; the whole record stays with the event.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrm_agents.messages import ErrorKind, ToolResult

_KINDS: dict[str, ErrorKind] = {
    "invalid": "invalid",
    "timeout": "timeout",
    "busy": "busy",
    "cancelled": "cancelled",
}


def success(data: Mapping[str, Any] | None, text: str) -> ToolResult:
    """The result of a call that the server carried out.

    An answer whose `result` is null is an error to the model: there is nothing to quote.
    """
    if data is None or "result" not in data:
        return ToolResult(text, dict(data) if data is not None else None)
    if data["result"] is None:
        note = str(data.get("note") or "the tool found no answer")
        return ToolResult(f"error: {note}", dict(data), "failed")
    lines = [f"result: {data['result']}"]
    if verdict := data.get("verdict"):
        lines.append(f"verdict: {verdict}")
    if data.get("note"):
        lines.append(f"note: {data['note']}")
    return ToolResult("\n".join(lines), dict(data))


def failure(text: str, kind: str = "failed", data: Mapping[str, Any] | None = None) -> ToolResult:
    """The result of a call that the server refused or could not carry out."""
    text = text.strip() or "the tool failed"
    shown = text if text.startswith("error:") else f"error: {text}"
    return ToolResult(shown, dict(data) if data else None, _KINDS.get(kind, "failed"))
