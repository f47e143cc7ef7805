"""Choices from one seeded generator, and the little phrase grammar written with them.

    {a|b|c}   one of several          [a]   a or nothing          <e>   a slot, filled by the caller

Both nest: `{what's|what is} the [first ]derivative of <e>` is four phrasings. A filled phrase is
a list of pieces, so that noise can touch the words and leave the mathematics alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

import numpy as np

Item = TypeVar("Item")
Piece = tuple[str, bool]  # text, whether it is mathematics
Node = str | tuple["Node", ...] | list["Node"]

_BLOCK = 4096
_LITERALS = str.maketrans("«»‹›", "[]{}")
_PART = re.compile(r"[{}\[\]|]|[^{}\[\]|]+")


class Dice:
    """Fast uniform choices; the numbers are drawn from `rng` in blocks."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._numbers: list[float] = []

    def uniform(self) -> float:
        """A number in [0, 1)."""
        if not self._numbers:
            self._numbers = self._rng.random(_BLOCK).tolist()
        return self._numbers.pop()

    def chance(self, probability: float) -> bool:
        """True with `probability`."""
        return self.uniform() < probability

    def below(self, n: int) -> int:
        """An integer in [0, n)."""
        return int(self.uniform() * n)

    def pick(self, items: Sequence[Item]) -> Item:
        """One of `items`, each as likely."""
        return items[self.below(len(items))]

    def weighted(self, items: Mapping[Item, float]) -> Item:
        """One key of `items`, as likely as its value says."""
        left = self.uniform() * sum(items.values())
        for item, weight in items.items():
            left -= weight
            if left < 0:
                return item
        return item

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        """The items in a random order."""
        rest = list(items)
        return [rest.pop(self.below(len(rest))) for _ in items]

    def phrase(self, template: str) -> str:
        """One phrasing of `template`; slots stay as they are."""
        return self._expand(_parse(template)).translate(_LITERALS)

    def fill(self, template: str, **slots: str) -> list[Piece]:
        """One phrasing with its slots filled, as pieces of words and mathematics."""
        pieces: list[Piece] = []
        for part in re.split(r"(<\w+>)", self.phrase(template)):
            name = part[1:-1]
            if part.startswith("<") and name in slots:
                pieces.append((slots[name], True))
            elif part:
                pieces.append((part, False))
        return pieces

    def _expand(self, node: Node) -> str:
        if isinstance(node, str):
            return node
        if isinstance(node, tuple):
            return self._expand(self.pick(node))
        return "".join(self._expand(part) for part in node)


@lru_cache(maxsize=4096)
def _parse(template: str) -> Node:
    """The tree of a template: a list is a sequence, a tuple is a choice."""
    parts = _PART.findall(template)
    node, rest = _choice(parts, 0)
    if rest != len(parts):
        raise ValueError(f"unbalanced phrase: {template!r}")
    return node


def _choice(parts: Sequence[str], at: int) -> tuple[Node, int]:
    """Alternatives up to a closing bracket, and where that stands."""
    options: list[Node] = []
    sequence: list[Node] = []
    while at < len(parts) and parts[at] not in "}]":
        part = parts[at]
        if part == "|":
            options.append(sequence)
            sequence = []
        elif part in "{[":
            inner, at = _choice(parts, at + 1)
            if at == len(parts):
                raise ValueError(f"unbalanced phrase: {''.join(parts)!r}")
            sequence.append(inner if part == "{" else (inner, ""))
        else:
            sequence.append(part)
        at += 1
    options.append(sequence)
    return tuple(options), at
