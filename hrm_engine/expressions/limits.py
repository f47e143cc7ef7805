"""What keeps hostile expressions cheap: size, depth and the size of constants.

`9^9^9^9` is four leaves, and no computer can write out its value. So a power of constants is
accepted only where its exact value fits `MAX_VALUE_DIGITS`; a symbolic power such as `x^(10^30)`
costs nothing and is fine.
"""

from __future__ import annotations

import math
from fractions import Fraction

from hrm_engine.errors import ExpressionError
from hrm_engine.expressions.tree import MAX_DEPTH, MAX_NODES, Expr, depth, size

MAX_VALUE_DIGITS = 200
MAX_COEFFICIENT_DIGITS = 2_000


def check_limits(expr: Expr) -> None:
    """Refuse a tree beyond the caps of `tree.py`.

    Raises:
        ExpressionError: more than `MAX_NODES` nodes, deeper than `MAX_DEPTH`, or a constant
            power of more than `MAX_VALUE_DIGITS` digits.
    """
    if (nodes := size(expr)) > MAX_NODES:
        raise ExpressionError(
            f"the expression has {nodes} parts, more than {MAX_NODES}",
            hint="ask about a smaller part of it",
        )
    if (levels := depth(expr)) > MAX_DEPTH:
        raise ExpressionError(
            f"the expression is nested {levels} deep, more than {MAX_DEPTH}",
            hint="ask about a smaller part of it",
        )
    _weight(expr)


def rational_value(expr: Expr) -> Fraction | None:
    """The exact value of a tree of integers, `+ - * /` and whole powers; None for any other.

    The tree must have passed the caps, so that the value is small enough to write out.
    """
    if expr.op == "int":
        return Fraction(int(expr.value or 0))
    values = [rational_value(part) for part in expr.args]
    if not values or None in values:
        return None
    return _combine(expr.op, [value for value in values if value is not None])


def _combine(op: str, values: list[Fraction]) -> Fraction | None:
    """`op` applied to rational values, or None where the result is not (known to be) rational."""
    first, last = values[0], values[-1]
    if op == "neg":
        return -first
    if op == "add":
        return first + last
    if op == "sub":
        return first - last
    if op == "mul":
        return first * last
    if op == "div":
        return first / last if last else None
    if op == "pow" and last.denominator == 1 and (first or last > 0):
        # Zero to a negative power has no value; every other whole power is rational.
        return first**last.numerator
    return None


def _weight(expr: Expr) -> float:
    """About how many digits the constants in `expr` take when they are multiplied out.

    Symbols weigh nothing, and neither does a function's value, which nothing ever expands.
    The coefficients of a product count even beside symbols, because (2x)^n holds 2^n; they may
    reach `MAX_COEFFICIENT_DIGITS`.
    """
    if expr.op == "int":
        return math.log10(max(int(expr.value or 0), 1))
    weights = [_weight(part) for part in expr.args]
    if expr.op == "pow":
        return _power_weight(expr, weights)
    if expr.op in ("neg", "mul", "div", "sqrt", "root"):
        return sum(weights)
    if expr.op in ("add", "sub") and _is_constant(expr):
        return sum(weights)
    return 0.0


def _power_weight(expr: Expr, weights: list[float]) -> float:
    """Digits of a power with constant exponent; refuses too many."""
    base, exponent = expr.args
    if weights[0] < 1e-9:
        return 0.0
    if not _is_constant(exponent):
        return 0.0
    digits = weights[0] * _absolute_bound(exponent, weights[1])
    allowed = MAX_VALUE_DIGITS if _is_constant(base) else MAX_COEFFICIENT_DIGITS
    if digits > allowed:
        size_in_words = f"about {digits:.0f}" if digits < 1e9 else "far too many"
        raise ExpressionError(
            f"a power of constants has {size_in_words} digits, more than {allowed}",
            hint="write a symbol such as a for the large constant",
        )
    return digits


def _absolute_bound(constant: Expr, weight: float) -> float:
    """At least about the absolute value of a constant tree whose weight is `weight`."""
    if weight > MAX_VALUE_DIGITS:
        return math.inf
    value = rational_value(constant)
    return 10.0**weight if value is None else abs(float(value))


def _is_constant(expr: Expr) -> bool:
    """Whether no symbol occurs."""
    return expr.op != "sym" and all(_is_constant(part) for part in expr.args)
