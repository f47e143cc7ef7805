"""Other programs for mazes: networkx, and a wave over numpy arrays.

They share nothing with `maze_search`, which makes the training targets, nor with
`maze_check`, which ticks answers; reports compare against them.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

import numpy as np
from numpy.typing import NDArray

from hrm_engine.errors import MissingExtraError, TaskError
from hrm_engine.puzzles.maze_grid import GOAL, START, WALL, Cell, Maze, MazePath


def by_networkx(maze: Maze) -> MazePath:
    """A shortest path found by networkx (torch brings it).

    Raises:
        MissingExtraError: networkx is not installed.
        TaskError: there is no path.
    """
    try:
        networkx = import_module("networkx")
    except ImportError as error:
        raise MissingExtraError(
            "networkx is not installed", hint="pip install 'hrm-coprocessor[engine]'"
        ) from error
    grid = networkx.grid_2d_graph(maze.height, maze.width)
    grid.remove_nodes_from(
        (r, c) for r, row in enumerate(maze.rows) for c, sign in enumerate(row) if sign == WALL
    )
    try:
        cells = networkx.shortest_path(grid, maze.start, maze.goal)
    except networkx.NetworkXNoPath:
        raise TaskError("networkx finds no path from S to G") from None
    return MazePath(maze, tuple(cells))


def is_shortest_by_waves(maze: Maze, cells: Sequence[Cell]) -> bool:
    """Whether `cells` is a shortest path: its cell i lies i steps from S, the last one is G."""
    signs = np.array([list(row) for row in maze.rows])  # (rows, columns)
    ends = np.argwhere(signs == START)[0], np.argwhere(signs == GOAL)[0]
    walk = np.array(cells, dtype=np.int64).reshape(-1, 2)  # (cells, 2)
    inside = ((walk >= 0) & (walk < signs.shape)).all()
    if not len(walk) or not inside or (walk[[0, -1]] != np.array(ends)).any():
        return False
    steps = np.abs(np.diff(walk, axis=0)).sum(axis=1)
    apart = steps_from_start(signs)[walk[:, 0], walk[:, 1]]
    return bool((steps == 1).all() and (apart == np.arange(len(walk))).all())


def steps_from_start(signs: NDArray[np.str_]) -> NDArray[np.int64]:
    """How many steps each cell is from S, (rows, columns); -1 where S cannot come."""
    free, reached = signs != WALL, signs == START
    steps = np.where(reached, 0, -1)
    count = 0
    while True:
        framed = np.pad(reached, 1)
        near = framed[:-2, 1:-1] | framed[2:, 1:-1] | framed[1:-1, :-2] | framed[1:-1, 2:]
        fresh = near & free & ~reached
        if not fresh.any():
            return steps
        count += 1
        steps[fresh] = count
        reached |= fresh
