"""A chat template: how a GGUF's own Jinja text turns a conversation into a prompt.

Two things are done that the template alone does not do. What people and tools say is put in the
place of a stand-in after rendering, so that it can be tokenised apart and never becomes a control
token. And a template that knows no tools, or refuses a conversation with them (many do: no system
role, one call at a time), is given the same conversation in plain words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from hrm_agents.errors import ModelError
from hrm_agents.formats.form import CallForm
from hrm_agents.messages import Message, ToolDef, assistant, system, user

Segment = tuple[str, bool]
_STAND_IN = re.compile("\ue000(\\d+)\ue001")
_HOW = """You can call these tools:
{tools}

To call one, write only this, and then stop:
<tool_call>
{{"name": "the tool", "arguments": {{"argument": "value"}}}}
</tool_call>
The result comes in the next message."""


class ChatTemplate:
    """One template with the texts of its begin and end tokens."""

    def __init__(self, template: str, form: CallForm, *, bos: str = "", eos: str = "") -> None:
        from llama_cpp.llama_chat_format import Jinja2ChatFormatter

        self.form = form
        self.bos = bos
        self._formatter: Any = Jinja2ChatFormatter(template, eos_token=eos, bos_token=bos)
        self._knows_tools = re.search(r"\btools\b", template) is not None

    def render(self, messages: Sequence[Message], tools: Sequence[ToolDef]) -> list[Segment]:
        """The prompt up to where the model speaks, as `(text, written by the template)` pairs.

        Raises:
            ModelError: The template cannot render even the plain form.
        """
        from jinja2 import TemplateError

        attempts = [_plain(messages, tools), _without_system(_plain(messages, tools))]
        offered: list[Sequence[ToolDef]] = [(), ()]
        if self._knows_tools:
            attempts.insert(0, list(messages))
            offered.insert(0, tools)
        problem = ""
        for attempt, some in zip(attempts, offered, strict=True):
            try:
                return self._fill(attempt, some)
            except (TemplateError, ValueError, TypeError) as error:
                problem = str(error)
        raise ModelError(f"the model's chat template refuses the conversation: {problem}")

    def _fill(self, messages: Sequence[Message], tools: Sequence[ToolDef]) -> list[Segment]:
        contents = [message["content"] or "" for message in messages]
        shown = [_stand_in(message, number) for number, message in enumerate(messages)]
        prompt: str = self._formatter(messages=shown, tools=list(tools) or None).prompt
        segments: list[Segment] = []
        for place, part in enumerate(_STAND_IN.split(prompt)):
            segments.append((part, True) if place % 2 == 0 else (contents[int(part)], False))
        return [segment for segment in segments if segment[0]]


def _stand_in(message: Message, number: int) -> dict[str, Any]:
    """A message with a stand-in for its text, and arguments as data, as templates expect them."""
    shown: dict[str, Any] = dict(message)
    shown["content"] = f"\ue000{number}\ue001" if message["content"] else ""
    if calls := message.get("tool_calls"):
        shown["tool_calls"] = [
            {**call, "function": {**call["function"], "arguments": _data(call["function"])}}
            for call in calls
        ]
    return shown


def _data(function: Any) -> Any:
    try:
        return json.loads(function["arguments"])
    except json.JSONDecodeError:
        return {"text": function["arguments"]}


def _plain(messages: Sequence[Message], tools: Sequence[ToolDef]) -> list[Message]:
    """The same conversation for a template without tools: all of it in words."""
    plain = [_in_words(message) for message in messages]
    if tools:
        lines = "\n".join(json.dumps(tool["function"], ensure_ascii=False) for tool in tools)
        how = _HOW.format(tools=lines)
        if plain and plain[0]["role"] == "system":
            plain[0] = system(f"{plain[0]['content']}\n\n{how}")
        else:
            plain.insert(0, system(how))
    return _merged(plain)


def _in_words(message: Message) -> Message:
    if message["role"] == "tool":
        return user(f"Result of {message.get('name', 'the tool')}:\n{message['content']}")
    calls = message.get("tool_calls", [])
    if not calls:
        return message
    texts = [
        json.dumps({"name": c["function"]["name"], "arguments": _data(c["function"])})
        for c in calls
    ]
    blocks = "\n".join(f"<tool_call>\n{text}\n</tool_call>" for text in texts)
    return assistant(f"{message['content'] or ''}\n{blocks}".strip())


def _merged(messages: Sequence[Message]) -> list[Message]:
    """Neighbours of one role as one message: many templates insist that roles alternate."""
    merged: list[Message] = []
    for message in messages:
        if merged and merged[-1]["role"] == message["role"]:
            text = f"{merged[-1]['content']}\n\n{message['content']}"
            merged[-1] = {"role": message["role"], "content": text}
        else:
            merged.append(message)
    return merged


def _without_system(messages: Sequence[Message]) -> list[Message]:
    """The system text at the head of the first user message, for templates without that role."""
    return _merged([user(m["content"] or "") if m["role"] == "system" else m for m in messages])
