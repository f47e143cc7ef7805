"""Points between the places where a branch may change.

An answer with |x - 5| or sqrt((x - 5)^2) in it may be wrong on a short interval only, where
random points do not fall. Branches change where some sum or difference is zero. So: find
the real zeros of every sum in both sides, one letter assignment, and look once in between
each two neighbours. A window narrower than 2^-39 stays unseen.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from hrm_engine.expressions.balls import UNIT, Evaluation, Point, UnusablePoint
from hrm_engine.expressions.points import seed_of
from hrm_engine.expressions.tape import Tape

_BITS = 64
_STEPS = 48  # of halving or of the secant rule, in turn
_MAX_ZEROS = 40
_MAX_SUMS = 24
_BRANCHING = frozenset(("abs", "sign", "sqrt", "root", "ln", "log", "asin", "acos", "atan", "acot"))
_GRID = sorted(sign * UNIT * 2**k // 8 for k in range(23) for sign in (1, -1))


def between_zeros(tape: Tape, roots: tuple[int, ...], variable: str) -> Iterator[Point]:
    """Real points, one in each gap between neighbouring zeros of sums; none if no branches."""
    order = tape.below(*roots)
    if not any(tape.steps[i].op in _BRANCHING or _fractional_power(tape, i) for i in order):
        return
    rng = random.Random(seed_of(tape, *roots) + 2)  # noqa: S311 - unpredictable, not secret
    letters = sorted(frozenset().union(*(tape.symbols[i] for i in roots)) - {variable})
    fixed = {name: (int(rng.uniform(0.4, 3.0) * UNIT), 0) for name in letters}
    zeros = sorted(_zeros(tape, order, variable, fixed))
    for left, right in pairwise(zeros):
        if right - left > 1:
            yield Point({**fixed, variable: ((left + right) // 2, 0)}, real=True)


def _fractional_power(tape: Tape, i: int) -> bool:
    if tape.steps[i].op != "pow":
        return False
    exponent = tape.rational[tape.steps[i].args[1]]
    return exponent is None or exponent.denominator != 1


def _zeros(
    tape: Tape, order: list[int], variable: str, fixed: dict[str, tuple[int, int]]
) -> set[int]:
    """Real zeros of the sums among `order`, in units of `UNIT`; zero is always among them."""
    sums = [i for i in order if tape.steps[i].op in ("add", "sub") and variable in tape.symbols[i]]
    zeros = {0}
    for i in sums[:_MAX_SUMS]:
        curve = _Curve(tape, tape.below(i), variable, fixed)
        known = [(x, value) for x in _GRID if (value := curve.at(x)) is not None]
        for (a, left), (b, right) in pairwise(known):
            if (left < 0) != (right < 0) and len(zeros) < _MAX_ZEROS:
                zeros.add(curve.zero(a, left, b, right))
    return zeros


@dataclass(frozen=True)
class _Curve:
    """The last node of `below` as a real function of the variable."""

    tape: Tape
    below: list[int]
    variable: str
    fixed: dict[str, tuple[int, int]]

    def at(self, x: int) -> float | None:
        """About the value at x units; None where it is unknown, not real or zero."""
        point = Point({**self.fixed, self.variable: (x, 0)}, real=True)
        evaluation = Evaluation(self.tape, point, _BITS, self.variable)
        try:
            evaluation.run(self.below, dual=False)
        except UnusablePoint:
            return None
        value = evaluation.values[self.below[-1]]
        about = float(value.real)
        known = value.imag.is_zero() and not value.contains(0) and math.isfinite(about)
        return about if known else None

    def zero(self, a: int, left: float, b: int, right: float) -> int:
        """A zero between a and b, where the values left and right have opposite signs."""
        for step in range(_STEPS):
            if b - a <= 1:
                break
            part = left / (left - right) if step % 2 == 0 and math.isfinite(left - right) else 0.5
            middle = min(max(a + int((b - a) * part), a + 1), b - 1)
            value = self.at(middle)
            if value is None:
                return middle
            if (value < 0) == (left < 0):
                a, left = middle, value
            else:
                b, right = middle, value
        return a
