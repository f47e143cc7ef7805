"""What sharing a batch gains when many clients ask at once, beside the plainest server there is.

    batched     `hrm serve`: calls to one network share a batch; checks run in killable workers
    unbatched   the same with `batching: false`: every call runs the network in a thread of its own
    naive       a FastAPI route, `def route(...)`, that calls the solver, checks in the same process

Each is a uvicorn process on loopback. They take turns on the same problems with the same number
of clients, so that their ratios hold on a noisy machine; the clients share the processor with
them. One JSON line for each server and number of clients. tokens: network calls that the
answers took (tokens of a sequence, segments of a grid). cpu_ms: processor time a request, of the
server and its workers. peak_mb: their peak memory. Limits on callers (calls a minute) are off.

    python benchmarks/bench_serve.py --clients 1 4 16 64 --seconds 10 --tool calculate_derivative
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil

from hrm_engine.evaluation.machine import machine
from hrm_engine.evaluation.report import quantile

DATA = Path(__file__).parent / "data"
Call = dict[str, Any]


def derivatives() -> list[Call]:
    """The textbook expressions as the tool takes them."""
    lines = (DATA / "derivative_textbook.jsonl").read_text().splitlines()
    records = [json.loads(line) for line in lines]
    return [{"expression": r["input"], "variable": r["variable"]} for r in records]


def sequences() -> list[Call]:
    """Those in x, as `/predict` takes them."""
    return [
        {"input_sequence": c["expression"]} for c in derivatives() if c.get("variable", "x") == "x"
    ]


def puzzles() -> list[Call]:
    """Generated 9x9 Sudokus."""
    lines = (DATA / "sudoku_generated.txt").read_text().splitlines()
    return [{"puzzle": line.split()[0]} for line in lines[:200]]


TOOLS: dict[str, tuple[str, Callable[[], list[Call]]]] = {
    "calculate_derivative": ("/v1/tools/calculate_derivative", derivatives),
    "predict": ("/predict", sequences),
    "solve_sudoku": ("/v1/tools/solve_sudoku", puzzles),
}


def serve_naively(tool: str) -> None:
    """A server as one writes it in ten minutes: no limits, no deadline, no workers."""
    import uvicorn
    from fastapi import FastAPI

    app = FastAPI()
    app.post(TOOLS[tool][0])(_naive_sudoku() if tool == "solve_sudoku" else _naive_derivative())
    config = uvicorn.Config(app, log_level="warning", access_log=False)
    listener = config.bind_socket()
    listener.listen(128)
    print(json.dumps({"url": f"http://127.0.0.1:{listener.getsockname()[1]}"}), flush=True)
    uvicorn.Server(config).run(sockets=[listener])


def _naive_derivative() -> Callable[[Call], Call]:
    from hrm_engine.inference.solve import Solver

    solver = Solver.load("hrm-derivative", "derivative")

    def route(call: Call) -> Call:
        text = call.get("expression") or call["input_sequence"]
        problem = solver.task.read({"input": text, "variable": call.get("variable", "x")})
        solved = solver.solve(problem)
        shown = solver.task.show(solved.solution) if solved.accepted else None
        return {"result": shown, "verified": solved.accepted, "steps": solved.steps}

    return route


def _naive_sudoku() -> Callable[[Call], Call]:
    from hrm_engine.inference.load import load_grid_solver

    solver = load_grid_solver("hrm-sudoku", "sudoku")

    def route(call: Call) -> Call:
        solved = solver.solve(solver.task.read({"input": call["puzzle"]}), candidates=8)
        shown = solver.task.show(solved.solution) if solved.accepted else None
        return {"result": shown, "verified": solved.accepted, "steps": solved.steps}

    return route


@dataclass
class Load:
    """What one server did under so many clients. seconds, cpu_s: of all turns together."""

    seconds: float = 0.0
    cpu_s: float = 0.0
    times_ms: list[float] = field(default_factory=list)
    tokens: int = 0
    errors: int = 0

    def figures(self) -> dict[str, Any]:
        """For one line."""
        quantiles = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
        return {
            "n": len(self.times_ms),
            "requests_s": round(len(self.times_ms) / self.seconds, 1),
            "tokens_s": round(self.tokens / self.seconds),
            "cpu_ms": round(1e3 * self.cpu_s / len(self.times_ms), 1),
            **{f"ms_{k}": round(quantile(self.times_ms, q), 1) for k, q in quantiles.items()},
            "errors": self.errors,
        }


async def drive(url: str, path: str, calls: Iterator[Call], clients: int, load: Load) -> None:
    """Let the clients ask, each its next question as soon as it has an answer, for `seconds`."""
    start = time.perf_counter()
    end = start + TURN_S
    await asyncio.gather(*(_client(url, path, calls, end, load) for _ in range(clients)))
    load.seconds += time.perf_counter() - start


async def _client(url: str, path: str, calls: Iterator[Call], end: float, load: Load) -> None:
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    while time.perf_counter() < end:
        body = json.dumps(next(calls)).encode()
        start = time.perf_counter()
        writer.write(
            f"POST {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        status, answer = await _response(reader)
        load.times_ms.append(1e3 * (time.perf_counter() - start))
        load.errors += status != 200 or not answer.get("verified")
        load.tokens += answer.get("steps", 0)
    writer.close()
    await writer.wait_closed()


async def _response(reader: asyncio.StreamReader) -> tuple[int, Call]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower().split("\r\n")
    sizes = [line.partition(":")[2] for line in head if line.startswith("content-length:")]
    body = await reader.readexactly(int(sizes[0]))
    return int(head[0].split()[1]), json.loads(body)


TURN_S = 2.0
"""Seconds that one server is driven before it is the next one's turn."""


