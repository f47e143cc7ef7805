"""The first stage of the cascade: what it proposes for a request, and under which name."""

from __future__ import annotations

import pytest

from hrm_engine.codegen.library import LibraryStage, library
from hrm_engine.codegen.request import Candidate, Request
from hrm_engine.deadline import Deadline
from hrm_engine.evaluation.sandbox import Call, Example, Sandbox, judge
from tests.engine.codegen.library_toys import snippet

ADD = snippet("add", "a, b", "a + b", "Add two numbers.", examples=(((1, 2), 3),))
SUBTRACT = snippet("subtract", "a, b", "a - b", "Subtract a number.", examples=(((3, 2), 1),))
SHOUT = snippet("shout", "text", "text.upper()", "Shout a text.", examples=((("a",), "A"),))
KNOWN = (ADD, SUBTRACT, SHOUT)


def examples(*shown: tuple[tuple[object, ...], object]) -> tuple[Example, ...]:
    return tuple(Example(Call("f", given), result) for given, result in shown)


def proposed(request: Request, stage: LibraryStage | None = None) -> list[Candidate]:
    return list((stage or LibraryStage(KNOWN)).propose(request, Deadline.never()))


def test_a_confident_match_is_proposed_under_the_name_asked_for() -> None:
    (found,) = proposed(Request("add two numbers", "plus"))
    assert found == Candidate("def plus(a, b):\n    return a + b\n", "library:own/add")


def test_without_examples_an_unlike_request_gets_nothing() -> None:
    assert proposed(Request("bake a cake")) == []
    bold = LibraryStage(KNOWN, floor=0.0)
    assert len(proposed(Request("bake a cake"), bold)) == len(KNOWN)


def test_with_examples_whatever_can_take_the_arguments_is_proposed_likely_ones_first() -> None:
    shown = examples(((5, 3), 2))
    found = proposed(Request("subtract a number from another", "f", "", shown))
    names = [each.source.rpartition("/")[2] for each in found]
    assert (names[0], sorted(names)) == ("subtract", ["add", "add", "subtract", "subtract"])
    swapped = "def f(arg1, arg2):\n    return subtract(arg2, arg1)\n"
    assert any(each.code.endswith(swapped) for each in found)


def test_no_more_are_proposed_than_allowed_and_none_twice() -> None:
    shown = examples(((5, 3), 2))
    stage = LibraryStage((*KNOWN, ADD), most=3)
    found = proposed(Request("add", "f", "", shown), stage)
    assert len({each.code for each in found}) == len(found) == 3


def test_nothing_is_proposed_after_the_deadline() -> None:
    over = Deadline.never()
    over.cancel()
    assert list(LibraryStage(KNOWN).propose(Request("add two numbers"), over)) == []


def test_a_name_that_is_taken_within_is_given_by_a_function_around_it() -> None:
    sized = snippet("size_of", "xs", "len(xs)", "Find the size.", examples=((([1],), 1),))
    shadowed = snippet("same", "value", "value", "Give back a value.")
    (found,) = proposed(Request("Give back a value", "value"), LibraryStage((shadowed,)))
    assert found.code.endswith("def value(*arguments):\n    return same(*arguments)\n")
    assert proposed(Request("Find the size", "len"), LibraryStage((sized,))) == []


@pytest.mark.requirement("SD-14")
def test_the_attribution_goes_with_the_code() -> None:
    request = Request("Write a python function to check whether a number is prime")
    found = proposed(request, LibraryStage(floor=0.0))
    owned = {each.source: each.attribution for each in found}
    assert all(bool(text) == ("MBPP" in source) for source, text in owned.items())
    assert len(owned) > 1


def test_a_common_request_is_answered_with_code_that_passes(sandbox: Sandbox) -> None:
    shown = examples(((10,), [2, 3, 5, 7]), ((2,), [2]), ((1,), []))
    request = Request("list all primes up to n", "f", "def f(n: int) -> list[int]", shown)
    codes = [each.code for each in proposed(request, LibraryStage())]
    assert any(judge(sandbox, code, shown).status == "passed" for code in codes[:10])


def test_every_shipped_snippet_is_found_by_its_own_request() -> None:
    stage = LibraryStage(floor=0.0, most=5)
    lost = []
    for known in library()[:: len(library()) // 60]:
        found = proposed(Request(known.texts[0], known.name), stage)
        if known.source not in {each.source for each in found}:
            lost.append(known.source)
    assert lost == []
