"""Published lists: solved line by line, without what is wrong or kept for tests."""

from __future__ import annotations

from collections import Counter

import numpy as np

from hrm_engine.puzzles.sudoku_grid import to_text
from hrm_engine.puzzles.sudoku_lists import solve_line, solve_list
from hrm_engine.puzzles.sudoku_symmetry import random_symmetry
from tests.engine.puzzles.sudoku_samples import EASY, EASY_SOLVED, HARDEST, digits, problem


def test_a_list_is_solved_and_what_is_wrong_is_counted() -> None:
    dropped: Counter[str] = Counter()
    wrong = ["no puzzle", "." * 16, "." * 81, "55" + "." * 79, EASY.replace(".", "0")]
    lines = list(solve_list([EASY, *wrong], 9, dropped=dropped))
    assert lines == [f"{EASY} {EASY_SOLVED} 0", "", "", "", "", ""]
    assert dropped == {
        "unreadable": 1,
        "of another size": 1,
        "with several solutions": 1,
        "without solution": 1,
        "repeated": 1,
    }


def test_a_test_puzzle_is_left_out_however_it_was_turned() -> None:
    symmetry = random_symmetry(problem().shape, np.random.default_rng(1))
    tokens = symmetry.apply(np.array(digits(EASY), dtype=np.uint8) + np.uint8(1))
    other = to_text(tuple((tokens - np.uint8(1)).tolist()))
    dropped: Counter[str] = Counter()
    lines = list(solve_list([other, HARDEST], 9, apart=[f"{EASY} {EASY_SOLVED}"], dropped=dropped))
    assert [bool(line) for line in lines] == [False, True]
    assert dropped == {"kept for tests": 1}


def test_small_sizes_are_told_apart_by_the_puzzle_alone() -> None:
    assert len(solve_line("1...  ..3.  .4..  ...2", 4).marks) == 1


def test_two_processes_give_the_lines_of_one() -> None:
    lines = [EASY, "?", HARDEST]
    assert list(solve_list(lines, 9, workers=2)) == list(solve_list(lines, 9))
