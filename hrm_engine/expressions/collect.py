"""Sums of normal forms that stay short: brackets expanded or factored out where it pays.

    (x + 1)^2 - 2*x*(x + 1)              1 - x^2                 expanded
    10*u^4*v^4 + 4*u^5*v^3               2*u^4*v^3*(5*v + 2*u)   factored
    x^2/sqrt(u) + sqrt(u)                (x^2 + u)/sqrt(u)       over one denominator
    (x^2 + 1)*cos(x) + 2*x*sin(x)        as it is

Each candidate is weighed by the nodes that its tree would have; the lightest wins.
Read `total`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import prod

from hrm_engine.expressions.normal_form import (
    Base,
    Exponent,
    Monomial,
    Rational,
    Sum,
    merge,
    of_letters,
)
from hrm_engine.expressions.polynomials import divided, pythagoras, shared
from hrm_engine.expressions.products import Product, product, rebuilt

_MAX_EXPANDED = 24
_MAX_EXPANDED_POWER = 6
_PREFER_EXPANDED = 4


def total(*sums: Sum) -> Sum:
    """The sum, like terms collected; brackets expanded or factored out where that is shorter."""
    plain = pythagoras(merge(sums))
    choices = _over_common(plain, total)
    if any(base.op == "group" for monomial in plain.terms for base, _ in monomial):
        everything = shared(plain)
        if len(plain.terms) > 1 and everything and everything != _common(plain):
            choices.append(_weighed(_factored(plain, everything, total)))
        for wanted in (_all_letters, _some_functions, _anything):
            expanded = _expanded(plain, wanted)
            if expanded is not None:
                bonus = _PREFER_EXPANDED if wanted is _some_functions else 0
                choices += [
                    (weight - bonus, sum_) for weight, sum_ in _over_common(expanded, pythagoras)
                ]
    return min(choices, key=lambda choice: choice[0])[1]


def _over_common(plain: Sum, finish: Callable[[Sum], Sum]) -> list[tuple[int, Sum]]:
    """The sum with what its terms have in common in front, if anything; and as it is."""
    common = _common(plain)
    factored = [_weighed(_factored(plain, common, finish))] if common else []
    return [*factored, _weighed(plain)]


def _weighed(sum_: Sum) -> tuple[int, Sum]:
    return sum_.weight, sum_


def _factored(sum_: Sum, common: dict[Base, Exponent], finish: Callable[[Sum], Sum]) -> Sum:
    """Common powers in front of what is left."""
    rest = finish(rebuilt(divided(sum_, common)))
    collected = Product()
    for base, exponent in common.items():
        collected.put(base, exponent)
    collected.multiply(rest)
    return collected.result()


def _common(sum_: Sum) -> dict[Base, Exponent]:
    """What all terms have: brackets, and bases with a fractional exponent below a line."""
    if len(sum_.terms) < 2:
        return {}
    found: dict[Base, list[Rational]] = {}
    for monomial in sum_.terms:
        for base, exponent in monomial:
            if not isinstance(exponent, Sum):
                found.setdefault(base, []).append(exponent)
    return {
        base: min(exponents)
        for base, exponents in found.items()
        if len(exponents) == len(sum_.terms)
        and (base.op == "group" or (min(exponents) < 0 and _fractional(exponents)))
    }


def _fractional(exponents: list[Rational]) -> bool:
    return any(isinstance(exponent, Fraction) for exponent in exponents)


def _expanded(sum_: Sum, wanted: Callable[[Monomial], bool]) -> Sum | None:
    """The wanted terms with their brackets multiplied out; None when too long or none."""
    parts: list[Sum] = []
    room = _MAX_EXPANDED
    for monomial, coefficient in sum_.terms.items():
        brackets = {b: e for b, e in monomial if isinstance(e, int) and _expandable(b, e)}
        if not brackets or not wanted(monomial):
            parts.append(Sum({monomial: coefficient}))
            continue
        room -= prod(len(b.args[0].terms) ** e for b, e in brackets.items())
        if room < 0:
            return None
        rest = tuple(item for item in monomial if item[0] not in brackets)
        pieces = [Sum({rest: coefficient})]
        for base, exponent in brackets.items():
            for _ in range(exponent):
                pieces = _spread(pieces, base.args[0])
        parts += pieces
    return pythagoras(merge(parts)) if room < _MAX_EXPANDED else None


def _spread(pieces: list[Sum], bracket: Sum) -> list[Sum]:
    terms = [Sum({m: c}) for m, c in bracket.terms.items()]
    whole = merge(product(piece, term) for piece in pieces for term in terms)
    return [Sum({m: c}) for m, c in whole.terms.items()]


def _expandable(base: Base, exponent: int) -> bool:
    bracket = base.op == "group" and len(base.args[0].terms) > 1
    return bracket and 0 < exponent <= _MAX_EXPANDED_POWER


def _all_letters(monomial: Monomial) -> bool:
    return all(of_letters(base) for base, _ in monomial)


def _some_functions(monomial: Monomial) -> bool:
    brackets = [base for base, _ in monomial if base.op == "group"]
    return _all_letters(monomial) or not all(map(of_letters, brackets))


def _anything(monomial: Monomial) -> bool:
    return True
