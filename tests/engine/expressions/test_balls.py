"""Balls hold the true values and slopes, and refuse where no value can be trusted."""

from __future__ import annotations

import mpmath
import pytest
from flint import acb, ctx

from hrm_engine.expressions.balls import UNIT, Evaluation, Point, UnusablePoint
from hrm_engine.expressions.parser import parse
from hrm_engine.expressions.tape import Tape
from hrm_engine.expressions.tree import FUNCTIONS, Expr, integer, node, symbol
from tests.engine.expressions.mutations import value_at

X = symbol("x")
REAL_PLACE = {"acosh": 1.7, "acoth": 1.7, "asec": 1.7, "acsc": 1.7}
SMOOTH = ("exp", "ln", "sqrt", *FUNCTIONS)


def evaluated(
    expr: Expr, real: float, imaginary: float = 0.0, *, bits: int = 128, real_roots: bool = False
) -> tuple[mpmath.mpc, mpmath.mpc]:
    """Midpoints of value and slope, by x, as mpmath numbers."""
    tape = Tape()
    root = tape.add(expr)
    point = Point({"x": (int(real * UNIT), int(imaginary * UNIT))}, real=not imaginary)
    evaluation = Evaluation(tape, point, bits, "x", real_roots=real_roots)
    evaluation.run(tape.below(root), dual=True)
    slope = evaluation.slopes[root]
    return number(evaluation.values[root]), number(slope) if slope is not None else mpmath.mpc(0)


def number(ball: acb) -> mpmath.mpc:
    with ctx.workprec(200), mpmath.workdps(30):
        real, imaginary = (part.mid().str(30, radius=False) for part in (ball.real, ball.imag))
        return mpmath.mpc(mpmath.mpf(real), mpmath.mpf(imaginary))


def exact(value: float) -> mpmath.mpf:
    return mpmath.mpf(int(value * UNIT)) / UNIT


@pytest.mark.parametrize("name", SMOOTH)
@pytest.mark.parametrize("imaginary", [0.0, 0.6])
def test_every_function_has_the_value_and_slope_that_mpmath_finds(
    name: str, imaginary: float
) -> None:
    real = REAL_PLACE.get(name, 0.4)
    value, slope = evaluated(node(name, X), real, imaginary)
    with mpmath.workdps(30):
        place = mpmath.mpc(exact(real), exact(imaginary)) if imaginary else exact(real)
        step = mpmath.mpf(10) ** -12
        above, below = (value_at(node(name, X), {"x": place + s}) for s in (step, -step))
        assert abs(value - value_at(node(name, X), {"x": place})) < 1e-25
        assert abs(slope - (above - below) / (2 * step)) < 1e-13


@pytest.mark.parametrize(
    ("text", "slope"),
    [
        ("x*x*x", 0.75),
        ("1/x", -4),
        ("x/(1 + x)", 1 / 2.25),
        ("3 - x", -1),
        ("x^(-2)", -16),
        ("x^0", 0),
        ("2^x", 2**0.5 * 0.6931471805599453),
        ("x^x", 0.5**0.5 * (1 - 0.6931471805599453)),
        ("x^(3/2)", 1.5 * 0.5**0.5),
        ("log_2(x)", 1 / (0.5 * 0.6931471805599453)),
        ("log_x(3)", -1.0986122886681098 / (0.5 * 0.6931471805599453**2)),
        ("abs(x - 1)", -1),
        ("sign(x)*x", 1),
        ("e^x", 1.6487212707001282),
        ("pi*x", 3.141592653589793),
        ("cbrt(x)", 0.5 ** (1 / 3) / 1.5),
    ],
)
def test_slopes_of_operators_match_hand_worked_values_at_one_half(text: str, slope: float) -> None:
    _, found = evaluated(parse(text), 0.5)
    assert abs(found - slope) < 1e-12


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("ln(x)", -1.0),
        ("sqrt(x)", -1.0),
        ("x^(1/3)", -1.0),
        ("x^x", -1.0),
        ("log_2(x)", -1.0),
        ("asin(x)", 2.0),
        ("acos(x)", -2.0),
        ("acosh(x)", 0.5),
        ("atanh(x)", 2.0),
        ("asec(x)", 0.5),
        ("ln(-1 - x^2)", 1.0),
        ("cbrt(x)", -1.0),
    ],
)
def test_a_point_on_a_branch_cut_is_unusable(text: str, place: float) -> None:
    with pytest.raises(UnusablePoint, match="branch cut"):
        evaluated(parse(text), place)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("1/(x - x)", 1.0),
        ("1/(x - 1)", 1.0),
        ("tan(x)/(cos(x)^2 + sin(x)^2 - 1)", 1.0),
        ("x^(-1)", 0.0),
        ("sign(x)", 0.0),
        ("abs(x)", 0.0),
        ("log_1(x)", 2.0),
        ("ln(0)*x", 2.0),
        ("0^(1/2 - x)", 2.0),
        ("exp(exp(exp(exp(x))))", 6.0),
    ],
)
def test_a_value_that_is_not_finite_makes_a_point_unusable(text: str, place: float) -> None:
    with pytest.raises(UnusablePoint):
        evaluated(parse(text), place)


def test_abs_and_sign_are_looked_at_on_the_real_line_only() -> None:
    for name in ("abs", "sign"):
        with pytest.raises(UnusablePoint, match="not real"):
            evaluated(node(name, X), 1.0, 1.0)


def test_constants_on_a_cut_have_their_principal_value() -> None:
    value, slope = evaluated(parse("ln(-2)*x"), 1.0)
    assert abs(slope - mpmath.mpc(mpmath.log(2), mpmath.pi)) < 1e-14
    assert abs(value - slope) < 1e-14


def test_roots_are_principal_or_real_as_asked() -> None:
    cube_root = node("root", integer(3), X)
    value, slope = evaluated(cube_root, -8.0, real_roots=True)
    assert abs(value + 2) < 1e-20
    assert abs(slope - mpmath.mpf(1) / 12) < 1e-14
    with pytest.raises(UnusablePoint):
        evaluated(node("root", integer(4), X), -8.0, real_roots=True)
    assert evaluated(node("root", integer(3), integer(0)), 1.0, real_roots=True)[0] == 0
    with pytest.raises(UnusablePoint, match="index zero"):
        evaluated(node("root", integer(0), X), 1.0)


def test_precision_is_that_of_the_evaluation_and_is_restored() -> None:
    before = ctx.prec
    tape = Tape()
    root = tape.add(parse("sin(x)"))
    point = Point({"x": (UNIT, 0)}, real=True)
    radii = []
    for bits in (128, 512):
        evaluation = Evaluation(tape, point, bits)
        evaluation.run(tape.below(root), dual=False)
        radii.append(evaluation.values[root].rad())
    assert radii[0] > 0
    assert radii[1] < 1e-100
    assert ctx.prec == before


def test_a_point_shows_itself_to_people() -> None:
    point = Point({"x": (UNIT, -UNIT // 2), "a": (2 * UNIT, 0)}, real=False)
    assert point.show() == "a = 2, x = 1-0.5i"
