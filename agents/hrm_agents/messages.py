"""What passes between the loop, a language model and a toolbox.

Messages and tools have the shape of OpenAI's chat completions, as plain dictionaries, since every
adapter (llama.cpp, Ollama, vLLM, LiteLLM) speaks that shape. The two protocols at the end are all
that `loop.py` asks of the world: anything with these methods will do.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NotRequired, Protocol, TypedDict

Role = Literal["system", "user", "assistant", "tool"]
OnText = Callable[[str], None]
ErrorKind = Literal[
    "invalid", "failed", "timeout", "busy", "cancelled", "unreachable", "unknown_tool", "repeat"
]


class FunctionCall(TypedDict):
    """The name of a tool and its arguments, as JSON text (which a model may get wrong)."""

    name: str
    arguments: str


class ToolCall(TypedDict):
    """One call in an assistant message."""

    id: str
    type: Literal["function"]
    function: FunctionCall


class Message(TypedDict):
    """One turn of a conversation."""

    role: Role
    content: str | None
    tool_calls: NotRequired[list[ToolCall]]
    tool_call_id: NotRequired[str]
    name: NotRequired[str]


class FunctionSchema(TypedDict):
    """What a model is told of a tool: `parameters` is a JSON schema of an object."""

    name: str
    description: str
    parameters: dict[str, Any]


class ToolDef(TypedDict):
    """A tool as it is offered to a model."""

    type: Literal["function"]
    function: FunctionSchema


@dataclass(frozen=True)
class ToolResult:
    """What came of a call.

    Attributes:
        text: What the model reads.
        data: The full structured answer, for people and programs; None when there is none.
        error_kind: None for success; otherwise why the tool gave no answer.
    """

    text: str
    data: dict[str, Any] | None = None
    error_kind: ErrorKind | None = None


class Model(Protocol):
    """A language model: a conversation and the tools on offer in, one assistant message out."""

    def complete(
        self, messages: Sequence[Message], tools: Sequence[ToolDef], on_text: OnText | None = None
    ) -> Message:
        """Reply to a conversation.

        Args:
            messages: The conversation so far, oldest first.
            tools: The tools that the reply may call; empty forbids calls.
            on_text: Called with each piece of visible text as it is produced.

        Raises:
            ModelError: The model cannot be reached or failed.
        """
        ...


class Toolbox(Protocol):
    """A set of tools, wherever they run."""

    def list(self) -> Sequence[ToolDef]:
        """The tools on offer; raises `ToolServerError` when they cannot be reached."""
        ...

    def call(
        self, name: str, arguments: dict[str, Any], timeout_s: float | None = None
    ) -> ToolResult:
        """Call one tool; what goes wrong is a result with an `error_kind`, not an exception."""
        ...


def system(text: str) -> Message:
    """A system message."""
    return {"role": "system", "content": text}


def user(text: str) -> Message:
    """A user message."""
    return {"role": "user", "content": text}


def assistant(text: str | None, calls: Sequence[ToolCall] = ()) -> Message:
    """An assistant message; without calls it is an answer."""
    message: Message = {"role": "assistant", "content": text}
    if calls:
        message["tool_calls"] = list(calls)
    return message


def tool_message(call: ToolCall, text: str) -> Message:
    """The reply to one call."""
    name = call["function"]["name"]
    return {"role": "tool", "content": text, "tool_call_id": call["id"], "name": name}


def tool_call(
    name: str, arguments: dict[str, Any] | str, number: int = 1, call_id: str = ""
) -> ToolCall:
    """A call, with an id made of its number in the conversation unless it has one.

    The id is nine letters and digits, which Mistral's templates insist on and others accept.
    """
    text = arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
    function: FunctionCall = {"name": name, "arguments": text}
    return {"id": call_id or f"call{number:05d}", "type": "function", "function": function}


def next_number(messages: Sequence[Message]) -> int:
    """The number of the next call, so that ids stay unique in a conversation."""
    return 1 + sum(len(message.get("tool_calls", [])) for message in messages)


def tool_def(name: str, description: str, parameters: dict[str, Any]) -> ToolDef:
    """A tool definition from its parts."""
    function: FunctionSchema = {"name": name, "description": description, "parameters": parameters}
    return {"type": "function", "function": function}
