"""How accuracy grows with depth (segments) and breadth (restarts), checker or not.

Three runs over the same problems; a try goes on until its halt head has ended it and an
exact check has accepted one of its answers, or to the depth, so that both can be told:

    segments   one try each: right where its halt head, or segment d, ends it (`alone`); at any
               segment up to d, which is where a checker would have stopped (`checked`)
    restarts   K tries each: the network's own choice among the first k, each ended by its halt
               head (`selected`); what a checker would have found among them (`checked`)
    product    the checker ends and chooses, as `hrm solve` does: share solved, speed

    python benchmarks/bench_solver.py --task sudoku --data benchmarks/data/sudoku_17.txt \
        --model hrm-sudoku --items 500 --depth 64 --breadth 16 --threads 2 > solver.jsonl
    python benchmarks/plot_solver.py solver.jsonl solver.svg
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import torch

from hrm_engine.data.jsonl import read_records
from hrm_engine.evaluation.evaluate import readable
from hrm_engine.evaluation.machine import machine
from hrm_engine.inference.grid_search import CHECKED, Exits, Search, accepts
from hrm_engine.inference.grid_solve import GridSolver

Row = dict[str, Any]
NO_EXIT = Exits(checker=False, halt=False)


@dataclass
class Course:
    """One try: after each segment whether its answer was right, and the scores."""

    right: list[bool] = field(default_factory=list)
    halt: list[float] = field(default_factory=list)
    residual: list[float] = field(default_factory=list)

    def end(self, depth: int) -> int:
        """The index of the segment in which the halt head, or the depth, ends the try."""
        seen = self.halt[:depth]
        return next((i for i, h in enumerate(seen) if h > 0), len(seen) - 1)

    def alone(self, depth: int) -> bool:
        """Whether the answer is right there."""
        return self.right[self.end(depth)]

    def checked(self, depth: int) -> bool:
        """Whether a checker would have seen a right answer up to that depth."""
        return any(self.right[:depth])

    def belief(self, depth: int) -> tuple[float, float]:
        """What the network chooses by: see `grid_search.best`."""
        end = self.end(depth)
        return self.halt[end], -self.residual[end]


def courses(solver: GridSolver, problems: list[Any], breadth: int) -> list[dict[int, Course]]:
    """The course of every try (by number) at every problem."""
    plan = replace(solver.plan, breadth=breadth, exits=NO_EXIT)
    search = Search(solver.engines[0], solver.task, problems, plan)
    found: list[dict[int, Course]] = [{} for _ in problems]
    for batch in search.run():
        for one in batch:
            course = found[one.item].setdefault(one.number, Course())
            known = course.right[-1] if course.right and not one.changed else None
            right = accepts(solver.task, one.problem, one.tokens) if known is None else known
            course.right.append(right)
            course.halt.append(one.halt)
            course.residual.append(one.residual)
            if any(course.right) and max(course.halt) > 0:
                one.left = "halt"  # nothing that is told here can change any more
    return found


def doubling(most: int) -> list[int]:
    """1, 2, 4 ... and `most`."""
    steps = [1]
    while steps[-1] * 2 < most:
        steps.append(steps[-1] * 2)
    return [*steps, most] if most > 1 else steps


def share(flags: Iterator[bool], n: int) -> float:
    """The share of `n` that hold."""
    return sum(flags) / max(1, n)


def by_segments(solver: GridSolver, problems: list[Any]) -> Iterator[Row]:
    """Accuracy against the depth of a single try."""
    found = [tries[1] for tries in courses(solver, problems, 1)]
    for depth in doubling(solver.plan.depth):
        yield {
            "what": "segments",
            "segments": depth,
            "alone": share((c.alone(depth) for c in found), len(found)),
            "checked": share((c.checked(depth) for c in found), len(found)),
        }


def by_restarts(solver: GridSolver, problems: list[Any], breadth: int) -> Iterator[Row]:
    """Accuracy against the number of tries."""
    found, depth = courses(solver, problems, breadth), solver.plan.depth
    for tries in doubling(breadth):
        first = [[course for n, course in sorted(all_.items()) if n <= tries] for all_ in found]
        chosen = [max(group, key=lambda c: c.belief(depth)) for group in first]
        seen = (any(c.checked(depth) for c in group) for group in first)
        yield {
            "what": "restarts",
            "tries": tries,
            "segments": depth,
            "selected": share((c.alone(depth) for c in chosen), len(found)),
            "checked": share(seen, len(found)),
        }


def as_product(solver: GridSolver, problems: list[Any], breadth: int) -> Row:
    """Share solved and speed when the checker ends and chooses."""
    start = time.perf_counter()
    found = dict(solver.tries(problems, candidates=breadth, exits=CHECKED))
    seconds = time.perf_counter() - start
    every = [one for tries in found.values() for one in tries]
    solved = (any(one.verified for one in tries) for tries in found.values())
    return {
        "what": "product",
        "tries": breadth,
        "segments": solver.plan.depth,
        "solved": share(solved, len(found)),
        "segments_per_problem": sum(one.segment for one in every) / max(1, len(found)),
        "problems_per_s": len(found) / seconds,
    }


def main() -> None:
    """One JSON line for each point of the curves."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--task", default="sudoku")
    parser.add_argument("--model", required=True)
    parser.add_argument("--data", required=True, type=Path)
    parser.add_argument("--items", type=int, default=200)
    parser.add_argument("--depth", type=int, default=64)
    parser.add_argument("--breadth", type=int, default=16)
    parser.add_argument("--noise", type=float, default=0.0)
    parser.add_argument("--engine", default="torch")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    solver = GridSolver.load(
        args.model, args.task, engine=args.engine, depth=args.depth, noise=args.noise
    )
    records = list(read_records(args.data))
    problems = readable(solver.task, records[:: max(1, len(records) // args.items)][: args.items])
    about = {
        "bench": "solver",
        "task": args.task,
        "model": solver.name,
        "data": args.data.name,
        "n": len(problems),
        "engine": solver.engines[0].name,
        "noise": args.noise,
    }
    rows = by_segments(solver, problems), by_restarts(solver, problems, args.breadth)
    for row in (*(r for curve in rows for r in curve), as_product(solver, problems, args.breadth)):
        shown = about | row | {"threads": args.threads, "machine": machine()}
        print(json.dumps(shown), flush=True)


if __name__ == "__main__":
    main()
