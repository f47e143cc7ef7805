"""The maze tasks: a canvas in, a canvas with a path out, held to an exact check."""

from __future__ import annotations

import pickle
import subprocess
import sys

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrm_engine.errors import TaskError
from hrm_engine.puzzles.maze_grid import Maze, MazePath
from hrm_engine.puzzles.maze_text import parse_maze
from hrm_engine.tasks.base import load_task
from hrm_engine.tasks.maze import Maze9, Maze30, MazeTask
from tests.engine.puzzles.maze_samples import (
    CLOSED,
    LOOP,
    graph,
    mazes,
    shortest,
    truly_shortest,
)

TASK = Maze9()


def solved(task: MazeTask, maze: Maze) -> MazePath | None:
    try:
        return task.baseline(maze)
    except TaskError:
        return None


def test_both_canvases_are_registered_with_the_published_vocabulary() -> None:
    assert isinstance(load_task("maze"), Maze9)
    assert isinstance(load_task("maze30"), Maze30)
    assert (TASK.shape, Maze30().shape) == ((9, 9), (30, 30))
    assert tuple(TASK.vocabulary) == ("<pad>", "#", " ", "S", "G", "o")
    assert TASK.form == "grid"


@given(mazes())
@settings(deadline=None, derandomize=True)
def test_the_canvas_that_spells_an_answer_reads_back_as_that_answer(maze: Maze) -> None:
    canvas = TASK.inputs(maze)
    assert (canvas.shape, canvas.dtype) == ((81,), np.uint8)
    path = solved(TASK, maze)
    if path is None:
        return
    target = TASK.targets(maze, path)
    assert TASK.decode(maze, target.tolist()) == path
    assert TASK.verify(maze, path).status == "proved"
    assert TASK.cross_check(maze, path) is True
    assert TASK.peers()["networkx"](maze).length == path.length
    assert TASK.read({"input": TASK.show(path)}) == maze
    changed = canvas != target
    assert set(target[changed].tolist()) <= {5}
    assert changed.sum() == path.length - 1


def test_a_smaller_maze_stands_at_the_top_left_among_walls() -> None:
    canvas = TASK.inputs(LOOP).reshape(9, 9)
    assert canvas[:3, :3].tolist() == [[3, 2, 2], [2, 1, 2], [2, 2, 4]]
    assert (canvas[3:] == 1).all()
    assert (canvas[:, 3:] == 1).all()


def test_a_larger_maze_is_refused_by_the_canvas_and_solved_by_the_baseline() -> None:
    maze = parse_maze("S........G")
    with pytest.raises(TaskError, match="1x10 cells is larger"):
        TASK.inputs(maze)
    path = TASK.baseline(maze)
    with pytest.raises(TaskError, match="up to 9x9"):
        TASK.targets(maze, path)
    assert TASK.verify(maze, path).accepted
    assert Maze30().inputs(maze).shape == (900,)


def test_an_unreachable_goal_is_said_to_be_so_and_no_answer_to_it_is_accepted() -> None:
    with pytest.raises(TaskError, match="cannot be reached"):
        TASK.baseline(CLOSED)
    straight = MazePath(CLOSED, ((0, 0), (0, 1), (0, 2), (1, 2)))
    assert TASK.verify(CLOSED, straight).status == "refuted"
    assert TASK.cross_check(CLOSED, straight) is False


def test_a_refusal_says_why() -> None:
    detour = MazePath(Maze(("S.G", "...")), ((0, 0), (1, 0), (1, 1), (1, 2), (0, 2)))
    assert TASK.verify(detour.maze, detour).note == "the path takes 4 steps, 2 are enough"
    assert TASK.verify(LOOP, detour).note == "the path is drawn in another maze"


def test_a_path_answered_over_a_wall_is_decoded_and_then_refuted() -> None:
    maze = Maze(("S#G", "..."))
    tokens = TASK.inputs(maze)
    tokens[1] = 5
    verdict = TASK.verify(maze, TASK.decode(maze, tokens.tolist()))
    assert (verdict.status, verdict.note) == ("refuted", "row 1, column 2 is a wall")


