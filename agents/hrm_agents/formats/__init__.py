"""How models write a tool call as text, and how to read it back.

Every family of models has its own form, and a chat template tells which one a model was trained on.
`detect` picks a form by the marks in a template; `read_reply` turns a reply into text and calls. It
is tolerant: small models forget a bracket, quote like Python, or answer in another family's form.

| form      | looks like                                                    | module        |
|-----------|---------------------------------------------------------------|---------------|
| hermes    | `<tool_call>{"name": ..., "arguments": {...}}</tool_call>`    | `tagged.py`   |
| phi       | `<|tool_call|>[{...}]<|/tool_call|>`, `functools[{...}]`      | `tagged.py`   |
| mistral   | `[TOOL_CALLS] [{...}]`, `[TOOL_CALLS]name[ARGS]{...}`         | `tagged.py`   |
| llama3    | `<|python_tag|>{"name": ..., "parameters": {...}}`, bare JSON | `llama3.py`   |
| generic   | bare JSON, or JSON in a code fence                            | `generic.py`  |

Text outside of a call stays text. A call without a mark around it counts only if it names a tool
that is on offer, since a JSON answer is an answer.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from hrm_agents.formats import generic, llama3, tagged
from hrm_agents.formats.form import CallForm, Found, remove_thinking, to_call
from hrm_agents.formats.stream import TextGate
from hrm_agents.messages import Message, ToolCall, assistant

FORMS: dict[str, CallForm] = {
    form.name: form
    for form in (tagged.HERMES, tagged.PHI, tagged.MISTRAL, llama3.LLAMA3, generic.GENERIC)
}
OPENERS: tuple[str, ...] = tuple(
    dict.fromkeys(opener for form in FORMS.values() for opener in form.openers)
)

__all__ = ["FORMS", "OPENERS", "CallForm", "Reply", "TextGate", "detect", "read_reply"]


@dataclass(frozen=True)
class Reply:
    """What a model said: the visible text, and the calls in the order written."""

    text: str
    calls: list[ToolCall]

    def message(self) -> Message:
        """The same as an assistant message."""
        return assistant(self.text or None, self.calls)


def detect(template: str) -> CallForm:
    """The form that a chat template (Jinja text) shows; `generic` when it shows none."""
    for form in FORMS.values():
        if any(mark in template for mark in form.template_marks):
            return form
    return generic.GENERIC


def read_reply(
    text: str, offered: Collection[str], form: CallForm | None = None, first: int = 1
) -> Reply:
    """Split a reply into visible text and calls.

    Args:
        text: What the model wrote.
        offered: The names of the tools on offer. With none, everything is text.
        form: The form that the model was trained on, tried first; then all others.
        first: The number of the first call, for its id.
    """
    text = remove_thinking(text)
    if not offered:
        return Reply(text.strip(), [])
    own = [form] if form else []
    for candidate in [*own, *(other for other in FORMS.values() if other is not form)]:
        if found := candidate.find(text, offered):
            return _split(text, found, offered, first)
    return Reply(text.strip(), [])


def _split(text: str, found: list[Found], offered: Collection[str], first: int) -> Reply:
    kept, place = [], 0
    for item in found:
        kept.append(text[place : item.start])
        place = max(place, item.end)
    kept.append(text[place:])
    calls = [to_call(item, offered, number) for number, item in enumerate(found, first)]
    return Reply("".join(kept).strip(), calls)
