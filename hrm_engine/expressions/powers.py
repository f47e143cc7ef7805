"""Exponentials, logarithms and powers as rational functions of generators.

Each rule holds, for principal branches, wherever both sides have values off their cuts:

    exp(2u + v) = E(u)^2 E(v)          exponentials term by term, over a common base
    (4u)^(3/2) = 8 u r, r^2 = u        rational powers; positive constants come out
    ln(6u) = ln 2 + ln 3 + ln u        likewise; ln(1/u) = -ln u for u that varies
    u^v = exp(v ln u), exp(c ln u) = u^c
    (u^c)^d = u^(cd), ln(u^c) = c ln u for 0 < c < 1

What is *not* done is as important: sqrt(u^2) is not u, ln(u^2) is not 2 ln u, (uv)^c is not
u^c v^c, ln(exp(u)) is not u. Constants on a cut, such as ln(-2), are generators of their
own. Read `Powers.exponential` and `Powers.power` first; bookkeeping is in `generators.py`.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb

from hrm_engine.expressions.generators import Generator, Table, prime_factors, text
from hrm_engine.expressions.quotients import GiveUp, Polynomial, Quotient

MAX_EXPANSION = 300  # terms of a power that is multiplied out
MAX_SHIFT = 8  # distance of a large power from the one that became a generator
MAX_SPLIT = 8  # terms of an exponent that are looked at one by one
MAX_CONSTANT_BITS = 4_000


class Powers:
    """The rules, over a table of generators."""

    def __init__(self, table: Table, *, real_roots: bool) -> None:
        """Rules that read odd roots as real roots if `real_roots`, else as principal ones."""
        self.table = table
        self.ring = table.ring
        self._real_roots = real_roots

    def symbol(self, name: str) -> Quotient:
        """A letter."""
        key = ("symbol", name)
        made = self.table.find(key) or self.table.generator(key)
        return self.ring.polynomial(made.value)

    def pi(self) -> Quotient:
        """The constant pi."""
        key = ("pi", "")
        made = self.table.find(key) or self.table.generator(key, constant=True, positive=True)
        return self.ring.polynomial(made.value)

    def rational(self, value: Fraction) -> Quotient:
        """An exact number."""
        return self.ring.number(value.numerator, value.denominator)

    # Exponentials and logarithms.

    def exponential(self, u: Quotient) -> Quotient:
        """exp(u)."""
        result = self.ring.one
        for coefficient, term in self.terms(u):
            only = self.table.only(term)
            if only is not None and only[1] == 1 and only[0].logarithm_of is not None:
                factor = self.power(only[0].logarithm_of, coefficient)
            else:
                factor = self._exponential_of_term(coefficient, term)
            result = self.ring.multiply(result, factor)
        return result

    def _exponential_of_term(self, coefficient: Fraction, term: Quotient) -> Quotient:
        key = ("exp", text(term))
        multiple = self.table.multiple(key, coefficient)
        made = self.table.find(key)
        if made is None:
            parts = self.table.used(term)
            exponent = self.ring.multiply(self.rational(self.table.bases[key]), term)
            made = self.table.generator(
                key,
                constant=all(part.constant for part in parts),
                positive=all(part.positive for part in parts),
                exponent=exponent,
            )
        return self.ring.power(self.ring.polynomial(made.value), multiple)

    def terms(self, u: Quotient) -> list[tuple[Fraction, Quotient]]:
        """`u` as a sum of rational multiples of monomials, or of one primitive quotient."""
        if u.top.is_zero():
            return []
        if len(u.bottom) > 1:
            whole, rest = divmod(u.top, u.bottom)
            terms = self.terms(self.ring.polynomial(whole))
            return terms + self._as_one_term(self.ring.make(rest, u.bottom))
        if len(u.top) > MAX_SPLIT:
            return self._as_one_term(u)
        bottom = Fraction(1, int(u.bottom.leading_coefficient()))
        shape = Quotient(self.ring.one_polynomial, u.bottom / u.bottom.leading_coefficient())
        return [
            (int(c) * bottom, self.ring.multiply(self.ring.monomial(powers), shape))
            for powers, c in u.top.terms()
        ]

    def _as_one_term(self, u: Quotient) -> list[tuple[Fraction, Quotient]]:
        if u.top.is_zero():
            return []
        factor = Fraction(int(u.top.content()), int(u.bottom.content()))
        if u.top.leading_coefficient() < 0:
            factor = -factor
        return [(factor, self.ring.multiply(u, self.rational(1 / factor)))]

    def logarithm(self, u: Quotient) -> Quotient:
        """ln(u)."""
        factor, positive, rest = self.table.parts(u)
        result = self.ring.zero
        for prime, power in prime_factors(abs(factor)):
            result = self._add_multiple(result, power, self._logarithm_of_prime(prime))
        for generator, power in positive:
            result = self._add_multiple(result, power, self._logarithm_of_positive(generator))
        if factor < 0:
            rest = self.ring.negative(rest)
        if rest == self.ring.one:
            return result
        return self.ring.add(result, self._logarithm_of_rest(rest))

    def _add_multiple(self, total: Quotient, c: Fraction | int, value: Quotient) -> Quotient:
        return self.ring.add(total, self.ring.multiply(self.rational(Fraction(c)), value))

    def _logarithm_of_prime(self, prime: int) -> Quotient:
        number = self.ring.number(prime)
        return self._logarithm_kernel(number, constant=True, positive=True)

    def _logarithm_of_positive(self, generator: Generator) -> Quotient:
        if generator.exponent is not None:
            return generator.exponent
        if generator.root_of is not None:
            base, index = generator.root_of
            return self._add_multiple(self.ring.zero, Fraction(1, index), self.logarithm(base))
        return self._logarithm_kernel(
            self.ring.polynomial(generator.value), constant=True, positive=False
        )  # of ln 2, say: real, but negative

    def _logarithm_of_rest(self, rest: Quotient) -> Quotient:
        inner = self._as_root(rest)
        if inner is not None:
            base, exponent = inner
            return self._add_multiple(self.ring.zero, exponent, self.logarithm(base))
        turned, flipped = self.table.oriented(rest)
        value = self._logarithm_kernel(
            turned, constant=self.table.is_constant(turned), positive=False
        )
        return self.ring.negative(value) if flipped else value

    def _logarithm_kernel(self, u: Quotient, *, constant: bool, positive: bool) -> Quotient:
        key = ("ln", text(u))
        self.table.may_be_unreal |= constant and not positive
        made = self.table.find(key) or self.table.generator(
            key, constant=constant, positive=positive, logarithm_of=u
        )
        return self.ring.polynomial(made.value)

    # Powers and roots.

    def power(self, u: Quotient, exponent: Fraction) -> Quotient:
        """The principal power of `u` with a rational exponent."""
        if exponent.denominator == 1:
            return self._integer_power(u, exponent.numerator)
        factor, positive, rest = self.table.parts(u)
        if factor < 0:
            rest = self.ring.negative(rest)
        return self.ring.multiply(
            self._positive_power(abs(factor), positive, exponent),
            self._power_of_rest(rest, exponent),
        )

    def root(self, index: Fraction, u: Quotient) -> Quotient:
        """The root of `u` as odd roots are read here: real or principal."""
        if not index:
            raise GiveUp("root of index zero")
        if not (self._real_roots and index.denominator == 1 and index.numerator % 2):
            return self.power(u, 1 / index)
        factor, positive, rest = self.table.parts(u)
        result = self._positive_power(abs(factor), positive, 1 / index)
        turned, flipped = self.table.oriented(rest)
        exponent = -1 / index if flipped else 1 / index
        result = self.ring.multiply(result, self._radical("real root", turned, exponent))
        return self.ring.negative(result) if factor < 0 else result

    def general_power(self, u: Quotient, v: Quotient) -> Quotient:
        """u^v = exp(v ln u)."""
        return self.exponential(self.ring.multiply(v, self.logarithm(u)))

    def _positive_power(
        self, factor: Fraction, positive: list[tuple[Generator, int]], exponent: Fraction
    ) -> Quotient:
        result = self.ring.one
        for prime, power in prime_factors(factor):
            number = self.ring.number(prime)
            result = self.ring.multiply(result, self._radical("root", number, power * exponent))
        for generator, power in positive:
            if generator.exponent is not None:
                scaled = self._add_multiple(self.ring.zero, power * exponent, generator.exponent)
                value = self.exponential(scaled)
            elif generator.root_of is not None:
                base, index = generator.root_of
                value = self.power(base, power * exponent / index)
            else:
                base = self.ring.polynomial(generator.value)
                value = self._radical("root", base, power * exponent)
            result = self.ring.multiply(result, value)
        return result

    def _power_of_rest(self, rest: Quotient, exponent: Fraction) -> Quotient:
        inner = self._as_root(rest)
        if inner is not None:
            return self.power(inner[0], inner[1] * exponent)
        turned, flipped = self.table.oriented(rest)
        return self._radical("root", turned, -exponent if flipped else exponent)

    def _as_root(self, rest: Quotient) -> tuple[Quotient, Fraction] | None:
        """(v, c) when `rest` is the principal v^c with 0 < c < 1; then ln(rest) = c ln v."""
        only = self.table.only(rest)
        if only is None or only[0].root_of is None:
            return None
        base, index = only[0].root_of
        return base, Fraction(only[1], index)

    def _radical(self, kind: str, u: Quotient, exponent: Fraction) -> Quotient:
        """u^exponent by a generator r for u^(1/q): r = g/bottom, g^q = top * bottom^(q - 1)."""
        if u == self.ring.one or not exponent:
            return self.ring.one
        key = (kind, text(u))
        if exponent.denominator == 1:
            return self._integer_power(u, exponent.numerator)
        index = self.table.index(key, exponent.denominator)
        made = self.table.find(key)
        if made is None:
            constant = self.table.is_constant(u)
            known = all(part.positive for part in self.table.used(u))
            monomial = len(u.top) == len(u.bottom) == 1
            positive = known and monomial and u.top.leading_coefficient() > 0
            self.table.may_be_unreal |= constant and not positive and kind == "root"
            made = self.table.generator(
                key,
                constant=constant,
                positive=positive,
                root_of=(u, index) if kind == "root" and u.bottom.is_one() else None,
            )
            value = self.ring.reduced(u.top * u.bottom ** (index - 1))
            self.ring.relate(made.value, index, value, root=True)
        whole, part = divmod(exponent.numerator * (index // exponent.denominator), index)
        root = self.ring.make(made.value**part, u.bottom**part)
        return self.ring.multiply(self._integer_power(u, whole), root)

    def _integer_power(self, u: Quotient, n: int) -> Quotient:
        if _expansion(u.top, n) + _expansion(u.bottom, n) <= MAX_EXPANSION or abs(n) <= 2:
            self._check_constant(u, n)
            return self.ring.power(u, n)
        factor, _, rest = self.table.parts(u)
        rest = self.ring.multiply(u, self.rational(1 / factor))
        self._check_constant(self.rational(factor), n)
        return self.ring.multiply(self.rational(factor**n), self._large_power(rest, n))

    def _large_power(self, rest: Quotient, n: int) -> Quotient:
        """rest^n by a generator for one large power of it, times a small power."""
        key = ("large power", text(rest))
        centre = self.table.bases.setdefault(key, Fraction(n)).numerator
        if abs(n - centre) > MAX_SHIFT:
            raise GiveUp("powers too far apart")
        made = self.table.find(key) or self.table.generator(
            key, constant=self.table.is_constant(rest)
        )
        small = self.ring.power(rest, n - centre)
        return self.ring.multiply(self.ring.polynomial(made.value), small)

    def _check_constant(self, u: Quotient, n: int) -> None:
        longest = max(int(u.top.content()), int(u.bottom.content()))
        if longest > 1 and abs(n) * longest.bit_length() > MAX_CONSTANT_BITS:
            raise GiveUp("a constant is too long")


def _expansion(value: Polynomial, n: int) -> int:
    """How many terms value^n may have."""
    terms = len(value)
    if terms <= 1:
        return 1
    return comb(abs(n) + terms - 1, terms - 1) if abs(n) <= MAX_EXPANSION else abs(n)
