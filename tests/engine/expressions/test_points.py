"""The points: where the verifier looks, and with how many bits."""

from __future__ import annotations

import math

import pytest
from flint import acb, arb

from hrm_engine.expressions.balls import UNIT, Evaluation, Point
from hrm_engine.expressions.breakpoints import between_zeros
from hrm_engine.expressions.influence import least_influence, log2_lower, log2_upper
from hrm_engine.expressions.parser import parse
from hrm_engine.expressions.points import CORE_POINTS, search, seed_of, stream
from hrm_engine.expressions.tape import Tape
from hrm_engine.expressions.tree import Expr, node, symbol


def taped(text: str) -> tuple[Tape, int]:
    tape = Tape()
    return tape, tape.add(parse(text))


def test_equal_subexpressions_are_stored_once_and_children_first() -> None:
    tape, root = taped("sin(x)*sin(x) + sin(x)")
    assert len(tape) == 4
    assert root == 3
    assert tape.below(root) == [0, 1, 2, 3]
    assert all(child < i for i, step in enumerate(tape.steps) for child in step.args)


@pytest.mark.parametrize(
    ("text", "value"),
    [("3/4 - 1", "-1/4"), ("2^(-3)", "1/8"), ("-(2*3)", "-6"), ("1/0", "None"), ("0^0", "None"),
     ("2^(1/2)", "None"), ("x - x", "None"), ("7^(10^2)*0 + 1", "1")],
)  # fmt: skip
def test_rational_constants_are_known_exactly(text: str, value: str) -> None:
    tape, root = taped(text)
    assert str(tape.rational[root]) == value


def test_constants_beyond_reason_stay_unfolded() -> None:
    tape = Tape()
    huge = Expr("pow", (parse("10"), parse("10^30")))
    power = parse("7") ** parse("600")
    assert tape.rational[tape.add(huge)] is None
    assert tape.rational[tape.add(power)] is not None
    assert tape.rational[tape.add(power * power * power)] is None


def test_a_deep_tree_is_no_trouble() -> None:
    expr = symbol("x")
    for _ in range(5_000):
        expr = node("neg", expr)
    assert len(Tape().steps) + Tape().add(expr) == 5_000


def test_points_are_of_both_signs_and_in_all_quadrants() -> None:
    tape, root = taped("sin(a*x)")
    core = list(stream(tape, (root,), "x", analytic=True))[:CORE_POINTS]
    reals = [point.values["x"][0] for point in core if point.real]
    assert {value > 0 for value in reals} == {True, False}
    planes = [point.values["x"] for point in core if not point.real]
    assert len({(real > 0, imaginary > 0) for real, imaginary in planes}) >= 3
    letters = [point.values["a"] for point in core]
    assert any(real < 0 for real, _ in letters)
    assert any(imaginary for _, imaginary in letters)


def test_points_without_complex_ones_are_all_real() -> None:
    tape, root = taped("abs(x) + 12345")
    points = [*stream(tape, (root,), "x", analytic=False), *search(tape, (root,), "x")]
    assert all(point.real for point in points)
    assert any(abs(abs(point.values["x"][0]) / UNIT - 12345) < 200 for point in points)


def test_the_seed_depends_on_every_node() -> None:
    seeds = {seed_of(tape, root) for tape, root in map(taped, ("x + 1", "x + 2", "x - 1", "1 + x"))}
    assert len(seeds) == 4


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("abs(x - 5) + abs(x - 5.001)", (5, 5.001)),
        ("sign(x^2 - 3*x + 2.24)", (1.4, 1.6)),
        ("sqrt((x - 700)^2) + sqrt((x - 701)^2)", (700, 701)),
        ("ln(abs(x + 3)) + abs(x + 3.0000001)", (-3.0000001, -3)),
    ],
)
def test_a_narrow_window_between_zeros_is_looked_at(text: str, window: tuple[float, float]) -> None:
    tape, root = taped(text)
    places = [point.values["x"][0] / UNIT for point in between_zeros(tape, (root,), "x")]
    assert any(window[0] < place < window[1] for place in places)


def test_nothing_branches_in_an_entire_function() -> None:
    tape, root = taped("sin(x - 1)*exp(x)*(x - 2)^3")
    assert not list(between_zeros(tape, (root,), "x"))


def test_letters_get_several_values_between_zeros() -> None:
    tape, root = taped("abs(x - a)^b")
    assert len({point.values["a"] for point in between_zeros(tape, (root,), "x")}) == 2


# How many bits are needed.


def influence(text: str, x: float = 0.75, bits: int = 256) -> float:
    tape, root = taped(text)
    order = tape.below(root)
    evaluation = Evaluation(tape, Point({"x": (int(x * UNIT), 0)}, real=True), bits, "x")
    evaluation.run(order, dual=False)
    return least_influence(evaluation, order, root)


def test_logarithms_of_bounds_are_within_one_of_the_truth() -> None:
    assert -1 <= log2_lower(acb(8)) - 3 <= 1
    assert log2_lower(acb(arb(0, 1))) == -math.inf
    assert log2_upper(acb(0)) == -math.inf
    assert log2_upper(acb(10) ** (10**30)) == math.inf
    assert log2_lower(acb(10) ** (10**30)) == -math.inf
    assert log2_lower(acb(10) ** -(10**30)) == -math.inf


@pytest.mark.parametrize(
    ("text", "bits"),
    [
        ("x^2", -1),
        ("2*x + 1/10^30", -100),
        ("sin(x + 1/10^30)", -100),
        ("ln(x^2 + 1/10^30)", -100),
        ("log_2(x + 1/10^30)", -100),
        ("(1 + 1/10^30)^x", -100),
        ("root_3(x + 1/10^30)", -100),
        ("1/(x + 1/10^30)", -100),
        ("abs(x + 1/10^30)", -100),
        ("x + 1/1234567890123456789012345678901", -200),
    ],
)
def test_a_small_leaf_is_felt_through_everything(text: str, bits: int) -> None:
    assert bits - 5 <= influence(text) <= bits + 5


def test_a_leaf_below_an_exact_zero_or_a_sign_sets_no_limit() -> None:
    assert influence("x + 0*(x + 1/10^60)") > -5
    assert influence("x*sign(x + 1/10^60)") > -5


def test_a_leaf_below_a_zero_that_is_not_known_to_be_one_leaves_all_open() -> None:
    assert influence("x + (sin(x)^2 + cos(x)^2 - 1)*x") < -240
