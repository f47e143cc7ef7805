"""Mazes: an endless, seeded stream, with a least length of the shortest path.

    kind        how it is dug                                            what it is like
    corridors   a growing tree on every second cell, newest first        long and winding
    branches    the same, now and then from an older cell                many dead ends
    burrows     a tree that digs wherever it meets no other passage      winding, off the lattice
    field       cells closed at random, at most two fifths of them       open, many shortest paths

Half of the mazes stand in an outer wall. Trees have one way between two cells; walls are
then opened in two thirds of them, up to a quarter of those that could join two passages,
and in a fifth a small hall is cleared: loops, so that shortest paths may be several. S is
any open cell, G any cell that is far enough from it.

"Hard" is what the published Maze-Hard set calls so, a path of more than 110 steps on 30x30,
and the same share of the cells on other canvases: `hard_length`. Read `propose` first.
"""

from __future__ import annotations

from functools import lru_cache

from hrm_engine.data.generators.dice import Dice, Table
from hrm_engine.errors import TaskError
from hrm_engine.puzzles.maze_grid import GOAL, LARGEST, OPEN, START, WALL, Maze
from hrm_engine.puzzles.maze_search import waves

KINDS = {"corridors": 35.0, "branches": 15.0, "burrows": 30.0, "field": 20.0}
TREES = {kind: weight for kind, weight in KINDS.items() if kind != "field"}
_ALL, _TREES = Table.of(KINDS), Table.of(TREES)
_NEWEST = {"corridors": 1.0, "branches": 0.8, "burrows": 0.97}  # how often a tree digs on
_MOST_ATTEMPTS = 2000
_SIGNS = bytes.maketrans(b"\x00\x01", f"{WALL}{OPEN}".encode())
_DIGITS = bytes.maketrans(b"\x00\x01", b"01")

Links = tuple[tuple[tuple[int, int], ...], ...]


def hard_length(side: int) -> int:
    """The least length of a hard maze of `side` x `side` cells: 111 for 30, 10 for 9."""
    return side * side * 110 // 900 + 1


def propose(dice: Dice, height: int, width: int, minimum: int = 1) -> Maze:
    """A maze whose shortest path takes at least `minimum` steps.

    Raises:
        TaskError: the size is out of bounds, or no maze of it was found that long.
    """
    if not 1 <= height <= LARGEST or not 1 <= width <= LARGEST or height * width < 2:
        raise TaskError(f"no maze has {height}x{width} cells", hint=f"at most {LARGEST}x{LARGEST}")
    kinds = _TREES if minimum > height + width else _ALL  # an open field has no longer ways
    for _ in range(_MOST_ATTEMPTS):
        rows = _layout(dice, height, width, dice.draw(kinds))
        ends = _ends(dice, rows, width, minimum)
        if ends is not None:
            return _finished(rows, width, *ends)
    raise TaskError(
        f"found no {height}x{width} maze with a shortest path of {minimum} steps",
        hint=f"such a maze has about {height * width // 3} steps at most",
    )


def _layout(dice: Dice, height: int, width: int, kind: str) -> bytearray:
    """The cells, row by row, 1 where open, (height * width)."""
    if height < 5 or width < 5 or dice.chance(0.5):
        return _dug(dice, height, width, kind)
    inner = _dug(dice, height - 2, width - 2, kind)
    cells = bytearray(height * width)
    for row in range(height - 2):
        at = (row + 1) * width + 1
        cells[at : at + width - 2] = inner[row * (width - 2) : (row + 1) * (width - 2)]
    return cells


def _dug(dice: Dice, height: int, width: int, kind: str) -> bytearray:
    if kind == "field":
        share = 0.4 * dice.uniform()
        return bytearray(not dice.chance(share) for _ in range(height * width))
    if kind == "burrows":
        cells = _burrow(dice, height, width, _NEWEST[kind])
    else:
        corner = (0 if height % 2 else dice.between(0, 1), 0 if width % 2 else dice.between(0, 1))
        cells = _tree(dice, height, width, corner, _NEWEST[kind])
    if dice.chance(2 / 3):
        _open_walls(dice, cells, height, width)
    if dice.chance(0.2):
        _clear_hall(dice, cells, height, width)
    return cells


def _tree(dice: Dice, height: int, width: int, corner: tuple[int, int], newest: float) -> bytearray:
    """A tree over the cells at even distances from `corner`."""
    links = _lattice(height, width, *corner)
    cells = bytearray(height * width)
    first = dice.pick([cell for cell, out in enumerate(links) if out] or [0])
    cells[first] = 1
    active = [first]
    while active:
        at = -1 if newest == 1.0 or dice.chance(newest) else dice.between(0, len(active) - 1)
        free = [link for link in links[active[at]] if not cells[link[0]]]
        if free:
            cell, between = free[0] if len(free) == 1 else dice.pick(free)
            cells[cell] = cells[between] = 1
            active.append(cell)
        else:
            active[at] = active[-1]
            active.pop()
    return cells


