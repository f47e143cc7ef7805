"""Cold start and time a question of `hrm chat`, and the peak memory of both processes.

A fresh `hrm chat` answers the questions from a pipe, as a user would start it: language
model, tool server and all. Times are those that the program itself reports.

    python benchmarks/bench_agent.py --repeats 3
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time

from hrm_engine.evaluation.machine import machine
from hrm_engine.evaluation.report import quantile

QUESTIONS = (
    "What's the derivative of sin(5x)?",
    "Differentiate x^2*e^x.",
    "What is the second derivative of ln(x)?",
    "Find the derivative of \\frac{x}{x+1}.",
    "Hello!",
    "Differentiate t^3 - 6t^2 with respect to t.",
    "d/dx of sqrt(x^2 + 1)",
    "What is the derivative of x*cos(x)?",
    "Solve this sudoku: 53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5"
    "....8..79",
    "Find the way through this maze:\n    #####\n    #S  #\n    # #G#\n    #####",
)


def once() -> tuple[float, list[float]]:
    """Seconds from the start of the process to the first answer, and ms of each question."""
    command = [sys.executable, "-m", "hrm_coprocessor", "chat", "--json"]
    start, first, times = time.perf_counter(), 0.0, []
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("\n".join(QUESTIONS) + "\n")
        process.stdin.close()
        for line in process.stdout:
            event = json.loads(line)
            if event["event"] == "finished":
                first = first or time.perf_counter() - start
                times.append(event["elapsed_ms"])
    return first, times


def main() -> None:
    """Measure and print one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    args = parser.parse_args()
    starts, questions = [], []
    for _ in range(args.repeats):
        first, times = once()
        starts.append(first)
        questions += times[1:]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    row = {
        "bench": "agent",
        "n": len(questions),
        "cold_start_s": [round(seconds, 2) for seconds in starts],
        "question_ms_p50": round(quantile(questions, 0.5)),
        "question_ms_p95": round(quantile(questions, 0.95)),
        "largest_process_mib": round(peak),
        "machine": machine(),
    }
    print(json.dumps(row))


if __name__ == "__main__":
    main()
