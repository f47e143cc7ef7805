"""Right answers are accepted, in any form; where nothing can be known, it says so."""

from __future__ import annotations

import sys
from itertools import product

import pytest
import sympy

from hrm_engine.errors import MissingExtraError
from hrm_engine.expressions.parser import parse
from hrm_engine.expressions.sympy_bridge import from_sympy, to_sympy
from hrm_engine.expressions.tree import ARITY, FUNCTIONS, Expr, integer, node, symbol
from hrm_engine.expressions.verify import check_derivative, equivalent
from hrm_engine.tasks.base import Verdict

X = symbol("x")
INNER = ("3*x", "x/2 + 1/3", "x^2", "sqrt(x)", "exp(x)", "1/x")


def derivative_verdict(f: str, answer: str, variable: str = "x") -> Verdict:
    return check_derivative(parse(f), variable, parse(answer))


def equality_verdict(a: str, b: str) -> Verdict:
    return equivalent(parse(a), parse(b))


def sympy_derivative(f: Expr) -> Expr:
    return from_sympy(sympy.diff(to_sympy(f), sympy.Symbol("x")))


@pytest.mark.requirement("EN-8")
@pytest.mark.parametrize("name", ["exp", "ln", "sqrt", *FUNCTIONS])
def test_the_derivative_that_sympy_finds_is_accepted_for_every_function(name: str) -> None:
    for inner in INNER:
        f = node(name, parse(inner))
        verdict = check_derivative(f, "x", sympy_derivative(f))
        assert verdict.accepted, (inner, verdict)
        assert not check_derivative(f, "x", -sympy_derivative(f)).accepted


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("abs(x)", "sign(x)"),
        ("abs(x)", "x/abs(x)"),
        ("sign(x)", "0"),
        ("abs(x^2 - 4)", "2*x*sign(x^2 - 4)"),
        ("ln(abs(x))", "1/x"),
        ("ln(abs(sin(x)))", "cot(x)"),
        ("ln(abs(sec(x) + tan(x)))", "sec(x)"),
        ("x^x", "x^x*(1 + ln(x))"),
        ("x^n", "n*x^(n - 1)"),
        ("a^x", "a^x*ln(a)"),
        ("log_2(x)", "1/(x*ln(2))"),
        ("log_x(2)", "-ln(2)/(x*ln(x)^2)"),
        ("x^sin(x)", "x^sin(x)*(cos(x)*ln(x) + sin(x)/x)"),
        ("ln(x + sqrt(x^2 + 1))", "1/sqrt(x^2 + 1)"),
        ("asin(sin(x))", "cos(x)/abs(cos(x))"),
        ("asec(x)", "1/(abs(x)*sqrt(x^2 - 1))"),
        ("x^1000", "1000*x^999"),
        ("(x + 1)^1000", "1000*(x + 1)^999"),
        ("ln(5)*sqrt(-2)*x", "ln(5)*sqrt(-2)"),
        ("7", "0"),
        ("c^2", "0"),
        ("e^2*pi*x", "e^2*pi"),
    ],
)
def test_hand_worked_derivatives_are_accepted(f: str, answer: str) -> None:
    assert derivative_verdict(f, answer).accepted


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("(x + 1)^2", "x^2 + 2*x + 1"),
        ("(x^2 - 1)/(x - 1)", "x + 1"),
        ("sin(2*x)", "2*sin(x)*cos(x)"),
        ("sin(x)^2", "(1 - cos(2*x))/2"),
        ("tan(x/2)", "sin(x)/(1 + cos(x))"),
        ("cos(x + pi/2)", "-sin(x)"),
        ("sin(x + y)", "sin(x)*cos(y) + cos(x)*sin(y)"),
        ("cosh(x)^2 - sinh(x)^2", "1"),
        ("exp(x + y)", "exp(x)*exp(y)"),
        ("1/sqrt(x)", "sqrt(1/x)"),
        ("asinh(x)", "ln(x + sqrt(x^2 + 1))"),
        ("asec(x)", "acos(1/x)"),
        ("sqrt(3 + 2*sqrt(2))", "1 + sqrt(2)"),
        ("log_2(8)", "3"),
        ("sqrt(x^2)", "abs(x)"),
        ("ln(x^2)", "2*ln(abs(x))"),
        ("4", "4"),
    ],
)
def test_equivalent_forms_are_accepted_and_unequal_ones_are_not(a: str, b: str) -> None:
    assert equality_verdict(a, b).accepted
    assert equality_verdict(b, a).accepted
    assert equality_verdict(a, f"({b}) + x/10^9").status == "refuted"


