"""The place of a stage that cannot be had here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hrm_engine.codegen.request import Candidate, Request
from hrm_engine.deadline import Deadline


@dataclass(frozen=True)
class Absent:
    """A `Stage` that proposes nothing; `reason` says why, and so does the answer's note."""

    name: str
    reason: str

    def propose(self, request: Request, deadline: Deadline) -> Iterator[Candidate]:
        """Nothing."""
        return iter(())