def test_marks_outside_the_maze_and_wrong_sizes_are_no_answer() -> None:
    tokens = TASK.targets(LOOP, TASK.baseline(LOOP))
    tokens[80] = 5
    with pytest.raises(TaskError, match="row 9, column 9 is marked"):
        TASK.decode(LOOP, tokens.tolist())
    with pytest.raises(TaskError, match="81 cells were asked, 80 answered"):
        TASK.decode(LOOP, tokens[:80].tolist())


@pytest.mark.requirement("EN-7")
def test_of_2000_altered_canvases_exactly_those_with_a_shortest_path_are_accepted() -> None:
    rng = np.random.default_rng(6)
    accepted = 0
    for _ in range(50):
        maze = TASK.sample(rng)
        space = graph(maze)
        least, right = shortest(maze, space), TASK.targets(maze, TASK.baseline(maze))
        for _ in range(40):
            tokens = right.copy()
            places = rng.integers(81, size=rng.integers(1, 4))
            tokens[places] = rng.integers(6, size=len(places))
            try:
                path = TASK.decode(maze, tokens.tolist())
            except TaskError:
                continue
            found = TASK.verify(maze, path).accepted
            assert found is truly_shortest(maze, path.cells, space, least)
            accepted += found
    assert 50 < accepted < 1950  # altered walls and open cells say nothing about the path


@given(mazes(), st.integers(0, 2**32))
@settings(deadline=None, derandomize=True)
def test_a_symmetry_turns_every_answer_into_an_answer(maze: Maze, seed: int) -> None:
    path = solved(TASK, maze)
    if path is None:
        return
    symmetry = TASK.symmetry(np.random.default_rng(seed))
    inputs, targets = TASK.inputs(maze), TASK.targets(maze, path)
    signs = np.array(list("?#.SGo"))
    turned = Maze(tuple("".join(row) for row in signs[symmetry.apply(inputs).reshape(9, 9)]))
    answer = TASK.decode(turned, symmetry.apply(targets).tolist())
    assert TASK.verify(turned, answer).accepted
    assert (symmetry.undo(symmetry.apply(targets)) == targets).all()


def test_there_are_eight_symmetries_all_drawn() -> None:
    rng = np.random.default_rng(7)
    found = {TASK.symmetry(rng).cells.tobytes() for _ in range(200)}
    assert len(found) == 8


def test_a_half_right_answer_is_drawn_for_people_with_its_faults() -> None:
    tokens = np.full(81, 2, dtype=np.uint8)
    tokens[[0, 1, 2, 10]] = 5
    assert TASK.render(LOOP, tokens.tolist()) == "S••\n x \n  G"


def test_records_are_read_as_text_or_lists_and_nothing_else() -> None:
    assert TASK.read({"input": "S..\n.#.\n..G"}) == LOOP
    assert TASK.read({"input": ["S..", ".#.", "..G"]}) == LOOP
    with pytest.raises(TaskError, match="no `input`"):
        TASK.read({"maze": "SG"})
    with pytest.raises(TaskError, match="not int"):
        TASK.read({"input": 5})


def test_a_problem_is_small_and_travels_to_a_worker_process() -> None:
    rng = np.random.default_rng(8)
    for task in (TASK, Maze30()):
        maze = task.sample(rng)
        sent = pickle.dumps((maze, task.baseline(maze)))
        assert len(sent) < 4000
        assert pickle.loads(sent)[0] == maze  # noqa: S301 - our own bytes, one line above
        assert task.targets(maze, task.baseline(maze)).shape == (task.side**2,)


def test_without_networkx_there_is_no_peer(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(TASK.peers()) == {"networkx"}
    monkeypatch.setattr("hrm_engine.tasks.maze.find_spec", lambda name: None)
    assert TASK.peers() == {}
    assert nx.__version__


def test_mazes_are_made_solved_and_checked_without_torch() -> None:
    program = "import sys, hrm_engine.tasks.maze; print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"False"
