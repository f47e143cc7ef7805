"""`hrm serve --engine ray`: two replicas behind one address, one of which is killed under load.

Ray runs in processes of its own; nothing of it is imported here.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx2
import psutil
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

TOKEN = "0123456789" * 4
HEADERS = {"Authorization": f"Bearer {TOKEN}"}
TRIES = 20
CLIENTS = 4
MOST_CALLS = 4000
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    "HRM_TOKEN": TOKEN,
    "OMP_NUM_THREADS": "1",
}
CALL = ("calculate_derivative", {"expression": "x^2"})
RAY = Path(sys.executable).parent / "ray"
CLUSTER = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": TOKEN}
pytestmark = [pytest.mark.slow, pytest.mark.requirement("CP-9")]


def serve(*words: str, **variables: str) -> subprocess.Popen[str]:
    quick = ["--set", "workers=1", "--port", "0", "--json"]
    return subprocess.Popen(
        [sys.executable, "-m", "hrm_coprocessor", "serve", "--engine", "ray", *quick, *words],
        env=ENVIRONMENT | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@dataclass
class Served:
    """The program, and where it answers."""

    process: subprocess.Popen[str]
    url: str

    def replicas(self) -> set[int]:
        """The processes that hold the application now."""
        found = set()
        for child in psutil.Process(self.process.pid).children(recursive=True):
            try:
                if child.cmdline()[:1] == ["ray::ServeReplica:hrm:tools"]:
                    found.add(child.pid)
            except psutil.Error:  # it ended meanwhile
                continue
        return found


def address_of(process: subprocess.Popen[str]) -> str:
    """The URL that the program prints when it is ready."""
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        pytest.fail(process.communicate()[1])
    return str(json.loads(line)["url"])


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    process = serve("--replicas", "2")
    yield Served(process, address_of(process))
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    assert "Traceback" not in errors


def derivative(client: httpx2.Client, url: str, power: int) -> str:
    """The answer to one call; asks again when the server failed, as any client should."""
    body = {"expression": f"x^{power}"}
    for _ in range(TRIES):
        try:
            answer = client.post(f"{url}/v1/tools/calculate_derivative", json=body)
        except httpx2.TransportError:
            continue
        if answer.is_success:
            return str(answer.json()["result"])
        assert answer.status_code in (429, 500, 502, 503), answer.text
    pytest.fail(f"no answer in {TRIES} tries")


def test_each_replica_is_a_process_behind_one_address_and_one_token(served: Served) -> None:
    assert len(served.replicas()) == 2
    assert httpx2.get(f"{served.url}/healthz").is_success
    assert httpx2.get(f"{served.url}/v1/tools").status_code == 401
    names = httpx2.get(f"{served.url}/v1/tools?format=mcp", headers=HEADERS).json()["tools"]
    assert "calculate_derivative" in {tool["name"] for tool in names}


@pytest.mark.parametrize("wire", ["2026-07-28", "legacy"])
def test_calls_over_mcp_need_no_particular_replica(served: Served, wire: str) -> None:
    async def ask() -> list[str]:
        async with (
            httpx2.AsyncClient(headers=HEADERS, timeout=60) as http,
            Client(streamable_http_client(f"{served.url}/mcp", http_client=http), mode=wire) as mcp,
        ):
            found = [await mcp.call_tool(*CALL) for _ in range(8)]
            return [str((result.structured_content or {})["result"]) for result in found]

    assert asyncio.run(ask()) == ["2*x"] * 8


def test_a_replica_killed_under_load_costs_no_call_that_is_sent_again(served: Served) -> None:
    before = served.replicas()
    warm, replaced = threading.Event(), threading.Event()
    answers: list[tuple[int, str]] = []

    def load(first: int) -> None:
        with httpx2.Client(headers=HEADERS, timeout=60) as client:
            for power in range(first, MOST_CALLS, CLIENTS):
                answers.append((power, derivative(client, served.url, power)))
                if len(answers) > 5 * CLIENTS:
                    warm.set()
                if replaced.is_set():
                    return

    with ThreadPoolExecutor(CLIENTS) as threads:
        done = [threads.submit(load, 10 + first) for first in range(CLIENTS)]
        assert warm.wait(120)
        os.kill(min(before), signal.SIGKILL)
        while not all(future.done() for future in done):
            now = served.replicas()
            if len(now) == 2 and min(before) not in now:
                replaced.set()
            threading.Event().wait(0.2)
        for future in done:
            future.result()
    assert replaced.is_set()
    assert [result for _, result in answers] == [f"{n}*x^{n - 1}" for n, _ in answers]


def test_replicas_that_cannot_start_are_one_clear_error() -> None:
    process = serve("--replicas", "1", "--set", "tools=[no_such_tool]")
    shown, errors = process.communicate(timeout=180)
    assert process.returncode == 1
    assert "url" not in shown
    assert "error: the replicas do not start" in errors
    assert "no_such_tool" in errors
    assert "Traceback" not in errors


@contextmanager
def machine(*words: str) -> Iterator[subprocess.Popen[str]]:
    """One machine of a cluster, with room for one replica; all its processes end with it."""
    small = ["--block", "--num-cpus=1", "--object-store-memory=100000000", "--disable-usage-stats"]
    process = subprocess.Popen(
        [RAY, "start", *words, *small],
        env=ENVIRONMENT | CLUSTER,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    if not any("Ray runtime started" in line for line in process.stdout):
        pytest.fail("ray did not start")
    try:
        yield process
    finally:
        unplug(process)


def unplug(process: subprocess.Popen[str]) -> None:
    """Kill everything that runs on this machine, at once."""
    if process.poll() is not None:
        return
    family = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    for child in family:
        with suppress(psutil.NoSuchProcess):
            child.kill()
    process.communicate()


def test_replicas_spread_over_machines_and_outlive_one_of_them() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        head = f"127.0.0.1:{free.getsockname()[1]}"
    first = ("--head", f"--port={head.rpartition(':')[2]}", "--include-dashboard=false")
    with machine(*first), machine(f"--address={head}") as second:
        process = serve("--replicas", "2", RAY_ADDRESS=head, **CLUSTER)
        try:
            url = address_of(process)
            with httpx2.Client(headers=HEADERS, timeout=60) as client:
                assert derivative(client, url, 3) == "3*x^2"
                unplug(second)
                assert [derivative(client, url, n) for n in range(3, 9)] == [
                    f"{n}*x^{n - 1}" for n in range(3, 9)
                ]
        finally:
            process.kill()
            process.communicate()


def test_a_cluster_that_cannot_be_reached_is_one_clear_error() -> None:
    process = serve(RAY_ADDRESS="127.0.0.1:9", **CLUSTER)
    _, errors = process.communicate(timeout=180)
    assert process.returncode == 1
    assert "error: no Ray cluster answers at 127.0.0.1:9" in errors
    assert "ray start --head" in errors
