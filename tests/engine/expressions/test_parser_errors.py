"""Texts that are no expressions get one clear error: where, what, and what to do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrm_engine.errors import ExpressionError
from hrm_engine.expressions.parser import parse
from hrm_engine.expressions.printer import to_latex, to_text
from hrm_engine.expressions.tree import symbol

X, Y = symbol("x"), symbol("y")

#: A form, then "=>" and its tree as plain text.
WRONG = [
    ("sin(5x", "expected ')' after 'sin(5x', column 7", ""),
    ("(x+1", "expected ')' after '(x+1', column 5", ""),
    ("[x+1)", "expected ']' after '[x+1', column 5", ""),
    ("x)", "')' closes nothing, column 2", ""),
    ("x+", "expected a number, a name or '(' after 'x+', column 3", ""),
    ("*x", "expected a number, a name or '(', column 1", ""),
    ("x^^2", "expected a number, a name or '(' after 'x^', column 3", ""),
    ("()", "expected a number, a name or '('", ""),
    ("|x", "expected '|' after '|x', column 3", ""),
    ("sin", "expected the argument of sin after 'sin', column 4", ""),
    ("\\frac{1}", "expected a number, a name or '(' after '\\frac{1}'", ""),
    ("\\root 3 x", "expected \\of", ""),
    ("\\left(x", "expected ')'", ""),
    ("\\left.x\\right|", "expected '.'", ""),
    ("a+b+c+d+e+f+g+h+k+l+m+n+(", "after '…", ""),
    ("", "the expression is empty", "for example"),
    ("f(x) =", "the expression is empty", ""),
    ("foo", 'unknown name "foo", column 1', "f*o*o"),
    ("2 sim(x)", 'unknown name "sim", column 3', 'did you mean "sin"?'),
    ("derivative of x", 'unknown name "derivative"', "without words"),
    ("x" * 200, 'unknown name "xxxxxxxxxxxxxxxxxxxx…"', ""),
    ("\\operatorname{foo}(x)", 'unknown name "foo"', ""),
    ("\\foo{x}", "unknown command \\foo, column 1", ""),
    ("\\sum x", "unknown command \\sum", "one plain expression"),
    ("90^\\circ", "unknown command \\circ", "radians"),
    ("sin(30°)", 'unexpected character "°", column 7', "radians"),
    ("x!", 'unexpected character "!", column 2', "factorial"),
    ("x'", "unexpected character", "order of the derivative"),
    ("x > 1", 'unexpected character ">"', "comparison"),
    ("∫x", 'unexpected character "∫"', "integrand"),
    ("\x00x", 'unexpected character "U+0000", column 1', "backslash"),
    ("\x0crac{1}{2}", "unexpected control character U+000C, column 1", "a backslash was lost"),
    ("2 \tan x", "unexpected control character U+0009, column 3", "a backslash was lost"),
    ("\\left(x\right)", "unexpected control character U+000D", "a backslash was lost"),
    ("sin x = 1", "an equation is not an expression, column 7", "one side"),
    ("d/dx sin(x)", '"d/dx" is a request', "variable and order are arguments"),
    ("x d / dx x^2", '"d / dx" is a request', ""),
    ("\\frac{d}{dx} x^2", "is a request", ""),
    ("\\frac{d^2}{dx^2} x^2", "is a request", ""),
    ("\\frac{\\partial}{\\partial x} x^2", "is a request", ""),
    ("{d\\over dt}t^5", "is a request", ""),
    ("d(sin x)/dx", "is a request", ""),
    ("1e5", '"e" directly before a number is ambiguous, column 2', "10^5"),
    ("1.5e-3", "ambiguous", "10^5"),
    ("e5", "ambiguous", "e^5"),
    ("2½", "a mixed number is ambiguous", "5/2"),
    ("2 3", "two numbers stand side by side, column 3", "*"),
    ("1,000x", "expected an operator after '1'", "without commas"),
    ("sin(x, y)", "expected ')' after 'sin(x'", ""),
    ("sin_2(x)", "sin takes no subscript here", ""),
    ("log_2(x, 3)", "log takes no subscript here", ""),
    ("root(x)", "root needs two arguments", ""),
    ("arc(x)", "arc is no function", ""),
    ("arc ln x", "no function", ""),
    ("x_n", "a subscript must be a whole number", "x_1"),
    ("x_1_2", "expected an operator after 'x_1'", ""),
    ("erf(x)", 'the function "erf" is not supported', "supported are"),
    ("log1p(x)", 'the function "log1p" is not supported', ""),
    ("max(x, 1)", 'the function "max" is not supported', ""),
    ("\\over x", "\\over stands outside of a group", ""),
    ("1" * 41, "a number has more than 40 digits", "symbol"),
    ("x" + "+x" * 300, "the expression has 601 parts, more than 512", "smaller"),
    ("x" + "+x" * 80, "nested 81 deep, more than 64", "smaller"),
    ("x" * 2001, "the text has 2001 characters, more than 2000", "one expression"),
]


@pytest.mark.parametrize(("text", "problem", "hint"), WRONG)
def test_a_wrong_text_is_refused_with_place_and_reason(text: str, problem: str, hint: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert problem in caught.value.problem
    assert hint in caught.value.hint


def test_the_column_of_an_error_counts_the_characters_the_user_typed() -> None:
    with pytest.raises(ExpressionError) as caught:
        parse("½ + ﬁ @")
    assert caught.value.column == 7


@pytest.mark.parametrize(
    "tower", ["9^9^9^9", "10^(10^39)", "2^(2^(2^9))", "sqrt(2)^(10^9)", "(1+10^-30)^(10^9)",
              "(1/3)^1000", "2^((10^150)*(10^150))", "(2x)^(10^9)", "pi 9^(9^9.5)", "10^-250"]
)  # fmt: skip
def test_a_tower_of_constants_is_refused_before_anything_is_multiplied_out(tower: str) -> None:
    with pytest.raises(ExpressionError, match="digits"):
        parse(tower)


@pytest.mark.parametrize(
    "harmless", ["x^(10^39)", "10^199", "(-1)^(10^39)", "0^-1", "(2x)^1000", "(x+1000)^500",
                 "2^x^9", "3^(1/2)", "e^(10^30)", "sin(9)^(10^30)", "(1/0)^2", "2^(0^-1)",
                 "2^(3-1)", "2^(1+1)", "2^-(4/2)"]
)  # fmt: skip
def test_powers_that_cost_nothing_are_read(harmless: str) -> None:
    assert parse(parse_text := to_text(parse(harmless))) == parse(harmless), parse_text


NESTED = [
    "(" * 1000, "(" * 999 + "x" + ")" * 999, "sin(" * 400, "-" * 1999 + "x", "x^" * 999 + "x",
    "sin " * 499 + "x", "\\sqrt " * 330 + "x", "\\frac" * 399, "|" * 2000, "{" * 1000,
    "log_" * 499 + "x", "sin^" * 499 + "x", "√" * 1999 + "x", "\\left(" * 300, "2^" * 900 + "2",
    "x_" * 900, "\\frac{" * 300, "\\root " * 300, "abs " * 490 + "x", "e^" * 990 + "x",
    "(" * 100_000,
]  # fmt: skip


@pytest.mark.parametrize("text", NESTED, ids=lambda text: f"{text[:6]}x{len(text)}")
def test_deep_nesting_is_one_clear_error_even_on_a_deep_stack(text: str) -> None:
    def at_depth(frames: int) -> None:
        if frames:
            at_depth(frames - 1)
        else:
            parse(text)

    with pytest.raises(ExpressionError):
        at_depth(200)


FRAGMENTS = [
    "x", "y1", "e", "pi", "sin", "log", "ln", "arc", "_", "^", "-", "+", "*", "/", "(", ")", "[",
    "]", "{", "}", "|", ",", "=", ".", "!", "'", "$", " ", "1", "12", ".5", "²", "⁻¹", "½", "√",
    "₂", "θ", "dx", "root(", "log2", "f(x)=", "\u200b", "\x00", "\ud800", "\\frac", "\\sqrt",
    "\\left", "\\right", "\\left(", "\\right)", "\\left|", "\\right|", "\\left.", "\\right.",
    "\\over", "\\root", "\\of", "\\cdot", "\\,", "\\sin", "\\text{a}", "\\mathrm{e}",
]  # fmt: skip


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join) | st.text(max_size=20))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_any_text_is_an_expression_that_prints_back_or_one_clear_error(text: str) -> None:
    try:
        parsed = parse(text)
    except ExpressionError:
        return
    assert parse(to_text(parsed)) == parsed
    assert parse(to_latex(parsed)) == parsed