def cpu_s(pid: int) -> float:
    """Processor seconds that a process and those it started have used so far."""
    times = [process.cpu_times() for process in family(pid)]
    return float(sum(each.user + each.system for each in times))


def family(pid: int) -> list[psutil.Process]:
    """A process and those it started."""
    process = psutil.Process(pid)
    return [process, *process.children(recursive=True)]


def peak_mb(pid: int) -> float:
    """Peak resident memory (MiB) of a process and of those it started, each at its own peak."""
    lines = [
        line
        for process in family(pid)
        for line in Path(f"/proc/{process.pid}/status").read_text().splitlines()
    ]
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


@contextmanager
def started(command: list[str]) -> Iterator[tuple[int, str]]:
    """A server's process id and URL once it is ready; it is ended with the block."""
    out, log = subprocess.PIPE, subprocess.DEVNULL  # the audit log is written all the same
    with subprocess.Popen(command, stdout=out, stderr=log, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.pid, json.loads(process.stdout.readline())["url"]
        finally:
            process.terminate()


def commands(tool: str, settings: list[str]) -> dict[str, list[str]]:
    """How each server is started."""
    name = "calculate_derivative" if tool == "predict" else tool
    options = [f'tools=["{name}"]', "rate_per_minute=0", "calls_per_caller=0", *settings]
    chosen = [part for option in options for part in ("--set", option)]
    ours = [sys.executable, "-m", "hrm_coprocessor", "serve", "--port", "0", "--json", *chosen]
    return {
        "batched": ours,
        "unbatched": [*ours, "--set", "batching=false"],
        "naive": [sys.executable, __file__, "--tool", tool, "--naive"],
    }


def measure(args: argparse.Namespace) -> None:
    """Drive all servers in turn and print the lines."""
    path, load_calls = TOOLS[args.tool]
    calls = load_calls()
    with ExitStack() as stack:
        wanted = commands(args.tool, args.set)
        running = {name: stack.enter_context(started(wanted[name])) for name in args.servers}
        for _, url in running.values():
            asyncio.run(drive(url, path, cycle(calls), 4, Load()))  # what is lazy is loaded
        for clients in args.clients:
            loads = {name: Load() for name in running}
            for _ in range(max(1, round(args.seconds / TURN_S))):
                for name, (pid, url) in running.items():
                    before = cpu_s(pid)
                    asyncio.run(drive(url, path, cycle(calls), clients, loads[name]))
                    loads[name].cpu_s += cpu_s(pid) - before
            for name, load in loads.items():
                row = {"bench": "serve", "tool": args.tool, "server": name, "clients": clients}
                row |= load.figures()
                row["peak_mb"] = round(peak_mb(running[name][0]))
                print(json.dumps(row | {"machine": machine()}), flush=True)


def main() -> None:
    """Measure and print, or be the naive server."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 4, 16, 64])
    parser.add_argument("--seconds", type=float, default=10.0, help="for each server and line")
    parser.add_argument("--tool", choices=sorted(TOOLS), default="calculate_derivative")
    parser.add_argument("--set", action="append", default=[], help="a setting of `hrm serve`")
    kinds = ["batched", "unbatched", "naive"]
    parser.add_argument("--servers", nargs="+", choices=kinds, default=kinds)
    parser.add_argument("--naive", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.naive:
        serve_naively(args.tool)
    else:
        measure(args)


if __name__ == "__main__":
    main()
