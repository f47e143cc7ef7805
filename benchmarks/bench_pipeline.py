"""What the pipeline adds to an executor: the same model raw, and inside, on the same MBPP tasks.

    python benchmarks/bench_pipeline.py --executor gguf:MODEL.gguf --split test --n 500
    python benchmarks/bench_pipeline.py --executor scripted:script.jsonl --split own --n 200

Raw: the first sample, at temperature 0, its code taken out of the words. Pipeline: up to k samples
clustered by behaviour and tried on the visible asserts, then the library and the search where none
passes. Both are judged on the asserts that were not shown; raw is the pipeline's own first sample,
so they differ in nothing else. One JSON line: rates with Wilson intervals, the gain with a paired
bootstrap and McNemar's exact p, time and memory beside the executor's own.

`--split own` is validation and training: there the library's MBPP part holds the very solutions,
and is left out. A scripted executor measures the pipeline's machinery and no model.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psutil

from hrm_engine.codegen.executor import ENOUGH, Executor
from hrm_engine.deadline import Deadline
from hrm_tools.executors import make_executor
from hrm_tools.executors.limits import MAX_TOKENS

DATA = Path(__file__).parent / "data" / "mbpp.jsonl"
ALONE = 3
"""Tasks that the executor answers alone before anything else is loaded, to weigh it."""


@dataclass
class Recorded:
    """An executor that remembers what it said and how long each reply took."""

    executor: Executor
    texts: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The executor's name."""
        return self.executor.name

    def sample(self, prompt: str, k: int, temperature: float, deadline: Deadline) -> Iterator[str]:
        """The executor's replies."""
        start = time.perf_counter()
        for text in self.executor.sample(prompt, k, temperature, deadline):
            self.seconds.append(time.perf_counter() - start)
            self.texts.append(text)
            yield text
            start = time.perf_counter()


class Weight:
    """The most memory that this process and its children held while in use, in MiB (PSS)."""

    def __init__(self) -> None:
        self.peak = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Weight:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        own = psutil.Process()
        while not self._done.wait(0.2):
            held = 0
            for process in (own, *own.children(recursive=True)):
                try:
                    held += process.memory_full_info().pss
                except psutil.Error:  # a candidate that has ended
                    continue
            self.peak = max(self.peak, held / 2**20)


@dataclass
class Row:
    """What came of one task. Times in seconds."""

    task: int
    raw: bool
    piped: bool
    source: str
    samples: int
    first_s: float
    drawn_s: float
    whole_s: float


def main() -> None:
    """Weigh the executor alone, then run everything, and print the line."""
    args = arguments()
    executor = make_executor(args.executor, args.max_tokens)
    with Weight() as alone:
        for task in range(ALONE):
            list(executor.sample(f"Write a function number {task}.", 1, 0.0, Deadline.after(60)))
        time.sleep(0.5)  # let the last be weighed
    rows = known(args.rows)
    with Weight() as whole, ExitStack() as stack:
        kept = stack.enter_context(args.rows.open("a")) if args.rows else None
        for row in measure(executor, args, skip={each.task for each in rows}):
            rows.append(row)
            if kept:
                print(json.dumps(vars(row)), file=kept, flush=True)
            right = f"raw {sum(r.raw for r in rows)}, pipeline {sum(r.piped for r in rows)}"
            print(f"\r{len(rows)} tasks: {right} right", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    print(json.dumps(summary(rows, alone.peak, whole.peak, args)))


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--executor", required=True, metavar="SPEC")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--split", choices=("test", "own"), default="test")
    parser.add_argument("--n", type=int, default=500, help="tasks, the first of the split")
    parser.add_argument("--visible-tests", type=int, choices=(0, 1, 2), default=1)
    parser.add_argument("--k", type=int, default=10, help="the most samples a task")
    parser.add_argument("--enough", type=int, default=ENOUGH, help="evidence at which drawing ends")
    parser.add_argument("--max-tokens", type=int, default=MAX_TOKENS, help="the longest reply")
    parser.add_argument("--budget-s", type=float, default=120.0, help="time for the executor")
    parser.add_argument("--search-s", type=float, default=1.0, help="time for the other stages")
    parser.add_argument("--rows", type=Path, help="a line for every task; goes on where it ended")
    return parser.parse_args()


def known(path: Path | None) -> list[Row]:
    """The rows that an earlier run, ended in the middle, has left."""
    if path is None or not path.exists():
        return []
    return [Row(**json.loads(line)) for line in path.read_text().splitlines()]


