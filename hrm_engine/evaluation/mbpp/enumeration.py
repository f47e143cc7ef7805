"""The baseline that only looks at examples: the shortest program that fits the visible asserts.

Bottom-up enumeration over the typed program language (`hrm_engine/programs/search`), without a
model and without reading the request. It proposes one program or none; with no visible assert
there is nothing to search by.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hrm_engine.deadline import Deadline
from hrm_engine.errors import HRMError
from hrm_engine.evaluation.mbpp.generators import Generator
from hrm_engine.evaluation.mbpp.problems import Problem
from hrm_engine.programs.printer import to_python
from hrm_engine.programs.search.find import find_program


def enumeration(seconds: float) -> Generator:
    """The baseline with at most so many seconds a task."""

    def propose(problem: Problem) -> Iterator[str]:
        cases = problem.visible
        if not cases or any(case.built or case.call.keywords for case in cases):
            return
        inputs = [[_listed(value) for value in case.call.arguments] for case in cases]
        try:
            found = find_program(inputs, [case.expected for case in cases], Deadline.after(seconds))
        except HRMError:  # values that the language does not have
            return
        if found is not None:
            yield to_python(found.program, problem.name)

    # What is found within the time depends on the machine, hence not `fixed`.
    return Generator(f"enumeration {seconds:g} s", propose, ranked=True, fixed=False, most=1)


def _listed(value: Any) -> Any:
    """A tuple as a list: the language has no tuples, but most of its programs take them too."""
    return list(value) if isinstance(value, tuple) else value
