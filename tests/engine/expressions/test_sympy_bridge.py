"""The bridge keeps the value: SymPy's number equals the one worked out from our tree."""

from __future__ import annotations

import sys

import pytest
import sympy

from hrm_engine.errors import ExpressionError, MissingExtraError
from hrm_engine.expressions.parser import parse
from hrm_engine.expressions.printer import to_text
from hrm_engine.expressions.sympy_bridge import from_sympy, to_sympy
from hrm_engine.expressions.tree import FUNCTIONS, ZERO, integer, node, symbol

x, y = sympy.symbols("x y")


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("sin(5x)", sympy.sin(5 * x)),
        ("x^2/y - 3", x**2 / y - 3),
        ("-x", -x),
        ("0.5x", x / 2),
        ("log_2 x", sympy.log(x) / sympy.log(2)),
        ("cbrt x", x ** sympy.Rational(1, 3)),
        ("sqrt x", sympy.sqrt(x)),
        ("root_y(x)", x ** (1 / y)),
        ("e^x + e + pi", sympy.exp(x) + sympy.E + sympy.pi),
        ("(e)^x", sympy.exp(x)),
        ("|x| sgn y", sympy.Abs(x) * sympy.sign(y)),
        ("ln x", sympy.log(x)),
        ("x^y", x**y),
        ("θ x1", sympy.Symbol("θ") * sympy.Symbol("x1")),
    ],
)
def test_a_tree_becomes_the_sympy_object_it_means(form: str, expected: sympy.Expr) -> None:
    assert to_sympy(parse(form)) == expected


@pytest.mark.parametrize("op", FUNCTIONS)
def test_every_function_survives_the_way_there_and_back(op: str) -> None:
    tree = node(op, symbol("x"))
    assert from_sympy(to_sympy(tree)) == tree


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (x / y, "x/y"),
        (-x, "-x"),
        (sympy.Rational(-2, 3), "-2/3"),
        (sympy.Rational(2, 3) * x, "2*x/3"),
        (1 / sympy.sqrt(x), "1/sqrt(x)"),
        (-1 / (4 * x ** sympy.Rational(3, 2)), "-1/(4*x^(3/2))"),
        (x**-2, "1/x^2"),
        (sympy.exp(2 * x), "exp(2*x)"),
        (sympy.exp(-x), "exp(-x)"),
        (sympy.exp(1), "e"),
        (x**y, "x^y"),
        (x ** (-y), "x^(-y)"),
        (sympy.Integer(0), "0"),
        (2 / x, "2/x"),
        (sympy.Abs(x), "abs(x)"),
        (sympy.log(x) * sympy.pi, "pi*ln(x)"),
    ],
)
def test_a_sympy_expression_becomes_a_tree_as_people_write_it(value: sympy.Expr, text: str) -> None:
    assert to_text(from_sympy(value)) == text


@pytest.mark.parametrize(
    "form",
    ["x^2 sin x", "e^(2x)/x^3", "x^x", "log_2 x", "asec x", "sqrt(x^2+1)", "acoth(x) csch x",
     "ln|x|", "cbrt(x)/(1+x)", "5x^3-2x+7", "tan(3x)^2", "exp(-x^2/2)"],
)  # fmt: skip
def test_what_sympy_returns_for_a_derivative_keeps_its_value(form: str) -> None:
    real = sympy.Symbol("x", real=True)
    derivative = sympy.diff(to_sympy(parse(form), real=True), real)
    back = to_sympy(from_sympy(derivative), real=True)
    point = {real: sympy.Rational(137, 100)}
    assert abs(sympy.N((back - derivative).subs(point), 30)) < sympy.Float("1e-25")


@pytest.mark.parametrize(
    "value",
    [sympy.oo, sympy.zoo, sympy.nan, sympy.I, sympy.Float("0.5"), sympy.Symbol("foo"),
     sympy.Symbol("e"), sympy.Symbol("pi"), sympy.Function("f")(x), sympy.gamma(x), x > 0,
     sympy.Derivative(sympy.Function("f")(x), x), sympy.Piecewise((x, x > 0), (0, True)),
     sympy.DiracDelta(x), sympy.I * x],
)  # fmt: skip
def test_what_the_grammar_cannot_say_is_refused(value: sympy.Basic) -> None:
    with pytest.raises(ExpressionError):
        from_sympy(value)


def test_from_sympy_refuses_a_quotient_of_zero() -> None:
    with pytest.raises(ExpressionError):
        from_sympy(to_sympy(integer(1) / ZERO))


def test_without_sympy_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sympy", None)
    with pytest.raises(MissingExtraError, match="hrm-coprocessor\\[tools\\]"):
        to_sympy(symbol("x"))
