"""The baseline without a model: look up the most similar request, return its function.

Requests are compared by plain TF-IDF (`codegen/library/tfidf.py`) over whole words. The library
is every MBPP task outside the test split. A found function is given the name that
was asked for; nothing else about it changes. Any model must be better than this to be worth
its weights.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator, Sequence

from hrm_engine.codegen.library.tfidf import TfIdf
from hrm_engine.evaluation.mbpp.cases import Case
from hrm_engine.evaluation.mbpp.generators import Generator
from hrm_engine.evaluation.mbpp.problems import SPLITS, MbppTask, Problem

NAME = "retrieval"


def retrieval(tasks: Sequence[MbppTask]) -> Generator:
    """The baseline over those `tasks` that are not in the test split; ranked by similarity.

    A task never finds itself, so that the other splits can be measured too.
    """
    library = [task for task in tasks if task.id not in SPLITS["test"]]
    search = TfIdf([task.text for task in library])

    def propose(problem: Problem) -> Iterator[str]:
        for number in search.rank(problem.text):
            found = library[number]
            if found.id != problem.id and all(_takes(found, case) for case in problem.visible):
                yield renamed(found, problem.name)

    return Generator(NAME, propose, ranked=True)


def _takes(task: MbppTask, case: Case) -> bool:
    """Whether the function can take as many arguments as a visible assert gives it.

    One that cannot would fail that assert; not running it saves half of the time.
    """
    if case.built or case.call.keywords:
        return True
    (function,) = ast.parse(f"{task.signature}: ...").body
    assert isinstance(function, ast.FunctionDef)
    given, parameters = len(case.call.arguments), function.args
    most = math.inf if parameters.vararg else len(parameters.args)
    return len(parameters.args) - len(parameters.defaults) <= given <= most


def renamed(task: MbppTask, name: str) -> str:
    """The task's reference, callable by `name`."""
    code = task.reference.rstrip() + "\n"
    return code if name == task.name else f"{code}\n{name} = {task.name}\n"
