"""What a search gives back."""

from __future__ import annotations

from dataclasses import dataclass

from hrm_engine.programs.program import Program


@dataclass(frozen=True)
class Found:
    """A program that the interpreter has run on every example.

    cost: of its statements; values, goals: how many the search has made; method: which
    enumeration found it, `columns` or `general`.
    """

    program: Program
    cost: int
    values: int
    goals: int
    seconds: float
    method: str
