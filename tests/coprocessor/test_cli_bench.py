"""`hrm bench` and `hrm export onnx`: the engines of a grid model, from the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hrm_coprocessor.cli import main
from hrm_engine.export.checkpoint import load_checkpoint
from hrm_engine.inference import onnx_engine
from hrm_engine.inference.engine_choice import choose, record_file
from hrm_engine.tasks.sudoku import Sudoku4
from tests.engine.inference.grid_trained import save, sudoku4_puzzles, train_sudoku4

QUICK = ["--repeats", "1", "--seconds", "5"]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("trained")
    save(home / "toy", train_sudoku4(), Sudoku4().vocabulary)
    lines = "".join(f"{text}\n" for text in sudoku4_puzzles(4))
    (home / "puzzles.txt").write_text(lines)
    return home


@pytest.fixture(autouse=True)
def home(trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The trained network; what is made for it stays from test to test, records do not."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(trained / "cache"))
    monkeypatch.setattr(onnx_engine, "_opened", {})
    record_file().unlink(missing_ok=True)
    return trained


def bench(home: Path, *more: str) -> int:
    puzzles = ["--data", str(home / "puzzles.txt")]
    return main(
        ["bench", "--task", "sudoku4", "--model", str(home / "toy"), *puzzles, *QUICK, *more]
    )


@pytest.mark.requirement("EN-3", "EN-7")
def test_bench_says_what_is_fastest_here_and_auto_takes_it(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench(home, "--json") == 0
    summary = json.loads(capsys.readouterr().out)
    assert (summary["model"], summary["task"], summary["n"]) == ("toy", "sudoku4", 4)
    engines = {row["engine"]: row for row in summary["engines"]}
    assert list(engines) == ["torch", "onnx", "onnx-int8"]
    assert set(engines["onnx"]["ms"]) == {"1", "32"}
    assert engines["torch"]["solved"] == engines["onnx"]["solved"]
    assert summary["record"] == str(record_file())
    assert choose(load_checkpoint(home / "toy")) == summary["winner"]


def test_bench_shows_people_a_table_and_remembers_nothing_if_told_so(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench(home, "--no-record", "--threads", "1") == 0
    shown = capsys.readouterr().out
    assert "toy, 4 puzzles, threads 1: " in shown
    assert "onnx-int8" in shown
    assert "least time a puzzle: " in shown
    assert not record_file().exists()


def test_an_untrained_size_is_timed_on_sampled_puzzles_and_not_remembered(
    capsys: pytest.CaptureFixture[str],
) -> None:
    size = ["--size", "trm_mlp-tiny", "--limit", "1"]
    assert main(["bench", "--task", "sudoku4", *size, *QUICK, "--json"]) == 0
    summary = json.loads(capsys.readouterr().out)
    assert summary["model"] == "untrained-trm_mlp-tiny"
    assert "record" not in summary
    assert not record_file().exists()


def test_sequence_tasks_and_empty_files_are_refused(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bench", "--task", "derivative"]) == 1
    assert "`derivative` is a sequence task" in capsys.readouterr().err
    (home / "none.txt").write_text("\n")
    assert bench(home, "--data", str(home / "none.txt")) == 1
    assert "holds no puzzle" in capsys.readouterr().err


@pytest.mark.requirement("EN-12")
def test_export_writes_one_file_and_says_how_large_it_is(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "onnx", str(home / "toy"), str(tmp_path), "--int8"]) == 0
    (path,) = tmp_path.iterdir()
    assert path.name == "model-int8.onnx"
    assert f"{path}: " in capsys.readouterr().out
    assert onnx_engine.OnnxEngine(path).name == "onnx-int8"


def test_export_refuses_a_network_whose_cells_hold_several_tokens(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "onnx", "hrm-program", str(tmp_path)]) == 1
    assert "one token in every cell" in capsys.readouterr().err
