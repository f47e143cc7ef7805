"""Connections that are too slow, too many or too long are ended, and others are served."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import ExitStack

import pytest

from hrm_coprocessor.guard.limits import MAX_HEAD_BYTES, MAX_HEADERS, MAX_URL
from tests.security.raw import ask_raw, connected, guarded, head, read_all, unread

QUICK = {"read_timeout_s": 0.3}
BODY = b'{"a": 1}'
CALL = head("/v1/tools/add", "POST", Content_Length=str(len(BODY)), Connection="keep-alive")
MUCH = head("/openapi.json", Connection="keep-alive") * 100
"""Requests whose answers fill every buffer on their way."""


def status_of(answer: bytes) -> int:
    return int(answer.split(maxsplit=2)[1])


def problem_in(answer: bytes) -> str:
    """The detail of the problem document in a raw answer."""
    top, _, body = answer.partition(b"\r\n\r\n")
    assert b"application/problem+json" in top
    detail: str = json.loads(body)["detail"]
    return detail


def taken(connection: socket.socket, data: bytes, piece: int = 1, pause_s: float = 0.02) -> int:
    """How many bytes the server takes, a piece now and then, until it answers or closes."""
    connection.settimeout(pause_s)
    for start in range(0, len(data), piece):
        try:
            connection.sendall(data[start : start + piece])
            connection.recv(65536)
            return start
        except TimeoutError:
            continue
        except ConnectionError:
            return start
    return len(data)


@pytest.mark.requirement("CP-12")
@pytest.mark.parametrize("sent", [b"", b"G", b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: "])
def test_a_head_that_does_not_come_ends_the_connection(sent: bytes) -> None:
    with guarded(**QUICK) as address, connected(address) as connection:
        connection.sendall(sent)
        assert read_all(connection) == b""


@pytest.mark.requirement("CP-12")
@pytest.mark.parametrize("before", [b"", CALL + BODY], ids=["first", "after an answer"])
def test_bytes_now_and_then_do_not_hold_a_connection(before: bytes) -> None:
    with guarded(**QUICK) as address, connected(address) as connection:
        if before:
            connection.sendall(before)
            assert connection.recv(65536)
        slow = b"GET /healthz HTTP/1.1\r\nX-Slow: " + b"x" * 10_000
        assert taken(connection, slow) < len(slow)


@pytest.mark.requirement("CP-12")
def test_a_body_that_does_not_come_is_a_408_and_the_connection_ends() -> None:
    with guarded(**QUICK) as address, connected(address) as connection:
        connection.sendall(CALL + BODY[:3])
        answer = read_all(connection)
    assert status_of(answer) == 408
    assert "did not arrive within 0.3 s" in problem_in(answer)


def test_the_rest_of_a_refused_body_is_not_waited_for() -> None:
    with guarded(token="t" * 32, **QUICK) as address, connected(address) as connection:
        connection.sendall(head("/mcp", "POST", Content_Length="100000", Connection="keep-alive"))
        assert status_of(connection.recv(65536)) == 401
        assert taken(connection, b"x" * 10_000) < 10_000


@pytest.mark.requirement("CP-12")
@pytest.mark.parametrize("limit", ["max_connections", "max_per_address"])
def test_one_connection_too_many_is_closed_and_the_others_live(limit: str) -> None:
    with guarded(**{limit: 3}) as address, ExitStack() as stack:
        held = [stack.enter_context(connected(address)) for _ in range(3)]
        for connection in held:
            connection.sendall(CALL + BODY)
            assert status_of(connection.recv(65536)) == 200
        assert ask_raw(address, b"") == b""
        held[0].sendall(CALL + BODY)
        assert status_of(held[0].recv(65536)) == 200


def test_a_place_is_free_again_once_a_connection_ends() -> None:
    with guarded(max_connections=1) as address:
        for _ in range(3):
            assert status_of(ask_raw(address, head())) == 200


@pytest.mark.requirement("CP-12")
def test_an_answer_that_is_not_read_does_not_hold_a_place_for_ever() -> None:
    pause = threading.Event()
    with guarded(max_connections=1, **QUICK) as address, connected(address) as stuck:
        stuck.sendall(MUCH)
        while not ask_raw(address, head()):  # closed at once while the place is taken
            assert not pause.wait(0.05)


def test_a_client_that_reads_late_gets_all_of_its_answers() -> None:
    pause, arrived = threading.Event(), -1
    with guarded() as address, connected(address) as connection:
        connection.sendall(MUCH + head("/openapi.json"))
        while arrived != (arrived := unread(connection)) or not arrived:
            pause.wait(0.1)
        assert read_all(connection).count(b"HTTP/1.1 200 OK") == 101


def test_requests_that_come_in_one_piece_are_all_answered() -> None:
    with guarded() as address:
        last = CALL.replace(b"keep-alive", b"close")
        assert ask_raw(address, (CALL + BODY) * 3 + last + BODY).count(b'"total":2') == 4


@pytest.mark.requirement("CP-12")
@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (head("/healthz?" + "x" * MAX_URL), 414),
        (head(**{f"X_{n}": "1" for n in range(MAX_HEADERS)}), 431),
        (head(X_Long="x" * MAX_HEAD_BYTES), 431),
    ],
    ids=["url", "lines", "bytes"],
)
def test_a_head_that_is_too_long_is_refused(request_: bytes, status: int) -> None:
    with guarded() as address:
        answer = ask_raw(address, request_)
    assert status_of(answer) in (status, 400)  # 400 when it came in pieces
    assert answer.count(b"HTTP/1.1") == 1


def test_endless_header_lines_are_cut_off() -> None:
    with guarded() as address, connected(address) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n")
        lines = (b"X-More: " + b"x" * 1000 + b"\r\n") * 100
        assert taken(connection, lines, piece=8000, pause_s=0.05) < len(lines)


def test_two_lengths_or_an_encoding_beside_a_length_are_refused() -> None:
    """What a proxy and this server might read differently (request smuggling)."""
    both = head("/v1/tools/add", "POST", Content_Length="8", Transfer_Encoding="gzip")
    twice = both.replace(b"Transfer-Encoding: gzip", b"Content-Length: 9")
    with guarded() as address:
        for request_ in (both, twice):
            assert status_of(ask_raw(address, request_ + BODY)) >= 400


def test_an_upgrade_to_a_websocket_is_not_offered() -> None:
    request_ = head(Upgrade="websocket", Connection="Upgrade, close", Sec_WebSocket_Version="13")
    with guarded() as address:
        assert status_of(ask_raw(address, request_)) == 200  # answered as a plain request
