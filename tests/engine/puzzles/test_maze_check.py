"""A path is accepted if, and only if, no shorter one exists; networkx is the judge."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings

from hrm_engine.errors import MissingExtraError, TaskError
from hrm_engine.puzzles import maze_peers
from hrm_engine.puzzles.maze_check import distances_to_goal, fault
from hrm_engine.puzzles.maze_grid import Cell, Maze, linked
from hrm_engine.puzzles.maze_peers import by_networkx, is_shortest_by_waves
from hrm_engine.puzzles.maze_records import draw
from hrm_engine.puzzles.maze_search import shortest_path
from tests.engine.puzzles.maze_samples import CLOSED, LOOP, graph, mazes, shortest, truly_shortest


@given(mazes())
@settings(deadline=None, derandomize=True)
def test_search_check_waves_and_networkx_agree_on_any_maze(maze: Maze) -> None:
    least = shortest(maze, graph(maze))
    if least is None:
        for solve in (shortest_path, by_networkx):
            with pytest.raises(TaskError):
                solve(maze)
        assert maze.start not in distances_to_goal(maze)
        return
    for path in (shortest_path(maze), by_networkx(maze)):
        assert path.length == least == distances_to_goal(maze)[maze.start]
        assert fault(maze, path.cells) == ""
        assert is_shortest_by_waves(maze, path.cells)
        assert linked(maze, path.cells[1:-1]) == path


def mutated(rng: np.random.Generator, cells: list[Cell]) -> list[Cell]:
    """`cells` with one to three small faults, which may by chance cancel out."""
    cells = list(cells)
    for _ in range(rng.integers(1, 4)):
        at = int(rng.integers(len(cells))) if cells else 0
        row, column = cells[at] if cells else (0, 0)
        down, right = ((0, 1), (1, 0), (0, -1), (-1, 0))[rng.integers(4)]
        moved = (row + down, column + right)
        kind = rng.integers(8)
        if kind == 0:
            del cells[at : at + 1]
        elif kind == 1:
            cells[at : at + 1] = [moved]
        elif kind == 2:
            cells.insert(at, moved)
        elif kind == 3:  # step aside and back
            cells[at:at] = [(row, column), moved]
        elif kind == 4:
            cells.reverse()
        elif kind == 5:
            cells = cells[at:]
        elif kind == 6:  # round a corner the other way
            if 0 < at < len(cells) - 1:
                (a, b), (c, d) = cells[at - 1], cells[at + 1]
                cells[at] = (a + c - row, b + d - column)
        else:
            cells[at:at] = [cells[at]] if cells else []
    return cells


@pytest.mark.requirement("EN-7")
def test_of_2000_mutated_paths_exactly_the_shortest_ones_are_accepted() -> None:
    rng = np.random.default_rng(0)
    accepted = 0
    for number in range(50):
        maze = draw(rng, 9 if number % 10 else 30)
        space = graph(maze)
        least, path = shortest(maze, space), list(shortest_path(maze).cells)
        for _ in range(40):
            cells = mutated(rng, path)
            right = truly_shortest(maze, cells, space, least)
            assert (fault(maze, cells) == "") is right, (maze, cells)
            assert is_shortest_by_waves(maze, cells) is right, (maze, cells)
            accepted += right
    assert 20 < accepted < 500  # some mutations lead to another shortest path


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ([], "does not begin at S"),
        ([(0, 1), (0, 2), (1, 2), (2, 2)], "does not begin at S"),
        ([(0, 0), (0, 1)], "does not end at G"),
        ([(0, 0), (0, 1), (1, 1), (2, 1), (2, 2)], "row 2, column 2 is a wall"),
        ([(0, 0), (-1, 0), (2, 2)], "row 0, column 1 is outside the maze"),
        ([(0, 0), (0, 3), (2, 2)], "row 1, column 4 is outside the maze"),
        ([(0, 0), (1, 0), (2, 2)], "from row 2, column 1 there is no step to row 3, column 3"),
        ([(0, 0), (0, 1), (0, 0), (1, 0), (2, 0), (2, 1), (2, 2)], "comes to a cell twice"),
    ],
)
def test_a_wrong_path_is_refused_with_the_reason(cells: list[Cell], reason: str) -> None:
    assert reason in fault(LOOP, cells)
    assert not is_shortest_by_waves(LOOP, cells)


def test_a_detour_is_refused_with_both_lengths() -> None:
    maze = Maze(("S.G", "..."))
    around = [(0, 0), (1, 0), (1, 1), (1, 2), (0, 2)]
    assert fault(maze, around) == "the path takes 4 steps, 2 are enough"
    assert not is_shortest_by_waves(maze, around)


def test_of_several_shortest_paths_search_takes_the_first_in_reading_order() -> None:
    assert shortest_path(LOOP).cells == ((0, 0), (0, 1), (0, 2), (1, 2), (2, 2))
    for path in (shortest_path(LOOP).cells, ((0, 0), (1, 0), (2, 0), (2, 1), (2, 2))):
        assert fault(LOOP, path) == ""


def test_a_goal_out_of_reach_is_said_to_be_so() -> None:
    with pytest.raises(TaskError, match="cannot be reached"):
        shortest_path(CLOSED)
    with pytest.raises(TaskError, match="no path"):
        by_networkx(CLOSED)


@pytest.mark.parametrize(
    ("marked", "reason"),
    [
        ([], "breaks off at row 1, column 1"),
        ([(0, 1), (0, 2)], "breaks off at row 1, column 3"),
        ([(0, 1), (1, 0), (0, 2), (1, 2)], "forks at row 1, column 1"),
        ([(0, 1), (0, 2), (1, 2), (2, 0)], "row 3, column 1 is marked"),
    ],
)
def test_marks_that_are_no_single_walk_are_refused(marked: list[Cell], reason: str) -> None:
    with pytest.raises(TaskError, match=reason):
        linked(Maze(("S..", "...", "..G", "...")), marked)


def test_marks_upon_s_and_g_are_no_matter() -> None:
    assert linked(LOOP, [(0, 0), (0, 1), (0, 2), (1, 2), (2, 2)]).length == 4


def test_a_missing_networkx_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> ModuleType:
        return import_module(f"{name}.absent")

    monkeypatch.setattr(maze_peers, "import_module", absent)
    with pytest.raises(MissingExtraError, match=r"hrm-coprocessor\[engine\]"):
        by_networkx(LOOP)
