"""Sines and cosines as rational functions of generators.

    sin(3t) = 3 s c^2 - s^3            multiples of a base angle, s^2 = 1 - c^2
    sin(u + v) = ...                   the addition theorems, if asked for
    sin(n pi/6), cos(n pi/6)           exact values
    sin(asin(u)) = u, cos(asin(u)) = sqrt(1 - u^2), likewise for atan

The identities hold everywhere in the complex plane where both sides have values.
Read `Angles.sine_cosine`.
"""

from __future__ import annotations

from fractions import Fraction

from hrm_engine.expressions.generators import text
from hrm_engine.expressions.powers import Powers
from hrm_engine.expressions.quotients import GiveUp, Polynomial, Quotient

MAX_ANGLE_MULTIPLE = 24
MAX_BASE_ANGLES = 4  # incommensurate multiples of one angle, such as t/3 and 62 t


class Angles:
    """The rules, over the generators of `powers`."""

    def __init__(self, powers: Powers, *, split: bool) -> None:
        """Rules that take sums of angles apart if `split`."""
        self.table = powers.table
        self.ring = powers.ring
        self._powers = powers
        self._split = split

    def sine_cosine(self, u: Quotient) -> tuple[Quotient, Quotient]:
        """sin(u) and cos(u)."""
        if u.top.is_zero():
            return self.ring.zero, self.ring.one
        if not self._split:
            factor, _, _ = self.table.parts(u)
            return self._angle(factor, self.ring.multiply(u, self._powers.rational(1 / factor)))
        sine, cosine = self.ring.zero, self.ring.one
        for coefficient, term in self._powers.terms(u):
            s, c = self._angle(coefficient, term)
            sine, cosine = self._turn(sine, cosine, s, c)
        return sine, cosine

    def _turn(
        self, s1: Quotient, c1: Quotient, s2: Quotient, c2: Quotient
    ) -> tuple[Quotient, Quotient]:
        ring = self.ring
        sine = ring.add(ring.multiply(s1, c2), ring.multiply(c1, s2))
        cosine = ring.add(ring.multiply(c1, c2), ring.negative(ring.multiply(s1, s2)))
        return sine, cosine

    def _angle(self, coefficient: Fraction, term: Quotient) -> tuple[Quotient, Quotient]:
        if (6 * coefficient).denominator == 1 and text(term) == self._text_of_pi():
            return self._twelfth(int(6 * coefficient))
        s_and_c = self._of_inverse(term) if coefficient.denominator == 1 else None
        if s_and_c is not None and abs(coefficient) <= MAX_ANGLE_MULTIPLE:
            (s, c), multiple = s_and_c, coefficient.numerator
        else:
            slot, multiple = self._commensurate(text(term), coefficient)
            s, c = self._base_angle(slot, term)
        sine, cosine = self.ring.zero, self.ring.one
        for _ in range(abs(multiple)):
            sine, cosine = self._turn(sine, cosine, s, c)
        return (self.ring.negative(sine) if multiple < 0 else sine), cosine

    def _commensurate(self, name: str, coefficient: Fraction) -> tuple[int, int]:
        """(which base angle, which multiple of it); angles with no handy base stay apart."""
        for slot in range(MAX_BASE_ANGLES):
            key = (f"angle {slot}", name)
            if self.table.fits(key, coefficient, MAX_ANGLE_MULTIPLE):
                return slot, self.table.multiple(key, coefficient)
        raise GiveUp("too many angles")

    def _text_of_pi(self) -> str | None:
        made = self.table.find(("pi", ""))
        return None if made is None else text(self.ring.polynomial(made.value))

    def _twelfth(self, n: int) -> tuple[Quotient, Quotient]:
        """Sine and cosine of n pi/6."""
        half = self.ring.number(1, 2)
        long = self.ring.multiply(half, self._powers.power(self.ring.number(3), Fraction(1, 2)))
        sines = (self.ring.zero, half, long, self.ring.one, long, half)

        def sine(k: int) -> Quotient:
            return self.ring.negative(sines[k % 6]) if k % 12 >= 6 else sines[k % 6]

        return sine(n), sine(n + 3)

    def _base_angle(self, slot: int, term: Quotient) -> tuple[Quotient, Quotient]:
        constant = self.table.is_constant(term)
        made_pair: list[Polynomial] = []
        for kind in ("cos", "sin"):
            key = (f"{kind} {slot}", text(term))
            made = self.table.find(key)
            if made is None:
                made = self.table.generator(key, constant=constant)
                if made_pair:
                    self.ring.relate(made.value, 2, 1 - made_pair[0] ** 2)
            made_pair.append(made.value)
        cosine, sine = made_pair
        return self.ring.polynomial(sine), self.ring.polynomial(cosine)

    def _of_inverse(self, term: Quotient) -> tuple[Quotient, Quotient] | None:
        """Sine and cosine of `term` if it is asin(u) or atan(u)."""
        only = self.table.only(term)
        if only is None or only[1] != 1 or only[0].inverse_of is None:
            return None
        name, u = only[0].inverse_of
        ring, one, square = self.ring, self.ring.one, self.ring.multiply(u, u)
        if name == "asin":
            return u, self._powers.power(ring.add(one, ring.negative(square)), Fraction(1, 2))
        if name == "atan":
            cosine = self._powers.power(ring.add(one, square), Fraction(-1, 2))
            return ring.multiply(u, cosine), cosine
        return None
