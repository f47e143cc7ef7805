"""The training stream of mazes, the held-out share it never yields, and data files of both.

Distribution of a canvas of `side` x `side` cells (`mixture`): three quarters fill it, two
thirds of those with a path of `hard_length(side)` steps or more; the rest are rectangles
from a third of the side up, with any path.

Disjointness by construction, as for derivatives: `fingerprint` names a maze by what it
holds, whichever way it is turned or mirrored, wherever it lies within walls, and with S and
G exchanged. Fingerprints divisible by 64 are reserved: `training` never yields one, nor
does any symmetry make one of what it yields; `held_out` yields only those.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any, Literal

import numpy as np

from hrm_engine.data.generators.dice import Dice
from hrm_engine.errors import TaskError
from hrm_engine.puzzles.maze_check import fault
from hrm_engine.puzzles.maze_generate import hard_length, propose
from hrm_engine.puzzles.maze_grid import Maze
from hrm_engine.puzzles.maze_search import shortest_path
from hrm_engine.puzzles.maze_text import parse_maze

RESERVED_EVERY = 64
_MOST_IN_VAIN = 50 * RESERVED_EVERY
Split = Literal["train", "held-out"]
_MEANING = bytes.maketrans(b"#.SG", b"\x00\x01\x02\x02")


def records(
    count: int, seed: int, split: Split, side: int, minimum: int = 0
) -> Iterator[dict[str, Any]]:
    """`count` distinct records `{"id", "input", "answer", "length"}`, the same for a seed.

    Args:
        count: how many to yield.
        seed: of the generator.
        split: "train", or "held-out", which training never sees.
        side: of the canvas in cells.
        minimum: 0 draws from `mixture`; more: mazes that fill the canvas, with a shortest
            path of so many steps at least.

    Raises:
        TaskError: so many mazes of this side with such a path are not to be found.
    """
    rng = np.random.default_rng([seed, split == "held-out"])
    seen: set[int] = set()
    vain = 0
    while len(seen) < count:
        maze = draw(rng, side, minimum)
        mark = fingerprint(maze)
        if mark in seen or (mark % RESERVED_EVERY == 0) != (split == "held-out"):
            vain += 1
            if vain > _MOST_IN_VAIN:
                raise TaskError(f"found only {len(seen)} such mazes", hint="ask for larger ones")
            continue
        vain = 0
        path = shortest_path(maze)
        text = maze.drawn()
        assert parse_maze(text) == maze
        assert not fault(maze, path.cells)
        yield {
            "id": f"{split}-{len(seen)}",
            "input": text,
            "answer": str(path),
            "length": path.length,
        }
        seen.add(mark)


def training(rng: np.random.Generator, side: int) -> Maze:
    """A random maze of `mixture` that is not reserved for tests."""
    while True:
        maze = draw(rng, side)
        if not reserved(maze):
            return maze


def draw(rng: np.random.Generator, side: int, minimum: int = 0) -> Maze:
    """A random maze, reserved or not; see `records` for `minimum`."""
    dice = Dice(rng)
    return propose(dice, side, side, minimum) if minimum else mixture(dice, side)


def mixture(dice: Dice, side: int) -> Maze:
    """A random maze of the documented distribution, reserved or not."""
    if dice.chance(0.75):
        return propose(dice, side, side, hard_length(side) if dice.chance(2 / 3) else 1)
    least = max(2, side // 3)
    return propose(dice, dice.between(least, side), dice.between(least, side))


def reserved(maze: Maze) -> bool:
    """Whether `maze` belongs to the held-out share of all mazes."""
    return fingerprint(maze) % RESERVED_EVERY == 0


def fingerprint(maze: Maze) -> int:
    """64 bits that name `maze` up to symmetry, the walls around it, and its direction."""
    cells = np.frombuffer("".join(maze.rows).encode().translate(_MEANING), dtype=np.uint8)
    grid = cells.reshape(maze.height, maze.width)
    tall, wide = np.flatnonzero(grid.any(axis=1)), np.flatnonzero(grid.any(axis=0))
    grid = grid[tall[0] : tall[-1] + 1, wide[0] : wide[-1] + 1]
    flipped = grid.T
    views = [
        view
        for one in (grid, flipped)
        for view in (one, one[::-1], one[:, ::-1], one[::-1, ::-1])
        if one.shape[0] <= one.shape[1]
    ]
    first = min(view.tobytes() for view in views)
    shape = bytes(sorted(grid.shape))
    return int.from_bytes(blake2b(shape + first, digest_size=8).digest(), "little")
