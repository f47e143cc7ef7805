"""Tokens: one canonical form for three notations, each with the place it came from."""

from __future__ import annotations

import pytest

from hrm_engine.errors import ExpressionError
from hrm_engine.expressions.lexer import tokenize
from hrm_engine.expressions.names import is_symbol, split_run, suggest, whole_name
from hrm_engine.expressions.source import read_source


def _tokens(text: str) -> list[tuple[str, str]]:
    source = read_source(text)
    tokens, _ = tokenize(source, 0, len(source.clean))
    return [(token.kind, token.text) for token in tokens[:-1]]


@pytest.mark.parametrize("other", ["x^(2)", "x**(2)", "x²", "x ^ ( 2 )", "x\u200b^\u00a0(2)"])
def test_a_power_has_the_same_tokens_in_every_notation(other: str) -> None:
    wanted = [("symbol", "x"), ("operator", "^"), ("open", "("), ("number", "2"), ("close", ")")]
    assert _tokens(other) == wanted


def test_every_token_knows_what_the_user_wrote_there() -> None:
    source = read_source("½·ｘ + \\sin θ")
    tokens, _ = tokenize(source, 0, len(source.clean))
    written = [source.quote(token.start, token.end) for token in tokens]
    assert written == ["½", "½", "½", "½", "½", "·", "ｘ", "+", "\\sin", "θ", ""]
    assert source.column(tokens[-2].start) == 12


def test_spacing_and_size_commands_leave_no_token() -> None:
    assert _tokens(r"\displaystyle x\,\;\!\:\ \quad\qquad~\big( y \Bigr)") == [
        ("symbol", "x"), ("open", "("), ("symbol", "y"), ("close", ")")
    ]  # fmt: skip


def test_fences_lose_their_left_and_right_but_keep_their_shape() -> None:
    assert _tokens(r"\left( \left| \lvert \right. \right\} \left\lbrack |") == [
        ("open", "("), ("open", "|"), ("open", "|"), ("close", "."), ("close", "}"),
        ("open", "["), ("bar", "|"),
    ]  # fmt: skip


def test_styled_letters_are_letters_and_styled_names_are_names() -> None:
    assert _tokens(r"\mathbf{x}\mathrm{e}\operatorname{arc\,tg}".replace("\\,", "")) == [
        ("symbol", "x"), ("constant", "e"), ("function", "atan")
    ]  # fmt: skip
    assert _tokens("\\mathrm{θ}\\text{ }") == [("symbol", "θ")]


def test_digits_after_a_letter_belong_to_it_unless_they_are_a_decimal() -> None:
    assert _tokens("x12") == [("symbol", "x12")]
    assert _tokens("x1.5") == [("symbol", "x"), ("number", "1.5")]
    assert _tokens("θ2") == [("symbol", "θ2")]
    assert _tokens("sin2") == [("function", "sin"), ("number", "2")]


@pytest.mark.parametrize(
    ("run", "pieces"),
    [
        ("x", ["x"]),
        ("xsin", ["x", "sin"]),
        ("sinhx", ["sinh", "x"]),
        ("xatanx", ["x", "atan", "x"]),
        ("lnsinx", ["ln", "sin", "x"]),
        ("arctgx", ["atan", "x"]),
        ("pix", ["pi", "x"]),
        ("theta", ["θ"]),
        ("Omega", ["Ω"]),
        ("mgh", ["m", "g", "h"]),
        ("PI", ["pi"]),
        ("cosinus", ["cos"]),
    ],
)
def test_letters_written_together_split_at_the_longest_names(run: str, pieces: list[str]) -> None:
    split = split_run(run, called=False)
    assert split is not None
    assert [text for _, text, _ in split] == pieces
    assert sum(length for _, _, length in split) == len(run)


@pytest.mark.parametrize("run", ["foo", "word", "xx", "sinuous", "abcd", "xyzzy"])
def test_letters_that_look_like_a_word_are_not_taken_apart(run: str) -> None:
    assert split_run(run, called=False) is None


def test_three_letters_before_parentheses_are_a_function_we_do_not_know() -> None:
    assert split_run("bar", called=True) is None
    assert split_run("bar", called=False) is not None


def test_a_name_is_known_in_any_case_but_greek_capitals_differ() -> None:
    assert whole_name("ArcSin") == ("function", "asin")
    assert whole_name("gamma") == ("symbol", "γ")
    assert whole_name("Gamma") == ("symbol", "Γ")
    assert whole_name("nothing") is None


def test_a_hint_names_the_nearest_function_first() -> None:
    assert suggest("sim") == 'did you mean "sin"?'
    assert suggest("omegga") == 'did you mean "omega"?'
    assert suggest("qq") == "write q*q for a product of letters"
    assert "without words" in suggest("question")


@pytest.mark.parametrize("name", ["x", "E", "θ", "Σ", "x1", "α12", "i", "d"])
def test_one_letter_with_digits_is_a_symbol(name: str) -> None:
    assert is_symbol(name)


@pytest.mark.parametrize("name", ["", "e", "π", "e1", "xy", "x_1", "1", "x²", "ж", "é", "x1a"])
def test_anything_else_is_no_symbol(name: str) -> None:
    assert not is_symbol(name)


def test_raised_words_and_signs_without_meaning_are_refused() -> None:
    for text in ("x™", "x§", "日", "\ud800", "#", "x;y"):
        with pytest.raises(ExpressionError, match="unexpected character"):
            _tokens(text)
