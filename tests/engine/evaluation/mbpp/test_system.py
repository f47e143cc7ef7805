"""The product measured as a generator: its stages, their order, and what it must not find."""

from __future__ import annotations

from pathlib import Path

from hrm_engine.codegen.library import LibraryStage
from hrm_engine.codegen.library.store import mbpp_snippets
from hrm_engine.codegen.stages import Enumeration
from hrm_engine.evaluation.mbpp.cases import read_case
from hrm_engine.evaluation.mbpp.problems import Problem, read_tasks, split
from hrm_engine.evaluation.mbpp.system import asked, looked_up, parts, system

DATA = Path(__file__).parents[4] / "benchmarks/data/mbpp.jsonl"


def problem(text: str, *asserts: str, number: int = 11, signature: str = "def f(x)") -> Problem:
    cases = tuple(read_case(line, k) for k, line in enumerate(asserts, start=1))
    return Problem(number, text, "f", signature, cases)


def test_asserts_that_are_plain_calls_are_shown_as_examples() -> None:
    shown = problem("?", "assert f(1) == 2", "assert f(Pair(1)) == 2", "assert f(x=1) == 2")
    request = asked(shown)
    assert [example.call.arguments for example in request.examples] == [(1,)]
    assert (request.specification, request.name, request.signature) == ("?", "f", "def f(x)")


def test_a_task_does_not_find_itself() -> None:
    task = split(read_tasks(DATA), "validation")[0]
    generator = looked_up("library", mbpp_snippets())
    found = list(generator.propose(task.problem(0)))
    assert found
    assert task.reference.rstrip() + "\n" not in found


def test_where_nothing_is_visible_even_an_unlike_request_is_guessed_at() -> None:
    found = list(looked_up("library", mbpp_snippets()).propose(problem("xyzzy")))
    assert len(found) == 60


def test_the_library_is_asked_first_and_the_search_last() -> None:
    shown = ("assert f([3, 1]) == 4", "assert f([2]) == 2", "assert f([5, 5, 5]) == 15")
    generator = system(5.0, lambda: [LibraryStage(mbpp_snippets()), Enumeration()])
    found = list(generator.propose(problem("Find the sum of a list.", *shown)))
    assert len(found) > 10
    assert "return sum(xs)" in found[-1]
    assert (generator.name, generator.ranked, generator.fixed) == ("system", True, False)


def test_the_parts_are_the_library_with_and_without_our_own_snippets() -> None:
    whole, without = parts()
    assert (whole.name, without.name) == ("library", "library-mbpp")
    request = problem("Write a python function to check whether a number is prime")
    assert next(whole.propose(request)) != next(without.propose(request))
