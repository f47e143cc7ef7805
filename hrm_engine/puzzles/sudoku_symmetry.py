"""The changes of a Sudoku that keep it one: new names for digits, moved rows and columns.

Bands (rows of boxes) change places, rows change places within their band, the same for stacks
and columns, and a grid of square boxes may be transposed. For 9x9 these are
9! * 3!^4 * 3!^4 * 2 changes.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hrm_engine.puzzles.sudoku_shape import Shape
from hrm_engine.tasks.base import Symmetry

_MARKS = 2
"""Tokens before the digits: pad and blank, which keep their meaning."""


def random_symmetry(shape: Shape, rng: np.random.Generator) -> Symmetry:
    """A change drawn evenly from all of them."""
    rows = _lines(shape.size, shape.box_rows, rng)
    columns = _lines(shape.size, shape.box_columns, rng)
    cells = rows[:, None] * shape.size + columns[None, :]
    if shape.box_rows == shape.box_columns and rng.integers(2):
        cells = cells.T
    digits = _MARKS + rng.permutation(shape.size)
    tokens = np.concatenate([np.arange(_MARKS), digits]).astype(np.uint8)
    return Symmetry(cells.reshape(-1).astype(np.intp), tokens)


def _lines(size: int, thick: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """An order of rows (or columns) that keeps those of a band of `thick` together."""
    bands = rng.permutation(size // thick)
    order = [band * thick + rng.permutation(thick) for band in bands]
    return np.concatenate(order).astype(np.intp)
