"""Operations on lists beyond DeepCoder's: of integers, of strings, or of both.

A family that works on both kinds is one template made twice, `Take` for list[int] under
DeepCoder's name and `Take[list[str]]` beside it. Sets come back sorted; counters keep the order
of first appearance, as Python's do.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from itertools import pairwise
from typing import Any

from hrm_engine.programs import lambdas as f
from hrm_engine.programs.deepcoder_operations import (
    DEEPCODER,
    count_items,
    filter_items,
    map_items,
    zip_with,
)
from hrm_engine.programs.operation import Operation, named
from hrm_engine.programs.types import FunctionType, Type

INT, BOOL, FLOAT, STR = Type.INT, Type.BOOL, Type.FLOAT, Type.STR
INTS, STRS, BOOLS = Type.INTS, Type.STRS, Type.BOOLS
LONGEST_RANGE = 1000
LARGEST_TERM = 2**64


def take_while(f: Callable[[Any], bool], xs: Sequence[Any]) -> list[Any]:
    """The items before the first for which f does not hold."""
    stop = next((place for place, x in enumerate(xs) if not f(x)), len(xs))
    return list(xs[:stop])


def _range(first: int, beyond: int) -> list[int]:
    """The integers from `first` up to, not including, `beyond`; ValueError for too many."""
    if beyond - first > LONGEST_RANGE:
        raise ValueError("too many integers")
    return list(range(first, beyond))


def _modes(xs: Sequence[Any]) -> Any:
    """The most frequent item, of equals the first; IndexError when there is none."""
    return Counter(xs).most_common(1)[0][0]


def _repeated(xs: Sequence[Any]) -> list[Any]:
    """The items that occur more than once, each as often as it occurs."""
    counts = Counter(xs)
    return [x for x in xs if counts[x] > 1]


def _single(xs: Sequence[Any]) -> list[Any]:
    """The items that occur exactly once."""
    counts = Counter(xs)
    return [x for x in xs if counts[x] == 1]


def _shared(xs: Sequence[Any], ys: Sequence[Any]) -> list[Any]:
    """The distinct items of both lists, sorted."""
    return sorted(set(xs) & set(ys))


def _recurrence(f: Callable[[int, int], int], n: int, start: int) -> int:
    """Item n of the series start, 1, f(start, 1) ...; ValueError when it is far off or huge."""
    if n > LONGEST_RANGE:
        raise ValueError("too many steps")
    now, after = start, 1
    for _ in range(n):
        now, after = after, f(now, after)
        if abs(after) > LARGEST_TERM:
            raise ValueError("too large")
    return now


def _partial(function: Callable[..., Any]) -> Callable[..., Any]:
    """Map, filter or count with a lambda of two arguments, whose second is fixed."""
    return lambda f, xs, k: function(lambda x: f(x, k), xs)


def _retyped(operation: Operation) -> Operation:
    """DeepCoder's operation on list[int] as one on list[str]."""
    swap = {INTS: STRS, f.INT_BOOL: f.STR_BOOL}
    kinds = tuple(swap.get(kind, kind) for kind in operation.arguments)
    result = STRS if operation.result is INTS else operation.result
    if operation.family in ("Head", "Last", "Access", "Minimum", "Maximum"):
        result = STR
    changed = {**vars(operation), "arguments": kinds, "result": result}
    return named(Operation(**changed), STRS)


_RETYPED = ("Head", "Last", "Take", "Drop", "Access", "Minimum", "Maximum", "Reverse", "Sort",
            "Filter", "Count")  # fmt: skip


def _orders(item: Type, items: Type, key: FunctionType) -> Iterator[Operation]:
    """Length, parts and orders, for both kinds of list."""
    every: Iterable[Operation] = (
        Operation("Length", (items,), INT, len, "len(_0)", "the number of items of {0}", "length"),
        Operation("Slice", (items, INT, INT), items, lambda xs, a, b: xs[a:b], "_0[_1:_2]",
                  "the items of {0} from index {1} up to, not including, index {2}", "part"),
        Operation("Stride", (items, INT), items, lambda xs, n: xs[::n], "_0[::_1]",
                  "every item of {0} in steps of {1}", "sparse"),
        Operation("DropLast", (items, INT), items, lambda xs, n: xs[:-n], "_0[:-_1]",
                  "{0} without the last {1} items", "trimmed"),
        Operation("TakeLast", (items, INT), items, lambda xs, n: xs[-n:], "_0[-_1:]",
                  "the last {1} items of {0}", "tail"),
        Operation("SortDown", (items,), items, lambda xs: sorted(xs, reverse=True),
                  "sorted(_0, reverse=True)", "{0} in descending order", "descending"),
        Operation("SortBy", (key, items), items, lambda k, xs: sorted(xs, key=k),
                  "sorted(_1, key=_0)", "{1} sorted by {f}", "ordered", item="each item"),
        Operation("MinimumBy", (key, items), item, lambda k, xs: min(xs, key=k),
                  "min(_1, key=_0)", "the item of {1} with the smallest value of {f}", "smallest",
                  item="the item"),
        Operation("MaximumBy", (key, items), item, lambda k, xs: max(xs, key=k),
                  "max(_1, key=_0)", "the item of {1} with the largest value of {f}", "largest",
                  item="the item"),
    )  # fmt: skip
    for operation in every:
        yield named(operation, items)


