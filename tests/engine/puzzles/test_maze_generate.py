"""Mazes from the generator: seeded, of any size, long where asked, with loops and without."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrm_engine.data.generators.dice import Dice
from hrm_engine.errors import TaskError
from hrm_engine.puzzles.maze_generate import KINDS, hard_length, propose
from hrm_engine.puzzles.maze_grid import Maze
from tests.engine.puzzles.maze_samples import graph, shortest


def drawn(count: int, height: int, width: int, minimum: int = 1) -> list[Maze]:
    rng = np.random.default_rng(1)
    return [propose(Dice(rng), height, width, minimum) for _ in range(count)]


@given(st.integers(1, 12), st.integers(2, 12), st.integers(0, 2**32))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_a_maze_of_any_size_has_one_s_one_g_and_a_way_between(
    height: int, width: int, seed: int
) -> None:
    maze = propose(Dice(np.random.default_rng(seed)), height, width)
    assert (maze.height, maze.width) == (height, width)
    text = "".join(maze.rows)
    assert set(text) <= set("#.SG")
    assert text.count("S") == text.count("G") == 1
    assert shortest(maze, graph(maze)) is not None


@pytest.mark.requirement("EN-7")
def test_hard_mazes_of_30x30_cells_need_more_than_110_steps() -> None:
    assert hard_length(30) == 111
    for maze in drawn(20, 30, 30, hard_length(30)):
        least = shortest(maze, graph(maze))
        assert least is not None
        assert least > 110


@pytest.mark.parametrize("minimum", [1, 10, 25])
def test_a_least_length_is_kept_by_every_maze(minimum: int) -> None:
    lengths = [shortest(maze, graph(maze)) for maze in drawn(150, 9, 9, minimum)]
    assert all(length is not None and length >= minimum for length in lengths)
    assert len(set(lengths)) > 5


def test_a_length_that_no_maze_has_is_an_error_and_not_an_endless_search() -> None:
    with pytest.raises(TaskError, match="found no 4x4 maze with a shortest path of 15 steps"):
        drawn(1, 4, 4, 15)


@pytest.mark.parametrize(("height", "width"), [(1, 1), (0, 5), (5, 65)])
def test_an_impossible_size_is_an_error(height: int, width: int) -> None:
    with pytest.raises(TaskError, match="no maze has"):
        drawn(1, height, width)


def test_some_mazes_are_trees_more_have_loops_and_many_have_several_shortest_paths() -> None:
    trees = several = 0
    for maze in drawn(300, 9, 9):
        space = graph(maze)
        part = space.subgraph(nx.node_connected_component(space, maze.start))
        trees += nx.is_tree(part)
        paths = nx.all_shortest_paths(space, maze.start, maze.goal)
        several += sum(1 for _, _ in zip(paths, range(2), strict=False)) > 1
    assert 30 < trees < 150
    assert 60 < several < 200


def test_half_of_the_mazes_stand_in_an_outer_wall() -> None:
    framed = sum(set(maze.rows[0] + maze.rows[-1]) == {"#"} for maze in drawn(300, 9, 9))
    assert 100 < framed < 200


def test_the_same_seed_gives_the_same_mazes() -> None:
    assert drawn(30, 9, 9) == drawn(30, 9, 9)
    assert len({maze.rows for maze in drawn(30, 9, 9)}) == 30


def test_the_shares_of_the_kinds_are_a_whole() -> None:
    assert sum(KINDS.values()) == 100
