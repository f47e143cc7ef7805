"""Expressions as tokens: the prompt's references, the target's rules, the answers' grammar."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrm_engine.data.generators.derivative import training
from hrm_engine.errors import TaskError
from hrm_engine.expressions.differentiate import differentiate
from hrm_engine.expressions.parser import parse
from hrm_engine.expressions.tree import Expr, node, symbol
from hrm_engine.tokens.maths import (
    EOS,
    IDS,
    MAX_ANSWER,
    MAX_PROMPT,
    VOCABULARY,
    PrefixConstraint,
    derivative_tokens,
    read_answer,
    write_prompt,
)

RULES = """
5            INT 0
x            INT 1
a*x          #1
sin(5x)      mul cos #1 #2
cos(x)       neg sin x
x^3          mul #1 pow x sub #1 INT 1
(3x)^2       mul mul #3 pow #1 sub #3 INT 1 #2
x + sin(x)   add INT 1 cos x
a - x        neg INT 1
x*ln(x)      add #1 mul x div INT 1 x
x/sin(x)     div sub #1 mul x cos x pow #1 INT 2
7/sin(x)     neg div mul #1 cos x pow #2 INT 2
exp(2x)      mul #0 #2
(e)^(2x)     mul #0 #3
2^(3x)       mul mul #0 ln #1 #3
x^x          mul #0 add ln x div x x
sqrt(x)      div INT 1 mul INT 2 #0
ln(3x)       div #2 #1
log_2(x)     div INT 1 mul x ln #1
cbrt(x)      div INT 1 mul #1 pow #0 sub #1 INT 1
|x|          sign x
sign(x)      INT 0
tan(x)       pow sec x INT 2
atan(x)      div INT 1 add pow x INT 2 INT 1
exp(x^2)     mul #0 mul #2 pow x sub #2 INT 1
"""


def spelt(tokens: list[int] | tuple[int, ...]) -> str:
    """Token ids as words."""
    return " ".join(VOCABULARY[token] for token in tokens)


def ids(words: str) -> list[int]:
    """Words as token ids."""
    return [IDS[word] for word in words.split()]


@pytest.mark.requirement("EN-8")
@pytest.mark.parametrize("row", RULES.strip().splitlines())
def test_each_rule_has_the_documented_target(row: str) -> None:
    text, target = row.split("  ", 1)
    prompt = write_prompt(parse(text.strip()), "x")
    assert spelt(derivative_tokens(prompt)) == target.strip()


def test_a_prompt_names_every_node_but_the_variable() -> None:
    prompt = write_prompt(parse("sin(50x) + b*k^b + pi"), "x")
    assert spelt(prompt.tokens) == (
        "<bos> #0 add #1 add #2 sin #3 mul #4 INT 5 0 x "
        "#5 mul #6 c0 #7 pow #8 c1 #9 c0 #10 pi <sep>"
    )
    assert prompt.letters == ("b", "k")
    assert prompt.nodes[3] == parse("50x")


def test_the_variable_may_have_any_name_and_x_may_be_a_constant() -> None:
    prompt = write_prompt(parse("x*t^2"), "t")
    assert spelt(prompt.tokens) == "<bos> #0 mul #1 c0 #2 pow x #3 INT 2 <sep>"
    assert read_answer(prompt, ids("mul #1 pow x c0")) == parse("x*t^x")


def test_a_target_spells_the_derivative_and_obeys_the_grammar() -> None:
    rng = np.random.default_rng(5)
    for _ in range(200):
        expr = training(rng)
        prompt = write_prompt(expr, "x")
        answer = derivative_tokens(prompt)
        assert read_answer(prompt, answer) == differentiate(expr, "x")
        grammar = PrefixConstraint.of(prompt)
        for token in (*answer, EOS):
            assert token in grammar.allowed()
            grammar = grammar.advance(token)
        assert grammar.allowed() == ()


@given(st.lists(st.integers(0, 10**6), min_size=40, max_size=40))
@settings(max_examples=100, deadline=None)
def test_whatever_the_grammar_allows_can_be_read(choices: list[int]) -> None:
    prompt = write_prompt(parse("sin(a*x)/12"), "x")
    grammar, tokens = PrefixConstraint.of(prompt), list[int]()
    for choice in choices:
        allowed = grammar.allowed()
        if EOS in allowed:
            assert isinstance(read_answer(prompt, tokens), Expr)
            return
        tokens.append(allowed[choice % len(allowed)])
        grammar = grammar.advance(tokens[-1])


def test_only_what_the_prompt_holds_is_allowed() -> None:
    allowed = PrefixConstraint.of(write_prompt(parse("sin(a*x)"), "x")).allowed()
    words = {VOCABULARY[token] for token in allowed}
    assert {"#0", "#1", "#2", "c0", "x", "INT", "sin", "add", "pi", "e"} <= words
    assert not {"#3", "c1", "7", "<eos>", "<pad>", "<sep>", "<bos>"} & words


def test_an_integer_has_digits_and_no_leading_zero() -> None:
    start = PrefixConstraint(references=1, letters=0)
    after_int = start.advance(IDS["INT"])
    assert set(spelt(after_int.allowed()).split()) == set("0123456789")
    assert after_int.advance(IDS["0"]).allowed() == (EOS,)
    assert set(spelt(after_int.advance(IDS["7"]).allowed()).split()) == {*"0123456789", "<eos>"}
    longest = after_int
    for _ in range(40):
        longest = longest.advance(IDS["7"])
    assert longest.allowed() == (EOS,)


@pytest.mark.parametrize(
    "words",
    ["", "add x", "x x", "INT", "7", "INT 7 sin", "x 7", "#9", "c0", "<eos>", "INT " + "1 " * 41],
)
def test_a_malformed_answer_is_a_task_error(words: str) -> None:
    with pytest.raises(TaskError, match="not an expression"):
        read_answer(write_prompt(parse("sin(x)"), "x"), ids(words))


@pytest.mark.parametrize(
    ("expr", "reason"),
    [
        (parse(" + ".join(f"{k}x" for k in range(2, 60))), "96 nodes"),
        (parse("+".join("9" * 30 + "x" for _ in range(10))), f"{MAX_PROMPT} tokens"),
        (parse("a b c d f g h k m x"), "8 letters"),
    ],
)
def test_what_is_too_long_for_the_network_is_a_task_error(expr: Expr, reason: str) -> None:
    with pytest.raises(TaskError, match=reason):
        write_prompt(expr, "x")


def test_an_answer_that_is_too_long_is_a_task_error() -> None:
    expr = symbol("x")
    for _ in range(12):
        expr = (
            node("acosh", node("log", expr, node("csch", expr))) if len(str(expr)) < 2500 else expr
        )
    with pytest.raises(TaskError, match=r"answer of \d+ tokens") as error:
        derivative_tokens(write_prompt(expr, "x"))
    assert int(str(error.value).split("answer of ")[1].split()[0]) > MAX_ANSWER


def test_the_vocabulary_has_no_word_twice() -> None:
    assert len(set(VOCABULARY)) == len(VOCABULARY) == 159
