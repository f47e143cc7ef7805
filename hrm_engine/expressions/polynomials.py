"""Sums as polynomials in their bases: exact division, common factors, squares that add to 1.

The bases count as independent letters, so what holds here holds for any values: a quotient
that comes out even is an identity (up to points where the divisor is 0).
"""

from __future__ import annotations

from fractions import Fraction

from hrm_engine.expressions.normal_form import (
    Base,
    Exponent,
    Monomial,
    Rational,
    Sum,
    exact,
    merge,
    ordered,
    plus,
    times,
)

_MAX_TERMS = 24
_Vector = tuple[int, ...]


def exact_quotient(dividend: Sum, divisor: Sum) -> Sum | None:
    """`dividend / divisor` if it comes out even, else None; gives up on long ones."""
    if len(dividend.terms) > _MAX_TERMS or not 1 < len(divisor.terms) <= len(dividend.terms):
        return None
    bases = sorted({b for m in (*dividend.terms, *divisor.terms) for b, _ in m}, key=_by_key)
    above, below = _vectors(dividend, bases), _vectors(divisor, bases)
    if above is None or below is None:
        return None
    lead = max(below)
    quotient: dict[_Vector, Rational] = {}
    while above:
        top = max(above)
        shift = tuple(a - b for a, b in zip(top, lead, strict=True))
        if min(shift) < 0 or len(quotient) >= _MAX_TERMS:
            return None
        share = exact(above[top] * exact(_inverse(below[lead])))
        quotient[shift] = share
        for vector, coefficient in below.items():
            place = tuple(a + b for a, b in zip(vector, shift, strict=True))
            left = exact(above.get(place, 0) - share * coefficient)
            if left:
                above[place] = left
            else:
                above.pop(place, None)
    return Sum({_monomial(vector, bases): c for vector, c in quotient.items()})


def _by_key(base: Base) -> str:
    return base.key


def _inverse(value: Rational) -> Rational:
    return Fraction(1) / value


def _vectors(sum_: Sum, bases: list[Base]) -> dict[_Vector, Rational] | None:
    """Exponent vectors with their coefficients; None where an exponent is no natural number."""
    place = {base: k for k, base in enumerate(bases)}
    found: dict[_Vector, Rational] = {}
    for monomial, coefficient in sum_.terms.items():
        vector = [0] * len(bases)
        for base, exponent in monomial:
            if not isinstance(exponent, int) or exponent < 0:
                return None
            vector[place[base]] = exponent
        found[tuple(vector)] = coefficient
    return found


def _monomial(vector: _Vector, bases: list[Base]) -> Monomial:
    return tuple((base, power) for base, power in zip(bases, vector, strict=True) if power)


def shared(sum_: Sum) -> dict[Base, Exponent]:
    """The bases that all terms have, with the least exponent, or the one that is equal."""
    terms = iter(sum_.terms)
    common = dict(next(terms))
    for monomial in terms:
        here = dict(monomial)
        for base in list(common):
            least = _least(common[base], here.get(base))
            if least is None:
                del common[base]
            else:
                common[base] = least
    return common


def _least(a: Exponent, b: Exponent | None) -> Exponent | None:
    if b is None or a == b:
        return b
    if isinstance(a, Sum) or isinstance(b, Sum):
        return None
    return min(a, b) if a * b > 0 else None


def divided(sum_: Sum, factors: dict[Base, Exponent]) -> Sum:
    """Each term over `factors`, which must be shared by all."""
    terms: dict[Monomial, Rational] = {}
    for monomial, coefficient in sum_.terms.items():
        rest: list[tuple[Base, Exponent]] = []
        for base, exponent in monomial:
            less = factors.get(base)
            left = exponent if less is None else _minus(exponent, less)
            if left != 0:
                rest.append((base, left))
        terms[tuple(rest)] = coefficient
    return Sum(terms)


def _minus(a: Exponent, b: Exponent) -> Exponent:
    return plus(a, times(b, -1))


_SQUARES = {"cos": ("sin", 1), "cosh": ("sinh", -1)}  # cos^2 + sin^2 = 1, cosh^2 - sinh^2 = 1


def pythagoras(sum_: Sum) -> Sum:
    """`c*m*cos(u)^2 + c*m*sin(u)^2` becomes `c*m`, and cosh^2 - sinh^2 likewise."""
    for monomial, coefficient in sum_.terms.items():
        for base, exponent in monomial:
            if base.op in _SQUARES and isinstance(exponent, int) and exponent >= 2:
                name, sign = _SQUARES[base.op]
                bare = _times_power(monomial, base, -2)
                partner = _times_power(bare, Base(name, base.args), 2)
                if sum_.terms.get(partner) == sign * coefficient:
                    rest = {m: c for m, c in sum_.terms.items() if m not in (monomial, partner)}
                    return pythagoras(merge((Sum(rest), Sum({bare: coefficient}))))
    return sum_


def _times_power(monomial: Monomial, base: Base, exponent: int) -> Monomial:
    factors = dict(monomial)
    factors[base] = plus(factors.get(base, 0), exponent)
    return ordered(factors)
