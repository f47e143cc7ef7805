"""A long mix of calls against a real server: do its memory, files and times stay flat?

    python benchmarks/soak.py --minutes 30                         8 clients, as fast as they can
    python benchmarks/soak.py --minutes 30 --clients 2 --rate 4    beside other work

Every client goes on asking over MCP or REST: all tools, right and wrong arguments, unknown names,
and now and then it leaves before the answer. JSON lines: one for every five minutes, then one for
the whole, with the slope of resident memory by least squares after a warm-up of a fifth of the
time, and its standard error. `errors` are answers of another kind than the call should have.
Reads `/proc`, so it runs on Linux. Exit code 1 when there was an error or a zombie.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from hrm_agents.toolbox import build_toolbox
from hrm_engine.evaluation.machine import machine
from hrm_engine.evaluation.report import quantile

HRM = (sys.executable, "-m", "hrm_coprocessor")
DATA = Path(__file__).parent / "data"
PERIOD_S = 300.0
WARM_UP = 0.2
TIMEOUT_S = 60.0
GONE_S = 0.02
"""How long a client waits that is going to leave."""
OK = (None,)


@dataclass(frozen=True)
class Question:
    """One call: `kinds` are the ways in which it may end; `seconds`: how long its client waits."""

    tool: str
    arguments: dict[str, Any]
    kinds: tuple[str | None, ...] = OK
    seconds: float = TIMEOUT_S


def questions() -> list[tuple[int, list[Question]]]:
    """What is asked: weights, and questions of about one sort each."""
    expressions = [r["input"] for r in _records("derivative_textbook.jsonl")]
    mazes = [r["input"] for r in _records("maze9.jsonl")[:200]]
    small = [_first(line) for name in ("sudoku_4x4", "sudoku_6x6") for line in _lines(name)[:150]]
    large = [_first(line) for line in _lines("sudoku_generated")[:50]]
    derivative = "calculate_derivative"
    wrong: list[Question] = [
        Question(derivative, {"expression": text}, ("invalid",))
        for text in ("sin(", "", "().__class__", "x" * 3000, "9**9**9**9**")
    ]
    wrong += [
        Question(derivative, {"expression": "x", "order": 99}, ("invalid",)),
        Question(derivative, {"expresion": "x^2"}, ("invalid",)),
        Question("solve_sudoku", {"puzzle": "12"}, ("invalid",)),
        Question("solve_maze", {"maze": "###"}, ("invalid",)),
        Question("no_such_tool", {}, ("invalid", "failed")),
    ]
    hasty = ("timeout", "unreachable", None)
    gone = [Question("solve_sudoku", {"puzzle": text}, hasty, GONE_S) for text in large]
    gone += [Question(derivative, {"expression": text}, hasty, GONE_S) for text in expressions]
    return [
        (50, [Question(derivative, {"expression": text}) for text in expressions]),
        (15, [Question("solve_maze", {"maze": text}) for text in mazes]),
        (15, [Question("solve_sudoku", {"puzzle": text}) for text in small]),
        (2, [Question("solve_sudoku", {"puzzle": text}) for text in large]),
        (15, wrong),
        (3, gone),
    ]


def _records(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text().splitlines()]


def _lines(name: str) -> list[str]:
    return (DATA / f"{name}.txt").read_text().splitlines()


def _first(line: str) -> str:
    return line.split(maxsplit=1)[0]


@dataclass
class Tally:
    """How calls ended, from all clients: (moment, ms, kind) of each."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    calls: list[tuple[float, float, str]] = field(default_factory=list)
    errors: list[tuple[float, str]] = field(default_factory=list)

    def add(
        self, moment: float, ms: float, question: Question, kind: str | None, text: str
    ) -> None:
        """Note one call."""
        with self.lock:
            if question.seconds > GONE_S:
                self.calls.append((moment, ms, kind or "ok"))
            if kind not in question.kinds:
                shown = f"{question.tool} {str(question.arguments)[:80]} -> {kind}: {text[:200]}"
                self.errors.append((moment, shown))


class Client(threading.Thread):
    """Asks until `end`, in its own order; `pause_s`: the mean time between two questions."""

    def __init__(self, spec: str, token: str, seed: int, end: threading.Event, pause_s: float):
        super().__init__(name=f"client {seed}")
        self._spec, self._token = spec, token
        self._random = random.Random(seed)  # noqa: S311 - to be repeated
        self._end, self._pause_s = end, pause_s
        self.tally = Tally()

    def run(self) -> None:
        """Ask."""
        sorts = questions()
        weights = [weight for weight, _ in sorts]
        with closing(build_toolbox(self._spec, self._token, TIMEOUT_S)) as box:
            while not self._end.wait(self._random.expovariate(1 / self._pause_s)):
                (sort,) = self._random.choices(sorts, weights)
                question = self._random.choice(sort[1])
                start = time.monotonic()
                result = box.call(question.tool, question.arguments, question.seconds)
                ms = 1e3 * (time.monotonic() - start)
                self.tally.add(start, ms, question, result.error_kind, result.text)


@dataclass(frozen=True)
class Sample:
    """The server's processes at one moment; memory in MiB.

    own_mib: what of the server's is its own, without pages of library files.
    """

    moment: float
    server_mib: float
    own_mib: float
    workers_mib: float
    worker_pids: tuple[int, ...]
    files: int
    threads: int
    zombies: int


