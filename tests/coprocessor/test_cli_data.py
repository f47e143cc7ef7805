"""`hrm data`: a cleaned, de-duplicated file of generated problems."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hrm_coprocessor.cli import main
from hrm_engine.tasks.derivative import DerivativeTask

Captured = pytest.CaptureFixture[str]


@pytest.mark.requirement("EN-8")
def test_a_file_of_distinct_right_records_is_written(tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "pairs.jsonl"
    assert main(["data", "derivative", "--n", "20", "--seed", "3", "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"wrote 20 records to {out}")
    records = [json.loads(line) for line in out.read_text().splitlines()]
    assert [set(r) for r in records] == [{"id", "input", "variable", "order", "answer"}] * 20
    assert len({record["input"] for record in records}) == 20
    task = DerivativeTask()
    for record in records:
        problem = task.read(record)
        assert task.verify(problem, task.read({"input": record["answer"]}).expression).accepted


def test_the_same_seed_writes_the_same_file(tmp_path: Path, capsys: Captured) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for out in (one, other):
        command = ["data", "derivative", "--n", "30", "--no-check", "--json", "--out", str(out)]
        assert main(command) == 0
    assert one.read_text() == other.read_text()
    summary = json.loads(capsys.readouterr().out.splitlines()[0])
    assert summary | {"dropped": {}} == {
        "out": str(one),
        "n": 30,
        "seed": 0,
        "split": "train",
        "dropped": {},
    }


def test_the_splits_share_nothing(tmp_path: Path) -> None:
    inputs = []
    for split in ("train", "held-out"):
        out = tmp_path / split
        command = ["data", "derivative", "--n", "4", "--no-check", "--split", split]
        assert main([*command, "--out", str(out)]) == 0
        inputs.append({json.loads(line)["input"] for line in out.read_text().splitlines()})
    assert not inputs[0] & inputs[1]


def test_a_place_that_cannot_be_written_is_an_error_with_a_hint(
    tmp_path: Path, capsys: Captured
) -> None:
    out = tmp_path / "nowhere" / "pairs.jsonl"
    assert main(["data", "derivative", "--n", "1", "--out", str(out)]) == 1
    assert "hint: name a file in a folder that exists" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [["--n", "0"], ["--seed", "-1"], ["--n", "many"]])
def test_wrong_usage_is_exit_code_2(wrong: list[str], tmp_path: Path, capsys: Captured) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["data", "derivative", "--out", str(tmp_path / "x"), *wrong])
    assert stop.value.code == 2
    assert wrong[0] in capsys.readouterr().err
