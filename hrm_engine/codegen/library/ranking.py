"""Which snippets a request may mean, the most likely first.

    score = (best over the snippet's texts of cos(request, text) + NAME * cos(asked name, name))
            / (1 + NAME)

Texts are compared by TF-IDF over stems and pairs of neighbouring stems (`vocabulary.py`); one
that says the opposite of the request, such as minimum for maximum, counts OPPOSED as much.
Names are compared as words, too. The constants were chosen on MBPP's tasks outside the test
split (docs/mbpp.md).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from hrm_engine.codegen.library.snippet import Snippet
from hrm_engine.codegen.library.tfidf import TfIdf
from hrm_engine.codegen.library.vocabulary import opposites, stemmed

NAME: Final = 0.3
"""The weight of the name beside that of the text."""
PAIR: Final = 0.5
"""The weight of two neighbouring words beside that of one."""
OPPOSED: Final = 0.7


class Ranking:
    """An index over snippets; T texts in all."""

    def __init__(self, snippets: Sequence[Snippet]) -> None:
        self.snippets = tuple(snippets)
        owned = [(n, text) for n, each in enumerate(snippets) for text in each.texts]
        texts = [text for _, text in owned]
        self._owners = np.array([number for number, _ in owned], dtype=np.intp)  # (T,)
        self._texts = TfIdf(texts, terms)
        self._names = TfIdf([snippet.name for snippet in snippets], name_terms)
        self._told = _told(map(stemmed, texts), len(texts))  # (T, words of opposites)

    def scores(self, specification: str, name: str) -> NDArray[np.float64]:
        """How well each snippet answers, 0..1: (snippets,)."""
        similar = self._texts.similar(specification)
        similar[self._opposed((*stemmed(specification), *stemmed(name)))] *= OPPOSED
        best = np.zeros(len(self.snippets))
        np.maximum.at(best, self._owners, similar)
        if not name_terms(name).keys() & self._names.idf.keys():  # such as `f`: it tells nothing
            return best
        found: NDArray[np.float64] = (best + NAME * self._names.similar(name)) / (1 + NAME)
        return found

    def _opposed(self, stems: Sequence[str]) -> NDArray[np.bool_]:
        """Which texts say one of a row of opposites where `stems` say only others: (T,)."""
        (asked,) = _told([stems], 1)
        found = np.zeros(len(self._told), dtype=np.bool_)
        start = 0
        for row in opposites():
            mine, theirs = asked[start : start + len(row)], self._told[:, start : start + len(row)]
            if mine.any():
                found |= theirs.any(axis=1) & ~(theirs & mine).any(axis=1)
            start += len(row)
        return found


def terms(text: str) -> dict[str, float]:
    """The stems of a text and the pairs of neighbours, each with what it counts."""
    stems = stemmed(text)
    found = {stem: 1 + math.log(times) for stem, times in Counter(stems).items()}
    return found | {f"{one} {two}": PAIR for one, two in pairwise(stems)}


def name_terms(name: str) -> Mapping[str, float]:
    """The stems of a function's name, each once."""
    return dict.fromkeys(stemmed(name), 1.0)


def _told(texts: Iterable[Sequence[str]], count: int) -> NDArray[np.bool_]:
    """Which words of the rows of opposites stand in each of `count` texts: (count, words)."""
    columns = {word: k for k, word in enumerate(chain.from_iterable(opposites()))}
    found = np.zeros((count, len(columns)), dtype=np.bool_)
    for number, stems in enumerate(texts):
        for word in columns.keys() & set(stems):
            found[number, columns[word]] = True
    return found
