"""Sudoku as a task: clues are kept, and the check knows the rules alone."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrm_engine.errors import TaskError
from hrm_engine.puzzles.sudoku_generator import Puzzle
from hrm_engine.tasks.base import load_task
from hrm_engine.tasks.judge import judge
from hrm_engine.tasks.sudoku import Sudoku4, Sudoku6, Sudoku9
from tests.engine.puzzles.sudoku_samples import (
    EASY,
    EASY_SOLVED,
    HARDEST,
    HARDEST_SOLVED,
    digits,
    problem,
    puzzles,
)

TASK = Sudoku9()
SOLVED = digits(EASY_SOLVED)


@pytest.mark.parametrize(("kind", "tokens"), [(Sudoku9, 11), (Sudoku6, 8), (Sudoku4, 6)])
def test_the_vocabulary_is_pad_blank_and_the_digits(
    kind: type[Sudoku9 | Sudoku6 | Sudoku4], tokens: int
) -> None:
    task = load_task(kind.name)
    assert isinstance(task, kind)
    assert len(task.vocabulary) == tokens
    assert list(task.vocabulary[:3]) == ["<pad>", ".", "1"]
    assert task.shape == (tokens - 2, tokens - 2)


@pytest.mark.requirement("EN-7")
@settings(max_examples=15, deadline=None)
@given(puzzles())
def test_a_solution_goes_through_tokens_unchanged_and_is_proved(puzzle: Puzzle) -> None:
    task = {4: Sudoku4, 6: Sudoku6, 9: Sudoku9}[puzzle.problem.size]()
    tokens = task.targets(puzzle.problem, puzzle.solution)
    assert tokens.dtype == np.uint8
    assert task.decode(puzzle.problem, tokens.tolist()) == puzzle.solution
    assert task.verify(puzzle.problem, puzzle.solution).status == "proved"
    assert task.cross_check(puzzle.problem, puzzle.solution) is True
    assert task.baseline(puzzle.problem) == puzzle.solution
    assert task.peers()["exact cover"](puzzle.problem) == puzzle.solution
    assert pickle.loads(pickle.dumps(puzzle.problem)) == puzzle.problem  # noqa: S301 - our own


@pytest.mark.requirement("EN-7")
@settings(max_examples=60, deadline=None)
@given(st.integers(0, 80), st.integers(0, 80), st.integers(0, 12))
def test_verify_and_the_count_by_matrices_agree_on_wrong_grids(
    cell: int, other: int, digit: int
) -> None:
    for changed in (
        (*SOLVED[:cell], digit, *SOLVED[cell + 1 :]),
        tuple(SOLVED[{cell: other, other: cell}.get(n, n)] for n in range(81)),
    ):
        verdict = TASK.verify(problem(), changed)
        assert verdict.accepted == (changed == SOLVED) == TASK.cross_check(problem(), changed)
        assert bool(verdict.note) != verdict.accepted


def test_a_refusal_names_what_is_broken_first() -> None:
    blank = problem("." * 81)
    assert TASK.verify(problem(), (1, *SOLVED[1:])).note == "the clue 5 at r1c1 became 1"
    assert TASK.verify(blank, (3, *SOLVED[1:])).note == "row 1 lacks 5"
    rows_alone = tuple(range(1, 10)) * 9
    assert TASK.verify(blank, rows_alone).note == "column 1 lacks 2, 3, 4, 5, 6, 7, 8, 9"
    shifted = tuple((row + column) % 9 + 1 for row in range(9) for column in range(9))
    assert TASK.verify(blank, shifted).note == "box 1 lacks 6, 7, 8, 9"
    assert TASK.verify(blank, SOLVED[:-1]).note == "80 cells instead of 81"


def test_decoding_keeps_the_clues_whatever_the_network_says_of_them() -> None:
    tokens = [9] * 81
    decoded = TASK.decode(problem(), tokens)
    assert all(d == (clue or 8) for d, clue in zip(decoded, digits(EASY), strict=True))


@pytest.mark.parametrize("token", [0, 1, 11, 200])
def test_a_cell_without_a_digit_is_no_answer(token: int) -> None:
    tokens = (np.array(SOLVED) + 1).tolist()
    tokens[2] = token
    with pytest.raises(TaskError, match="leaves r1c3 blank"):
        TASK.decode(problem(), tokens)
    assert judge("sudoku", problem(), tokens)[1].status == "unverified"
    with pytest.raises(TaskError, match="3 tokens are no 9x9 grid"):
        TASK.decode(problem(), [2, 3, 4])


def test_the_baseline_says_when_there_is_no_solution_and_why() -> None:
    with pytest.raises(TaskError, match="no solution: 5 stands twice in row 1: r1c1 and r1c5"):
        TASK.baseline(problem("5...5" + "." * 76))
    with pytest.raises(TaskError, match=r"has no solution\n"):
        TASK.baseline(problem(HARDEST[:1] + "6" + HARDEST[2:]))
    assert TASK.show(TASK.baseline(problem(HARDEST))) == HARDEST_SOLVED


def test_records_hold_grids_of_the_tasks_size() -> None:
    rows = [list(EASY[9 * row : 9 * row + 9]) for row in range(9)]
    assert TASK.read({"input": EASY}) == TASK.read({"input": rows}) == problem()
    with pytest.raises(TaskError, match="`sudoku` takes 9x9 grids, this one is 4x4"):
        TASK.read({"input": "." * 16})
    with pytest.raises(TaskError, match="no grid `input`"):
        TASK.read({"grid": EASY})


def test_what_is_shown_can_be_read_and_samples_are_the_same_for_a_seed() -> None:
    task = Sudoku4()
    one, same = (task.sample(np.random.default_rng(1)) for _ in range(2))
    assert one == same
    solution = task.baseline(one)
    assert task.read({"input": task.show(solution)}).clues == solution
    assert task.remaining(one, solution) is None
    assert (task.inputs(one) == np.array(one.clues) + 1).all()


def test_a_half_right_canvas_is_drawn_with_clues_told_apart() -> None:
    lines = TASK.render(problem(), [1] * 80 + [7]).splitlines()
    assert lines[0] == " 5  3  . |  .  7  . |  .  .  ."
    assert lines[3] == "---------+----------+---------"
    assert TASK.render(problem(), [6] * 81).splitlines()[0] == " 5  3 '5 | '5  7 '5 | '5 '5 '5"


def test_a_symmetry_drawn_by_the_task_keeps_the_verdict() -> None:
    symmetry = TASK.symmetry(np.random.default_rng(2))
    turned = symmetry.apply(TASK.targets(problem(), SOLVED))
    clues = symmetry.apply(TASK.inputs(problem()))
    there = TASK.read({"input": "".join(TASK.vocabulary[token] for token in clues)})
    assert TASK.verify(there, TASK.decode(there, turned.tolist())).accepted
