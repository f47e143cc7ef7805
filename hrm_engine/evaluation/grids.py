"""Accuracy of a grid solver, in batches, with what decided kept apart.

    one pass, no checker anywhere: its halt head or the last segment     verified_at_1
    k passes, the network chooses by its own score                       grid.selected_at_k
    the checker ends passes and chooses among k                          verified_at_k
    the classical method where that fails                                grid.with_fallback

Every answer is judged through `isolated`, as a tool's is. A problem that the single pass
solves counts as solved by the checker, too, without running it again: the checker would
have ended that same pass at that answer or before. Read `predict_grids`.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from hrm_engine.errors import HRMError
from hrm_engine.evaluation.evaluate import Prediction, classical, compare, ms_since, summarise
from hrm_engine.evaluation.report import Bucket, GridFigures, Peer, Report, quantile
from hrm_engine.inference.grid_search import BLIND, Exits, Try, best
from hrm_engine.inference.grid_solve import GridSolver
from hrm_engine.inference.solve import Solved
from hrm_engine.tasks.base import Verdict
from hrm_engine.tasks.judge import Isolated, inline, judge

BOUNDS = (0, 2, 10, 50)
"""The last rating of each bucket, in backtracks; another bucket holds what is above."""
SAMPLE = 40
"""Most problems that are solved one by one for the time a call takes ..."""
SAMPLE_S = 60.0
"""... and the seconds after which no further one is begun."""
NOTHING = Verdict("unverified", "none")

Progress = Callable[[str, int, int], None]
"""`progress(stage, done, total)`."""


def silent(stage: str, done: int, total: int) -> None:
    """Where nobody wants to know."""


@dataclass
class Item:
    """What became of one problem.

    fits: whether the network can see it. alone: the single pass is right; selected: the
    network's own choice is. segments, halted: of the single pass. rank: place of the accepted
    try, 0 if none.
    """

    id: str
    problem: Any
    rating: float | None
    fits: bool
    alone: bool = False
    selected: bool = False
    segments: int = 0
    halted: bool = False
    solution: Any = None
    verdict: Verdict = NOTHING
    source: str = "none"
    rank: int = 0
    candidates: int = 0
    second_opinion: bool | None = None

    def settle(self, solution: Any, verdict: Verdict, source: str) -> None:
        """Take this answer, if it was accepted."""
        self.verdict = verdict
        if solution is not None and verdict.accepted:
            self.solution, self.source = solution, source


def predict_grids(
    solver: GridSolver,
    records: Iterable[dict[str, Any]],
    *,
    k: int,
    alone: Exits = BLIND,
    isolated: Isolated = inline,
    progress: Progress = silent,
) -> tuple[list[Item], float]:
    """What becomes of each record, in their order; and the seconds that the network took.

    alone: what ends a pass without checker; with nothing on, it always has `depth` segments,
    as in the published evaluations of HRM and TRM.
    """
    items = [_read(solver, number, record) for number, record in enumerate(records)]
    fitting = [item for item in items if item.fits]
    run = _Run(solver, k, alone, isolated, progress)
    start = time.perf_counter()
    run.alone(fitting)
    for engine in range(len(solver.engines)):
        run.checked([item for item in fitting if item.source == "none"], engine)
    seconds = time.perf_counter() - start
    run.classical([item for item in items if item.problem is not None and item.source == "none"])
    run.second_opinions([item for item in items if item.source != "none"])
    return items, seconds


def _read(solver: GridSolver, number: int, record: dict[str, Any]) -> Item:
    name, rating = str(record.get("id", number)), record.get("rating")
    known = float(rating) if isinstance(rating, int | float) else None
    try:
        problem = solver.task.read(record)
    except HRMError as error:
        verdict = Verdict("unverified", "unreadable", note=error.problem)
        return Item(name, None, known, fits=False, verdict=verdict)
    try:
        solver.task.inputs(problem)
    except HRMError as error:
        verdict = Verdict("unverified", "canvas", note=error.problem)
        return Item(name, problem, known, fits=False, verdict=verdict)
    return Item(name, problem, known, fits=True)


@dataclass(frozen=True)
class _Run:
    """The stages of one evaluation; each says how far it is."""

    solver: GridSolver
    k: int
    exits: Exits
    isolated: Isolated
    progress: Progress

    def alone(self, items: Sequence[Item]) -> None:
        """K passes at each problem with no checker: the first one, and the network's choice."""
        problems = [item.problem for item in items]
        runs = self.solver.tries(problems, candidates=self.k, exits=self.exits)
        for done, (number, tries) in enumerate(runs, start=1):
            item, chosen = items[number], best(tries)
            first = min(tries, key=lambda t: t.number)
            solution, verdict = self._judge(first)
            item.alone, item.segments = verdict.accepted, first.segment
            item.halted = first.left == "halt"
            item.selected = item.alone if chosen is first else self._judge(chosen)[1].accepted
            if item.alone:
                item.rank = item.candidates = 1
                item.settle(solution, verdict, f"hrm:{self.solver.name}")
            self.progress("network alone", done, len(items))

    def checked(self, items: Sequence[Item], engine: int) -> None:
        """At most k tries at each problem, ended and chosen by the checker."""
        problems = [item.problem for item in items]
        runs = self.solver.tries(problems, candidates=self.k, engine=engine)
        for done, (number, tries) in enumerate(runs, start=1):
            item, chosen = items[number], best(tries)
            solution, verdict = self._judge(chosen)
            if verdict.accepted:
                item.rank = item.candidates + chosen.number
            solved = Solved(solution, verdict, item.rank, 0, 0)
            item.settle(solution, verdict, self.solver.label(solved))
            item.candidates += len(tries)
            self.progress("with the checker", done, len(items))

    def classical(self, items: Sequence[Item]) -> None:
        """The labelled fallback."""
        for done, item in enumerate(items, start=1):
            item.settle(*classical(self.solver.task.name, item.problem, self.isolated))
            self.progress("classical fallback", done, len(items))

    def second_opinions(self, items: Sequence[Item]) -> None:
        """What an unrelated check says of each answer."""
        name = self.solver.task.name
        for done, item in enumerate(items, start=1):
            item.second_opinion = compare(name, item.problem, item.solution, self.isolated)
            self.progress("second opinions", done, len(items))

    def _judge(self, one: Try) -> tuple[Any, Verdict]:
        task, tokens = self.solver.task.name, one.tokens.tolist()
        try:
            found: tuple[Any, Verdict] = self.isolated(judge, task, one.problem, tokens)
        except HRMError as error:
            return None, Verdict("unverified", "stopped", note=error.problem)
        return found


