"""`hrm eval` writes the report and the predictions that an outside grader reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hrm_coprocessor.cli import main
from hrm_engine.tasks.sudoku import Sudoku4
from tests.engine.inference.grid_trained import save, sudoku4_puzzles, train_sudoku4

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


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "toy4"
    return save(folder, train_sudoku4(), Sudoku4().vocabulary)


@pytest.mark.requirement("EN-7")
def test_grids_are_measured_in_batches_and_by_difficulty(network: Path, tmp_path: Path) -> None:
    data, out, answers = (tmp_path / name for name in ("data.jsonl", "out.json", "answers.jsonl"))
    rated = [{"input": puzzle, "rating": i} for i, puzzle in enumerate(sudoku4_puzzles(8))]
    data.write_text("".join(json.dumps(line) + "\n" for line in rated))
    paths = ["--data", str(data), "--json", str(out), "--predictions", str(answers)]
    plan = ["--k", "8", "--depth", "8", "--rating", "3,5", "--device", "cpu", "--seed", "1"]
    assert main(["eval", "sudoku4", "--model", str(network), *paths, *plan]) == 0
    report = json.loads(out.read_text())
    assert set(report) >= FIELDS
    grid = report["grid"]
    assert (report["n"], report["wrong_but_verified"], grid["depth"]) == (8, 0, 8)
    assert report["verified_at_1"] <= report["verified_at_k"] <= grid["with_fallback"] == 1.0
    assert [bucket["rating"] for bucket in grid["buckets"]] == ["0-3", "4-5", "6+"]
    assert grid["latency_n"] == 8
    assert report["baseline"]["name"] == "exact cover"
    for words in ("--depth 8", "--rating 3,5", "--device cpu", "--seed 1"):
        assert words in report["command"]
    rows = [json.loads(line) for line in answers.read_text().splitlines()]
    assert [row["id"] for row in rows] == [str(i) for i in range(8)]
    assert all(row["verdict"] == "proved" for row in rows)


def test_a_grid_report_is_readable(
    network: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data.jsonl"
    data.write_text(json.dumps({"input": sudoku4_puzzles(1)[0]}) + "\n")
    command = ["eval", "sudoku4", "--model", str(network), "--data", str(data), "--k", "2"]
    assert main([*command, "--no-peers", "--no-halt"]) == 0
    shown = capsys.readouterr().out
    assert "chosen by the network itself among 2" in shown
    assert "with the classical fallback" in shown
    assert "16.00 of 16, 0.00% ended by it" in shown
