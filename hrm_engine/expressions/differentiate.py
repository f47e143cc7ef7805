"""Textbook differentiation: exact, total on the grammar, in raw rule form.

The derivative is a local, compositional function of the tree: each node contributes one
template that holds its untouched parts and the derivatives of its arguments. The same
templates are what the network learns (`hrm_engine.tokens.maths`), so their form is fixed:

* a part whose derivative is 0 counts as a constant: its terms vanish, and as a factor it
  stays in front, `(c*u)' = c*u'`;
* a derivative that is 1 is not multiplied by: `sin(x)' = cos(x)`, `x^3 ' = 3*x^(3 - 1)`;
* the chain factor stands last: `sin(u)' = cos(u)*u'`; a minus sign stands outermost;
* nothing else is simplified: that is `simplify`'s work, checked afterwards.

Forms that hold on the whole complex plane are preferred where books give one for part of
the real line: `asec(u)' = u'/(u^2*sqrt(1 - 1/u^2))`, `acosh(u)' = u'/(sqrt(u - 1)*sqrt(u + 1))`.
`|u|' = sign(u)*u'` and `sign(u)' = 0` hold wherever the function has a derivative.

Read `differentiate`, then the tables `FACTORS` and `DENOMINATORS`. Source of the formulas:
NIST Digital Library of Mathematical Functions, sections 4.7, 4.20, 4.24, 4.34 and 4.38.
"""

from __future__ import annotations

from collections.abc import Callable

from hrm_engine.expressions.tree import ONE, TWO, ZERO, Expr, node

_Outer = Callable[[Expr, Expr], Expr]


def _square(u: Expr) -> Expr:
    return u**TWO


# g(u)' = FACTORS[g](g(u), u) * u'
FACTORS: dict[str, _Outer] = {
    "exp": lambda g, u: g,
    "abs": lambda g, u: node("sign", u),
    "sin": lambda g, u: node("cos", u),
    "cos": lambda g, u: node("sin", u),
    "tan": lambda g, u: _square(node("sec", u)),
    "cot": lambda g, u: _square(node("csc", u)),
    "sec": lambda g, u: g * node("tan", u),
    "csc": lambda g, u: g * node("cot", u),
    "sinh": lambda g, u: node("cosh", u),
    "cosh": lambda g, u: node("sinh", u),
    "tanh": lambda g, u: _square(node("sech", u)),
    "coth": lambda g, u: _square(node("csch", u)),
    "sech": lambda g, u: g * node("tanh", u),
    "csch": lambda g, u: g * node("coth", u),
}


def _root_of_one_minus_square(g: Expr, u: Expr) -> Expr:
    return node("sqrt", ONE - _square(u))


def _square_plus_one(g: Expr, u: Expr) -> Expr:
    return _square(u) + ONE


def _one_minus_square(g: Expr, u: Expr) -> Expr:
    return ONE - _square(u)


def _secant_denominator(g: Expr, u: Expr) -> Expr:
    return _square(u) * node("sqrt", ONE - ONE / _square(u))


# g(u)' = u' / DENOMINATORS[g](g(u), u)
DENOMINATORS: dict[str, _Outer] = {
    "ln": lambda g, u: u,
    "sqrt": lambda g, u: TWO * g,
    "asin": _root_of_one_minus_square,
    "acos": _root_of_one_minus_square,
    "atan": _square_plus_one,
    "acot": _square_plus_one,
    "asec": _secant_denominator,
    "acsc": _secant_denominator,
    "asinh": lambda g, u: node("sqrt", _square(u) + ONE),
    "acosh": lambda g, u: node("sqrt", u - ONE) * node("sqrt", u + ONE),
    "atanh": _one_minus_square,
    "acoth": _one_minus_square,
    "asech": lambda g, u: u * node("sqrt", ONE - _square(u)),
    "acsch": lambda g, u: _square(u) * node("sqrt", ONE + ONE / _square(u)),
}

# The functions whose table entry above is to be negated.
NEGATIVE = frozenset(
    ("cos", "cot", "csc", "coth", "sech", "csch", "acos", "acot", "acsc", "asech", "acsch")
)


