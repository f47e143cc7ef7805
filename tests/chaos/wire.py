"""HTTP by hand, for what no client library would send."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from tests.chaos.world import PATIENCE_S, Server


@contextmanager
def speaking(server: Server, said: bytes) -> Iterator[socket.socket]:
    """A connection on which `said` was sent."""
    with socket.create_connection(server.address, timeout=PATIENCE_S) as connection:
        connection.sendall(said)
        yield connection


def heard(connection: socket.socket) -> bytes:
    """All that the server says until it closes the connection."""
    parts: list[bytes] = []
    try:
        while part := connection.recv(65_536):
            parts.append(part)
    except ConnectionResetError:  # it closes with bytes of ours unread
        pass
    return b"".join(parts)


def request(path: str, body: bytes, *headers: str) -> bytes:
    """A POST as it goes over the wire."""
    lines = [f"POST {path} HTTP/1.1", "Host: localhost", *headers]
    lines += ["Content-Type: application/json", f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode() + body
