"""pass@k of a model: programs are run in the sandbox, failures shown as diffs."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

import pytest

from hrm_engine.codegen.text_errors import EvaluationTimeout
from hrm_engine.codegen.text_evaluation import evaluate, pass_at_k
from hrm_engine.codegen.text_mbpp import Mbpp, prepare_mbpp, prompt_of
from hrm_engine.codegen.text_speed import benchmark
from hrm_engine.errors import ConfigError
from hrm_engine.evaluation.mbpp.problems import Problem
from tests.engine.codegen.text_toy import toy_model

DATA = Path(__file__).parents[3] / "benchmarks/data/mbpp.jsonl"


@functools.cache
def mbpp() -> Mbpp:
    return prepare_mbpp(DATA)


def half_right(problem: Problem) -> Iterator[str]:
    """Every second program is the published one."""
    known = {task.id: task.reference for task in mbpp().test}
    while True:
        yield known[problem.id]
        yield f"def {problem.name}(*_):\n    return 'wrong'\n"


def wrong(problem: Problem) -> Iterator[str]:
    """Programs that are all wrong."""
    while True:
        yield f"def {problem.name}(*_):\n    return 'wrong'\n"


@pytest.mark.requirement("SD-4")
def test_the_splits_are_the_published_ones() -> None:
    found = mbpp()
    assert (len(found.train), len(found.validation), len(found.test)) == (374, 90, 500)
    task = next(iter(found.test))
    assert prompt_of(task.problem(0)) == f"{task.text}\n# {task.signature}\n"
    assert len(found.test[:20]) == 20
    assert "def max_chain_length(" in found.train.pairs().pairs[0].completion


@pytest.mark.requirement("SD-4")
def test_mbpp_can_be_trained_on(tmp_path: Path) -> None:
    few = mbpp().train[:3]
    model = toy_model(tmp_path)
    example = few.encoded(1, model.tokenizer)
    text = model.tokenizer.decode(example.tokens[:-1])
    assert text == prompt_of(few.tasks[1].problem(0)) + few.tasks[1].reference
    assert len(few) == 3


def test_the_file_is_found_in_the_checkout_or_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert len(prepare_mbpp().test) == 500
    monkeypatch.setattr("hrm_engine.codegen.text_mbpp.FILE", Path("none.jsonl"))
    with pytest.raises(ConfigError, match=r"there is no none.jsonl here"):
        prepare_mbpp()


@pytest.mark.requirement("SD-3")
def test_the_estimate_is_unbiased_over_the_samples() -> None:
    found = pass_at_k(half_right, mbpp().test[:2], k=(1, 2), timeout=5.0)
    assert found == {"pass@1": pytest.approx(0.5), "pass@2": pytest.approx(1 - 1 / 6)}


@pytest.mark.requirement("SD-3", "SD-5")
def test_failing_tests_are_shown_as_a_diff() -> None:
    shown: list[str] = []
    task = mbpp().test[:1].tasks[0]
    assert pass_at_k(wrong, [task], 1, show=shown.append) == {"pass@1": 0.0}
    (failure,) = shown
    assert failure.startswith(f"{task.label}: {task.cases[0].text}")
    assert f"  - {task.cases[0].expected!r}" in failure.splitlines()
    assert "  + 'wrong'" in failure.splitlines()


def test_a_task_without_a_program_counts_as_failed() -> None:
    found = evaluate(lambda problem: (), mbpp().test[:1], 1)
    assert found.rates == {"pass@1": 0.0}
    assert found.failures == ("Mbpp/11: no program",)


@pytest.mark.requirement("SD-3")
def test_a_text_model_is_measured_by_its_samples(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    found = evaluate(
        toy_model(tmp_path, context=256),
        mbpp().test[:1],
        k=(1, 2),
        n=2,
        max_tokens=8,
        progress=lambda *done: told.append(done),
    )
    assert found.rates == {"pass@1": 0.0, "pass@2": 0.0}
    assert (found.tasks, found.samples, sum(found.statuses.values())) == (1, 2, 2)
    assert told == [(1, 1)]


@pytest.mark.requirement("SD-5")
def test_an_evaluation_past_its_time_says_how_far_it_came() -> None:
    with pytest.raises(EvaluationTimeout, match=r"its 0 s after 0 of 2 tasks\n  hint: measure"):
        pass_at_k(half_right, mbpp().test[:2], limit_s=0)


@pytest.mark.parametrize(("k", "n"), [(0, 4), ((1, 8), 4), ((), 4)])
def test_a_k_that_cannot_be_told_is_refused(k: int | tuple[int, ...], n: int) -> None:
    with pytest.raises(ConfigError, match="cannot be told from 4 samples"):
        evaluate(wrong, mbpp().test[:1], k, n=n)
    with pytest.raises(ConfigError, match="of 0 tasks"):
        evaluate(wrong, [], 1)


@pytest.mark.requirement("SD-4")
def test_a_benchmark_says_what_it_measured_and_where(tmp_path: Path) -> None:
    model = toy_model(tmp_path)
    found = benchmark(model, seq_len=16, batch_size=2)
    assert (found["seq_len"], found["batch_size"]) == (16, 2)
    assert found["parameters"] == model.parameters
    for half, tokens in (("read", 32), ("write", 16)):
        seconds = found[f"{half}_ms"] / 1e3
        assert found[f"{half}_tokens_per_second"] == pytest.approx(tokens / seconds, rel=0.01)
    assert found["machine"]
    for seq_len, batch in ((1, 1), (97, 1), (16, 0)):
        with pytest.raises(ConfigError, match="cannot be timed"):
            benchmark(model, seq_len, batch)
