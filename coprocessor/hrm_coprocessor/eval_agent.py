"""Score the whole agent on questions: tool choice, arguments, and an honest final sentence.

Each question runs through the real loop, a real local co-processor and a language model; the
embedded model runs twice, with and without the span grammar, so that the grammar cannot hide a
weak model. Expressions are compared by meaning, with the exact check.

A question counts in `tool` when the right tool was called first, or rightly none; in
`arguments` (of those with a tool) when that call means what was asked; in `faithful` (of all)
when the final sentence claims nothing that the tools did not return.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from hrm_agents.events import Called, Event, Finished, Returned
from hrm_engine.errors import HRMError
from hrm_engine.evaluation.machine import machine
from hrm_engine.evaluation.report import quantile

if TYPE_CHECKING:
    from hrm_agents.chat import Parts
    from hrm_agents.settings import AgentSettings

CLAIMS = re.compile(r"\b(verified|proved|proven|checked)\b", re.IGNORECASE)
FORMULA = re.compile(r"[0-9a-zA-Z)\]}]\s*[\^*/+=]\s*[0-9a-zA-Z(\\]")


@dataclass(frozen=True)
class Score:
    """What became of one question; `arguments` is None when no tool was wanted."""

    id: str
    question: str
    called: str | None
    sent: dict[str, Any] | None
    answer: str
    tool: bool
    arguments: bool | None
    faithful: bool
    elapsed_ms: float


def evaluate_agent(
    records: Sequence[dict[str, Any]], model: str, command: str
) -> tuple[dict[str, object], list[dict[str, object]], list[tuple[str, str]]]:
    """The summary, one row a question and run, and the table's lines.

    Args:
        records: lines `{"question", "tool": name or null, "arguments": {...}}`.
        model: a model spec of `hrm chat --model`; `embedded` runs with and without the grammar.
        command: what gives the same figures again.
    """
    from hrm_agents.chat import open_parts
    from hrm_agents.settings import load_settings
    from hrm_coprocessor.cli.chat import LOCAL_SERVER

    settings = load_settings(None).model_copy(update={"model": model})
    with open_parts(settings, LOCAL_SERVER) as parts:
        runs = {"": parts}
        if model == "embedded":
            from hrm_agents.embedded.llama import EmbeddedModel

            free = replace(parts, model=EmbeddedModel(span_grammar=False))
            runs = {"span_grammar": parts, "no_span_grammar": free}
        scores = {name: _score_all(each, settings, records) for name, each in runs.items()}
    summary: dict[str, object] = {"task": "agent", "model": model, "n": len(records)}
    lines = [("questions", str(len(records)))]
    for name, found in scores.items():
        figures = summarise(found)
        summary |= {f"{key}_{name}" if name else key: value for key, value in figures.items()}
        label = f" ({name.replace('_', ' ')})" if name else ""
        lines += [(f"{key}{label}", _shown(key, value)) for key, value in figures.items()]
    summary |= {"machine": machine(), "command": command}
    rows = [{"run": name, **asdict(score)} for name, each in scores.items() for score in each]
    return summary, rows, [*lines, ("machine", machine())]


def _score_all(
    parts: Parts, settings: AgentSettings, records: Sequence[dict[str, Any]]
) -> list[Score]:
    from rich.progress import track

    from hrm_agents.chat import conversation
    from hrm_coprocessor.cli.progress import console

    shown = track(records, description="agent", console=console())
    # Each question is a conversation of its own.
    return [score(r, list(conversation(parts, settings).ask(r["question"]))) for r in shown]


def score(record: dict[str, Any], events: Sequence[Event]) -> Score:
    """Judge the events of one question against what its line in the data file wants."""
    calls = [event for event in events if isinstance(event, Called)]
    returned = [event for event in events if isinstance(event, Returned)]
    finished = next(event for event in events if isinstance(event, Finished))
    called = calls[0].call["function"]["name"] if calls else None
    sent = calls[0].arguments if calls else None
    wanted = record.get("tool")
    return Score(
        id=str(record.get("id", "")),
        question=record["question"],
        called=called,
        sent=sent,
        answer=finished.text,
        tool=called == wanted,
        arguments=None if wanted is None else called == wanted and _same(record, sent or {}),
        faithful=faithful(finished.text, returned, record["question"]),
        elapsed_ms=finished.elapsed_ms,
    )


def _same(record: dict[str, Any], sent: dict[str, Any]) -> bool:
    """Whether the call means what was asked; defaults are variable x and order 1."""
    if "expression" not in record["arguments"]:
        return _same_puzzle(record["arguments"], sent)
    from hrm_engine.expressions.parser import parse
    from hrm_engine.expressions.verify import equivalent

    wanted = {"variable": "x", "order": 1} | record["arguments"]
    given = {"variable": "x", "order": 1} | sent
    if (wanted["variable"], wanted["order"]) != (given["variable"], given["order"]):
        return False
    try:
        one, other = parse(wanted["expression"]), parse(str(given.get("expression", "")))
    except HRMError:
        return False
    return one == other or equivalent(one, other).accepted


def _same_puzzle(wanted: dict[str, Any], sent: dict[str, Any]) -> bool:
    """Whether the same puzzle was sent, in whatever layout."""
    from hrm_tools import solve_maze, solve_sudoku

    read = solve_maze.understand if "maze" in wanted else solve_sudoku.read
    try:
        return wanted.keys() == sent.keys() and all(
            read(value) == read(str(sent[name])) for name, value in wanted.items()
        )
    except HRMError:
        return False


def faithful(answer: str, returned: Sequence[Returned], question: str) -> bool:
    """Whether `answer` holds the last result verbatim and claims nothing beyond it.

    Without a result, the answer may hold no formula but those of the question, and may not
    say that anything was verified.
    """
    results = [event.result.data for event in returned if event.result.data]
    found = [data for data in results if data.get("result")]
    checked = any(data.get("verified") for data in found)
    if CLAIMS.search(answer) and not checked:
        return False
    if CLAIMS.search(answer) and "prove" in answer and found[-1].get("verdict") != "proved":
        return False
    if found:
        return str(found[-1]["result"]) in answer
    formulas = FORMULA.finditer(answer)
    return all(match[0].replace(" ", "") in question.replace(" ", "") for match in formulas)


def summarise(scores: Sequence[Score]) -> dict[str, float]:
    """Rates in 0..1 and times in milliseconds."""
    n = max(1, len(scores))
    with_tool = [score for score in scores if score.arguments is not None and score.tool]
    times = [score.elapsed_ms for score in scores]
    return {
        "tool": sum(score.tool for score in scores) / n,
        "arguments": sum(bool(score.arguments) for score in with_tool) / max(1, len(with_tool)),
        "faithful": sum(score.faithful for score in scores) / n,
        "p50_ms": quantile(times, 0.5),
        "p95_ms": quantile(times, 0.95),
    }


def _shown(key: str, value: float) -> str:
    return f"{value:.0f} ms" if key.endswith("_ms") else f"{value:.1%}"
