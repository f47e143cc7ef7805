"""The benchmark of what the pipeline adds: it runs, compares in pairs, and shows what it did."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmarks import bench_pipeline, script_executor
from hrm_engine.evaluation.mbpp import MbppTask, read_tasks


def record(number: int, line: str) -> dict[str, Any]:
    text, name, code, *cases = line.split("|")
    pairs = [case.rsplit(", ", 1) for case in cases]
    asserts = [f"assert {name}({given}) == {wanted}" for given, wanted in pairs]
    code = code.replace("\\n", "\n")
    return {"task_id": number, "text": text, "code": code, "test_list": asserts}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    lines = [
        record(511, "Double a number.|double|def double(x):\\n    return x * 2|2, 4|3, 6|5, 10"),
        record(512, "Add one.|plus|def plus(n):\\n    return n + 1|1, 2|8, 9|0, 1"),
        record(601, "Return it.|same|def same(n):\\n    return n|'a', 'a'|'b', 'b'|'c', 'c'"),
    ]
    path = tmp_path / "tasks.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def script(folder: Path, replies: dict[str, list[str]]) -> str:
    path = folder / "script.jsonl"
    lines = ({"asked": [f"`{name}`"], "replies": said} for name, said in replies.items())
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return f"scripted:{path}"


def bench(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *given: str
) -> dict[str, Any]:
    monkeypatch.setattr(sys, "argv", ["bench_pipeline.py", *given])
    bench_pipeline.main()
    row: dict[str, Any] = json.loads(capsys.readouterr().out)
    return row


@pytest.mark.requirement("HY-5", "SD-10")
def test_raw_and_pipeline_are_compared_on_the_asserts_that_were_not_shown(
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    square, double = "def f(x):\n    return x ** 2", "def f(x):\n    return 2 * x"
    said = {"double": [square, double, double, double], "same": ["def same(n): return n"]}
    spec = script(tmp_path, said)
    rows = tmp_path / "rows.jsonl"
    row = bench(
        monkeypatch, capsys, "--executor", spec, "--data", str(data), "--split", "own",
        "--n", "3", "--search-s", "20", "--rows", str(rows),
    )  # fmt: skip
    # `double`: three samples outvote the first; `plus`: no reply, the other stages are asked.
    assert (row["n"], row["raw"], row["worse"]) == (3, 0.3333, 0)
    assert row["pipeline"] >= 0.6667
    assert row["answers_by"]["executor"] == 2
    assert row["better"] in (1, 2)
    assert row["gain_95"][0] <= row["gain"] <= row["gain_95"][1]
    assert row["mcnemar_p"] in (0.5, 1.0)
    assert row["time_to_all_samples"] >= 1
    assert row["memory_ratio"] >= 1
    kept = [json.loads(line) for line in rows.read_text().splitlines()]
    assert [each["samples"] for each in kept] == [4, 0, 3]
    rows.write_text("".join(json.dumps(each) + "\n" for each in kept[:2]))
    again = bench(
        monkeypatch, capsys, "--executor", spec, "--data", str(data), "--split", "own",
        "--n", "3", "--rows", str(rows),
    )  # fmt: skip
    assert (again["n"], again["pipeline"]) == (3, row["pipeline"])
    assert len(rows.read_text().splitlines()) == 3


def reference(code: str) -> MbppTask:
    return MbppTask(601, "Ask.", code, "", "f", "def f(n)", ())


def test_a_script_is_the_same_for_the_same_seed_and_as_right_as_asked() -> None:
    task = reference("def f(n):\n    return n + 1")
    assert script_executor.replies(task, 0.5, 5, 0) == script_executor.replies(task, 0.5, 5, 0)
    assert script_executor.replies(task, 0.5, 5, 0) != script_executor.replies(task, 0.5, 5, 1)
    tasks = [reference(f"def f(n):\n    return n + {k}") for k in range(3)]
    for task in tasks:
        said = script_executor.replies(task, 0.999, 20, 0)
        assert sum(task.reference in text for text in said) >= 18


def test_each_fault_spoils_a_program() -> None:
    code = "def f(n):\n    total = 0\n    if n < 3 and n:\n        total = n * 2\n    return total"
    spoilt = {script_executor.spoilt(code, "f", Random(seed)) for seed in range(60)}  # noqa: S311
    assert code not in spoilt
    assert len(spoilt) > 15
    bare = {script_executor.spoilt("def f(n):\n    return n", "f", Random(s)) for s in range(40)}  # noqa: S311
    assert any("*arguments" in text for text in bare)


def test_a_script_file_holds_no_task_of_the_test_split(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with data.open("a") as more:
        more.write(json.dumps(record(11, "Hidden.|h|def h(n):\\n    return n|1, 1|2, 2|3, 3")))
    out = tmp_path / "out.jsonl"
    monkeypatch.setattr(sys, "argv", ["x", "--out", str(out), "--data", str(data)])
    script_executor.main()
    assert len(read_tasks(data)) == 4
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert [line["asked"][1] for line in lines] == ["`double`", "`plus`", "`same`"]
    assert all(len(line["replies"]) == 12 for line in lines)
