"""Products and powers of normal forms, with everything that cancels cancelled.

Only identities of complex numbers on principal branches are used, up to points where a
cancelled factor is 0:

    b^p * b^q = b^(p + q)        (b^p)^n = b^(p*n) and (a*b)^n = a^n*b^n for whole n only
    (c*b)^p = c^p*b^p for c > 0

so sqrt(x^2) stays and x^a*x^b collects. (|u| and sign(u) are functions of real numbers, and
collect as such.) Read `Product`, then `product` and `power`.
"""

from __future__ import annotations

from fractions import Fraction

from hrm_engine.expressions.normal_form import (
    EULER,
    NOTHING,
    UNIT,
    Base,
    Exponent,
    Monomial,
    Rational,
    Sum,
    content,
    exact,
    group,
    lone,
    magnitude,
    merge,
    number_power,
    ordered,
    plus,
    scale,
    term_order,
    times,
)
from hrm_engine.expressions.polynomials import divided, exact_quotient, shared

_SIGNS = {"sign": "abs", "abs": "sign"}


class Product:
    """A coefficient and powers by base, being collected."""

    def __init__(self, coefficient: Rational = 1) -> None:
        self.coefficient = coefficient
        self.factors: dict[Base, Exponent] = {}

    def multiply(self, sum_: Sum) -> None:
        """Take in a factor; one with several terms becomes a bracket."""
        single = sum_.single
        if single is None:
            self.raise_to(sum_, 1) if sum_.terms else self._vanish()
            return
        self.coefficient = exact(self.coefficient * single[1])
        for base, exponent in single[0]:
            self.put(base, exponent)

    def put(self, base: Base, exponent: Exponent) -> None:
        """Take in `base`^`exponent`."""
        both = plus(self.factors.pop(base, 0), exponent)
        if both == 0:
            return
        if base.op == "int" and not isinstance(both, Sum):
            self._put_number(base, both)
        elif base.op == "root" and isinstance(both, int):
            self._put_root(base, both)
        elif base.op in _SIGNS and isinstance(both, int):
            self._put_sign(base, both)
        elif base.op == "group" and isinstance(both, int):
            self.raise_to(base.args[0], both)
        else:
            self.factors[base] = both

    def raise_to(self, inside: Sum, exponent: int) -> None:
        """Take in a whole power of a sum: single terms dissolve, others lose their content."""
        single = inside.single
        if single is not None:
            outside, rest = number_power(magnitude(single[1]), exponent)
            self.coefficient = exact(self.coefficient * outside)
            if single[1] < 0 and exponent % 2:
                self.coefficient = -self.coefficient
            for base, power_ in (*rest.items(), *single[0]):
                whole = base in rest
                self._set(base, power_) if whole else self.put(base, times(power_, exponent))
            return
        if not inside.terms:
            self._set(group(inside), exponent)
            return
        self._set_bracket(inside, exponent)

    def _set_bracket(self, inside: Sum, exponent: int) -> None:
        outer = content(inside)
        outside, too_large = number_power(outer, exponent)
        if too_large:
            outer = outside = 1
        if all(c < 0 for c in inside.terms.values()) or (abs(exponent) > 1 and _backward(inside)):
            outer = -outer
            outside = -outside if exponent % 2 else outside
        self.coefficient = exact(self.coefficient * outside)
        self._set(group(scale(inside, Fraction(1) / outer)), exponent)

    def _set(self, base: Base, exponent: Exponent) -> None:
        both = plus(self.factors.pop(base, 0), exponent)
        if both != 0:
            self.factors[base] = both

    def _put_number(self, base: Base, exponent: int | Fraction) -> None:
        outside, surds = number_power(int(base.value or 0), exponent)
        self.coefficient = exact(self.coefficient * outside)
        for prime, share in surds.items():
            self._set(prime, share)

    def _put_root(self, base: Base, exponent: int) -> None:
        index = base.args[0].number
        if isinstance(index, int) and abs(exponent) >= index > 0:
            whole = int(exponent / index)
            exponent -= whole * index
            self.multiply(power(base.args[1], whole))
        self._set(base, exponent)

    def _put_sign(self, base: Base, exponent: int) -> None:
        """sign(u)^2 = 1, sign(u)*|u| = u and sign(u)/|u| = 1/u, for real u other than 0."""
        other = Base(_SIGNS[base.op], base.args)
        sign, size = (base, other) if base.op == "sign" else (other, base)
        power_of_size = exponent if base is size else self.factors.get(size, 0)
        odd = (exponent if base is sign else sign in self.factors) in (1, -1, True)
        if base is sign and not exponent % 2:
            return
        if not odd or not isinstance(power_of_size, int) or not power_of_size:
            self._set(base, exponent % 2 if base is sign else exponent)
            return
        step = 1 if power_of_size > 0 else -1
        self.factors.pop(sign, None)
        self.factors.pop(size, None)
        self._set(size, power_of_size - step)
        self.multiply(power(base.args[0], step))

    def _vanish(self) -> None:
        self.coefficient = 0

    def result(self) -> Sum:
        """The product as a sum, common factors of brackets and denominators cancelled."""
        if not self.coefficient:
            return NOTHING
        while self._cancel():
            pass
        self._turn()
        if len(self.factors) == 1:
            (base, exponent) = next(iter(self.factors.items()))
            if base.op == "group" and exponent == 1:
                return scale(base.args[0], self.coefficient)
        return Sum({ordered(self.factors): self.coefficient})

    def _brackets(self) -> list[tuple[Base, int]]:
        found = [(b, e) for b, e in self.factors.items() if b.op == "group" and isinstance(e, int)]
        return sorted(found, key=lambda item: item[0].key)

    def _cancel(self) -> bool:
        """One step of cancelling; False when there is nothing to cancel."""
        brackets = self._brackets()
        for base, exponent in brackets:
            if base.args[0].terms and self._cancel_shared(base, exponent):
                return True
        above = [b for b, e in brackets if e == 1]
        below = [b for b, e in brackets if e < 0]
        return any(self._cancel_even(a, b) for a in above for b in below)

    def _cancel_shared(self, base: Base, exponent: int) -> bool:
        """Take out of a bracket the factors that cancel against others."""
        if len(self.factors) == 1:
            return False
        common = {
            b: e
            for b, e in shared(base.args[0]).items()
            if b in self.factors and _opposed(self.factors[b], e, exponent)
        }
        if not common:
            return False
        del self.factors[base]
        inside = rebuilt(divided(base.args[0], common))
        for b, e in common.items():
            self.put(b, times(e, exponent))
        self.multiply(power(inside, exponent))
        return True

    def _cancel_even(self, above: Base, below: Base) -> bool:
        quotient = exact_quotient(above.args[0], below.args[0])
        if quotient is None:
            return False
        del self.factors[above]
        self._set(below, 1)
        self.multiply(quotient)
        return True

    def _turn(self) -> None:
        """Let a bracket take a minus sign: -(x - 1)*y is (1 - x)*y."""
        if self.coefficient > 0:
            return
        for base, exponent in self._brackets():
            signs = {c > 0 for c in base.args[0].terms.values()}
            if exponent in (1, -1) and len(signs) == 2:
                del self.factors[base]
                self._set(group(scale(base.args[0], -1)), exponent)
                self.coefficient = -self.coefficient
                return


