"""`hrm eval` writes the report and the predictions that an outside grader reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hrm_coprocessor.cli import main

FIELDS = {
    "task",
    "model",
    "n",
    "verified_at_1",
    "verified_at_k",
    "k",
    "fallback_rate",
    "wrong_but_verified",
    "proved_rate",
    "p50_ms",
    "p95_ms",
    "baseline",
    "machine",
    "command",
}
LINES = [
    {"id": "a", "input": "sin(5x)"},
    {"id": "b", "input": "\\frac{t}{t+1}", "variable": "t", "order": 2},
    {"id": "c", "input": "not an expression ("},
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in LINES))
    return path


@pytest.mark.requirement("EN-8")
def test_the_report_and_the_predictions_are_complete(data: Path, tmp_path: Path) -> None:
    out, answers = tmp_path / "out.json", tmp_path / "answers.jsonl"
    paths = ["--data", str(data), "--json", str(out), "--predictions", str(answers)]
    assert main(["eval", "derivative", *paths, "--k", "4"]) == 0
    report = json.loads(out.read_text())
    assert set(report) >= FIELDS
    assert (report["n"], report["k"], report["wrong_but_verified"]) == (3, 4, 0)
    assert report["baseline"]["name"] == "sympy"
    rows = [json.loads(line) for line in answers.read_text().splitlines()]
    assert [row["id"] for row in rows] == ["a", "b", "c"]
    assert rows[0]["result"] == "5*cos(5*x)"
    assert rows[2]["result"] is None


def test_only_the_first_items_when_asked(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["eval", "derivative", "--data", str(data), "--limit", "1", "--no-peers"]) == 0
    assert "problems" in capsys.readouterr().out


def test_a_missing_file_is_one_clear_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "derivative", "--data", "nowhere.jsonl"]) == 1
    assert "nowhere.jsonl" in capsys.readouterr().err
