"""Sudoku grids are read in the layouts that people paste, and errors name the cell."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from hrm_engine.errors import TaskError
from hrm_engine.puzzles.sudoku_grid import conflicts, parse_grid, to_block, to_text
from hrm_engine.puzzles.sudoku_shape import shape_of
from tests.engine.puzzles.sudoku_samples import EASY, EASY_SOLVED, digits, problem

ROWS = [EASY[9 * row : 9 * row + 9] for row in range(9)]
NUMBERS = [[int(mark) if mark != "." else 0 for mark in row] for row in ROWS]
BORDERED = """
+-------+-------+-------+
| 5 3 . | . 7 . | . . . |
| 6 . . | 1 9 5 | . . . |
| . 9 8 | . . . | . 6 . |
+-------+-------+-------+
| 8 . . | . 6 . | . . 3 |
| 4 . . | 8 . 3 | . . 1 |
| 7 . . | . 2 . | . . 6 |
+-------+-------+-------+
| . 6 . | . . . | 2 8 . |
| . . . | 4 1 9 | . . 5 |
| . . . | . 8 . | . 7 9 |
+-------+-------+-------+
"""
LAYOUTS = {
    "one line": EASY,
    "zeros": EASY.replace(".", "0"),
    "underscores, stars": EASY.replace(".", "_", 20).replace(".", "*"),
    "question marks": EASY.replace(".", "?"),
    "nine lines": "\n".join(ROWS),
    "nine words": " ".join(ROWS),
    "spaced": "\n".join(" ".join(row) for row in ROWS),
    "commas": ",".join(EASY),
    "bordered": BORDERED,
    "box drawing": BORDERED.replace("-", "─").replace("|", "│").replace("+", "┼"),
    "dashes for blanks": EASY.replace(".", "-"),
    "dashes for blanks in lines": "\n".join(ROWS).replace(".", "-"),
    "JSON rows": json.dumps(NUMBERS),
    "JSON cells": json.dumps([cell or None for row in NUMBERS for cell in row]),
    "JSON texts": json.dumps(ROWS),
    "our block": to_block(digits(EASY)),
    "a data file's line": f"{EASY} {EASY_SOLVED} 12",
    "a data file's line with commas": f"{EASY},{EASY_SOLVED}",
}


@pytest.mark.requirement("EN-7")
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_reads_as_the_same_grid(layout: str) -> None:
    assert to_text(parse_grid(LAYOUTS[layout]).clues) == EASY


def test_lists_read_as_grids_too() -> None:
    texts = [[str(cell) if cell else "" for cell in row] for row in NUMBERS]
    for given in (NUMBERS, texts, [cell for row in NUMBERS for cell in row]):
        assert to_text(parse_grid(given).clues) == EASY


@pytest.mark.parametrize(("cells", "size"), [(16, 4), (36, 6), (81, 9)])
def test_the_size_follows_from_the_number_of_cells(cells: int, size: int) -> None:
    assert parse_grid("." * cells).size == size


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (EASY[:22] + "x" + EASY[23:], "`x` at row 3, column 5 is no digit of a 9x9 Sudoku"),
        ("1234" + "5" + "." * 11, "`5` at row 2, column 1 is no digit of a 4x4 Sudoku"),
        (EASY[:-1], "found 80 cells"),
        ("123.\n....\n...", "found 11 cells, in rows of 4, 4, 3"),
        ("1-3", "found 2 cells"),
        ("", "found 0 cells"),
        ([], "found 0 cells"),
        ([1, 2, 3], "found 3 cells"),
        ("[[1, 2], [3]", "the grid is not JSON"),
        ([[1, 2, 3, 4], [1, 2, 3], [], []], "row 2 holds 3 cells, the grid has 4 rows"),
        ([[1, 2], 3], "mixes rows and single cells"),
        ([True, *[0] * 15], "`True` at row 1, column 1"),
    ],
)
def test_a_wrong_grid_is_an_error_that_says_where(given: str | Sequence[object], said: str) -> None:
    with pytest.raises(TaskError) as caught:
        parse_grid(given)
    assert said in caught.value.problem
    assert caught.value.hint


def test_clues_in_conflict_are_named_cell_by_cell() -> None:
    assert conflicts(problem()) == []
    assert conflicts(problem("5.....5.." + "." * 72)) == ["5 stands twice in row 1: r1c1 and r1c7"]
    assert conflicts(problem("1......1" + "1......1")) == [
        "1 stands twice in column 1: r1c1 and r3c1",
        "1 stands twice in column 4: r2c4 and r4c4",
    ]
    assert "1 stands 3 times in row 1: r1c1, r1c2 and r1c3" in conflicts(problem("111." + "." * 12))


def test_a_block_tells_clues_from_answers() -> None:
    clues, answered = digits("1.....1..1.....1"), digits("1234341221434321")
    assert to_block(answered, clues).splitlines() == [
        " 1 '2 | '3 '4",
        "'3 '4 |  1 '2",
        "------+------",
        "'2  1 | '4 '3",
        "'4 '3 | '2  1",
    ]
    assert to_block(clues, clues).splitlines()[0] == " 1  . |  .  ."


def test_boxes_of_6x6_are_two_rows_by_three_columns() -> None:
    units = dict(shape_of(6).units)
    assert units["box 1"] == (0, 1, 2, 6, 7, 8)
    assert units["box 6"] == (27, 28, 29, 33, 34, 35)
    assert to_block((0,) * 36).splitlines()[:3] == [". . . | . . ."] * 2 + ["------+------"]


def test_other_sizes_are_refused_by_name() -> None:
    with pytest.raises(TaskError, match=r"no 16x16 Sudoku\n  hint: known sizes: 4x4, 6x6, 9x9"):
        shape_of(16)
