"""How a snippet is called with the arguments that will be given."""

from __future__ import annotations

from typing import Any

import pytest

from hrm_engine.codegen.library.fitting import Asked, fits
from hrm_engine.codegen.library.naming import renamed, wrapped
from hrm_engine.codegen.library.snippet import Snippet
from hrm_engine.codegen.request import Request
from hrm_engine.evaluation.sandbox import Call, Example
from tests.engine.codegen.library_toys import snippet

TOTAL = snippet("total", "xs", "sum(xs)", examples=((([1, 2],), 3),))
CONE = snippet("cone", "radius, height", "radius * height", examples=(((1, 2), 2),))
FIRST = snippet("first", "xs, n", "xs[:n]", examples=((([1, 2], 1), [1]),))
SHOUT = snippet("shout", "text", "text.upper()", examples=((("a",), "A"),))
ANY = snippet("count_all", "*rest", "len(rest)")


def asked(signature: str, *examples: tuple[tuple[Any, ...], Any]) -> Asked | None:
    shown = tuple(Example(Call("f", given), result) for given, result in examples)
    return Asked.of(Request("?", "f", signature, shown))


def ways(known: Snippet, signature: str, *examples: tuple[tuple[Any, ...], Any]) -> list[str]:
    return [fit.expression for fit in fits(known, asked(signature, *examples))]


@pytest.mark.parametrize(
    ("known", "signature", "expressions"),
    [
        (TOTAL, "", [""]),
        (TOTAL, "def f(values)", [""]),
        (TOTAL, "def f(values: list[int]) -> int", [""]),
        (TOTAL, "def f(*values)", [""]),
        (TOTAL, "no signature", [""]),
        (TOTAL, "def f(values, n)", ["total(values)", "total([values, n])"]),
        (TOTAL, "def f(a, b, c)", ["total([a, b, c])"]),
        (TOTAL, "def f()", []),
        (CONE, "def f(a, b)", [""]),
        (CONE, "def f(radius, height)", [""]),
        (CONE, "def f(height, radius)", ["cone(radius, height)", ""]),
        (CONE, "def f(h, r)", ["cone(r, h)", ""]),
        (CONE, "def f(a)", []),
        (FIRST, "def f(values)", ["first(values, len(values))"]),
        (FIRST, "def f(values, k, start=0)", [""]),
        (ANY, "def f(a, b)", [""]),
    ],
)
def test_a_signature_tells_how_a_snippet_can_be_called(
    known: Snippet, signature: str, expressions: list[str]
) -> None:
    assert ways(known, signature) == expressions


def test_an_argument_that_always_is_the_length_of_another_is_left_out() -> None:
    size = (([1, 2, 3], 3), 6), (([5], 1), 5)
    assert ways(TOTAL, "def f(a, count)", *size) == ["total(a)"]
    assert ways(TOTAL, "", *size) == ["total(arg1)"]
    assert ways(TOTAL, "def f(a, n)", (([1, 2, 3], 2), 3)) == []


def test_true_is_not_the_length_of_one() -> None:
    assert ways(TOTAL, "def f(a, n)", (([1], True), 1)) == []


def test_examples_tell_the_order_of_arguments_by_their_kinds() -> None:
    assert ways(FIRST, "def f(n, items)", ((2, [3, 4, 5]), [3, 4])) == ["first(items, n)"]


def test_arguments_of_one_kind_are_tried_in_every_order_at_last() -> None:
    assert ways(CONE, "def f(a, b)", ((3, 4), 12)) == ["", "cone(b, a)"]


def test_an_argument_of_a_kind_that_a_snippet_is_not_shown_with_does_not_fit() -> None:
    assert ways(TOTAL, "def f(text)", (("abc",), "ABC")) == []
    assert ways(SHOUT, "def f(text)", (("abc",), "ABC")) == [""]


def test_a_result_is_converted_where_the_examples_want_another_container() -> None:
    assert ways(FIRST, "", (((3, 4), 1), (3,))) == ["tuple(first(arg1, arg2))"]
    assert ways(FIRST, "", (([3, 4], 1), {3})) == ["set(first(arg1, arg2))"]


def test_a_result_of_another_kind_puts_a_snippet_behind() -> None:
    (near,) = fits(TOTAL, asked("", (([1],), 1)))
    (far,) = fits(TOTAL, asked("", (([1],), "one")))
    (truth,) = fits(TOTAL, asked("", (([1],), True)))
    assert (near.distance, far.distance, truth.distance) == (0, 2, 2)


def call(code: str, name: str, *arguments: Any) -> Any:
    space: dict[str, Any] = {}
    exec(code, space)  # noqa: S102 - code of this test
    return space[name](*arguments)


FACTORIAL = "def fact(n):\n    return n * fact(n - 1) if n else 1  # fact\n"


def test_a_function_that_calls_itself_is_renamed_in_every_place() -> None:
    code = renamed(FACTORIAL, "fact", "product_to")
    assert code == FACTORIAL.replace("fact(", "product_to(")
    assert call(code, "product_to", 5) == 120


def test_a_name_behind_letters_of_several_bytes_is_found() -> None:
    code = renamed("def f(x):\n    return 'ü' and f(x - 1) if x else 0\n", "f", "g")
    assert code == "def g(x):\n    return 'ü' and g(x - 1) if x else 0\n"


def test_the_same_name_changes_nothing() -> None:
    assert renamed(FACTORIAL, "fact", "fact") == FACTORIAL


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("def helper(): return 1\ndef f(): return helper()\n", "helper"),
        ("def f(total): return total\n", "total"),
        ("import math\ndef f(): return math.pi\n", "math"),
        ("from math import pi as circle\ndef f(): return circle\n", "circle"),
        ("class Pair: pass\ndef f(): return Pair()\n", "Pair"),
        ("def f(): return len([])\n", "len"),
        ("def f():\n    f = 1\n    return f\n", "g"),
        ("def f(f): return f\n", "g"),
    ],
)
def test_a_name_that_has_another_meaning_there_is_not_given(code: str, name: str) -> None:
    assert renamed(code, "f", name) is None


def test_a_wrapper_of_the_same_name_leaves_the_recursion_alone() -> None:
    code = wrapped(FACTORIAL, "fact", "fact", ["n", "k"], "fact(n)")
    assert code is not None
    assert call(code, "fact", 5, 0) == 120
    assert "def _fact(n):" in code


def test_a_wrapper_may_have_a_parameter_called_as_the_snippet() -> None:
    code = wrapped(FACTORIAL, "fact", "f", ["fact"], "fact(fact)")
    assert code is not None
    assert call(code, "f", 4) == 24


@pytest.mark.parametrize(
    ("code", "asked_name", "parameters", "expression"),
    [
        ("def f(x): return helper(x)\ndef helper(x): return x\n", "helper", ["x"], "f(x)"),
        ("def f(x): return x\n", "g", ["len"], "f(len(len))"),
        ("def f(x):\n    f = 1\n    return f\n", "f", ["x"], "f(x)"),
    ],
)
def test_a_wrapper_that_would_hide_a_needed_name_is_not_made(
    code: str, asked_name: str, parameters: list[str], expression: str
) -> None:
    assert wrapped(code, "f", asked_name, parameters, expression) is None
