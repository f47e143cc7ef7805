"""Examples are read as literals, in three spellings, and are worth what they say."""

from __future__ import annotations

from typing import Any

import pytest

from hrm_engine.codegen.examples import MOST, check, distinct, read_examples
from hrm_engine.errors import TaskError
from hrm_engine.evaluation.sandbox import Call, Example


def read(text: str, name: str = "") -> tuple[str, list[tuple[tuple[Any, ...], Any]]]:
    called, examples = read_examples(text, name)
    return called, [(each.call.arguments, each.expected) for each in examples]


@pytest.mark.parametrize(
    "text",
    [
        "assert add(1, 2) == 3\nassert add(-1, 0) == -1",
        "add(1, 2) == 3; assert add(-1, 0) is -1",
        ">>> add(1, 2)\n3\n>>> add(-1, 0)\n-1\n",
        "Two cases:\n\n    >>> add(1,\n    ...     2)\n    3\n\n    >>> add(-1, 0)\n    -1\n",
    ],
)
def test_asserts_comparisons_and_doctests_say_the_same(text: str) -> None:
    assert read(text) == ("add", [((1, 2), 3), ((-1, 0), -1)])


def test_json_names_no_function() -> None:
    text = '[{"inputs": [[1, 2]], "output": 3}, {"inputs": [[]], "output": null}]'
    assert read(text) == ("f", [(([1, 2],), 3), (([],), None)])
    assert read('{"inputs": [], "output": true}', "g") == ("g", [((), True)])


def test_truth_may_be_asserted_without_a_comparison() -> None:
    assert read("assert even(2)\nassert not even(3)") == ("even", [((2,), True), ((3,), False)])


def test_a_doctest_that_prints_nothing_wants_none() -> None:
    assert read(">>> f(1)\n>>> f(2)\n4") == ("f", [((1,), None), ((2,), 4)])


def test_values_may_be_any_literal() -> None:
    text = "f({'a': (1, 2.5)}, {3}, b'x', None, 1+2j, set()) == ['é', -0.0, True]"
    (given, wanted), *_ = read(text)[1]
    assert given == ({"a": (1, 2.5)}, {3}, b"x", None, 1 + 2j, set())
    assert wanted == ["é", 0.0, True]


def test_without_examples_the_name_is_the_one_asked_for() -> None:
    assert read("", "g") == ("g", [])
    assert read(" \n") == ("f", [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("f(1) == g(2)", "`g(2)` is no literal value"),
        ("f(__import__('os')) == 1", "`__import__('os')` is no literal value"),
        ("f(2**10) == 1", "is no literal value"),
        ("f(x) == 1", "`x` is no literal value"),
        ("f(a=1) == 1", "gives arguments by name"),
        ("a.f(1) == 1", "is no call of one function"),
        ("f(1) < 3", "is no example"),
        ("1 < f(1) < 3", "is no example"),
        ("x = f(1)", "is no example"),
        ("import os", "is no example"),
        ("f(1) ==", "cannot be read: invalid syntax (line 1)"),
        ("f(1) == 2\nf(2 == 4", "cannot be read"),
        ("f('\x00') == 1", "cannot be read"),
        ("f(" * 3000, "cannot be read"),
        ("f(" + "9" * 5000 + ") == 1", "cannot be read"),
        ("f(1) == 2; g(2) == 4", "the examples call `f` and `g`"),
        (">>> import os\n1", "is no call"),
        (">>> f(1)\nTraceback (most recent call last):\n...\nKeyError: 1", "cannot be read"),
        (">>> f(1)\nx = 1", "is no value"),
        (">>>f(1)\n1", "the doctests cannot be read"),
        ("[{", "the examples are not JSON"),
        ("[" * 100_000, "the examples are not JSON"),
        ("[1]", "1 is no example"),
        ('[{"inputs": [1]}]', "is no example"),
        ('[{"inputs": 1, "output": 1}]', "`inputs` is 1, no list"),
        ("f(1) == 1;" * (MOST + 1), f"{MOST + 1} examples are too many"),
    ],
)
def test_what_cannot_be_read_is_shown_with_a_remedy(text: str, said: str) -> None:
    with pytest.raises(TaskError) as refused:
        read_examples(text)
    assert said in refused.value.problem
    assert refused.value.hint


def test_the_signature_and_the_examples_must_name_one_function() -> None:
    with pytest.raises(TaskError, match="the signature names `g`, the examples call `f`"):
        read_examples("f(1) == 2", "g")


def examples(*pairs: tuple[Any, Any]) -> list[Example]:
    return [Example(Call("f", (given,)), wanted) for given, wanted in pairs]


def test_examples_that_agree_pass_the_check_however_often_they_are_said() -> None:
    nan = float("nan")
    check(examples((1, 2), (1, 2), (2, 4), ([1], nan), ([1], nan), (1.0, 3), ("1", 5), ((1,), 6)))


@pytest.mark.parametrize(
    "given", [1, "a", [1, [2]], {"a": {1, 2}}, (1.5, None), -0.0, float("nan")]
)
def test_two_results_for_one_call_are_an_error_that_names_both(given: Any) -> None:
    with pytest.raises(TaskError) as refused:
        check(examples((7, 0), (given, 1), (given, 2)))
    assert f"f({given!r}) == 1 and f({given!r}) == 2" in refused.value.problem


@pytest.mark.parametrize("value", [..., object(), [lambda: 0], {1: ...}])
def test_a_value_that_is_not_plain_is_an_error(value: Any) -> None:
    with pytest.raises(TaskError, match="which is no plain value"):
        check(examples((1, value)))
    with pytest.raises(TaskError, match="which is no plain value"):
        check(examples((value, 1)))


def test_a_value_nested_without_end_is_an_error() -> None:
    value: list[Any] = []
    for _ in range(60):
        value = [value]
    with pytest.raises(TaskError, match="nested too deeply"):
        check(examples((value, 1)))


@pytest.mark.parametrize(
    ("given", "count"),
    [
        ([1, 2, 3], 3),
        ([1, True, 1.0, 1 + 0j], 1),
        ([0, 0.0, -0.0, False], 1),
        ([[1], (1,), [1.0]], 1),
        ([{"a": 1, "b": 2}, {"b": 2, "a": 1}], 1),
        ([{1, 2}, {2, 1}, frozenset({1, 2})], 1),
        ([1, "1", b"1", None, [1]], 5),
        ([float("nan"), float("nan"), float("inf")], 2),
        ([10**400, 1e300, 2j], 3),
    ],
)
def test_calls_count_once_where_python_calls_them_equal(given: list[Any], count: int) -> None:
    assert distinct(examples(*((value, 0) for value in given))) == count
