"""`hrm eval mbpp`: the report, the files it reads and writes, and the baseline beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hrm_coprocessor.cli import main
from hrm_engine.evaluation.mbpp.problems import read_tasks, split

DATA = Path(__file__).parents[2] / "benchmarks/data/mbpp.jsonl"
FIRST = split(read_tasks(DATA), "test")[:2]


def evaluate(*words: str) -> int:
    return main(["eval", "mbpp", "--data", str(DATA), "--limit", "2", *words])


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    """Two samples a task: the reference, and a program that is wrong."""
    path = tmp_path / "samples.jsonl"
    rows = [
        {"task_id": task.label, "solution": code}
        for task in FIRST
        for code in (task.reference, f"def {task.name}(*_): return None")
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_samples_are_measured_beside_the_baseline(samples: Path, tmp_path: Path) -> None:
    out, verdicts = tmp_path / "out.json", tmp_path / "verdicts.jsonl"
    files = ["--samples", str(samples), "--json", str(out), "--predictions", str(verdicts)]
    assert evaluate(*files, "--k", "1", "2", "--n", "2") == 0
    report: dict[str, Any] = json.loads(out.read_text())
    asked, baseline = report["scores"]
    assert [rate["value"] for rate in asked["rates"]] == [0.5, 1.0]
    assert (asked["estimate"], baseline["estimate"]) == ("unbiased", "ranked")
    assert baseline["generator"] == "retrieval"
    assert (report["n"], report["visible"], report["split"]) == (2, 0, "test")
    assert report["measure"] == "pass@k, no assert visible"
    assert report["command"].startswith("hrm eval mbpp --k 1 2 --n 2")
    assert len(verdicts.read_text().splitlines()) == 4
    assert (tmp_path / "verdicts.retrieval.jsonl").exists()


def test_a_rerun_judges_nothing_again(samples: Path, tmp_path: Path) -> None:
    verdicts = tmp_path / "verdicts.jsonl"
    command = ["--samples", str(samples), "--predictions", str(verdicts), "--no-peers"]
    for _ in range(2):
        assert evaluate(*command, "--k", "1", "--n", "2", "--visible-tests", "1") == 0
        assert len(verdicts.read_text().splitlines()) == 4


def test_enumeration_stands_beside_where_it_has_examples(
    samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--samples", str(samples), "--k", "1", "--n", "2", "--visible-tests", "3"]
    assert evaluate(*words, "--limit", "1", "--budget-ms", "100") == 0
    table = capsys.readouterr().out
    assert "test-guided solve rate" in table
    assert [f"{name} answers" in table for name in ("retrieval", "enumeration 0.1 s")] == [
        True,
        True,
    ]


def test_without_samples_the_system_is_measured_beside_the_baselines(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    words = ["--visible-tests", "1", "--draws", "5", "--budget-ms", "50", "--strict", "--parts"]
    assert evaluate(*words, "--json", str(out), "--limit", "1") == 0
    report = json.loads(out.read_text())
    names = ["system", "library", "library-mbpp", "retrieval", "enumeration 0.05 s"]
    assert [s["generator"] for s in report["scores"]] == names
    assert report["oracles"] == "asserts"
    assert "--draws 5" in report["command"]


def test_a_model_of_ones_own_is_measured_alone_and_ordered(tmp_path: Path) -> None:
    script, out, verdicts = (tmp_path / name for name in ("m.jsonl", "out.json", "v.jsonl"))
    lines = [
        {"asked": [task.text], "replies": [f"def {task.name}(*_): return 0", task.reference]}
        for task in FIRST
    ]
    script.write_text("".join(json.dumps(line) + "\n" for line in lines))
    words = ["--executor", f"scripted:{script}", "--temperature", "0.8", "--no-peers"]
    files = ["--json", str(out), "--predictions", str(verdicts)]
    assert evaluate(*words, *files, "--k", "1", "--n", "2", "--visible-tests", "1") == 0
    report = json.loads(out.read_text())
    alone, ordered = report["scores"]
    assert (alone["generator"], alone["estimate"]) == ("m raw, T 0.8", "unbiased")
    assert (ordered["generator"], ordered["estimate"]) == ("m ordered", "ranked")
    assert "--temperature 0.8" in report["command"]
    assert f"--executor scripted:{script}" in report["command"]
    assert (tmp_path / "v.m.jsonl").exists()


def test_the_references_pass(capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate("--reference") == 0
    assert "@1 100.0%" in capsys.readouterr().out


@pytest.mark.requirement("SD-3")
def test_a_reference_that_fails_is_an_error_with_its_diff(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = json.loads(DATA.read_text().splitlines()[10]) | {"test_list": ["assert f(1) == 2"]}
    path = tmp_path / "wrong.jsonl"
    path.write_text(json.dumps(record | {"code": "def f(x):\n    return x"}))
    assert main(["eval", "mbpp", "--data", str(path), "--reference", "--failures", "1"]) == 1
    assert "assert f(1) == 2\n  - 2\n  + 1\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["--k", "10", "--n", "5"], "pass@10 cannot be told from 5 samples"),
        (["--k", "0"], "pass@0"),
        (["--split", "dev"], "no split 'dev'"),
        (["--data", "nowhere.jsonl"], "nowhere.jsonl"),
    ],
)
def test_what_cannot_be_measured_is_one_clear_error(
    words: list[str], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluate(*words) == 1
    assert problem in capsys.readouterr().err


def test_without_the_data_the_error_says_what_to_give(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["eval", "mbpp"]) == 1
    assert "--data" in capsys.readouterr().err


def test_a_file_without_a_task_of_the_split_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "first.jsonl"
    path.write_text(DATA.read_text().splitlines()[0])
    assert main(["eval", "mbpp", "--data", str(path)]) == 1
    assert "no task of the split test" in capsys.readouterr().err


def test_a_task_of_another_kind_still_needs_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "derivative"]) == 1
    assert "needs a file of problems" in capsys.readouterr().err
