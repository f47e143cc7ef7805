"""The tool `generate_code`: what it is told, what it answers, and that it leaves nothing behind."""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
import pytest

from hrm_coprocessor.work.workers import PoolLimits, WorkerPool
from hrm_engine.codegen.absent import Absent
from hrm_engine.deadline import Deadline
from hrm_engine.errors import DeadlineError, TaskError
from hrm_tools import executors, generate_code
from hrm_tools.generate_code import TOOL, CodeAnswer, CodeArguments, understand
from hrm_tools.invoke import invoke
from hrm_tools.spec import Context, Outcome

TOTAL = "assert total([1, 5, 7], 4) == 12\nassert total([1], 4) == 0\nassert total([9, 2], 2) == 9"
PATIENT: dict[str, Any] = {"budget_ms": 30_000}


def ask(**arguments: Any) -> CodeAnswer:
    return generate_code.run(CodeArguments(**PATIENT | arguments), Context.local())


def sent(**arguments: Any) -> Outcome:
    return asyncio.run(invoke(TOOL, PATIENT | arguments))


@pytest.mark.requirement("CP-3")
def test_three_examples_that_pass_make_a_verified_function() -> None:
    answer = ask(
        spec="the sum of the numbers that are greater than least",
        examples=TOTAL,
        signature="def total(numbers, least)",
    )
    assert (answer.status, answer.verified, answer.verdict) == ("verified", True, "verified")
    assert answer.tests.model_dump() == {"given": 3, "passed": 3, "distinct": 3}
    assert answer.result == answer.code
    assert answer.code is not None
    assert "def total(" in answer.code
    assert answer.method.startswith("3 of 3 examples pass in the sandbox")
    assert answer.interpreted_as.startswith("def total(numbers, least): the sum of the numbers")
    assert answer.interpreted_as.endswith("(3 examples)")


def test_a_function_of_the_typed_language_has_a_plan_with_values() -> None:
    answer = ask(
        spec="zzz", examples="f([3, 1, 9]) == -3; f([2, 2]) == -2; f([5]) == -5; f([8, 7]) == -8"
    )
    assert answer.status == "verified"
    assert answer.source in ("hrm:hrm-program", "hrm+search", "search")
    assert answer.plan is not None
    assert all(step.words and len(step.values) == 3 for step in answer.plan)
    assert answer.plan[-1].values == ["-3", "-2", "-5"]


def test_what_passes_some_is_partial_and_not_verified() -> None:
    answer = ask(spec="zzz", examples="g(2) == 4; g(3) == 9")
    assert (answer.status, answer.verified, answer.verdict) == ("partial", False, "unverified")
    assert "`verified` needs 3" in answer.note


def test_without_examples_code_is_at_most_unverified() -> None:
    answer = ask(spec="find the volume of a cone")
    assert (answer.status, answer.verified, answer.verdict) == ("unverified", None, "unverified")
    assert answer.tests.given == 0
    assert answer.source.startswith("library:")
    assert answer.method == "none"


def test_where_nothing_is_found_the_note_says_why_stage_by_stage() -> None:
    examples = "f('a') == 17.25; f('b') == -3.5; f('c') == 8.125"
    answer = ask(spec="zzz", examples=examples, budget_ms=1_000)
    assert (answer.status, answer.result, answer.code) == ("none", None, None)
    assert answer.verified is None
    for stage in ("library: ", "enumeration: "):
        assert stage in answer.note


@pytest.mark.parametrize(
    "examples",
    [
        [{"inputs": [[1, 5, 7], 4], "output": 12}, {"inputs": [[1], 4], "output": 0}],
        {"inputs": [[1, 5, 7], 4], "output": 12},
        ["assert f([1, 5, 7], 4) == 12", "assert f([1], 4) == 0"],
        '[{"inputs": [[1, 5, 7], 4], "output": 12}]',
    ],
)
def test_examples_may_be_json_as_well_as_text(examples: Any) -> None:
    read = understand(CodeArguments(spec="x", examples=examples))
    assert read.name == "f"
    assert read.examples[0].call.arguments == ([1, 5, 7], 4)
    assert read.examples[0].expected == 12


