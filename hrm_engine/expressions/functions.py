"""The functions of one argument over complex balls: value, slope, branch cut.

Every function takes its principal branch, as Arb and SymPy define it; acot(x) is atan(1/x)
and the other reciprocal ones follow suit. `balls.py` evaluates whole expressions with them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from flint import acb

Ball: TypeAlias = acb
Slope: TypeAlias = acb | None  # None is an exact zero: the node lacks the variable


@dataclass(frozen=True)
class Function:
    """A function of one argument: value, slope from (argument, value), branch cut test."""

    value: Callable[[Ball], Ball]
    slope: Callable[[Ball, Ball], Ball]
    cut: Callable[[Ball], bool] | None = None


def on_negative_axis(u: Ball) -> bool:
    """Whether the ball meets (-inf, 0], the cut of ln, sqrt and powers."""
    return bool(u.imag.contains(0)) and not u.real > 0


def _outside_unit_interval(u: Ball) -> bool:
    return bool(u.imag.contains(0)) and not (u.real > -1 and u.real < 1)


def _below_one(u: Ball) -> bool:
    return bool(u.imag.contains(0)) and not u.real > 1


def _on_imaginary_rays(u: Ball) -> bool:
    return bool(u.real.contains(0)) and not (u.imag > -1 and u.imag < 1)


def _atanh(u: Ball) -> Ball:
    return acb(u.real.atanh()) if u.imag.is_zero() and abs(u.real) < 1 else u.atanh()


def _of_reciprocal(base: Function) -> Function:
    """The function base(1/x), such as asec from acos."""
    cut = base.cut
    return Function(
        value=lambda u: base.value(1 / u),
        slope=lambda u, y: -base.slope(1 / u, y) / (u * u),
        cut=None if cut is None else lambda u: cut(1 / u),
    )


_PLAIN = {
    "exp": Function(acb.exp, lambda u, y: y),
    "ln": Function(acb.log, lambda u, y: 1 / u, on_negative_axis),
    "sqrt": Function(acb.sqrt, lambda u, y: 1 / (2 * y), on_negative_axis),
    "sin": Function(acb.sin, lambda u, y: u.cos()),
    "cos": Function(acb.cos, lambda u, y: -u.sin()),
    "tan": Function(acb.tan, lambda u, y: u.sec() ** 2),
    "cot": Function(acb.cot, lambda u, y: -(u.csc() ** 2)),
    "sec": Function(acb.sec, lambda u, y: y * u.tan()),
    "csc": Function(acb.csc, lambda u, y: -y * u.cot()),
    "sinh": Function(acb.sinh, lambda u, y: u.cosh()),
    "cosh": Function(acb.cosh, lambda u, y: u.sinh()),
    "tanh": Function(acb.tanh, lambda u, y: u.sech() ** 2),
    "coth": Function(acb.coth, lambda u, y: -(u.csch() ** 2)),
    "sech": Function(acb.sech, lambda u, y: -y * u.tanh()),
    "csch": Function(acb.csch, lambda u, y: -y * u.coth()),
    "asin": Function(acb.asin, lambda u, y: (1 - u * u).rsqrt(), _outside_unit_interval),
    "acos": Function(acb.acos, lambda u, y: -(1 - u * u).rsqrt(), _outside_unit_interval),
    "atan": Function(acb.atan, lambda u, y: 1 / (1 + u * u), _on_imaginary_rays),
    "asinh": Function(acb.asinh, lambda u, y: (1 + u * u).rsqrt(), _on_imaginary_rays),
    "acosh": Function(acb.acosh, lambda u, y: (u - 1).rsqrt() * (u + 1).rsqrt(), _below_one),
    "atanh": Function(_atanh, lambda u, y: 1 / (1 - u * u), _outside_unit_interval),
}
_RECIPROCAL = {
    "acot": "atan",
    "asec": "acos",
    "acsc": "asin",
    "acoth": "atanh",
    "asech": "acosh",
    "acsch": "asinh",
}
FUNCTIONS: dict[str, Function] = _PLAIN | {
    name: _of_reciprocal(_PLAIN[base]) for name, base in _RECIPROCAL.items()
}
