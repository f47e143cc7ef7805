"""Mazes for tests, and networkx as the judge of paths: code that the engine does not share."""

from __future__ import annotations

from collections.abc import Sequence

import networkx as nx
from hypothesis import strategies as st

from hrm_engine.puzzles.maze_grid import Cell, Maze

LOOP = Maze(("S..", ".#.", "..G"))  # two shortest paths, one way round each
CLOSED = Maze(("S#.", "##G"))


@st.composite
def mazes(draw: st.DrawFn, side: int = 9) -> Maze:
    """Any small maze: walls anywhere, the goal within reach or not."""
    height, width = draw(st.integers(1, side)), draw(st.integers(2, side))
    signs = draw(st.lists(st.sampled_from("..#"), min_size=height * width, max_size=height * width))
    start, goal = draw(st.permutations(range(height * width)))[:2]
    signs[start], signs[goal] = "S", "G"
    rows = ("".join(signs[at : at + width]) for at in range(0, height * width, width))
    return Maze(tuple(rows))


def graph(maze: Maze) -> nx.Graph:
    """The open cells, joined where there is a step."""
    cells = nx.grid_2d_graph(maze.height, maze.width)
    walls = [(r, c) for r, row in enumerate(maze.rows) for c, at in enumerate(row) if at == "#"]
    cells.remove_nodes_from(walls)
    return cells


def shortest(maze: Maze, cells: nx.Graph) -> int | None:
    """The number of steps from S to G by networkx; None where there is no way."""
    try:
        return int(nx.shortest_path_length(cells, maze.start, maze.goal))
    except nx.NetworkXNoPath:
        return None


def truly_shortest(maze: Maze, path: Sequence[Cell], cells: nx.Graph, least: int | None) -> bool:
    """Whether `path` is a shortest path from S to G, as networkx sees it."""
    known = all(cell in cells for cell in path)
    ends = tuple(path[:1]) + tuple(path[-1:]) == (maze.start, maze.goal)
    return ends and known and nx.is_simple_path(cells, list(path)) and len(path) - 1 == least
