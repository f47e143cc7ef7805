"""A conversation as plain lines: calls, their checks, and the answer as the last line."""

from __future__ import annotations

from typing import TextIO

from hrm_agents.errors import AgentError
from hrm_agents.events import Called, Event, Finished, Returned
from hrm_agents.ui.screen import describe_call, describe_result


class PlainScreen:
    """Writes to `out`; what went wrong goes to `errors`."""

    streams = False

    def __init__(self, out: TextIO, errors: TextIO, *, echo: bool = False) -> None:
        self._out, self._errors, self._echo = out, errors, echo

    def question(self, text: str) -> None:
        """Repeat the question, where several are answered."""
        if self._echo:
            self._say(f"? {text}")

    def text(self, piece: str) -> None:
        """Nothing: the answer comes whole."""

    def event(self, event: Event) -> None:
        """A line for a call, its result and the answer."""
        if isinstance(event, Called):
            self._say(f"call: {describe_call(event)}")
        elif isinstance(event, Returned):
            self._say(f"  -> {describe_result(event)}")
        elif isinstance(event, Finished):
            if event.reason != "answer":
                self._complain(f"stopped: {event.reason}")
            self._say(event.text)

    def failure(self, error: AgentError) -> None:
        """The problem and what to do."""
        self._complain(f"error: {error}")

    def interrupted(self) -> None:
        """Say so."""
        self._complain("interrupted")

    def _say(self, line: str) -> None:
        self._out.write(line + "\n")
        self._out.flush()

    def _complain(self, line: str) -> None:
        self._errors.write(line + "\n")
        self._errors.flush()
