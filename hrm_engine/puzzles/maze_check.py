"""Whether a path is a shortest way through a maze: exact, and on its own.

A plain queue from the goal gives each cell its distance; the path is then walked cell by
cell. Nothing here is shared with the search that made the maze or proposed the path.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from itertools import pairwise

from hrm_engine.puzzles.maze_grid import GOAL, START, WALL, Cell, Maze, place


def fault(maze: Maze, cells: Sequence[Cell]) -> str:
    """What is wrong with `cells` as a shortest path from S to G; "" if nothing is."""
    for cell in cells:
        sign = _sign(maze, cell)
        if sign in ("", WALL):
            return f"{place(cell)} is {'a wall' if sign else 'outside the maze'}"
    if not cells or _sign(maze, cells[0]) != START:
        return "the path does not begin at S"
    if _sign(maze, cells[-1]) != GOAL:
        return "the path does not end at G"
    for (row, column), (below, beside) in pairwise(cells):
        if abs(row - below) + abs(column - beside) != 1:
            return f"from {place((row, column))} there is no step to {place((below, beside))}"
    if len(set(cells)) < len(cells):
        return "the path comes to a cell twice"
    shortest, taken = distances_to_goal(maze)[cells[0]], len(cells) - 1
    if taken != shortest:
        return f"the path takes {taken} steps, {shortest} are enough"
    return ""


def distances_to_goal(maze: Maze) -> dict[Cell, int]:
    """The least number of steps to G from each cell that can reach it."""
    distance = {_goal(maze): 0}
    queue = deque(distance)
    while queue:
        row, column = queue.popleft()
        further = distance[row, column] + 1
        for cell in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
            if cell not in distance and _sign(maze, cell) not in ("", WALL):
                distance[cell] = further
                queue.append(cell)
    return distance


def _goal(maze: Maze) -> Cell:
    row = next(r for r, signs in enumerate(maze.rows) if GOAL in signs)
    return row, maze.rows[row].index(GOAL)


def _sign(maze: Maze, cell: Cell) -> str:
    """What stands at `cell`; "" outside the maze."""
    row, column = cell
    if not 0 <= row < len(maze.rows) or not 0 <= column < len(maze.rows[row]):
        return ""
    return maze.rows[row][column]