def _burrow(dice: Dice, height: int, width: int, newest: float) -> bytearray:
    """A tree over all cells: one is dug when it touches no passage but the one it leaves."""
    around = _around(height, width)
    cells = bytearray(height * width)
    touching = bytearray(height * width)  # how many open neighbours
    active = [dice.between(0, height * width - 1)]
    touching[active[0]] = 9
    while active:
        at = -1 if dice.chance(newest) else dice.between(0, len(active) - 1)
        here = active[at]
        if not cells[here]:
            cells[here] = 1
            for cell in around[here]:
                touching[cell] += 1
        free = [cell for cell in around[here] if not cells[cell] and touching[cell] == 1]
        if free:
            active.append(free[0] if len(free) == 1 else dice.pick(free))
        else:
            active[at] = active[-1]
            active.pop()
    return cells


def _open_walls(dice: Dice, cells: bytearray, height: int, width: int) -> None:
    """Open a share of the walls that stand between two passages; one at least."""
    around = _around(height, width)
    walls = [
        cell
        for cell, near in enumerate(around)
        if not cells[cell] and sum([cells[other] for other in near]) >= 2
    ]
    if not walls:
        return
    share = 0.25 * dice.uniform() ** 2
    for _ in range(1 + int(share * len(walls))):
        cells[dice.pick(walls)] = 1


def _clear_hall(dice: Dice, cells: bytearray, height: int, width: int) -> None:
    """Open a rectangle of two to four cells a side."""
    tall, wide = min(height, dice.between(2, 4)), min(width, dice.between(2, 4))
    top, left = dice.between(0, height - tall), dice.between(0, width - wide)
    for row in range(top, top + tall):
        cells[row * width + left : row * width + left + wide] = b"\x01" * wide


def _ends(dice: Dice, cells: bytearray, width: int, minimum: int) -> tuple[int, int] | None:
    """S and G at least `minimum` steps apart; None where two tries find none."""
    free = [cell for cell, is_open in enumerate(cells) if is_open]
    if not free:
        return None
    rows = (cells[at : at + width] for at in range(0, len(cells), width))
    space = int(b"\x00".join(rows).translate(_DIGITS)[::-1], 2)
    start = dice.pick(free)
    found = waves(space, width + 1, 1 << (start + start // width))
    if len(found) <= minimum:  # the far end of a tree is an end of its longest path
        bit = found[-1].bit_length() - 1
        start = bit - bit // (width + 1)
        found = waves(space, width + 1, 1 << bit)
    if len(found) <= max(1, minimum):
        return None
    return start, _far(dice, found[max(1, minimum) :], width)


def _far(dice: Dice, layers: list[int], width: int) -> int:
    """Any cell of `layers`, all equally likely."""
    skip = dice.between(0, sum(layer.bit_count() for layer in layers) - 1)
    number = 0
    while skip >= layers[number].bit_count():
        skip -= layers[number].bit_count()
        number += 1
    layer = layers[number]
    for _ in range(skip):
        layer &= layer - 1
    bit = (layer & -layer).bit_length() - 1
    return bit - bit // (width + 1)


def _finished(cells: bytearray, width: int, start: int, goal: int) -> Maze:
    text = bytearray(cells.translate(_SIGNS))
    text[start], text[goal] = ord(START), ord(GOAL)
    line = text.decode()
    return Maze(tuple([line[at : at + width] for at in range(0, len(line), width)]))


@lru_cache(maxsize=256)
def _around(height: int, width: int) -> tuple[tuple[int, ...], ...]:
    """The neighbours of each cell."""
    return tuple(
        tuple(
            (r + down) * width + c + right
            for down, right in ((-1, 0), (0, -1), (0, 1), (1, 0))
            if 0 <= r + down < height and 0 <= c + right < width
        )
        for r in range(height)
        for c in range(width)
    )


@lru_cache(maxsize=256)
def _lattice(height: int, width: int, top: int, left: int) -> Links:
    """For each cell of the lattice, (the next one, the wall between); () for other cells."""
    return tuple(
        tuple(
            ((r + 2 * down) * width + c + 2 * right, (r + down) * width + c + right)
            for down, right in ((-1, 0), (0, -1), (0, 1), (1, 0))
            if 0 <= r + 2 * down < height and 0 <= c + 2 * right < width
        )
        if r >= top and c >= left and (r - top) % 2 == (c - left) % 2 == 0
        else ()
        for r in range(height)
        for c in range(width)
    )
