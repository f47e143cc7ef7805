"""The agent loop: ask the model, carry out its calls, show it the results, until it answers.

    model ──► calls? ──no──► answer
      ▲         │ yes
      └─ results┘

`run` is a pure generator of events over a model and a toolbox: it prints nothing, keeps nothing,
and every way it can end has a name (`StopReason`). Whatever goes wrong with a call (an unknown
tool, arguments that are not JSON, a server that is down) is told to the model as the call's result,
so that it can do better or say so. When calls must end, the model gets one more turn with no tools
on offer, which forces an answer.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from hrm_agents.errors import ModelError
from hrm_agents.events import Called, Event, Finished, Replied, Returned, Started, StopReason
from hrm_agents.formats.scan import decode
from hrm_agents.limits import Guard, Limits, truncate
from hrm_agents.messages import (
    Message,
    Model,
    OnText,
    Toolbox,
    ToolCall,
    ToolDef,
    ToolResult,
    assistant,
    tool_message,
)


def run(
    model: Model,
    toolbox: Toolbox,
    messages: Sequence[Message],
    *,
    limits: Limits | None = None,
    on_text: OnText | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Event]:
    """Answer the last message of a conversation, calling tools as the model asks.

    Args:
        model: Replies to messages.
        toolbox: Carries out calls.
        messages: The conversation, ending with the user's question. It is not changed.
        limits: How far to go.
        on_text: Given to the model, for streaming.
        clock: Seconds; tests give their own.

    Yields:
        `Started`, then what happens, then exactly one `Finished`.

    Raises:
        ToolServerError: The tools cannot be listed (before the first event).
    """
    return _Run(model, toolbox, Guard(limits or Limits(), clock), list(messages)).events(on_text)


class _Run:
    """The state of one question."""

    def __init__(
        self, model: Model, toolbox: Toolbox, guard: Guard, messages: list[Message]
    ) -> None:
        self.model, self.toolbox, self.guard = model, toolbox, guard
        self.messages, self.given = messages, len(messages)
        self.limits, self.clock = guard.limits, guard.clock
        self.began = self.clock()
        self.over: StopReason | None = None  # why no more calls are allowed

    def events(self, on_text: OnText | None) -> Iterator[Event]:
        tools = self.toolbox.list()
        yield Started(list(self.messages), list(tools))
        for turn in range(1, self.limits.turns + 1):
            if not self.guard.remaining_s():
                yield self._finish("deadline", "The time for this question ran out.", turn - 1)
                return
            last = turn == self.limits.turns or self.over is not None
            start = self.clock()
            try:
                reply = self.model.complete(self.messages, [] if last else tools, on_text)
            except ModelError as error:
                yield self._finish("model_error", str(error), turn)
                return
            yield Replied(reply, self._ms(start))
            calls = reply.get("tool_calls", [])
            if last or not calls:
                yield self._end(reply["content"] or "", bool(calls), turn)
                return
            self.messages.append(reply)
            yield from self._carry_out(calls, tools)

    def _end(self, text: str, still_calling: bool, turn: int) -> Finished:
        self.messages.append(assistant(text))  # without calls: they will not be answered
        if self.over or still_calling:
            return self._finish(self.over or "max_turns", text or "No answer was reached.", turn)
        if not text.strip():
            return self._finish("model_error", "The model replied with nothing.", turn)
        return self._finish("answer", text, turn)

    def _carry_out(self, calls: list[ToolCall], tools: Sequence[ToolDef]) -> Iterator[Event]:
        """Carry out the calls of one reply in order; each gets a result, even when refused."""
        offered = {tool["function"]["name"] for tool in tools}
        for call in calls:
            arguments = _arguments(call)
            yield Called(call, arguments)
            start = self.clock()
            result = self._result(call["function"]["name"], arguments, offered)
            content = truncate(result.text, self.limits.result_chars)
            self.messages.append(tool_message(call, content))
            if self.guard.fails(result.error_kind is not None):
                self.over = self.over or "tool_errors"
            yield Returned(call, result, content, self._ms(start))

    def _result(self, name: str, arguments: dict[str, Any] | None, offered: set[str]) -> ToolResult:
        if name not in offered:
            known = ", ".join(sorted(offered)) or "none"
            text = f"error: there is no tool `{name}`; the tools are: {known}"
            return ToolResult(text, error_kind="unknown_tool")
        if arguments is None:
            text = "error: the arguments are not a JSON object; send them as one"
            return ToolResult(text, error_kind="invalid")
        if self.guard.repeats(name, arguments):
            self.over = "repeat"
            text = "error: this call was made before; answer with what it returned"
            return ToolResult(text, error_kind="repeat")
        if not (remaining := self.guard.remaining_s()):
            return ToolResult("error: no time left for this call", error_kind="timeout")
        return self.toolbox.call(name, arguments, remaining)

    def _finish(self, reason: StopReason, text: str, turns: int) -> Finished:
        return Finished(reason, text, self.messages[self.given :], turns, self._ms(self.began))

    def _ms(self, start: float) -> float:
        return 1e3 * (self.clock() - start)


def _arguments(call: ToolCall) -> dict[str, Any] | None:
    arguments = decode(call["function"]["arguments"] or "{}")
    return arguments if isinstance(arguments, dict) else None
