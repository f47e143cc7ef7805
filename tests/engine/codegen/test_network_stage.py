"""The network's stages propose only what gives every example; the sandbox has the last word."""

from __future__ import annotations

from typing import Any

import pytest

from hrm_engine.codegen.guided import GuidedStage
from hrm_engine.codegen.network import NetworkStage, annotated, questions
from hrm_engine.codegen.request import Request
from hrm_engine.deadline import Deadline
from hrm_engine.evaluation.sandbox import Call, Example
from hrm_engine.inference.program_network import ProgramNetwork
from hrm_engine.programs.lambdas import BY_NAME as LAMBDAS
from hrm_engine.programs.program import Ref
from hrm_engine.programs.types import Type
from tests.engine.inference.program_fake import network, program

SUM = program([Type.INTS], ("Sum", Ref(0)))
LAST = program([Type.INTS], ("Last", Ref(0)))
SORT = program([Type.INTS], ("Sort", Ref(0)))
DOUBLED = program([Type.INTS], ("Map", LAMBDAS["(*2)"], Ref(0)), ("Sum", Ref(1)))
PATIENT = Deadline.never()


def request(*pairs: tuple[Any, Any], text: str = "", signature: str = "") -> Request:
    """A request for `g` with calls of one argument and their results."""
    examples = tuple(Example(Call("g", (given,)), wanted) for given, wanted in pairs)
    return Request(text, "g", signature, examples)


def codes(made: ProgramNetwork, asked: Request) -> list[str]:
    return [each.code for each in NetworkStage(made).propose(asked, PATIENT)]


def test_only_programs_that_give_every_example_are_proposed() -> None:
    asked = request(([1, 2], 3), ([4], 4))
    (found,) = NetworkStage(network(LAST, SUM)).propose(asked, PATIENT)
    assert found.source == "hrm:fixed"
    assert found.program is not None
    assert found.program.statements == SUM.statements
    assert "def g(xs: list[int]) -> int:" in found.code


def test_without_examples_the_likeliest_program_of_the_signature_is_proposed() -> None:
    asked = request(text="the sum", signature="def g(values: list[int]) -> int")
    (code,) = codes(network(SUM, LAST), asked)
    assert "sum(values)" in code
    assert codes(network(SUM), request(text="the sum")) == []  # no types to go by


def test_tuples_are_taken_as_lists_and_given_back_as_tuples() -> None:
    (code, *_) = codes(network(SORT), request(((2, 1), (1, 2)), ((3,), (3,)), ((), ())))
    assert "return tuple(sorted(xs))" in code


@pytest.mark.parametrize(
    "asked",
    [
        request(({"a": [1]}, 1), ({"b": [2]}, 2)),  # no value of the language
        request((1, 1), ("a", 2)),  # two types at one place
        Request("", "g", "", (Example(Call("g", (), {"x": 1}), 1),)),  # by keyword
        Request("", "g", "", (Example(Call("g"), 1),)),  # nothing given
        Request("", "g", "", (Example(Call("g", (1,)), 1), Example(Call("g", (1, 2)), 1))),
    ],
)
def test_what_the_language_does_not_have_is_left_to_others(asked: Request) -> None:
    assert list(questions(asked)) == []
    assert list(NetworkStage(network(SUM)).propose(asked, PATIENT)) == []
    assert list(GuidedStage(network(SUM)).propose(asked, PATIENT)) == []


def test_more_inputs_than_the_canvas_holds_are_left_to_others() -> None:
    wide = Request("", "g", "", tuple(Example(Call("g", (n, 1, 2, 3)), n) for n in range(3)))
    assert list(NetworkStage(network(SUM)).propose(wide, PATIENT)) == []
    assert list(GuidedStage(network(SUM)).propose(wide, PATIENT)) == []


@pytest.mark.requirement("SD-15")
def test_the_guided_search_finds_what_the_network_only_hints_at() -> None:
    asked = request(([1, 2], 6), ([4], 8), ([], 0), ([5, 5, -1], 18))
    hinted = network(program([Type.INTS], ("Map", LAMBDAS["(*2)"], Ref(0))))
    assert list(NetworkStage(hinted).propose(asked, PATIENT)) == []
    (found,) = GuidedStage(hinted).propose(asked, Deadline.after(30))
    assert found.source == "hrm+search"
    assert "sum" in found.code


def test_the_guided_search_needs_examples() -> None:
    text_alone = request(text="the sum", signature="def g(xs: list[int]) -> int")
    assert list(GuidedStage(network(SUM)).propose(text_alone, PATIENT)) == []


@pytest.mark.parametrize(
    ("signature", "types"),
    [
        ("def g(xs: list[int], k: int) -> str", (Type.INTS, Type.INT, Type.STR)),
        ("def g(xs: List[str]) -> dict[str, int]", (Type.STRS, Type.STR_COUNTS)),
        ("def g(xs, k: int) -> str", ()),
        ("def g(xs: list[int])", ()),
        ("def g(xs: object) -> str", ()),
        ("g(", ()),
        ("", ()),
    ],
)
def test_types_are_read_from_a_signature(signature: str, types: tuple[Type, ...]) -> None:
    assert annotated(signature) == types
