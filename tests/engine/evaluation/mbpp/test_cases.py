"""Asserts are taken apart: what runs in the sandbox, and what it must give, are kept apart."""

from __future__ import annotations

import sys

import pytest

from hrm_engine.errors import TaskError
from hrm_engine.evaluation.mbpp.cases import read_case
from hrm_engine.evaluation.sandbox import Call


def test_a_call_with_literals_is_a_call_and_an_expected_value() -> None:
    case = read_case("assert f([1, -2], {'a': (None, 1j)}, key=True) == {1, 2} ", 1)
    assert case.call == Call("f", ([1, -2], {"a": (None, 1j)}), {"key": True})
    assert (case.expected, case.built, case.rel_tol) == ({1, 2}, "", 0.0)


def test_brackets_around_the_call_change_nothing() -> None:
    assert read_case("assert (f(1)) == (2)", 1).call == Call("f", (1,), {})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2.0 / 4", 0.5),
        ("1 + 2 * 3 - 4", 3),
        ("set([1, 1])", {1}),
        ("tuple([1, 2])", (1, 2)),
        ("sys.getsizeof((1, 2))", sys.getsizeof((1, 2))),
    ],
)
def test_arithmetic_and_containers_of_literals_are_constants(text: str, value: object) -> None:
    case = read_case(f"assert f({text}) == {text}", 1)
    assert (case.call.arguments, case.expected, case.built) == ((value,), value, "")


def test_a_left_side_that_is_no_plain_call_is_built_in_the_sandbox() -> None:
    case = read_case("assert chain([Pair(1, 2)], 1) == 3", 2)
    assert case.call == Call("case_2_", (), {})
    assert case.built == "def case_2_():\n    return chain([Pair(1, 2)], 1)\n"
    assert case.expected == 3


@pytest.mark.parametrize(
    ("text", "left", "expected"),
    [
        ("assert int(f(5)) == 35", "int(f(5))", 35),
        ("assert f('a')", "bool(f('a'))", True),
        ("assert not f('a')", "bool(f('a'))", False),
    ],
)
def test_the_expected_value_never_enters_the_sandbox(
    text: str, left: str, expected: object
) -> None:
    case = read_case(text, 1)
    assert case.built == f"def case_1_():\n    return {left}\n"
    assert case.expected == expected


def test_is_close_keeps_its_tolerance() -> None:
    case = read_case("assert math.isclose(f(10), 4188.79, rel_tol=0.001)", 1)
    assert (case.call, case.expected, case.rel_tol) == (Call("f", (10,), {}), 4188.79, 0.001)
    assert read_case("assert math.isclose(f(10), 1.5)", 1).rel_tol == 1e-9


@pytest.mark.parametrize(
    "text",
    [
        "assert f(1) == g(2)",
        "assert f(1) == open('x')",
        "assert f(1) == 'a' * 9",
        "assert f(1) == set(x=1)",
        "f(1) == 2",
        "assert f(",
        "",
    ],
)
def test_what_has_no_constant_expected_value_is_refused(text: str) -> None:
    with pytest.raises(TaskError):
        read_case(text, 1)