def test_names_come_from_the_signature_then_from_the_examples() -> None:
    assert understand(CodeArguments(spec="x", signature="def g(a)")).name == "g"
    assert understand(CodeArguments(spec="x", examples="h(1) == 2")).name == "h"
    assert understand(CodeArguments(spec="x")).name == "f"
    request = understand(CodeArguments(spec=" x ", signature="g(a: int)", examples="g(1) == 2"))
    assert (request.specification, request.signature) == ("x", "def g(a: int)")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"spec": ""}, "spec: "),
        ({"spec": "x", "examples": "f(1) == 2; f(1) == 3"}, "contradict each other"),
        ({"spec": "x", "examples": "f(open('x')) == 2"}, "is no literal value"),
        ({"spec": "x", "examples": "f(1) == 2", "signature": "g(a)"}, "the examples call `f`"),
        ({"spec": "x", "signature": "f(1)"}, "is no signature"),
        ({"spec": "x", "budget_ms": 99}, "budget_ms: "),
        ({"spec": "x", "budget_ms": 30_001}, "budget_ms: "),
        ({"spec": "x", "examples": 5}, "examples: "),
        ({"spec": "x", "hidden_check": "y"}, "hidden_check: unknown argument"),
    ],
)
def test_what_cannot_be_meant_is_invalid_with_a_remedy(
    arguments: dict[str, Any], said: str
) -> None:
    outcome = asyncio.run(invoke(TOOL, arguments))
    assert outcome.kind == "invalid"
    assert said in outcome.text
    assert "hint: " in outcome.text or "Send " in outcome.text


def test_the_call_ends_as_data_that_json_can_hold() -> None:
    outcome = sent(spec="zzz", examples="f((1, 2)) == {3}; f((4, 5)) == {9}; f((0, 0)) == {0}")
    assert outcome.ok
    assert outcome.data is not None
    assert outcome.data["status"] in ("verified", "none")


@pytest.fixture
def _fresh_stages() -> Any:
    generate_code.stages.cache_clear()
    yield
    generate_code.stages.cache_clear()


@pytest.mark.usefixtures("_fresh_stages")
def test_a_model_of_ones_own_is_asked_last(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(executors.VARIABLE, f"gguf:{tmp_path}/none.gguf")
    *_, last = generate_code.stages()
    assert isinstance(last, Absent)
    assert "none.gguf" in last.reason
    script = tmp_path / "replies.jsonl"
    script.write_text('{"asked": ["zzz"], "replies": ["def f(): pass"]}\n')
    monkeypatch.setenv(executors.VARIABLE, f"scripted:{script}")
    found = generate_code.executor()
    assert found is not None
    assert found.name == "executor"


def test_without_one_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(executors.VARIABLE, raising=False)
    assert generate_code.executor() is None


def hang() -> None:
    """Start this process's sandbox, let it run a loop, and wait: what a test kills."""
    from hrm_engine.codegen.shared_sandbox import shared_sandbox
    from hrm_engine.evaluation.sandbox import Call, Limits

    forever = "def f():\n    while True: pass"
    shared_sandbox().run(forever, [Call("f")], Limits(wall_s=600.0, cpu_s=600.0))


def family(pid: int) -> list[psutil.Process]:
    return psutil.Process(pid).children(recursive=True)


def wait_for(count: int, pid: int) -> list[psutil.Process]:
    """The processes below `pid` once there are so many."""
    while len(found := family(pid)) < count:
        os.sched_yield()
    return found


@pytest.mark.slow
@pytest.mark.requirement("SD-11")
def test_a_worker_that_is_killed_leaves_no_process_behind() -> None:
    pool = WorkerPool(PoolLimits(size=1))
    deadline = Deadline.after(60)
    try:
        pool.run(deadline, generate_code.search, understand(CodeArguments(spec="zzz")), 5.0)
        (worker,) = pool.pids
        before = wait_for(1, worker)
        psutil.Process(worker).kill()
        gone, alive = psutil.wait_procs(before, timeout=30)
        assert (len(gone), alive) == (len(before), [])
    finally:
        pool.close()


@pytest.mark.requirement("SD-11")
@pytest.mark.slow
def test_a_call_that_runs_out_of_time_takes_its_candidate_with_it() -> None:
    pool = WorkerPool(PoolLimits(size=1))
    try:
        pool.run(Deadline.after(60), os.getpid)
        (worker,) = pool.pids
        deadline = Deadline.after(60)
        with ThreadPoolExecutor(1) as thread:
            call = thread.submit(pool.run, deadline, hang)
            seen = wait_for(2, worker)  # the fork server and the candidate
            deadline.cancel()
            with pytest.raises(DeadlineError):
                call.result()
        assert psutil.wait_procs(seen, timeout=30)[1] == []
    finally:
        pool.close()


def test_reading_the_request_runs_nothing() -> None:
    with pytest.raises(TaskError):
        understand(CodeArguments(spec="x", examples="f(exit()) == 1"))
