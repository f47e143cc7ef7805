"""`hrm doctor --server`: each way in which a real server can be away or wrong, and what is said."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from mcp.server.lowlevel import Server
from mcp.types import ListToolsResult

from hrm_coprocessor.adapters.mcp import create_mcp_server
from hrm_coprocessor.cli import main
from hrm_coprocessor.http.http_app import create_app
from hrm_coprocessor.service import Service
from hrm_tools.registry import load_tool
from tests.agents import tool_server
from tests.agents.conftest import serving
from tests.coprocessor.serving import SETTINGS, TOKEN, make_app
from tests.tools.samples import ADD, ECHO, SLOW

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def free_port() -> int:
    """A port on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def looked(capsys: Captured, url: str, *words: str) -> tuple[int, dict[str, Any]]:
    """The exit code and the last step; every step before it is ok or has a hint."""
    code = main(["doctor", "--server", url, "--json", "--timeout", "20", *words])
    steps = json.loads(capsys.readouterr().out)
    assert all(step["state"] == "ok" or step["hint"] for step in steps)
    return code, steps[-1]


@pytest.mark.slow
def test_a_server_that_is_well_passes_every_step(capsys: Captured) -> None:
    app = make_app((load_tool("calculate_derivative"), ECHO))
    app.state.service.warm_up()
    with serving(app) as url:
        assert main(["doctor", "--server", url]) == 0
    lines = capsys.readouterr().out.splitlines()
    names = [line.split()[1] for line in lines]
    assert names[:7] == ["name", "port", "HTTP", "host", "clock", "token", "ready"]
    assert names[7:] == ["MCP", "version", "tools", "call"]
    assert all(line.startswith("✓") for line in lines)
    assert "revision 2026-07-28, hrm-coprocessor" in lines[7]
    assert "calculate_derivative answers '5*cos(5*x)' in" in lines[-1]


def test_a_server_that_has_not_started_yet_is_said(capsys: Captured) -> None:
    with serving(make_app([ECHO])) as url:
        assert main(["doctor", "--server", url]) == 1
    shown = capsys.readouterr().out
    assert "✗ ready    not ready: models and workers are starting" in shown
    assert "✓ tools    echo" in shown


def test_a_server_of_another_make_is_looked_at_all_the_same(capsys: Captured) -> None:
    with serving(tool_server.app()) as url:
        assert main(["doctor", "--server", url]) == 0
    shown = capsys.readouterr().out
    assert "not compared: it is not one of ours" in shown
    assert "calculate_derivative, hang" in shown


def test_a_name_that_nobody_knows_is_said(capsys: Captured) -> None:
    code, step = looked(capsys, "http://pc2.invalid:8765")
    assert (code, step["name"], step["state"]) == (3, "name", "away")
    assert "nobody knows the name pc2.invalid" in step["detail"]


def test_a_port_on_which_nothing_listens_is_said_with_the_command_that_helps(
    free_port: int, capsys: Captured
) -> None:
    assert main(["doctor", "--server", f"http://127.0.0.1:{free_port}"]) == 3
    shown = capsys.readouterr().out
    assert f"✗ port     nothing listens on port {free_port}" in shown
    assert f"hrm serve --port {free_port}" in shown


def test_a_machine_that_does_not_answer_is_said(capsys: Captured) -> None:
    with ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=1))
        for _ in range(8):  # more than the kernel queues, so that the next one waits
            caller = stack.enter_context(closing(socket.socket()))
            caller.setblocking(False)
            caller.connect_ex(listener.getsockname())
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        code, step = looked(capsys, url, "--timeout", "0.2")
    assert (code, step["name"]) == (3, "port")
    assert "firewall" in step["hint"]


def test_a_network_that_cannot_be_reached_is_said(capsys: Captured) -> None:
    code, step = looked(capsys, "http://255.255.255.255:8765")
    assert (code, step["name"]) == (3, "port")
    assert step["detail"].startswith("no way to port 8765 of 255.255.255.255: ")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of this machine's own that nobody trusts yet, and its key, in one file."""
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    new = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    names = "-subj /CN=localhost -addext subjectAltName=DNS:localhost"
    words = ["openssl", *new.split(), *names.split(), "-keyout", str(file), "-out", "-"]
    made = subprocess.run(words, capture_output=True, text=True, check=True)
    file.write_text(file.read_text() + made.stdout)
    return file


