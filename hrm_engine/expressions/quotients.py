"""Exact fractions of polynomials in generators that obey algebraic relations.

A generator stands for a function such as sin(x), ln(x) or sqrt(x + 1). Some obey a relation
g^q = P with P in earlier generators: sin^2 = 1 - cos^2, r^2 = x + 1. Polynomials are kept
reduced by these relations. If a numerator reduces to zero, the fraction *is* zero wherever
its parts have values; the converse need not hold, since generators may be dependent in
ways that nobody told the ring.

Everything is bounded: more generators, longer polynomials or more work than the limits
allow raise `GiveUp`, and the caller then does without a proof.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from flint import Ordering, fmpz_mpoly, fmpz_mpoly_ctx

Polynomial: TypeAlias = fmpz_mpoly

MAX_GENERATORS = 20
MAX_TERMS = 1500  # of one polynomial
MAX_DEGREE = 10**12
MAX_REDUCED_DEGREE = 1_000  # of a generator with a relation
MAX_WORK = 1_500_000  # products of lengths, summed over all multiplications
MAX_GCD_DEGREE, MAX_GCD_TERMS = 60, 10_000  # beyond them only monomials are cancelled


class GiveUp(Exception):  # noqa: N818 - an outcome of the search for a proof, not an error
    """No proof within the limits, or no proof possible this way."""


class Quotient(NamedTuple):
    """top/bottom, coprime as far as that is cheap; zero is 0/1."""

    top: Polynomial
    bottom: Polynomial


class Ring:
    """Polynomials in up to `MAX_GENERATORS` generators, later ones larger in the ordering."""

    def __init__(self) -> None:
        names = [f"g{i}" for i in range(MAX_GENERATORS)]
        self._context = fmpz_mpoly_ctx.get(names, Ordering.lex)
        self._free = list(self._context.gens())  # the last is the smallest and used first
        self._relations: list[tuple[int, int, Polynomial]] = []  # place, power, g^power - P
        self._roots: set[int] = set()
        self._work = 0
        self.one_polynomial = self._context.constant(1)
        self.one = Quotient(self.one_polynomial, self.one_polynomial)
        self.zero = Quotient(self._context.constant(0), self.one_polynomial)

    def generator(self) -> Polynomial:
        """A new generator, larger than all before."""
        if not self._free:
            raise GiveUp("too many generators")
        return self._free.pop()

    def relate(
        self, generator: Polynomial, power: int, value: Polynomial, *, root: bool = False
    ) -> None:
        """Declare generator^power = value, a polynomial in earlier generators.

        With `root`, powers of the generator do not stay in denominators.
        """
        place = generator.degrees().index(1)
        if root:
            self._roots.add(place)
        self._relations.append((place, power, generator**power - value))

    def number(self, top: int, bottom: int = 1) -> Quotient:
        """A rational number; `bottom` is positive and coprime to `top`."""
        return Quotient(self._context.constant(top), self._context.constant(bottom))

    def polynomial(self, value: Polynomial) -> Quotient:
        """A polynomial as a quotient."""
        return Quotient(value, self.one_polynomial)

    def monomial(self, powers: tuple[int, ...]) -> Quotient:
        """The product of all generators to the given powers, by place."""
        return Quotient(self._context.term(exp_vec=powers), self.one_polynomial)

    def reduced(self, value: Polynomial) -> Polynomial:
        """The remainder by all relations, later generators first."""
        if len(value) > MAX_TERMS:
            raise GiveUp("a polynomial is too long")
        degrees = value.degrees()
        if max(degrees, default=0) > MAX_DEGREE:
            raise GiveUp("a degree is too high")
        for place, power, divisor in reversed(self._relations):
            if degrees[place] >= power:
                if degrees[place] > MAX_REDUCED_DEGREE:
                    raise GiveUp("a degree is too high to reduce")
                value = value % divisor
                if len(value) > MAX_TERMS:
                    raise GiveUp("a polynomial is too long")
                degrees = value.degrees()
        return value

    def make(self, top: Polynomial, bottom: Polynomial) -> Quotient:
        """top/bottom, reduced and with common factors cancelled."""
        top, bottom = self.reduced(top), self.reduced(bottom)
        if bottom.is_zero():
            raise GiveUp("division by zero")
        if top.is_zero():
            return self.zero
        if self._relations:
            top, bottom = self._without_roots_below(top, bottom)
        common = self._common(top, bottom)
        if common is not None:
            top, bottom = top / common, bottom / common
        if bottom.leading_coefficient() < 0:
            top, bottom = -top, -bottom
        return Quotient(top, bottom)

    def add(self, a: Quotient, b: Quotient) -> Quotient:
        """The sum of two quotients."""
        if a.bottom == b.bottom:
            return self.make(a.top + b.top, a.bottom)
        common = self._common(a.bottom, b.bottom)
        left = a.bottom if common is None else a.bottom / common
        right = b.bottom if common is None else b.bottom / common
        top = self._times(a.top, right) + self._times(b.top, left)
        return self.make(top, self._times(left, b.bottom))

    def negative(self, a: Quotient) -> Quotient:
        """The quotient with the other sign."""
        return Quotient(-a.top, a.bottom)

    def multiply(self, a: Quotient, b: Quotient) -> Quotient:
        """The product of two quotients."""
        return self.make(self._times(a.top, b.top), self._times(a.bottom, b.bottom))

    def inverse(self, a: Quotient) -> Quotient:
        """One over `a`. Raises GiveUp when `a` is zero."""
        return self.make(a.bottom, a.top)

    def power(self, a: Quotient, n: int) -> Quotient:
        """a^n for any integer n, by squaring."""
        if n < 0:
            return self.power(self.inverse(a), -n)
        if len(a.top) == len(a.bottom) == 1:
            if n * max(*a.top.degrees(), *a.bottom.degrees(), 1) > MAX_DEGREE:
                raise GiveUp("a degree is too high")
            return self.make(a.top**n, a.bottom**n)
        result = self.one
        while n:
            if n & 1:
                result = self.multiply(result, a)
            n >>= 1
            if n:
                a = self.multiply(a, a)
        return result

    def _without_roots_below(
        self, top: Polynomial, bottom: Polynomial
    ) -> tuple[Polynomial, Polynomial]:
        """1/r^k as r^(q - k)/r^q for a root r, so that one value has one form."""
        powers = bottom.term_content().degrees()
        for place, index, _ in reversed(self._relations):
            if powers[place] and place in self._roots:
                missing = self._context.gens()[place] ** (index - powers[place])
                top = self.reduced(self._times(top, missing))
                bottom = self.reduced(self._times(bottom, missing))
                powers = bottom.term_content().degrees()
        return top, bottom

    def _times(self, a: Polynomial, b: Polynomial) -> Polynomial:
        self._work += len(a) * len(b)
        if self._work > MAX_WORK:
            raise GiveUp("too much work")
        return a * b

    def _common(self, a: Polynomial, b: Polynomial) -> Polynomial | None:
        """A common divisor, the greatest if that is cheap; None for one."""
        if a.is_one() or b.is_one():
            return None
        if min(len(a), len(b)) > 1:
            terms, degree = len(a) * len(b), max(*a.degrees(), *b.degrees())
            if terms > MAX_GCD_TERMS or degree > MAX_GCD_DEGREE:
                a, b = a.term_content(), b.term_content()
            else:
                self._work += 4 * terms
        divisor = a.gcd(b)
        return None if divisor.is_one() else divisor
