"""A plan says what each step of a program computes, and what it comes to on the examples."""

from __future__ import annotations

from hrm_engine.codegen.plan import as_list, plan_on
from hrm_engine.programs.parser import read_python
from tests.engine.codegen.scripted import asked

PROGRAM = read_python(
    "def f(xs: list[int], n: int) -> int:\n"
    "    large = [x for x in xs if x > n]\n"
    "    return large[0]\n"
)


def test_each_step_has_its_value_on_each_example() -> None:
    steps = plan_on(PROGRAM, asked("f((5, 1, 7), 4) == 5; f([2, 3], 0) == 2").examples)
    assert [step.values for step in steps] == [([5, 7], [2, 3]), (5, 2)]
    assert steps[0].words == "each item of xs that is greater than n"


def test_where_an_example_is_none_of_the_language_s_there_are_words_alone() -> None:
    for text in ("f([1.5], 1) == 2", "f([1], 4) == 0", "f('a') == 1"):
        steps = plan_on(PROGRAM, asked(text).examples)
        assert [step.values for step in steps] == [(), ()]
        assert steps[1].words


def test_tuples_are_lists_however_deep() -> None:
    assert as_list((1, [(2,)], "a")) == [1, [[2]], "a"]
