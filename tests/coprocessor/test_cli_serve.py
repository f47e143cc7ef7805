"""`hrm serve` and `hrm mcp` as processes, and how `serve` prepares."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp import Client, StdioServerParameters

from hrm_coprocessor.cli import main
from hrm_coprocessor.cli.serve import bind, ready_text
from hrm_coprocessor.settings import ServeSettings
from hrm_engine.errors import ConfigError

ENVIRONMENT = {
    "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    "OMP_NUM_THREADS": "1",
    **{name: value for name, value in os.environ.items() if name.startswith("COVERAGE")},
}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    words = ["serve", "--port", "0", "--json", "--set", "workers=1", "--token-file"]
    process = subprocess.Popen(
        [sys.executable, "-m", "hrm_coprocessor", *words, str(tmp_path / "token")],
        env=os.environ | ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    yield process, json.loads(line)
    process.kill()
    process.communicate()


@pytest.mark.slow
@pytest.mark.requirement("CP-3", "CP-4")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_the_server_says_when_it_is_ready_answers_and_ends_cleanly(
    server: tuple[subprocess.Popen[str], dict[str, Any]], stop: signal.Signals, tmp_path: Path
) -> None:
    process, ready = server
    token = (tmp_path / "token").read_text().strip()
    headers = {"Authorization": f"Bearer {token}"}
    assert ready["token"] is True
    assert httpx2.get(f"{ready['url']}/healthz").json() == {"status": "ok"}
    assert httpx2.get(f"{ready['url']}/v1/tools").status_code == 401
    body = {"expression": "sin(5x)"}
    address = f"{ready['url']}/v1/tools/calculate_derivative"
    answer = httpx2.post(address, json=body, headers=headers, timeout=30).json()
    assert answer["result"] == "5*cos(5*x)"
    assert answer["verified"] is True
    process.send_signal(stop)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in errors


@pytest.mark.slow
@pytest.mark.requirement("CP-3")
@pytest.mark.requirement("CP-11")
def test_a_host_that_starts_a_command_gets_the_tools_over_stdio(tmp_path: Path) -> None:
    log = tmp_path / "hrm.log"
    logged = ["--log-format", "json", "--log-file", str(log)]
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "hrm_coprocessor", "mcp", "--set", "workers=1", *logged],
        env=ENVIRONMENT,
    )

    async def run() -> None:
        async with Client(command, read_timeout_seconds=60) as client:
            result = await client.call_tool("calculate_derivative", {"expression": "x^3"})
            assert result.structured_content is not None
            assert result.structured_content["result"] == "3*x^2"
            (line,) = [json.loads(line) for line in log.read_text().splitlines()]
            assert (line["surface"], line["tool"], line["kind"]) == (
                "stdio",
                "calculate_derivative",
                "ok",
            )
            assert line["request_id"] == (result.meta or {})["hrm/request_id"]

    asyncio.run(run())


def test_an_address_in_use_is_a_clear_error() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(ConfigError, match="cannot listen on") as caught:
            bind(ServeSettings(port=taken.getsockname()[1]))
    assert "--port" in caught.value.hint


def test_small_answers_do_not_wait_for_an_acknowledgement() -> None:
    with bind(ServeSettings(port=0)) as listener:
        assert listener.proto == socket.IPPROTO_TCP  # what asyncio asks before TCP_NODELAY


def test_an_address_is_taken_before_anything_is_loaded() -> None:
    with bind(ServeSettings(host="::1", port=0)) as listener:
        assert listener.getsockname()[1] > 0


def test_an_open_address_without_names_stops_before_anything_is_loaded(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["serve", "--host", "0.0.0.0"]) == 1  # noqa: S104 - what is tested
    assert "hint: name this machine" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["--set", "ports=1"], 'unknown field "ports", did you mean "port"?'),
        (["--port", "99999"], 'field "port"'),
        (["--config", "no-such-file"], "no settings file no-such-file"),
    ],
)
def test_a_wrong_setting_is_named(
    words: list[str], text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", *words]) == 1
    assert text in capsys.readouterr().err


def test_on_loopback_people_are_told_how_to_connect() -> None:
    shown = ready_text(ServeSettings(), 8765, None, as_json=False)
    assert "http://127.0.0.1:8765/mcp" in shown
    assert "claude mcp add --transport http hrm http://127.0.0.1:8765/mcp\n" in shown
    assert "HRM_TOKEN" not in shown


def test_other_machines_are_told_the_name_and_where_the_token_is(tmp_path: Path) -> None:
    settings = ServeSettings(allow_hosts=("pc2.lan",), token_file=tmp_path / "token")
    shown = ready_text(settings, 80, "a secret", as_json=False)
    assert "http://pc2.lan:80/mcp" in shown
    assert f"export HRM_TOKEN=$(cat {tmp_path / 'token'})" in shown
    assert "a secret" not in shown
    assert "secret" not in ready_text(settings, 80, "a secret", as_json=True)
