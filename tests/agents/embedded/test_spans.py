"""Expressions are found in what people write, and words are not taken for mathematics."""

from __future__ import annotations

import numpy as np
import pytest

from hrm_agents.embedded.dialogues.dice import Dice
from hrm_agents.embedded.dialogues.questions import question
from hrm_agents.embedded.spans import find, letters
from hrm_agents.embedded.spoken import to_symbols

FOUND = [
    ("What's the derivative of sin(5x)?", "sin(5x)"),
    ("differentiate x^2 sin x with respect to x", "x^2 sin x"),
    ("derivative of 3x^2 + 2x - 7 please", "3x^2 + 2x - 7"),
    ("x cos x", "x cos x"),
    ("e^(-t/2) cos t", "e^(-t/2) cos t"),
    (r"\frac{x}{x+1}", r"\frac{x}{x+1}"),
    ("a*x^2 + b*x with respect to x", "a*x^2 + b*x"),
    ("I need the derivative of a x^2 + b x, my teacher said", "a x^2 + b x"),
    ("ln|x|", "ln|x|"),
    ("if f(x) = x^2 e^x, what is f'(x)?", "x^2 e^x"),
    ("Let h(x)=sqrt(1-x^2). Find h'(x).", "sqrt(1-x^2)"),
    ("y = -3x^2 + 4, find dy/dx", "-3x^2 + 4"),
    ("I'm told V = 4/3 pi r^3. dV/dr?", "4/3 pi r^3"),
    ("what is d/dx[ln(x^2+1)]?", "ln(x^2+1)"),
    ("d²/dx² of x^4?", "x^4"),
    ("d^2/dx^2 (x^2+1)", "x^2+1"),
    ("∂/∂y of x^2*y", "x^2*y"),
    ("d(x^3)/dx", "x^3"),
    ("diff(x^2*sin(x), x)", "x^2*sin(x)"),
    ("D[x^2, {x, 2}]", "x^2"),
    (r"f(x)=e^{3x}\cos(2x). f'(x)=?", r"e^{3x}\cos(2x)"),
    (r"Compute $\frac{d}{dx}\left[\frac{\sin x}{x}\right]$", r"\frac{\sin x}{x}"),
    (r"\( x^2 e^{-x} \) differentiate", "x^2 e^{-x}"),
    ("differentiate `5*x**3 - 2/x`", "5*x**3 - 2/x"),
    ("the function 3x² − 5x + 2, its derivative", "3x² − 5x + 2"),
    ("√(x²+1) please", "√(x²+1)"),
    ("derivative of xsinx and so on", "xsinx"),
    ("differentiate x**4 3 times", "x**4"),
    ("the 2nd derivative of x^5", "x^5"),
    ("take derivative of e^x*sin(x) w.r.t x.", "e^x*sin(x)"),
    ("Differentiate: (a) x^2", "x^2"),
    ("- x^3", "x^3"),
    ("f : x ↦ x^2", "x^2"),
    ("derivative of 7", "7"),
    ("derivative of pi", "pi"),
    ("f(x)=|x-2|", "|x-2|"),
    ("sin^2(3x) + cos^2(3x) = 1", "sin^2(3x) + cos^2(3x)"),
    ("(derivative of sin(5x))", "sin(5x)"),
    ("differentiate (sin(5x", "sin(5x"),
    ("Sin(x) and COS(2X)", "Sin(x)"),
    ("differentiate log_2(x)", "log_2(x)"),
]
NOTHING = [
    "x to the power 3",
    "the derivatives market crashed",
    "is this film derivative?",
    "the cost of my tax and the tangent line",
    "don't differentiate, just say hello",
    "a or I",
    "what is f(x)?",
    "sin cos tan",
    "",
    "()[]{} + - * /",
    "who are you, by the way?",
]


@pytest.mark.parametrize(("text", "expression"), FOUND)
def test_the_expression_is_among_the_candidates(text: str, expression: str) -> None:
    assert expression in find(text)


@pytest.mark.parametrize("text", NOTHING)
def test_words_are_no_expression(text: str) -> None:
    assert find(text) == []


def test_every_candidate_occurs_in_the_text_verbatim() -> None:
    dice = Dice(np.random.default_rng(3))
    for _ in range(300):
        text = question(dice).text
        assert all(span in text for span in find(text))


@pytest.mark.requirement("CP-1")
def test_nearly_every_expression_of_the_training_questions_is_found() -> None:
    dice = Dice(np.random.default_rng(11))
    asked = [question(dice) for _ in range(1500)]
    found = sum(one.expression in find(one.text) for one in asked)
    assert found >= 0.995 * len(asked)


def test_the_letters_of_a_question_are_those_of_its_mathematics() -> None:
    assert letters("What's d/dt of a*t^2, my friend?") == ["t", "a"]
    assert letters("if u(s) = 3s, du/ds") == ["s"]
    assert letters(r"\sin(\theta) with respect to θ") == ["θ"]
    assert letters("thetax and xsiny") == ["x", "y"]
    assert letters("hello there") == []


SPOKEN = [
    ("derivative of three x squared plus sine of 2 x", "derivative of 3 x^2 + sin(2 x)"),
    ("x cubed minus four x", "x^3 - 4 x"),
    ("e to the minus x", "e^(-x)"),
    ("e to the power of 3x", "e^(3x)"),
    ("x to the fourth plus one over x", "x^4 + 1/x"),
    ("y raised to the power of five", "y^5"),
    ("x to the 7th", "x^7"),
    ("the square root of x", "sqrt(x)"),
    ("sine squared of x", "sin^2(x)"),
    ("natural log of (x + 1)", "ln(x + 1)"),
    ("x sine x", "x sin(x)"),
    ("log base 2 of x", "log_2(x)"),
    ("open bracket x plus 1 close bracket squared", "(x + 1)^2"),
    ("half x squared", "1/2 x^2"),
    ("x plus y plus z", "x + y + z"),
]
UNSPOKEN = [
    "What's the derivative of sin(5x)?",
    "differentiate x^2 three times",
    "i need the slope of a curve over time",
    "how does it compare to the x axis",
    "sin x and ln 2x",
    "the tangent to x^2",
    "twice two is plus minus nothing",
]


@pytest.mark.parametrize(("said", "written"), SPOKEN)
def test_spoken_mathematics_is_written_in_symbols(said: str, written: str) -> None:
    assert to_symbols(said) == written


@pytest.mark.parametrize("text", UNSPOKEN)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert to_symbols(text) == text
