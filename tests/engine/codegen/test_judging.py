"""A candidate is run, and one that passed is run again in every way that luck would not survive."""

from __future__ import annotations

import pytest

from hrm_engine.codegen.judging import WALL_S, confirm, limits_within, try_out
from hrm_engine.codegen.request import Candidate
from hrm_engine.codegen.rivals import open_question
from hrm_engine.deadline import Deadline
from hrm_engine.evaluation.sandbox import Sandbox
from tests.engine.codegen.scripted import PATIENT_S, asked

DOUBLE = asked("f(1) == 2; f(2) == 4; f(5) == 10")
RIGHT = "def f(x): return x + x"


def doubted(code: str, sandbox: Sandbox) -> str:
    return confirm(code, DOUBLE.examples, sandbox, Deadline.after(PATIENT_S))


def test_what_is_right_every_time_is_not_doubted(sandbox: Sandbox) -> None:
    assert doubted(RIGHT, sandbox) == ""


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import random\ndef f(x): return 2 * x", "the code uses `random`"),
        ("def f(x): return x", "its results are not always the same"),
        ("def f(x):\n    while True: pass", "took too long when it was run again"),
    ],
)
def test_what_is_not_is_doubted_with_the_reason(code: str, said: str, sandbox: Sandbox) -> None:
    assert said in doubted(code, sandbox)


def test_a_program_that_works_in_a_used_sandbox_alone_is_doubted() -> None:
    """The order of a set of texts is that of the fork server; six fresh ones do not all agree."""
    words = [f"w{number}" for number in range(8)]
    code = "def f(x): return list(set(x))"
    with Sandbox() as sandbox:
        order = try_out(
            Candidate(code, ""), asked(f"f({words}) == []"), sandbox, Deadline.after(PATIENT_S),
            Deadline.after(PATIENT_S),
        )  # fmt: skip
        assert order.judgement is not None
        found = order.judgement.outputs[0].value
        request = asked(f"f({words}) == {found}")
        said = confirm(code, request.examples, sandbox, Deadline.after(PATIENT_S))
    assert "its results are not always the same" in said


def test_without_time_nothing_is_confirmed(sandbox: Sandbox) -> None:
    said = confirm(RIGHT, DOUBLE.examples, sandbox, Deadline.after(0))
    assert said == "the time ran out before its results could be confirmed"


def test_a_candidate_may_take_a_share_of_the_time_and_never_more_than_a_few_seconds() -> None:
    assert limits_within(Deadline.never()).wall_s == WALL_S
    assert 0 < limits_within(Deadline.after(4)).wall_s <= 1.0
    assert limits_within(Deadline.after(0)).wall_s > 0


def test_without_time_no_other_program_is_looked_at(sandbox: Sandbox) -> None:
    deadline = Deadline.after(PATIENT_S)
    chosen = try_out(Candidate(RIGHT, ""), DOUBLE, sandbox, deadline, deadline)
    other = Candidate("def f(x): return 2 * x if x > 0 else 7", "")
    assert "leave open" in open_question(chosen, [other], DOUBLE, sandbox, deadline)
    assert open_question(chosen, [other], DOUBLE, sandbox, Deadline.after(0)) == ""
