"""A conversation on disk: one event a line, written as it happens, and played back as it was.

A line is `{"time": seconds since 1970, "event": "called", ...}` (see `events.py`), flushed at once,
so that a crash loses nothing. `replay_model` and `replay_toolbox` turn a transcript into a scripted
model and toolbox: what a user saw once can be seen again without either, and kept as a test.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Self, TextIO

from hrm_agents.errors import TranscriptError
from hrm_agents.events import Event, to_record
from hrm_agents.llm.scripted import ScriptedModel
from hrm_agents.messages import ToolDef, ToolResult


class Transcript:
    """Writes events to a JSONL file; a context manager."""

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        self._now = now
        try:
            self._file: TextIO = path.open("a", encoding="utf-8")
        except OSError as error:
            raise TranscriptError(
                f"cannot write the transcript {path}: {error.strerror}",
                hint="name a file in a folder that exists and can be written",
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, event: Event) -> None:
        """Append one event and flush it."""
        record = {"time": round(self._now(), 3), **to_record(event)}
        self._file.write(json.dumps(record, ensure_ascii=False) + "\n")
        self._file.flush()

    def record(self, events: Iterable[Event]) -> Iterator[Event]:
        """Pass events through, writing each."""
        for event in events:
            self.write(event)
            yield event


def read(path: Path) -> list[dict[str, Any]]:
    """The events of a transcript, as data.

    Raises:
        TranscriptError: The file cannot be read, or a line is not an event (says which).
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise TranscriptError(f"cannot read the transcript {path}: {error.strerror}") from error
    return [_parse(line, path, number) for number, line in enumerate(lines, 1) if line.strip()]


def _parse(line: str, path: Path, number: int) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise TranscriptError(f"{path}:{number}: not JSON: {error.msg}") from error
    if not isinstance(record, dict) or "event" not in record:
        raise TranscriptError(f'{path}:{number}: not an event: it has no "event"')
    return record


def replay_model(path: Path) -> ScriptedModel:
    """The model of a transcript: gives the recorded replies in order."""
    return ScriptedModel([e["message"] for e in read(path) if e["event"] == "replied"])


class ReplayToolbox:
    """The tools of a transcript: gives the recorded results in order, whatever is called."""

    def __init__(self, path: Path) -> None:
        events = read(path)
        self._tools: list[ToolDef] = next(
            (e["tools"] for e in events if e["event"] == "started"), []
        )
        self._results = iter([e["result"] for e in events if e["event"] == "returned"])

    def call(
        self, name: str, arguments: dict[str, Any], timeout_s: float | None = None
    ) -> ToolResult:
        """The next recorded result."""
        recorded = next(self._results, None)
        if recorded is None:
            return ToolResult("error: the transcript holds no more results", error_kind="failed")
        return ToolResult(**recorded)

    def list(self) -> Sequence[ToolDef]:
        """The tools that were on offer."""
        return self._tools
