"""Values and derivatives with rigorous error bounds: dual numbers over complex balls.

A ball (python-flint `acb`) is a midpoint with a radius that certainly contains the exact
value, so "the difference excludes zero" is a proof that two expressions differ. Derivatives
come by forward-mode dual numbers (value, slope), with no symbolic rules involved.

Every function takes its principal branch, as Arb and SymPy define it; acot(x) is atan(1/x).
A point is *unusable*, by `UnusablePoint`, where
- a ball meets a branch cut (a constant such as ln(-2) is the exception: it has one value),
- a value is not finite, or a divisor may be zero,
- abs or sign get an argument that is not real or may be zero: they are not analytic.

`root(n, x)` has two readings. The principal one is x^(1/n), analytic off the cut. The real
one, for odd n, is the real root also of negative x; it exists at real points only. A power
x^(1/3) is always principal. See docs/verification.md.

Read `Evaluation` first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flint import acb, arb, ctx

from hrm_engine.expressions.functions import FUNCTIONS, Ball, Slope, on_negative_axis
from hrm_engine.expressions.tape import Step, Tape


class UnusablePoint(Exception):  # noqa: N818 - an outcome of evaluation, not an error
    """A node has no trustworthy value here; `index` is its place on the tape.

    may_be_precision: whether more bits could help.
    """

    def __init__(self, index: int, reason: str, *, may_be_precision: bool = False) -> None:
        self.index = index
        self.reason = reason
        self.may_be_precision = may_be_precision
        super().__init__(f"{reason} at node {index}")


@dataclass(frozen=True)
class Point:
    """Values for all symbols, each an exact (real, imaginary) pair in units of 2^-40.

    real: whether all of them are real.
    """

    values: dict[str, tuple[int, int]]
    real: bool

    def show(self) -> str:
        """The point for people, to four digits."""
        return ", ".join(f"{name} = {_show(*pair)}" for name, pair in sorted(self.values.items()))


def _show(real: int, imaginary: int) -> str:
    text = f"{real / UNIT:.4g}"
    return text + f"{imaginary / UNIT:+.4g}i" if imaginary else text


UNIT = 1 << 40
ON_CUT = "on a branch cut"


class Evaluation:
    """The balls of the nodes of a tape at one point, filled by `run`.

    values[i] is the ball of node i, slopes[i] the ball of its derivative (None: exactly 0;
    only nodes that were run with `dual` have one).
    """

    def __init__(
        self,
        tape: Tape,
        point: Point,
        bits: int,
        variable: str = "",
        *,
        real_roots: bool = False,
        signs: Mapping[int, int] | None = None,
    ) -> None:
        """An empty evaluation.

        Args:
            tape: the nodes.
            point: a value for every symbol.
            bits: working precision of midpoints; the radii tell what is left of it.
            variable: what slopes are taken with respect to.
            real_roots: read odd roots as real roots instead of principal powers.
            signs: what to take for sign(u), +1 or -1, by the index of u; then |u| is sign times
                u, which makes sense in the whole plane. Others are what they are.
        """
        self.tape = tape
        self.point = point
        self.bits = bits
        self.variable = variable
        self.real_roots = real_roots
        self.signs = signs or {}
        self.dual = False
        self.values: dict[int, Ball] = {}
        self.slopes: dict[int, Slope] = {}

    def run(self, order: Sequence[int], *, dual: bool) -> None:
        """Evaluate the nodes `order`, children first; with slopes if `dual`.

        Raises:
            UnusablePoint: at the first node without a trustworthy value.
        """
        self.dual = dual
        steps, values, slopes = self.tape.steps, self.values, self.slopes
        with ctx.workprec(self.bits):
            for i in order:
                value, slope = self._step(i, steps[i])
                if not value.is_finite() or not (slope is None or slope.is_finite()):
                    raise UnusablePoint(i, "not finite", may_be_precision=True)
                values[i] = value
                if dual:
                    slopes[i] = slope

    def pair(self, i: int) -> tuple[Ball, Slope, Ball, Slope]:
        """Values and slopes of both arguments of node `i`."""
        a, b = self.tape.steps[i].args
        if not self.dual:
            return self.values[a], None, self.values[b], None
        return self.values[a], self.slopes[a], self.values[b], self.slopes[b]

    def single(self, i: int) -> tuple[Ball, Slope]:
        """Value and slope of the only argument of node `i`."""
        (a,) = self.tape.steps[i].args
        return self.values[a], self.slopes[a] if self.dual else None

    def must_be_constant(self, i: int, u: Ball) -> None:
        """On a cut only an exactly real constant has a value that everybody agrees on."""
        inexact_zero = u.contains(0) and not u.is_zero()
        if self.tape.symbols[i] or not u.imag.is_zero() or inexact_zero:
            raise UnusablePoint(i, ON_CUT)

    def real_argument(self, i: int, u: Ball) -> arb:
        """The argument of abs, sign or a real root as a real ball: not zero, or exactly so."""
        if not u.imag.is_zero():
            raise UnusablePoint(i, "not real")
        if u.real.contains(0) and (self.tape.symbols[i] or not u.is_zero()):
            raise UnusablePoint(i, "may be zero", may_be_precision=True)
        return u.real

    def _step(self, i: int, step: Step) -> tuple[Ball, Slope]:
        if not step.args:
            return self._leaf(step)
        function = FUNCTIONS.get(step.op)
        if function is None:
            return _OPERATIONS[step.op](self, i)
        u, du = self.single(i)
        if function.cut is not None and function.cut(u):
            self.must_be_constant(i, u)
        y = function.value(u)
        return y, None if du is None else function.slope(u, y) * du

    def _leaf(self, step: Step) -> tuple[Ball, Slope]:
        if step.op == "int":
            return acb(step.value), None
        if step.op == "sym":
            real, imaginary = self.point.values[str(step.value)]
            slope = acb(1) if step.value == self.variable else None
            return acb(arb(real) / UNIT, arb(imaginary) / UNIT), slope
        return (acb.pi() if step.op == "pi" else acb(1).exp()), None


def _add(e: Evaluation, i: int) -> tuple[Ball, Slope]:
    u, du, v, dv = e.pair(i)
    return u + v, dv if du is None else du if dv is None else du + dv


def _sub(e: Evaluation, i: int) -> tuple[Ball, Slope]:
    u, du, v, dv = e.pair(i)
    return u - v, du if dv is None else -dv if du is None else du - dv


def _mul(e: Evaluation, i: int) -> tuple[Ball, Slope]:
    u, du, v, dv = e.pair(i)
    left = None if du is None else du * v
    right = None if dv is None else u * dv
    return u * v, right if left is None else left if right is None else left + right


def _div(e: Evaluation, i: int) -> tuple[Ball, Slope]:
    u, du, v, dv = e.pair(i)
    if v.contains(0):
        raise UnusablePoint(i, "division by zero", may_be_precision=True)
    y = u / v
    if dv is None:
        return y, None if du is None else du / v
    return y, ((du - y * dv) if du is not None else -y * dv) / v


def _neg(e: Evaluation, i: int) -> tuple[Ball, Slope]:
    u, du = e.single(i)
    return -u, None if du is None else -du


def _abs(e: Evaluation, i: int) -> tuple[Ball, Slope]:
    u, du = e.single(i)
    sign = e.signs.get(e.tape.steps[i].args[0])
    if sign is not None:
        return sign * u, None if du is None else sign * du
    x = e.real_argument(i, u)
    return acb(abs(x)), None if du is None else acb(x.sgn()) * du


def _sign(e: Evaluation, i: int) -> tuple[Ball, Slope]:
    sign = e.signs.get(e.tape.steps[i].args[0])
    if sign is not None:
        return acb(sign), None
    return acb(e.real_argument(i, e.single(i)[0]).sgn()), None


def _pow(e: Evaluation, i: int) -> tuple[Ball, Slope]:
    u, du, v, dv = e.pair(i)
    base, exponent = e.tape.steps[i].args
    exact = e.tape.rational[exponent]
    if exact is not None and exact.denominator == 1:
        return _integer_power(i, u, du, exact.numerator)
    if e.tape.steps[base].op == "e":
        y = v.exp()
        return y, None if dv is None else y * dv
    if on_negative_axis(u):
        e.must_be_constant(base, u)
    return _general_power(u, du, v, dv)


def _integer_power(i: int, u: Ball, du: Slope, n: int) -> tuple[Ball, Slope]:
    if n <= 0 and u.contains(0):
        raise UnusablePoint(i, "zero to a power that is not positive", may_be_precision=True)
    return u**n, None if du is None or n == 0 else n * u ** (n - 1) * du


def _general_power(u: Ball, du: Slope, v: Ball, dv: Slope) -> tuple[Ball, Slope]:
    """exp(v ln u) and its slope y (v' ln u + v u'/u)."""
    log = u.log()
    y = (v * log).exp()
    if du is None:
        return y, None if dv is None else y * dv * log
    rate = v * du / u
    return y, y * (rate if dv is None else rate + dv * log)


def _log(e: Evaluation, i: int) -> tuple[Ball, Slope]:
    b, db, u, du = e.pair(i)
    for index, part in zip(e.tape.steps[i].args, (b, u), strict=True):
        if on_negative_axis(part):
            e.must_be_constant(index, part)
    log_b, log_u = b.log(), u.log()
    if log_b.contains(0):
        raise UnusablePoint(i, "logarithm to base one", may_be_precision=True)
    y = log_u / log_b
    if du is None and db is None:
        return y, None
    top = (acb(0) if du is None else du / u) - (acb(0) if db is None else y * db / b)
    return y, top / log_b


def _root(e: Evaluation, i: int) -> tuple[Ball, Slope]:
    n, dn, u, du = e.pair(i)
    index, argument = e.tape.steps[i].args
    exact = e.tape.rational[index]
    if e.real_roots and exact is not None and exact.denominator == 1 and exact.numerator % 2:
        x = e.real_argument(i, u)
        y = acb(x.sgn() * (abs(x).log() / n.real).exp()) if not x.is_zero() else acb(0)
        return y, None if du is None else y * du / (n * u)
    if n.contains(0):
        raise UnusablePoint(i, "root of index zero")
    if on_negative_axis(u):
        e.must_be_constant(argument, u)
    return _general_power(u, du, 1 / n, None if dn is None else -dn / (n * n))


_OPERATIONS: dict[str, Callable[[Evaluation, int], tuple[Ball, Slope]]] = {
    "add": _add,
    "sub": _sub,
    "mul": _mul,
    "div": _div,
    "neg": _neg,
    "abs": _abs,
    "sign": _sign,
    "pow": _pow,
    "log": _log,
    "root": _root,
}
