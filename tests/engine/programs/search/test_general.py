"""The enumeration over the whole language, and the front door of both searches."""

from __future__ import annotations

import pytest

from hrm_engine.deadline import Deadline
from hrm_engine.errors import HRMError
from hrm_engine.programs.interpreter import run
from hrm_engine.programs.search.find import find_program
from hrm_engine.programs.search.general import GeneralSearch, useful
from hrm_engine.programs.types import Type, Value

MINUTE = 60.0
PROBLEMS: dict[str, tuple[list[list[Value]], list[Value]]] = {
    "upper case": ([["hello"], ["a b"], ["x"]], ["HELLO", "A B", "X"]),
    "words": ([["hello world"], ["a bb ccc"], ["x"]], [2, 3, 1]),
    "words turned round": ([["hello world"], ["a bb c"], ["x"]], ["world hello", "c bb a", "x"]),
    "distinct items": ([[[3, 1, 2, 3]], [[5, 5]], [[9, 0, -4]]], [[1, 2, 3], [5], [-4, 0, 9]]),
    "greatest common divisor": ([[300, 400], [1000, 24], [18, 12]], [100, 8, 6]),
    "even": ([[12], [15], [7]], [True, False, False]),
    "sum of digits": ([[1234], [99], [5]], [10, 18, 5]),
    "without one item": ([[[1, 2, 3], 2], [[5, 5], 5], [[9, 0], 0]], [[1, 3], [], [9]]),
    "a deep one": (
        [[[3, 1, 2, 8]], [[5, 7, 1]], [[9, 2, 4, 4]], [[6, 6, 1, 3]]],
        [[8, 2, 1, 3], [1, 7, 5], [4, 4, 2, 9], [3, 1, 6, 6]],
    ),
}


@pytest.mark.requirement("SD-13")
@pytest.mark.parametrize("name", PROBLEMS)
def test_a_program_of_any_types_is_found(name: str) -> None:
    inputs, outputs = PROBLEMS[name]
    found = find_program(inputs, outputs, Deadline.after(MINUTE))
    assert found is not None
    assert [run(found.program, row) for row in inputs] == outputs


def test_what_is_too_deep_for_the_first_look_is_found_in_columns() -> None:
    inputs: list[list[Value]] = [[[5, 3, 8, 1]], [[2, 7, 4]], [[9, 9, 1, 6]], [[1, 4, 2, 3]]]
    outputs: list[Value] = []
    for (xs,) in inputs:
        halves = sorted(x // 2 for x in xs)
        outputs.append([3 * (x - y) - 1 for x, y in zip(xs, halves, strict=True)])
    found = find_program(inputs, outputs, Deadline.after(6))
    assert found is not None
    assert found.method == "columns"
    assert [run(found.program, row) for row in inputs] == outputs


def test_costs_make_a_step_come_earlier() -> None:
    inputs, outputs = PROBLEMS["words"]
    plain = GeneralSearch(inputs, outputs).run(Deadline.after(MINUTE))
    dear = dict.fromkeys(("Words", "Count[list[str]] (isalpha)"), 4)
    other = GeneralSearch(inputs, outputs, dear).run(Deadline.after(MINUTE))
    assert plain is not None
    assert other is not None
    assert plain.program.key != other.program.key


def test_a_constant_that_is_given_is_used() -> None:
    inputs: list[list[Value]] = [[10], [3], [7]]
    outputs: list[Value] = [17 + 10, 17 + 3, 17 + 7]
    found = GeneralSearch(inputs, outputs, constants=[17]).run(Deadline.after(MINUTE))
    assert found is not None
    assert "17" in found.program.key


def test_a_search_goes_on_where_it_stopped() -> None:
    inputs, outputs = PROBLEMS["words turned round"]
    search = GeneralSearch(inputs, outputs)
    turns = 0
    found = None
    while found is None:
        found = search.run(Deadline.after(0))
        turns += 1
    assert turns > 1
    assert [run(found.program, row) for row in inputs] == outputs


def test_an_impossible_problem_ends_with_its_memory() -> None:
    inputs: list[list[Value]] = [[1], [1]]
    search = GeneralSearch(inputs, [1, 2], most=2000)
    assert search.run(Deadline.after(MINUTE)) is None
    assert find_program([["a"]], ["b"], Deadline.after(0)) is None


def test_a_search_without_any_step_ends() -> None:
    search = GeneralSearch([[True]], [1.5], constants=())
    assert search.run(Deadline.after(MINUTE)) is None


def test_operations_that_the_types_rule_out_are_left_out() -> None:
    names = {operation.family for operation in useful({Type.INT}, Type.BOOL)}
    assert "Test" in names
    assert "Title" not in names


@pytest.mark.parametrize(
    ("inputs", "outputs"),
    [([], []), ([[1], [2]], [1]), ([[1], [2, 3]], [1, 2]), ([[1]], [None]), ([[1], ["a"]], [1, 2])],
)
def test_examples_that_are_none_are_refused(
    inputs: list[list[Value]], outputs: list[Value]
) -> None:
    with pytest.raises(HRMError):
        find_program(inputs, outputs, Deadline.after(MINUTE))
