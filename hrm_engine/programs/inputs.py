"""Random values of every type, of the sizes that people write in examples.

A draw first picks a style (small or wide numbers, short or long lists), then the values, so that
one set of examples is not all alike.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from hrm_engine.programs.types import Type, Value

WORDS = (
    "apple", "red", "Blue", "code", "level", "noon", "tree", "a", "The", "quick", "brown", "Fox",
    "jumps", "over", "lazy", "dog", "Python", "list", "seven", "12", "7", "2024", "sun", "moon",
    "radar", "hello", "World", "data", "eye", "UP", "low", "x1", "b2b", "zoo", "banana", "kiwi",
    "test", "cat", "bird", "stats",
)  # fmt: skip
"""The words that texts are made of."""
_LETTERS = "abcdeABC019 -_.,"
_SEPARATORS = (" ", " ", " ", ",", "-", "_", ", ")
LONGEST_LIST = 8


def draw_value(kind: Type, rng: np.random.Generator) -> Value:
    """A random value of type `kind`."""
    return _DRAWS[kind](rng)


def draw_inputs(types: tuple[Type, ...], rng: np.random.Generator) -> tuple[Value, ...]:
    """Random values of these types; two lists of integers are often of equal length."""
    values = [draw_value(kind, rng) for kind in types]
    lists = [place for place, kind in enumerate(types) if kind is Type.INTS]
    if len(lists) > 1 and rng.random() < 0.7:
        size = len(values[lists[0]])
        for place in lists[1:]:
            values[place] = [_integer(rng) for _ in range(size)]
    return tuple(values)


def draw_short(types: tuple[Type, ...], rng: np.random.Generator) -> tuple[Value, ...]:
    """Integers from 0 to 5 and lists of up to five integers within -50 to 50, mostly near 0."""
    low, high = ((0, 10), (-10, 11), (-50, 51), (0, 5))[int(rng.integers(4))]
    return tuple(
        int(rng.integers(6))
        if kind is Type.INT
        else [int(n) for n in rng.integers(low, high, int(rng.integers(6)))]
        for kind in types
    )


def _integer(rng: np.random.Generator) -> int:
    style = rng.random()
    if style < 0.5:
        return int(rng.integers(0, 10))
    return int(rng.integers(-20, 21) if style < 0.85 else rng.integers(-50, 200))


def _integers(rng: np.random.Generator) -> list[int]:
    low, high = ((0, 10), (-10, 11), (-50, 51), (1, 5))[int(rng.integers(4))]
    return [int(value) for value in rng.integers(low, high, _size(rng))]


def _text(rng: np.random.Generator) -> str:
    style = rng.random()
    if style < 0.3:
        return str(rng.choice(WORDS))
    if style < 0.8:
        by = _SEPARATORS[int(rng.integers(len(_SEPARATORS)))]
        return by.join(_words(rng))
    return "".join(_LETTERS[place] for place in rng.integers(0, len(_LETTERS), _size(rng)))


def _words(rng: np.random.Generator) -> list[str]:
    return [WORDS[place] for place in rng.integers(0, len(WORDS), _size(rng))]


def _size(rng: np.random.Generator) -> int:
    return int(rng.integers(0, 3) if rng.random() < 0.12 else rng.integers(2, LONGEST_LIST + 1))


def _counts(draw: Callable[[np.random.Generator], list[Any]]) -> Callable[..., dict[Any, int]]:
    return lambda rng: {key: int(rng.integers(1, 6)) for key in draw(rng)}


_DRAWS: dict[Type, Callable[[np.random.Generator], Value]] = {
    Type.INT: _integer,
    Type.BOOL: lambda rng: bool(rng.random() < 0.5),
    Type.FLOAT: lambda rng: _integer(rng) / 4,
    Type.STR: _text,
    Type.INTS: _integers,
    Type.STRS: _words,
    Type.BOOLS: lambda rng: [bool(value) for value in rng.random(_size(rng)) < 0.5],
    Type.INT_COUNTS: _counts(_integers),
    Type.STR_COUNTS: _counts(_words),
}
