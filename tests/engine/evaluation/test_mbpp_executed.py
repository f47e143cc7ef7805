"""A language model as a generator of MBPP programs: raw, and ordered by its stage."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import pytest

from hrm_engine.deadline import Deadline
from hrm_engine.evaluation.mbpp import Examiner, Ledger, Plan, measure, read_tasks, score
from hrm_engine.evaluation.mbpp.executed import ordered, raw
from hrm_engine.evaluation.sandbox import Sandbox

RIGHT = "```python\ndef double(x):\n    return 2 * x\n```"
SQUARE = "Here:\n```python\ndef double(x):\n    return x ** 2\n```"


class Model:
    """Says four things in order, then the same again."""

    name = "tiny"

    def __init__(self) -> None:
        self._says = cycle((SQUARE, RIGHT, "I do not know.", RIGHT))

    def sample(self, prompt: str, k: int, temperature: float, deadline: Deadline) -> Iterator[str]:
        return islice(self._says, k)


@pytest.fixture
def tasks(tmp_path: Path) -> Path:
    asserts = [f"assert double({x}) == {2 * x}" for x in (2, 3, 5)]
    code = "class P: pass\ndef double(x):\n    return x + x"
    task = {"task_id": 601, "text": "Double a number.", "code": code, "test_list": asserts}
    path = tmp_path / "tasks.jsonl"
    path.write_text(json.dumps(task) + "\n")
    return path


@pytest.mark.requirement("SD-10")
def test_raw_samples_give_the_unbiased_estimate_and_silence_counts(tasks: Path) -> None:
    plan = Plan((1, 2), n=4)
    with Sandbox() as sandbox:
        generator = raw(Model(), 4, 0.8)
        judged = measure(
            generator, read_tasks(tasks), plan, [Examiner(sandbox)], ledger=Ledger("a", None)
        )
    assert generator.name == "tiny raw, T 0.8"
    assert [verdict.right for verdict in judged[0]] == [False, True, False, True]
    assert score(generator, judged, plan).rates[0].value == 0.5


@pytest.mark.requirement("SD-10")
def test_ordered_programs_put_what_fits_the_visible_assert_first(tasks: Path) -> None:
    plan = Plan((1,), visible=2)
    with Sandbox() as sandbox:
        generator = ordered(Model(), 4)
        judged = measure(
            generator, read_tasks(tasks), plan, [Examiner(sandbox)], ledger=Ledger("b", None)
        )
    (first, *_) = judged[0]
    assert first.right
    assert "2 * x" in first.solution
