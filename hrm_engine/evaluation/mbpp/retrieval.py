"""The baseline without a model: look up the most similar request, return its function.

Requests are compared by TF-IDF (Salton and Buckley 1988): a word counts the more often it
stands in a request and the rarer it is in the library,

    w(t, d) = tf(t, d) * (ln((1 + N) / (1 + df(t))) + 1),   similarity = cosine

The library is every MBPP task outside the test split. A found function is given the name that
was asked for; nothing else about it changes. Any model must be better than this to be worth
its weights.
"""

from __future__ import annotations

import ast
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from hrm_engine.evaluation.mbpp.cases import Case
from hrm_engine.evaluation.mbpp.generators import Generator
from hrm_engine.evaluation.mbpp.problems import SPLITS, MbppTask, Problem

WORD = re.compile(r"\w\w+")
NAME = "retrieval"


class TfIdf:
    """Documents as unit vectors over the words of all of them; N documents, V words."""

    def __init__(self, documents: Sequence[str]) -> None:
        counts = [words(document) for document in documents]
        self.index = {word: i for i, word in enumerate(sorted(set().union(*counts)))}
        present = Counter(word for count in counts for word in count)
        known = np.array([present[word] for word in self.index], dtype=np.float64)
        self.idf = np.log((1 + len(documents)) / (1 + known)) + 1  # (V,)
        self.vectors = np.stack([self.vector(count) for count in counts])  # (N, V)

    def vector(self, count: Counter[str]) -> NDArray[np.float64]:
        """The unit vector (V,) of a text; zeros if it has no known word."""
        weights = np.zeros(len(self.index))
        for word, times in count.items():
            if word in self.index:
                weights[self.index[word]] = times
        weights *= self.idf
        norm = float(np.linalg.norm(weights))
        return weights / norm if norm else weights

    def rank(self, text: str) -> list[int]:
        """The documents' numbers, the most similar first; ties keep the documents' order."""
        similar = self.vectors @ self.vector(words(text))  # (N,)
        return [int(i) for i in np.argsort(-similar, kind="stable")]


def words(text: str) -> Counter[str]:
    """How often each word of two letters or more occurs, in lower case."""
    return Counter(WORD.findall(text.lower()))


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
