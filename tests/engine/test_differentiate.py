"""The textbook rules: against numerical derivatives and against SymPy."""

from __future__ import annotations

import numpy as np
import pytest
import sympy

from hrm_engine.data.generators.derivative import propose
from hrm_engine.expressions.differentiate import differentiate
from hrm_engine.expressions.parser import parse
from hrm_engine.expressions.printer import to_text
from hrm_engine.expressions.sympy_bridge import to_sympy
from hrm_engine.expressions.tree import ARITY, ONE, ZERO, Expr, integer, node, symbol
from tests.engine.numeric import is_slope

X, A = symbol("x"), symbol("a")
INNER = parse("x/3 + 1/5")
UNARY = sorted(op for op, arity in ARITY.items() if arity == 1)
BINARY = sorted(op for op, arity in ARITY.items() if arity == 2)


@pytest.mark.parametrize("op", UNARY)
@pytest.mark.parametrize("inside", [X, INNER], ids=["of x", "of a chain"])
def test_each_function_has_the_derivative_that_difference_quotients_show(
    op: str, inside: Expr
) -> None:
    expr = node(op, inside)
    assert is_slope(differentiate(expr, "x"), expr) >= 2


@pytest.mark.parametrize("op", BINARY)
@pytest.mark.parametrize("form", ["both", "left", "right"])
def test_each_operator_is_differentiated_in_either_argument_and_both(op: str, form: str) -> None:
    left = node("exp", INNER) if form != "right" else integer(3)
    right = node("cosh", X) if form != "left" else A
    expr = node(op, left, right)
    assert is_slope(differentiate(expr, "x"), expr) >= 3


@pytest.mark.parametrize("op", sorted(set(UNARY) - {"abs", "sign"}))
def test_each_function_has_the_derivative_that_sympy_finds(op: str) -> None:
    expr = node(op, INNER)
    ours, theirs = to_sympy(differentiate(expr, "x")), sympy.diff(to_sympy(expr), "x")
    at = {"x": sympy.Rational(43, 100) + sympy.Rational(29, 100) * sympy.I}
    assert abs(sympy.N(ours.subs(at), 25) - sympy.N(theirs.subs(at), 25)) < 1e-20


@pytest.mark.parametrize(
    ("text", "slope"),
    [
        ("sin(5x)", "cos(5*x)*5"),
        ("x^3", "3*x^(3 - 1)"),
        ("(2x)^3", "3*(2*x)^(3 - 1)*2"),
        ("3x", "3"),
        ("x*3", "3"),
        ("x^2*3", "3*(2*x^(2 - 1))"),
        ("a - x", "-1"),
        ("7 + sin(x)", "cos(x)"),
        ("x*exp(x)", "exp(x) + x*exp(x)"),
        ("sin(x)/x", "(cos(x)*x - sin(x))/x^2"),
        ("a/x", "-(a/x^2)"),
        ("x/a", "1/a"),
        ("sqrt(x)", "1/(2*sqrt(x))"),
        ("ln(x^2)", "2*x^(2 - 1)/x^2"),
        ("cos(x)", "-sin(x)"),
        ("tan(2x)", "sec(2*x)^2*2"),
        ("a^x", "a^x*ln(a)"),
        ("e^x", "e^x"),
        ("x^x", "x^x*(ln(x) + x/x)"),
        ("sign(x)*x", "sign(x)"),
        ("abs(x)", "sign(x)"),
    ],
)
def test_the_rule_form_is_fixed(text: str, slope: str) -> None:
    assert to_text(differentiate(parse(text), "x")) == to_text(parse(slope))


@pytest.mark.parametrize("text", ["7", "a", "pi^2", "sin(a)", "log_2(5)", "sign(x)", "sign(x)^2"])
def test_what_does_not_vary_has_the_derivative_0(text: str) -> None:
    assert differentiate(parse(text), "x") == ZERO


def test_any_letter_can_be_the_variable() -> None:
    expr = parse("x^2*t")
    assert differentiate(expr, "t") == parse("x^2")
    assert differentiate(symbol("θ"), "θ") == ONE


def test_one_tree_used_twice_is_differentiated_in_both_places() -> None:
    part = node("sin", X)
    assert is_slope(differentiate(part * part, "x"), part * part) >= 3


def test_generated_expressions_agree_with_difference_quotients() -> None:
    rng = np.random.default_rng(11)
    decided = 0
    for _ in range(150):
        expr = propose(rng)
        decided += is_slope(differentiate(expr, "x"), expr) >= 2
    assert decided >= 115
