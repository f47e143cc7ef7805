"""DeepCoder's fifteen functions (Balog et al. 2017, arXiv:1611.01989, appendix F).

Exactly as ExeDec runs them (Shi et al. 2024, arXiv:2307.13883): Take and Drop are Python slices,
also for negative numbers; Access takes no negative index; Head, Last, Minimum and Maximum of an
empty list have no result. That every integer stays within -256 to 256 is a limit of the run,
`interpreter.DEEPCODER_LIMITS`, not of an operation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any

from hrm_engine.programs.lambdas import INT2_INT, INT_BOOL, INT_INT
from hrm_engine.programs.operation import Operation
from hrm_engine.programs.types import Type

INT, INTS = Type.INT, Type.INTS


def access(n: int, xs: Sequence[Any]) -> Any:
    """The item at place n from 0; IndexError outside, also for negative n."""
    if n < 0:
        raise IndexError("a negative place")
    return xs[n]


def map_items(f: Callable[[Any], Any], xs: Sequence[Any]) -> list[Any]:
    """F of each item."""
    return [f(x) for x in xs]


def filter_items(f: Callable[[Any], bool], xs: Sequence[Any]) -> list[Any]:
    """The items for which f holds."""
    return [x for x in xs if f(x)]


def count_items(f: Callable[[Any], bool], xs: Sequence[Any]) -> int:
    """How many items f holds for."""
    return sum(1 for x in xs if f(x))


def zip_with(f: Callable[[Any, Any], Any], xs: Sequence[Any], ys: Sequence[Any]) -> list[Any]:
    """F of the items at equal places, as far as the shorter list goes."""
    return [f(x, y) for x, y in zip(xs, ys, strict=False)]


def scanl1(f: Callable[[Any, Any], Any], xs: Sequence[Any]) -> list[Any]:
    """The results of combining the items from the left, all of them."""
    return list(accumulate(xs, f))


DEEPCODER = (
    Operation("Head", (INTS,), INT, lambda xs: xs[0], "_0[0]", "the first item of {0}", "first"),
    Operation("Last", (INTS,), INT, lambda xs: xs[-1], "_0[-1]", "the last item of {0}", "last"),
    Operation("Take", (INT, INTS), INTS, lambda n, xs: xs[:n], "_1[:_0]",
              "the first {0} items of {1}", "start"),
    Operation("Drop", (INT, INTS), INTS, lambda n, xs: xs[n:], "_1[_0:]",
              "{1} without the first {0} items", "rest"),
    Operation("Access", (INT, INTS), INT, access, "_1[_0]",
              "the item of {1} at index {0}", "chosen"),
    Operation("Minimum", (INTS,), INT, min, "min(_0)", "the smallest item of {0}", "smallest"),
    Operation("Maximum", (INTS,), INT, max, "max(_0)", "the largest item of {0}", "largest"),
    Operation("Reverse", (INTS,), INTS, lambda xs: xs[::-1], "_0[::-1]",
              "{0} in reverse order", "backwards"),
    Operation("Sort", (INTS,), INTS, sorted, "sorted(_0)", "{0} in ascending order", "ordered"),
    Operation("Sum", (INTS,), INT, sum, "sum(_0)", "the sum of {0}", "total"),
    Operation("Map", (INT_INT, INTS), INTS, map_items, "[_0(x) for x in _1]", "{f}", "mapped"),
    Operation("Filter", (INT_BOOL, INTS), INTS, filter_items, "[x for x in _1 if _0(x)]",
              "each item of {1} that {f}", "kept"),
    Operation("Count", (INT_BOOL, INTS), INT, count_items, "sum(1 for x in _1 if _0(x))",
              "how often an item of {1} {f}", "count"),
    Operation("ZipWith", (INT2_INT, INTS, INTS), INTS, zip_with,
              "[_0(x, y) for x, y in zip(_1, _2)]", "{f}", "combined",
              other="the item of {2} at the same place"),
    Operation("Scanl1", (INT2_INT, INTS), INTS, scanl1, "list(accumulate(_1, _0))",
              "the running {fold} of {1}", "running"),
)  # fmt: skip
