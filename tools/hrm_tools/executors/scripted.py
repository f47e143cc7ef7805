"""An executor that says what a file tells it: for tests, demonstrations and benchmarks.

A line is {"asked": [TEXT, ...], "replies": [TEXT, ...]}: replies to a prompt that holds all texts
of `asked`. Where several lines fit, the one that asks for most text is taken.
At temperature 0 the first is given, as a model repeats itself there; warmer, the others in turn,
from the second again when all were given. `"tokens_per_s"` makes a line take as long as a model
of that speed would, four characters a token.

It is a script and no model: what it scores says something of the pipeline around it alone.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import Field

from hrm_engine.config import Settings
from hrm_engine.data.jsonl import check, read_records
from hrm_engine.deadline import Deadline

CHARACTERS_A_TOKEN = 4


class Line(Settings):
    """One line of a script."""

    asked: tuple[str, ...] = Field(min_length=1, description="what the prompt must hold")
    replies: list[str] = Field(min_length=1)
    tokens_per_s: float | None = Field(default=None, gt=0, description="at once when null")


class ScriptedExecutor:
    """Replies by the texts that a prompt holds."""

    def __init__(self, lines: Sequence[Line], name: str = "scripted") -> None:
        self.name = name
        self._lines = sorted(lines, key=lambda line: -sum(map(len, line.asked)))
        self._given: Counter[tuple[str, ...]] = Counter()

    def sample(self, prompt: str, k: int, temperature: float, deadline: Deadline) -> Iterator[str]:
        """See `Executor.sample`. A prompt that is not in the script gets no reply."""
        fitting = (line for line in self._lines if all(text in prompt for text in line.asked))
        line = next(fitting, None)
        if line is None:
            return
        for _ in range(k):
            text = self._next(line, temperature)
            if not _take_time(text, line.tokens_per_s, deadline):
                return
            yield text

    def _next(self, line: Line, temperature: float) -> str:
        others = len(line.replies) - 1
        if not temperature or not others:
            return line.replies[0]
        self._given[line.asked] += 1
        return line.replies[1 + (self._given[line.asked] - 1) % others]


def _take_time(text: str, tokens_per_s: float | None, deadline: Deadline) -> bool:
    """Wait as long as writing `text` would take; whether the time was enough."""
    needed = len(text) / CHARACTERS_A_TOKEN / tokens_per_s if tokens_per_s else 0.0
    left = deadline.remaining()
    threading.Event().wait(min(needed, left))
    return 0 < left >= needed


def scripted_file(path: Path) -> ScriptedExecutor:
    """The script in a JSONL file. Raises ConfigError naming the line."""
    lines = [
        check(Line, record, f"{path}:{number}")
        for number, record in enumerate(read_records(path), start=1)
    ]
    return ScriptedExecutor(lines, path.stem)
