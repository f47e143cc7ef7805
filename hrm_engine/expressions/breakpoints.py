"""Points between the places where a branch may change.

An answer with sign(x - 5), |x| or sqrt((x - 5)^2) in it may be wrong on a short interval
only, where random points do not fall. A branch can change only where the argument of a
branching function, or a sum inside it, is zero. So: sweep the real line, find the zeros of
these by sign changes and by extrema that cross zero, and look once between each two
neighbours. What this cannot see is a pair of zeros closer than 2^-39, or hidden between two
stops of the sweep by more than one wiggle.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from hrm_engine.expressions.balls import UNIT, Evaluation, Point, UnusablePoint
from hrm_engine.expressions.points import seed_of
from hrm_engine.expressions.tape import Tape

_BITS = 64
_STEPS = 44  # of halving or of the secant rule, in turn
_MAX_ZEROS = 40
_MAX_NODES = 24
_BRANCHING = frozenset(("abs", "sign", "sqrt", "root", "ln", "log", "asin", "acos", "atan", "acot"))
_OCTAVES = [(-9, 12, 1), (-3, 4, 4)]  # from 2^-9 to 2^12, four stops an octave around one
_STOPS = sorted(
    {
        sign * int(UNIT * 2.0 ** (k / parts + 0.03))
        for low, high, parts in _OCTAVES
        for k in range(low * parts, high * parts)
        for sign in (1, -1)
    }
)


class Sample(NamedTuple):
    """About the value and the slope of a real function at x, in units of `UNIT`."""

    x: int
    value: float
    slope: float


def between_zeros(tape: Tape, roots: tuple[int, ...], variable: str) -> Iterator[Point]:
    """Real points, one in each gap between neighbouring zeros; none if nothing branches."""
    nodes = _watched(tape, roots, variable)[:_MAX_NODES]
    if not nodes:
        return
    rng = random.Random(seed_of(tape, *roots) + 2)  # noqa: S311 - unpredictable, not secret
    letters = sorted(frozenset().union(*(tape.symbols[i] for i in roots)) - {variable})
    for signs in ((1,), (1, -1)) if letters else ((1,),):
        fixed = {
            name: (rng.choice(signs) * int(rng.uniform(0.4, 3.0) * UNIT), 0) for name in letters
        }
        for left, right in pairwise(sorted(_zeros(tape, nodes, variable, fixed))):
            if right - left > 1:
                yield Point({**fixed, variable: ((left + right) // 2, 0)}, real=True)


def _watched(tape: Tape, roots: tuple[int, ...], variable: str) -> list[int]:
    """The arguments of branching functions and the sums inside them that hold the variable."""
    arguments = [
        tape.steps[i].args[0] if tape.steps[i].op == "pow" else tape.steps[i].args[-1]
        for i in tape.below(*roots)
        if tape.steps[i].op in _BRANCHING or _is_fractional_power(tape, i)
    ]
    if not arguments:
        return []
    sums = (i for i in tape.below(*arguments) if tape.steps[i].op in ("add", "sub"))
    return [i for i in dict.fromkeys((*arguments, *sums)) if variable in tape.symbols[i]]


def _is_fractional_power(tape: Tape, i: int) -> bool:
    if tape.steps[i].op != "pow":
        return False
    exponent = tape.rational[tape.steps[i].args[1]]
    return exponent is None or exponent.denominator != 1


def _zeros(
    tape: Tape, nodes: list[int], variable: str, fixed: dict[str, tuple[int, int]]
) -> set[int]:
    """Real zeros of `nodes`, in units of `UNIT`; zero itself is always among them."""
    zeros = {0}
    for node in nodes:
        curve = _Curve(tape, tape.below(node), variable, fixed)
        samples = [sample for x in _STOPS if (sample := curve.at(x)) is not None]
        for left, right in pairwise(samples):
            if len(zeros) < _MAX_ZEROS:
                zeros.update(curve.zeros(left, right))
    return zeros


@dataclass(frozen=True)
class _Curve:
    """The last node of `below` as a real function of the variable."""

    tape: Tape
    below: list[int]
    variable: str
    fixed: dict[str, tuple[int, int]]

    def at(self, x: int) -> Sample | None:
        """A sample at x; None where the value is unknown, not real or zero."""
        point = Point({**self.fixed, self.variable: (x, 0)}, real=True)
        evaluation = Evaluation(self.tape, point, _BITS, self.variable)
        try:
            evaluation.run(self.below, dual=True)
        except UnusablePoint:
            return None
        value, slope = evaluation.values[self.below[-1]], evaluation.slopes[self.below[-1]]
        if slope is None or not value.imag.is_zero() or value.contains(0):
            return None
        sample = Sample(x, float(value.real), float(slope.real))
        return sample if math.isfinite(sample.value) and math.isfinite(sample.slope) else None

    def zeros(self, left: Sample, right: Sample) -> list[int]:
        """The zeros between two stops: one if the signs differ, two if an extremum crosses."""
        if (left.value < 0) != (right.value < 0):
            return [self._crossing(left, right)]
        sign = math.copysign(1.0, left.value)
        if left.slope * sign < 0 < right.slope * sign:
            extremum = self._extremum(left, right)
            if extremum is not None and (extremum.value < 0) != (left.value < 0):
                return [self._crossing(left, extremum), self._crossing(extremum, right)]
        return []

    def _extremum(self, left: Sample, right: Sample) -> Sample | None:
        """The sample of opposite sign, if there is one, on the way to where the slope is zero."""
        for _ in range(_STEPS):
            middle = self.at((left.x + right.x) // 2)
            if middle is None or (middle.value < 0) != (left.value < 0):
                return middle
            if (middle.slope < 0) == (left.slope < 0):
                left = middle
            else:
                right = middle
        return None

    def _crossing(self, left: Sample, right: Sample) -> int:
        """A zero between samples of opposite signs."""
        for step in range(_STEPS):
            width, fall = right.x - left.x, left.value - right.value
            if width <= 1:
                break
            part = left.value / fall if step % 2 == 0 and math.isfinite(fall) else 0.5
            x = min(max(left.x + int(width * part), left.x + 1), right.x - 1)
            middle = self.at(x)
            if middle is None:
                return x
            if (middle.value < 0) == (left.value < 0):
                left = middle
            else:
                right = middle
        return left.x