def _collections(item: Type, items: Type) -> Iterator[Operation]:
    """Sets, counters, search and concatenation, for both kinds of list."""
    counts = Type.INT_COUNTS if item is INT else Type.STR_COUNTS
    every: Iterable[Operation] = (
        Operation("Set", (items,), items, lambda xs: sorted(set(xs)), "sorted(set(_0))",
                  "the distinct items of {0}, sorted", "distinct"),
        Operation("Distinct", (items,), items, lambda xs: list(dict.fromkeys(xs)),
                  "list(dict.fromkeys(_0))", "{0} without duplicates, in their order", "distinct"),
        Operation("Intersection", (items, items), items, _shared, "sorted(set(_0) & set(_1))",
                  "the distinct items found in both {0} and {1}, sorted", "common"),
        Operation("Union", (items, items), items, lambda a, b: sorted(set(a) | set(b)),
                  "sorted(set(_0) | set(_1))",
                  "the distinct items found in {0} or {1}, sorted", "union"),
        Operation("SymmetricDifference", (items, items), items,
                  lambda a, b: sorted(set(a) ^ set(b)), "sorted(set(_0) ^ set(_1))",
                  "the distinct items found in exactly one of {0} and {1}, sorted", "different"),
        Operation("Without", (items, items), items, lambda xs, ys: [x for x in xs if x not in ys],
                  "[x for x in _0 if x not in _1]",
                  "the items of {0} that are not in {1}", "remaining"),
        Operation("Within", (items, items), items, lambda xs, ys: [x for x in xs if x in ys],
                  "[x for x in _0 if x in _1]", "the items of {0} that are in {1}", "shared"),
        Operation("Repeated", (items,), items, _repeated, "[x for x in _0 if _0.count(x) > 1]",
                  "the items of {0} that occur more than once", "repeated"),
        Operation("Single", (items,), items, _single, "[x for x in _0 if _0.count(x) == 1]",
                  "the items of {0} that occur exactly once", "single"),
        Operation("Frequencies", (items,), counts, lambda xs: dict(Counter(xs)),
                  "dict(Counter(_0))", "how often each item of {0} occurs", "frequencies"),
        Operation("MostCommon", (items,), item, _modes, "Counter(_0).most_common(1)[0][0]",
                  "the most frequent item of {0}", "most_common"),
        Operation("Occurrences", (items, item), INT, lambda xs, v: xs.count(v), "_0.count(_1)",
                  "how often {1} occurs in {0}", "count"),
        Operation("Index", (items, item), INT, lambda xs, v: xs.index(v), "_0.index(_1)",
                  "the index at which {1} first stands in {0}", "place"),
        Operation("Member", (item, items), BOOL, lambda v, xs: v in xs, "_0 in _1",
                  "whether {0} is in {1}", "found"),
        Operation("Concatenate", (items, items), items, lambda a, b: a + b, "_0 + _1",
                  "{0} followed by {1}", "joined"),
        Operation("Append", (items, item), items, lambda xs, v: [*xs, v], "_0 + [_1]",
                  "{0} with {1} added at the end", "extended"),
        Operation("Prepend", (item, items), items, lambda v, xs: [v, *xs], "[_0] + _1",
                  "{1} with {0} added in front", "extended"),
        Operation("Equal", (items, items), BOOL, lambda a, b: a == b, "_0 == _1",
                  "whether {0} and {1} are equal", "equal"),
    )  # fmt: skip
    for operation in every:
        yield named(operation, items)


def _tests_of_items(
    item: Type, items: Type, test: FunctionType, relation: FunctionType
) -> Iterator[Operation]:
    """The operations that ask a question of every item, for both kinds of list."""
    every: Iterable[Operation] = (
        Operation("TakeWhile", (test, items), items, take_while,
                  "list(takewhile(lambda x: _0(x), _1))",
                  "the items of {1} before the first that fails the test that it {f}", "leading"),
        Operation("Any", (test, items), BOOL, lambda t, xs: any(t(x) for x in xs),
                  "any(_0(x) for x in _1)", "whether some item of {1} {f}", "some"),
        Operation("All", (test, items), BOOL, lambda t, xs: all(t(x) for x in xs),
                  "all(_0(x) for x in _1)", "whether every item of {1} {f}", "every"),
        Operation("FilterWith", (relation, items, item), items, _partial(filter_items),
                  "[x for x in _1 if _0(x, _2)]", "each item of {1} that {f}", "kept"),
        Operation("CountWith", (relation, items, item), INT, _partial(count_items),
                  "sum(1 for x in _1 if _0(x, _2))", "how often an item of {1} {f}", "count"),
        Operation("AnyWith", (relation, items, item), BOOL,
                  lambda t, xs, k: any(t(x, k) for x in xs),
                  "any(_0(x, _2) for x in _1)", "whether some item of {1} {f}", "some"),
        Operation("AllWith", (relation, items, item), BOOL,
                  lambda t, xs, k: all(t(x, k) for x in xs),
                  "all(_0(x, _2) for x in _1)", "whether every item of {1} {f}", "every"),
    )  # fmt: skip
    for operation in every:
        yield named(operation, items)


