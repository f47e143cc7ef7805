"""The real tools behind a real service with killable workers, and what may come back from them."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from jsonschema import Draft202012Validator

from hrm_coprocessor.service import Service
from hrm_coprocessor.settings import ServeSettings
from hrm_tools.registry import load_tools
from hrm_tools.schema import output_schema
from hrm_tools.spec import Outcome
from tests.security.hostile import CALLS, TEXTS, VALUES
from tests.security.hostile_code import CODE

QUESTIONS = {
    "calculate_derivative": "expression",
    "solve_sudoku": "puzzle",
    "solve_maze": "maze",
    "generate_code": "spec",
}
"""Each tool's argument that holds text."""
KINDS = ("ok", "invalid", "failed")
"""How a hostile call may end; a time-out or a refusal would mean that it held the server up."""
REMEDIES = ("hint: ", "Send ", "send ")


@dataclass
class Sender:
    """Sends calls one after another. ms: how long each took."""

    service: Service
    loop: asyncio.Runner
    ms: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._schemas = {
            name: Draft202012Validator(output_schema(tool.output))
            for name, tool in self.service.tools.items()
        }

    def send(self, name: str, arguments: Mapping[str, Any]) -> Outcome:
        """How the call ended, after a look at the clock."""
        start = time.perf_counter()
        outcome = self.loop.run(self.service.call(name, arguments))
        self.ms.append(1e3 * (time.perf_counter() - start))
        return outcome

    def faults(self, name: str, outcome: Outcome) -> list[str]:
        """What is wrong with an outcome; nothing when it may be sent to anybody."""
        found = [] if outcome.kind in KINDS else [f"ended as {outcome.kind}"]
        if "unexpected error" in outcome.text:
            found.append("met an unexpected error")
        if not outcome.ok and not any(remedy in outcome.text for remedy in REMEDIES):
            found.append(f"names no remedy: {outcome.text!r}")
        if len(outcome.text.encode()) > 200_000 + 1000:
            found.append("too long")
        if outcome.ok:
            found += [error.message for error in self._schemas[name].iter_errors(outcome.data)]
            json.dumps(outcome.data, allow_nan=False)
        return found


@contextmanager
def sender(workers: int = 1) -> Iterator[Sender]:
    """A warm service with all tools."""
    settings = ServeSettings(workers=workers, audit=True, audit_arguments=True)
    with Service(settings, load_tools(tuple(QUESTIONS))) as service, asyncio.Runner() as loop:
        service.warm_up()
        yield Sender(service, loop)


def corpus() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every hostile call: what it tries, the tool, the arguments."""
    for group, texts in TEXTS.items():
        for text in texts:
            for tool, question in QUESTIONS.items():
                yield group, tool, {question: text}
            yield group, "calculate_derivative", {"expression": "x", "variable": text}
            yield group, "generate_code", {"spec": "zzz", "examples": text, "budget_ms": 100}
            yield group, "generate_code", {"spec": "zzz", "signature": text}
    for value in VALUES:
        for tool, question in QUESTIONS.items():
            yield "values", tool, {question: value}
        for other in ("variable", "order"):
            yield "values", "calculate_derivative", {"expression": "x^2", other: value}
        for other in ("examples", "signature", "budget_ms"):
            yield "values", "generate_code", {"spec": "zzz", other: value}
    for tool, arguments in (*CALLS, *CODE):
        yield "calls", tool, arguments
