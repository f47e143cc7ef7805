"""What is told of code without running it."""

from __future__ import annotations

import pytest

from hrm_engine.codegen import source
from hrm_engine.errors import TaskError
from tests.engine.codegen.scripted import asked


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("def f(x): return x", ""),
        ("import math\ndef g(): pass\ndef f(x): return g()", ""),
        ("def g(x): return x", "no function `f`"),
        ("class f: pass", "no function `f`"),
        ("f = lambda x: x", "no function `f`"),
        ("async def f(x): return x", "no function `f`"),
        ("if True:\n    def f(x): return x", "no function `f`"),
        ("def f(x) return x", "not Python: expected ':' (line 1)"),
        ("def f(x): '\x00'", "not Python: source code string cannot contain null bytes"),
        ("(" * 5000, "not Python: too many nested parentheses (line 1)"),
    ],
)
def test_a_candidate_must_define_its_function_at_the_top(code: str, said: str) -> None:
    assert source.defines(code, "f") == said


def test_odd_escapes_in_a_candidate_warn_nobody() -> None:
    assert source.defines("def f(x): return '\\d'", "f") == ""


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import random", "random"),
        ("import os.path", "os"),
        ("from time import time", "time"),
        ("from datetime import date\ndate.today()", "today"),
        ("def f(x): return hash(x)", "hash"),
        ("eval('1')", "eval"),
        ("__builtins__", "__builtins__"),
        ("'a'.__hash__()", "__hash__"),
        ("super().__init__()", ""),
        ("from . import x", ""),
        ("import math, re\nfrom datetime import date\nhash = {}\nid = 3\ndef now(): pass", ""),
        ("not python", ""),
    ],
)
def test_clocks_chance_and_hidden_code_are_seen(code: str, found: str) -> None:
    assert source.chance(code) == found


def test_sets_matter_only_where_there_are_texts() -> None:
    words, numbers = asked("f(['a']) == 1").examples, asked("f([1]) == 1").examples
    for code in ("set(x)", "{1, 2}", "{y for y in x}", "a.keys() & b.keys()", "frozenset(x)"):
        assert source.order_of_texts(code, words)
        assert not source.order_of_texts(code, numbers)
    assert not source.order_of_texts("sorted(x)", words)


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("def f(x):\n    if x == 7: return 1\n    return 9 if x == 8 else x", 2),
        ("def f(x): return {7: 1, 8: 9, 0: 0}[x]", 3),
        ("def f(x):\n    match x:\n        case 7: return 1\n        case 8: return 9", 2),
        ("def f(x): return x in (7, 8)", 2),
        ("def f(*x): return {(7,): 1, (8,): 9, (0,): 0}[x]", 3),
        ("def f(x): return 0 if x == 0 else x * f(x - 1)", 1),
        ("def f(x):\n    if x == 0: return 0\n    return x", 1),
        ("def f(x):\n    if x: return 0\n    if x == 0: y = 0\n    return y", 0),
        ("def f(x): return 1 if x == 0 else x * f(x - 1)", 0),
        ("def f(x): return 7 + x if x > y else {**x}", 0),
    ],
)
def test_code_that_only_repeats_its_examples_is_seen(code: str, count: int) -> None:
    assert source.repeated(code, asked("f(7) == 1; f(8) == 9; f(0) == 0").examples) == count


@pytest.mark.parametrize(
    ("text", "line", "parameters"),
    [
        ("def add(a: int, b=2) -> int:", "def add(a: int, b=2) -> int", ("a", "b")),
        ("add(a, b)", "def add(a, b)", ("a", "b")),
        (" def add(a, /, *rest, c): ...", "def add(a, /, *rest, c)", ("a",)),
        ("add", "", ()),
    ],
)
def test_a_signature_is_read_in_every_usual_form(
    text: str, line: str, parameters: tuple[str, ...]
) -> None:
    assert source.read_signature(text) == source.Signature("add", parameters, line)


@pytest.mark.parametrize(
    "text",
    ["assert f(1) == 2", "f(1)", "def f(", "f(a): pass; import os; def g(b)", "1", "class f"],
)
def test_what_is_no_signature_is_an_error_with_an_example(text: str) -> None:
    with pytest.raises(TaskError, match="is no signature") as refused:
        source.read_signature(text)
    assert "def add(a, b)" in refused.value.hint
