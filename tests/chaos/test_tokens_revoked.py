"""A token is revoked while its owner works: the next call is refused, nobody else's is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hrm_coprocessor.cli import main
from tests.chaos.conftest import Serve
from tests.chaos.world import PATIENCE_S, SURFACES, Gate, agent

pytestmark = [pytest.mark.slow, pytest.mark.requirement("CP-13")]

Token = Callable[..., str]


@pytest.fixture
def token(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Token:
    """`token(*words)`: what `hrm token ...` prints."""

    def tell(*words: str) -> str:
        assert main(["token", *words, "--token-file", str(tmp_path / "token")]) == 0
        return capsys.readouterr().out.strip()

    return tell


@pytest.mark.slow
def test_the_next_call_with_it_is_refused_and_another_token_still_works(
    serve: Serve, gate: Gate, token: Token, tmp_path: Path
) -> None:
    phone = token("add", "phone")
    server = serve("--set", "workers=1", "--token-file", str(tmp_path / "token"))
    for surface, form in SURFACES.items():
        laptop = token("add", surface)  # the server runs already
        spec = form.format(server.url)
        with agent(spec, laptop) as revoked, agent(spec, phone) as other:
            assert revoked.works()
            assert other.works()
            asked = revoked.begin("gate_here")
            visitor = gate.visitor()
            token("revoke", surface)
            visitor.open()
            begun = asked.result(PATIENCE_S)
            assert (begun.data or {}).get("result") == "passed", begun
            refused = revoked.toolbox.call("echo", {"text": "still there?"})
            assert refused.error_kind == "unreachable"
            assert "the token is missing or wrong" in refused.text
            assert laptop not in refused.text
            assert other.works()
    assert phone not in server.log.read_text()
