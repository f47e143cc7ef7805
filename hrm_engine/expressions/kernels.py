"""Every function of the grammar as a rational function of generators.

Exponentials, logarithms, powers: `powers.py`. Sines and cosines: `angles.py`. Here are the
inverse functions, which stay generators,

    atan(-u) = -atan(u), acos(u) = pi/2 - asin(u)

and, at real points, the only ones at which abs and sign have values,

    |-2uv| = 2 |u| |v|, |u|^2 = u^2, sign(u) = |u|/u

Read `Kernels` as the list of what the zero test knows.
"""

from __future__ import annotations

from hrm_engine.expressions.angles import Angles
from hrm_engine.expressions.generators import Bases, Table, text
from hrm_engine.expressions.powers import Powers
from hrm_engine.expressions.quotients import Polynomial, Quotient

MAX_FACTORED_TERMS, MAX_FACTORED_DEGREE = 40, 30
_ODD = ("asin", "atan", "asinh", "atanh")


class Kernels:
    """All rules, over one table of generators."""

    def __init__(self, bases: Bases, *, split_angles: bool, real_roots: bool) -> None:
        """An empty table.

        Args:
            bases: what earlier rounds learned; refined in place, see `generators.Refine`.
            split_angles: take sin(u + v) apart by the addition theorems.
            real_roots: read odd roots as real roots.
        """
        self.table = Table(bases)
        self.ring = self.table.ring
        self.powers = Powers(self.table, real_roots=real_roots)
        self.angles = Angles(self.powers, split=split_angles)
        self.uses_abs = False

    def inverse_function(self, name: str, u: Quotient) -> Quotient:
        """asin, acos, atan, asinh, acosh or atanh of `u`."""
        if name == "acos":
            right_angle = self.ring.multiply(self.powers.pi(), self.ring.number(1, 2))
            return self.ring.add(right_angle, self.ring.negative(self.inverse_function("asin", u)))
        if name in _ODD and u.top.is_zero():
            return self.ring.zero
        negative = name in _ODD and u.top.leading_coefficient() < 0
        if negative:
            u = self.ring.negative(u)
        key, constant = (name, text(u)), self.table.is_constant(u)
        self.table.may_be_unreal |= constant and name not in ("atan", "asinh")
        made = self.table.find(key) or self.table.generator(
            key, constant=constant, inverse_of=(name, u)
        )
        value = self.ring.polynomial(made.value)
        return self.ring.negative(value) if negative else value

    def absolute(self, u: Quotient) -> Quotient:
        """|u| at real points."""
        self.uses_abs = True
        factor, positive, rest = self.table.parts(u)
        result = self.powers.rational(abs(factor))
        for generator, power in positive:
            value = self.ring.power(self.ring.polynomial(generator.value), power)
            result = self.ring.multiply(result, value)
        top = self._absolute_polynomial(rest.top)
        bottom = self._absolute_polynomial(rest.bottom)
        return self.ring.multiply(result, self.ring.multiply(top, self.ring.inverse(bottom)))

    def _absolute_polynomial(self, value: Polynomial) -> Quotient:
        factors = [(value, 1)]
        if len(value) <= MAX_FACTORED_TERMS and sum(value.degrees()) <= MAX_FACTORED_DEGREE:
            unit, found = value.factor()
            assert abs(int(unit)) == 1, "parts() leaves primitive polynomials"
            factors = [(base, int(power)) for base, power in found]
        result = self.ring.one
        for base, power in factors:
            plain = self.ring.power(self.ring.polynomial(base), power - power % 2)
            result = self.ring.multiply(result, plain)
            if power % 2:
                result = self.ring.multiply(result, self._absolute_kernel(base))
        return result

    def _absolute_kernel(self, base: Polynomial) -> Quotient:
        if base.leading_coefficient() < 0:
            base = -base
        only = self.table.only(self.ring.polynomial(base))
        if only is not None and only[0].exponent is not None:
            return self.ring.polynomial(base)  # exp of something real
        key = ("abs", str(base))
        made = self.table.find(key)
        if made is None:
            constant = self.table.is_constant(self.ring.polynomial(base))
            made = self.table.generator(key, constant=constant)
            self.ring.relate(made.value, 2, self.ring.reduced(base**2), root=True)
        return self.ring.polynomial(made.value)

    def sign(self, u: Quotient) -> Quotient:
        """|u|/u, the sign of u at real points where u is not zero."""
        return self.ring.multiply(self.absolute(u), self.ring.inverse(u))
