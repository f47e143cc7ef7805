r"""Raw JSON of a code data set: prompts, each with the code that answers it.

    [{"prompt": "Add two numbers.", "completion": "def add(a, b):\n    return a + b\n"}, ...]

or the same objects one a line. `text` may stand for `prompt`, and `code` or `answer` for
`completion`, as in MBPP's own files; other fields are ignored. Everything is checked before
anything is made of it, and an error names the line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrm_engine.errors import ConfigError

PROMPT, COMPLETION = ("prompt", "text"), ("completion", "code", "answer")
_GAP = re.compile(r"[\s,]*")
_HINT = 'a record is {"prompt": "...", "completion": "..."}'


@dataclass(frozen=True)
class Pair:
    """One training pair: the loss is on the completion alone."""

    prompt: str
    completion: str


def read_pairs(path: Path) -> list[Pair]:
    """Every record of a raw JSON file, in its order. Raises ConfigError with file and line."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read {path}: {error}") from None
    pairs = [_pair(value, f"{path}:{line}") for value, line in _records(text, path)]
    if not pairs:
        raise ConfigError(f"{path} holds no records", hint=_HINT)
    return pairs


def _records(text: str, path: Path) -> Iterator[tuple[Any, int]]:
    """The values of a list, or those that follow each other, with the lines they begin on."""
    at = _GAP.match(text).end()  # type: ignore[union-attr]  # matches the empty text, too
    listed = text.startswith("[", at)
    if listed:
        at = _GAP.match(text, at + 1).end()  # type: ignore[union-attr]
    decoder = json.JSONDecoder()
    line, counted = 1, 0
    while at < len(text) and not (listed and text[at] == "]"):
        line, counted = line + text.count("\n", counted, at), at
        try:
            value, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise ConfigError(f"not JSON: {error.msg} ({path}:{error.lineno})") from None
        yield value, line
        at = _GAP.match(text, end).end()  # type: ignore[union-attr]
    if listed and at >= len(text):
        raise ConfigError(f"not JSON: the list does not end ({path}:{text.count(chr(10)) + 1})")


def _pair(value: Any, place: str) -> Pair:
    if not isinstance(value, dict):
        raise ConfigError(f"a record is {type(value).__name__}, no object ({place})", hint=_HINT)
    return Pair(_field(value, PROMPT, place), _field(value, COMPLETION, place))


def _field(record: dict[str, Any], names: tuple[str, ...], place: str) -> str:
    """The text under the first of `names` that the record has."""
    name = next((name for name in names if name in record), None)
    if name is None:
        raise ConfigError(f'missing field "{names[0]}" ({place})', hint=_HINT)
    found = record[name]
    if not isinstance(found, str) or not found.strip():
        raise ConfigError(f'field "{name}" must be a text that is not empty ({place})')
    return found.replace("\r\n", "\n")
