"""`hrm eval deepcoder`: the report, the files it writes, and what it cannot do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hrm_coprocessor.cli import main

RECORDS = [
    {
        "inputs": ["x0 = [ 3 -1 4 ]", "x0 = [ 7 2 ]", "x0 = [ 5 0 1 ]"],
        "outputs": ["[ 6 -2 8 ]", "[ 14 4 ]", "[ 10 0 2 ]"],
        "program": "x0 = INPUT | x1 = Map (*2) x0",
    },
    {
        "inputs": ["x0 = [ 3 1 2 ]", "x0 = [ 9 4 ]", "x0 = [ 5 0 7 ]"],
        "outputs": ["3", "9", "7"],
        "program": "x0 = INPUT | x1 = Sort x0 | x2 = Last x1",
    },
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "problems.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in RECORDS))
    return path


def evaluate(data: Path, *words: str) -> int:
    command = ["eval", "deepcoder", "--data", str(data), "--budget-ms", "60000"]
    return main([*command, *words])


def test_the_report_is_printed_and_written(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, lines = tmp_path / "out.json", tmp_path / "lines.jsonl"
    files = ["--json", str(out), "--predictions", str(lines)]
    assert evaluate(data, *files, "--settle-ms", "50", "--shown", "2") == 0
    printed = capsys.readouterr().out
    assert "2 of 2, 100.0%" in printed
    report = json.loads(out.read_text())
    assert (report["n"], report["solved"]["count"], report["wrong"]) == (2, 2, 0)
    assert report["held_out"]["n"] == 2
    assert [row["length"] for row in report["lengths"]] == [1, 2]
    assert report["command"].startswith("hrm eval deepcoder --data")
    assert "--settle-ms 50 --shown 2" in report["command"]
    rows = [json.loads(line) for line in lines.read_text().splitlines()]
    assert [row["solved"] for row in rows] == [True, True]


def test_the_costs_and_the_direction_can_be_given(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    costs = tmp_path / "costs.json"
    costs.write_text('{"Map (*2)": 1, "Maximum": 2}')
    assert evaluate(data, "--forward-only", "--costs", str(costs), "--limit", "1") == 0
    assert "enumeration forward alone, by given costs" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["--shown", "0"], ["--budget-ms", "0"], ["--settle-ms", "-1"]])
def test_numbers_that_make_no_sense_are_an_error(
    words: list[str], data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluate(data, *words) == 1
    assert "must be positive" in capsys.readouterr().err


def test_a_file_of_problems_is_needed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "deepcoder"]) == 1
    assert "needs a file of problems" in capsys.readouterr().err
    empty = tmp_path / "empty.jsonl"
    empty.write_text("")
    assert evaluate(empty) == 1
    assert "holds no problem" in capsys.readouterr().err
