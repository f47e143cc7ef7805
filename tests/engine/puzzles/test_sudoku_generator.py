"""Generated puzzles: one solution, no clue to spare, held-out ones apart from all training."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrm_engine.errors import TaskError
from hrm_engine.puzzles.sudoku_fingerprint import fingerprint, fingerprints, solution_mark
from hrm_engine.puzzles.sudoku_generator import Puzzle, generate
from hrm_engine.puzzles.sudoku_grid import SudokuProblem, parse_grid
from hrm_engine.puzzles.sudoku_peers import obeys
from hrm_engine.puzzles.sudoku_records import RESERVED_EVERY, mixture, records, reserved, training
from hrm_engine.puzzles.sudoku_solver import search
from hrm_engine.puzzles.sudoku_symmetry import random_symmetry
from hrm_engine.tasks.base import Symmetry
from tests.engine.puzzles.sudoku_samples import EASY_SOLVED, digits, puzzles

DATA = Path(__file__).parents[3] / "benchmarks/data"


def turned(symmetry: Symmetry, grid: Sequence[int]) -> tuple[int, ...]:
    tokens = symmetry.apply(np.array(grid, dtype=np.uint8) + np.uint8(1))
    return tuple((tokens - np.uint8(1)).tolist())


@pytest.mark.requirement("EN-7")
@settings(max_examples=12, deadline=None)
@given(puzzles())
def test_a_generated_puzzle_has_one_solution_and_needs_every_clue(puzzle: Puzzle) -> None:
    size, clues = puzzle.problem.size, puzzle.problem.clues
    found = search(clues, size)
    assert found.solutions == (puzzle.solution,)
    assert found.backtracks == puzzle.rating
    for cell in [cell for cell, clue in enumerate(clues) if clue]:
        assert not search((*clues[:cell], 0, *clues[cell + 1 :]), size).unique


def test_the_same_seed_gives_the_same_puzzle() -> None:
    one, same, other = (generate(6, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert one == same != other


def test_a_least_rating_and_a_range_of_clues_can_be_asked_for() -> None:
    rng = np.random.default_rng(3)
    assert generate(9, rng, least_rating=3).rating >= 3
    assert 22 <= generate(9, rng, clues=(22, 23)).clues <= 23
    with pytest.raises(TaskError, match="none of 2 puzzles has a rating of 900"):
        generate(4, rng, least_rating=900, tries=2)


def test_an_eased_puzzle_keeps_its_solution_and_gains_clues() -> None:
    rng = np.random.default_rng(4)
    puzzle = generate(6, rng)
    eased = puzzle.eased(3, rng)
    assert obeys(eased, puzzle.solution)
    assert sum(map(bool, eased.clues)) == puzzle.clues + 3
    assert puzzle.eased(99, rng).clues == puzzle.solution


@pytest.mark.requirement("EN-7")
@settings(max_examples=40, deadline=None)
@given(puzzles(), st.integers(0, 2**32 - 1))
def test_a_symmetry_turns_solutions_into_solutions_and_can_be_undone(
    puzzle: Puzzle, seed: int
) -> None:
    symmetry = random_symmetry(puzzle.problem.shape, np.random.default_rng(seed))
    size = puzzle.problem.size
    clues, solution = turned(symmetry, puzzle.problem.clues), turned(symmetry, puzzle.solution)
    assert obeys(SudokuProblem(size, clues), solution)
    assert search(clues, size).solutions == (solution,)
    tokens = np.array([puzzle.problem.clues, puzzle.solution], dtype=np.uint8) + np.uint8(1)
    assert (symmetry.undo(symmetry.apply(tokens)) == tokens).all()
    assert symmetry.tokens[:2].tolist() == [0, 1]


@settings(max_examples=40, deadline=None)
@given(puzzles(), st.integers(0, 2**32 - 1))
def test_no_symmetry_changes_a_fingerprint(puzzle: Puzzle, seed: int) -> None:
    symmetry = random_symmetry(puzzle.problem.shape, np.random.default_rng(seed))
    clues, solution = turned(symmetry, puzzle.problem.clues), turned(symmetry, puzzle.solution)
    assert fingerprint(clues, solution) == fingerprint(puzzle.problem.clues, puzzle.solution)
    if puzzle.problem.size == 9:
        assert solution_mark(solution) == solution_mark(puzzle.solution)


def test_fingerprints_and_marks_tell_puzzles_apart() -> None:
    rng = np.random.default_rng(5)
    drawn = [generate(6, rng) for _ in range(100)]
    marks = fingerprints([p.problem.clues for p in drawn], [p.solution for p in drawn])
    assert len(set(marks.tolist())) == 100
    solved = [generate(9, rng).solution for _ in range(5)] + [digits(EASY_SOLVED)]
    assert len({solution_mark(grid) for grid in solved}) == 6


def test_transposition_is_for_square_boxes_alone() -> None:
    rng = np.random.default_rng(6)
    for size, both in ((4, True), (6, False), (9, True)):
        shape = SudokuProblem(size, ()).shape
        cells = [random_symmetry(shape, rng).cells.reshape(size, size) for _ in range(40)]
        kept = [len({int(cell) // size for cell in grid[0]}) == 1 for grid in cells]
        assert any(kept)
        assert all(kept) != both


def test_the_splits_share_nothing_however_it_is_turned() -> None:
    rng = np.random.default_rng(0)
    assert not any(reserved(training(4, rng)) for _ in range(60))
    held = list(records(6, 3, seed=0, split="held-out"))
    for record in held:
        puzzle = Puzzle(parse_grid(record["input"]), digits(record["answer"]), 0)
        assert reserved(puzzle)
        assert obeys(puzzle.problem, puzzle.solution)


def test_records_are_distinct_the_same_for_a_seed_and_as_hard_as_asked() -> None:
    one, same = (list(records(4, 20, seed=1, split="train")) for _ in range(2))
    assert one == same
    assert len({record["input"] for record in one}) == 20
    assert [record["id"] for record in one[:2]] == ["train-0", "train-1"]
    assert all(record["clues"] == 16 - record["input"].count(".") for record in one)
    hard = list(records(6, 2, seed=1, split="train", minimum=1))
    assert all(record["rating"] >= 1 for record in hard)


def test_more_puzzles_than_there_are_is_an_error() -> None:
    with pytest.raises(TaskError, match="found only 0 such puzzles"):
        next(iter(records(4, 1, seed=0, split="train", minimum=99, patience=50)))


def test_the_mixture_holds_minimal_and_eased_puzzles() -> None:
    rng = np.random.default_rng(8)
    spare = []
    for puzzle in (mixture(4, rng) for _ in range(40)):
        clues = puzzle.problem.clues
        cells = [cell for cell, clue in enumerate(clues) if clue]
        spare.append(any(search((*clues[:c], 0, *clues[c + 1 :]), 4).unique for c in cells))
    assert 2 < sum(spare) < 25


@pytest.mark.parametrize(
    ("name", "lines"),
    [("hardest", 1000), ("17", 1000), ("generated", 1000), ("6x6", 500), ("4x4", 500)],
)
def test_the_held_out_files_hold_right_answers(name: str, lines: int) -> None:
    rows = [row.split() for row in (DATA / f"sudoku_{name}.txt").read_text().splitlines()]
    assert len({puzzle for puzzle, _, _ in rows}) == len(rows) == lines
    pairs = [(parse_grid(puzzle), digits(answer), int(rating)) for puzzle, answer, rating in rows]
    assert all(obeys(problem, answer) for problem, answer, _ in pairs)
    for problem, answer, rating in islice(pairs, 0, None, 50):
        found = search(problem.clues, problem.size)
        assert (found.solutions, found.backtracks) == ((answer,), rating)
    if name in ("generated", "6x6", "4x4"):
        marks = fingerprints([p.clues for p, _, _ in pairs], [answer for _, answer, _ in pairs])
        assert not (marks % np.uint64(RESERVED_EVERY)).any()