def _backward(inside: Sum) -> bool:
    return inside.terms[min(inside.terms, key=term_order)] < 0


def _opposed(outside: Exponent, inside: Exponent, exponent: int) -> bool:
    """Whether a factor of a bracket cancels against the same base outside."""
    if isinstance(outside, Sum) or isinstance(inside, Sum):
        return isinstance(outside, Sum) and isinstance(inside, Sum)
    return outside * inside * exponent < 0


def product(*sums: Sum) -> Sum:
    """The product, collected and cancelled."""
    collected = Product()
    for part in sums:
        collected.multiply(part)
    return collected.result()


def quotient(above: Sum, below: Sum) -> Sum:
    """`above / below`."""
    return product(above, power(below, -1))


def power(base: Sum, exponent: Exponent) -> Sum:
    """`base`^`exponent`, on the principal branch."""
    if isinstance(exponent, Sum) and exponent.number is not None:
        exponent = exponent.number
    if exponent == 1 or base == UNIT:
        return base
    if exponent == 0:
        return UNIT
    if isinstance(exponent, int):
        collected = Product()
        collected.raise_to(base, exponent)
        return collected.result()
    return _branched(base, exponent)


def _branched(base: Sum, exponent: Fraction | Sum) -> Sum:
    """A power whose exponent is no whole number."""
    single = base.single
    if base == lone(EULER) and isinstance(exponent, Sum):
        return exponential(exponent)
    if single is not None and single[1] == 1 and len(single[0]) == 1 and single[0][0][1] == 1:
        return Sum({((single[0][0][0], exponent),): 1})
    if isinstance(exponent, Sum):
        value = base.number
        whole = isinstance(value, int) and value > 1
        factor = Base("int", (), int(value or 0)) if whole else group(base)
        return Sum({((factor, exponent),): 1})
    if base.number is not None and base.number > 0:
        outside, surds = number_power(base.number, exponent)
        return Sum({ordered(surds): outside})
    outer = content(base) if base.terms else 1
    outside, surds = number_power(outer, exponent)
    if outer == 1 or any(e != 0 for e in surds.values()):
        return Sum({((group(base), exponent),): 1}) if base.terms else NOTHING
    return scale(_branched(scale(base, Fraction(1) / outer), exponent), outside)


def exponential(exponent: Sum) -> Sum:
    """e^`exponent`; `exp(3*ln(u))` is u^3."""
    collected = Product()
    rest = []
    for monomial, coefficient in exponent.terms.items():
        if len(monomial) == 1 and monomial[0][0].op == "ln" and monomial[0][1] == 1:
            collected.multiply(power(monomial[0][0].args[0], coefficient))
        else:
            rest.append(Sum({monomial: coefficient}))
    left = merge(rest)
    if left.terms:
        collected.put(EULER, left if left.number is None else left.number)
    return collected.result()


def rebuilt(sum_: Sum) -> Sum:
    """`sum_` with every term collected anew."""
    return merge(_term(m, c) for m, c in sum_.terms.items())


def _term(monomial: Monomial, coefficient: Rational) -> Sum:
    collected = Product(coefficient)
    for base, exponent in monomial:
        collected.put(base, exponent)
    return collected.result()