def look(pid: int) -> Sample:
    """What /proc says now of the server and its children."""
    status = _status(pid)
    children: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        children += map(int, (task / "children").read_text().split())
    found = [(child, _status(child)) for child in children]
    alive = [(child, each) for child, each in found if "VmRSS" in each]
    zombies = sum(each.get("State", "").startswith("Z") for _, each in found)
    return Sample(
        time.monotonic(),
        _mib(status),
        _mib(status, "RssAnon"),
        sum(_mib(each) for _, each in alive),
        tuple(sorted(child for child, _ in alive)),
        len(list(Path(f"/proc/{pid}/fd").iterdir())),
        int(status["Threads"]),
        zombies,
    )


def _status(pid: int) -> dict[str, str]:
    """The lines of /proc/PID/status; none for a process that has just ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return {}
    return {name: rest.strip() for name, _, rest in (line.partition(":") for line in lines)}


def _mib(status: dict[str, str], line: str = "VmRSS") -> float:
    return int(status[line].split()[0]) / 1024


def slope(samples: Sequence[Sample], values: Sequence[float]) -> dict[str, float]:
    """MiB an hour by least squares, with the standard error of the slope.

    Samples that follow each other are not independent, so the true error is larger.
    """
    if len(samples) < 3:
        return {"mib_per_hour": 0.0, "standard_error": 0.0}
    hours = np.array([sample.moment for sample in samples]) / 3600
    hours -= hours.mean()
    y = np.array(values)
    rate = float((hours * (y - y.mean())).sum() / (hours**2).sum())
    left = y - y.mean() - rate * hours
    error = float(np.sqrt((left**2).sum() / (len(y) - 2) / (hours**2).sum()))
    return {"mib_per_hour": round(rate, 2), "standard_error": round(error, 2)}


@contextmanager
def server(folder: Path, words: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """A server of its own: process id, URL and token."""
    options = ["--port", "0", "--json", "--token-file", str(folder / "token")]
    logged = ["--log-file", str(folder / "server.log")]
    process = subprocess.Popen([*HRM, "serve", *options, *logged, *words], stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        url = json.loads(process.stdout.readline())["url"]
        yield process.pid, url, (folder / "token").read_text().strip()
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate()


def period(clients: Sequence[Client], begin: float, start: float) -> dict[str, Any]:
    """The calls that began in the five minutes from `start`."""
    calls = [c for x in clients for c in list(x.tally.calls) if start <= c[0] < start + PERIOD_S]
    errors = [e for x in clients for e in list(x.tally.errors) if start <= e[0] < start + PERIOD_S]
    ms = [each for _, each, _ in calls]
    return {
        "bench": "soak",
        "from_minute": round((start - begin) / 60),
        "calls": len(calls),
        "errors": len(errors),
        "kinds": dict(sorted(Counter(kind for _, _, kind in calls).items())),
        "ms_p50": round(quantile(ms, 0.5), 1),
        "ms_p99": round(quantile(ms, 0.99), 1),
    }


def whole(clients: Sequence[Client], samples: Sequence[Sample], seconds: float) -> dict[str, Any]:
    """The figures of the whole run."""
    kept = samples[int(WARM_UP * len(samples)) :]
    errors = [text for client in clients for _, text in client.tally.errors]
    first, last = kept[0], kept[-1]
    return {
        "bench": "soak",
        "minutes": round(seconds / 60, 1),
        "clients": len(clients),
        "calls": sum(len(client.tally.calls) for client in clients),
        "errors": len(errors),
        "first_errors": errors[:5],
        "server_mib": [round(first.server_mib, 1), round(last.server_mib, 1)],
        "server_slope": slope(kept, [each.server_mib for each in kept]),
        "own_mib": [round(first.own_mib, 1), round(last.own_mib, 1)],
        "own_slope": slope(kept, [each.own_mib for each in kept]),
        "workers_mib": [round(first.workers_mib, 1), round(last.workers_mib, 1)],
        "workers_slope": slope(kept, [each.workers_mib for each in kept]),
        "workers_replaced": len({pid for each in samples for pid in each.worker_pids})
        - len(last.worker_pids),
        "files": [first.files, last.files, max(each.files for each in kept)],
        "threads": [first.threads, last.threads, max(each.threads for each in kept)],
        "zombies": last.zombies,
        "samples": len(kept),
        "machine": machine(),
    }


def soak(args: argparse.Namespace, pid: int, url: str, token: str) -> dict[str, Any]:
    """Drive the server for the time given; the figures of the whole run."""
    end = threading.Event()
    pause_s = args.clients / args.rate if args.rate else 1e-6
    specs = [url if n % 2 == 0 else f"rest:{url}" for n in range(args.clients)]
    clients = [Client(s, token, args.seed + n, end, pause_s) for n, s in enumerate(specs)]
    begin = time.monotonic()
    shown = begin
    samples: list[Sample] = []
    for client in clients:
        client.start()
    while (now := time.monotonic()) < begin + 60 * args.minutes:
        samples.append(look(pid))
        if now >= shown + PERIOD_S:
            print(json.dumps(period(clients, begin, shown)), flush=True)
            shown += PERIOD_S
        end.wait(args.every)
    end.set()
    for client in clients:
        client.join()
    samples.append(look(pid))
    print(json.dumps(period(clients, begin, shown)), flush=True)
    return whole(clients, samples, time.monotonic() - begin)


def main() -> int:
    """Start a server, drive it, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--rate", type=float, default=0.0, help="calls/s in all; 0: no pauses")
    parser.add_argument("--every", type=float, default=5.0, help="seconds between two samples")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("words", nargs="*", help="more of the server's command line, after --")
    args = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        server(Path(folder), args.words) as (pid, url, token),
    ):
        row = soak(args, pid, url, token)
    print(json.dumps(row))
    return 1 if row["errors"] or row["zombies"] else 0


if __name__ == "__main__":
    sys.exit(main())
