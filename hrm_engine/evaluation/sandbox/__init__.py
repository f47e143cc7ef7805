"""A sandbox for code that nobody vouches for, and a judge that stands outside it.

Read `sandbox.py` first, then `judge.py`; `inside/` is what runs beside the candidate.
"""

from __future__ import annotations

from hrm_engine.evaluation.sandbox.judge import Example, Judgement, judge
from hrm_engine.evaluation.sandbox.records import (
    LEVELS,
    Call,
    Level,
    Limits,
    Outcome,
    Output,
    Status,
)
from hrm_engine.evaluation.sandbox.sandbox import Sandbox
from hrm_engine.evaluation.sandbox.zygote_process import SandboxError

__all__ = [
    "LEVELS",
    "Call",
    "Example",
    "Judgement",
    "Level",
    "Limits",
    "Outcome",
    "Output",
    "Sandbox",
    "SandboxError",
    "Status",
    "judge",
]
