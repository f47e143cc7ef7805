"""What a screen is, and how a call and its check are put into words."""

from __future__ import annotations

from typing import Any, Protocol

from hrm_agents.errors import AgentError
from hrm_agents.events import Called, Event, Returned

MARKS = {"proved": "✓", "verified": "✓", "refuted": "✗"}


class Screen(Protocol):
    """Shows a conversation. `streams` says whether `text` is wanted piece by piece."""

    streams: bool

    def question(self, text: str) -> None:
        """A question is about to be answered."""
        ...

    def text(self, piece: str) -> None:
        """A piece of the answer."""
        ...

    def event(self, event: Event) -> None:
        """Something happened."""
        ...

    def failure(self, error: AgentError) -> None:
        """The question cannot be answered now."""
        ...

    def interrupted(self) -> None:
        """The user does not want the answer any more."""
        ...


def describe_call(event: Called) -> str:
    """`calculate_derivative(expression="sin(5x)")`."""
    name = event.call["function"]["name"]
    if event.arguments is None:
        return f"{name}({event.call['function']['arguments']})"
    given = ", ".join(f"{key}={_shown(value)}" for key, value in event.arguments.items())
    return f"{name}({given})"


def describe_result(event: Returned) -> str:
    """`5*cos(5*x) · ✓ proved (zero test) · hrm:derivative · 34 ms`."""
    took = f"{event.elapsed_ms:.0f} ms"
    data = event.result.data
    if event.result.error_kind or data is None or "verdict" not in data:
        return f"{event.content.splitlines()[0]} · {took}"
    verdict = str(data["verdict"])
    check = f"{MARKS.get(verdict, '?')} {verdict}"
    if method := data.get("method"):
        check += f" ({method})"
    parts = [_in_one_line(str(data["result"])), check, str(data.get("source", "")), took]
    return " · ".join(part for part in parts if part)


def _shown(value: Any) -> str:
    return f'"{_in_one_line(value)}"' if isinstance(value, str) else str(value)


def _in_one_line(text: str) -> str:
    """The first line, and how many more there are."""
    first, *others = text.splitlines() or [""]
    return f"{first} (and {len(others)} lines)" if others else first
