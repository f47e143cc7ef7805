"""Comparing trees by their values: mpmath computes them, independently of the code under test."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import mpmath

from hrm_engine.evaluation.numeric import UnusableError, Value, value
from hrm_engine.expressions.printer import to_text
from hrm_engine.expressions.tree import Expr, depends_on, symbols, walk

_PLACES = (0.61 + 0.47j, -0.83 + 0.29j, 1.37 - 0.66j, -1.9 - 1.1j, 0.2 + 1.3j, 0.35, 0.74)
_REAL_PLACES = (0.35, 0.74, -0.58, 1.62, -1.31)


def compare(
    one: Callable[[Mapping[str, Value]], Value],
    other: Callable[[Mapping[str, Value]], Value],
    expr: Expr,
) -> int:
    """At how many places both have the same value; AssertionError where they differ.

    Complex places, but real ones for |x| and sign, which are functions of real numbers. At a
    real place where a value is not real, a branch cut may lie in the way: such are left out.
    """
    real = any(part.op in ("abs", "sign") for part in walk(expr))
    agreed = 0
    with mpmath.workdps(40):
        for place in _REAL_PLACES if real else _PLACES:
            letters = {name: mpmath.mpf("0.7") + 0.31 * k for k, name in enumerate(_names(expr))}
            letters["x"] = mpmath.mpmathify(place)
            try:
                _require_real_signs(expr, letters)
                a, b = one(letters), other(letters)
            except ArithmeticError:
                continue
            scale = max(abs(a), abs(b))
            if scale > 1e40 or (isinstance(place, float) and max(abs(a.imag), abs(b.imag)) > 1e-25):
                continue
            assert abs(a - b) <= 1e-12 * max(scale, mpmath.mpf("1e-12")), (
                place,
                a,
                b,
                to_text(expr),
            )
            agreed += 1
    return agreed


def _require_real_signs(expr: Expr, letters: Mapping[str, Value]) -> None:
    """|u| and sign(u) have the textbook derivatives where u is real, only there."""
    for part in walk(expr):
        if part.op in ("abs", "sign") and abs(value(part.args[0], letters).imag) > 1e-25:
            raise UnusableError


def _names(expr: Expr) -> Sequence[str]:
    return sorted(symbols(expr) - {"x"})


def same_value(a: Expr, b: Expr) -> int:
    """`compare` of two trees."""
    return compare(lambda at: value(a, at), lambda at: value(b, at), a + b)


def is_slope(slope: Expr, expr: Expr) -> int:
    """`compare` of `slope` with the numerical derivative of `expr` by x."""
    if not depends_on(expr, "x"):
        return compare(lambda at: mpmath.mpf(0), lambda at: value(slope, at), expr)

    def derivative(letters: Mapping[str, Value]) -> Value:
        if abs(value(expr, letters)) > 1e12:
            raise UnusableError
        return mpmath.diff(lambda x: value(expr, {**letters, "x": x}), letters["x"])

    return compare(derivative, lambda at: value(slope, at), expr)