def _mapped(function: FunctionType, items: Type, result: Type) -> Operation:
    """Map from one kind of list to another."""
    words = "for each item of {1} whether it {f}" if result is BOOLS else "{f}"
    return named(
        Operation("Map", (function, items), result, map_items, "[_0(x) for x in _1]", words,
                  "mapped"),
        items, result,
    )  # fmt: skip


def _mapped_with(function: FunctionType, items: Type, item: Type) -> Operation:
    """Map with a lambda of two arguments, whose second is fixed."""
    return named(
        Operation("MapWith", (function, items, item), items, _partial(map_items),
                  "[_0(x, _2) for x in _1]", "{f}", "mapped"),
        items,
    )  # fmt: skip


_OTHERS = (
    _mapped(f.INT_STR, INTS, STRS),
    _mapped(f.INT_BOOL, INTS, BOOLS),
    _mapped(f.STR_STR, STRS, STRS),
    _mapped(f.STR_INT, STRS, INTS),
    _mapped(f.STR_BOOL, STRS, BOOLS),
    _mapped_with(f.INT2_INT, INTS, INT),
    _mapped_with(f.STR2_STR, STRS, STR),
    named(Operation("ZipWith", (f.STR2_STR, STRS, STRS), STRS, zip_with,
                    "[_0(x, y) for x, y in zip(_1, _2)]", "{f}", "combined",
                    other="the item of {2} at the same place"), STRS),
    named(Operation("ZipWith", (f.INT2_BOOL, INTS, INTS), BOOLS, zip_with,
                    "[_0(x, y) for x, y in zip(_1, _2)]",
                    "for each item of {1} whether it {f}", "tests",
                    other="the item of {2} at the same place"), INTS, BOOLS),
    Operation("Neighbours", (f.INT2_INT, INTS), INTS,
              lambda g, xs: [g(x, y) for x, y in pairwise(xs)],
              "[_0(x, y) for x, y in pairwise(_1)]", "{f}", "combined",
              other="the next item"),
    Operation("Reduce", (f.INT2_INT, INTS), INT, reduce, "reduce(_0, _1)",
              "the {fold} of all items of {1}, from left to right", "reduced"),
    Operation("Recurrence", (f.INT2_INT, INT, INT), INT, _recurrence,
              "reduce(lambda x, y: (x[1], _0(x[0], x[1])), range(_1), (_2, 1))[0]",
              "item {1} of the series {2}, 1 ... in which each item is the {fold} of the two "
              "before it", "term"),
    Operation("Product", (INTS,), INT, math.prod, "prod(_0)", "the product of {0}", "product"),
    Operation("Average", (INTS,), FLOAT, lambda xs: sum(xs) / len(xs), "sum(_0) / len(_0)",
              "the average of {0}", "average"),
    Operation("SumOfTests", (BOOLS,), INT, sum, "sum(_0)", "how many of {0} are true", "count"),
    Operation("AnyTrue", (BOOLS,), BOOL, any, "any(_0)", "whether any of {0} is true", "some"),
    Operation("AllTrue", (BOOLS,), BOOL, all, "all(_0)", "whether all of {0} are true", "every"),
    Operation("Range", (INT, INT), INTS, _range, "list(range(_0, _1))",
              "the integers from {0} up to, not including, {1}", "numbers"),
    Operation("Compress", (INTS, BOOLS), INTS,
              lambda xs, tests: [x for x, test in zip(xs, tests, strict=False) if test],
              "list(compress(_0, _1))", "the items of {0} where {1} is true", "kept"),
    Operation("Positions", (f.INT_BOOL, INTS), INTS,
              lambda t, xs: [place for place, x in enumerate(xs) if t(x)],
              "[y for y, x in enumerate(_1) if _0(x)]",
              "the index of each item of {1} that {f}", "places"),
)  # fmt: skip

LISTS: tuple[Operation, ...] = (
    *_orders(INT, INTS, f.INT_INT),
    *_collections(INT, INTS),
    *_tests_of_items(INT, INTS, f.INT_BOOL, f.INT2_BOOL),
    *(_retyped(operation) for operation in DEEPCODER if operation.family in _RETYPED),
    *_orders(STR, STRS, f.STR_INT),
    *_collections(STR, STRS),
    *_tests_of_items(STR, STRS, f.STR_BOOL, f.STR2_BOOL),
    *_OTHERS,
)
