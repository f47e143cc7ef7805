"""Log lines: their form, the request they belong to, and files that cannot be written."""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import Iterator
from contextvars import copy_context
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp import Client

from hrm_coprocessor.settings import ServeSettings
from hrm_coprocessor.watch import logs
from hrm_coprocessor.watch.logs import JSONLines, LogFile, LogSettings, TextLines
from tests.coprocessor.serving import ask, make_app, serving

HEADER = "X-Request-ID"


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    """What a test sets up ends with it."""
    root, audit = logging.getLogger(), logging.getLogger(logs.AUDIT)
    before = root.handlers, root.level, audit.level
    root.handlers = []
    yield
    for handler in root.handlers:
        handler.close()
    root.handlers = before[0]
    root.setLevel(before[1])
    audit.setLevel(before[2])


def record(message: str, *args: object, **options: Any) -> logging.LogRecord:
    made = logging.LogRecord("a.logger", logging.WARNING, __file__, 1, message, args, None)
    made.__dict__.update(options)
    return made


def failing() -> logging.LogRecord:
    """A record with a traceback."""
    try:
        raise ValueError("broken")
    except ValueError as error:
        return record("failed", exc_info=(type(error), error, error.__traceback__))


def test_a_json_line_says_when_who_and_what() -> None:
    def shown() -> str:
        logs.adopt({"request_id": "abc", "tool": "add", "token": "laptop"})
        return JSONLines().format(record("%s of %d", "one", 2, fields={"kind": "ok"}))

    line = json.loads(copy_context().run(shown))
    assert datetime.fromisoformat(line.pop("time")).tzinfo == UTC
    assert line == {
        "level": "warning",
        "logger": "a.logger",
        "message": "one of 2",
        "request_id": "abc",
        "tool": "add",
        "token": "laptop",
        "kind": "ok",
    }


def test_outside_of_requests_a_line_has_no_request() -> None:
    assert "request_id" not in json.loads(JSONLines().format(record("start")))
    assert TextLines().format(record("start")).endswith("WARNING a.logger: start")


def test_a_traceback_stays_with_its_line() -> None:
    assert "ValueError: broken" in json.loads(JSONLines().format(failing()))["traceback"]
    assert TextLines().format(failing()).splitlines()[-1] == "ValueError: broken"


def test_text_that_a_caller_sent_cannot_look_like_a_line_of_its_own() -> None:
    shown = TextLines().format(record("got %s", "x\n2026-01-01 INFO root: all is well\x1b[2J"))
    assert "\n" not in shown
    assert "\x1b" not in shown
    assert "x\\x0a2026" in shown


@pytest.mark.parametrize("sent", ["a", "A-1.b:c/d+e=f_g", "x" * 64])
def test_an_id_that_is_fit_for_a_log_line_is_kept(sent: str) -> None:
    assert logs.accept_request_id(sent) == sent


@pytest.mark.parametrize("sent", ["", "x" * 65, "a b", "a\nb", 'a"b', "é", "a\x00"])
def test_any_other_id_is_replaced(sent: str) -> None:
    made = logs.accept_request_id(sent)
    assert made != sent
    assert len(made) == 32
    assert made != logs.accept_request_id(sent)


def test_the_settings_say_where_lines_go_and_reach_other_processes(tmp_path: Path) -> None:
    file = tmp_path / "hrm.log"
    settings = logs.of(ServeSettings(log_format="json", log_file=file, log_level="info"))
    assert settings == LogSettings("json", str(file), "INFO")
    logs.set_up_from(settings.environment())
    logging.getLogger("a").info("first")
    logging.getLogger("a").debug("not this")
    logging.getLogger(logs.AUDIT).info("a call")
    assert [json.loads(line)["message"] for line in file.read_text().splitlines()] == [
        "first",
        "a call",
    ]


def test_a_process_that_is_told_nothing_sets_up_nothing() -> None:
    before = list(logging.getLogger().handlers)
    logs.set_up_from({})
    assert logging.getLogger().handlers == before


