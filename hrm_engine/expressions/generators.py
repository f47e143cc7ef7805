"""The table of generators: which function each stands for, and what is known of it.

`kernels.py` holds the rules that rewrite functions; here is their bookkeeping: a generator
is made once for each (kind, argument), remembers whether it is a constant, positive, a
logarithm or a root of something, and bases that must divide later multiples are kept from
one round to the next. Read `Table.generator` first.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import NamedTuple, TypeAlias

from flint import fmpz

from hrm_engine.expressions.quotients import GiveUp, Polynomial, Quotient, Ring

MAX_FACTORED_BITS = 64  # longer integers are not factored into primes
MAX_MULTIPLE = 10**9

Key: TypeAlias = tuple[str, str]  # kind of function, text of its argument
Bases: TypeAlias = dict[Key, Fraction]


class Refine(Exception):  # noqa: N818 - asks for another round
    """A base did not divide a later multiple; `Table.bases` now holds a finer one."""


@dataclass(frozen=True)
class Generator:
    """One generator and what it stands for.

    constant: no symbol occurs in it. positive: certainly a positive real number.
    logarithm_of: u for ln(u). root_of: (u, q) for u^(1/q). exponent: t for exp(t).
    inverse_of: (name, u) for an inverse function of u, such as asin(u).
    """

    value: Polynomial
    constant: bool = False
    positive: bool = False
    logarithm_of: Quotient | None = None
    root_of: tuple[Quotient, int] | None = None
    exponent: Quotient | None = None
    inverse_of: tuple[str, Quotient] | None = None


class Parts(NamedTuple):
    """factor * product(generator^power) * rest: a rational number, positive constants, a rest.

    The rest is primitive, and the leading sign of its numerator is plus.
    """

    factor: Fraction
    positive: list[tuple[Generator, int]]
    rest: Quotient


class Table:
    """All generators of one round."""

    def __init__(self, bases: Bases) -> None:
        """An empty table over a new ring; `bases` is refined in place."""
        self.ring = Ring()
        self.bases = bases
        self.may_be_unreal = False  # whether a constant such as ln(-2) was made
        self._made: dict[Key, Generator] = {}
        self._at: dict[int, Generator] = {}  # by place in an exponent vector

    def find(self, key: Key) -> Generator | None:
        """The generator for `key`, if it was made."""
        return self._made.get(key)

    def generator(
        self,
        key: Key,
        *,
        constant: bool = False,
        positive: bool = False,
        logarithm_of: Quotient | None = None,
        root_of: tuple[Quotient, int] | None = None,
        exponent: Quotient | None = None,
        inverse_of: tuple[str, Quotient] | None = None,
    ) -> Generator:
        """A new generator for `key`, with what is known of it."""
        value = self.ring.generator()
        made = Generator(value, constant, positive, logarithm_of, root_of, exponent, inverse_of)
        self._made[key] = made
        self._at[value.degrees().index(1)] = made
        return made

    def used(self, u: Quotient) -> list[Generator]:
        """The generators that occur in `u`."""
        pairs = zip(u.top.degrees(), u.bottom.degrees(), strict=True)
        return [self._at[i] for i, (a, b) in enumerate(pairs) if a or b]

    def is_constant(self, u: Quotient) -> bool:
        """Whether no symbol occurs in `u`."""
        return all(generator.constant for generator in self.used(u))

    def only(self, u: Quotient) -> tuple[Generator, int] | None:
        """(g, k) when `u` is g^k for one generator and k > 0, else None."""
        if not u.bottom.is_one() or len(u.top) != 1 or u.top.leading_coefficient() != 1:
            return None
        powers = [(i, power) for i, power in enumerate(u.top.degrees()) if power]
        return (self._at[powers[0][0]], int(powers[0][1])) if len(powers) == 1 else None

    def parts(self, u: Quotient) -> Parts:
        """The content of `u`, its positive constants, and the rest. GiveUp when u is zero."""
        if u.top.is_zero():
            raise GiveUp("a function of zero")
        top_content, bottom_content = int(u.top.content()), int(u.bottom.content())
        if u.top.leading_coefficient() < 0:
            top_content = -top_content
        top, bottom = u.top / top_content, u.bottom / bottom_content
        positive: list[tuple[Generator, int]] = []
        for sign, side in ((1, top), (-1, bottom)):
            powers = side.term_content().degrees()
            for i, power in enumerate(powers):
                if power and self._at[i].positive:
                    positive.append((self._at[i], sign * int(power)))
        for generator, power in positive:
            if power > 0:
                top = top / generator.value**power
            else:
                bottom = bottom / generator.value**-power
        return Parts(Fraction(top_content, bottom_content), positive, Quotient(top, bottom))

    def negated(self, u: Quotient) -> Quotient:
        """-u."""
        return self.ring.negative(u)

    def oriented(self, u: Quotient) -> tuple[Quotient, bool]:
        """`u` or, when that looks simpler, (1/u, True); constants stay as they are."""
        if self.is_constant(u):
            return u, False
        positive_top = -u.top if u.top.leading_coefficient() < 0 else u.top
        if _weight(u.bottom) <= _weight(positive_top):
            return u, False
        return Quotient(u.bottom if u.top is positive_top else -u.bottom, positive_top), True

    def multiple(self, key: Key, coefficient: Fraction) -> int:
        """The integer coefficient/base of `key`; the base has to divide all multiples."""
        base = self.bases.setdefault(key, abs(coefficient))
        multiple = coefficient / base
        if multiple.denominator != 1:
            self.bases[key] = _common_measure(base, coefficient)
            raise Refine
        if abs(multiple) > MAX_MULTIPLE:
            raise GiveUp("too high a multiple")
        return multiple.numerator

    def fits(self, key: Key, coefficient: Fraction, limit: int) -> bool:
        """Whether one base of `key` divides `coefficient` too, no multiple being over `limit`."""
        base = self.bases.get(key, coefficient)
        widest = (f"widest {key[0]}", key[1])
        largest = max(abs(coefficient), self.bases.get(widest, Fraction(0)))
        if largest / _common_measure(base, coefficient) > limit:
            return False
        self.bases[widest] = largest
        return True

    def index(self, key: Key, denominator: int) -> int:
        """q, a multiple of `denominator`, such that roots of `key` are powers of the q-th."""
        known = self.bases.setdefault(key, Fraction(1, denominator)).denominator
        if known % denominator:
            self.bases[key] = Fraction(1, lcm(known, denominator))
            raise Refine
        return known


def text(u: Quotient) -> str:
    """A quotient as a key."""
    return f"{u.top}/{u.bottom}"


def prime_factors(value: Fraction) -> list[tuple[int, int]]:
    """(prime, power) with product the positive `value`; a very long integer counts as prime."""
    factors: list[tuple[int, int]] = []
    for sign, part in ((1, value.numerator), (-1, value.denominator)):
        if part.bit_length() > MAX_FACTORED_BITS:
            factors.append((part, sign))
        elif part > 1:
            factors.extend((int(prime), sign * int(power)) for prime, power in fmpz(part).factor())
    return factors


def _weight(value: Polynomial) -> tuple[int, int, str]:
    return len(value), sum(value.degrees()), str(value)


def _common_measure(a: Fraction, b: Fraction) -> Fraction:
    """The largest number that divides both."""
    top = gcd(a.numerator * b.denominator, b.numerator * a.denominator)
    return Fraction(top, a.denominator * b.denominator)
