"""`hrm solve`: puzzles in, grids out, and a network to watch."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from hrm_coprocessor.cli import main
from hrm_coprocessor.cli.watch import Scene, watching
from hrm_engine.inference.grid_solve import GridSolver
from hrm_engine.tasks.maze import Maze9
from hrm_engine.tasks.sudoku import Sudoku4
from tests.engine.inference.grid_trained import save, sudoku4_puzzles, train_sudoku4

EASY = "1...3..44..2...1"
SOLVED = "1 4 | 2 3\n3 2 | 1 4\n----+----\n4 1 | 3 2\n2 3 | 4 1\n"
NINE = "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79"


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("models") / "hrm-toy4"
    return str(save(folder, train_sudoku4(), Sudoku4().vocabulary))


@pytest.fixture(scope="module")
def puzzle(network: str) -> str:
    """A puzzle that the network solves in more than one segment."""
    solver = GridSolver.load(network, "sudoku4", depth=8)
    return next(
        text
        for text in sudoku4_puzzles(40, 10)
        if solver.solve(solver.task.read({"input": text}), candidates=8).steps > 1
    )


Capture = pytest.CaptureFixture[str]


def test_the_grid_goes_to_stdout_and_who_found_it_to_stderr(network: str, capsys: Capture) -> None:
    assert main(["solve", "sudoku", EASY, "--model", network]) == 0
    shown = capsys.readouterr()
    assert shown.out == SOLVED
    assert "proved" in shown.err


@pytest.mark.requirement("EN-7")
def test_json_is_the_answer_with_its_thoughts_when_asked(
    network: str, puzzle: str, capsys: Capture
) -> None:
    command = ["solve", "sudoku", puzzle, "--model", network, "--depth", "8", "--json"]
    assert main(command) == 0
    answer = json.loads(capsys.readouterr().out)
    assert "thoughts" not in answer
    assert (answer["verified"], answer["verdict"]) == (True, "proved")
    assert answer["source"] in ("hrm:hrm-toy4", "hrm+search")
    assert answer["restarts"] == answer["candidates"] - 1
    assert main([*command, "--trace"]) == 0
    thoughts = json.loads(capsys.readouterr().out)["thoughts"]
    assert (thoughts[0]["attempt"], thoughts[0]["segment"]) == (1, 1)
    assert thoughts[-1]["verified"]
    assert len(thoughts[0]["tokens"]) == len(thoughts[0]["confidence"]) == 16


def test_where_the_network_fails_the_classical_method_answers_and_is_named(
    network: str, capsys: Capture
) -> None:
    assert main(["solve", "sudoku", EASY, "--model", network, "--seconds", "0", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["source"], answer["verified"]) == ("classical:propagation+search", True)
    assert "run out" in answer["note"]


def test_a_size_without_a_network_is_answered_and_says_so(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("hrm_engine.export.checkpoint.PRETRAINED", tmp_path)
    assert main(["solve", "sudoku", NINE]) == 0
    assert "no network" in capsys.readouterr().err


def test_a_model_that_was_asked_for_must_be_there(capsys: Capture) -> None:
    assert main(["solve", "sudoku", EASY, "--model", "nowhere"]) == 1
    assert "no checkpoint `nowhere`" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("11..............", "stands twice in row 1"),
        ("123", "no Sudoku has so many cells"),
        ("12\n34", "no Sudoku has so many cells"),
        ("nowhere.txt", "cannot read nowhere.txt"),
    ],
)
def test_what_is_no_puzzle_is_one_clear_error(text: str, says: str, capsys: Capture) -> None:
    assert main(["solve", "sudoku", text]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("error:") == 1
    assert says in shown.err


@pytest.mark.parametrize(
    ("kind", "text", "says"),
    [
        ("sudoku", "12....34........", "no solution"),
        ("maze", "S#/#G", "cannot be reached"),
    ],
)
def test_a_puzzle_without_a_solution_is_an_error(
    kind: str, text: str, says: str, capsys: Capture
) -> None:
    assert main(["solve", kind, text]) == 1
    assert says in capsys.readouterr().err


def test_a_maze_is_drawn_with_its_path(capsys: Capture) -> None:
    assert main(["solve", "maze", "S./#G"]) == 0
    assert capsys.readouterr().out == "So\n#G\n"


def test_puzzles_come_from_a_file_in_any_layout(
    network: str, tmp_path: Path, capsys: Capture
) -> None:
    one, many, lines = (tmp_path / name for name in ("one", "many.txt", "lines.jsonl"))
    one.write_text("1 . . .\n3 . . 4\n4 . . 2\n. . . 1\n")
    many.write_text(f"{EASY}\n\n{EASY}\n")
    lines.write_text(
        f'{{"input": "{EASY}"}}\n{{"input": [[1,0,0,0],[3,0,0,4],[4,0,0,2],[0,0,0,1]]}}\n'
    )
    for path, count in ((one, 1), (many, 2), (lines, 2)):
        assert main(["solve", "sudoku", str(path), "--model", network]) == 0
        assert capsys.readouterr().out == "\n".join([SOLVED] * count)


@pytest.mark.parametrize("line", ["12", '{"puzzle": 1}', "{"])
def test_a_wrong_line_of_a_file_is_named(line: str, tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "many.txt"
    path.write_text(f"{EASY}\n{line}\n")
    assert main(["solve", "sudoku", str(path)]) == 1
    assert "line 2" in capsys.readouterr().err


def test_puzzles_come_from_stdin(
    network: str, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(EASY))
    assert main(["solve", "sudoku", "-", "--model", network]) == 0
    assert capsys.readouterr().out == SOLVED


@pytest.mark.requirement("EN-1")
def test_who_watches_without_a_terminal_reads_each_segment_once(
    network: str, puzzle: str, capsys: Capture
) -> None:
    assert main(["solve", "sudoku", puzzle, "--model", network, "--depth", "8", "--watch"]) == 0
    shown = capsys.readouterr().out
    assert shown.count("try 1, segment 1 of 8") == 1
    assert "accepted" in shown
    assert shown.index("segment 1") < shown.index("segment 2")


def test_a_terminal_shows_the_grid_what_changed_and_how_sure_the_network_is(
    network: str, puzzle: str
) -> None:
    solver = GridSolver.load(network, "sudoku4", depth=8)
    problem = solver.task.read({"input": puzzle})
    console = Console(file=io.StringIO(), force_terminal=True, width=100, color_system="standard")
    scene = Scene(solver.task, problem, depth=8, box=(2, 2))
    with watching(console, scene, pace=0.0) as show:
        for thought in solver.stream(problem, candidates=8):
            show(thought)
    assert isinstance(console.file, io.StringIO)
    shown = console.file.getvalue()
    for part in ("segment 1 of 8", "believes", "│", "┼", "█", "\x1b[30;43m", "\x1b[1m", "\x1b[32m"):
        assert part in shown


def test_a_maze_is_shown_without_boxes() -> None:
    import numpy as np

    from hrm_coprocessor.cli.watch import cells
    from hrm_engine.inference.grid_search import Thought

    task = Maze9()
    maze = task.read({"input": "S./#G"})
    tokens = task.targets(maze, task.baseline(maze))
    sure = np.full(81, 0.5, dtype=np.float32)
    thought = Thought(1, 1, tokens, sure, 0.5, 0.1, (), verified=True, left="checker")
    lines = [line.plain for line in cells(Scene(task, maze, 1), thought)]
    assert lines[0].startswith("S • ██")
    assert lines[1].startswith("██G ██")
    assert len(lines) == 9
