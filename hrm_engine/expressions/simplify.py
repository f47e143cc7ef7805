"""Bring an expression into the form that a textbook prints.

    tree ──► normal form (sums of products of powers) ──► tree
             `normal_form`, `products`, `collect`           `textbook`

Exact rationals; like terms and like powers collected; brackets expanded, factored out or
cancelled where that makes the result shorter; factors and terms in a fixed order. Every
step is an identity of complex numbers wherever both sides are defined, up to points where
a cancelled factor is 0: sqrt(x^2), ln(x^2) and asin(sin(x)) stay as they are. A tree whose
numbers would outgrow the grammar's digits, or that would get much longer, is returned
untouched. The result is checked by `verify` before anyone sees it.

Read `simplify`, then the table `_RULES`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from hrm_engine.expressions.collect import total
from hrm_engine.expressions.normal_form import (
    HALF,
    NOTHING,
    UNIT,
    Base,
    Rational,
    Sum,
    TooLargeError,
    constant,
    content,
    lone,
    magnitude,
    scale,
    term_order,
)
from hrm_engine.expressions.products import exponential, power, product, quotient
from hrm_engine.expressions.textbook import written
from hrm_engine.expressions.tree import FUNCTIONS, Expr, size

_GROWTH, _SLACK = 1.5, 8
_MOST_PASSES = 8
_ODD = frozenset(
    ("sin", "tan", "cot", "csc", "sinh", "tanh", "coth", "csch", "asin", "atan", "asinh", "atanh")
)
_EVEN = frozenset(("cos", "sec", "cosh", "sech"))
_AT_ZERO = dict.fromkeys(("sin", "tan", "sinh", "tanh", "asin", "atan", "asinh", "atanh"), 0) | (
    dict.fromkeys(_EVEN, 1)
)


def simplify(expr: Expr) -> Expr:
    """`expr` in textbook form: equal in value, the same each time, settled (idempotent)."""
    try:
        short = _settled(expr)
    except TooLargeError:
        return expr
    return short if size(short) <= _GROWTH * size(expr) + _SLACK else expr


def _settled(expr: Expr) -> Expr:
    """Passes until nothing changes; of forms that follow each other in a ring, the shortest."""
    forms: list[Expr] = []
    current = written(_normal(expr))
    while current not in forms and len(forms) < _MOST_PASSES:
        forms.append(current)
        current = written(_normal(current))
    if current == forms[-1] or current not in forms:
        return current
    return min(forms[forms.index(current) :], key=lambda form: (size(form), repr(form)))


def _normal(expr: Expr) -> Sum:
    if expr.op == "int":
        return constant(int(expr.value or 0))
    if not expr.args:
        return lone(Base(expr.op, (), expr.value))
    parts = [_normal(part) for part in expr.args]
    return _RULES[expr.op](*parts)


def _log(base: Sum, u: Sum) -> Sum:
    if base == lone(Base("e")):
        return _ln(u)
    if base == u:
        return UNIT
    return NOTHING if u == UNIT else lone(Base("log", (base, u)))


def _ln(u: Sum) -> Sum:
    if u == UNIT:
        return NOTHING
    single = u.single
    if single is not None and len(single[0]) == 1 and single[1] == 1:
        base, exponent = single[0][0]
        if base.op == "e" and not isinstance(exponent, Sum):
            return constant(exponent)
    return lone(Base("ln", (u,)))


def _root(index: Sum, u: Sum) -> Sum:
    n = index.number
    if n == 1 or (u in (NOTHING, UNIT) and isinstance(n, int) and n > 0):
        return u
    if n == 2:
        return power(u, HALF)
    value = u.number
    if isinstance(n, int) and n > 0 and value is not None and value > 0:
        exact_root = power(u, HALF * 2 / n)
        if exact_root.number is not None:
            return exact_root
    return lone(Base("root", (index, u)))


def _abs(u: Sum) -> Sum:
    value = u.number
    if value is not None:
        return constant(magnitude(value))
    outer, inner = _split(u)
    single = inner.single
    if single is not None and len(single[0]) == 1 and single[0][0][0].op == "abs":
        return scale(inner, magnitude(outer))
    return scale(lone(Base("abs", (inner,))), magnitude(outer))


def _sign(u: Sum) -> Sum:
    value = u.number
    if value is not None:
        return constant((value > 0) - (value < 0))
    outer, inner = _split(u)
    return scale(lone(Base("sign", (inner,))), 1 if outer > 0 else -1)


def _split(u: Sum) -> tuple[Rational, Sum]:
    """A number and a sum whose product is `u`; the sum the same for `u` and `-u`."""
    outer = content(u)
    if u.terms[min(u.terms, key=term_order)] < 0:
        outer = -outer
    return outer, scale(u, Fraction(1) / outer)


def _function(name: str) -> Callable[[Sum], Sum]:
    """The rule of one of the 24 functions."""
    inverse = f"a{name}"

    def rule(u: Sum) -> Sum:
        if not u.terms and name in _AT_ZERO:
            return constant(_AT_ZERO[name])
        single = u.single
        if single is not None and single[1] == 1 and len(single[0]) == 1:
            base, exponent = single[0][0]
            if base.op == inverse and exponent == 1:
                return base.args[0]
        if u.terms and (name in _ODD or name in _EVEN) and all(c < 0 for c in u.terms.values()):
            value = lone(Base(name, (scale(u, -1),)))
            return scale(value, -1) if name in _ODD else value
        return lone(Base(name, (u,)))

    return rule


_RULES: dict[str, Callable[..., Sum]] = {
    "neg": lambda u: scale(u, -1),
    "add": total,
    "sub": lambda u, v: total(u, scale(v, -1)),
    "mul": product,
    "div": quotient,
    "pow": power,
    "exp": exponential,
    "ln": _ln,
    "sqrt": lambda u: power(u, HALF),
    "log": _log,
    "root": _root,
    "abs": _abs,
    "sign": _sign,
    **{name: _function(name) for name in FUNCTIONS},
}
