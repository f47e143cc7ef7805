"""`hrm config`: what each host is told, held against a file, and tried where that is possible.

After a change that is meant: `HRM_WRITE_SNAPSHOTS=1 pytest tests/coprocessor/test_cli_config.py`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import anyio
import httpx2
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from hrm_agents.snippets import HOSTS as SNIPPETS
from hrm_coprocessor.cli import main
from hrm_coprocessor.cli.config import HOSTS, program
from tests.agents import tool_server
from tests.agents.conftest import serving
from tests.coprocessor.test_cli_serve import ENVIRONMENT

SNAPSHOTS = Path(__file__).parent / "snippets"
PC2 = "http://pc2.lan:8765"
TOKEN = "a-token-of-the-test"  # noqa: S105 - nobody's
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _a_machine_with_hrm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`hrm` is on the search path, and there is neither a token nor a home folder of ours."""
    file = tmp_path / "hrm"
    file.write_text(f'#!/bin/sh\nexec {sys.executable} -m hrm_coprocessor "$@"\n')
    file.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("XDG_CONFIG_HOME", "/home/me/.config")
    monkeypatch.delenv("HRM_TOKEN", raising=False)


def printed(capsys: Captured, *words: str) -> str:
    assert main(["config", *words]) == 0
    return capsys.readouterr().out


@pytest.mark.requirement("CP-10")
@pytest.mark.parametrize("host", HOSTS)
def test_what_a_host_is_told_is_what_stands_on_file(
    host: str, tmp_path: Path, capsys: Captured
) -> None:
    shown = ""
    ways: list[list[str]] = [[], ["--url", PC2], ["--url", "http://localhost:8765"]]
    if host != "open-webui":
        ways.append(["--url", PC2, "--stdio"])
        ways.append(["--url", PC2, "--stdio", "--token-file", "/etc/hrm/token"])
    for words in ways:
        assert main(["config", host, *words]) == 0
        captured = capsys.readouterr()
        shown += f"$ hrm config {' '.join([host, *words])}\n{captured.out}{captured.err}\n"
    shown = shown.replace(str(tmp_path), "/usr/bin")
    file = SNAPSHOTS / f"{host}.txt"
    if os.environ.get("HRM_WRITE_SNAPSHOTS"):
        file.write_text(shown, encoding="utf-8")
    assert shown == file.read_text(encoding="utf-8")


def test_every_host_of_the_command_line_has_a_snippet() -> None:
    assert set(HOSTS) == set(SNIPPETS)


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("way", [[], ["--url", PC2], ["--url", PC2, "--stdio"]])
def test_the_token_is_printed_only_when_asked_for(
    host: str, way: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    by_url = host == "open-webui"  # it starts no commands
    way = way[:2] if by_url else way
    monkeypatch.setenv("HRM_TOKEN", TOKEN)
    assert TOKEN not in printed(capsys, host, *way)
    assert TOKEN not in printed(capsys, host, *way, "--json")
    shown = printed(capsys, host, *way, "--show-token")
    assert (TOKEN in shown) == (bool(way) or by_url)  # what the host starts here needs none


@pytest.mark.parametrize("host", ["claude-code", "claude-desktop", "vscode", "cursor"])
def test_a_snippet_is_json_and_the_same_for_programs(host: str, capsys: Captured) -> None:
    text = printed(capsys, host, "--url", PC2)
    record = json.loads(printed(capsys, host, "--url", PC2, "--json"))
    assert record["host"] == host
    assert record["snippet"] == json.loads(text)
    assert ".json" in record["place"]


@pytest.mark.parametrize("way", [[], ["--url", PC2], ["--url", PC2, "--stdio"]])
@pytest.mark.parametrize("show", [False, True])
def test_what_codex_is_told_is_toml(
    way: list[str], show: bool, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("HRM_TOKEN", TOKEN)
    words = [*way, "--show-token"] if show else way
    server = tomllib.loads(printed(capsys, "codex", *words))["mcp_servers"]["hrm"]
    assert ("url" in server) == (way == ["--url", PC2])


@pytest.mark.parametrize("token", [TOKEN, "it's-a-$strange-`one`"])
def test_what_open_webui_is_told_is_json_once_the_shell_has_put_the_token_in(
    token: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("HRM_TOKEN", token)
    for words in ([], ["--show-token"]):
        text = printed(capsys, "open-webui", "--url", PC2, *words)
        shell = f'{text}\nprintf %s "$TOOL_SERVER_CONNECTIONS"'
        done = subprocess.run(["sh", "-c", shell], capture_output=True, text=True, check=True)
        (connection,) = json.loads(done.stdout)
        assert (connection["url"], connection["key"]) == (f"{PC2}/mcp", token)


def test_the_command_that_claude_desktop_is_told_reaches_the_server(
    tmp_path: Path, capsys: Captured
) -> None:
    file = tmp_path / "token"
    file.write_text(TOKEN)
    with serving(tool_server.app(TOKEN)) as url:
        words = ["claude-desktop", "--url", url, "--token-file", str(file)]
        entry = json.loads(printed(capsys, *words))["mcpServers"]["hrm"]
        command = StdioServerParameters(
            command=entry["command"], args=entry["args"], env=ENVIRONMENT
        )

        async def run() -> None:
            async with Client(command, read_timeout_seconds=60) as client:
                result = await client.call_tool("calculate_derivative", {"expression": "x^2"})
                assert not result.is_error

        anyio.run(run)


def test_the_url_and_headers_that_hosts_are_told_reach_the_server(
    tmp_path: Path, capsys: Captured
) -> None:
    file = tmp_path / "token"
    file.write_text(TOKEN)
    with serving(tool_server.app(TOKEN)) as url:
        words = ["claude-code", "--url", url, "--token-file", str(file)]
        entry = json.loads(printed(capsys, *words))["mcpServers"]["hrm"]
        headers = {
            name: value.replace("${HRM_TOKEN}", TOKEN) for name, value in entry["headers"].items()
        }

        async def run() -> None:
            pool = httpx2.AsyncClient(headers=headers)
            wire = streamable_http_client(entry["url"], http_client=pool)
            async with pool, Client(wire) as client:
                assert (await client.list_tools()).tools

        anyio.run(run)


def test_without_hrm_on_the_search_path_the_interpreter_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert program() == (str(tmp_path / "hrm"),)
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert program() == ("/nowhere/python", "-m", "hrm_coprocessor")


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["open-webui", "--stdio"], "error: Open WebUI starts no commands"),
        (["cursor", "--show-token"], "error: there is no token to show"),
        (["cursor", "--url", "pc2:8765"], "error: `pc2:8765` is no address of a server"),
        (["cursor", "--show-token", "--token-file", "none"], "error: cannot read the token"),
    ],
)
def test_what_is_wrong_is_said(words: list[str], problem: str, capsys: Captured) -> None:
    assert main(["config", *words]) == 1
    assert capsys.readouterr().err.startswith(problem)
