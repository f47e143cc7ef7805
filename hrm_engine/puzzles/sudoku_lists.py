"""Published lists of puzzles, solved into lines that training and evaluation read.

    98.7..6..5..8.. ...   ──►   puzzle solution rating, one a line

Left out, and counted by reason: what is no grid of the size, has no solution or several, was
there before, or is, up to symmetry, a puzzle or a full grid of the files to stay apart from.

Read `solve_list`.
"""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from hrm_engine.errors import TaskError
from hrm_engine.puzzles.sudoku_fingerprint import fingerprint, solution_mark
from hrm_engine.puzzles.sudoku_grid import parse_grid, to_text
from hrm_engine.puzzles.sudoku_solver import search

_AT_ONCE = 200
_MARKED = 9
"""The size whose full grids are told apart; of the smaller ones there are too few."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a line: `puzzle solution rating`, or the `reason` why it is left out.

    marks: numbers that it shares with everything symmetric to it; none for a line left out.
    """

    text: str = ""
    marks: frozenset[int] = frozenset()
    reason: str = ""


def solve_line(line: str, size: int) -> Outcome:
    """The puzzle on a line, solved."""
    try:
        problem = parse_grid(line)
    except TaskError:
        return Outcome(reason="unreadable")
    if problem.size != size:
        return Outcome(reason="of another size")
    found = search(problem.clues, size)
    if not found.unique:
        return Outcome(reason="with several solutions" if found.solutions else "without solution")
    solution = found.solutions[0]
    marks = {fingerprint(problem.clues, solution)}
    if size == _MARKED:
        marks.add(solution_mark(solution))
    text = f"{to_text(problem.clues)} {to_text(solution)} {found.backtracks}"
    return Outcome(text, frozenset(marks))


def solve_list(
    lines: Sequence[str],
    size: int,
    *,
    apart: Iterable[str] = (),
    workers: int = 1,
    dropped: Counter[str] | None = None,
) -> Iterator[str]:
    """For each of `lines` its puzzle with solution and rating, or "" when it is left out.

    Args:
        lines: of a list.
        size: 4, 6 or 9.
        apart: lines of files to stay apart from.
        workers: processes; 1 solves in this one.
        dropped: counts what is left out, by reason.
    """
    left_out = Counter[str]() if dropped is None else dropped
    kept = {mark for line in apart for mark in solve_line(line, size).marks}
    seen: set[str] = set()
    with _outcomes(lines, size, workers) as outcomes:
        for outcome in outcomes:
            reason = outcome.reason
            if outcome.marks & kept:
                reason = "kept for tests"
            elif outcome.text in seen:
                reason = "repeated"
            if reason:
                left_out[reason] += 1
            else:
                seen.add(outcome.text)
            yield "" if reason else outcome.text


@contextmanager
def _outcomes(lines: Sequence[str], size: int, workers: int) -> Iterator[Iterator[Outcome]]:
    """The outcome of each line, in order."""
    solve = partial(solve_line, size=size)
    if workers == 1:
        yield map(solve, lines)
        return
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        yield pool.imap(solve, lines, chunksize=_AT_ONCE)