def measure(executor: Executor, args: argparse.Namespace, skip: Set[int]) -> Iterator[Row]:
    """A row for each task that is not in `skip`; the pipeline is loaded here."""
    from hrm_engine.codegen.cascade import generate
    from hrm_engine.codegen.executor import ExecutorStage
    from hrm_engine.codegen.extract import extract
    from hrm_engine.codegen.request import Request
    from hrm_engine.evaluation.mbpp import Examiner, read_tasks, split
    from hrm_engine.evaluation.sandbox import Example, Sandbox

    tasks = read_tasks(args.data)
    names = ("test",) if args.split == "test" else ("validation", "train")
    chosen = [task for name in names for task in split(tasks, name) if not task.built]
    shown = args.visible_tests
    with Sandbox() as sandbox, Sandbox() as other:
        examiner = Examiner(other)
        for task in (each for each in chosen[: args.n] if each.id not in skip):
            recorded = Recorded(executor)
            examples = tuple(Example(case.call, case.expected) for case in task.cases[:shown])
            request = Request(task.text, task.name, task.signature, examples)
            ours = ExecutorStage(recorded, args.k, sandbox=sandbox, enough=args.enough)
            stages = [Timed(ours, args.budget_s), *others(args.split, args.search_s)]
            start = time.perf_counter()
            deadline = Deadline.after(len(stages) * args.budget_s)  # each gets an equal share
            found = generate(request, stages, sandbox, deadline)
            whole_s = time.perf_counter() - start
            hidden = replace(task, cases=task.cases[shown:])
            first = extract(recorded.texts[0], task.name, task.signature) if recorded.texts else ""
            fits = bool(found.code) and found.passed == found.given
            yield Row(
                task=task.id,
                raw=bool(first) and examiner.examine(hidden, first).right,
                piped=fits and examiner.examine(hidden, found.code).right,
                source=found.source.partition(":")[0] if fits else "none",
                samples=len(recorded.texts),
                first_s=recorded.seconds[0] if recorded.seconds else 0.0,
                drawn_s=sum(recorded.seconds),
                whole_s=whole_s,
            )


@dataclass(frozen=True)
class Timed:
    """A stage that gets so many seconds at most."""

    stage: Any
    seconds: float

    @property
    def name(self) -> str:
        """The stage's name."""
        return str(self.stage.name)

    def propose(self, request: Any, deadline: Deadline) -> Iterator[Any]:
        """What the stage proposes in that time."""
        return self.stage.propose(request, deadline.within(self.seconds))  # type: ignore[no-any-return]


def others(chosen: str, seconds: float) -> list[Timed]:
    """What is asked where the executor has nothing: library and search."""
    from hrm_engine.codegen.library import LibraryStage, library
    from hrm_engine.codegen.library.store import own_snippets
    from hrm_engine.codegen.stages import Enumeration

    snippets = library() if chosen == "test" else own_snippets()
    return [Timed(stage, seconds) for stage in (LibraryStage(snippets), Enumeration())]


def summary(
    rows: Sequence[Row], alone_mb: float, whole_mb: float, args: argparse.Namespace
) -> dict[str, Any]:
    """The line."""
    from hrm_engine.evaluation.intervals import wilson
    from hrm_engine.evaluation.machine import machine
    from hrm_engine.evaluation.paired import gain_interval, mcnemar

    n = len(rows)
    raw, piped = [row.raw for row in rows], [row.piped for row in rows]
    better = sum(p and not r for r, p in zip(raw, piped, strict=True))
    worse = sum(r and not p for r, p in zip(raw, piped, strict=True))
    low, high = gain_interval(raw, piped)
    drawn, first = (sum(getattr(row, name) for row in rows) for name in ("drawn_s", "first_s"))
    whole = sum(row.whole_s for row in rows)
    return {
        "bench": "pipeline",
        "executor": args.executor.partition(":")[0] + ":" + Path(args.executor).name,
        "split": args.split,
        "n": n,
        "visible": args.visible_tests,
        "k": args.k,
        "enough": args.enough,
        "raw": round(sum(raw) / n, 4),
        "raw_95": [round(end, 4) for end in wilson(sum(raw), n)],
        "pipeline": round(sum(piped) / n, 4),
        "pipeline_95": [round(end, 4) for end in wilson(sum(piped), n)],
        "gain": round((sum(piped) - sum(raw)) / n, 4),
        "gain_95": [round(low, 4), round(high, 4)],
        "better": better,
        "worse": worse,
        "mcnemar_p": float(f"{mcnemar(better, worse):.3g}"),
        "answers_by": dict(Counter(row.source for row in rows).most_common()),
        "samples_mean": round(statistics.mean(row.samples for row in rows), 2),
        "first_sample_s": round(first / n, 3),
        "all_samples_s": round(drawn / n, 3),
        "pipeline_s": round(whole / n, 3),
        "time_to_all_samples": round(whole / drawn, 3) if drawn else None,
        "time_to_first_sample": round(whole / first, 3) if first else None,
        "memory_alone_mb": round(alone_mb, 1),
        "memory_pipeline_mb": round(whole_mb, 1),
        "memory_ratio": round(whole_mb / alone_mb, 3) if alone_mb else None,
        "load_average": round(os.getloadavg()[0], 1),
        "machine": machine(),
    }


if __name__ == "__main__":
    main()
