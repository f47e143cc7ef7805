"""Calls without marks: bare JSON, or JSON in a code fence.

Only an object that names a tool on offer is a call; anything else is an answer that happens to be
JSON.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from hrm_agents.formats.form import CallForm, Found, from_value, known
from hrm_agents.formats.scan import values_in

_FENCE = re.compile(r"```(?:json|tool_call|tool_code)?\s*(?=[\[{])(.*?)(?:```|\Z)", re.DOTALL)


def find_bare(text: str, offered: Collection[str]) -> list[Found]:
    """Calls when the whole text is JSON (one value or several, `;` or lines between them)."""
    if not text.strip().startswith(("{", "[")):
        return []
    return _known(text, 0, len(text), offered)


def _find(text: str, offered: Collection[str]) -> list[Found]:
    found = find_bare(text, offered)
    for match in _FENCE.finditer(text):
        found += [] if found else _known(match[1], *match.span(), offered)
    return found


def _known(text: str, start: int, end: int, offered: Collection[str]) -> list[Found]:
    calls = [from_value(value, offered) for value in values_in(text)]
    return [Found(start, end, *call) for call in calls if call and known(call[0], offered)]


GENERIC = CallForm("generic", (), ("```json", "```tool_call"), _find)
