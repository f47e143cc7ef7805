"""A conversation as JSON lines for programs: the events, as in a transcript."""

from __future__ import annotations

import json
from typing import Any, TextIO

from hrm_agents.errors import AgentError
from hrm_agents.events import Event, to_record


class JSONScreen:
    """Writes one JSON object a line to `out`."""

    streams = False

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def question(self, text: str) -> None:
        """`{"event": "question", "text": ...}`."""
        self._write({"event": "question", "text": text})

    def text(self, piece: str) -> None:
        """Nothing: the answer comes whole."""

    def event(self, event: Event) -> None:
        """The event as `events.to_record` has it."""
        self._write(to_record(event))

    def failure(self, error: AgentError) -> None:
        """`{"event": "error", "problem": ..., "hint": ...}`."""
        self._write({"event": "error", "problem": error.problem, "hint": error.hint})

    def interrupted(self) -> None:
        """`{"event": "interrupted"}`."""
        self._write({"event": "interrupted"})

    def _write(self, record: dict[str, Any]) -> None:
        self._out.write(json.dumps(record, ensure_ascii=False) + "\n")
        self._out.flush()
