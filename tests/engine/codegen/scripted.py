"""Stages that propose what a test tells them to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hrm_engine.codegen.cascade import generate
from hrm_engine.codegen.examples import read_examples
from hrm_engine.codegen.generated import Generated
from hrm_engine.codegen.request import Candidate, Request
from hrm_engine.deadline import Deadline
from hrm_engine.evaluation.sandbox import Sandbox

PATIENT_S = 60.0


@dataclass(frozen=True)
class Scripted:
    """A `Stage` that proposes these codes in order; then `after`, which may raise or wait."""

    codes: tuple[str, ...]
    name: str = "scripted"
    source: str = "scripted:test"
    after: Callable[[Deadline], None] = lambda deadline: None

    def propose(self, request: Request, deadline: Deadline) -> Iterator[Candidate]:
        """The codes."""
        for code in self.codes:
            yield Candidate(code, self.source, attribution="made up for a test")
        self.after(deadline)


def asked(examples: str, spec: str = "anything") -> Request:
    """A request with the examples in a text."""
    name, found = read_examples(examples)
    return Request(spec, name, "", found)


def answer(sandbox: Sandbox, examples: str, *codes: str, source: str = "scripted:x") -> Generated:
    """What the cascade makes of these codes, with time enough."""
    deadline = Deadline.after(PATIENT_S)
    return generate(asked(examples), [Scripted(codes, source=source)], sandbox, deadline)
