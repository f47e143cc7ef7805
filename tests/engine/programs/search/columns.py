"""Columns for tests: random values, and columns turned back into values."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hrm_engine.programs.search.enumerate import Value, columns_of
from hrm_engine.programs.search.kernels import Columns, Shape, Type

SHAPE = Shape(examples=3, longest=5, bound=50)


def draw(kind: Type, rng: np.random.Generator, largest: int = 14) -> list[Value]:
    """One value an example."""
    if kind == "int":
        return [int(n) for n in rng.integers(-4, 7, SHAPE.examples)]
    return [
        [int(n) for n in rng.integers(-largest, largest + 1, rng.integers(SHAPE.longest + 1))]
        for _ in range(SHAPE.examples)
    ]


def stack(values: Sequence[Sequence[Value]]) -> Columns:
    """Columns of values of one type, side by side."""
    return np.concatenate([columns_of(SHAPE, each)[1] for each in values], axis=1)


def values_of(columns: Columns, number: int) -> list[Value]:
    """The values of one column."""
    column = [int(cell) for cell in columns[:, number]]
    if len(column) == SHAPE.examples:
        return list(column)
    lengths = column[SHAPE.cells :]
    starts = range(0, SHAPE.cells, SHAPE.longest)
    return [column[at : at + n] for at, n in zip(starts, lengths, strict=True)]
