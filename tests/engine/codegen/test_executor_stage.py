"""The executor as a stage: what it is told, how often it is asked, in which order it proposes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import pytest

from hrm_engine.codegen.cascade import generate
from hrm_engine.codegen.executor import ExecutorError, ExecutorStage, ladder
from hrm_engine.codegen.prompt import LONGEST_EXAMPLE, as_assert, write_prompt
from hrm_engine.codegen.request import Request
from hrm_engine.deadline import Deadline
from hrm_engine.evaluation.sandbox import Call, Example, Sandbox

RIGHT = "Of course!\n```python\ndef f(x):\n    return 2 * x\n```"
WRONG = "```python\ndef f(x):\n    return x ** 2\n```"
FOUR = "```python\ndef f(x):\n    return 4\n```"


class Says:
    """An executor that gives its replies in order, whatever it is asked, and remembers how."""

    name = "tiny"

    def __init__(self, replies: Sequence[str | ExecutorError]) -> None:
        self._replies = list(replies)
        self.asked: list[tuple[int, float]] = []
        self.prompts: list[str] = []

    def sample(self, prompt: str, k: int, temperature: float, deadline: Deadline) -> Iterator[str]:
        self.asked.append((k, temperature))
        self.prompts.append(prompt)
        for _ in range(k):
            if not self._replies or not deadline.remaining():
                return
            reply = self._replies.pop(0)
            if isinstance(reply, ExecutorError):
                raise reply
            yield reply


def asking(*pairs: tuple[int, int]) -> Request:
    examples = tuple(Example(Call("f", (given,)), wanted) for given, wanted in pairs)
    return Request("Double a number.", "f", "def f(x)", examples)


def propose(stage: ExecutorStage, request: Request, seconds: float = 60.0) -> list[str]:
    return [each.code for each in stage.propose(request, Deadline.after(seconds))]


def test_the_prompt_shows_request_signature_examples_and_plan() -> None:
    prompt = write_prompt(asking((2, 4), (3, 6)), plan="1. multiply by 2")
    for part in ("Double a number.", "`def f(x):`", "assert f(2) == 4\nassert f(3) == 6", "1. mul"):
        assert part in prompt
    assert "$" not in prompt


def test_what_is_not_given_leaves_no_hole_in_the_prompt() -> None:
    prompt = write_prompt(Request("Cost in $name: 5 $.", "g"))
    assert "Cost in $name: 5 $." in prompt
    for word in ("pass", "plan", "first line"):
        assert word not in prompt


def test_an_example_that_is_very_long_is_not_shown() -> None:
    long = Example(Call("f", ("x" * LONGEST_EXAMPLE,)), 1)
    short = Example(Call("f", (), {"key": "a"}), 1)
    prompt = write_prompt(Request("Count.", "f", examples=(long, short)))
    assert "assert f(key='a') == 1" in prompt
    assert as_assert(long) not in prompt


@pytest.mark.parametrize(
    ("k", "rungs"),
    [
        (0, []),
        (1, [(0.0, 1)]),
        (2, [(0.0, 1), (0.2, 1)]),
        (6, [(0.0, 1), (0.2, 1), (0.4, 1), (0.6, 1), (0.8, 1), (1.0, 1)]),
        (10, [(0.0, 1), (0.2, 2), (0.4, 2), (0.6, 2), (0.8, 2), (1.0, 1)]),
    ],
)
def test_samples_grow_warmer_step_by_step(k: int, rungs: list[tuple[float, int]]) -> None:
    assert ladder(k) == rungs


@pytest.mark.requirement("SD-10")
def test_the_answer_is_what_most_samples_agree_on_and_is_labelled(sandbox: Sandbox) -> None:
    executor = Says([WRONG, FOUR, RIGHT, RIGHT])
    stage = ExecutorStage(executor, k=4, sandbox=sandbox)
    found = generate(asking((2, 4)), [stage], sandbox, Deadline.after(60))
    assert (found.status, found.source) == ("partial", "executor:tiny")
    assert "2 * x" in found.code


@pytest.mark.requirement("SD-10")
def test_three_examples_make_an_executors_program_verified(sandbox: Sandbox) -> None:
    stage = ExecutorStage(Says([WRONG, RIGHT]), sandbox=sandbox)
    found = generate(asking((2, 4), (3, 6), (5, 10)), [stage], sandbox, Deadline.after(60))
    assert (found.status, found.passed) == ("verified", 3)


def test_drawing_ends_when_more_samples_would_change_nothing(sandbox: Sandbox) -> None:
    always = Says([RIGHT] * 10)
    propose(ExecutorStage(always, sandbox=sandbox), asking((2, 4), (3, 6), (5, 10)))
    assert len(always._replies) == 9
    always = Says([RIGHT] * 10)
    propose(ExecutorStage(always, sandbox=sandbox), asking((2, 4)))
    assert len(always._replies) == 7
    never = Says([WRONG] * 12)
    propose(ExecutorStage(never, sandbox=sandbox), asking((3, 6)))
    assert len(never._replies) == 2
    assert never.asked == [(count, step) for step, count in ladder(10)]


def test_a_plan_made_from_the_request_reaches_the_prompt(sandbox: Sandbox) -> None:
    executor = Says([RIGHT])
    stage = ExecutorStage(executor, k=1, sandbox=sandbox, plan=lambda asked: f"for {asked.name}")
    propose(stage, asking())
    assert "for f" in executor.prompts[0]


def test_a_stage_without_a_sandbox_starts_its_own() -> None:
    assert propose(ExecutorStage(Says([RIGHT, "no idea"]), k=2), asking((2, 4))) == [
        "def f(x):\n    return 2 * x\n"
    ]


def test_a_model_that_fails_at_once_is_an_error_and_later_is_not(sandbox: Sandbox) -> None:
    down = ExecutorError("the server is down", hint="start it")
    with pytest.raises(ExecutorError, match="down"):
        propose(ExecutorStage(Says([down]), sandbox=sandbox), asking())
    assert propose(ExecutorStage(Says([RIGHT, down]), sandbox=sandbox), asking())
    found = generate(
        asking((2, 4)), [ExecutorStage(Says([down]), sandbox=sandbox)], sandbox, Deadline.after(60)
    )
    assert found.status == "none"
    assert "the server is down" in found.note


def test_no_sample_is_asked_for_when_no_time_is_left(sandbox: Sandbox) -> None:
    executor = Says([RIGHT] * 3)
    deadline = Deadline.after(math.inf)
    deadline.cancel()
    assert list(ExecutorStage(executor, sandbox=sandbox).propose(asking(), deadline)) == []
    assert executor.asked == [(1, 0.0)]
