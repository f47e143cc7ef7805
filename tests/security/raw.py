"""A server on a real port with its limits on connections, and clients that misbehave."""

from __future__ import annotations

import contextlib
import fcntl
import socket
import sys
import termios
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI

from hrm_coprocessor.guard.tokens import Keyring
from hrm_coprocessor.guard.wire import uvicorn_options
from hrm_coprocessor.http.http_app import create_app
from hrm_coprocessor.settings import ServeSettings
from tests.tools.samples import ADD, ECHO

PATIENCE_S = 30.0
"""How long a test waits for the server to act; far longer than any limit under test."""
BUFFER = 32_768
"""Bytes that the system holds for either side, so that a client that does not read is felt soon."""


@contextmanager
def guarded(
    token: str | Keyring | None = None, host: str = "127.0.0.1", **settings: Any
) -> Iterator[tuple[str, int]]:
    """A server with these settings, guarded as `hrm serve` guards it; gives a client's address."""
    chosen = ServeSettings(host=host, workers=1, worker_memory_mb=512, **settings)
    app: FastAPI = create_app(chosen, (ADD, ECHO), token)
    listener = socket.create_server((host, 0), backlog=64)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER)  # its connections inherit it
    config = uvicorn.Config(
        app, log_config=None, timeout_graceful_shutdown=1, **uvicorn_options(chosen)
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        yield "127.0.0.1", listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def connected(address: tuple[str, int]) -> Iterator[socket.socket]:
    """A plain TCP connection that gives up after a while, and takes little unread."""
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        connection.settimeout(PATIENCE_S)
        connection.connect(address)
        yield connection


def unread(connection: socket.socket) -> int:
    """How many bytes have arrived that nobody has read."""
    return int.from_bytes(fcntl.ioctl(connection, termios.FIONREAD, bytes(4)), sys.byteorder)


def read_all(connection: socket.socket) -> bytes:
    """Everything until the server closes. Raises TimeoutError when it does not."""
    received = b""
    with contextlib.suppress(ConnectionResetError):
        while data := connection.recv(65536):
            received += data
    return received


def ask_raw(address: tuple[str, int], request: bytes) -> bytes:
    """What the server answers to these bytes, until it closes."""
    with connected(address) as connection:
        connection.sendall(request)
        return read_all(connection)


def head(path: str = "/healthz", method: str = "GET", **headers: str) -> bytes:
    """A request's head; underscores in names are hyphens. It asks to close afterwards."""
    lines = {"Host": "localhost", "Connection": "close"}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    text = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"{method} {path} HTTP/1.1\r\n{text}\r\n".encode("latin-1")
