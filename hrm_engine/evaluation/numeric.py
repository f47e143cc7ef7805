"""Values of expressions by mpmath: an evaluator that shares nothing with the exact check.

For second opinions and tests only; verdicts come from ball arithmetic (`verify`). mpmath
comes with SymPy and loads inside the functions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from hrm_engine.expressions.tree import FUNCTIONS, Expr

Value = Any  # mpmath.mpf or mpmath.mpc, which carry no types
DIGITS = 40
_LIMIT = 1e4  # beyond, sines cost seconds and exponentials say nothing


class UnusableError(ArithmeticError):
    """The expression has no value at this place, or none that is worth comparing."""


def library() -> Any:
    """The package mpmath."""
    import mpmath

    return mpmath


@lru_cache(maxsize=1)
def _operations() -> dict[str, Callable[..., Value]]:
    mpmath = library()

    def bounded(function: Callable[..., Value]) -> Callable[..., Value]:
        def guarded(u: Value) -> Value:
            if abs(u) > _LIMIT:
                raise UnusableError
            return function(u)

        return guarded

    def power(base: Value, exponent: Value) -> Value:
        if base == 0 or abs(exponent * mpmath.log(base)) > _LIMIT:
            raise UnusableError
        return mpmath.power(base, exponent)

    return {
        **{name: bounded(getattr(mpmath, name)) for name in FUNCTIONS},
        "pi": lambda: +mpmath.pi,
        "e": lambda: +mpmath.e,
        "neg": lambda u: -u,
        "add": lambda u, v: u + v,
        "sub": lambda u, v: u - v,
        "mul": lambda u, v: u * v,
        "div": lambda u, v: u / v,
        "pow": power,
        "root": lambda n, u: power(u, 1 / n),
        "abs": abs,
        "sign": mpmath.sign,
        "exp": bounded(mpmath.exp),
        "ln": mpmath.log,
        "sqrt": mpmath.sqrt,
        "log": lambda base, u: mpmath.log(u) / mpmath.log(base),
    }


def value(expr: Expr, letters: Mapping[str, Value]) -> Value:
    """The value at the working precision, on principal branches.

    Raises:
        ArithmeticError: where there is none, or where it is too large to tell.
    """
    mpmath = library()
    if expr.op == "int":
        return mpmath.mpf(int(expr.value or 0))
    if expr.op == "sym":
        return letters[str(expr.value)]
    arguments = [value(part, letters) for part in expr.args]
    try:
        found = _operations()[expr.op](*arguments)
    except (ValueError, mpmath.libmp.NoConvergence) as error:
        raise UnusableError from error
    if not mpmath.isfinite(found):
        raise UnusableError
    return found
