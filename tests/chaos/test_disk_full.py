"""No room for the log: calls are answered, one warning says it, and lines come again after."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.chaos.conftest import Serve
from tests.chaos.world import SURFACES, agent

FULL = Path("/dev/full")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.requirement("CP-13"),
    pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full"),
]


@pytest.mark.slow
def test_calls_go_on_while_the_disk_is_full_and_are_logged_when_it_is_not(
    serve: Serve, tmp_path: Path
) -> None:
    log = tmp_path / "calls.log"
    log.symlink_to(FULL)
    server = serve("--set", "workers=1", "--log-format", "json", "--log-file", str(log))
    for surface in SURFACES.values():
        with agent(surface.format(server.url)) as friend:
            assert all(friend.works() for _ in range(3))
    assert server.log.read_text().count("cannot be written") == 1
    log.unlink()  # somebody makes room
    with agent(server.url) as friend:
        assert friend.works()
    assert "echo" in log.read_text()


@pytest.mark.slow
def test_calls_go_on_when_not_even_stderr_can_be_written(serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "server.log").symlink_to(FULL)
    server = serve("--set", "workers=1", "--log-file", os.fspath(FULL), folder=tmp_path)
    for surface in SURFACES.values():
        with agent(surface.format(server.url)) as friend:
            assert all(friend.works() for _ in range(3))
    server.kill()
    (tmp_path / "server.log").unlink()
    (tmp_path / "server.log").touch()
