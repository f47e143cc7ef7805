"""The file of tasks: both editions read alike, a wrong line is named, splits are the published."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hrm_engine.errors import ConfigError
from hrm_engine.evaluation.mbpp.problems import MbppTask, read_tasks, split

DATA = Path(__file__).parents[4] / "benchmarks/data/mbpp.jsonl"
RECORD: dict[str, Any] = {
    "task_id": 12,
    "text": "Write a function to double a number. ",
    "code": "def helper(x):\r\n    return x\r\ndef double(x, y=0):\r\n    return helper(x) * 2",
    "test_setup_code": "root = 1",
    "test_list": ["assert double(1) == 2", "assert double(2) == 4", "assert double(3) == 6"],
}


def write(path: Path, *records: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


@pytest.fixture(scope="module")
def tasks() -> list[MbppTask]:
    return read_tasks(DATA)


def test_all_974_tasks_are_read(tasks: list[MbppTask]) -> None:
    assert [task.id for task in tasks] == list(range(1, 975))
    assert {len(task.cases) for task in tasks} == {3}
    assert all(task.signature.startswith(f"def {task.name}(") for task in tasks)


def test_all_but_five_are_plain_calls_with_constant_arguments(tasks: list[MbppTask]) -> None:
    assert [task.id for task in tasks if task.built] == [367, 533, 601, 912, 927]


@pytest.mark.parametrize(
    ("name", "n"),
    [("test", 500), ("validation", 90), ("train", 374), ("prompt", 10), ("all", 974)],
)
def test_the_splits_are_the_published_ones(name: str, n: int, tasks: list[MbppTask]) -> None:
    assert len(split(tasks, name)) == n


def test_an_unknown_split_is_refused(tasks: list[MbppTask]) -> None:
    with pytest.raises(ConfigError, match="no split 'dev'"):
        split(tasks, "dev")


def test_a_generator_sees_the_request_the_signature_and_the_visible_asserts(
    tmp_path: Path,
) -> None:
    (task,) = read_tasks(write(tmp_path / "a.jsonl", RECORD))
    problem = task.problem(1)
    assert (problem.id, task.label) == (12, "Mbpp/12")
    assert problem.text == "Write a function to double a number."
    assert (problem.name, problem.signature) == ("double", "def double(x, y=0)")
    assert problem.visible == task.cases[:1]
    assert task.setup == "root = 1"
    assert "\r" not in task.reference


def test_the_revised_edition_reads_the_same_way(tmp_path: Path) -> None:
    record = {name: RECORD[name] for name in ("task_id", "code")}
    record |= {"prompt": "Double.", "test_imports": ["import math"]}
    record |= {"test_list": ["assert math.isclose(double(1), 2.0, rel_tol=0.001)"]}
    (task,) = read_tasks(write(tmp_path / "a.jsonl", record))
    assert (task.text, task.setup, task.name) == ("Double.", "import math", "double")
    assert task.cases[0].rel_tol == 0.001


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"code": None, "task_id": "x"}, "a.jsonl:2"),
        ({"code": "def double(x"}, "the reference is not Python"),
        ({"test_list": ["assert triple(1) == 3"]}, "no assert calls a function of the reference"),
        ({"test_list": ["assert double(1) == triple(1)"]}, "no constant"),
    ],
)
def test_a_wrong_line_is_named(change: dict[str, Any], problem: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=problem) as caught:
        read_tasks(write(tmp_path / "a.jsonl", RECORD, RECORD | change))
    assert "a.jsonl:2" in caught.value.problem


def test_a_line_without_a_field_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="test_list"):
        read_tasks(write(tmp_path / "a.jsonl", {"task_id": 1, "text": "x", "code": "x = 1"}))
