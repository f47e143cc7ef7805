"""A server that other machines can reach: who gets in, by which name, from which page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hrm_coprocessor.cli import main
from hrm_coprocessor.guard.tokens import Keyring, new_token
from tests.security.raw import ask_raw, guarded, head

ANYWHERE = "0.0.0.0"  # noqa: S104 - an address other machines can reach is what is tested
TOKEN = new_token()
PATHS = ["/v1/tools", "/docs", "/openapi.json", "/metrics", "/mcp", "/problems/busy", "/nowhere"]
OPEN = {"host": ANYWHERE, "allow_hosts": ("pc2.lan",), "token": Keyring({"owner": TOKEN})}


def status(answer: bytes) -> int:
    return int(answer.split(maxsplit=2)[1])


@pytest.mark.requirement("CP-12")
def test_off_loopback_everything_but_the_probes_needs_the_token() -> None:
    with guarded(**OPEN) as address:
        for path in PATHS:
            for method in ("GET", "POST", "OPTIONS", "HEAD", "TRACE"):
                assert status(ask_raw(address, head(path, method, Host="pc2.lan"))) == 401
        assert status(ask_raw(address, head("/healthz", Host="pc2.lan"))) == 200
        assert status(ask_raw(address, head("/readyz", Host="pc2.lan"))) in (200, 503)
        for path in ("/v1/tools", "/metrics", "/docs", "/openapi.json"):
            request = head(path, Host="pc2.lan", Authorization=f"Bearer {TOKEN}")
            assert status(ask_raw(address, request)) == 200


@pytest.mark.requirement("CP-12")
@pytest.mark.parametrize("path", ["/healthz/", "//healthz", "/HEALTHZ", "/healthz/../v1/tools"])
def test_no_spelling_of_an_open_path_opens_another(path: str) -> None:
    with guarded(**OPEN) as address:
        assert status(ask_raw(address, head(path, Host="pc2.lan"))) == 401


@pytest.mark.requirement("CP-12")
@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Host": "pc2.lan:8765"}, 200),
        ({"Host": "127.0.0.1"}, 200),
        ({"Host": ANYWHERE}, 421),
        ({"Host": "evil.example"}, 421),
        ({"Host": "pc2.lan.evil.example"}, 421),
        ({"Host": "pc2.lan", "Origin": "http://pc2.lan:3000"}, 200),
        ({"Host": "pc2.lan", "Origin": "https://evil.example"}, 403),
        ({"Host": "pc2.lan", "Origin": "null"}, 403),
        ({"Host": "pc2.lan", "X-Forwarded-Host": "evil.example"}, 200),
        ({"Host": "evil.example", "X-Forwarded-Host": "pc2.lan"}, 421),
    ],
)
def test_bound_to_every_address_it_still_checks_by_which_name_it_is_called(
    headers: dict[str, str], expected: int
) -> None:
    with guarded(**OPEN) as address:
        for path in ("/v1/tools", "/problems/busy"):
            request = head(path, Authorization=f"Bearer {TOKEN}", **headers)
            assert status(ask_raw(address, request)) == expected


def test_the_probes_check_the_name_too() -> None:
    with guarded(**OPEN) as address:
        assert status(ask_raw(address, head("/healthz", Host="evil.example"))) == 421


def test_a_page_that_was_allowed_may_call_and_no_other_port_of_its_host() -> None:
    with guarded(**OPEN, allow_origins=("https://chat.example:8443",)) as address:
        for origin, expected in (("https://chat.example:8443", 200), ("https://chat.example", 403)):
            request = head(
                "/v1/tools", Host="pc2.lan", Origin=origin, Authorization=f"Bearer {TOKEN}"
            )
            assert status(ask_raw(address, request)) == expected


@pytest.mark.requirement("CP-12")
def test_an_open_server_with_a_damaged_list_of_tokens_does_not_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tokens.json").write_text("{")
    (tmp_path / "tokens.json").chmod(0o600)
    words = ["--host", ANYWHERE, "--allow-host", "pc2.lan", "--token-file", str(tmp_path / "token")]
    assert main(["serve", "--port", "0", *words]) == 1
    assert "cannot read the tokens" in capsys.readouterr().err


@pytest.mark.requirement("CP-12")
@pytest.mark.parametrize("path", ["/v1/tools/echo", "/mcp", "/predict"])
@pytest.mark.parametrize("shape", ['{"a":', "["])
def test_json_nested_a_hundred_thousand_deep_is_a_clear_error(path: str, shape: str) -> None:
    body = shape.encode() * (100_000 // len(shape) * len(shape))
    headers = {
        "Host": "pc2.lan",
        "Authorization": f"Bearer {TOKEN}",
        "Content-Type": "application/json",
        "Accept": "application/json, text/event-stream",
        "Content-Length": str(len(body[:200_000])),
    }
    with guarded(**OPEN, predict_tool="echo") as address:
        answer = ask_raw(address, head(path, "POST", **headers) + body[:200_000])
    top, _, text = answer.partition(b"\r\n\r\n")
    assert status(top) in (400, 422)
    assert "error" in json.loads(text) or json.loads(text)["kind"] == "invalid"
