"""A conversation in a terminal: calls with their checks, the answer as it is written."""

from __future__ import annotations

from rich.console import Console
from rich.status import Status
from rich.text import Text

from hrm_agents.errors import AgentError
from hrm_agents.events import Called, Event, Finished, Replied, Returned, Started
from hrm_agents.ui.screen import describe_call, describe_result

_STOPPED = {
    "max_turns": "stopped: too many turns",
    "deadline": "stopped: out of time",
    "tool_errors": "stopped: the tools kept failing",
    "model_error": "the language model failed",
    "repeat": "stopped: the same call again and again",
}


class TerminalScreen:
    """Writes to a rich console; texts from outside are never read as markup."""

    streams = True

    def __init__(self, console: Console, *, echo: bool = False) -> None:
        self._console, self._echo = console, echo
        self._status: Status | None = None
        self._column = 0  # letters of the answer on the screen since the last event

    def question(self, text: str) -> None:
        """Repeat the question, unless the user has just typed it."""
        if self._echo:
            self._print(Text(f"› {text}", style="bold"))
        self._wait("thinking")

    def text(self, piece: str) -> None:
        """Show a piece of the answer at once."""
        self._stop_waiting()
        self._column += len(piece)
        self._console.print(Text(piece), end="", soft_wrap=True)

    def event(self, event: Event) -> None:
        """A line for each call and result, the rest of the answer, and why it stopped."""
        if isinstance(event, Started | Replied):
            return
        self._stop_waiting()
        streamed = self._end_line()
        if isinstance(event, Called):
            self._print(Text(f"  → {describe_call(event)}", style="cyan"))
            self._wait("computing and checking")
        elif isinstance(event, Returned):
            self._print(Text(f"  {describe_result(event)}", style=_style(event)))
            self._wait("thinking")
        else:
            self._finish(event, streamed=streamed)

    def failure(self, error: AgentError) -> None:
        """The problem and what to do."""
        self._stop_waiting()
        self._print(Text(f"error: {error}", style="red"))

    def interrupted(self) -> None:
        """Say so."""
        self._stop_waiting()
        self._end_line()
        self._print(Text("interrupted", style="yellow"))

    def _finish(self, event: Finished, *, streamed: bool) -> None:
        if event.reason != "answer":
            self._print(Text(_STOPPED[event.reason], style="yellow"))
        if not streamed:
            self._print(Text(event.text))

    def _wait(self, what: str) -> None:
        if self._console.is_terminal:
            self._status = self._console.status(Text(what, style="dim"))
            self._status.start()

    def _stop_waiting(self) -> None:
        if self._status is not None:
            self._status.stop()
            self._status = None

    def _end_line(self) -> bool:
        """End the line of a streamed answer; False when there was none."""
        streamed, self._column = self._column > 0, 0
        if streamed:
            self._console.print()
        return streamed

    def _print(self, text: Text) -> None:
        self._console.print(text, soft_wrap=True)


def _style(event: Returned) -> str:
    if event.result.error_kind:
        return "red"
    verified = (event.result.data or {}).get("verified")
    return "green" if verified else "yellow"
