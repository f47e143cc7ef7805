"""The stages: which there are, and what the enumeration proposes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

import pytest

from hrm_engine.codegen.absent import Absent
from hrm_engine.codegen.request import Request, Stage
from hrm_engine.codegen.shared_sandbox import shared_sandbox
from hrm_engine.codegen.stages import Enumeration, _made, default_stages
from hrm_engine.deadline import Deadline
from hrm_engine.errors import CheckpointError, MissingExtraError
from hrm_engine.evaluation.sandbox import Call, Example
from tests.engine.codegen.scripted import PATIENT_S, Scripted, asked


def proposed(request: Request) -> list[str]:
    found = Enumeration().propose(request, Deadline.after(PATIENT_S))
    return [candidate.code for candidate in found]


def test_the_stages_come_in_order_and_a_model_of_ones_own_last() -> None:
    own = Scripted((), "mine")
    names = [stage.name for stage in default_stages(own)]
    assert len(names) == 5
    assert names[0] == "library"
    assert names[-2:] == ["enumeration", "mine"]
    assert len(default_stages()) == 4


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (CheckpointError("no network is shipped"), "no network is shipped"),
        (MissingExtraError("torch is not installed"), "torch is not installed"),
        (ImportError(name="some_part"), "not installed (some_part)"),
    ],
)
def test_a_stage_that_cannot_be_had_stands_there_with_its_reason(
    error: Exception, reason: str
) -> None:
    def make() -> Stage:
        raise error

    stage = _made("network", make)
    assert stage == Absent("network", reason)
    assert list(stage.propose(Request("anything"), Deadline.never())) == []


def test_what_can_be_had_is_made() -> None:
    own: Callable[[], Stage] = lambda: Scripted(())  # noqa: E731 - the point is the call
    assert _made("mine", own) == Scripted(())


def test_the_enumeration_names_parameters_as_the_signature_does() -> None:
    _, examples = "total", asked("total([1, 5], 4) == 5; total([9, 2], 1) == 11").examples
    (code,) = proposed(Request("", "total", "def total(numbers, least)", examples))
    assert code.startswith("def total(numbers: list[int], least: int) -> int:")


@pytest.mark.parametrize("signature", ["def f(x)", "def f(a, b)", "def f(y)", "def f()"])
def test_names_that_do_not_fit_or_clash_with_the_printed_form_are_not_used(signature: str) -> None:
    examples = asked("f([3, 1]) == [1, 3]; f([2, 1, 9]) == [1, 2, 9]").examples
    (code,) = proposed(Request("", "f", signature, examples))
    assert code.startswith("def f(xs: list[int]) -> list[int]:")


@pytest.mark.parametrize(
    ("examples", "code"),
    [
        (
            "f((3, 1)) == (1, 3); f((2, 1, 9)) == (1, 2, 9)",
            "def f(xs: list[int]) -> tuple[int, ...]:\n"
            "    return tuple(sorted(xs))  # xs in ascending order\n",
        ),
        (
            "f([3, 1, 3]) == {1, 3}; f([2, 9]) == {2, 9}; f([4]) == {4}",
            "def f(xs: list[int]) -> set[int]:\n",
        ),
    ],
)
def test_tuples_and_sets_are_found_as_lists_and_returned_as_wanted(
    examples: str, code: str
) -> None:
    (found,) = proposed(asked(examples))
    assert found.startswith(code)


@pytest.mark.parametrize(
    "request_",
    [
        Request("no examples"),
        Request("by name", examples=(Example(Call("f", (), {"a": 1}), 2),)),
        asked("f({'a': [1]}) == 1; f({'b': [2]}) == 2"),
        asked("f(1) == {1, 'a'}; f(2) == {2, 'b'}"),
        asked("f(1) == None; f(2) == None"),
    ],
)
def test_what_the_language_cannot_say_is_not_proposed(request_: Request) -> None:
    assert proposed(request_) == []


def test_the_enumeration_has_every_program_that_fits_the_shortest_first() -> None:
    request = asked("f(2) == 4; f(0) == 0")
    several = islice(Enumeration().others(request, Deadline.after(PATIENT_S)), 4)
    codes = [candidate.code for candidate in several]
    assert len(set(codes)) == 4
    assert all(code.startswith("def f(n: int) -> int:") for code in codes)


@pytest.mark.parametrize("examples", ["", "f({'a': [1]}) == 1", "f(1) == {1, 'a'}"])
def test_it_has_no_others_where_it_has_none(examples: str) -> None:
    assert list(Enumeration().others(asked(examples), Deadline.after(PATIENT_S))) == []


def test_without_time_nothing_is_proposed() -> None:
    request = asked("f([3, 1, 4]) == 17; f([2]) == 3")
    assert list(Enumeration().propose(request, Deadline.after(0))) == []


def test_a_process_has_one_sandbox() -> None:
    assert shared_sandbox() is shared_sandbox()
    assert shared_sandbox().run("def f(): return 1", [Call("f")]).outputs[0].value == 1
