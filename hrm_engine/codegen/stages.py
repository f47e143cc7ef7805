"""The stages of the cascade, in the order in which they are asked.

    library       verified functions that others wrote, by their request
    network       the trained network's program, from request and examples
    guided        a search in the order of the network's probabilities
    enumeration   a search in the order of size, from the examples alone
    executor      a language model of your own, where you have one

A stage that cannot be had here stands in the list as `Absent`, with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hrm_engine.codegen.absent import Absent
from hrm_engine.codegen.reading import readings
from hrm_engine.codegen.request import Candidate, Request, Stage
from hrm_engine.deadline import Deadline
from hrm_engine.errors import CheckpointError, HRMError, MissingExtraError

SOURCE = "search"
"""The label of what the enumeration finds."""


@dataclass(frozen=True)
class Enumeration:
    """The shortest program of the typed language that fits the examples; reads no request."""

    name: str = "enumeration"

    def propose(self, request: Request, deadline: Deadline) -> Iterator[Candidate]:
        """One program, if there is one within the time; the judge sees the real examples."""
        from hrm_engine.programs.search.find import find_program

        for result, inputs, outputs in readings(request):
            try:
                found = find_program(inputs, outputs, deadline)
            except HRMError:  # values that the language does not have
                continue
            if found is not None:
                yield result.candidate(found.program, request, SOURCE)
                return

    def others(self, request: Request, deadline: Deadline) -> Iterator[Candidate]:
        """Every program that fits the examples, the shortest first, until `deadline`."""
        from hrm_engine.programs.search.general import GeneralSearch

        for result, inputs, outputs in readings(request):
            try:
                search = GeneralSearch(inputs, outputs)
            except HRMError:
                continue
            while found := search.run(deadline):
                yield result.candidate(found.program, request, SOURCE)


def default_stages(executor: Stage | None = None) -> list[Stage]:
    """All stages of this installation; `executor` comes last, where there is one."""
    stages: list[Stage] = [
        _made("library", _library),
        _made("network", _network),
        _made("guided search", _guided),
        Enumeration(),
    ]
    return [*stages, executor] if executor else stages


def _made(name: str, make: Callable[[], Stage]) -> Stage:
    """The stage, or its absence with the reason."""
    try:
        return make()
    except (CheckpointError, MissingExtraError) as error:
        return Absent(name, error.problem)
    except ImportError as error:
        return Absent(name, f"not installed ({error.name})")


def _library() -> Stage:
    from hrm_engine.codegen.library import LibraryStage

    return LibraryStage()


def _network() -> Stage:
    from hrm_engine.codegen.network import NetworkStage  # torch loads here

    return NetworkStage()


def _guided() -> Stage:
    from hrm_engine.codegen.guided import GuidedStage

    return GuidedStage()
