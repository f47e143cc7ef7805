"""A server process from ready to gone: it drains, survives a full disk, and reports to Sentry."""

from __future__ import annotations

import gzip
import json
import signal
import socket
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn

from hrm_coprocessor.cli import main
from hrm_coprocessor.cli.serve import bind
from hrm_coprocessor.service import Service
from hrm_coprocessor.serving import serve
from hrm_coprocessor.settings import ServeSettings
from hrm_engine.errors import HRMError
from tests.coprocessor.processes import PATIENCE_S, Served, hrm_serve, starting, until
from tests.coprocessor.serving import TOKEN
from tests.tools.samples import ADD


def post(served: Served, tool: str, text: str, **headers: str) -> httpx2.Response:
    address = f"{served.url}/v1/tools/{tool}"
    return httpx2.post(address, json={"text": text}, headers=headers, timeout=PATIENCE_S)


def in_flight(
    served: Served, folder: Path, pool: ThreadPoolExecutor, tool: str = "wait"
) -> Future[httpx2.Response]:
    """A call that has begun; `wait` ends when `folder / "release"` exists, `hang` never."""
    answer = pool.submit(post, served, tool, str(folder))
    until((folder / "begun").exists)
    return answer


@pytest.mark.slow
@pytest.mark.requirement("CP-11")
@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_a_call_in_flight_is_answered_while_the_server_shuts_down(
    tmp_path: Path, stop: signal.Signals
) -> None:
    with hrm_serve(tmp_path) as served, ThreadPoolExecutor(1) as pool:
        answer = in_flight(served, tmp_path, pool)
        served.process.send_signal(stop)
        until(lambda: httpx2.get(f"{served.url}/readyz").status_code == 503)
        assert "shutting down" in httpx2.get(f"{served.url}/readyz").json()["detail"]
        assert httpx2.get(f"{served.url}/healthz").status_code == 200
        refused = post(served, "fail", "now")
        assert refused.status_code == 503
        assert refused.headers["retry-after"] == "1"
        assert "send the same call again" in refused.json()["detail"]
        (tmp_path / "release").touch()
        assert answer.result().json() == {"result": "waited"}
        assert served.process.wait(PATIENCE_S) == 0


@pytest.mark.slow
@pytest.mark.requirement("CP-11")
def test_a_call_that_takes_longer_than_the_drain_is_told_why_it_was_dropped(tmp_path: Path) -> None:
    words = ["--set", "drain_s=0.05"]
    with hrm_serve(tmp_path, words) as served, ThreadPoolExecutor(1) as pool:
        answer = in_flight(served, tmp_path, pool)
        served.process.terminate()
        assert answer.result().status_code == 503
        assert "shutting down" in answer.result().json()["detail"]
        assert served.process.wait(PATIENCE_S) == 0


@pytest.mark.slow
def test_a_tool_that_never_looks_at_its_deadline_does_not_keep_the_server_alive(
    tmp_path: Path,
) -> None:
    words = ["--set", "drain_s=0.05"]
    with hrm_serve(tmp_path, words) as served, ThreadPoolExecutor(1) as pool:
        answer = in_flight(served, tmp_path, pool, "hang")
        served.process.terminate()
        assert answer.result().status_code == 503
        assert served.process.wait(PATIENCE_S) == 0
        assert "1 calls do not stop" in served.errors.read_text()


@pytest.mark.slow
def test_a_second_signal_ends_the_server_at_once(tmp_path: Path) -> None:
    words = ["--set", "drain_s=600"]
    with hrm_serve(tmp_path, words) as served, ThreadPoolExecutor(1) as pool:
        answer = in_flight(served, tmp_path, pool)
        served.process.terminate()
        until(lambda: httpx2.get(f"{served.url}/readyz").status_code == 503)
        served.process.terminate()
        assert served.process.wait(PATIENCE_S) == 0
        assert answer.result().status_code >= 500


@pytest.mark.slow
@pytest.mark.requirement("CP-11")
def test_a_server_that_still_loads_is_alive_not_ready_and_can_be_stopped(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["--port", str(port), "--set", 'tools=["load"]']
    with (
        starting(tmp_path, words) as process,
        httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE_S) as client,
    ):
        until(lambda: answers(client))
        assert client.get("/readyz").status_code == 503
        process.terminate()
        assert process.wait(PATIENCE_S) == 0
        assert process.stdout is not None
        assert process.stdout.read() == ""


