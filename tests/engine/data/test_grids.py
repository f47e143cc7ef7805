"""Grids: read from files or sampled, turned by symmetries, never the held-out ones."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import numpy as np
import pytest

from hrm_engine.data.batching import DataConfig
from hrm_engine.data.datasets import open_dataset
from hrm_engine.data.grids import GridDataset, GridPool, apply_all
from hrm_engine.data.stream import GridPools, Pools
from hrm_engine.errors import ConfigError, TrainingError
from hrm_engine.tasks.base import Symmetry, load_task
from tests.engine.train.toy_grid import BLANK, DIGITS, ROWS, Missing, toy_grids


def write(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join(lines) + "\n")
    return path


def solves(pool: GridPool) -> bool:
    task = Missing()
    return all(
        np.array_equal(task.baseline(puzzle), answer)
        for puzzle, answer in zip(pool.inputs, pool.targets, strict=True)
    )


def test_a_sampled_pool_holds_problems_with_their_answers() -> None:
    pool = toy_grids().pool(1, 0, 50)
    assert pool.inputs.shape == pool.targets.shape == (50, ROWS * DIGITS)
    assert pool.inputs.dtype == np.uint8
    assert solves(pool)


def test_a_pool_depends_on_the_seed_and_its_number_alone() -> None:
    data = toy_grids()
    first, again, next_, other = (
        data.pool(seed, index, 20).inputs.tolist()
        for seed, index in ((1, 0), (1, 0), (1, 1), (2, 0))
    )
    assert first == again
    assert first != next_
    assert first != other


def test_rows_are_turned_each_by_its_own_symmetry() -> None:
    shift = Symmetry(np.array([1, 2, 0]), np.array([0, 1, 2, 3], np.uint8))
    rename = Symmetry(np.array([0, 1, 2]), np.array([0, 3, 1, 2], np.uint8))
    grids = np.array([[1, 2, 3], [1, 2, 3]], np.uint8)
    turned = apply_all([shift, rename], GridPool(grids, grids[:, ::-1].copy()))
    assert turned.inputs.tolist() == [[2, 3, 1], [3, 1, 2]]
    assert turned.targets.tolist() == [[2, 1, 3], [2, 1, 3]]
    one_by_one = [s.apply(g).tolist() for s, g in zip((shift, rename), grids, strict=True)]
    assert turned.inputs.tolist() == one_by_one


def test_a_file_is_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "puzzles.txt"
    path.write_text("1.32.3 123213 9.5\n.23123,123123\n\n12331.\n")
    data = GridDataset(Missing(), [path], held_out=1)
    shown = [data.show(row.tolist()) for row in data.bases.inputs] if data.bases else []
    assert shown == ["1.32.3", ".23123"]
    # The last line is held out; it had no solution, so the classical method gave it.
    held_out = data.held_out(1, 5)
    assert [data.show(r.tolist()) for r in (held_out.inputs[0], held_out.targets[0])] == [
        "12331.",
        "123312",
    ]
    assert data.recipe()["problems"] == 2


def test_records_may_be_json_and_canvases_may_have_lines(tmp_path: Path) -> None:
    path = tmp_path / "puzzles.jsonl"
    records = [
        {"id": "1", "input": "1.3\n2.3", "answer": "123\n213"},
        {"input": "1_3/213"},  # only the task can read this one
    ]
    path.write_text("".join(json.dumps(r) + "\n" for r in records))
    data = GridDataset(Missing(), [path], held_out_files=[path])
    assert data.bases is not None
    assert solves(data.bases)
    assert [data.show(r.tolist()) for r in data.bases.inputs] == ["1.32.3", "1.3213"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.txt", "1.32.3 123213\n1.x2.3\n", r"`1.x2.3` is no grid \(.*a.txt:2\)"),
        ("a.txt", "1132.3\n", r"twice in a row \(.*a.txt:1\)"),
        ("a.jsonl", '{"input": 3}\n', '"input" and "answer" must be text'),
        ("a.txt", "\n", "no problem in"),
        ("a.txt", "1.32.3\n", r"holds 1 problems, 1 of them held out\n.*lower data.held_out"),
    ],
)
def test_a_wrong_file_is_an_error_that_names_the_place(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(ConfigError, match=said):
        GridDataset(Missing(), [tmp_path / name], held_out=1)


def test_a_missing_file_names_the_command_that_makes_it(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no file [\s\S]*hint: make it: hrm data missing --out"):
        GridDataset(Missing(), [tmp_path / "none.txt"])


def filed(tmp_path: Path, count: int, held_out: int) -> GridDataset:
    rng = np.random.default_rng(0)
    task = Missing()
    seen: dict[bytes, str] = {}
    while len(seen) < count:
        problem = task.sample(rng)
        seen[problem.tobytes()] = f"{task.show(problem)} {task.show(task.baseline(problem))}"
    path = write(tmp_path / "puzzles.txt", list(seen.values()))
    return GridDataset(task, [path], held_out=held_out)


class Still(Missing):
    """The same task without symmetries."""

    def symmetry(self, rng: np.random.Generator) -> Symmetry:
        return Symmetry(np.arange(ROWS * DIGITS), np.arange(5, dtype=np.uint8))


class Picky(Missing):
    """The same task, as if its targets were one of several answers."""

    turns_answers = False


def test_each_epoch_of_a_file_has_every_problem_once_in_a_new_order(tmp_path: Path) -> None:
    data = filed(tmp_path, 12, 2)
    data.task = Still()
    drawn = [key for index in range(4) for key in data.pool(1, index, 5).keys]
    epochs = drawn[:10], drawn[10:]
    assert data.bases is not None
    assert sorted(epochs[0]) == sorted(epochs[1]) == sorted(data.bases.keys)
    assert epochs[0] != epochs[1]


def test_held_out_and_excluded_problems_are_never_drawn(tmp_path: Path) -> None:
    data = filed(tmp_path, 12, 2)
    data.task = Still()
    exam = write(tmp_path / "exam.jsonl", ['{"id": "1", "input": "1.32.3"}'])
    excluded = data.read_keys([exam])
    assert len(excluded) == 1
    assert data.bases is not None
    some = frozenset(data.bases.keys[:3]) | excluded
    drawn = data.pool(1, 0, 10, some)
    assert not some & set(drawn.keys)
    assert len(drawn) == 10 - len(some & set(data.bases.keys))
    assert not set(data.held_out(1, 2).keys) & set(drawn.keys)
    everything = frozenset(data.bases.keys)
    with pytest.raises(TrainingError, match=r"none of the 10 problems[\s\S]*data.exclude"):
        GridPools(data, 1, 10, everything)(0)


def test_a_task_whose_answers_do_not_turn_with_the_problem_is_left_as_it_is(tmp_path: Path) -> None:
    data = filed(tmp_path, 12, 2)
    assert data.bases is not None
    assert set(data.pool(1, 0, 10).keys) != set(data.bases.keys)
    data.task = Picky()
    assert set(data.pool(1, 0, 10).keys) == set(data.bases.keys)


def test_part_of_the_answer_is_revealed_in_a_share_of_the_rows() -> None:
    plain, some, all_ = (toy_grids(reveal=share).pool(1, 0, 400) for share in (0.0, 0.5, 1.0))
    blanks = [(pool.inputs == BLANK).sum() for pool in (plain, some, all_)]
    assert blanks[0] == 400 * ROWS
    # Half of the cells of half of the rows, half of the cells of all rows.
    assert blanks[1] == pytest.approx(400 * ROWS * 0.75, rel=0.1)
    assert blanks[2] == pytest.approx(400 * ROWS * 0.5, rel=0.1)
    assert all(solves(pool) for pool in (plain, some, all_))


def test_as_few_cells_as_wanted_are_revealed() -> None:
    data = GridDataset(load_task("sudoku4"), reveal=0.5, reveal_cells=2)  # type: ignore[arg-type]  # it is a grid task
    plain, some = GridDataset(data.task).pool(1, 0, 60), data.pool(1, 0, 60)
    revealed = (some.inputs != plain.inputs).sum(axis=1)
    assert set(revealed.tolist()) == {0, 1, 2}
    changed = some.inputs != plain.inputs
    assert (some.inputs[changed] == some.targets[changed]).all()


def test_drawing_in_other_processes_changes_nothing() -> None:
    draw = GridPools(GridDataset(load_task("sudoku4")), 3, 4, frozenset())  # type: ignore[arg-type]  # it is a grid task
    with Pools(draw, 0, 1) as pools:
        there = [pool.inputs.tolist() for pool, _ in zip(pools, range(2), strict=False)]
    assert there == [draw(index).inputs.tolist() for index in range(2)]


def test_a_grid_data_set_can_be_sent_to_another_process(tmp_path: Path) -> None:
    data = filed(tmp_path, 6, 1)
    copy = pickle.loads(pickle.dumps(data))  # noqa: S301 - our own bytes
    assert copy.pool(1, 0, 5).inputs.tolist() == data.pool(1, 0, 5).inputs.tolist()


@pytest.mark.requirement("EN-1")
def test_a_grid_task_is_opened_by_its_name(tmp_path: Path) -> None:
    path = write(tmp_path / "p.txt", ["1...............", "12343412214343.1 1234341221434321"])
    config = DataConfig(source="sudoku4", puzzles=(path,), held_out=1, reveal=0.25)
    data = open_dataset(config)
    assert isinstance(data, GridDataset)
    assert data.shape == (4, 4)
    assert data.reveal == 0.25
    assert data.show(data.held_out(1, 1).targets[0].tolist()) == "1234341221434321"