@contextmanager
def listening(app: Any, address: str = "127.0.0.1", **options: Any) -> Iterator[int]:
    """Serve `app` with other options than the usual ones; gives the port."""
    listener = socket.create_server((address, 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", ws="none", **options))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield listener.getsockname()[1]
    server.should_exit = True
    thread.join(20)
    listener.close()


@pytest.fixture
def https(certificate: Path) -> Iterator[str]:
    """The URL of the test tool server behind TLS."""
    with listening(tool_server.app(), ssl_certfile=certificate) as port:
        yield f"https://localhost:{port}"


def test_a_certificate_that_is_not_trusted_is_said_and_passes_once_it_is(
    https: str, certificate: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, step = looked(capsys, https)
    assert (code, step["name"]) == (3, "TLS")
    assert "not trusted: self-signed certificate" in step["detail"]
    assert "SSL_CERT_FILE" in step["hint"]
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    code, step = looked(capsys, https)
    assert (code, step["name"], step["state"]) == (0, "call", "ok")


def test_http_and_https_taken_for_each_other_are_said(https: str, capsys: Captured) -> None:
    with serving(tool_server.app()) as url:
        code, step = looked(capsys, url.replace("http:", "https:"))
        assert (code, step["name"], step["hint"][-len(url) :]) == (3, "TLS", url)
    code, step = looked(capsys, https.replace("https:", "http:"))
    assert (code, step["name"]) == (3, "HTTP")
    assert step["hint"].endswith(https)


def test_a_server_that_says_nothing_is_said(capsys: Captured) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        code, step = looked(capsys, url, "--timeout", "0.2")
    assert (code, step["name"], step["detail"]) == (3, "HTTP", "no answer within 0 s")


def test_a_host_name_that_is_not_allowed_is_said_with_the_flag_that_allows_it(
    capsys: Captured,
) -> None:
    with listening(make_app(), "127.0.0.2") as port:
        code, step = looked(capsys, f"http://127.0.0.2:{port}")
    assert (code, step["name"], step["state"]) == (1, "host", "wrong")
    assert step["hint"] == "start the server with `--allow-host 127.0.0.2`"


def test_a_token_that_is_missing_or_wrong_is_said_and_the_right_one_passes(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HRM_TOKEN", raising=False)
    file = tmp_path / "token"
    app = make_app([ECHO], TOKEN)
    app.state.service.warm_up()
    with serving(app) as url:
        code, step = looked(capsys, url)
        assert (code, step["name"]) == (1, "token")
        assert "there is none here" in step["detail"]
        file.write_text("wrong" * 5)
        code, step = looked(capsys, url, "--token-file", str(file))
        assert (code, step["detail"]) == (1, "it does not accept the token")
        file.write_text(TOKEN)
        code, step = looked(capsys, url, "--token-file", str(file))
        assert (code, step["name"], step["state"]) == (0, "call", "ok")
        monkeypatch.setenv("HRM_TOKEN", TOKEN)
        assert looked(capsys, url)[0] == 0


def test_a_server_that_does_not_speak_mcp_is_said(capsys: Captured) -> None:
    async def plain(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 404, "headers": []})
            await send({"type": "http.response.body", "body": b"none"})

    with serving(plain) as url:
        code, step = looked(capsys, url)
    assert (code, step["name"], step["state"]) == (1, "MCP", "wrong")


def test_a_server_without_tools_is_said(capsys: Captured) -> None:
    async def none(_: Any, __: Any) -> ListToolsResult:
        return ListToolsResult(tools=[])

    empty = Server[Any]("empty", on_list_tools=none)
    with serving(empty.streamable_http_app(streamable_http_path="/mcp")) as url:
        code, step = looked(capsys, url)
    assert (code, step["name"], step["detail"]) == (1, "tools", "it offers none")


def test_a_server_whose_mcp_hangs_is_said(capsys: Captured) -> None:
    async def slow(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        if scope["path"] == "/mcp":
            await asyncio.Event().wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    with serving(slow) as url:
        code, step = looked(capsys, url, "--timeout", "1")
    assert (code, step["name"], step["detail"]) == (1, "MCP", "no answer within 1 s")


def test_a_tool_that_fails_is_said(capsys: Captured) -> None:
    broken = replace(SLOW, name="calculate_derivative")  # takes other arguments
    with serving(make_app([broken, ECHO])) as url:
        code, step = looked(capsys, url)
    assert (code, step["name"], step["state"]) == (1, "call", "wrong")
    assert step["detail"].startswith("calculate_derivative failed: ")


def test_tools_that_are_not_known_here_are_not_tried(capsys: Captured) -> None:
    app = make_app([ADD, ECHO])
    app.state.service.warm_up()
    with serving(app) as url:
        code, step = looked(capsys, url)
    assert (code, step["detail"]) == (0, "not tried: none of its tools is known here")


def test_another_version_is_said(capsys: Captured) -> None:
    def older(service: Service) -> Server[Any]:
        server = create_mcp_server(service)
        server.version = "0.0.1"
        return server

    app = create_app(SETTINGS, [ECHO], build_mcp=older)
    with serving(app) as url:
        assert main(["doctor", "--server", url]) == 1
    shown = capsys.readouterr().out
    assert "✗ version  0.0.1 there, " in shown
    assert "install the same version on both machines" in shown


def clock_step(date: bytes | None, capsys: Captured) -> dict[str, Any]:
    """What is said of a server whose answers carry this date."""
    inner = tool_server.app()

    async def dated(scope: Any, receive: Any, send: Any) -> None:
        async def with_date(message: Any) -> None:
            if message["type"] == "http.response.start" and date is not None:
                message["headers"] = [*message["headers"], (b"date", date)]
            await send(message)

        await inner(scope, receive, with_date)

    with listening(dated, date_header=False) as port:
        main(["doctor", "--server", f"http://127.0.0.1:{port}", "--json"])
    steps = json.loads(capsys.readouterr().out)
    found: dict[str, Any] = next(step for step in steps if step["name"] == "clock")
    return found


@pytest.mark.parametrize(("year", "said"), [(2000, "behind ours"), (2100, "ahead of ours")])
def test_a_clock_that_is_wrong_is_said(year: int, said: str, capsys: Captured) -> None:
    step = clock_step(format_datetime(datetime(year, 1, 1, tzinfo=UTC)).encode(), capsys)
    assert step["state"] == "wrong"
    assert step["detail"].endswith(said)


@pytest.mark.parametrize("date", [None, b"soon"])
def test_a_server_that_does_not_say_the_time_is_no_fault(
    date: bytes | None, capsys: Captured
) -> None:
    assert clock_step(date, capsys)["state"] == "ok"


def test_a_wrong_address_is_refused(capsys: Captured) -> None:
    assert main(["doctor", "--server", "pc2"]) == 1
    assert "error: `pc2` is no address of a server" in capsys.readouterr().err
