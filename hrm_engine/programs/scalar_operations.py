"""Operations on single integers, truth values and strings.

Arithmetic, comparisons and string methods of one or two arguments are the lambdas themselves,
applied: `Apply (abs) n`, `Combine (+) a b`, `Compare (<) a b`, `Test (prime) n`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from hrm_engine.programs import lambdas as f
from hrm_engine.programs.deepcoder_operations import access
from hrm_engine.programs.operation import Operation, named
from hrm_engine.programs.types import FunctionType, Type

INT, BOOL, FLOAT, STR = Type.INT, Type.BOOL, Type.FLOAT, Type.STR
INTS, STRS = Type.INTS, Type.STRS
LARGEST_FACTORIAL = 20
MOST_REPEATS = 1000
LARGEST_TRIED = 10_000


def _factorial(n: int) -> int:
    """N factorial; ValueError for negative n and beyond 64 bits."""
    if n > LARGEST_FACTORIAL:
        raise ValueError("too large")
    return math.factorial(n)


def _repeat(text: str, n: int) -> str:
    """The text n times; ValueError for too many."""
    if n > MOST_REPEATS:
        raise ValueError("too many times")
    return text * n


def _pad(text: str, size: int) -> str:
    """The text with zeros in front; ValueError for too many."""
    if size > MOST_REPEATS:
        raise ValueError("too many zeros")
    return text.zfill(size)


def _divisors(n: int) -> list[int]:
    """The positive divisors of n in order; ValueError where trying all would take long."""
    if n > LARGEST_TRIED:
        raise ValueError("too large to try every divisor")
    return [x for x in range(1, n + 1) if n % x == 0]


def _round(x: float) -> int:
    """The nearest integer, halves to even; ValueError for what is not finite."""
    if not math.isfinite(x):
        raise ValueError("not a finite number")
    return round(x)


def _one(function: FunctionType) -> Operation:
    """A lambda of one argument, applied."""
    kind, result = function.arguments[0], function.result
    family, words, noun = ("Test", "whether {1} {f}", "holds") if result is BOOL else (
        "Apply", "{f}", "changed")  # fmt: skip
    operation = Operation(
        family, (function, kind), result, lambda g, x: g(x), "_0(_1)", words, noun, item="{1}"
    )
    return named(operation, kind, result)


def _two(function: FunctionType) -> Operation:
    """A lambda of two arguments, applied."""
    kind, result = function.arguments[0], function.result
    family, words, noun = ("Compare", "whether {1} {f}", "holds") if result is BOOL else (
        "Combine", "{f}", "combined")  # fmt: skip
    operation = Operation(
        family, (function, kind, kind), result, lambda g, x, y: g(x, y), "_0(_1, _2)", words,
        noun, item="{1}",
    )  # fmt: skip
    return named(operation, kind, result)


def _selects() -> Iterator[Operation]:
    """A choice between two values of one type."""
    for kind in (INT, STR, INTS, STRS, BOOL):
        operation = Operation(
            "Select", (BOOL, kind, kind), kind, lambda test, a, b: a if test else b,
            "_1 if _0 else _2", "{1} if {0}, otherwise {2}", "chosen",
        )  # fmt: skip
        yield named(operation, kind)


_TEXT = (
    Operation("Characters", (STR,), STRS, list, "list(_0)", "the characters of {0}", "characters"),
    Operation("Words", (STR,), STRS, str.split, "_0.split()", "the words of {0}", "words"),
    Operation("Split", (STR, STR), STRS, lambda s, by: s.split(by), "_0.split(_1)",
              "the parts of {0} between each {1}", "parts"),
    Operation("Lines", (STR,), STRS, str.splitlines, "_0.splitlines()", "the lines of {0}",
              "lines"),
    Operation("Join", (STR, STRS), STR, lambda by, xs: by.join(xs), "_0.join(_1)",
              "{1} joined with {0} between the items", "text"),
    Operation("Replace", (STR, STR, STR), STR, lambda s, old, new: s.replace(old, new),
              "_0.replace(_1, _2)", "{0} with every {1} replaced by {2}", "replaced"),
    named(Operation("Occurrences", (STR, STR), INT, lambda s, part: s.count(part),
                    "_0.count(_1)", "how often {1} occurs in {0}", "count"), STR),
    Operation("Find", (STR, STR), INT, lambda s, part: s.find(part), "_0.find(_1)",
              "the index at which {1} first stands in {0}, or -1", "place"),
    Operation("StripOf", (STR, STR), STR, lambda s, ends: s.strip(ends), "_0.strip(_1)",
              "{0} without the characters {1} at its ends", "stripped"),
    Operation("Repeat", (STR, INT), STR, _repeat, "_0 * _1", "{0} repeated {1} times", "text"),
    Operation("Pad", (STR, INT), STR, _pad, "_0.zfill(_1)",
              "{0} padded with zeros to {1} characters", "padded"),
    named(Operation("Take", (INT, STR), STR, lambda n, s: s[:n], "_1[:_0]",
                    "the first {0} characters of {1}", "start"), STR),
    named(Operation("Drop", (INT, STR), STR, lambda n, s: s[n:], "_1[_0:]",
                    "{1} without the first {0} characters", "rest"), STR),
    named(Operation("Access", (INT, STR), STR, access, "_1[_0]",
                    "the character of {1} at index {0}", "chosen"), STR),
    named(Operation("Slice", (STR, INT, INT), STR, lambda s, a, b: s[a:b], "_0[_1:_2]",
                    "the characters of {0} from index {1} up to, not including, index {2}",
                    "part"), STR),
    named(Operation("Stride", (STR, INT), STR, lambda s, n: s[::n], "_0[::_1]",
                    "every character of {0} in steps of {1}", "sparse"), STR),
)  # fmt: skip

_NUMBERS = (
    Operation("Digits", (INT,), INTS, lambda n: [int(x) for x in str(n)],
              "[int(x) for x in str(_0)]", "the decimal digits of {0}", "digits"),
    Operation("FromBase", (STR, INT), INT, int, "int(_0, _1)",
              "the integer that {0} spells in base {1}", "number"),
    Operation("Factorial", (INT,), INT, _factorial, "factorial(_0)", "{0} factorial", "product"),
    Operation("Divisors", (INT,), INTS, _divisors,
              "[x for x in range(1, _0 + 1) if _0 % x == 0]", "the divisors of {0}", "divisors"),
    Operation("Divide", (INT, INT), FLOAT, lambda a, b: a / b, "_0 / _1",
              "{0} divided by {1}", "quotient"),
    Operation("Round", (FLOAT,), INT, _round, "round(_0)", "{0} rounded", "rounded"),
    Operation("Truncate", (FLOAT,), INT, int, "int(_0)", "{0} cut to an integer", "whole"),
    Operation("Not", (BOOL,), BOOL, lambda a: not a, "not _0",
              "whether it is not so that {0}", "holds"),
    Operation("And", (BOOL, BOOL), BOOL, lambda a, b: a and b, "_0 and _1",
              "whether {0} and {1}", "both"),
    Operation("Or", (BOOL, BOOL), BOOL, lambda a, b: a or b, "_0 or _1",
              "whether {0} or {1}", "either"),
)  # fmt: skip


SCALARS: tuple[Operation, ...] = (
    *(_one(kind) for kind in (f.INT_INT, f.INT_BOOL, f.INT_STR, f.STR_STR, f.STR_INT, f.STR_BOOL)),
    *(_two(kind) for kind in (f.INT2_INT, f.INT2_BOOL, f.STR2_STR, f.STR2_BOOL)),
    *_selects(),
    *_NUMBERS,
    *_TEXT,
)
