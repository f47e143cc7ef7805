"""DeepCoder's operations on many values at once.

A *column* holds one value for every example: for lists, `E*L` cells (zero beyond the end) and
then `E` lengths; for integers, `E` numbers. A batch is an array of columns side by side, so
each kernel is a few passes over contiguous memory. Lists never grow in this language, hence
`L`, the longest list of the examples, is enough for every value of a search.

Every kernel returns `(columns, valid)`: `valid` tells for which columns the operation has a
result in all examples, within `bound` (the language of Balog et al. 2017, arXiv:1611.01989,
appendix F, has no result where a number leaves its range).

Letters: E examples, L longest list, N columns, W = E*L + E rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Columns = NDArray[np.signedinteger[Any]]
Valid = NDArray[np.bool_]
Result = tuple[Columns, Valid]
Type = Literal["int", "list"]
LARGEST_BOUND = 46_340  # its square still fits in 32 bits


@dataclass(frozen=True)
class Shape:
    """How columns are laid out: `examples` E, `longest` L, and the largest number allowed."""

    examples: int
    longest: int
    bound: int

    @property
    def cells(self) -> int:
        """Rows of a list column that hold cells, E*L."""
        return self.examples * self.longest

    @property
    def dtype(self) -> type[np.signedinteger[Any]]:
        """The smallest integers in which a step from within the bound cannot overflow."""
        largest = max(self.bound * self.bound, 4 * self.bound, self.bound * max(self.longest, 1))
        return np.int16 if largest < 2**15 else np.int32 if largest < 2**31 else np.int64

    def split(self, columns: Columns) -> tuple[Columns, Columns]:
        """The cells (E, L, N) and the lengths (E, N), as views."""
        cells = columns[: self.cells].reshape(self.examples, self.longest, columns.shape[1])
        return cells, columns[self.cells :]

    def mask(self, lengths: Columns) -> Valid:
        """Which cells (E, L, N) lie within their list."""
        return np.arange(self.longest, dtype=lengths.dtype)[None, :, None] < lengths[:, None, :]

    def join(self, cells: Columns, lengths: Columns) -> Result:
        """Columns of `cells` (E, L, N) and `lengths` (E, N), valid within the bound."""
        count = lengths.shape[1]
        columns = np.concatenate([cells.reshape(self.cells, count), lengths])
        return columns.astype(self.dtype, copy=False), self.within(cells)

    def within(self, numbers: Columns) -> Valid:
        """For which of the N columns all numbers (..., N) are within the bound."""
        flat = numbers.reshape(-1, numbers.shape[-1])
        low, high = flat.min(axis=0, initial=0), flat.max(axis=0, initial=0)
        return np.asarray((low >= -self.bound) & (high <= self.bound))


ELEMENT: dict[str, Callable[[Columns], Columns]] = {
    "(+1)": lambda x: x + 1,
    "(-1)": lambda x: x - 1,
    "(*2)": lambda x: x * 2,
    "(/2)": lambda x: x >> 1,
    "(*(-1))": lambda x: -x,
    "(**2)": lambda x: x * x,
    "(*3)": lambda x: x * 3,
    "(/3)": lambda x: x // x.dtype.type(3),
    "(*4)": lambda x: x * 4,
    "(/4)": lambda x: x >> 2,
}
PREDICATE: dict[str, Callable[[Columns], Valid]] = {
    "(>0)": lambda x: x > 0,
    "(<0)": lambda x: x < 0,
    "(%2==0)": lambda x: (x & 1) == 0,
    "(%2==1)": lambda x: (x & 1) == 1,
}
PAIR: dict[str, Callable[[Columns, Columns], Columns]] = {
    "(+)": lambda x, y: x + y,
    "(-)": lambda x, y: x - y,
    "(*)": lambda x, y: x * y,
    "(min)": np.minimum,
    "(max)": np.maximum,
}
COMMUTES = frozenset({"(+)", "(*)", "(min)", "(max)"})


def every(columns: Columns) -> Valid:
    """All N columns are valid."""
    return np.ones(columns.shape[1], dtype=bool)


def map_(function: str, shape: Shape, columns: Columns) -> Result:
    """`Map f xs`."""
    cells, lengths = shape.split(columns)
    changed = ELEMENT[function](cells)
    if function in ("(+1)", "(-1)"):  # the only ones that do not keep the zeros beyond the end
        changed = np.where(shape.mask(lengths), changed, changed.dtype.type(0))
    return shape.join(changed, lengths)


def kept(function: str, shape: Shape, columns: Columns) -> Valid:
    """Which cells (E, L, N) pass the predicate."""
    cells, lengths = shape.split(columns)
    return np.asarray(PREDICATE[function](cells) & shape.mask(lengths))


def filter_(function: str, shape: Shape, columns: Columns) -> Result:
    """`Filter f xs`: passing cells move up by as many places as failed before them."""
    keep = kept(function, shape, columns)
    cells, _ = shape.split(columns)
    cells = np.where(keep, cells, cells.dtype.type(0))
    gaps = np.cumsum(~keep, axis=1, dtype=shape.dtype)  # of a passing cell: the places to move
    gaps = np.where(keep, gaps, gaps.dtype.type(0))
    step = 1
    while step < shape.longest:  # by the bits of the distance, smallest first: no two collide
        moving = (gaps & step) != 0
        for rows in (cells, gaps):
            staying = np.where(moving, rows.dtype.type(0), rows)
            staying[:, :-step] += np.where(moving, rows, rows.dtype.type(0))[:, step:]
            rows[...] = staying
        step *= 2
    return shape.join(cells, keep.sum(axis=1, dtype=shape.dtype))


def count(function: str, shape: Shape, columns: Columns) -> Result:
    """`Count f xs`."""
    return kept(function, shape, columns).sum(axis=1, dtype=shape.dtype), every(columns)


def scan(function: str, shape: Shape, columns: Columns) -> Result:
    """`Scanl1 f xs`; a number out of range ends the column, even if it would come back."""
    cells, lengths = shape.split(columns)
    combine, mask, out = PAIR[function], shape.mask(lengths), cells.copy()
    valid = every(columns)
    for i in range(1, shape.longest):
        following = combine(out[:, i - 1], cells[:, i])
        following[~mask[:, i]] = 0
        fine = np.abs(following) <= shape.bound
        valid &= fine.all(axis=0)
        out[:, i] = np.where(fine, following, following.dtype.type(0))
    columns, _ = shape.join(out, lengths)
    return columns, valid


def sort(shape: Shape, columns: Columns) -> Result:
    """`Sort xs`, by a network of exchanges between neighbours."""
    cells, lengths = shape.split(columns)
    mask = shape.mask(lengths)
    out = np.where(mask, cells, np.iinfo(shape.dtype).max).astype(shape.dtype)
    for turn in range(shape.longest):
        for i in range(turn % 2, shape.longest - 1, 2):
            low = np.minimum(out[:, i], out[:, i + 1])
            out[:, i + 1] = np.maximum(out[:, i], out[:, i + 1])
            out[:, i] = low
    return shape.join(np.where(mask, out, out.dtype.type(0)), lengths)


def shifted(shape: Shape, columns: Columns, by: Columns, lengths: Columns) -> Columns:
    """Cells (E, L, N) moved `by` (E, N) >= 0 places to the front, cut to `lengths`."""
    cells = shape.split(columns)[0]
    step = 1
    while step < shape.longest:
        moving = ((by & step) != 0)[:, None, :]
        moved = np.zeros_like(cells)
        moved[:, :-step] = cells[:, step:]
        cells = np.where(moving, moved, cells)
        step *= 2
    return np.where(shape.mask(lengths), cells, cells.dtype.type(0))


def reverse(shape: Shape, columns: Columns) -> Result:
    """`Reverse xs`: turn the cells with their padding round, then close the gap in front."""
    cells, lengths = shape.split(columns)
    turned = np.concatenate([cells[:, ::-1].reshape(shape.cells, -1), lengths])
    return shape.join(shifted(shape, turned, shape.longest - lengths, lengths), lengths)


def take(shape: Shape, numbers: Columns, columns: Columns) -> Result:
    """`Take n xs`, as Python's `xs[:n]`, also for negative `n`."""
    cells, lengths = shape.split(columns)
    cut = np.where(numbers < 0, np.maximum(lengths + numbers, 0), np.minimum(numbers, lengths))
    return shape.join(np.where(shape.mask(cut), cells, cells.dtype.type(0)), cut)


