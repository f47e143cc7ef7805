"""The product as a generator: what the stages of `generate_code` propose, in their order.

The harness judges in place of the cascade, so that pass@k is counted as for every generator;
what is proposed, and after what, is the same. One thing differs: where nothing is visible the
library does not keep its less likely matches to itself, since pass@k asks for k guesses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from hrm_engine.codegen.library import LibraryStage, Snippet, library
from hrm_engine.codegen.library.store import mbpp_snippets
from hrm_engine.codegen.request import Candidate, Request, Stage
from hrm_engine.codegen.stages import default_stages
from hrm_engine.deadline import Deadline
from hrm_engine.evaluation.mbpp.generators import Generator, Propose
from hrm_engine.evaluation.mbpp.problems import Problem
from hrm_engine.evaluation.sandbox import Example


def system(seconds: float, stages: Callable[[], Sequence[Stage]] = default_stages) -> Generator:
    """Every stage of this installation, each search with at most so many seconds a task.

    `stages` is called at the first task, for networks load then. What is found within the time
    depends on the machine, so the generator is not `fixed`.
    """
    return Generator("system", _proposed(cache(stages), seconds), ranked=True, fixed=False)


def parts() -> list[Generator]:
    """The library alone, and what it is without our own snippets."""
    return [looked_up("library", library()), looked_up("library-mbpp", mbpp_snippets())]


def looked_up(name: str, snippets: Sequence[Snippet]) -> Generator:
    """The library alone, of `snippets`."""
    stage = LibraryStage(tuple(snippets))
    return Generator(name, _proposed(lambda: [stage], 0.0), ranked=True)


def _proposed(stages: Callable[[], Sequence[Stage]], seconds: float) -> Propose:
    def propose(problem: Problem) -> Iterator[str]:
        request = asked(problem)
        for stage in stages():
            for candidate in _of(stage, request, seconds):
                if candidate.source != f"library:MBPP/{problem.id}":  # no task finds itself
                    yield candidate.code

    return propose


def _of(stage: Stage, request: Request, seconds: float) -> Iterator[Candidate]:
    if not isinstance(stage, LibraryStage):
        return stage.propose(request, Deadline.after(seconds))
    bold = replace(stage, floor=0.0)
    return bold.propose(request, Deadline.never())  # a look-up takes no time worth a limit


def asked(problem: Problem) -> Request:
    """The problem as a request; asserts that are no plain call are not shown as examples."""
    plain = [case for case in problem.visible if not (case.built or case.call.keywords)]
    examples = tuple(Example(case.call, case.expected) for case in plain)
    return Request(problem.text, problem.name, problem.signature, examples)
