"""Data files: JSON lines, one object a line, checked as they are read, never all held at once.

A training file holds `{"prompt": ..., "answer": ...}` a line. A wrong line is an error with
its number, before any training starts. `LineFile` keeps only where each line begins, so a file
larger than memory can be drawn from in any order. Lists of puzzles may be plain text, a puzzle
a line: see `read_records`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from pydantic import BaseModel, Field, ValidationError

from hrm_engine.config import Settings
from hrm_engine.errors import ConfigError

Record = TypeVar("Record", bound=BaseModel)


class PromptAnswer(Settings):
    """One training pair; the loss is on the answer alone."""

    prompt: str = Field(min_length=1)
    answer: str = Field(min_length=1)


def read_records(path: Path) -> Iterator[dict[str, Any]]:
    """Each line's object, one at a time; blank lines are skipped. Raises ConfigError.

    In a file not called `.jsonl` a line that is no object is text: a puzzle, and where a second
    field as long follows after a space or comma, its solution, and perhaps a whole number, its
    rating: {"id", "input", "answer"?, "rating"?}.
    """
    plain = path.suffix != ".jsonl"
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if plain and line.strip() and not line.lstrip().startswith(b"{"):
                    yield _text(line, number, f"{path}:{number}")
                elif line.strip():
                    yield _object(line, f"{path}:{number}")
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error.strerror}") from None


def _text(line: bytes, number: int, place: str) -> dict[str, Any]:
    try:
        text = line.decode("utf-8").strip()
    except UnicodeDecodeError:
        raise ConfigError(f"not text ({place})", hint="a line holds a puzzle in UTF-8") from None
    fields = re.split(r"[\s,;]+", text)
    record: dict[str, Any] = {"id": str(number), "input": text}
    if len(fields) > 1 and len(fields[0]) == len(fields[1]) > 1:
        record |= {"input": fields[0], "answer": fields[1]}
        record |= {"rating": int(fields[2])} if fields[2:] and fields[2].isdigit() else {}
    return record


def _object(line: bytes, place: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError as error:
        raise ConfigError(f"not a JSON line: {error} ({place})") from None
    if not isinstance(value, dict):
        raise ConfigError(f"a line must hold an object, not {type(value).__name__} ({place})")
    return value


def check(model: type[Record], value: dict[str, Any], place: str) -> Record:
    """`value` as a `model`. Raises ConfigError naming the field and the `place` (file:line)."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(key) for key in first["loc"])
        raise ConfigError(
            f'field "{field}": {first["msg"]} ({place})',
            hint=f"a line holds {', '.join(model.model_fields)}",
        ) from None


class LineFile:
    """Random access to the records of a JSONL file; every line is checked once, at opening."""

    def __init__(self, path: Path, model: type[Record]) -> None:
        self.path = path
        starts = []
        try:
            with path.open("rb") as lines:
                start = 0
                for number, line in enumerate(lines, start=1):
                    if line.strip():
                        place = f"{path}:{number}"
                        check(model, _object(line, place), place)
                        starts.append(start)
                    start += len(line)
        except OSError as error:
            raise ConfigError(f"cannot read {path}: {error.strerror}") from None
        if not starts:
            raise ConfigError(f"{path} holds no records")
        self.starts = np.array(starts, dtype=np.int64)

    def __len__(self) -> int:
        return len(self.starts)

    def read(self, indices: list[int]) -> list[dict[str, Any]]:
        """The records at `indices`, in that order."""
        records: list[dict[str, Any]] = []
        with self.path.open("rb") as lines:
            for index in indices:
                lines.seek(int(self.starts[index]))
                records.append(json.loads(lines.readline()))
        return records
