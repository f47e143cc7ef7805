"""No token reaches a log, whatever the server says and however it fails."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from hrm_coprocessor.guard.redact import HIDDEN, RedactingFormatter, protect_logs, redact
from hrm_coprocessor.guard.tokens import PREFIX, Keyring, Register, new_token
from hrm_coprocessor.watch import logs
from tests.coprocessor.serving import SETTINGS, client_of, make_app
from tests.tools.samples import ALL

CHOSEN = "correct-horse-battery-staple"
"""A token that its owner made up: it has no shape to know it by."""
MADE = PREFIX + "A1b-" * 10 + "xyz"


@pytest.mark.requirement("CP-12")
@pytest.mark.parametrize(
    "text",
    [
        f"Authorization: Bearer {MADE}",
        f"authorization: bearer {CHOSEN}",
        f"{{'authorization': 'Bearer {CHOSEN}'}}",
        f"(b'authorization', b'Bearer {CHOSEN}')",
        f"(b'authorization', b'{CHOSEN}')",
        f"Authorization: {CHOSEN}",
        f"HRM_TOKEN={CHOSEN} hrm chat",
        f"'HRM_TOKEN': '{CHOSEN}'",
        f"GET /v1/tools?token={CHOSEN} HTTP/1.1",
        f"no such file: {MADE}",
        f"Basic {CHOSEN}=",
    ],
)
def test_what_looks_like_a_token_is_hidden(text: str) -> None:
    hidden = redact(text)
    assert CHOSEN not in hidden
    assert MADE not in hidden
    assert HIDDEN in hidden


def test_a_known_token_is_hidden_wherever_it_stands() -> None:
    assert redact(f"<{CHOSEN}>", (CHOSEN,)) == f"<{HIDDEN}>"


@pytest.mark.parametrize(
    "text",
    [
        "add: ok in 3 ms (request_id=4f1c tool=add token=kitchen-machine)",
        '{"token": "kitchen-machine", "tool": "calculate_derivative"}',
        "send the header `Authorization: Bearer TOKEN`",
        "hrm_coprocessor.service: ready",
        "token for the next token of the sequence",
    ],
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert redact(text) == text


def test_a_json_line_stays_json_and_a_traceback_is_redacted_too() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(RedactingFormatter(logs.JSONLines(), (CHOSEN,)))
    log = logging.Logger("test")  # noqa: LOG001 - apart from the tree, so nothing else hears it
    log.addHandler(handler)
    try:
        raise ValueError(f"cannot use {CHOSEN} or Bearer {MADE}")
    except ValueError:
        log.exception("headers %r", {"authorization": f"Bearer {MADE}"})
    line = json.loads(stream.getvalue())
    assert line["traceback"].endswith(f"ValueError: cannot use {HIDDEN} or Bearer {HIDDEN}")
    assert MADE not in stream.getvalue()


@pytest.fixture
def heard() -> Iterator[io.StringIO]:
    """Everything that any logger says at any level, as `hrm serve` would write it."""
    root, stream = logging.getLogger(), io.StringIO()
    before = root.handlers[:], root.level
    root.handlers[:] = [logging.StreamHandler(stream)]
    root.setLevel(logging.DEBUG)
    protect_logs((CHOSEN,))
    yield stream
    root.handlers[:], root.level = before


@pytest.mark.requirement("CP-12")
def test_at_the_loudest_no_path_through_the_server_logs_a_token(
    heard: io.StringIO, tmp_path: Path
) -> None:
    register = Register(tmp_path / "tokens.json")
    keys = Keyring({"owner": CHOSEN})
    keys.watch(register.path)
    named, wrong = register.add("laptop"), new_token()

    async def run() -> None:
        settings = SETTINGS.model_copy(update={"audit_arguments": True})
        async with client_of(make_app(ALL, keys, settings)) as client:
            for token in (CHOSEN, named, wrong):
                headers = {"Authorization": f"Bearer {token}", "X-Request-ID": token}
                for path in ("/v1/tools", "/v1/tools/none", "/mcp", f"/v1/tools?token={token}"):
                    await client.get(path, headers=headers)
                for text in ("expression", "boom", "busy", token, f"Bearer {token}"):
                    body = {"text": text}
                    for name in ("fail", "echo", "lie", "elsewhere"):
                        await client.post(f"/v1/tools/{name}", json=body, headers=headers)
                await client.post("/mcp", content=b"{", headers=headers)
        register.path.write_text(f"damaged {named}")
        assert keys.caller(named) is None

    asyncio.run(run())
    said = heard.getvalue()
    assert "unexpected error" in said
    assert "damaged" not in said
    for token in (CHOSEN, named, wrong):
        assert token not in said


@pytest.mark.slow
@pytest.mark.requirement("CP-12")
def test_a_real_server_at_its_loudest_never_prints_a_token(tmp_path: Path) -> None:
    file, log = tmp_path / "token", tmp_path / "log"
    file.write_text(f"{CHOSEN}\n")
    file.chmod(0o600)
    named = Register(tmp_path / "tokens.json").add("laptop")
    words = ["-vv", "serve", "--port", "0", "--json", "--token-file", str(file)]
    words += ["--set", 'tools=["solve_maze"]', "--set", "workers=1", "--set", "log_level=debug"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "hrm_coprocessor", *words],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            stdout=subprocess.PIPE,
            stderr=output,
            text=True,
        )
        assert process.stdout is not None
        url = json.loads(process.stdout.readline())["url"]
        for token in (CHOSEN, named, "wrong-" + CHOSEN):
            headers = {"Authorization": f"Bearer {token}"}
            for path in ("/v1/tools", f"/?token={token}"):
                httpx2.get(url + path, headers=headers)
            body = {"maze": token}
            httpx2.post(f"{url}/v1/tools/solve_maze", json=body, headers=headers, timeout=60)
        process.terminate()
        process.communicate(timeout=60)
    said = log.read_text()
    assert "POST /v1/tools/solve_maze" in said
    assert CHOSEN not in said
    assert named not in said
