"""The cascade returns what the examples bear out, under a status that says how far they do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hrm_engine.codegen import rivals
from hrm_engine.codegen.absent import Absent
from hrm_engine.codegen.cascade import generate
from hrm_engine.codegen.request import Candidate, Request
from hrm_engine.codegen.stages import Enumeration
from hrm_engine.deadline import Deadline
from hrm_engine.errors import HRMError, TaskError
from hrm_engine.evaluation.sandbox import Sandbox, SandboxError
from tests.engine.codegen.scripted import PATIENT_S, Scripted, answer, asked

DOUBLE = "f(1) == 2; f(2) == 4; f(5) == 10"
RIGHT = "def f(x): return x + x"
SQUARE = "def f(x): return x * x"
ODD = "def f(x): return 10"
TABLE = "def f(x): return {1: 2, 2: 4, 5: 10}[x]"


def test_three_distinct_examples_that_pass_are_verified(sandbox: Sandbox) -> None:
    found = answer(sandbox, DOUBLE, RIGHT)
    assert (found.status, found.given, found.passed, found.distinct) == ("verified", 3, 3, 3)
    assert (found.code, found.source, found.note) == (RIGHT, "scripted:x", "")
    assert found.attribution == "made up for a test"
    assert (found.level, found.candidates, found.plan) == (sandbox.level, 1, None)


@pytest.mark.parametrize(
    ("examples", "note"),
    [
        ("f(1) == 2; f(2) == 4", "only 2 distinct examples: `verified` needs 3"),
        ("f(1) == 2", "only 1 distinct example: `verified` needs 3"),
        ("f(1) == 2; f(1) == 2; f(1.0) == 2.0", "only 1 distinct example: `verified` needs 3"),
    ],
)
def test_fewer_are_partial_although_all_pass(sandbox: Sandbox, examples: str, note: str) -> None:
    found = answer(sandbox, examples, RIGHT)
    assert (found.status, found.passed, found.code) == ("partial", found.given, RIGHT)
    assert found.note.startswith(note)


def test_some_but_not_all_is_partial_with_the_first_failure(sandbox: Sandbox) -> None:
    found = answer(sandbox, DOUBLE, ODD, SQUARE)
    assert (found.status, found.passed, found.code) == ("partial", 1, ODD)  # the first of equals
    assert found.first_failure == "f(1)\n- 2\n+ 10"
    assert found.note == "it passes 1 of 3 examples"


def test_the_best_of_the_partial_ones_is_kept(sandbox: Sandbox) -> None:
    better = "def f(x): return 2 * x if x < 5 else 0"
    assert answer(sandbox, DOUBLE, ODD, better, SQUARE).code == better


def test_what_passes_nothing_is_none_with_the_reason_stage_by_stage(sandbox: Sandbox) -> None:
    stages = [
        Absent("network", "no network is shipped"),
        Scripted(("def f(x): return 0", "def g(x): return 2 * x"), name="library"),
        Scripted((), name="executor"),
    ]
    found = generate(asked(DOUBLE), stages, sandbox, Deadline.after(PATIENT_S))
    assert (found.status, found.code, found.source, found.candidates) == ("none", "", "none", 2)
    assert found.note == (
        "none: network: no network is shipped; library: 2 tried, no function `f`; "
        "executor: 0 tried, nothing fits the request"
    )


def test_without_examples_code_is_unverified_and_was_only_loaded(sandbox: Sandbox) -> None:
    found = answer(sandbox, "", "def g(): pass", "import nothing\ndef f(): pass", RIGHT, SQUARE)
    assert (found.status, found.code, found.candidates) == ("unverified", RIGHT, 3)
    assert found.note == "no examples were given: the code was loaded, and never called"


def test_the_first_stage_that_knows_is_the_last_that_is_asked(sandbox: Sandbox) -> None:
    def never(deadline: Deadline) -> None:
        raise AssertionError("asked for no reason")

    told: list[str] = []
    stages = [
        Scripted((SQUARE,), "one"),
        Scripted((RIGHT,), "two"),
        Scripted((), "three", "", never),
    ]
    found = generate(asked(DOUBLE), stages, sandbox, Deadline.after(PATIENT_S), told.append)
    assert found.code == RIGHT
    assert told == ["one", "two"]


def test_the_same_code_is_run_once(sandbox: Sandbox) -> None:
    assert answer(sandbox, DOUBLE, SQUARE, SQUARE, SQUARE, RIGHT).candidates == 2


def test_code_that_repeats_the_examples_is_the_last_choice(sandbox: Sandbox) -> None:
    assert answer(sandbox, DOUBLE, TABLE, RIGHT).code == RIGHT
    found = answer(sandbox, DOUBLE, TABLE)
    assert (found.status, found.code) == ("verified", TABLE)
    assert "compares its input with 3 of the examples: it may only repeat them" in found.note


def test_code_whose_results_vary_gives_way_to_code_that_does_not(sandbox: Sandbox) -> None:
    counting = "n = 0\ndef f(x):\n    global n\n    n += 1\n    return [2, 4, 10][n - 1]"
    assert answer(sandbox, DOUBLE, counting, RIGHT).code == RIGHT
    found = answer(sandbox, DOUBLE, counting)
    assert (found.status, found.passed) == ("partial", 3)
    assert "its results are not always the same" in found.note


def test_code_that_is_slow_only_when_it_is_run_again_is_doubted(sandbox: Sandbox) -> None:
    slow = "n = []\ndef f(x):\n    n.append(x)\n    while n[0] == 5: pass\n    return 2 * x"
    assert "took too long when it was run again" in answer(sandbox, DOUBLE, slow).note


def test_what_one_result_for_all_examples_proves_is_said(sandbox: Sandbox) -> None:
    found = answer(sandbox, "f(1) == 7; f(2) == 7; f(3) == 7", "def f(x): return 7")
    assert found.status == "verified"
    assert "a constant would pass too" in found.note


def test_a_program_that_a_search_found_comes_with_its_plan_and_a_caution(sandbox: Sandbox) -> None:
    request = asked("f((1, 5, 7)) == 13; f((2, 2)) == 4; f((9,)) == 9")
    found = generate(request, [Enumeration()], sandbox, Deadline.after(PATIENT_S))
    assert (found.status, found.source) == ("verified", "search")
    assert found.plan is not None
    assert [(step.words, step.values) for step in found.plan] == [("the sum of xs", (13, 4, 9))]
    assert "found by a search: other programs pass these examples as well" in found.note


def test_the_one_that_passed_of_many_is_said_to_be_that(sandbox: Sandbox) -> None:
    wrong = [f"def f(x): return {number}" for number in range(100, 110)]
    found = answer(sandbox, DOUBLE, *wrong, RIGHT)
    assert found.status == "verified"
    assert found.note.startswith("chosen by the examples among 11 programs")


def test_what_the_examples_leave_open_is_shown_by_a_call_that_decides(sandbox: Sandbox) -> None:
    wrong, other = "def f(x): return 0", "def f(x): return 2 * x if x >= 0 else 0"
    found = answer(sandbox, DOUBLE, RIGHT, wrong, "def g(x): return 1", other)
    assert found.status == "verified"
    assert found.code == RIGHT
    assert found.note == (
        "the examples leave open what f(-1) is: -2 with this code, 0 with another that passes them"
    )


def test_programs_that_agree_or_fail_on_other_calls_leave_nothing_open(sandbox: Sandbox) -> None:
    alike, strict = "def f(x): return x * 2", "def f(x): return 2 * x if x > 0 else 1 // 0"
    assert answer(sandbox, DOUBLE, RIGHT, alike, strict).note == ""


def test_a_search_is_asked_for_other_programs_too(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rivals, "SECONDS", PATIENT_S)  # a busy machine finds it later
    request = asked("f(2) == 4; f(0) == 0")
    found = generate(request, [Enumeration()], sandbox, Deadline.after(PATIENT_S))
    assert (found.status, found.passed) == ("partial", 2)
    assert "the examples leave open what f(" in found.note


def test_a_model_of_ones_own_is_not_asked_again_for_others(sandbox: Sandbox) -> None:
    asked_for: list[str] = []
    stage = Scripted((RIGHT,), "executor", after=lambda _: asked_for.append("more"))
    found = generate(asked(DOUBLE), [stage], sandbox, Deadline.after(PATIENT_S))
    assert (found.status, asked_for) == ("verified", [])


def test_in_a_weak_sandbox_nothing_is_verified() -> None:
    with Sandbox("weak") as weak:
        found = answer(weak, DOUBLE, RIGHT)
    assert (found.status, found.passed, found.level) == ("partial", 3, "weak")
    assert "level weak" in found.note


def test_contradictory_examples_are_an_error_before_anything_runs(sandbox: Sandbox) -> None:
    with pytest.raises(TaskError, match="contradict each other"):
        answer(sandbox, "f(1) == 2; f(1) == 3", RIGHT)


def test_without_time_nothing_is_asked_or_believed(sandbox: Sandbox) -> None:
    stages = [Scripted((RIGHT,), "one"), Scripted((RIGHT,), "two")]
    found = generate(asked(DOUBLE), stages, sandbox, Deadline.after(0))
    assert found.note == "none: one: no time was left; two: no time was left"


def test_a_stage_is_not_asked_for_more_once_its_time_is_up(sandbox: Sandbox) -> None:
    deadline = Deadline.after(PATIENT_S)

    class Leaving:
        name = "leaving"

        def propose(self, request: Request, share: Deadline) -> Iterator[Candidate]:
            deadline.cancel()
            yield Candidate(ODD, "")
            yield Candidate(RIGHT, "")

    assert generate(asked(DOUBLE), [Leaving()], sandbox, deadline).candidates == 1


def test_a_stage_that_breaks_down_ends_neither_the_search_nor_what_it_found(
    sandbox: Sandbox,
) -> None:
    def broken(deadline: Deadline) -> None:
        raise HRMError("the model is gone")

    def greedy(deadline: Deadline) -> None:
        raise MemoryError

    stages = [Scripted((ODD,), "one", "", broken), Scripted((), "two", "", greedy)]
    found = generate(asked(DOUBLE), stages, sandbox, Deadline.after(PATIENT_S))
    assert (found.status, found.code) == ("partial", ODD)
    silent = [Scripted((), "one", "", broken), Scripted((), "two", "", greedy)]
    note = generate(asked(DOUBLE), silent, sandbox, Deadline.after(PATIENT_S)).note
    assert "one: the model is gone" in note
    assert "two: it needs more memory than there is" in note


def test_a_sandbox_that_is_gone_is_an_error_and_no_verdict() -> None:
    closed = Sandbox()
    closed.close()
    with pytest.raises(SandboxError):
        answer(closed, DOUBLE, RIGHT)
