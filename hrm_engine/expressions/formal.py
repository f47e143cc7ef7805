"""Formal differentiation on a tape, for the verifier alone.

The solver has its own rules (`differentiate.py`). These are written independently, in
another representation and in the form that `proof.py` handles best, so that one slip
cannot hide in both; and the ball check of `balls.py` uses neither.
"""

from __future__ import annotations

from collections.abc import Callable

from hrm_engine.expressions.tape import Tape

Rule = Callable[[Tape, int, int], int]  # (tape, argument, function value) -> slope


def derivative(tape: Tape, root: int, variable: str) -> int:
    """The index of the derivative of node `root` with respect to `variable`."""
    zero = tape.number(0)
    slopes: dict[int, int] = {}
    for i in tape.below(root):
        step = tape.steps[i]
        if variable not in tape.symbols[i]:
            slopes[i] = zero
        elif step.op == "sym":
            slopes[i] = tape.number(1)
        elif len(step.args) == 1 and step.op in _CHAIN:
            (u,) = step.args
            slopes[i] = _mul(tape, _CHAIN[step.op](tape, u, i), slopes[u])
        else:
            slopes[i] = _RULES[step.op](tape, i, slopes)
    return slopes[root]


def _is(tape: Tape, i: int, value: int) -> bool:
    return tape.rational[i] == value


def _add(tape: Tape, a: int, b: int) -> int:
    return b if _is(tape, a, 0) else a if _is(tape, b, 0) else tape.put("add", a, b)


def _sub(tape: Tape, a: int, b: int) -> int:
    if _is(tape, b, 0):
        return a
    return tape.put("neg", b) if _is(tape, a, 0) else tape.put("sub", a, b)


def _mul(tape: Tape, a: int, b: int) -> int:
    if _is(tape, a, 0) or _is(tape, b, 0):
        return tape.number(0)
    return b if _is(tape, a, 1) else a if _is(tape, b, 1) else tape.put("mul", a, b)


def _div(tape: Tape, a: int, b: int) -> int:
    return a if _is(tape, a, 0) or _is(tape, b, 1) else tape.put("div", a, b)


def _square(tape: Tape, a: int) -> int:
    return tape.put("pow", a, tape.number(2))


def _neg(tape: Tape, a: int) -> int:
    return tape.put("neg", a)


def _over(tape: Tape, a: int) -> int:
    return tape.put("div", tape.number(1), a)


def _one_minus_square(tape: Tape, a: int) -> int:
    return tape.put("sub", tape.number(1), _square(tape, a))


def _one_plus_square(tape: Tape, a: int) -> int:
    return tape.put("add", tape.number(1), _square(tape, a))


def _root_of(tape: Tape, a: int) -> int:
    return tape.put("sqrt", a)


def _acosh(tape: Tape, u: int, y: int) -> int:
    below = tape.put("sub", u, tape.number(1))
    above = tape.put("add", u, tape.number(1))
    return _over(tape, tape.put("mul", _root_of(tape, below), _root_of(tape, above)))


def _of_reciprocal(rule: Rule) -> Rule:
    """The slope of base(1/u): that of base at 1/u, times -1/u^2."""

    def slope(tape: Tape, u: int, y: int) -> int:
        return _neg(tape, _div(tape, rule(tape, _over(tape, u), y), _square(tape, u)))

    return slope