def differentiate(expr: Expr, variable: str) -> Expr:
    """The derivative of `expr` by `variable` in raw rule form; exact, never fails.

    Args:
        expr: any tree of the grammar.
        variable: the symbol's name; every other symbol is a constant.

    Returns:
        A tree that satisfies the grammar; `ZERO` itself when the derivative is 0.
    """
    return derive(unshared(expr), variable)


def unshared(expr: Expr) -> Expr:
    """A copy in which every node is an object of its own, so identity means position."""
    return Expr(expr.op, tuple(unshared(part) for part in expr.args), expr.value)


def derive(expr: Expr, variable: str) -> Expr:
    """`differentiate` on a tree from `unshared`: kept parts are the very same objects."""
    if expr.op == "sym":
        return ONE if expr.value == variable else ZERO
    if not expr.args:
        return ZERO
    parts = expr.args
    slopes = tuple(derive(part, variable) for part in parts)
    if all(slope is ZERO for slope in slopes):
        return ZERO
    if len(parts) == 1:
        return _unary(expr, parts[0], slopes[0])
    return _BINARY[expr.op](expr, parts[0], parts[1], slopes[0], slopes[1])


def _times(factor: Expr, slope: Expr) -> Expr:
    return factor if slope is ONE else factor * slope


def _into(slope: Expr, factor: Expr) -> Expr:
    return factor if slope is ONE else slope * factor


def _unary(expr: Expr, u: Expr, du: Expr) -> Expr:
    if expr.op == "neg":
        return -du
    if expr.op == "sign":
        return ZERO
    if expr.op in FACTORS:
        slope = _times(FACTORS[expr.op](expr, u), du)
    else:
        slope = du / DENOMINATORS[expr.op](expr, u)
    return -slope if expr.op in NEGATIVE else slope


def _add(expr: Expr, u: Expr, v: Expr, du: Expr, dv: Expr) -> Expr:
    if du is ZERO:
        return dv
    return du if dv is ZERO else du + dv


def _sub(expr: Expr, u: Expr, v: Expr, du: Expr, dv: Expr) -> Expr:
    if du is ZERO:
        return -dv
    return du if dv is ZERO else du - dv


def _mul(expr: Expr, u: Expr, v: Expr, du: Expr, dv: Expr) -> Expr:
    if du is ZERO:
        return _times(u, dv)
    if dv is ZERO:
        return _times(v, du)
    return _into(du, v) + _times(u, dv)


def _div(expr: Expr, u: Expr, v: Expr, du: Expr, dv: Expr) -> Expr:
    if dv is ZERO:
        return du / v
    if du is ZERO:
        return -(_times(u, dv) / _square(v))
    return (_into(du, v) - _times(u, dv)) / _square(v)


def _pow(expr: Expr, u: Expr, v: Expr, du: Expr, dv: Expr) -> Expr:
    if dv is ZERO:
        return _times(v * u ** (v - ONE), du)
    if du is ZERO:
        return _times(expr if u.op == "e" else expr * node("ln", u), dv)
    return expr * (_into(dv, node("ln", u)) + _times(v, du) / u)


def _log(expr: Expr, b: Expr, u: Expr, db: Expr, du: Expr) -> Expr:
    if db is ZERO:
        return du / (u * node("ln", b))
    below = b * _square(node("ln", b))
    if du is ZERO:
        return -(_times(node("ln", u), db) / below)
    return du / (u * node("ln", b)) - _times(node("ln", u), db) / below


def _root(expr: Expr, n: Expr, u: Expr, dn: Expr, du: Expr) -> Expr:
    if dn is ZERO:
        return du / (n * expr ** (n - ONE))
    inner = _times(node("ln", u), dn) / _square(n)
    if du is ZERO:
        return -(expr * inner)
    return expr * (du / (n * u) - inner)


_BINARY: dict[str, Callable[[Expr, Expr, Expr, Expr, Expr], Expr]] = {
    "add": _add,
    "sub": _sub,
    "mul": _mul,
    "div": _div,
    "pow": _pow,
    "log": _log,
    "root": _root,
}
