"""What an isolated run costs: one JSON line for each level that this system offers.

    python benchmarks/bench_sandbox.py --n 1000

`runs_per_s` is the rate of one caller who waits for each answer. `cpu_ms_job` is the CPU time of
the job's process alone; `cpu_ms_all` adds the fork server and the caller, divided by the number of
runs, so 1000 / cpu_ms_all (`runs_per_cpu_s`) is what one core could do if it did nothing else.
Other work on the machine slows the first figure and hardly touches the last two.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import time
from typing import Any

from hrm_engine.evaluation.sandbox import LEVELS, Call, Level, Sandbox, SandboxError

CODE = """
def f(numbers):
    seen = set()
    return [n for n in numbers if not (n in seen or seen.add(n))]
"""
CALLS = [Call("f", ([3, 1, 3, 2, 1],)), Call("f", ([],)), Call("f", ([5, 5],))]
EXPECTED = [[3, 1, 2], [], [5]]


def main() -> None:
    """Measure every level, strongest first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=1000, help="runs of each level")
    args = parser.parse_args()
    for level in LEVELS:
        try:
            print(json.dumps(measure(level, args.n)), flush=True)
        except SandboxError as error:
            print(json.dumps({"bench": "sandbox", "level": level, "refused": error.problem}))


def measure(level: Level, n: int) -> dict[str, Any]:
    """`n` runs of three calls each, all answered rightly. Raises SandboxError."""
    start = time.perf_counter()
    sandbox = Sandbox(level, max_jobs=n + 100)
    start_ms = 1e3 * (time.perf_counter() - start)
    idle = children_after(sandbox, 0)
    sandbox = Sandbox(level, max_jobs=n + 100)
    walls, cpus = [], []
    ours, start = time.process_time(), time.perf_counter()
    for _ in range(n):
        outcome = sandbox.run(CODE, CALLS)
        assert [output.value for output in outcome.outputs] == EXPECTED, outcome
        walls.append(outcome.wall_ms)
        cpus.append(outcome.cpu_ms)
    seconds, ours = time.perf_counter() - start, time.process_time() - ours
    everything = 1e3 * (children_after(sandbox, idle) + ours) / n
    return {
        "bench": "sandbox",
        "level": level,
        "n": n,
        "runs_per_s": round(n / seconds, 1),
        "runs_per_cpu_s": round(1e3 / everything, 1),
        "wall_ms_p50": round(statistics.median(walls), 2),
        "wall_ms_p95": round(sorted(walls)[int(0.95 * n)], 2),
        "wall_ms_min": round(min(walls), 2),
        "cpu_ms_job": round(statistics.mean(cpus), 2),
        "cpu_ms_all": round(everything, 2),
        "start_ms": round(start_ms, 1),
        "load_average": round(os.getloadavg()[0], 1),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "kernel": platform.release(),
        "machine": platform.machine(),
    }


def children_after(sandbox: Sandbox, idle: float) -> float:
    """CPU seconds of the fork server and its jobs, known when it has ended, less `idle`."""
    before = os.times()
    sandbox.close()
    after = os.times()
    used = after.children_user + after.children_system
    return used - before.children_user - before.children_system - idle


if __name__ == "__main__":
    main()
