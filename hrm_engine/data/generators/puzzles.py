"""Generated puzzles as records for a data file, by the name of their task.

A kind is one line in `PUZZLES`: a function that yields distinct records of a split, the same
ones for the same seed, with "id", "input" and "answer".
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Literal, Protocol

from hrm_engine.puzzles import maze_records, sudoku_records

Split = Literal["train", "held-out"]


class Records(Protocol):
    """Yields records of a kind of puzzles."""

    def __call__(
        self, *, count: int, seed: int, split: Split, minimum: int
    ) -> Iterator[dict[str, Any]]:
        """`count` records; those with a measure below `minimum` are left out.

        The measure is a Sudoku's rating, a maze's shortest path; 0 draws from all. Raises
        TaskError when there are not so many.
        """
        ...


PUZZLES: dict[str, Records] = {
    "sudoku": partial(sudoku_records.records, 9),
    "sudoku6": partial(sudoku_records.records, 6),
    "sudoku4": partial(sudoku_records.records, 4),
    "maze": partial(maze_records.records, side=9),
    "maze30": partial(maze_records.records, side=30),
}
