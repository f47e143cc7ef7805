"""Printing and reading are inverse to each other, for every tree of the grammar."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hrm_engine.errors import ExpressionError
from hrm_engine.expressions.limits import check_limits
from hrm_engine.expressions.parser import parse
from hrm_engine.expressions.printer import from_prefix, to_latex, to_prefix, to_text
from hrm_engine.expressions.tree import (
    ARITY,
    MAX_CHARACTERS,
    MAX_DEPTH,
    PI,
    E,
    Expr,
    integer,
    node,
    symbol,
)

X = symbol("x")
UNARY = sorted(op for op, arity in ARITY.items() if arity == 1)
BINARY = sorted(op for op, arity in ARITY.items() if arity == 2)

leaves = st.one_of(
    st.integers(0, 10**12).map(integer),
    st.sampled_from(["x", "y", "a", "d", "f", "i", "n", "s", "E", "θ", "x1", "ρ12"]).map(symbol),
    st.sampled_from([PI, E]),
)  # fmt: skip


def _grow(children: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    return st.one_of(
        st.builds(node, st.sampled_from(UNARY), children),
        st.builds(node, st.sampled_from(BINARY), children, children),
        st.builds(Expr.__neg__, children),
    )


trees = st.recursive(leaves, _grow, max_leaves=25)


@given(trees)
@settings(max_examples=250, deadline=None, derandomize=True)
@pytest.mark.requirement("QA-2")
def test_reading_a_printed_tree_gives_the_same_tree(tree: Expr) -> None:
    try:
        check_limits(tree)
    except ExpressionError:
        assume(False)
    for printed in (to_text(tree), to_latex(tree)):
        if len(printed) <= MAX_CHARACTERS:
            assert parse(printed) == tree, printed
    assert from_prefix(to_prefix(tree)) == tree


CHAINS: dict[str, Callable[[Expr], Expr]] = {
    "right sum": lambda e: X + e,
    "left sum": lambda e: e - X,
    "negation": lambda e: -e,
    "power": lambda e: X**e,
    "base": lambda e: e**X,
    "quotient": lambda e: X / e,
    "numerator": lambda e: e / X,
    "product": lambda e: X * e,
    "sine": lambda e: node("sin", e),
    "root": lambda e: node("sqrt", e),
    "index": lambda e: node("root", e, X),
    "logarithm": lambda e: node("log", e, X),
    "bars": lambda e: node("abs", e),
    "exponential": lambda e: node("exp", e),
    "fraction to a power": lambda e: (X / e) ** X,
    "negative product": lambda e: X * (-e),
}


@pytest.mark.parametrize("name", CHAINS)
def test_the_deepest_trees_are_read_back_too(name: str) -> None:
    tree: Expr = X
    for _ in range(MAX_DEPTH):
        try:
            check_limits(CHAINS[name](tree))
        except ExpressionError:
            break
        tree = CHAINS[name](tree)
    for printed in (to_text(tree), to_latex(tree)):
        if len(printed) <= MAX_CHARACTERS:
            assert parse(printed) == tree


@pytest.mark.parametrize(
    ("form", "text", "latex"),
    [
        ("5cos(5x)", "5*cos(5*x)", r"5\cos\left(5x\right)"),
        ("x^2 sin x", "x^2*sin(x)", r"x^{2}\sin\left(x\right)"),
        ("e^(2x)", "exp(2*x)", r"e^{2x}"),
        ("1/(2 sqrt x)", "1/(2*sqrt(x))", r"\frac{1}{2\sqrt{x}}"),
        ("-sin x", "-sin(x)", r"-\sin\left(x\right)"),
        ("x-1", "x - 1", "x - 1"),
        ("ln|x|", "ln(abs(x))", r"\ln\left(\left|x\right|\right)"),
        ("log_2 x", "log_2(x)", r"\log_{2}\left(x\right)"),
        ("cbrt x", "cbrt(x)", r"\sqrt[3]{x}"),
        ("sin^2 x", "sin(x)^2", r"\sin^{2}\left(x\right)"),
        ("sin(x)^-1", "sin(x)^(-1)", r"\sin\left(x\right)^{-1}"),
        ("arsinh x + arcsin x", "asinh(x) + asin(x)",
         r"\operatorname{arsinh}\left(x\right) + \arcsin\left(x\right)"),
        ("(x+1)/(x-1)", "(x + 1)/(x - 1)", r"\frac{x + 1}{x - 1}"),
        ("a-(b-c)", "a - (b - c)", r"a - \left(b - c\right)"),
        ("x+-1", "x + (-1)", r"x + \left(-1\right)"),
        ("2*3", "2*3", r"2 \cdot 3"),
        ("2(1/3)", "2*(1/3)", r"2 \cdot \frac{1}{3}"),
        ("θ x1", "θ*x1", r"\theta x_{1}"),
        ("s*i*n", "s*i*n", "s i n"),
        ("sgn(x) pi", "sign(x)*pi", r"\operatorname{sgn}\left(x\right)\pi"),
        ("(e)^x", "(e)^x", r"\left(e\right)^{x}"),
        ("(-2)^2", "(-2)^2", r"\left(-2\right)^{2}"),
        ("(x^2)^3", "(x^2)^3", r"\left(x^{2}\right)^{3}"),
    ],
)  # fmt: skip
def test_an_expression_prints_as_people_write_it(form: str, text: str, latex: str) -> None:
    tree = parse(form)
    assert to_text(tree) == text
    assert to_latex(tree) == latex


def test_prefix_tokens_spell_integers_digit_by_digit() -> None:
    tokens = ["sub", "sin", "mul", "INT", "1", "2", "x", "pi"]
    assert to_prefix(parse("sin(12x) - pi")) == tokens
    assert from_prefix(tokens) == parse("sin(12x) - pi")
    assert to_prefix(integer(-5)) == ["neg", "INT", "5"]


@pytest.mark.parametrize(
    "tokens",
    [[], ["add", "x"], ["x", "x"], ["INT"], ["INT", "x"], ["5"], ["x", "5"], ["int"], ["sym"],
     ["foo"], ["x_1"], ["INT", *"1" * 41], ["mul", "INT", "1"], ["sin"]],
)  # fmt: skip
def test_prefix_tokens_that_hold_no_expression_are_refused(tokens: list[str]) -> None:
    with pytest.raises(ExpressionError):
        from_prefix(tokens)


def test_a_long_prefix_list_cannot_exhaust_the_stack() -> None:
    tree = from_prefix(["neg"] * 5_000 + ["x"])
    assert len(to_prefix(tree)) == 5_001
