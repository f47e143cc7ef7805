"""The solver finds what the rules allow, no more and no less, and rates what it took."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from hrm_engine.deadline import Deadline
from hrm_engine.errors import DeadlineError, TaskError
from hrm_engine.puzzles.sudoku_generator import Puzzle
from hrm_engine.puzzles.sudoku_grid import SudokuProblem, to_text
from hrm_engine.puzzles.sudoku_peers import by_exact_cover, obeys
from hrm_engine.puzzles.sudoku_solver import needs, random_solution, search
from tests.engine.puzzles.sudoku_samples import (
    EASY,
    EASY_SOLVED,
    HARDEST,
    HARDEST_SOLVED,
    digits,
    problem,
    puzzles,
)


@pytest.mark.requirement("EN-7")
@pytest.mark.parametrize(("text", "answer"), [(EASY, EASY_SOLVED), (HARDEST, HARDEST_SOLVED)])
def test_published_puzzles_have_their_published_solution(text: str, answer: str) -> None:
    found = search(digits(text), 9)
    assert found.unique
    assert to_text(found.solutions[0]) == answer


def test_a_puzzle_of_singles_is_rated_zero_and_a_hard_one_high() -> None:
    assert search(digits(EASY), 9).backtracks == 0
    assert search(digits(HARDEST), 9).backtracks > 50


@pytest.mark.parametrize(("size", "grids"), [(4, 288)])
def test_a_blank_grid_has_as_many_solutions_as_are_known(size: int, grids: int) -> None:
    found = search((0,) * size**2, size, limit=1000)
    assert found.complete
    assert len(set(found.solutions)) == len(found.solutions) == grids


def test_the_search_stops_at_the_limit_and_says_so() -> None:
    found = search((0,) * 81, 9, limit=3)
    assert (len(set(found.solutions)), found.complete, found.unique) == (3, False, False)
    assert all(obeys(SudokuProblem(9, (0,) * 81), grid) for grid in found.solutions)


@pytest.mark.parametrize("clues", ["5...5" + "." * 76, "12345678." + "........9" + "." * 63])
def test_what_contradicts_itself_has_no_solution(clues: str) -> None:
    found = search(digits(clues), 9)
    assert (found.solutions, found.complete) == ((), True)
    with pytest.raises(TaskError, match="no solution"):
        by_exact_cover(problem(clues))


def test_a_contradiction_deep_in_the_search_is_found_by_both_solvers() -> None:
    wrong = HARDEST[:1] + "6" + HARDEST[2:]  # the printed solution has 1 there
    assert search(digits(wrong), 9).solutions == ()
    with pytest.raises(TaskError, match="no solution"):
        by_exact_cover(problem(wrong))


def test_the_deadline_ends_a_search() -> None:
    with pytest.raises(DeadlineError):
        search(digits(HARDEST), 9, deadline=Deadline.after(0))
    assert search(digits(HARDEST), 9, deadline=Deadline.never()).unique


@settings(max_examples=15, deadline=None)
@given(puzzles())
def test_knuths_exact_cover_agrees(puzzle: Puzzle) -> None:
    size, clues = puzzle.problem.size, puzzle.problem.clues
    assert by_exact_cover(puzzle.problem) == puzzle.solution
    assert search(clues, size).solutions == (puzzle.solution,)


@settings(max_examples=15, deadline=None)
@given(puzzles())
def test_the_rating_does_not_depend_on_the_names_of_digits(puzzle: Puzzle) -> None:
    size = puzzle.problem.size
    renamed = tuple(clue and size + 1 - clue for clue in puzzle.problem.clues)
    assert search(renamed, size).backtracks == puzzle.rating


def test_whether_a_clue_is_needed_is_what_two_solutions_show() -> None:
    full = digits(EASY)
    for cell in [cell for cell, clue in enumerate(full) if clue]:
        without = (*full[:cell], 0, *full[cell + 1 :])
        assert needs(full, 9, cell) == (len(search(without, 9).solutions) == 2)


@pytest.mark.parametrize("size", [4, 6, 9])
def test_random_solutions_obey_the_rules_and_differ(size: int) -> None:
    rng = np.random.default_rng(7)
    grids = [random_solution(size, rng) for _ in range(20)]
    assert all(obeys(SudokuProblem(size, (0,) * size**2), grid) for grid in grids)
    assert len(set(grids)) > 15


def test_a_grid_that_breaks_a_rule_does_not_pass_the_count() -> None:
    solved = digits(EASY_SOLVED)
    assert obeys(problem(), solved)
    assert not obeys(problem(), solved[:80])
    assert not obeys(problem(), (*solved[:80], 0))
    assert not obeys(problem(), (*solved[:80], 8))
    assert not obeys(problem(), tuple(10 - digit for digit in solved))
