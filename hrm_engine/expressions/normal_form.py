"""Sums of products of powers: the form in which expressions are collected.

    Sum       terms, each a coefficient times a monomial:     3*x^2*sin(x) + 1/2
    monomial  a sorted tuple of (base, exponent):             ((sin(x), 1), (x, 2))
    Base      what is raised to a power: a leaf, a function value, or a group, that is
              a sum in brackets: (x + 1) in (x + 1)^5

Coefficients are exact rationals. Exponents are rationals or, in x^n or 2^x, sums. Equal
things have equal `key`s, so collecting like terms is a dictionary lookup. Powers of `e` are
powers of the base `e`: exp(x)*exp(y) becomes exp(x + y) by adding exponents, as any base's.

Read `Base` and `Sum`; arithmetic on them is in `products` and
`collect`, the way back to a tree in `textbook`.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import gcd, lcm

from hrm_engine.expressions.tree import ARITY, FUNCTIONS, MAX_DIGITS

Rational = int | Fraction
LARGEST = 10**MAX_DIGITS - 1
_SMALL_FACTORS = 1000
_FIRST = ("exp", "sin", "cos", "sec", "tan", "csc", "cot", "sinh", "cosh", "sech", "tanh")
_ORDER = {name: k for k, name in enumerate(dict.fromkeys((*_FIRST, *FUNCTIONS, *ARITY)), 1)}


class TooLargeError(Exception):
    """A number would need more digits than an expression may hold."""


class Base:
    """Something that is raised to a power; compared by `key`, which spells its structure."""

    __slots__ = ("_hash", "args", "key", "op", "value", "weight")

    def __init__(self, op: str, args: tuple[Sum, ...] = (), value: int | str | None = None) -> None:
        self.op = op
        self.args = args
        self.value = value
        inside = ",".join(arg.key for arg in args)
        self.key = f"{op}({inside})" if args else f"{op}:{value}"
        self.weight = 1 + sum(arg.weight for arg in args)
        self._hash = hash(self.key)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Base) and self.key == other.key)


class Sum:
    """Coefficients by monomial; never altered once made. The empty sum is 0."""

    __slots__ = ("_key", "_weight", "terms")

    def __init__(self, terms: dict[Monomial, Rational]) -> None:
        self.terms = terms
        self._key: str | None = None
        self._weight = 0

    @property
    def key(self) -> str:
        """The same text for equal sums."""
        if self._key is None:
            spelt = sorted(f"{c}{monomial_key(m)}" for m, c in self.terms.items())
            self._key = "+".join(spelt) or "0"
        return self._key

    @property
    def weight(self) -> int:
        """About how many nodes the printed tree has."""
        if not self._weight:
            weights = (_term_weight(m, c) for m, c in self.terms.items())
            self._weight = max(1, sum(weights) + len(self.terms) - 1)
        return self._weight

    @property
    def number(self) -> Rational | None:
        """The value of a sum without bases; None for any other."""
        if not self.terms:
            return 0
        return self.terms.get(()) if len(self.terms) == 1 else None

    @property
    def single(self) -> tuple[Monomial, Rational] | None:
        """The only term, if there is exactly one."""
        return next(iter(self.terms.items())) if len(self.terms) == 1 else None

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sum) and self.key == other.key


Exponent = int | Fraction | Sum
Monomial = tuple[tuple[Base, Exponent], ...]
NOTHING = Sum({})
UNIT = Sum({(): 1})
EULER = Base("e")
HALF = Fraction(1, 2)


def monomial_key(monomial: Monomial) -> str:
    """The same text for equal monomials."""
    return "".join(f"*{b.key}^{e.key if isinstance(e, Sum) else e}" for b, e in monomial)


def order_key(base: Base) -> tuple[int, str]:
    """Where a base stands among others: in the order of the grammar's functions, then by key."""
    return _ORDER.get(base.op, 0), base.key


def of_letters(base: Base) -> bool:
    """Whether no function occurs: a letter, a number, or a bracket of such."""
    if base.op != "group":
        return not base.args
    return all(of_letters(b) for monomial in base.args[0].terms for b, _ in monomial)


def term_order(monomial: Monomial) -> tuple[bool, Rational, int, list[tuple[int, str, str]]]:
    """The sort key of a sum's terms: falling degree in the letters, numbers last."""
    degree = sum(_degree(b, e) for b, e in monomial)
    functions = sum(1 for b, _ in monomial if b.args) if monomial else -1
    spelt = [(*order_key(b), e.key if isinstance(e, Sum) else f"{-e}") for b, e in monomial]
    return (degree < 0, -degree, -functions, sorted(spelt))


def _degree(base: Base, exponent: Exponent) -> Rational:
    if isinstance(exponent, Sum):
        return 0
    if base.op == "sym":
        return exponent
    if base.op == "group" and base.args[0].terms:
        return exponent * max(sum(_degree(b, e) for b, e in m) for m in base.args[0].terms)
    return 0


