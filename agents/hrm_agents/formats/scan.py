r"""Reading JSON as models write it: amid text, quoted like Python, cut off, with LaTeX unescaped.

The last is peculiar to mathematics: a model that copies `\frac{1}{x}` into a JSON string forgets
to double the backslash, and a strict reader sees an illegal escape (`\s`) or a form feed (`\f`).
"""

from __future__ import annotations

import ast
import json
import re
import warnings
from typing import Any

_CLOSER = {"{": "}", "[": "]"}
_OPENING = re.compile(r"[\[{]")
_PATIENCE = 20

# A backslash that begins a LaTeX command rather than a JSON escape. Commands that could as well be
# a line break and a short name (`\nu`, `\ne`) are left alone.
_LATEX = re.compile(
    r"(?<!\\)\\(?=(?:frac|forall|beta|begin|binom|bar|nabla|tanh?|tau|text|theta|times|rho|right)"
    r"(?![a-z])|[^\"\\/bfnrtu]|u(?![0-9a-fA-F]{4}))"
)


def value_at(text: str, start: int) -> tuple[Any, int] | None:
    """The JSON object or list that begins at `text[start]`, and where it ends.

    Raw control characters in strings, single quotes and closing brackets that are missing at the
    very end are forgiven.
    """
    if text[start : start + 1] not in _CLOSER:
        return None
    end, missing = _balance(text, start)
    for reader in (decode, literal):
        value = reader(text[start:end] + missing)
        if value is not None:
            return value, end
    return None


def values_in(text: str) -> list[Any]:
    """All JSON values in a text, lists flattened; gives up after twenty brackets that open none."""
    values: list[Any] = []
    end = failures = 0
    for bracket in _OPENING.finditer(text):
        if bracket.start() < end:
            continue
        found = value_at(text, bracket.start())
        if found is not None:
            value, end = found
            values += value if isinstance(value, list) else [value]
        elif (failures := failures + 1) == _PATIENCE:  # or a long run of brackets takes minutes
            break
    return values


def _balance(text: str, start: int) -> tuple[int, str]:
    """Where the bracket at `start` closes, and what is missing if the text ends before."""
    closers: list[str] = []
    quote, place = "", start
    while place < len(text):
        letter = text[place]
        if quote:
            if letter == "\\":
                place += 1
            elif letter == quote:
                quote = ""
        elif letter in _CLOSER:
            closers.append(_CLOSER[letter])
        elif letter in "\"'":
            quote = letter
        elif letter in "}]":
            if not closers or letter != closers.pop():
                return place + 1, ""
            if not closers:
                return place + 1, ""
        place += 1
    return len(text), quote + "".join(reversed(closers))


def decode(text: str) -> Any:
    """The value of a whole JSON text, LaTeX commands kept; None when it is not JSON."""
    try:
        return json.loads(_LATEX.sub(r"\\\\", text), strict=False)
    except (json.JSONDecodeError, RecursionError):
        return None


def literal(node: ast.expr | str) -> Any:
    """A Python literal as JSON has it, or None; `literal_eval` builds values and runs nothing."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of escapes like `\\s`
            return json.loads(json.dumps(ast.literal_eval(node)))
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None
