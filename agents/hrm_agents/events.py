"""What the loop reports while it works; a transcript line, a screen and a test see the same events.

Started ── Replied ── Called ── Returned ── ... ── Replied ── Finished
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from hrm_agents.messages import Message, ToolCall, ToolDef, ToolResult

StopReason = Literal["answer", "max_turns", "deadline", "tool_errors", "model_error", "repeat"]


@dataclass(frozen=True)
class Started:
    """A question begins: the conversation and the tools that the model will see."""

    messages: list[Message]
    tools: list[ToolDef]


@dataclass(frozen=True)
class Replied:
    """The model replied, with text, calls or both."""

    message: Message
    elapsed_ms: float


@dataclass(frozen=True)
class Called:
    """A call is about to be carried out; `arguments` is None when they were not a JSON object."""

    call: ToolCall
    arguments: dict[str, Any] | None


@dataclass(frozen=True)
class Returned:
    """A call came back: `content` is what the model reads, `result` all that is known."""

    call: ToolCall
    result: ToolResult
    content: str
    elapsed_ms: float


@dataclass(frozen=True)
class Finished:
    """The question is over.

    `messages` are those that the question added to the conversation. `text` is the last thing that
    the model said, or what went wrong when it said nothing.
    """

    reason: StopReason
    text: str
    messages: list[Message]
    turns: int
    elapsed_ms: float


Event = Started | Replied | Called | Returned | Finished

NAMES: dict[type[Event], str] = {
    Started: "started",
    Replied: "replied",
    Called: "called",
    Returned: "returned",
    Finished: "finished",
}


def to_record(event: Event) -> dict[str, Any]:
    """One event as JSON-able data, `{"event": "replied", ...}`."""
    return {"event": NAMES[type(event)], **asdict(event)}
