"""What came of a request, with everything that is known about it."""

from __future__ import annotations

from dataclasses import dataclass

from hrm_engine.codegen.request import Status
from hrm_engine.evaluation.sandbox import Level
from hrm_engine.programs.sampler import PlanStep

NEEDED = 3
"""Distinct examples without which nothing is called verified."""


@dataclass(frozen=True)
class Generated:
    """The answer to one `Request`.

    status: verified (every example passes, at least `NEEDED` distinct ones, in fresh runs and in
    another order too), partial (every one of fewer, or some), unverified (no examples to judge
    by) or none. code: Python, exactly as it was run; "" for none. source: who wrote it, as
    `Candidate.source`. given, passed, distinct: examples. plan: the statements in English with
    their values on each example; None where there is no typed program. level: of the sandbox.
    candidates: programs that were run. attribution: whose text it is, and its licence.
    first_failure: the first wrong result as a diff. note: what else the reader should know.
    """

    status: Status
    code: str = ""
    source: str = "none"
    given: int = 0
    passed: int = 0
    distinct: int = 0
    plan: tuple[PlanStep, ...] | None = None
    level: Level = "weak"
    candidates: int = 0
    attribution: str = ""
    note: str = ""
    first_failure: str = ""
