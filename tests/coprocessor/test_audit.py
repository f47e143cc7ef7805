"""The line about a call: who, which tool, how it ended, and not what was asked."""

from __future__ import annotations

import logging
from typing import Any

import httpx2
import pytest

from hrm_coprocessor.settings import ServeSettings
from hrm_coprocessor.watch import logs
from hrm_coprocessor.watch.audit import Audit
from hrm_tools.spec import Outcome
from tests.coprocessor.serving import SETTINGS, TOKEN, ask, make_app
from tests.tools.samples import ADD

ASKED = "what I would like to know"


def lines_of(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [r.__dict__["fields"] for r in caplog.records if r.name == logs.AUDIT]


def call(tool: str, settings: ServeSettings = SETTINGS, token: str | None = None) -> None:
    async def question(client: httpx2.AsyncClient) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        await client.post(f"/v1/tools/{tool}", json={"text": ASKED}, headers=headers)

    ask(question, make_app(settings=settings, token=token))


@pytest.mark.requirement("CP-11")
def test_a_call_is_one_line_that_does_not_show_what_was_asked(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.INFO, logs.AUDIT):
        call("echo")
    (line,) = lines_of(caplog)
    assert line.pop("ms") >= 0
    assert len(line.pop("argument_sha256")) == 16
    assert line == {
        "who": "loopback",
        "client": "127.0.0.1",
        "surface": "rest",
        "tool": "echo",
        "kind": "ok",
        "verdict": "verified",
        "source": "classical:echo",
        "argument_bytes": len(ASKED) + len('{"text": ""}'),
    }
    assert ASKED not in str(line)


@pytest.mark.requirement("CP-11")
def test_the_line_names_the_token_that_was_used(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logs.AUDIT):
        call("echo", token=TOKEN)
    (line,) = lines_of(caplog)
    assert line["who"] == "owner"
    assert TOKEN not in str(line)


def test_arguments_are_shown_only_where_the_owner_says_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.INFO, logs.AUDIT):
        call("echo", SETTINGS.model_copy(update={"audit_arguments": True}))
        call("echo", SETTINGS.model_copy(update={"audit": False}))
    (line,) = lines_of(caplog)
    assert line["arguments"] == {"text": ASKED}


def test_a_call_that_failed_is_a_line_too(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logs.AUDIT):
        call("add")
    (line,) = lines_of(caplog)
    assert (line["kind"], line["verdict"], line["source"]) == ("invalid", "", "")


def test_the_same_arguments_have_the_same_digest_in_any_order(
    caplog: pytest.LogCaptureFixture,
) -> None:
    outcome = Outcome("ok", "", {})
    with caplog.at_level(logging.INFO, logs.AUDIT):
        for arguments in ({"a": 1, "b": 2}, {"b": 2, "a": 1}, {"a": 2}, {"a": {1}}):
            Audit()(ADD, outcome, 0.1, arguments)
    first, second, other, no_json = lines_of(caplog)
    assert first["argument_sha256"] == second["argument_sha256"] != other["argument_sha256"]
    assert no_json["argument_bytes"] == 0
