"""How fast training pairs are made on one core, and how long they are; one JSON line.

    python benchmarks/bench_generator.py

CPU time, so that other work on the machine does not count. A pair is an expression with its
prompt and its target tokens.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import time

import numpy as np

from hrm_engine.tasks.derivative import DerivativeTask


def main() -> None:
    """Draw, encode, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    task, rng = DerivativeTask(), np.random.default_rng(args.seed)
    for _ in range(100):  # warm caches up
        task.encode(task.sample(rng))
    start = time.process_time()
    examples = [task.encode(task.sample(rng)) for _ in range(args.n)]
    seconds = time.process_time() - start
    prompts = sorted(example.prefix for example in examples)
    answers = sorted(len(example.tokens) - example.prefix for example in examples)
    distinct = len({example.tokens for example in examples})
    row = {
        "bench": "derivative_generator",
        "pairs_per_second_per_core": round(args.n / seconds),
        "prompt_tokens_mean": round(statistics.mean(prompts), 1),
        "prompt_tokens_p95": prompts[int(0.95 * args.n)],
        "answer_tokens_mean": round(statistics.mean(answers), 1),
        "answer_tokens_p95": answers[int(0.95 * args.n)],
        "distinct": round(distinct / args.n, 3),
        "n": args.n,
        "cpu": platform.processor() or platform.machine(),
        "python": platform.python_version(),
    }
    print(json.dumps(row))


if __name__ == "__main__":
    main()
