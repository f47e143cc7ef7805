"""Accuracy of a solver on a data file: the network alone, the tool, and its peers.

Every item goes through the same path as a tool call: read, greedy answer, check, further
candidates, labelled fallback. Rates are in 0..1 of *all* items; an item that cannot be read
counts as failed. `verified_at_*` never includes the fallback. Grids go in batches: `grids.py`.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from hrm_engine.errors import HRMError
from hrm_engine.evaluation.report import Peer, Report, quantile
from hrm_engine.inference.grid_solve import GridSolver
from hrm_engine.inference.solve import Solved, Solver
from hrm_engine.tasks.base import Task, Verdict
from hrm_engine.tasks.judge import (
    Isolated,
    ask_peer,
    cached_task,
    classical_stages,
    fall_back,
    inline,
    second_opinion,
)


@dataclass(frozen=True)
class Prediction:
    """What became of one item; `row` is its line in the predictions file.

    read_ok: the input was understood; rank: place of the accepted candidate, 0 if none;
    second_opinion: whether an independent program agrees with the accepted answer; None: it
    could not say, or not in time.
    """

    id: str
    problem: Any
    result: str | None
    source: str
    verdict: Verdict
    rank: int
    candidates: int
    elapsed_ms: float
    second_opinion: bool | None

    def row(self) -> dict[str, object]:
        """One line of the predictions file."""
        return {
            "id": self.id,
            "result": self.result,
            "source": self.source,
            "verdict": self.verdict.status,
            "method": self.verdict.method,
            "candidates": self.candidates,
            "elapsed_ms": round(self.elapsed_ms, 2),
            "note": self.verdict.note,
        }


def predict(
    solver: Solver, records: Iterable[dict[str, Any]], *, k: int, isolated: Isolated = inline
) -> Iterator[Prediction]:
    """Answer each record (`{"id", "input", ...}`) as the tool would, one at a time."""
    for number, record in enumerate(records):
        name = str(record.get("id", number))
        start = time.perf_counter()
        try:
            problem = solver.task.read(record)
        except HRMError as error:
            verdict = Verdict("unverified", "unreadable", note=error.problem)
            yield Prediction(name, None, None, "none", verdict, 0, 0, ms_since(start), None)
            continue
        solved = solver.solve(problem, candidates=k, isolated=isolated)
        solution, verdict, source = _conclude(solver, problem, solved, isolated)
        elapsed = ms_since(start)
        accepted = solution is not None and verdict.accepted
        yield Prediction(
            id=name,
            problem=problem,
            result=solver.task.show(solution) if accepted else None,
            source=source if accepted else "none",
            verdict=verdict,
            rank=solved.rank if solved.accepted else 0,
            candidates=solved.candidates,
            elapsed_ms=elapsed,
            second_opinion=compare(solver.task.name, problem, solution, isolated)
            if accepted
            else None,
        )


def compare(task: str, problem: Any, solution: Any, isolated: Isolated) -> bool | None:
    """What an independent program says; it may hang where we do not, so `isolated` bounds it."""
    with suppress(HRMError):
        found: bool | None = isolated(second_opinion, task, problem, solution)
        return found
    return None


def _conclude(
    solver: Solver, problem: Any, solved: Solved, isolated: Isolated
) -> tuple[Any, Verdict, str]:
    """Solution, verdict and source: the network's, or the classical method's where it failed."""
    if solved.accepted:
        return solved.solution, solved.verdict, solver.label(solved)
    return classical(solver.task.name, problem, isolated)


def classical(task: str, problem: Any, isolated: Isolated) -> tuple[Any, Verdict, str]:
    """Solution, verdict and source of the fallback; no solution when it fails or is stopped."""
    try:
        solution, verdict = isolated(fall_back, task, problem)
    except HRMError as error:  # this item has no answer, the others go on
        return None, Verdict("unverified", "stopped", note=error.problem), "none"
    return solution, verdict, cached_task(task).classical


def ms_since(start: float) -> float:
    """Milliseconds since `start`, a `time.perf_counter()`."""
    return 1e3 * (time.perf_counter() - start)


def readable(task: Task[Any, Any], records: Iterable[dict[str, Any]]) -> list[Any]:
    """The problems of those records that the task can read."""
    problems = []
    for record in records:
        with suppress(HRMError):
            problems.append(task.read(record))
    return problems


def measure_peers(
    task: Task[Any, Any], problems: Sequence[Any], *, isolated: Isolated = inline
) -> list[Peer]:
    """Each peer's share of right answers and median time on the same problems.

    Measure them before `predict`, whose second opinions fill SymPy's cache with these answers.
    A peer that is stopped by `isolated` has failed.
    """
    return [_measure(name, task, problems, isolated) for name in task.peers()]


def _measure(name: str, task: Task[Any, Any], problems: Sequence[Any], isolated: Isolated) -> Peer:
    times, correct = [], 0
    for problem in problems:
        with suppress(HRMError):
            answer, elapsed = isolated(ask_peer, task.name, name, problem)
            times.append(elapsed)
            *_, (last, _) = classical_stages(task, problem)
            correct += task.verify(last, answer).accepted
    return Peer(name=name, correct=correct / max(1, len(problems)), p50_ms=quantile(times, 0.5))


def summarise(
    solver: Solver | GridSolver,
    predictions: Sequence[Prediction],
    *,
    k: int,
    command: str,
    peers: Sequence[Peer],
) -> Report:
    """The report that `hrm eval` writes."""
    n = len(predictions)
    rate = 1.0 / max(1, n)
    accepted = [p for p in predictions if p.verdict.accepted]
    times = [p.elapsed_ms for p in predictions]
    return Report(
        task=solver.task.name,
        model=solver.name,
        n=n,
        verified_at_1=rate * sum(p.rank == 1 for p in predictions),
        verified_at_k=rate * sum(p.rank > 0 for p in predictions),
        k=k,
        fallback_rate=rate * sum(p.source.startswith("classical:") for p in predictions),
        unsolved=sum(p.result is None for p in predictions),
        wrong_but_verified=sum(p.second_opinion is False for p in predictions),
        second_opinions=sum(p.second_opinion is not None for p in predictions),
        proved_rate=sum(p.verdict.status == "proved" for p in accepted) / max(1, len(accepted)),
        p50_ms=quantile(times, 0.5),
        p95_ms=quantile(times, 0.95),
        peers=tuple(peers),
        command=command,
    )
