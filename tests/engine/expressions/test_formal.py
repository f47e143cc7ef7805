"""The verifier's formal derivative against its own dual numbers, which use no formulas."""

from __future__ import annotations

import pytest
from flint import acb

from hrm_engine.expressions.balls import Evaluation, Point, UnusablePoint
from hrm_engine.expressions.formal import derivative
from hrm_engine.expressions.parser import parse
from hrm_engine.expressions.points import stream
from hrm_engine.expressions.tape import Tape
from hrm_engine.expressions.tree import FUNCTIONS

BINARY = (
    "x^n", "n^x", "x^x", "x^(2/3)", "(x + 1)^7", "(x^2 + 1)^sin(x)", "1/x", "sin(x)/x", "x*ln(x)",
    "log_2(x)", "log_x(2)", "log_x(x^2 + 1)", "cbrt(x)", "x^(1/n)", "e^(x^2)", "sqrt(1 + sqrt(x))",
    "7", "n", "x - n", "-x", "exp(-x^2)*x",
)  # fmt: skip


def agreements(text: str) -> int:
    """At how many points the formal derivative and the dual numbers overlap; all must."""
    tape = Tape()
    root = tape.add(parse(text))
    formal = derivative(tape, root, "x")
    count = 0
    for point in stream(tape, (root,), "x", analytic="abs" not in text and "sign" not in text):
        try:
            slope, value = slope_and_value(tape, root, formal, point)
        except UnusablePoint:
            continue
        assert (slope - value).contains(0), point.show()
        assert abs(slope - value).abs_upper() < 1e-20 * (1 + abs(value).abs_upper())
        count += 1
    return count


def slope_and_value(tape: Tape, root: int, formal: int, point: Point) -> tuple[acb, acb]:
    evaluation = Evaluation(tape, point, 192, "x")
    evaluation.run(tape.below(root), dual=True)
    evaluation.run([i for i in tape.below(formal) if i not in evaluation.values], dual=False)
    return evaluation.slopes[root] or 0, evaluation.values[formal]


@pytest.mark.parametrize("name", ["exp", "ln", "sqrt", "abs", "sign", *FUNCTIONS])
def test_every_function_with_a_chain(name: str) -> None:
    assert agreements(f"{name}(3*x - 1/7)*x") >= 4


@pytest.mark.parametrize("text", BINARY)
def test_every_operator(text: str) -> None:
    assert agreements(text) >= 4


def test_the_root_of_a_variable_index() -> None:
    assert agreements("x^(1/x)") >= 4
    from hrm_engine.expressions.tree import node, symbol

    tape = Tape()
    root = tape.add(node("root", symbol("x"), symbol("x") + symbol("n")))
    formal = derivative(tape, root, "x")
    point = Point({"x": (3 << 40, 0), "n": (1 << 40, 0)}, real=True)
    slope, value = slope_and_value(tape, root, formal, point)
    assert (slope - value).contains(0)
