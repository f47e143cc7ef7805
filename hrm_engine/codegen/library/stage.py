"""The library as the first stage: what is already written need not be made.

With examples: the snippets that can take the arguments, at most MOST programs, however unlike
the request; the judge has something to go by. Without examples: only confident matches, each
as it is most plainly called.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from hrm_engine.codegen.library.fitting import Asked, Fit, fits
from hrm_engine.codegen.library.naming import renamed, wrapped
from hrm_engine.codegen.library.ranking import Ranking
from hrm_engine.codegen.library.snippet import Snippet
from hrm_engine.codegen.library.store import library
from hrm_engine.codegen.request import Candidate, Request
from hrm_engine.deadline import Deadline

MOST: Final = 60
STEP: Final = 0.1
"""What the score loses for each step of a fit from the plain call."""
FLOOR: Final = 0.55
"""The least score where there are no examples; from here on half of the first guesses are right."""


@dataclass(frozen=True)
class LibraryStage:
    """Proposes functions of the library under the name that is asked for.

    snippets: those to choose from, None for all that are shipped; most: programs for a request;
    floor: the least score where no example can show that a match is none, 0..1.
    """

    snippets: tuple[Snippet, ...] | None = None
    most: int = MOST
    floor: float = FLOOR
    name: str = "library"

    def propose(self, request: Request, deadline: Deadline) -> Iterator[Candidate]:
        """Functions that may be meant, the most likely first."""
        ranking = _index(self.snippets)
        asked = Asked.of(request)
        seen: set[str] = set()
        for snippet, fit in self._ordered(ranking, request, asked):
            if deadline.remaining() == 0 or len(seen) == self.most:
                return
            code = _code(snippet, fit, request, asked)
            if code is not None and code not in seen:
                seen.add(code)
                yield Candidate(code, snippet.source, attribution=snippet.attribution)

    def _ordered(
        self, ranking: Ranking, request: Request, asked: Asked | None
    ) -> list[tuple[Snippet, Fit]]:
        """Snippets with a way to call each, by falling score."""
        scores = ranking.scores(request.specification, request.name)
        floor = 0.0 if request.examples else self.floor
        likely = heapq.nlargest(4 * self.most, range(len(scores)), key=scores.__getitem__)
        found = []
        for number in likely:
            snippet, score = ranking.snippets[number], float(scores[number])
            if score < floor:
                break
            ways = fits(snippet, asked) if request.examples else [*fits(snippet, asked)][:1]
            found += [(score - STEP * fit.distance, snippet, fit) for fit in ways]
        found.sort(key=lambda each: -each[0])
        return [(snippet, fit) for _, snippet, fit in found]


@lru_cache(maxsize=4)
def _index(snippets: tuple[Snippet, ...] | None) -> Ranking:
    return Ranking(library() if snippets is None else snippets)


def _code(snippet: Snippet, fit: Fit, request: Request, asked: Asked | None) -> str | None:
    """The snippet as the function asked for; None where no name can be given to it."""
    code, name = snippet.code, snippet.name
    if fit.expression and asked is not None:
        return wrapped(code, name, request.name, asked.parameters, fit.expression)
    plain = renamed(code, name, request.name)
    if plain is None:  # a function around it leaves the names within alone
        plain = wrapped(code, name, request.name, ["*arguments"], f"{name}(*arguments)")
    return plain