_INVERSE: dict[str, Rule] = {
    "asin": lambda t, u, y: _over(t, _root_of(t, _one_minus_square(t, u))),
    "acos": lambda t, u, y: _neg(t, _over(t, _root_of(t, _one_minus_square(t, u)))),
    "atan": lambda t, u, y: _over(t, _one_plus_square(t, u)),
    "asinh": lambda t, u, y: _over(t, _root_of(t, _one_plus_square(t, u))),
    "acosh": _acosh,
    "atanh": lambda t, u, y: _over(t, _one_minus_square(t, u)),
}
_CHAIN: dict[str, Rule] = _INVERSE | {
    "neg": lambda t, u, y: t.number(-1),
    "abs": lambda t, u, y: t.put("sign", u),
    "sign": lambda t, u, y: t.number(0),
    "exp": lambda t, u, y: y,
    "ln": lambda t, u, y: _over(t, u),
    "sqrt": lambda t, u, y: _over(t, _mul(t, t.number(2), y)),
    "sin": lambda t, u, y: t.put("cos", u),
    "cos": lambda t, u, y: _neg(t, t.put("sin", u)),
    "tan": lambda t, u, y: _square(t, t.put("sec", u)),
    "cot": lambda t, u, y: _neg(t, _square(t, t.put("csc", u))),
    "sec": lambda t, u, y: _mul(t, y, t.put("tan", u)),
    "csc": lambda t, u, y: _neg(t, _mul(t, y, t.put("cot", u))),
    "sinh": lambda t, u, y: t.put("cosh", u),
    "cosh": lambda t, u, y: t.put("sinh", u),
    "tanh": lambda t, u, y: _square(t, t.put("sech", u)),
    "coth": lambda t, u, y: _neg(t, _square(t, t.put("csch", u))),
    "sech": lambda t, u, y: _neg(t, _mul(t, y, t.put("tanh", u))),
    "csch": lambda t, u, y: _neg(t, _mul(t, y, t.put("coth", u))),
    "acot": _of_reciprocal(_INVERSE["atan"]),
    "asec": _of_reciprocal(_INVERSE["acos"]),
    "acsc": _of_reciprocal(_INVERSE["asin"]),
    "acoth": _of_reciprocal(_INVERSE["atanh"]),
    "asech": lambda t, u, y: _neg(t, _over(t, _mul(t, u, _root_of(t, _one_minus_square(t, u))))),
    "acsch": _of_reciprocal(_INVERSE["asinh"]),
}


def _sum(tape: Tape, i: int, slopes: dict[int, int]) -> int:
    a, b = tape.steps[i].args
    combine = _add if tape.steps[i].op == "add" else _sub
    return combine(tape, slopes[a], slopes[b])


def _product(tape: Tape, i: int, slopes: dict[int, int]) -> int:
    a, b = tape.steps[i].args
    return _add(tape, _mul(tape, slopes[a], b), _mul(tape, a, slopes[b]))


def _quotient(tape: Tape, i: int, slopes: dict[int, int]) -> int:
    a, b = tape.steps[i].args
    left = _div(tape, slopes[a], b)
    return _sub(tape, left, _div(tape, _mul(tape, a, slopes[b]), _square(tape, b)))


def _power(tape: Tape, i: int, slopes: dict[int, int]) -> int:
    a, b = tape.steps[i].args
    exact = tape.rational[b]
    if exact is not None and exact.denominator == 1:
        lower = tape.put("pow", a, tape.number(exact.numerator - 1))
        return _mul(tape, _mul(tape, b, lower), slopes[a])
    return _mul(tape, i, _log_slope(tape, a, b, slopes[a], slopes[b]))


def _log_slope(tape: Tape, base: int, exponent: int, d_base: int, d_exponent: int) -> int:
    """The derivative of exponent * ln(base)."""
    inner = _div(tape, _mul(tape, exponent, d_base), base)
    if _is(tape, d_exponent, 0):
        return inner
    return _add(tape, _mul(tape, d_exponent, tape.put("ln", base)), inner)


def _logarithm(tape: Tape, i: int, slopes: dict[int, int]) -> int:
    base, u = tape.steps[i].args
    log_base = tape.put("ln", base)
    top = _div(tape, slopes[u], u)
    if not _is(tape, slopes[base], 0):
        top = _sub(tape, top, _mul(tape, i, _div(tape, slopes[base], base)))
    return _div(tape, top, log_base)


def _root(tape: Tape, i: int, slopes: dict[int, int]) -> int:
    n, u = tape.steps[i].args
    rate = _div(tape, slopes[u], tape.put("mul", n, u))
    if not _is(tape, slopes[n], 0):
        shrink = _div(tape, _mul(tape, slopes[n], tape.put("ln", u)), _square(tape, n))
        rate = _sub(tape, rate, shrink)
    return _mul(tape, i, rate)


_RULES: dict[str, Callable[[Tape, int, dict[int, int]], int]] = {
    "add": _sum,
    "sub": _sum,
    "mul": _product,
    "div": _quotient,
    "pow": _power,
    "log": _logarithm,
    "root": _root,
}