def _term_weight(monomial: Monomial, coefficient: Rational) -> int:
    weight = max(0, len(monomial) - 1)
    for base, exponent in monomial:
        weight += base.weight
        if isinstance(exponent, Sum):
            weight += 1 + exponent.weight
        elif exponent not in (1, -1):
            weight += 2
    if coefficient < 0:
        weight += 1
    if abs(coefficient) != 1 or not monomial:
        weight += 2 if monomial else 1
    return weight + (2 if Fraction(coefficient).denominator != 1 else 0)


def exact(value: Rational) -> Rational:
    """`value` as an int where it is whole. Raises TooLargeError."""
    if isinstance(value, Fraction):
        if max(abs(value.numerator), value.denominator) > LARGEST:
            raise TooLargeError
        return value.numerator if value.denominator == 1 else value
    if abs(value) > LARGEST:
        raise TooLargeError
    return value


def magnitude(value: Rational) -> Rational:
    """The absolute value."""
    return value if value >= 0 else -value


def constant(value: Rational) -> Sum:
    """The sum that is the number `value`."""
    return Sum({(): exact(value)}) if value else NOTHING


def lone(base: Base) -> Sum:
    """The sum that is `base` alone."""
    return Sum({((base, 1),): 1})


def group(inside: Sum) -> Base:
    """`inside` in brackets."""
    return Base("group", (inside,))


def ordered(factors: dict[Base, Exponent]) -> Monomial:
    """Factors as a monomial; those with exponent 0 vanish."""
    kept = (item for item in factors.items() if item[1] != 0)
    return tuple(sorted(kept, key=lambda item: item[0].key))


def scale(sum_: Sum, factor: Rational) -> Sum:
    """`factor` times a sum."""
    if factor == 1:
        return sum_
    return Sum({m: exact(c * factor) for m, c in sum_.terms.items()}) if factor else NOTHING


def merge(sums: Iterable[Sum]) -> Sum:
    """The sum of sums, like terms collected and nothing else done."""
    terms: dict[Monomial, Rational] = {}
    for part in sums:
        for monomial, coefficient in part.terms.items():
            both = exact(terms.get(monomial, 0) + coefficient)
            if both:
                terms[monomial] = both
            else:
                terms.pop(monomial, None)
    return Sum(terms)


def plus(a: Exponent, b: Exponent) -> Exponent:
    """The sum of two exponents; a number again where letters cancel."""
    if not isinstance(a, Sum) and not isinstance(b, Sum):
        return exact(a + b)
    both = merge(part if isinstance(part, Sum) else constant(part) for part in (a, b))
    return both if both.number is None else both.number


def times(a: Exponent, factor: Rational) -> Exponent:
    """An exponent times a number."""
    return scale(a, factor) if isinstance(a, Sum) else exact(a * factor)


def content(sum_: Sum) -> Rational:
    """The positive rational that leaves coprime integer coefficients when divided out."""
    above = below = 0
    for c in sum_.terms.values():
        top, bottom = c.as_integer_ratio()
        above = gcd(above, top)
        below = lcm(below, bottom) if below else bottom
    return exact(Fraction(above, below)) if above else 1


def number_power(value: Rational, exponent: Rational) -> tuple[Rational, dict[Base, Exponent]]:
    """`value`^`exponent` for a positive value: a rational part, and surds of primes.

    sqrt(12) is 2 * 3^(1/2); exponents of what is left lie between 0 and 1. A whole power
    that would be too large stays a power.
    """
    if isinstance(exponent, int):
        top, bottom = value.as_integer_ratio()
        digits = max(top, bottom).bit_length() * abs(exponent)
        if digits <= LARGEST.bit_length():
            return exact(Fraction(value) ** exponent), {}
        pieces: dict[Base, Exponent] = {}
        for part, sign in ((top, exponent), (bottom, -exponent)):
            if part != 1:
                pieces[Base("int", (), part)] = sign
        return 1, pieces
    outside: Rational = 1
    surds: dict[Base, Exponent] = {}
    top, bottom = value.as_integer_ratio()
    for part, sign in ((top, 1), (bottom, -1)):
        for prime, count in _factors(part):
            share = sign * count * exponent
            whole = share.numerator // share.denominator
            if abs(whole) * prime.bit_length() > LARGEST.bit_length():
                raise TooLargeError
            outside *= Fraction(prime) ** whole
            surds[Base("int", (), prime)] = exact(share - whole)
    return exact(outside), surds


def _factors(value: int) -> list[tuple[int, int]]:
    """Small prime factors with their counts; a large rest counts as prime."""
    found = []
    for divisor in range(2, _SMALL_FACTORS):
        if divisor * divisor > value:
            break
        count = 0
        while value % divisor == 0:
            value //= divisor
            count += 1
        if count:
            found.append((divisor, count))
    return [*found, (value, 1)] if value > 1 else found