def drop(shape: Shape, numbers: Columns, columns: Columns) -> Result:
    """`Drop n xs`, as Python's `xs[n:]`, also for negative `n`."""
    lengths = shape.split(columns)[1]
    gone = np.where(numbers < 0, np.maximum(lengths + numbers, 0), np.minimum(numbers, lengths))
    rest = lengths - gone
    return shape.join(shifted(shape, columns, gone, rest), rest)


def access(shape: Shape, numbers: Columns, columns: Columns) -> Result:
    """`Access n xs`: no result outside `0 <= n < len(xs)`."""
    cells, lengths = shape.split(columns)
    inside = (numbers >= 0) & (numbers < lengths)
    index = np.where(inside, numbers, 0)[:, None, :].astype(np.intp)
    if not shape.longest:
        return numbers, ~every(columns)
    return np.take_along_axis(cells, index, axis=1)[:, 0], np.asarray(inside.all(axis=0))


def head(shape: Shape, columns: Columns) -> Result:
    """`Head xs`: no result for an empty list."""
    return access(shape, np.zeros_like(shape.split(columns)[1]), columns)


def last(shape: Shape, columns: Columns) -> Result:
    """`Last xs`: no result for an empty list."""
    return access(shape, shape.split(columns)[1] - 1, columns)


def extreme(function: str, shape: Shape, columns: Columns) -> Result:
    """`Minimum xs` for `(min)`, `Maximum xs` for `(max)`: no result for an empty list."""
    cells, lengths = shape.split(columns)
    worst = shape.bound if function == "(min)" else -shape.bound
    padded = np.where(shape.mask(lengths), cells, cells.dtype.type(worst))
    least = padded.min if function == "(min)" else padded.max
    return least(axis=1, initial=worst), np.asarray((lengths > 0).all(axis=0))


def total(shape: Shape, columns: Columns) -> Result:
    """`Sum xs`, 0 for an empty list."""
    added = shape.split(columns)[0].sum(axis=1, dtype=shape.dtype)
    return added, shape.within(added)


def zip_with(function: str, shape: Shape, left: Columns, right: Columns) -> Result:
    """`ZipWith f xs ys`, as long as the shorter."""
    (a, a_lengths), (b, b_lengths) = shape.split(left), shape.split(right)
    lengths = np.minimum(a_lengths, b_lengths)
    combined = PAIR[function](a, b)
    if function != "(*)":  # there, the zeros beyond the end already make zeros
        combined[~shape.mask(lengths)] = 0
    return shape.join(combined, lengths)
