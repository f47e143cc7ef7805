"""Data files of mazes: distinct, solved, and held out from every training stream."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from hrm_engine.errors import TaskError
from hrm_engine.puzzles.maze_check import fault
from hrm_engine.puzzles.maze_grid import Maze, linked
from hrm_engine.puzzles.maze_records import (
    RESERVED_EVERY,
    Split,
    draw,
    fingerprint,
    records,
    reserved,
    training,
)
from hrm_engine.puzzles.maze_text import parse_maze
from tests.engine.puzzles.maze_samples import graph, mazes, shortest

DATA = Path(__file__).parents[3] / "benchmarks/data"


@pytest.mark.requirement("EN-7")
@pytest.mark.parametrize(
    ("name", "count", "side", "least"), [("maze9", 1000, 9, 1), ("maze30_hard", 200, 30, 111)]
)
def test_the_shipped_mazes_are_distinct_held_out_and_rightly_answered(
    name: str, count: int, side: int, least: int
) -> None:
    lines = (DATA / f"{name}.jsonl").read_text().splitlines()
    marks = set()
    for line in lines:
        record = json.loads(line)
        maze = parse_maze(record["input"])
        marks.add(fingerprint(maze))
        answer = record["answer"].split("\n")
        path = linked(
            maze, [(r, c) for r, row in enumerate(answer) for c, at in enumerate(row) if at == "o"]
        )
        assert fault(maze, path.cells) == ""
        assert str(path) == record["answer"]
        assert path.length == record["length"] >= least
        assert max(maze.height, maze.width) <= side
    assert len(marks) == len(lines) == count
    assert all(mark % RESERVED_EVERY == 0 for mark in marks)


def test_the_shipped_mazes_are_what_the_generator_gives() -> None:
    for name, side, least in (("maze9", 9, 0), ("maze30_hard", 30, 111)):
        with (DATA / f"{name}.jsonl").open() as lines:
            shipped = [json.loads(line) for line in islice(lines, 3)]
        assert list(records(3, 0, "held-out", side, least)) == shipped


def test_training_never_yields_a_reserved_maze() -> None:
    rng = np.random.default_rng(2)
    assert not any(reserved(training(rng, 9)) for _ in range(500))
    rng = np.random.default_rng(2)
    assert any(reserved(draw(rng, 9)) for _ in range(500))


@given(mazes())
@settings(deadline=None, derandomize=True)
def test_a_fingerprint_is_the_same_however_a_maze_is_turned_framed_or_walked(maze: Maze) -> None:
    mark = fingerprint(maze)
    columns = tuple("".join(column) for column in zip(*maze.rows, strict=True))
    frame = "#" * (maze.width + 2)
    for rows in (
        maze.rows[::-1],
        tuple(row[::-1] for row in maze.rows),
        columns,
        columns[::-1],
        (frame, *(f"#{row}#" for row in maze.rows), frame),
        tuple(row.translate(str.maketrans("SG", "GS")) for row in maze.rows),
    ):
        assert fingerprint(Maze(rows)) == mark


def test_a_fingerprint_tells_different_mazes_apart() -> None:
    rng = np.random.default_rng(3)
    drawn = [draw(rng, 9) for _ in range(500)]
    assert len({fingerprint(maze) for maze in drawn}) > 480
    assert fingerprint(Maze(("S.G",))) != fingerprint(Maze(("SG.",)))
    assert fingerprint(Maze(("SG", ".."))) != fingerprint(Maze(("SG..",)))


@pytest.mark.parametrize("split", ["train", "held-out"])
def test_records_are_distinct_solved_and_of_their_split(split: Split) -> None:
    found = list(records(15, 4, split, 9))
    assert [record["id"] for record in found] == [f"{split}-{n}" for n in range(15)]
    for record in found:
        maze = parse_maze(record["input"])
        assert reserved(maze) is (split == "held-out")
        assert shortest(maze, graph(maze)) == record["length"]
        assert parse_maze(record["answer"]) == maze
    assert list(records(15, 4, split, 9)) == found
    assert list(records(15, 5, split, 9)) != found


def test_records_can_be_asked_for_a_least_length_and_then_fill_the_canvas() -> None:
    for record in records(10, 0, "train", 12, minimum=30):
        assert record["length"] >= 30
        assert len(record["input"]) == 12 * 13 - 1


def test_the_mixture_holds_smaller_mazes_and_short_paths_too() -> None:
    rng = np.random.default_rng(5)
    drawn = [draw(rng, 9) for _ in range(300)]
    full = sum((maze.height, maze.width) == (9, 9) for maze in drawn)
    assert 195 < full < 255
    assert min(min(maze.height, maze.width) for maze in drawn) == 3
    lengths = [shortest(maze, graph(maze)) or 0 for maze in drawn]
    assert min(lengths) < 4
    assert max(lengths) > 20


def test_more_records_than_there_are_mazes_is_an_error() -> None:
    with pytest.raises(TaskError, match="found only"):
        list(records(10_000, 0, "train", 2))
