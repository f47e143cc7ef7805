"""How a terminal shows an outcome: for people in a few lines, for programs as one JSON object."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.text import Text

    from hrm_tools.spec import Outcome

MARKS = {"proved": "✓", "verified": "✓", "refuted": "✗", "unverified": "?"}
STYLES = {"✓": "bold green", "✗": "bold red", "?": "yellow"}


def show_json(outcome: Outcome) -> None:
    """The tool's output, or the kind of error and what to do."""
    shown = outcome.data or {"kind": outcome.kind, "detail": outcome.text}
    print(json.dumps(shown, ensure_ascii=False))


def show_outcome(outcome: Outcome) -> None:
    """The answer with its check, who found it and how long it took; errors go to stderr."""
    from rich.console import Console

    if outcome.data is None:
        print(f"{outcome.kind}: {outcome.text}", file=sys.stderr)
        return
    console = Console(highlight=False)
    if code := outcome.data.get("code"):
        console.print(_block(code), soft_wrap=True)  # as it stands, fit to be copied
    for label, text in _rows(outcome.data):
        console.print(_row(label, text), soft_wrap=True)


def _rows(data: dict[str, Any]) -> list[tuple[str, str]]:
    """Label and text of each line. Outputs that are no `Answer` are listed as they are."""
    if "verdict" not in data:
        return [(name.replace("_", " "), str(value)) for name, value in data.items()]
    verdict = data.get("status", data["verdict"])
    mark = MARKS.get(verdict, "?")
    result = "none" if data["result"] is None else data["result"]
    rows = [
        ("result", "" if data.get("code") else result),
        ("LaTeX", data["latex"] or ""),
        ("understood", data["interpreted_as"]),
        ("check", f"{mark} {verdict} ({data['method']})"),
        *_plan(data.get("plan") or ()),
        ("source", _source(data)),
        ("time", f"{data['elapsed_ms']:.0f} ms"),
        ("by", data.get("attribution", "")),
        ("failure", data.get("first_failure", "").replace("\n", " | ")),
        ("note", data["note"]),
    ]
    return [(label, text) for label, text in rows if text]


def _plan(steps: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """A line for each step of a plan, with its values."""
    return [
        (f"step {number}", f"{step['words']}: {' | '.join(step['values'])}".rstrip(": "))
        for number, step in enumerate(steps, 1)
    ]


def _source(data: dict[str, Any]) -> str:
    counts = [f"{data[name]} {name}" for name in ("candidates", "steps") if data[name]]
    return f"{data['source']} ({', '.join(counts)})" if counts else str(data["source"])


def _block(code: str) -> Text:
    """Code on lines of its own, with an empty line below."""
    from rich.text import Text

    return Text(code.rstrip("\n") + "\n", style="bold")


def _row(label: str, text: str) -> Text:
    """One line; built as text, since brackets in an expression are no markup."""
    from rich.text import Text

    style = STYLES.get(text[:1], "bold") if label in ("check", "result") else ""
    return Text.assemble((f"{label:<12}", "dim"), (text, style))
