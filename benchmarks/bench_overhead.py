"""What the server itself costs: CPU time of a call that does nothing, cold start, `hrm --help`.

A tool that does nothing is served by the same application as the real ones, with a token, the
log, the limits and the metrics at their defaults. The server's CPU time, by its own clock, is
divided by the calls; who calls is another process. One JSON line a figure.

    python benchmarks/bench_overhead.py --calls 1000 --starts 3
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import psutil
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from hrm_engine.evaluation.machine import machine
from hrm_engine.evaluation.report import quantile

HRM = (sys.executable, "-m", "hrm_coprocessor")
TOKEN = "overhead-" * 4
HEADERS = {"Authorization": f"Bearer {TOKEN}"}
MODERN, LEGACY = "2026-07-28", "legacy"
LIMITS = {"MCP, stateless wire": 4.0, "REST": 2.5}
"""Milliseconds of CPU time that a call may cost."""
START_LIMIT_S, HELP_LIMIT_S = 5.0, 0.15
WARM = 50
"""Calls before the clock starts."""
Figure = dict[str, Any]


def serve_nothing() -> None:
    """The server that is measured: `hrm serve` with one tool that does nothing."""
    import uvicorn
    from pydantic import BaseModel

    from hrm_coprocessor.cli.serve import bind
    from hrm_coprocessor.guard.redact import protect_logs
    from hrm_coprocessor.guard.wire import uvicorn_options
    from hrm_coprocessor.http.http_app import create_app
    from hrm_coprocessor.serving import serve
    from hrm_coprocessor.settings import ServeSettings
    from hrm_coprocessor.watch import logs
    from hrm_tools.spec import Arguments, Context, ToolSpec

    class Text(Arguments):
        text: str

    class Echo(BaseModel):
        result: str

    def nothing(sent: Text, _: Context) -> Echo:
        return Echo(result=sent.text)

    tool = ToolSpec("nothing", "Nothing", "Say the same again.", Text, Echo, nothing)
    settings = ServeSettings(port=0, workers=1, rate_per_minute=0)
    logs.set_up(logs.of(settings))
    protect_logs((TOKEN,))
    listener = bind(settings)
    app = create_app(settings, [tool], TOKEN)
    options = uvicorn_options(settings)
    options |= {"log_config": None, "log_level": "warning", "access_log": False}
    options |= {"loop": "asyncio"}  # not uvloop, which not everybody has
    config = uvicorn.Config(app, server_header=False, **options)
    port = listener.getsockname()[1]
    serve(uvicorn.Server(config), app.state.service, listener, lambda: print(port, flush=True))


@contextmanager
def server() -> Iterator[tuple[int, str]]:
    """The server in a process of its own: its process id and URL."""
    with tempfile.TemporaryFile() as log:
        command = [sys.executable, __file__, "--serve"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        try:
            yield process.pid, f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()


def cpu_seconds(pid: int) -> float:
    """CPU time that a process has used, in user and system mode."""
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


def rest(url: str, calls: int, lap: Callable[[], None]) -> None:
    """Call over REST, on one connection."""
    with httpx2.Client(headers=HEADERS) as client:
        for number in range(WARM + calls):
            if number == WARM:
                lap()
            response = client.post(f"{url}/v1/tools/nothing", json={"text": "hello"})
            assert response.status_code == 200, response.text
        lap()


def mcp(url: str, calls: int, lap: Callable[[], None], mode: str) -> None:
    """Call over MCP, on one connection."""

    async def run() -> None:
        async with httpx2.AsyncClient(headers=HEADERS) as http:
            transport = streamable_http_client(f"{url}/mcp", http_client=http)
            async with Client(transport, mode=mode) as client:
                for number in range(WARM + calls):
                    if number == WARM:
                        lap()
                    result = await client.call_tool("nothing", {"text": "hello"})
                    assert not result.is_error
                lap()

    asyncio.run(run())


def overhead(calls: int) -> Iterator[Figure]:
    """CPU and wall time of a call, by surface."""
    surfaces: dict[str, Callable[[str, int, Callable[[], None]], None]] = {
        "REST": rest,
        "MCP, stateless wire": lambda *sent: mcp(*sent, MODERN),
        "MCP, handshake wire": lambda *sent: mcp(*sent, LEGACY),
    }
    with server() as (pid, url):
        for name, call in surfaces.items():
            laps: list[tuple[float, float]] = []
            call(url, calls, lambda laps=laps: laps.append((cpu_seconds(pid), time.perf_counter())))
            (cpu, wall), (cpu_end, wall_end) = laps
            row: Figure = {"bench": "overhead", "surface": name, "n": calls}
            row |= {"cpu_ms_call": round(1e3 * (cpu_end - cpu) / calls, 2)}
            row |= {"wall_ms_call": round(1e3 * (wall_end - wall) / calls, 2)}
            yield row | {"limit_cpu_ms": LIMITS.get(name)}


def timed(command: tuple[str, ...], *, first_line: bool = False) -> tuple[float, float]:
    """Seconds until a command ends, or prints its first line: on the clock, and of CPU time."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL
    )
    assert process.stdout is not None
    assert process.stdout.readline()
    if not first_line:
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    passed, used = time.perf_counter() - start, cpu_seconds(process.pid)
    process.terminate()
    process.communicate()
    return passed, used


def starts(count: int) -> Iterator[Figure]:
    """How long `hrm serve` takes to be ready, with models loaded, and `hrm --help` to end."""
    timed((*HRM, "--help"))  # reads the files once
    found = [timed((*HRM, "serve", "--port", "0", "--json"), first_line=True) for _ in range(count)]
    yield _start_row("cold_start", found, START_LIMIT_S)
    found = [timed((*HRM, "--help")) for _ in range(4 * count)]
    yield _start_row("help", found, HELP_LIMIT_S)


def _start_row(name: str, found: list[tuple[float, float]], limit_s: float) -> Figure:
    walls, cpus = ([pair[kind] for pair in found] for kind in (0, 1))
    row = {"bench": name, "n": len(found), "s_p50": round(quantile(walls, 0.5), 3)}
    row |= {"s_max": round(max(walls), 3), "cpu_s_p50": round(quantile(cpus, 0.5), 3)}
    return row | {"limit_s": limit_s}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=1000)
    parser.add_argument("--starts", type=int, default=3)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.serve:
        serve_nothing()
        return
    for row in (*overhead(args.calls), *starts(args.starts)):
        print(json.dumps(row | {"machine": machine()}), flush=True)


if __name__ == "__main__":
    main()
