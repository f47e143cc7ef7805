"""How many sampled problems the search solves, how fast, and by which costs; JSON lines.

    python benchmarks/bench_enumeration.py --n 200 --budget-ms 1000

The problems are DeepCoder programs drawn by our own sampler, of 2 to 5 statements, with 3 to 5
examples and 10 hidden tests; none is from a published file. `counted` costs are learned from
other samples. Wall time on one core, other work on the machine counts.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Mapping, Sequence
from itertools import islice

from hrm_engine.deadline import Deadline
from hrm_engine.evaluation.intervals import wilson
from hrm_engine.evaluation.machine import machine
from hrm_engine.evaluation.report import quantile
from hrm_engine.programs.generate import DEEPCODER_ONLY
from hrm_engine.programs.interpreter import DEEPCODER_LIMITS, run
from hrm_engine.programs.sampler import ProblemSampler, ProgramProblem
from hrm_engine.programs.search.prior import counted_costs
from hrm_engine.programs.search.search import Search
from hrm_engine.programs.splits import LONGEST_TRAINED, Split

LENGTHS = (2, 3, 4, 5)


def main() -> None:
    """Draw, search with each setting, print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=200)
    parser.add_argument("--counted", type=int, default=1000, help="programs to learn costs from")
    parser.add_argument("--budget-ms", type=float, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    problems = draw(args.n, args.seed)
    costs = counted_costs(each.program for each in draw(args.counted, args.seed + 1))
    for name, settings in {
        "forward alone": {"bidirectional": False},
        "both ends": {},
        "both ends, settled": {"settle_s": 0.1},
        "both ends, settled, counted costs": {"settle_s": 0.1, "costs": costs},
    }.items():
        row = measure(problems, args.budget_ms / 1000, **settings)  # type: ignore[arg-type]
        row |= {"budget_ms": args.budget_ms, "seed": args.seed, "machine": machine()}
        print(json.dumps({"bench": "enumeration", "search": name, **row}), flush=True)


def draw(count: int, seed: int) -> list[ProgramProblem]:
    """Sampled problems of 2 to 5 statements, equally many of each length.

    Of one statement there are too few distinct programs to draw from.
    """
    problems: list[ProgramProblem] = []
    for place, length in enumerate(LENGTHS):
        split: Split = "length" if length > LONGEST_TRAINED else "train"
        sampler = ProblemSampler(seed, split, DEEPCODER_ONLY, lengths=(length, length))
        wanted = (count + len(LENGTHS) - 1 - place) // len(LENGTHS)
        problems += islice(sampler, wanted)
    return problems


def measure(
    problems: Sequence[ProgramProblem],
    budget_s: float,
    *,
    bidirectional: bool = True,
    settle_s: float = 0.0,
    costs: Mapping[str, int] | None = None,
) -> dict[str, object]:
    """The figures of one setting."""
    times, solved, hidden, lengths, rates = [], 0, 0, [], []
    for problem in problems:
        start = time.perf_counter()
        inputs = [list(each.inputs) for each in problem.examples]
        outputs = [each.output for each in problem.examples]
        search = Search(inputs, outputs, costs, bidirectional=bidirectional)
        spent = time.perf_counter() - start
        found = search.run(Deadline.after(budget_s - spent), settle_s=settle_s)
        times.append(1e3 * (time.perf_counter() - start))
        rates.append(search.bank.all("list").size / (times[-1] / 1e3))
        if found:
            solved += 1
            lengths.append(len(found.program.statements) - len(problem.program.statements))
            tests = [(each.inputs, each.output) for each in problem.hidden]
            hidden += all(run(found.program, i, DEEPCODER_LIMITS) == o for i, o in tests)
    low, high = wilson(solved, len(problems))
    return {
        "n": len(problems),
        "solved": round(solved / len(problems), 3),
        "solved_95": [round(low, 3), round(high, 3)],
        "hidden_tests_pass": round(hidden / len(problems), 3),
        "no_longer_than_drawn": round(sum(n <= 0 for n in lengths) / max(len(lengths), 1), 3),
        "ms_p50": round(statistics.median(times), 1),
        "ms_p95": round(quantile(times, 0.95), 1),
        "lists_per_second_p50": round(statistics.median(rates)),
    }


if __name__ == "__main__":
    main()