def answers(client: httpx2.Client) -> bool:
    """Whether the server answers at all yet."""
    try:
        return client.get("/healthz").status_code == 200
    except httpx2.TransportError:
        return False


def test_an_http_server_that_ends_by_itself_is_an_error() -> None:
    async def failing(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "lifespan.startup.failed", "message": "not today"})

    settings = ServeSettings(port=0, workers=1)
    server = uvicorn.Server(uvicorn.Config(failing, log_config=None, lifespan="on"))
    with (
        Service(settings, [ADD]) as service,
        bind(settings) as listener,
        pytest.raises(HRMError, match="ended by itself"),
    ):
        serve(server, service, listener, lambda: None)


@pytest.mark.slow
@pytest.mark.requirement("CP-11")
def test_one_id_leads_from_the_request_to_the_worker_process(tmp_path: Path) -> None:
    log = tmp_path / "hrm.log"
    words = ["-v", "--log-format", "json", "--log-file", str(log)]
    with hrm_serve(tmp_path, words) as served:
        response = post(served, "work", "hello world", **{"X-Request-ID": "my-id-1"})
        assert response.headers["x-request-id"] == "my-id-1"
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    found = {line["logger"]: line for line in lines if line.get("request_id") == "my-id-1"}
    loggers = (
        "hrm_coprocessor.work.worker_process",
        "hrm_tools.invoke",
        "hrm_coprocessor.watch.audit",
    )
    assert set(loggers) <= set(found)
    assert found["hrm_coprocessor.work.worker_process"]["tool"] == "work"
    assert found["hrm_coprocessor.watch.audit"]["kind"] == "ok"
    assert "hello world" not in log.read_text()


@pytest.mark.slow
@pytest.mark.requirement("CP-11")
def test_a_full_disk_costs_one_warning_and_no_answer(tmp_path: Path) -> None:
    with hrm_serve(tmp_path, ["--log-file", "/dev/full"]) as served:
        for _ in range(3):
            assert post(served, "work", "x").status_code == 200
        served.process.terminate()
        assert served.process.wait(PATIENCE_S) == 0
        text = served.errors.read_text()
    assert text.count("cannot be written") == 1
    assert "No space left on device" in text
    assert "Traceback" not in text


class Listener(HTTPServer):
    """Stands where Sentry would: keeps what is posted, and says when something has come."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.received: list[str] = []
        self.came = threading.Event()


class Handler(BaseHTTPRequestHandler):
    server: Listener

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        encoding = self.headers.get("content-encoding", "")
        if encoding == "br":  # which the SDK prefers where it is installed
            body = import_module("brotli").decompress(body)
        elif encoding == "gzip":
            body = gzip.decompress(body)
        self.server.received.append(body.decode())
        self.send_response(200)
        self.end_headers()
        self.server.came.set()

    def log_message(self, *_: Any) -> None:
        """Stay silent."""


@pytest.mark.slow
@pytest.mark.requirement("CP-11")
def test_an_unexpected_error_reaches_sentry_without_what_was_asked(tmp_path: Path) -> None:
    token = TOKEN
    headers = {"Authorization": f"Bearer {token}", "X-Request-ID": "failing-1"}
    with Listener() as listener:
        threading.Thread(target=listener.serve_forever, daemon=True).start()
        dsn = f"http://key@127.0.0.1:{listener.server_port}/1"
        environment = {"SENTRY_DSN": dsn, "HRM_TOKEN": token}
        with hrm_serve(tmp_path, environment=environment) as served:
            assert post(served, "fail", "my private text", **headers).status_code == 500
            assert listener.came.wait(PATIENCE_S)
            served.process.terminate()
            assert served.process.wait(PATIENCE_S) == 0
        listener.shutdown()
    report = "\n".join(listener.received)
    assert "RuntimeError" in report
    assert "waiting_tools" in report
    assert '"request_id":"failing-1"' in report.replace(" ", "")
    assert "my private text" not in report
    assert token not in report


def test_a_dsn_without_the_package_names_the_extra(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SENTRY_DSN", "http://key@127.0.0.1:9/1")
    monkeypatch.setattr("hrm_coprocessor.watch.sentry.find_spec", lambda _: None)
    assert main(["serve", "--port", "0"]) == 3
    shown = capsys.readouterr().err
    assert "`sentry-sdk` is not installed" in shown
    assert "pip install 'hrm-coprocessor[sentry]'" in shown
