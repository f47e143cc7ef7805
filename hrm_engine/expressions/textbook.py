"""Normal forms printed as a textbook would: 5*cos(5*x), (x*cos(x) - sin(x))/x^2, 1 - x^2.

Order of factors: number, surds, pi and e, letters, brackets of letters, powers with the
variable in the exponent, functions, other brackets. Order of terms: by falling degree in
the letters, numbers last, but a positive term first where there is one. Negative numeric
exponents go below a fraction line.

Read `written`.
"""

from __future__ import annotations

from fractions import Fraction

from hrm_engine.expressions.normal_form import (
    EULER,
    HALF,
    Base,
    Exponent,
    Monomial,
    Rational,
    Sum,
    magnitude,
    of_letters,
    order_key,
    term_order,
)
from hrm_engine.expressions.tree import ONE, Expr, integer, node, symbol


def written(sum_: Sum) -> Expr:
    """The tree of a normal form."""
    if not sum_.terms:
        return integer(0)
    if len(sum_.terms) > 1:
        bottoms = {Fraction(c).denominator for c in sum_.terms.values()}
        if len(bottoms) == 1 and bottoms != {1}:
            below = bottoms.pop()
            whole = Sum({m: c * below for m, c in sum_.terms.items()})
            return _terms(whole) / integer(below)
    return _terms(sum_)


def _terms(sum_: Sum) -> Expr:
    ranked = sorted(sum_.terms, key=term_order)
    signs = [sum_.terms[monomial] > 0 for monomial in ranked]
    if not signs[0] and any(signs):
        if signs[-1] and all(of_letters(base) for monomial in ranked for base, _ in monomial):
            ranked.reverse()  # 1 - x^2
        else:
            ranked.insert(0, ranked.pop(signs.index(True)))
    result: Expr | None = None
    for monomial in ranked:
        coefficient = sum_.terms[monomial]
        term = _term(monomial, magnitude(coefficient))
        if result is None:
            result = term if coefficient > 0 else -term
        else:
            result = result + term if coefficient > 0 else result - term
    assert result is not None
    return result


def _term(monomial: Monomial, coefficient: Rational) -> Expr:
    """A product with a positive coefficient, as one fraction."""
    above, below = Fraction(coefficient).as_integer_ratio()
    over: list[tuple[Base, Exponent]] = []
    under: list[tuple[Base, Exponent]] = []
    for base, exponent in sorted(monomial, key=_factor_order):
        if isinstance(exponent, Sum) or exponent > 0:
            over.append((base, exponent))
        else:
            under.append((base, -exponent))
    top, bottom = _factors(above, over), _factors(below, under)
    return top if bottom == ONE else top / bottom


def _factors(number: int, powers: list[tuple[Base, Exponent]]) -> Expr:
    parts = [] if number == 1 and powers else [integer(number)]
    parts += _surds(powers)
    parts += [_power(b, e) for b, e in powers if not _is_surd(b, e)]
    result = parts[0]
    for part in parts[1:]:
        result = result * part
    return result


def _is_surd(base: Base, exponent: Exponent) -> bool:
    return base.op == "int" and isinstance(exponent, Fraction)


def _surds(powers: list[tuple[Base, Exponent]]) -> list[Expr]:
    """Roots of numbers, those of equal exponent under one root: sqrt(6)."""
    together: dict[Fraction, int] = {}
    for base, exponent in powers:
        if base.op == "int" and isinstance(exponent, Fraction):
            together[exponent] = together.get(exponent, 1) * int(base.value or 1)
    return [_raised(integer(value), exponent) for exponent, value in sorted(together.items())]


def _factor_order(item: tuple[Base, Exponent]) -> tuple[int, tuple[int, str]]:
    base, exponent = item
    if base.op == "group":
        rank = 4 if of_letters(base) else 8
    elif isinstance(exponent, Sum) and not base.args and base.op != "sym":
        rank = 6
    else:
        rank = {"int": 0, "pi": 1, "e": 2, "sym": 3}.get(base.op, 7)
    return rank, order_key(base)


def _power(base: Base, exponent: Exponent) -> Expr:
    if base == EULER and isinstance(exponent, Sum):
        return node("exp", written(exponent))
    if isinstance(exponent, Sum):
        return leaf(base) ** written(exponent)
    return _raised(leaf(base), exponent)


def _raised(base: Expr, exponent: Rational) -> Expr:
    if exponent == 1:
        return base
    if exponent == HALF:
        return node("sqrt", base)
    above, below = Fraction(exponent).as_integer_ratio()
    return base ** (integer(above) if below == 1 else integer(above) / integer(below))


def leaf(base: Base) -> Expr:
    """The tree of a base alone."""
    if base.op == "group":
        return written(base.args[0])
    if base.op == "int":
        return integer(int(base.value or 0))
    if base.op == "sym":
        return symbol(str(base.value))
    return Expr(base.op, tuple(written(arg) for arg in base.args))
