"""The lambdas: what Map, Filter, ZipWith and the other operations are given as a function.

The first nineteen are DeepCoder's (Balog et al. 2017, arXiv:1611.01989, appendix F), under the
names of ExeDec's data files; the others are what short Python functions use. Each is a frozen
record: the function itself, the Python expression that it prints as, and English for it.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hrm_engine.programs.types import FunctionType, Type

INT, BOOL, STR = Type.INT, Type.BOOL, Type.STR
INT_INT = FunctionType((INT,), INT)
INT_BOOL = FunctionType((INT,), BOOL)
INT2_INT = FunctionType((INT, INT), INT)
INT2_BOOL = FunctionType((INT, INT), BOOL)
INT_STR = FunctionType((INT,), STR)
STR_STR = FunctionType((STR,), STR)
STR_INT = FunctionType((STR,), INT)
STR_BOOL = FunctionType((STR,), BOOL)
STR2_STR = FunctionType((STR, STR), STR)
STR2_BOOL = FunctionType((STR, STR), BOOL)

LARGEST_PRIME_TEST = 10**6
LARGEST_EXPONENT = 64


@dataclass(frozen=True, eq=False)
class Lambda:
    """One function of one or two arguments; there is one record of each, sent by name.

    name: unique; python: its body over `x` and `y`; words: English over {x} and {y} (of a
    predicate a verb phrase without {x}); function: its Python form as a value where that is no
    `lambda`, such as `len`; fold: what repeated application is called, "sum" of `x + y`.
    """

    name: str
    type: FunctionType
    run: Callable[..., Any]
    python: str
    words: str
    function: str = ""
    fold: str = ""

    def __reduce__(self) -> tuple[Callable[[str], Lambda], tuple[str]]:
        return _by_name, (self.name,)


def _by_name(name: str) -> Lambda:
    """The record in the table, when one arrives from another process."""
    return BY_NAME[name]


def _power(x: int, y: int) -> int:
    """X to the power y; ValueError where Python's answer is no int or is huge."""
    if not 0 <= y <= LARGEST_EXPONENT:
        raise ValueError("the exponent is out of range")
    return int(x**y)


def _character(x: int) -> str:
    """The character with code x; ValueError for codes that no UTF-8 text holds."""
    if x >= 0xD800:
        raise ValueError("beyond the characters that plain text uses")
    return chr(x)


def _is_prime(x: int) -> bool:
    """Whether x is prime, by trial division; ValueError above a million."""
    if x > LARGEST_PRIME_TEST:
        raise ValueError("too large to test")
    return x > 1 and all(x % d for d in range(2, math.isqrt(x) + 1))


