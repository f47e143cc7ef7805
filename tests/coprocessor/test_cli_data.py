"""`hrm data`: a cleaned, de-duplicated file of generated problems."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hrm_coprocessor.cli import main
from hrm_engine.data.jsonl import read_records
from hrm_engine.tasks.base import load_task
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


EASY = "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79"


@pytest.mark.requirement("EN-7")
@pytest.mark.parametrize("kind", ["sudoku4", "sudoku6", "sudoku", "maze", "maze30"])
def test_a_file_of_puzzles_holds_distinct_ones_with_right_answers(
    kind: str, tmp_path: Path
) -> None:
    out = tmp_path / "puzzles.jsonl"
    assert main(["data", kind, "--n", "3", "--seed", "1", "--out", str(out)]) == 0
    task = load_task(kind)
    records = list(read_records(out))
    assert len({record["input"] for record in records}) == 3
    for record in records:
        problem = task.read(record)
        assert task.verify(problem, task.baseline(problem)).accepted
        if kind.startswith("sudoku"):
            assert task.show(task.baseline(problem)) == record["answer"]


@pytest.mark.requirement("SD-12")
@pytest.mark.parametrize("split", ["train", "held-out"])
def test_a_file_of_programs_holds_what_was_asked_and_how_it_is_tested(
    split: str, tmp_path: Path
) -> None:
    out = tmp_path / "programs.jsonl"
    assert main(["data", "program", "--n", "3", "--split", split, "--out", str(out)]) == 0
    records = list(read_records(out))
    assert len({record["id"] for record in records}) == 3
    for record in records:
        assert record["answer"].startswith("def ")
        assert len(record["input"]["examples"]) >= 3
        assert record["hidden"]
        assert len(record["plan"]) == record["length"]


def test_a_least_rating_can_be_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "hard.jsonl"
    command = ["data", "sudoku", "--n", "2", "--minimum", "5", "--out", str(out)]
    assert main(command) == 0
    assert all(record["rating"] >= 5 for record in read_records(out))


def test_a_published_list_is_solved_apart_from_test_files(tmp_path: Path, capsys: Captured) -> None:
    listed, apart, out = (tmp_path / name for name in ("list.txt", "apart.txt", "out.txt"))
    listed.write_text(f"# a comment\n{EASY}\n\n{'.' * 81}\n{EASY}\n")
    command = ["data", "sudoku", "--import", str(listed), "--out", str(out), "--workers", "1"]
    assert main(command) == 0
    assert capsys.readouterr().out == (
        f"wrote 1 records to {out} (1 repeated, 1 with several solutions left out)\n"
    )
    (record,) = read_records(out)
    task = load_task("sudoku")
    assert task.show(task.baseline(task.read(record))) == record["answer"]
    apart.write_text(EASY)
    assert main([*command, "--apart", str(apart)]) == 0
    assert out.read_text() == ""


@pytest.mark.parametrize(("kind", "said"), [("maze", "no lists"), ("sudoku", "cannot read")])
def test_what_cannot_be_imported_is_an_error(
    kind: str, said: str, tmp_path: Path, capsys: Captured
) -> None:
    command = ["data", kind, "--import", str(tmp_path / "none"), "--out", str(tmp_path / "o")]
    assert main(command) == 1
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
