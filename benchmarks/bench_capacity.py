"""What one call costs in processor time and memory, by tool and by process: for sizing.

    python benchmarks/bench_capacity.py --users 16 --seconds 20
    python benchmarks/bench_capacity.py --engine ray --replicas 2

Starts `hrm serve`, lets the load test (`locustfile.py`) send one kind of call at a time, and
divides the processor time that each kind of process took by the calls that were answered. One
JSON line a tool. cpu_ms: processor time a call, in all; a core answers 1000 / cpu_ms calls a
second. server, workers, proxy, rest: its parts; rest is what else Ray runs. Processor time
holds on a busy machine far better than calls a second do.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import psutil

from hrm_engine.evaluation.machine import machine

HERE = Path(__file__).resolve().parent
LOCUST = Path(sys.executable).parent / "locust"
KINDS = ("derivative", "mcp", "sudoku")
ROLES = {"ray::ServeReplica": "server", "ray::ProxyActor": "proxy"}
"""How the processes of Ray call themselves."""
WORKER = "hrm_coprocessor.work.worker_process"


class Used(NamedTuple):
    """role: what the process is for; seconds: of processor time; memory_mb: its share (PSS)."""

    role: str
    seconds: float
    memory_mb: int


@contextmanager
def serving(engine: str, replicas: int) -> Iterator[tuple[psutil.Process, str]]:
    """`hrm serve` and its address; nothing limits a caller."""
    words = ["--engine", engine, "--replicas", str(replicas), "--port", "0", "--json"]
    limits = ["--set", "rate_per_minute=0", "--set", "calls_per_caller=0"]
    with subprocess.Popen(
        [sys.executable, "-m", "hrm_coprocessor", "serve", *words, *limits],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield psutil.Process(process.pid), json.loads(process.stdout.readline())["url"]
        process.terminate()


def role(process: psutil.Process, engine: str, root: int) -> str:
    """What a process of the server's family is there for."""
    words = process.cmdline()
    if WORKER in words:
        return "workers"
    if engine == "uvicorn":
        return "server" if process.pid == root else "rest"
    name = words[0].partition(":hrm")[0] if words else ""
    return ROLES.get(name, "rest")


def used(root: psutil.Process, engine: str) -> dict[int, Used]:
    """What each process of the server's family has taken so far."""
    found = {}
    for process in (root, *root.children(recursive=True)):
        with suppress(psutil.Error):  # it ended meanwhile
            times, memory = process.cpu_times(), process.memory_full_info().pss >> 20
            kind = role(process, engine, root.pid)
            found[process.pid] = Used(kind, times.user + times.system, memory)
    return found


def parts(before: dict[int, Used], after: dict[int, Used]) -> tuple[Counter[str], Counter[str]]:
    """Processor seconds between the two, and MiB after, by role; what ended is left out."""
    seconds: Counter[str] = Counter()
    memory: Counter[str] = Counter()
    for pid, now in after.items():
        earlier = before[pid].seconds if pid in before else 0.0
        seconds[now.role] += now.seconds - earlier
        memory[now.role] += now.memory_mb
    return seconds, memory


def load(url: str, kind: str, users: int, seconds: int) -> dict[str, Any]:
    """One run of the load test; its line."""
    words = ["--headless", "--users", str(users), "--spawn-rate", str(users), "--tags", kind]
    until = ["--run-time", f"{seconds}s", "--stop-timeout", "10"]  # calls that run may end
    done = subprocess.run(
        [LOCUST, "-f", HERE / "locustfile.py", *words, *until, "--host", url],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ,
    )
    return dict(json.loads(next(x for x in done.stdout.splitlines() if x.startswith("{"))))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=16)
    parser.add_argument("--seconds", type=int, default=20, help="for each kind of call")
    parser.add_argument("--engine", choices=("uvicorn", "ray"), default="uvicorn")
    parser.add_argument("--replicas", type=int, default=2)
    args = parser.parse_args()
    with serving(args.engine, args.replicas) as (root, url):
        for kind in KINDS:
            load(url, kind, args.users, 2)  # warms caches up
            before = used(root, args.engine)
            seen = load(url, kind, args.users, args.seconds)
            seconds, memory = parts(before, used(root, args.engine))
            calls = max(1, seen["answers"])
            each = {name: round(1e3 * spent / calls, 1) for name, spent in sorted(seconds.items())}
            total = sum(each.values())
            row = {"bench": "capacity", "engine": args.engine, "users": args.users, "call": kind}
            row |= {"n": calls, "cpu_ms": round(total, 1), "calls_s_core": round(1e3 / total, 1)}
            row |= {"parts": each, "pss_mb": dict(memory), "failures": seen["failures"]}
            row |= {name: seen[name] for name in ("answers_s", "tokens_s", "busy")}
            print(json.dumps(row | {"machine": machine()}), flush=True)


if __name__ == "__main__":
    main()