DEEPCODER = (
    Lambda("(+1)", INT_INT, lambda x: x + 1, "x + 1", "{x} plus one"),
    Lambda("(-1)", INT_INT, lambda x: x - 1, "x - 1", "{x} minus one"),
    Lambda("(*2)", INT_INT, lambda x: x * 2, "x * 2", "{x} times two"),
    Lambda("(/2)", INT_INT, lambda x: x // 2, "x // 2", "{x} divided by two, rounded down"),
    Lambda("(*(-1))", INT_INT, operator.neg, "-x", "{x} negated"),
    Lambda("(**2)", INT_INT, lambda x: x * x, "x ** 2", "{x} squared"),
    Lambda("(*3)", INT_INT, lambda x: x * 3, "x * 3", "{x} times three"),
    Lambda("(/3)", INT_INT, lambda x: x // 3, "x // 3", "{x} divided by three, rounded down"),
    Lambda("(*4)", INT_INT, lambda x: x * 4, "x * 4", "{x} times four"),
    Lambda("(/4)", INT_INT, lambda x: x // 4, "x // 4", "{x} divided by four, rounded down"),
    Lambda("(>0)", INT_BOOL, lambda x: x > 0, "x > 0", "is positive"),
    Lambda("(<0)", INT_BOOL, lambda x: x < 0, "x < 0", "is negative"),
    Lambda("(%2==0)", INT_BOOL, lambda x: x % 2 == 0, "x % 2 == 0", "is even"),
    Lambda("(%2==1)", INT_BOOL, lambda x: x % 2 == 1, "x % 2 == 1", "is odd"),
    Lambda("(+)", INT2_INT, operator.add, "x + y", "{x} plus {y}", fold="sum"),
    Lambda("(-)", INT2_INT, operator.sub, "x - y", "{x} minus {y}", fold="difference"),
    Lambda("(*)", INT2_INT, operator.mul, "x * y", "{x} times {y}", fold="product"),
    Lambda("(min)", INT2_INT, min, "min(x, y)", "the smaller of {x} and {y}", "min", "minimum"),
    Lambda("(max)", INT2_INT, max, "max(x, y)", "the larger of {x} and {y}", "max", "maximum"),
)

_INTEGERS = (
    Lambda("(abs)", INT_INT, abs, "abs(x)", "the absolute value of {x}", "abs"),
    Lambda("(%2)", INT_INT, lambda x: x % 2, "x % 2", "{x} modulo two"),
    Lambda("(%10)", INT_INT, lambda x: x % 10, "x % 10", "the last digit of {x}"),
    Lambda("(/10)", INT_INT, lambda x: x // 10, "x // 10", "{x} without its last digit"),
    Lambda("(**3)", INT_INT, lambda x: x * x * x, "x ** 3", "{x} cubed"),
    Lambda("(isqrt)", INT_INT, math.isqrt, "isqrt(x)", "the whole square root of {x}", "isqrt"),
    Lambda("(bits)", INT_INT, int.bit_count, "x.bit_count()", "the number of one bits of {x}"),
    Lambda(
        "(digits)", INT_INT, lambda x: len(str(x)), "len(str(x))", "the number of digits of {x}"
    ),
    Lambda("(==0)", INT_BOOL, lambda x: x == 0, "x == 0", "is zero"),
    Lambda("(!=0)", INT_BOOL, lambda x: x != 0, "x != 0", "is not zero"),
    Lambda("(%3==0)", INT_BOOL, lambda x: x % 3 == 0, "x % 3 == 0", "is a multiple of three"),
    Lambda("(%5==0)", INT_BOOL, lambda x: x % 5 == 0, "x % 5 == 0", "is a multiple of five"),
    Lambda(
        "(prime)",
        INT_BOOL,
        _is_prime,
        "x > 1 and all(x % d for d in range(2, isqrt(x) + 1))",
        "is prime",
    ),
    Lambda("(//)", INT2_INT, operator.floordiv, "x // y", "{x} divided by {y}, rounded down"),
    Lambda("(%)", INT2_INT, operator.mod, "x % y", "{x} modulo {y}"),
    Lambda("(**)", INT2_INT, _power, "x ** y", "{x} to the power {y}"),
    Lambda(
        "(gcd)",
        INT2_INT,
        math.gcd,
        "gcd(x, y)",
        "the greatest common divisor of {x} and {y}",
        "gcd",
        "greatest common divisor",
    ),
    Lambda(
        "(lcm)",
        INT2_INT,
        math.lcm,
        "lcm(x, y)",
        "the least common multiple of {x} and {y}",
        "lcm",
        "least common multiple",
    ),
    Lambda(
        "(&)",
        INT2_INT,
        operator.and_,
        "x & y",
        "the bitwise and of {x} and {y}",
        fold="bitwise and",
    ),
    Lambda(
        "(^)",
        INT2_INT,
        operator.xor,
        "x ^ y",
        "the bitwise exclusive or of {x} and {y}",
        fold="bitwise exclusive or",
    ),
    Lambda(
        "(absdiff)",
        INT2_INT,
        lambda x, y: abs(x - y),
        "abs(x - y)",
        "the distance between {x} and {y}",
    ),
    Lambda("(==)", INT2_BOOL, operator.eq, "x == y", "is equal to {y}"),
    Lambda("(!=)", INT2_BOOL, operator.ne, "x != y", "is not equal to {y}"),
    Lambda("(<)", INT2_BOOL, operator.lt, "x < y", "is less than {y}"),
    Lambda("(>)", INT2_BOOL, operator.gt, "x > y", "is greater than {y}"),
    Lambda("(<=)", INT2_BOOL, operator.le, "x <= y", "is at most {y}"),
    Lambda("(>=)", INT2_BOOL, operator.ge, "x >= y", "is at least {y}"),
    Lambda("(divides)", INT2_BOOL, lambda x, y: x % y == 0, "x % y == 0", "is divisible by {y}"),
    Lambda("(str)", INT_STR, str, "str(x)", "{x} as text", "str"),
    Lambda("(bin)", INT_STR, lambda x: bin(x)[2:], "bin(x)[2:]", "the binary digits of {x}"),
    Lambda("(chr)", INT_STR, _character, "chr(x)", "the character with the code {x}", "chr"),
)

_STRINGS = (
    Lambda("(upper)", STR_STR, str.upper, "x.upper()", "{x} in upper case", "str.upper"),
    Lambda("(lower)", STR_STR, str.lower, "x.lower()", "{x} in lower case", "str.lower"),
    Lambda("(swapcase)", STR_STR, str.swapcase, "x.swapcase()", "{x} with the case swapped"),
    Lambda("(capitalize)", STR_STR, str.capitalize, "x.capitalize()", "{x} capitalised"),
    Lambda("(title)", STR_STR, str.title, "x.title()", "{x} in title case"),
    Lambda("(strip)", STR_STR, str.strip, "x.strip()", "{x} without spaces around it"),
    Lambda("(reversed)", STR_STR, lambda x: x[::-1], "x[::-1]", "{x} backwards"),
    Lambda("(first)", STR_STR, lambda x: x[0], "x[0]", "the first character of {x}"),
    Lambda("(last)", STR_STR, lambda x: x[-1], "x[-1]", "the last character of {x}"),
    Lambda(
        "(sorted)",
        STR_STR,
        lambda x: "".join(sorted(x)),
        "''.join(sorted(x))",
        "{x} with its characters sorted",
    ),
    Lambda("(len)", STR_INT, len, "len(x)", "the length of {x}", "len"),
    Lambda("(int)", STR_INT, int, "int(x)", "{x} as an integer", "int"),
    Lambda("(ord)", STR_INT, ord, "ord(x)", "the character code of {x}", "ord"),
    Lambda("(isdigit)", STR_BOOL, str.isdigit, "x.isdigit()", "is made of digits"),
    Lambda("(isalpha)", STR_BOOL, str.isalpha, "x.isalpha()", "is made of letters"),
    Lambda("(isalnum)", STR_BOOL, str.isalnum, "x.isalnum()", "is made of letters and digits"),
    Lambda("(isupper)", STR_BOOL, str.isupper, "x.isupper()", "is upper case"),
    Lambda("(islower)", STR_BOOL, str.islower, "x.islower()", "is lower case"),
    Lambda("(isspace)", STR_BOOL, str.isspace, "x.isspace()", "is white space"),
    Lambda("(palindrome)", STR_BOOL, lambda x: x == x[::-1], "x == x[::-1]", "is a palindrome"),
    Lambda("(concat)", STR2_STR, operator.add, "x + y", "{x} followed by {y}", fold="text"),
    Lambda("(equals)", STR2_BOOL, operator.eq, "x == y", "is equal to {y}"),
    Lambda("(differs)", STR2_BOOL, operator.ne, "x != y", "is not equal to {y}"),
    Lambda("(in)", STR2_BOOL, lambda x, y: x in y, "x in y", "is found in {y}"),
    Lambda("(not in)", STR2_BOOL, lambda x, y: x not in y, "x not in y", "is not found in {y}"),
    Lambda("(contains)", STR2_BOOL, lambda x, y: y in x, "y in x", "contains {y}"),
    Lambda("(startswith)", STR2_BOOL, str.startswith, "x.startswith(y)", "starts with {y}"),
    Lambda("(endswith)", STR2_BOOL, str.endswith, "x.endswith(y)", "ends with {y}"),
)

LAMBDAS: tuple[Lambda, ...] = (*DEEPCODER, *_INTEGERS, *_STRINGS)
BY_NAME = {function.name: function for function in LAMBDAS}
BY_TYPE: dict[FunctionType, tuple[Lambda, ...]] = {
    kind: tuple(function for function in LAMBDAS if function.type == kind)
    for kind in dict.fromkeys(function.type for function in LAMBDAS)
}
