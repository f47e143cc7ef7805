"""What is asked, what may answer it, and what came of it.

A `Stage` proposes `Candidate`s for a `Request`; it never says that they are right. Only the
judge does, outside the process in which a candidate ran.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from hrm_engine.deadline import Deadline
from hrm_engine.evaluation.sandbox import Example
from hrm_engine.programs.program import Program

Status = Literal["verified", "partial", "unverified", "none"]


@dataclass(frozen=True)
class Request:
    """One question.

    specification: in English; name: of the function to write; signature: its `def` line
    without the colon, "" where none was given; examples: calls of `name` with what they must
    return. Arguments are plain Python values, given by position.
    """

    specification: str
    name: str = "f"
    signature: str = ""
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """Python that defines the function asked for.

    source: who made it (library:MBPP/12, hrm:<model>, hrm+search, search, executor:<name>);
    program: its typed form where there is one, from which the plan is printed; attribution:
    whose text it is and under which licence, "" for what was made here.
    """

    code: str
    source: str
    program: Program | None = None
    attribution: str = ""


class Stage(Protocol):
    """One way to find code."""

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    def propose(self, request: Request, deadline: Deadline) -> Iterator[Candidate]:
        """Candidates, the most likely first, until `deadline`; may be none, may be endless.

        Raises nothing for a request that it cannot answer: it proposes nothing.
        """
        ...
