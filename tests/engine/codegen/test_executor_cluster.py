"""Candidates vote by what they do; nothing of theirs is compared in their own process."""

from __future__ import annotations

from typing import Any

import pytest

from hrm_engine.codegen.cluster import Clusters
from hrm_engine.codegen.probes import MOST, derived_calls, variants
from hrm_engine.evaluation.sandbox import Call, Example, Limits, Sandbox

DOUBLE = "def f(x):\n    return 2 * x\n"
SUM = "def f(x):\n    return x + x\n"
SQUARE = "def f(x):\n    return x ** 2\n"
FOUR = "def f(x):\n    return 4\n"
BROKEN = "def f(x):\n    return x.y\n"
ENDLESS = "def f(x):\n    while x == x: pass\n"


def example(argument: Any, expected: Any) -> Example:
    return Example(Call("f", (argument,)), expected)


def order(sandbox: Sandbox, codes: list[str], *examples: Example) -> list[str]:
    clusters = Clusters(examples, sandbox)
    for code in codes:
        clusters.add(code)
    return list(clusters.ordered())


def test_programs_that_pass_alike_are_told_apart_by_inputs_nearby(sandbox: Sandbox) -> None:
    clusters = Clusters([example(2, 4)], sandbox)
    doubled = clusters.add(DOUBLE)
    assert clusters.add(SUM) is doubled
    assert clusters.add(SQUARE) is not doubled
    assert clusters.add(FOUR) is not doubled
    assert (doubled.votes, doubled.passed, doubled.members) == (2, 1, [DOUBLE, SUM])


def test_the_larger_cluster_comes_first_and_the_shorter_code_within_it(sandbox: Sandbox) -> None:
    longer = DOUBLE.replace("2 * x", "2 * x + 0")
    found = order(sandbox, [FOUR, SQUARE, longer, DOUBLE], example(2, 4))
    assert found == [DOUBLE, FOUR, SQUARE, longer]


def test_the_same_text_counts_as_often_as_it_was_drawn(sandbox: Sandbox) -> None:
    assert order(sandbox, [DOUBLE, FOUR, FOUR], example(2, 4))[0] == FOUR


def test_examples_passed_count_more_than_votes(sandbox: Sandbox) -> None:
    found = order(sandbox, [SQUARE, SQUARE, SQUARE, DOUBLE], example(2, 4), example(3, 6))
    assert found == [DOUBLE, SQUARE]


def test_programs_that_fail_alike_do_not_outvote_one_that_answers(sandbox: Sandbox) -> None:
    other = BROKEN.replace("x.y", "x.z")
    assert order(sandbox, [BROKEN, other, FOUR], example(2, 5)) == [FOUR, BROKEN, other]


def test_a_program_without_an_end_is_stopped_and_comes_last(sandbox: Sandbox) -> None:
    clusters = Clusters([example(2, 4)], sandbox, Limits(wall_s=0.5))
    for code in (ENDLESS, DOUBLE):
        clusters.add(code)
    assert list(clusters.ordered()) == [DOUBLE, ENDLESS]


def test_without_inputs_programs_vote_by_their_syntax(sandbox: Sandbox) -> None:
    spaced = "def f(x):\n\n    return x ** 2  # squared\n"
    broken = "def f(x:\n"
    assert order(sandbox, [DOUBLE, spaced, SQUARE, broken]) == [SQUARE, DOUBLE, broken, spaced]


@pytest.mark.parametrize(
    ("value", "near"),
    [
        (True, [False]),
        (3, [4, 2, 0, -3, 6]),
        (99_999, [100_000, 99_998, 0, -99_999]),
        (0.5, [1.5, -0.5, 0.0, -0.5, 1.0]),
        ("abc", ["ab", "cba", "abca", ""]),
        ([1, 2], [[1], [2, 1], [1, 2, 1], [], [2, 2], [0, 2]]),
        ((), [(), (), (), ()]),
        ({"a": 1, "b": 2}, [{"a": 1}, {}]),
        ({1, 2}, [{1}]),
        (None, []),
    ],
)
def test_values_near_a_value_have_its_type(value: Any, near: list[Any]) -> None:
    assert variants(value) == near


def test_derived_calls_are_new_distinct_few_and_take_turns() -> None:
    two = [Example(Call("f", (1, "ab")), 0), Example(Call("f", (2, "ab"), {"k": 1}), 0)]
    calls = derived_calls(two)
    assert len(calls) == MOST
    shown = [repr((call.arguments, call.keywords)) for call in calls]
    assert len(set(shown)) == MOST
    assert [call.arguments for call in calls[:4]] == [(2, "ab"), (3, "ab"), (1, "a"), (2, "a")]
    assert calls[1].keywords == {"k": 1}
    assert derived_calls([]) == []
