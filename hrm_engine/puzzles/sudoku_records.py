"""The training stream of Sudoku puzzles, the held-out share it never yields, files of both.

Distribution (`mixture`): half are minimal puzzles, a quarter the hardest of four minimal ones,
a quarter minimal ones eased by up to a seventh of the cells in further clues.

Disjointness by construction: puzzles whose `fingerprint`, which no symmetry changes, is
divisible by 16 are reserved. `training` never yields one; held-out files hold nothing else.
So no renaming or moving of training puzzles gives a held-out one either.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import numpy as np

from hrm_engine.errors import TaskError
from hrm_engine.puzzles.sudoku_fingerprint import fingerprint
from hrm_engine.puzzles.sudoku_generator import Puzzle, generate
from hrm_engine.puzzles.sudoku_grid import to_text
from hrm_engine.puzzles.sudoku_solver import search

RESERVED_EVERY = 16
Split = Literal["train", "held-out"]
_HARDEST_OF = 4


def mixture(size: int, rng: np.random.Generator) -> Puzzle:
    """A puzzle of the documented distribution, whichever split it falls into."""
    kind = rng.integers(4)
    if kind == 0:
        drawn = [generate(size, rng) for _ in range(_HARDEST_OF)]
        return max(drawn, key=lambda puzzle: puzzle.rating)
    puzzle = generate(size, rng)
    if kind > 1:
        return puzzle
    eased = puzzle.eased(1 + int(rng.integers(size * size // 7)), rng)
    return Puzzle(eased, puzzle.solution, search(eased.clues, size).backtracks)


def training(size: int, rng: np.random.Generator) -> Puzzle:
    """A puzzle of `mixture` that is not reserved for tests."""
    while True:
        puzzle = mixture(size, rng)
        if not reserved(puzzle):
            return puzzle


def reserved(puzzle: Puzzle) -> bool:
    """Whether the puzzle, or anything that symmetries make of it, is kept for tests."""
    return fingerprint(puzzle.problem.clues, puzzle.solution) % RESERVED_EVERY == 0


def records(
    size: int,
    count: int,
    seed: int,
    split: Split,
    *,
    minimum: int = 0,
    patience: int = 500 * RESERVED_EVERY,
) -> Iterator[dict[str, Any]]:
    """`count` distinct records `{"id", "input", "answer", "rating", "clues"}`.

    The same ones for the same seed; the splits share no puzzle, nor symmetries of one.

    Args:
        size: 4, 6 or 9.
        count: how many to yield.
        seed: of the generator.
        split: "train", or "held-out", which training never sees.
        minimum: the least rating.
        patience: so many draws in vain, one after the other, end the search.

    Raises:
        TaskError: there are not so many, as far as the search shows.
    """
    held_out = split == "held-out"
    rng = np.random.default_rng([seed, held_out])
    seen: set[str] = set()
    vain = 0
    while len(seen) < count:
        puzzle = mixture(size, rng)
        text = to_text(puzzle.problem.clues)
        if puzzle.rating < minimum or text in seen or reserved(puzzle) != held_out:
            vain += 1
            if vain > patience:
                raise TaskError(f"found only {len(seen)} such puzzles", hint="ask for fewer")
            continue
        vain = 0
        yield {
            "id": f"{split}-{len(seen)}",
            "input": text,
            "answer": to_text(puzzle.solution),
            "rating": puzzle.rating,
            "clues": puzzle.clues,
        }
        seen.add(text)
