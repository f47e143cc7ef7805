"""The forms with a mark around each call: Hermes (and Qwen), Phi, Mistral.

A marked call is kept even when its tool is unknown or its JSON broken: the model meant a call, and
learns from the loop what was wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from hrm_agents.formats.form import CallForm, Found, broken, from_value
from hrm_agents.formats.scan import value_at, values_in

_HERMES = re.compile(r"<tool_call>(.*?)(?:</tool_call>|(?=<tool_call>)|\Z)", re.DOTALL)
_XML_CALL = re.compile(r"<function=([\w.-]+)>(.*?)(?:</function>|\Z)", re.DOTALL)
_XML_ARGUMENT = re.compile(r"<parameter=(\w+)>\n?(.*?)\n?(?:</parameter>|\Z)", re.DOTALL)
_PHI = re.compile(
    r"<\|tool_call\|>(.*?)(?:<\|/tool_call\|>|<\|end\|>|\Z)|functools(?=\s*\[)(.*)", re.DOTALL
)
_MISTRAL = re.compile(r"\[TOOL_CALLS\](.*?)(?:</s>|(?=\[TOOL_CALLS\])|\Z)", re.DOTALL)
_MISTRAL_NAMED = re.compile(r"\s*([\w.-]+)\s*(?:\[CALL_ID\]\s*\w+\s*)?(?:\[ARGS\])?\s*(?=\{)")


def _find_hermes(text: str, offered: Collection[str]) -> list[Found]:
    found: list[Found] = []
    for match in _HERMES.finditer(text):
        inside = _XML_CALL.search(match[1])
        if inside:  # Qwen3-Coder writes the same call as XML
            arguments = dict(_XML_ARGUMENT.findall(inside[2]))
            found.append(Found(*match.span(), inside[1], arguments))
        else:
            found += _objects(match, match[1], offered)
    return found


def _find_phi(text: str, offered: Collection[str]) -> list[Found]:
    found: list[Found] = []
    for match in _PHI.finditer(text):
        found += _objects(match, match[1] or match[2] or "", offered)
    return found


def _find_mistral(text: str, offered: Collection[str]) -> list[Found]:
    found: list[Found] = []
    for match in _MISTRAL.finditer(text):
        named = _MISTRAL_NAMED.match(match[1])
        value = value_at(match[1], named.end()) if named else None
        if named and value and isinstance(value[0], dict):
            found.append(Found(*match.span(), named[1], value[0]))
        else:
            found += _objects(match, match[1], offered)
    return found


def _objects(match: re.Match[str], inside: str, offered: Collection[str]) -> list[Found]:
    """The calls in the JSON between two marks; all stand for the whole match."""
    calls = [from_value(value, offered) for value in values_in(inside)]
    found = [Found(*match.span(), *call) for call in calls if call]
    return found or broken(inside, *match.span())


HERMES = CallForm("hermes", ("<tool_call>", "<|im_start|>"), ("<tool_call>",), _find_hermes)
PHI = CallForm(
    "phi",
    ("<|tool_call|>", "<|tool|>", "functools", "<|end|>"),
    ("<|tool_call|>", "functools["),
    _find_phi,
)
MISTRAL = CallForm(
    "mistral",
    ("[TOOL_CALLS]", "[AVAILABLE_TOOLS]", "[INST]"),
    ("[TOOL_CALLS]",),
    _find_mistral,
)
