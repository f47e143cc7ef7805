"""What the forms share: a found call, names matched with the tools on offer, thinking removed."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from hrm_agents.messages import ToolCall, tool_call

_ARGUMENT_KEYS = ("arguments", "parameters", "args", "input")
_NAME_IN_BROKEN_JSON = re.compile(r"""["']name["']\s*:\s*["']([\w.-]+)["']""")


@dataclass(frozen=True)
class Found:
    """A call found at `text[start:end]`; `arguments` is JSON text where it could not be read."""

    start: int
    end: int
    name: str
    arguments: dict[str, Any] | str


@dataclass(frozen=True)
class CallForm:
    """One family's way of writing calls.

    Attributes:
        name: Of the family.
        template_marks: Any of these in a chat template shows the form.
        openers: Texts that begin a call; a stream holds back what follows one.
        find: Calls in a text, given the names on offer, in order and without overlap.
    """

    name: str
    template_marks: tuple[str, ...]
    openers: tuple[str, ...]
    find: Callable[[str, Collection[str]], list[Found]]


def from_value(value: Any, offered: Collection[str]) -> tuple[str, dict[str, Any] | str] | None:
    """The name and arguments in a decoded JSON value, or None when it is no call."""
    if not isinstance(value, dict):
        return None
    if isinstance(value.get("function"), dict):
        value = value["function"]
    name = value.get("name") or value.get("function")
    if isinstance(name, str):
        given: Any = next((value[key] for key in _ARGUMENT_KEYS if key in value), {})
        return name, given if isinstance(given, dict | str) else {}
    if len(value) == 1:  # {"the_tool": {its arguments}}
        ((key, inner),) = value.items()
        if known(key, offered) and isinstance(inner, dict):
            return str(key), inner
    return None


def broken(text: str, start: int, end: int) -> list[Found]:
    """A marked call that is not JSON: its name if one can be seen, so that the model is told."""
    name = _NAME_IN_BROKEN_JSON.search(text)
    return [Found(start, end, name[1], text)] if name else []


def known(name: str, offered: Collection[str]) -> str | None:
    """The tool on offer that `name` means, forgiving case, hyphens and a `functions.` in front."""
    for candidate in offered:
        if _plain(candidate) == _plain(name):
            return candidate
    return None


def _plain(name: str) -> str:
    return name.strip().removeprefix("functions.").replace("-", "_").lower()


def to_call(found: Found, offered: Collection[str], number: int) -> ToolCall:
    """A found call as a message has it; an unknown name is kept, for the loop to refuse."""
    return tool_call(known(found.name, offered) or found.name, found.arguments, number)


def remove_thinking(text: str) -> str:
    """Drop `<think>...</think>`; some templates open the block, so the first tag may be missing."""
    text = re.sub(r"<think>.*?(</think>|\Z)", "", text, flags=re.DOTALL)
    return text.rpartition("</think>")[2]
