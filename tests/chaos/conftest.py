"""A gate and servers for each file of tests; a server that logged a traceback has failed them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest

from tests.chaos.world import Gate, Server

Serve = Callable[..., Server]


@pytest.fixture(scope="module")
def gate() -> Iterator[Gate]:
    with closing(Gate()) as gate:
        yield gate


@pytest.fixture(autouse=True)
def nobody_waits_for_ever(gate: Gate) -> Iterator[None]:
    yield
    gate.dismiss()


@pytest.fixture(scope="module")
def serve(gate: Gate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Start a server; `serve(*words, tools=..., variables=..., folder=...)`."""
    servers: list[Server] = []

    def start(*words: str, **options: Any) -> Server:
        folder = options.pop("folder", None) or tmp_path_factory.mktemp("server")
        servers.append(Server(folder, gate, *words, **options))
        return servers[-1]

    yield start
    gate.dismiss()
    for server in servers:
        assert "Traceback" not in server.stop()
