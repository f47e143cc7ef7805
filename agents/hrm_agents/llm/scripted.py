"""A model that says what it was told to say: for tests, demonstrations and replays.

It takes the place of a mock: it is an ordinary `Model`, streams like one, and remembers what it was
asked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hrm_agents.errors import ModelError, SettingsError
from hrm_agents.messages import Message, OnText, ToolDef, assistant

Reply = Message | str | ModelError | Callable[[Sequence[Message]], Message]


@dataclass(frozen=True)
class Request:
    """What the model was asked at one turn."""

    messages: list[Message]
    tools: list[ToolDef]


class ScriptedModel:
    """Gives its replies in order.

    A reply is a message, the text of an answer, a `ModelError` to raise, or a function of the
    conversation (for a sentence that quotes a tool's result). `requests` is what was asked so far.
    """

    def __init__(self, replies: Iterable[Reply]) -> None:
        self._replies = iter(replies)
        self.requests: list[Request] = []

    def complete(
        self, messages: Sequence[Message], tools: Sequence[ToolDef], on_text: OnText | None = None
    ) -> Message:
        """The next reply; its text is streamed word by word."""
        self.requests.append(Request(list(messages), list(tools)))
        reply = next(self._replies, None)
        if reply is None:
            raise ModelError("the script has no more replies", hint="give it one more line")
        if isinstance(reply, ModelError):
            raise reply
        message = assistant(reply) if isinstance(reply, str) else reply
        if callable(message):
            message = message(messages)
        if on_text is not None:
            for piece in re.findall(r"\s*\S+|\s+$", message["content"] or ""):
                on_text(piece)
        return message


def scripted_file(path: Path) -> ScriptedModel:
    """Replies from a file: a line is a JSON string or an assistant message.

    Raises:
        SettingsError: The file cannot be read, or a line is neither (says which).
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise SettingsError(f"cannot read the script {path}: {error.strerror}") from error
    return ScriptedModel(
        [_reply(line, f"{path}:{n}") for n, line in enumerate(lines, 1) if line.strip()]
    )


def _reply(line: str, place: str) -> Reply:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise SettingsError(f"{place}: not JSON: {error.msg}") from error
    if isinstance(value, str):
        return value
    if not isinstance(value, dict) or value.get("role") != "assistant":
        raise SettingsError(f"{place}: neither a text nor an assistant message")
    message: Message = {"role": "assistant", "content": value.get("content")}
    if calls := value.get("tool_calls"):
        message["tool_calls"] = calls
    return message
