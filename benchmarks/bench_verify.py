"""What a verdict costs, and how many right answers are proved; one JSON line.

    python benchmarks/bench_verify.py

Right answers are the simplified classical derivatives of generated problems; wrong ones are
the same with a sign flipped or a tiny term added. CPU time, so that other work on the
machine does not count. Beside it stands SymPy's `simplify(difference) == 0`, run on the
first few of the same items with a time limit each.
"""

from __future__ import annotations

import argparse
import json
import platform
import signal
import statistics
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import flint
import numpy as np
import sympy

from hrm_engine.data.generators.derivative import held_out
from hrm_engine.expressions.differentiate import differentiate
from hrm_engine.expressions.simplify import simplify
from hrm_engine.expressions.sympy_bridge import to_sympy
from hrm_engine.expressions.tree import Expr, integer, symbol
from hrm_engine.expressions.verify import check_derivative

X = symbol("x")
TINY = X / integer(10**12)


def main() -> None:
    """Check right and wrong answers to the same problems, report both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sympy", type=int, default=20, help="how many items SymPy gets")
    args = parser.parse_args()
    problems = held_out(args.n, args.seed)
    pairs = [(f, simplify(differentiate(f, "x"))) for f in problems]
    wrong = [(f, -answer - X if k % 2 else answer + TINY) for k, (f, answer) in enumerate(pairs)]
    row = {
        "bench": "verify",
        "n": args.n,
        **_report("right", pairs),
        **_report("wrong", wrong),
        **_sympy(pairs[: args.sympy]),
        "flint": flint.__version__,
        "numpy": np.__version__,
        "python": platform.python_version(),
        "machine": platform.machine(),
    }
    print(json.dumps(row))


def _report(label: str, pairs: list[tuple[Expr, Expr]]) -> dict[str, Any]:
    statuses: Counter[str] = Counter()
    times = []
    for f, answer in pairs:
        start = time.process_time()
        verdict = check_derivative(f, "x", answer)
        times.append(1e3 * (time.process_time() - start))
        statuses[verdict.status] += 1
    shares = {
        f"{label}_{status}": round(statuses[status] / len(pairs), 4)
        for status in ("proved", "verified", "refuted", "unverified")
    }
    return shares | _quantiles(label, times)


def _quantiles(label: str, times: list[float]) -> dict[str, float]:
    percentiles = statistics.quantiles(times, n=100)
    return {
        f"{label}_ms_p50": round(percentiles[49], 2),
        f"{label}_ms_p95": round(percentiles[94], 2),
        f"{label}_ms_max": round(max(times), 1),
    }


def _sympy(pairs: list[tuple[Expr, Expr]]) -> dict[str, float]:
    if len(pairs) < 2:
        return {}
    times, proved = [], 0
    for f, answer in pairs:
        start = time.process_time()
        proved += bool(_within(5, _sympy_agrees, f, answer))
        times.append(1e3 * (time.process_time() - start))
    return {"sympy_n": len(pairs), "sympy_proved": proved / len(pairs)} | _quantiles("sympy", times)


def _sympy_agrees(f: Expr, answer: Expr) -> bool:
    difference = sympy.diff(to_sympy(f, real=True), sympy.Symbol("x", real=True))
    return bool(sympy.simplify(difference - to_sympy(answer, real=True)) == 0)


class _TimeUpError(Exception):
    """The item's time is over."""


def _within(seconds: int, function: Callable[..., bool], *args: Expr) -> bool:
    """The result of `function`, False when it takes longer than `seconds`."""

    def stop(*_: object) -> None:
        raise _TimeUpError

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        return function(*args)
    except (_TimeUpError, RecursionError, ValueError, NotImplementedError, TypeError):
        return False
    finally:
        signal.alarm(0)


if __name__ == "__main__":
    main()
