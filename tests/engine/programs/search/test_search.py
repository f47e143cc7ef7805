"""A program that fits the examples is found, is run before it is returned, or there is none."""

from __future__ import annotations

import zlib

import numpy as np
import pytest

from hrm_engine.deadline import Deadline
from hrm_engine.errors import TaskError
from hrm_engine.programs.exedec import read_program, write_program
from hrm_engine.programs.interpreter import Limits, run
from hrm_engine.programs.search.enumerate import Value
from hrm_engine.programs.search.moves import equal_costs
from hrm_engine.programs.search.search import Search, longest
from hrm_engine.programs.types import Type

PROGRAMS = (
    "x0 = INPUT | x1 = Maximum x0",
    "x0 = INPUT | x1 = Map (*2) x0",
    "x0 = INPUT | x1 = Filter (>0) x0 | x2 = Sort x1",
    "x0 = INPUT | x1 = Sort x0 | x2 = Reverse x1 | x3 = Head x2",
    "x0 = INPUT | x1 = Map (*3) x0 | x2 = Scanl1 (max) x1 | x3 = Reverse x2",
    "x0 = INPUT | x1 = Sort x0 | x2 = ZipWith (-) x0 x1 | x3 = Filter (%2==0) x2",
    "x0 = INPUT | x1 = Map (/2) x0 | x2 = Sort x1 | x3 = ZipWith (min) x0 x2 | x4 = Map (-1) x3",
)
MINUTE = 60.0


def examples(text: str) -> tuple[list[list[Value]], list[Value]]:
    """Six inputs for a program, and what it gives."""
    rng = np.random.default_rng(zlib.crc32(text.encode()))
    program = read_program(text, [Type.INTS])
    inputs: list[list[Value]] = [[rng.integers(-9, 10, 4).tolist()] for _ in range(6)]
    return inputs, [run(program, row) for row in inputs]


@pytest.mark.requirement("SD-13")
@pytest.mark.parametrize("text", PROGRAMS)
def test_a_program_for_the_examples_is_found_and_is_no_longer_than_need_be(text: str) -> None:
    inputs, outputs = examples(text)
    found = Search(inputs, outputs).run(Deadline.after(MINUTE), settle_s=MINUTE / 20)
    assert found is not None
    assert [run(found.program, row, Limits(integer=50)) for row in inputs] == outputs
    assert len(found.program.statements) <= text.count("|")
    assert found.method == "columns"


@pytest.mark.parametrize("text", PROGRAMS[:5])
def test_plain_enumeration_alone_finds_short_programs(text: str) -> None:
    inputs, outputs = examples(text)
    found = Search(inputs, outputs, bidirectional=False).run(Deadline.after(MINUTE))
    assert found is not None
    assert found.goals == 1


def test_costs_decide_which_of_two_equal_programs_is_found() -> None:
    inputs: list[list[Value]] = [[[1, 2, 3]], [[0, 5]], [[-4, 4]]]
    outputs: list[Value] = [[2, 4, 6], [0, 10], [-8, 8]]
    dear = equal_costs() | {"Map (*2)": 9}
    plain = Search(inputs, outputs).run(Deadline.after(MINUTE))
    other = Search(inputs, outputs, dear).run(Deadline.after(MINUTE), settle_s=1)
    assert plain is not None
    assert other is not None
    assert write_program(plain.program).endswith("Map (*2) x0")
    assert write_program(other.program).endswith("ZipWith (+) x0 x0")
    assert other.cost == 1


def test_several_inputs_of_both_types_are_used() -> None:
    inputs: list[list[Value]] = [[2, [5, 6, 7]], [1, [8, 9]], [0, [3, 4]]]
    found = Search(inputs, [[5, 6], [8], []]).run(Deadline.after(MINUTE))
    assert found is not None
    assert write_program(found.program).endswith("Take x0 x1")


def test_without_time_there_is_no_program() -> None:
    inputs, outputs = examples(PROGRAMS[6])
    assert Search(inputs, outputs).run(Deadline.after(0)) is None


def test_an_output_longer_than_every_input_has_no_program() -> None:
    search = Search([[[1]], [[2]]], [[1, 1], [2, 2]])
    assert search.goals is None
    assert search.run(Deadline.after(MINUTE)) is None


def test_memory_ends_the_search_before_the_time_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hrm_engine.programs.search.search.MOST_VALUES", 50)
    inputs: list[list[Value]] = [[[1, 7, 3]], [[2, 9, 8]], [[5, 5, 1]]]
    outputs: list[Value] = [[41, -37, 11], [-2, 29, 43], [17, -31, 3]]
    assert Search(inputs, outputs).run(Deadline.after(MINUTE)) is None


def test_larger_numbers_need_a_larger_bound() -> None:
    inputs: list[list[Value]] = [[[1000, 20]], [[300]], [[7, 8, 9]]]
    outputs: list[Value] = [[2000, 40], [600], [14, 16, 18]]
    found = Search(inputs, outputs).run(Deadline.after(MINUTE))
    assert found is not None
    with pytest.raises(TaskError, match="up to 50"):
        Search(inputs, outputs, bound=50)
    with pytest.raises(TaskError, match="up to 46340"):
        Search([[10**6]], [10**6])


@pytest.mark.parametrize(
    ("inputs", "outputs"),
    [
        ([], []),
        ([[[1]]], [1, 2]),
        ([[[1]], [[1], 2]], [1, 2]),
        ([[["a"]]], [1]),
        ([[True]], [1]),
        ([[1], [[1]]], [1, 1]),
        ([["text"]], [1]),
        ([[1]], [None]),
    ],
)
def test_what_the_columns_cannot_hold_is_refused(
    inputs: list[list[Value]], outputs: list[Value]
) -> None:
    with pytest.raises(TaskError):
        Search(inputs, outputs)


@pytest.mark.parametrize("bound", [0, 10**6])
def test_a_bound_that_cannot_be_kept_is_refused(bound: int) -> None:
    with pytest.raises(TaskError, match="bound"):
        Search([[[1]]], [[1]], bound=bound)


def test_the_longest_list_counts() -> None:
    assert longest([[[1, 2], 3], [[], 4]]) == 2
    assert longest([[3], [4]]) == 0
