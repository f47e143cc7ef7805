"""The grid engines side by side: what a segment costs, what is solved, and which one pays.

    compare(loaded, task, problems).winner        what `hrm bench` shows and remembers

Engines take turns, call by call, so that whatever else the machine does befalls them all; the
figures to trust are the ratios. What pays is not the fastest segment but the least time a
problem: an engine in eight bits that fails where float32 succeeds costs the time of both.

Shapes: B rows, S cells.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from hrm_engine.export.checkpoint import Loaded
from hrm_engine.inference.engine_choice import ENGINES
from hrm_engine.inference.grid_engine import GridEngine
from hrm_engine.inference.grid_search import CHECKED, Plan, Search, Try
from hrm_engine.inference.grid_solve import outcomes
from hrm_engine.model.build import build_model
from hrm_engine.model.presets import size
from hrm_engine.tasks.base import GridTask

REFERENCE = "torch"
RETRY = "onnx"
EXACT = (REFERENCE, RETRY)
"""Engines in float32; what another one fails at is tried again by the second of them."""
CHUNK = 8


@dataclass(frozen=True)
class EngineFigures:
    """What one engine did.

    ms: median milliseconds of a segment, by rows at once. faster: the median of how many
    times faster than the reference it was, turn by turn. solved, with_retry: share of the
    problems whose first try the exact check accepted, without and with what float32 adds.
    differ: share whose last answer is not the reference's, cell for cell. ms_problem: mean
    milliseconds a problem, one at a time, the retry included.
    """

    engine: str
    ms: Mapping[int, float]
    faster: Mapping[int, float]
    solved: float
    with_retry: float
    differ: float
    ms_problem: float


@dataclass(frozen=True)
class Comparison:
    """All engines on the same problems; n of these were finished within the time."""

    figures: tuple[EngineFigures, ...]
    n: int

    @property
    def winner(self) -> str:
        """The engine with the least time a problem."""
        return min(self.figures, key=lambda figures: figures.ms_problem).engine


def compare(
    loaded: Loaded,
    task: GridTask[Any, Any],
    problems: Sequence[Any],
    *,
    batches: Sequence[int] = (1, 32),
    repeats: int = 10,
    seconds: float = 60.0,
    depth: int | None = None,
) -> Comparison:
    """Time all engines, then let them solve `problems`.

    Args:
        loaded: the checkpoint, of a grid model.
        task: what it was trained on.
        problems: what `Task.read` or `Task.sample` returns; at least one.
        batches: rows at once.
        repeats: turns of each engine at each batch, at most.
        seconds: after which no further turn or problem is begun, for each half.
        depth: most segments of a try; the trained one by default.

    Raises MissingExtraError without the extra `onnx`, TaskError for a problem that does not
    fit the canvas.
    """
    engines = {name: make(loaded, "cpu")[0] for name, make in ENGINES.items()}
    rows = np.stack([task.inputs(problem) for problem in problems])  # (n, S)
    share = seconds / len(batches)
    turns = {batch: _turns(engines, rows, batch, repeats, share) for batch in batches}
    plan = Plan(depth=depth or loaded.config.segments, exits=CHECKED)
    tries = _solve(engines, task, problems, plan, seconds)
    return Comparison(
        tuple(_figures(name, turns, tries, min(batches)) for name in engines),
        len(tries[REFERENCE]),
    )


def untrained(name: str, task: GridTask[Any, Any]) -> Loaded:
    """A network of that named size for the task, with the same random weights every time.

    It solves nothing, but a segment of it costs what a trained one's does. Raises ConfigError
    for an unknown size.
    """
    torch.manual_seed(0)
    vocabulary = list(task.vocabulary)
    model = build_model(size(name, vocab=len(vocabulary), grid=task.shape)).eval()
    return Loaded(model, model.config, vocabulary, {}, "", Path(f"untrained-{name}"))


def _turns(
    engines: Mapping[str, GridEngine], rows: np.ndarray, batch: int, repeats: int, seconds: float
) -> dict[str, list[float]]:
    """Milliseconds of a segment, engine after engine, turn after turn; the first one warms up."""
    tokens = np.resize(rows, (batch, rows.shape[1]))  # problems again and again, if few
    states = {name: engine.start(batch) for name, engine in engines.items()}
    found: dict[str, list[float]] = {name: [] for name in engines}
    end = time.perf_counter() + seconds
    for turn in range(repeats + 1):
        for name, engine in engines.items():
            start = time.perf_counter()
            engine.segment(tokens, states[name])
            if turn:
                found[name].append(1e3 * (time.perf_counter() - start))
        if turn and time.perf_counter() > end:
            break
    return found


def _solve(
    engines: Mapping[str, GridEngine],
    task: GridTask[Any, Any],
    problems: Sequence[Any],
    plan: Plan,
    seconds: float,
) -> dict[str, list[Try]]:
    """The first try of each engine at each problem, for as many problems as the time allows."""
    found: dict[str, list[Try]] = {name: [] for name in engines}
    end = time.perf_counter() + seconds
    for first in range(0, len(problems), CHUNK):
        chunk = problems[first : first + CHUNK]
        for name, engine in engines.items():
            search = Search(engine, task, chunk, plan)
            finished = sorted(outcomes(search, len(chunk)), key=lambda pair: pair[0])
            found[name].extend(tries[0] for _, tries in finished)
        if time.perf_counter() > end:
            break
    return found


def _figures(
    name: str,
    turns: Mapping[int, Mapping[str, list[float]]],
    tries: Mapping[str, list[Try]],
    one: int,
) -> EngineFigures:
    ms = {batch: {e: statistics.median(each[e]) for e in each} for batch, each in turns.items()}
    faster = {
        batch: statistics.median(
            theirs / own for theirs, own in zip(each[REFERENCE], each[name], strict=True)
        )
        for batch, each in turns.items()
    }
    mine, reference = tries[name], tries[REFERENCE]
    pairs = list(zip(mine, reference, strict=True))
    solved = together = [each.verified for each in mine]
    spent = sum(each.segment for each in mine) * ms[one][name]
    if name not in EXACT:
        again = list(zip(mine, tries[RETRY], strict=True))
        together = [own.verified or other.verified for own, other in again]
        spent += sum(o.segment for own, o in again if not own.verified) * ms[one][RETRY]
    return EngineFigures(
        engine=name,
        ms={batch: each[name] for batch, each in ms.items()},
        faster=faster,
        solved=statistics.fmean(solved),
        with_retry=statistics.fmean(together),
        differ=statistics.fmean(bool((own.tokens != other.tokens).any()) for own, other in pairs),
        ms_problem=spent / len(mine),
    )
