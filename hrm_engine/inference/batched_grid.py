"""Grid problems that arrive one by one, refined together: `grid_search.py` with an open door.

Each step is one segment for every running try. A problem whose first try fails brings on its
further ones, which start together, so that an answer is the same as alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from hrm_engine.inference.grid_engine import GridEngine
from hrm_engine.inference.grid_search import Plan, Search, Try
from hrm_engine.tasks.base import GridTask


@dataclass(frozen=True)
class Puzzled:
    """A problem and how many tries it may have."""

    problem: Any
    candidates: int


class GridBatch:
    """Searches in the making; a `Batch` of `Puzzled` questions and the tries made at each."""

    def __init__(
        self, engine: GridEngine, task: GridTask[Any, Any], plan: Plan, problems: int
    ) -> None:
        """problems: at most so many at once, and no more tries than the plan or the engine says."""
        self._search = Search(engine, task, (), replace(plan, together=True))
        self._limit, self._rows = problems, plan.batch or engine.rows
        self._tries: dict[int, list[Try]] = {}

    @property
    def rows(self) -> int:
        """Tries that the next step computes."""
        return min(self._search.load, self._rows)

    @property
    def room(self) -> int:
        """How many more problems there may be."""
        return min(self._limit - len(self._tries), self._rows - self._search.load)

    def admit(self, number: int, question: Puzzled) -> None:
        """Take a problem in."""
        self._tries[number] = []
        self._search.add(number, question.problem, question.candidates)

    def drop(self, number: int) -> None:
        """Forget a problem; its tries are not computed again."""
        del self._tries[number]
        self._search.forget(number)

    def advance(self) -> list[tuple[int, list[Try]]]:
        """One more segment for every try; the finished problems with all their tries."""
        left = [one for one in self._search.step() if one.left and one.item in self._tries]
        for one in left:
            self._tries[one.item].append(one)
        ended = [item for item in {one.item for one in left} if self._search.finished(item)]
        answers = [(item, self._tries[item]) for item in ended]
        for item in ended:
            self.drop(item)
        return answers