def test_lines_go_to_stderr_as_text_unless_told_otherwise(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.set_up(logs.of(ServeSettings()))
    logging.getLogger("a").warning("careful")
    assert capsys.readouterr().err.endswith("WARNING a: careful\n")


def test_calls_are_logged_whatever_the_level(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(LogSettings(level="ERROR"))
    logging.getLogger(logs.AUDIT).info("a call")
    logging.getLogger("a").warning("not this")
    assert capsys.readouterr().err.count("\n") == 1


def test_a_file_that_was_rotated_is_opened_again(tmp_path: Path) -> None:
    file = tmp_path / "hrm.log"
    handler = LogFile(str(file))
    handler.handle(record("old"))
    file.rename(tmp_path / "hrm.log.1")
    handler.handle(record("new"))
    handler.close()
    assert (tmp_path / "hrm.log.1").read_text() == "old\n"
    assert file.read_text() == "new\n"


@pytest.mark.requirement("CP-11")
def test_a_file_that_cannot_be_opened_is_told_once_and_tried_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "hrm.log"
    place.mkdir()
    handler = LogFile(str(place))
    handler.handle(record("lost"))
    handler.handle(record("lost too"))
    shown = capsys.readouterr().err
    assert shown.count("cannot be written") == 1
    assert "Is a directory" in shown
    place.rmdir()
    handler.handle(record("kept"))
    handler.close()
    assert place.read_text() == "kept\n"
    assert capsys.readouterr().err == ""


@pytest.mark.requirement("CP-11")
def test_a_full_disk_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    handler = LogFile("/dev/full")
    for _ in range(3):
        handler.handle(record("lost"))
    handler.close()
    shown = capsys.readouterr().err
    assert shown.count("No space left on device") == 1


def test_an_answer_shows_the_id_that_was_sent_or_a_new_one() -> None:
    async def question(client: httpx2.AsyncClient) -> list[str]:
        sent = await client.get("/healthz", headers={HEADER: "mine"})
        wrong = await client.get("/healthz", headers={HEADER: "not fit"})
        missing = await client.get("/no-such-path")
        return [response.headers[HEADER] for response in (sent, wrong, missing)]

    mine, *others = ask(question)
    assert mine == "mine"
    assert len(set(others)) == 2
    assert all(len(made) == 32 for made in others)


def test_a_refused_request_has_an_id_too() -> None:
    async def question(client: httpx2.AsyncClient) -> httpx2.Response:
        return await client.get("/v1/tools", headers={HEADER: "refused-1"})

    response = ask(question, make_app(token="x" * 16))
    assert response.status_code == 401
    assert response.headers[HEADER] == "refused-1"


@pytest.mark.requirement("CP-11")
@pytest.mark.parametrize("mode", ["2026-07-28", "legacy"])
def test_every_call_over_mcp_has_an_id_of_its_own(mode: str) -> None:
    async def call(url: str) -> list[str]:
        async with Client(f"{url}/mcp", mode=mode) as client:
            results = [await client.call_tool("add", {"a": n}) for n in range(3)]
            return [(result.meta or {})[logs.REQUEST_ID] for result in results]

    with serving(make_app()) as url:
        ids = asyncio.run(call(url))
    assert len(set(ids)) == 3
    assert all(len(made) == 32 for made in ids)


@pytest.mark.requirement("CP-11")
def test_a_worker_process_logs_under_the_id_of_its_request(tmp_path: Path) -> None:
    file = tmp_path / "hrm.log"
    settings = ServeSettings(workers=1, log_format="json", log_file=file, log_level="info")
    logs.set_up(logs.of(settings))

    async def question(client: httpx2.AsyncClient) -> str:
        headers = {HEADER: "to-the-worker"}
        response = await client.post("/v1/tools/elsewhere", json={"text": "pid"}, headers=headers)
        return str(response.json()["result"])

    pid = ask(question, make_app(settings=settings))
    assert int(pid) != os.getpid()
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    (line,) = [found for found in lines if found["logger"] == "hrm_coprocessor.work.worker_process"]
    assert line["request_id"] == "to-the-worker"
    assert line["tool"] == "elsewhere"
    assert line["message"].startswith("getpid: done in ")
