"""Sudoku puzzles that several tests share."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from hrm_engine.puzzles.sudoku_generator import Puzzle, generate
from hrm_engine.puzzles.sudoku_grid import SudokuProblem, parse_grid

EASY = "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79"
EASY_SOLVED = "534678912672195348198342567859761423426853791713924856961537284287419635345286179"
HARDEST = "8..........36......7..9.2...5...7.......457.....1...3...1....68..85...1..9....4.."
HARDEST_SOLVED = "812753649943682175675491283154237896369845721287169534521974368438526917796318452"
"""Arto Inkala's puzzle of 2012, with the solution that newspapers printed."""


def problem(text: str = EASY) -> SudokuProblem:
    return parse_grid(text)


def digits(text: str) -> tuple[int, ...]:
    return parse_grid(text).clues


@st.composite
def puzzles(draw: st.DrawFn, sizes: tuple[int, ...] = (4, 6, 9)) -> Puzzle:
    """A generated minimal puzzle of some size."""
    size = draw(st.sampled_from(sizes))
    return generate(size, np.random.default_rng(draw(st.integers(0, 50))))