def time_calls(
    solver: GridSolver,
    items: Sequence[Item],
    *,
    k: int,
    isolated: Isolated = inline,
    progress: Progress = silent,
    sample: int = SAMPLE,
    seconds: float = SAMPLE_S,
) -> list[float]:
    """Milliseconds that single calls take, the fallback included, on a random sample."""
    problems = [item.problem for item in items if item.problem is not None]
    order = np.random.default_rng(0).permutation(len(problems))[:sample]
    begun, times = time.perf_counter(), []
    for done, number in enumerate(order):
        progress("single calls", done, len(order))
        start = time.perf_counter()
        if start - begun > seconds:
            break
        solved = solver.solve(problems[number], candidates=k, isolated=isolated)
        if not solved.accepted:
            classical(solver.task.name, problems[number], isolated)
        times.append(ms_since(start))
    return times


def as_predictions(solver: GridSolver, items: Sequence[Item], seconds: float) -> list[Prediction]:
    """Lines for the predictions file; each has an equal share of the batch's time."""
    share = 1e3 * seconds / max(1, len(items))
    return [
        Prediction(
            id=item.id,
            problem=item.problem,
            result=None if item.source == "none" else solver.task.show(item.solution),
            source=item.source,
            verdict=item.verdict,
            rank=item.rank,
            candidates=item.candidates,
            elapsed_ms=share,
            second_opinion=item.second_opinion,
        )
        for item in items
    ]


def report_grids(
    solver: GridSolver,
    items: Sequence[Item],
    *,
    k: int,
    command: str,
    seconds: float,
    times: Sequence[float],
    peers: Sequence[Peer] = (),
    bounds: Sequence[int] = BOUNDS,
) -> Report:
    """The report of `hrm eval`; seconds: of all batched runs; times: of single calls, in ms."""
    predictions = as_predictions(solver, items, seconds)
    report = summarise(solver, predictions, k=k, command=command, peers=peers)
    ratings = [item.rating for item in items if item.rating is not None]
    whole = bucket("all", items)
    fitting = [item for item in items if item.fits]
    figures = GridFigures(
        depth=solver.plan.depth,
        engine=", then ".join(engine.name for engine in solver.engines),
        selected_at_k=whole.selected_at_k,
        with_fallback=whole.with_fallback,
        mean_segments=_mean([item.segments for item in fitting]),
        halted_rate=_mean([item.halted for item in fitting]),
        batch_s=round(seconds, 3),
        latency_n=len(times),
        mean_rating=_mean(ratings) if ratings else None,
        buckets=buckets(items, bounds) if ratings else (),
    )
    return report.model_copy(
        update={
            "verified_at_1": whole.verified_at_1,
            "p50_ms": quantile(times, 0.5),
            "p95_ms": quantile(times, 0.95),
            "grid": figures,
        }
    )


def buckets(items: Sequence[Item], bounds: Sequence[int] = BOUNDS) -> tuple[Bucket, ...]:
    """The figures of each range of ratings that occurs: up to each bound, and above the last."""
    rated = [(item.rating, item) for item in items if item.rating is not None]
    found, last = [], -1
    for high in (*bounds, None):
        inside = [
            item for rating, item in rated if last < rating <= (math.inf if high is None else high)
        ]
        if inside:
            found.append(bucket(_range(last + 1, high), inside))
        last = last if high is None else high
    return tuple(found)


def _range(first: int, last: int | None) -> str:
    if last is None:
        return f"{first}+"
    return str(first) if first == last else f"{first}-{last}"


def bucket(name: str, items: Sequence[Item]) -> Bucket:
    """The figures of some items; each rate is of all of them."""
    return Bucket(
        rating=name,
        n=len(items),
        verified_at_1=_mean([item.alone for item in items]),
        selected_at_k=_mean([item.selected for item in items]),
        verified_at_k=_mean([item.rank > 0 for item in items]),
        with_fallback=_mean([item.source != "none" for item in items]),
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / max(1, len(values))
