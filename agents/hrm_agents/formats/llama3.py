"""Llama 3's forms: `<|python_tag|>` with JSON, `<function=name>`, and calls as Python writes them.

Llama 3.1 writes `{"name": ..., "parameters": {...}}`, with or without the tag; its custom form is
`<function=name>{...}</function>`; Llama 3.2 and 4 may write `[name(key="value")]`.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Collection
from typing import Any

from hrm_agents.formats.form import CallForm, Found, broken, from_value, known
from hrm_agents.formats.generic import find_bare
from hrm_agents.formats.scan import literal, value_at, values_in

_TAG = re.compile(r"<\|python_tag\|>(.*?)(?:<\|eom_id\|>|<\|eot_id\|>|\Z)", re.DOTALL)
_FUNCTION = re.compile(r"<function=([\w.-]+)>(.*?)(?:</function>|\Z)", re.DOTALL)


def _find(text: str, offered: Collection[str]) -> list[Found]:
    found: list[Found] = []
    for match in _TAG.finditer(text):
        found += _tagged(match, offered)
    for match in _FUNCTION.finditer(text):
        value = value_at(match[2].strip(), 0)
        found.append(Found(*match.span(), match[1], value[0] if value else match[2]))
    return found or find_bare(text, offered) or _python_calls(text, 0, len(text), offered)


def _tagged(match: re.Match[str], offered: Collection[str]) -> list[Found]:
    calls = [from_value(value, offered) for value in values_in(match[1])]
    found = [Found(*match.span(), *call) for call in calls if call]
    return (
        found or _python_calls(match[1], *match.span(), offered) or broken(match[1], *match.span())
    )


def _python_calls(text: str, start: int, end: int, offered: Collection[str]) -> list[Found]:
    """`[tool(key="value")]` or `tool.call(key="value")`, if that is all; nothing is run."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return []
    nodes = tree.elts if isinstance(tree, ast.List) else [tree]
    calls = [_python_call(node) for node in nodes]
    return [Found(start, end, *call) for call in calls if call and known(call[0], offered)]


def _python_call(node: ast.expr) -> tuple[str, dict[str, Any]] | None:
    if not isinstance(node, ast.Call) or node.args:
        return None
    arguments = {key.arg: literal(key.value) for key in node.keywords if key.arg}
    if None in arguments.values():
        return None
    return ast.unparse(node.func).removesuffix(".call"), arguments


LLAMA3 = CallForm(
    "llama3",
    ("<|python_tag|>", "<|start_header_id|>"),
    ("<|python_tag|>", "<function="),
    _find,
)