def test_a_refutation_names_a_place() -> None:
    verdict = derivative_verdict("sin(a*x)", "cos(a*x)")
    assert verdict.status == "refuted"
    assert "x = " in verdict.note
    assert "a = " in verdict.note


def test_another_variable_may_be_asked_for() -> None:
    assert derivative_verdict("x^2*y^3", "3*x^2*y^2", "y").status == "proved"
    assert derivative_verdict("x^2*y^3", "2*x*y^3", "y").status == "refuted"


def test_an_answer_may_not_bring_its_own_letters() -> None:
    assert derivative_verdict("x^2", "2*x + c").status == "refuted"
    assert derivative_verdict("x^2", "2*x + c - c").accepted


# Where little can be known.


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("1/(x - x)", "0"),
        ("ln(x - x)", "1/(x - x)"),
        ("ln(-abs(x))", "1/x"),
        ("sqrt(-abs(x) - 1)", "x"),
        ("x^2", "2*x + ln(sin(x)^2 + cos(x)^2 - 1)"),
        ("x^2", "2*x + 0/(x - x)"),
    ],
)
def test_too_few_usable_points_are_no_pass(f: str, answer: str) -> None:
    verdict = derivative_verdict(f, answer)
    assert verdict.status == "unverified"
    assert "usable points" in verdict.note


def test_a_term_too_small_for_any_precision_is_no_pass() -> None:
    verdict = derivative_verdict("x^2", "2*x + exp(-10^6)*x")
    assert verdict.status == "unverified"
    assert "too small" in verdict.note


def test_an_answer_that_is_undefined_where_the_function_is_not_is_no_pass() -> None:
    half = derivative_verdict("x^2", "2*x*(sqrt(x^2) - x)/(sqrt(x^2) - x)")
    assert half.status == "unverified"
    assert "undefined" in half.note
    assert derivative_verdict("abs(x)", "exp(ln(x))/x").status == "unverified"


# Branches and domains.


def test_an_identity_of_one_branch_is_not_an_identity() -> None:
    assert equality_verdict("ln(x^2)", "2*ln(x)").status == "refuted"
    assert equality_verdict("2*ln(x)", "ln(x^2)").status == "refuted"
    assert equality_verdict("sqrt(x^2)", "x").status == "refuted"
    assert equality_verdict("sqrt(a^2)", "a").status == "refuted"
    assert derivative_verdict("asin(x/a)", "1/sqrt(a^2 - x^2)").status == "refuted"
    assert derivative_verdict("asec(x)", "1/(x*sqrt(x^2 - 1))").status == "refuted"


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("sqrt(x^3)", "3/2*sqrt(x)"),
        ("acosh(x)", "1/sqrt(x^2 - 1)"),
        ("x*sqrt(x^3)", "5/2*sqrt(x^3)"),
    ],
)
def test_an_answer_right_on_the_whole_real_domain_only_says_so(f: str, answer: str) -> None:
    verdict = derivative_verdict(f, answer)
    assert verdict.accepted
    if "another branch" not in verdict.note:
        assert verdict.status == "proved"
    assert derivative_verdict(f, f"-({answer})").status == "refuted"


