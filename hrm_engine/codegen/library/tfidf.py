"""Texts compared by their words (Salton and Buckley 1988).

A word counts the more often it stands in a text and the rarer it is in all of them,

    w(t, d) = tf(t, d) * (ln((1 + N) / (1 + df(t))) + 1),   similarity = cosine
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

WORD = re.compile(r"\w\w+")


def words(text: str) -> Counter[str]:
    """How often each word of two letters or more occurs, in lower case."""
    return Counter(WORD.findall(text.lower()))


class TfIdf:
    """N documents as unit vectors over the words of all of them, kept by word."""

    def __init__(
        self,
        documents: Sequence[str],
        count: Callable[[str], Mapping[str, float]] = words,
    ) -> None:
        """`count` says what the words of a text are, and how much of each there is."""
        self.count = count
        counts = [count(document) for document in documents]
        present = Counter(word for each in counts for word in each)
        self.size = len(documents)
        self.idf = {w: math.log((1 + self.size) / (1 + df)) + 1 for w, df in present.items()}
        self.postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, each in enumerate(counts):
            for word, weight in self.vector(each).items():
                self.postings[word].append((number, weight))

    def vector(self, count: Mapping[str, float]) -> dict[str, float]:
        """The unit vector of a text by word; empty if it has no known word."""
        weights = {w: times * self.idf[w] for w, times in count.items() if w in self.idf}
        norm = math.hypot(*weights.values())
        return {word: weight / norm for word, weight in weights.items()} if norm else {}

    def similar(self, text: str) -> NDArray[np.float64]:
        """How similar each document is to `text`, 0..1: (N,)."""
        found = [0.0] * self.size
        for word, weight in self.vector(self.count(text)).items():
            for number, other in self.postings[word]:
                found[number] += weight * other
        return np.array(found)

    def rank(self, text: str) -> list[int]:
        """The documents' numbers, the most similar first; ties keep the documents' order."""
        return [int(i) for i in np.argsort(-self.similar(text), kind="stable")]
