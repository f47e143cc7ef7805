"""Mazes as people and programs paste them: lines, one line with `/`, JSON lists.

    wall  # X █ ▓ ■      or 1      or + - |      one of the three kinds in a maze
    open  space . 0 ·    and o, the mark of a drawn path
    start S A            goal G E B              upper or lower case

Decided, because a text can mean two things:

* A row that is shorter than the others is filled with *open* cells at its end, where the
  maze writes open cells as spaces: chat programs strip those. Where it writes them as `.`
  or `0` nothing can have been stripped, and a short row is an error.
* Blank columns and rows outside a closed outer wall (S and G may stand in it) are
  indentation, and left out; without such a wall every leading space is an open cell.
* `# . S` or `#,.,S` in every row: the signs between the cells are left out, if the cells
  alone hold a sign for open. Otherwise each character is a cell, spaces too.

Whatever was filled or left out is told in the maze's notes. Read `parse_maze`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from hrm_engine.errors import TaskError
from hrm_engine.puzzles.maze_grid import GOAL, LARGEST, OPEN, START, WALL, Cell, Maze, place

WALLS = ("#Xx█▓■", "1", "+-|")
OPENS = " .0·o"
STARTS, GOALS = "SsAa", "GgEeBb"
_KIND = {sign: kind for kind, signs in enumerate(WALLS) for sign in signs}
_MEANS = (
    dict.fromkeys(_KIND, WALL)
    | dict.fromkeys(OPENS, OPEN)
    | dict.fromkeys(STARTS, START)
    | dict.fromkeys(GOALS, GOAL)
)
_CLOSED = {*_KIND, *STARTS, *GOALS}
_MAX_TEXT, _MAX_LINES = 50_000, 2 * LARGEST
_SPACED, _COMMAS = re.compile(r"\S(?: \S)+"), re.compile(r"[^,]?(?:,[^,]?)+")
_HINT = "`#` wall, `.` or space open, S start, G goal; one line a row"


def parse_maze(source: object) -> Maze:
    """The maze that a text, a JSON text, or a list of strings or of lists describes.

    Raises:
        TaskError: it is no maze; names the row and column, counted from 1.
    """
    rows, notes = _rows(source)
    rows = _filled(rows, notes)
    rows = _without_margins(rows, notes)
    if not rows or not rows[0]:
        raise TaskError("the maze is empty", hint=_HINT)
    if len(rows) > LARGEST or len(rows[0]) > LARGEST:
        raise TaskError(
            f"the maze is too large: {len(rows)} rows, {len(rows[0])} columns",
            hint=f"at most {LARGEST} of each",
        )
    if any("o" in row for row in rows):
        notes.append("a drawn path (`o`) was read as open cells")
    signs = _signs(rows)
    _one(signs, START, "start (S)")
    _one(signs, GOAL, "goal (G)")
    return Maze(tuple(signs), tuple(notes))


def _rows(source: object) -> tuple[list[str], list[str]]:
    """The rows as they stand, and an empty or begun list of notes."""
    if isinstance(source, str):
        if len(source) > _MAX_TEXT:
            raise TaskError(
                f"the text is too long for a maze: {len(source)} characters",
                hint=f"at most {LARGEST} rows of {LARGEST} cells",
            )
        if not source.lstrip().startswith("["):
            return _lines(source)
        try:
            source = json.loads(source)
        except (ValueError, RecursionError) as error:
            raise TaskError(f"not a JSON list: {error}", hint='e.g. ["#S#", "#G#"]') from None
    if not isinstance(source, Sequence):
        raise TaskError(f"a maze is a text or a list of rows, not {type(source).__name__}")
    _bound(len(source), "rows")
    return [_row(row, r) for r, row in enumerate(source)], []


def _row(row: object, r: int) -> str:
    """One row of a JSON list: a string, or a list of one-character strings and 0 or 1."""
    if isinstance(row, str):
        return row
    if not isinstance(row, Sequence):
        raise TaskError(f"row {r + 1} is neither a string nor a list", hint=_HINT)
    for c, cell in enumerate(row):
        if not _is_sign(cell):
            raise TaskError(
                f"{place((r, c))} holds {str(cell)[:20]!r}, not one sign", hint=f"{_HINT}; or 0, 1"
            )
    return "".join(map(str, row))


def _is_sign(cell: Any) -> bool:
    if isinstance(cell, str):
        return len(cell) == 1
    return isinstance(cell, int) and not isinstance(cell, bool) and cell in (0, 1)


def _lines(text: str) -> tuple[list[str], list[str]]:
    """The rows of a plain text, without code fences, blank edges and separating signs."""
    notes: list[str] = []
    text = text.replace("\r\n", "\n").replace("\\n", "\n")
    text = text.replace("\t", " ")
    if "/" in text and "\n" not in text.strip():
        inner = text.strip(" \n/")
        spaced = 0 < inner.count("/") == inner.count(" / ")
        text = inner.replace(" / ", "\n") if spaced else text.strip("\n/").replace("/", "\n")
    lines = [line for line in text.split("\n") if not line.lstrip().startswith("```")]
    lines = _unseparated(lines, notes)
    if set(".0·") & set("".join(lines)) and not any(" " in line.strip(" ") for line in lines):
        lines = [line.strip(" ") for line in lines]  # spaces indent: open cells are written out
    widest = max((len(line) for line in lines if line.strip()), default=LARGEST + 1)
    kept = [n for n, line in enumerate(lines) if line.strip() or len(line) >= widest]
    return lines[kept[0] : kept[-1] + 1] if kept else [], notes


def _unseparated(lines: list[str], notes: list[str]) -> list[str]:
    """`# . S` as `#.S`, and `#,.,S`, where every line is written so."""
    full = [line.strip() for line in lines if line.strip()]
    for pattern, between in ((_SPACED, " "), (_COMMAS, ",")):
        tight = [line.replace(", ", ",") if between == "," else line for line in full]
        if not tight or not all(pattern.fullmatch(line) for line in tight):
            continue
        rows = ["".join(cell or " " for cell in line.split(between)) for line in tight]
        if set(OPENS) & set("".join(rows)):
            notes.append("the signs between the cells were left out")
            return rows
    return lines


def _bound(count: int, of_what: str) -> None:
    if count > _MAX_LINES:
        raise TaskError(f"the maze is too large: {count} {of_what}", hint=f"at most {LARGEST}")


def _filled(rows: list[str], notes: list[str]) -> list[str]:
    """All rows as long as the longest; see the top of this file."""
    width = max(map(len, rows), default=0)
    _bound(len(rows), "rows")
    _bound(width, "columns")
    short = [number for number, row in enumerate(rows, start=1) if len(row) < width]
    if short and set(".0·") & set("".join(rows)):
        first = short[0]
        raise TaskError(
            f"row {first} has {len(rows[first - 1])} cells where others have {width}",
            hint="give every row the same number of cells",
        )
    if short:
        named = ", ".join(map(str, short[:8])) + (" ..." if len(short) > 8 else "")
        notes.append(f"filled with open cells at the end, being shorter than others: row {named}")
    return [row.ljust(width) for row in rows]


def _without_margins(rows: list[str], notes: list[str]) -> list[str]:
    """`rows` without the blank lines and columns outside a closed outer wall."""
    inked = [r for r, row in enumerate(rows) if row.strip(" ")]
    if not inked:
        return rows
    top, bottom = inked[0], inked[-1] + 1
    left = min(len(row) - len(row.lstrip(" ")) for row in rows[top:bottom] if row.strip(" "))
    right = max(len(row.rstrip(" ")) for row in rows)
    box = [row[left:right] for row in rows[top:bottom]]
    frame = box[0] + box[-1] + "".join(row[0] + row[-1] for row in box)
    whole = (len(box), len(box[0])) == (len(rows), len(rows[0]))
    if whole or min(len(box), len(box[0])) < 3 or not set(frame) <= _CLOSED:
        return rows
    notes.append(
        f"left out: blank lines outside the outer wall ({top} above, {left} columns before it)"
    )
    return box


def _signs(rows: list[str]) -> list[str]:
    """The rows over `#.SG`."""
    first_wall: tuple[str, Cell] | None = None
    for r, row in enumerate(rows):
        for c, sign in enumerate(row):
            if sign not in _MEANS:
                raise TaskError(f"{place((r, c))}: {sign!r} is no sign of a maze", hint=_HINT)
            if sign in _KIND:
                first_wall = first_wall or (sign, (r, c))
                if _KIND[sign] != _KIND[first_wall[0]]:
                    raise TaskError(
                        f"{place((r, c))}: `{sign}` beside `{first_wall[0]}`"
                        f" ({place(first_wall[1])}): which of them is the wall?",
                        hint="use one kind of wall, such as `#`, and `.` for open",
                    )
    return ["".join(_MEANS[sign] for sign in row) for row in rows]


def _one(rows: list[str], sign: str, name: str) -> None:
    found = [(r, c) for r, row in enumerate(rows) for c, at in enumerate(row) if at == sign]
    if not found:
        raise TaskError(f"the maze has no {name}", hint=_HINT)
    if len(found) > 1:
        raise TaskError(
            f"the maze has more than one {name}: {place(found[0])} and {place(found[1])}",
            hint="one start (S or A) and one goal (G, E or B)",
        )