def test_an_answer_right_on_half_of_the_real_domain_is_refuted() -> None:
    assert derivative_verdict("x^2*abs(x)", "3*x^2").status == "refuted"
    assert derivative_verdict("sqrt(x^6)", "3*x^2").status == "refuted"
    assert derivative_verdict("ln(x^2)/x", "(2 - 2*ln(x))/x^2").status == "refuted"


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("sqrt(-x)", "-1/(2*sqrt(-x))"),
        ("sqrt(-x - 10^6)", "-1/(2*sqrt(-x - 10^6))"),
        ("sqrt(x*(-1 - x))", "(-1 - 2*x)/(2*sqrt(-x^2 - x))"),
        ("abs(x)*sqrt(1 - 10^6*x^2)", "sign(x)*(1 - 2*10^6*x^2)/sqrt(1 - 10^6*x^2)"),
        ("abs(x) + acos(9*x - b)", "sign(x) - 9/sqrt(1 - (b - 9*x)^2)"),
        ("ln(ln(ln(x)))", "1/(x*ln(x)*ln(ln(x)))"),
        ("atanh(tanh(3*x + 2))", "3"),
    ],
)
def test_a_tiny_or_distant_real_domain_is_found(f: str, answer: str) -> None:
    assert derivative_verdict(f, answer).accepted
    assert not derivative_verdict(f, f"({answer})*(1 + 1/10^9)").accepted


def test_an_empty_real_domain_is_checked_in_the_complex_plane_and_noted() -> None:
    assert derivative_verdict("ln(-1 - x^2)", "2*x/(1 + x^2)").accepted
    assert derivative_verdict("ln(-1 - x^2)", "2*x/(2 + x^2)").status == "refuted"
    unproved = equality_verdict("asinh(sqrt(-2 - x^4))", "ln(sqrt(-2 - x^4) + sqrt(-1 - x^4))")
    assert unproved.status == "verified"
    assert "complex points" in unproved.note


def test_odd_roots_are_real_on_the_real_line() -> None:
    assert derivative_verdict("cbrt(x)", "1/(3*cbrt(x)^2)").accepted
    assert derivative_verdict("cbrt(x)", "1/(3*x^(2/3))").accepted
    assert derivative_verdict("cbrt(x)", "1/(3*cbrt(x^2))").accepted
    assert derivative_verdict("cbrt(x^2)", "2/(3*cbrt(x))").accepted
    assert derivative_verdict("cbrt(x^2)", "2/(3*cbrt(abs(x)))").status == "refuted"
    assert equality_verdict("cbrt(-8)", "-2").accepted
    assert equality_verdict("cbrt(-x)", "-cbrt(x)").note
    assert equality_verdict("cbrt(x)", "cbrt(-x)").status == "refuted"


def test_a_power_with_a_fraction_is_principal() -> None:
    assert derivative_verdict("x^(1/3)", "1/(3*x^(2/3))").status == "proved"
    assert not equality_verdict("(-8)^(1/3)", "-2").accepted


# Robustness.


def test_deep_and_wide_trees_are_no_trouble() -> None:
    deep = X
    for _ in range(200):
        deep = node("sin", deep)
    assert check_derivative(deep, "x", integer(0)).status in ("refuted", "unverified")
    wide = X
    for k in range(250):
        wide = wide + integer(k) * X
    assert check_derivative(wide, "x", integer(sum(range(250)) + 1)).status == "proved"


@pytest.mark.parametrize("arity", [0, 1, 2])
def test_every_operator_gets_a_verdict_whatever_its_arguments(arity: int) -> None:
    places = [integer(0), -integer(1), X - X, symbol("a")]
    for op in (op for op, needed in ARITY.items() if needed == arity and op not in ("int", "sym")):
        for args in product(places, repeat=arity):
            tree = node(op, *args)
            status = check_derivative(tree, "x", X * tree).status
            assert status in ("proved", "verified", "refuted", "unverified")


def test_a_missing_library_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hrm_engine.expressions.judge", None)
    with pytest.raises(MissingExtraError, match="python-flint"):
        equivalent(X, X)
