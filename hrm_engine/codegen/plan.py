"""The plan of a program: its statements in English, with their values on each example."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hrm_engine.evaluation.sandbox import Example
from hrm_engine.programs.interpreter import trace
from hrm_engine.programs.program import Program
from hrm_engine.programs.sampler import PlanStep, plan_of
from hrm_engine.programs.types import ProgramError


def plan_on(program: Program, examples: Sequence[Example]) -> tuple[PlanStep, ...]:
    """The steps; without values where an example is none of the language's."""
    rows = []
    for example in examples:
        try:
            row = trace(program, [as_list(value) for value in example.call.arguments])
        except ProgramError:
            row = None
        if row is None:
            return plan_of(program, [])
        rows.append(row)
    return plan_of(program, rows)


def as_list(value: Any) -> Any:
    """A tuple as a list: the language has no tuples, but most of its programs take them too."""
    return [as_list(item) for item in value] if isinstance(value, (list, tuple)) else value
