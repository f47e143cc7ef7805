"""An OpenAI-compatible server as an executor: real servers on loopback."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from typing import Any

import anyio
import pytest
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, StreamingResponse

from hrm_engine.codegen.executor import ExecutorError
from hrm_engine.deadline import Deadline
from hrm_engine.errors import ConfigError
from hrm_tools.executors import make_executor
from hrm_tools.executors.openai_compatible import KEY, MOST_BYTES
from tests.agents.chat_server import ChatServer
from tests.agents.conftest import Serve, serving

SECRET = "sk-very-secret"  # noqa: S105 - made up
PATIENT = Deadline.never()


def says(text: str | None) -> dict[str, Any]:
    return {"role": "assistant", "content": text}


@pytest.fixture
def serve() -> Iterator[Serve]:
    with ExitStack() as stack:
        yield lambda app: stack.enter_context(serving(app))


def samples(url: str, k: int = 1, deadline: Deadline = PATIENT) -> list[str]:
    executor = make_executor(f"{url}/v1#coder", 77)
    assert executor.name == "coder"
    return list(executor.sample("Write it", k, 0.4, deadline))


@pytest.mark.requirement("SD-10")
def test_each_sample_is_one_request_with_the_key(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY, SECRET)
    server = ChatServer([says("one"), says(None)])
    assert samples(serve(server.app()), 2) == ["one", ""]
    first, second = server.requests
    assert first == second
    assert first == {
        "model": "coder",
        "messages": [{"role": "user", "content": "Write it"}],
        "temperature": 0.4,
        "max_tokens": 77,
    }
    assert server.headers[0]["authorization"] == f"Bearer {SECRET}"


def test_without_a_key_none_is_sent(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY, raising=False)
    server = ChatServer([says("one")])
    samples(serve(server.app()))
    assert "authorization" not in server.headers[0]


def test_a_key_that_no_header_can_hold_is_refused_and_not_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(KEY, f"{SECRET}\nHost: x")
    with pytest.raises(ConfigError, match=f"{KEY} holds characters") as caught:
        samples("http://127.0.0.1:1")
    assert SECRET not in str(caught.value)


def test_a_refusal_is_told_without_the_key(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, SECRET)
    refusal = JSONResponse({"error": {"message": f"bad key {SECRET}"}}, 401)
    with pytest.raises(ExecutorError, match=r"401 bad key \*\*\*") as caught:
        samples(serve(ChatServer([refusal]).app()))
    assert SECRET not in str(caught.value)
    assert KEY in caught.value.hint


@pytest.mark.parametrize(
    ("body", "problem"),
    [({"error": "no such model"}, "404 no such model"), (["?"], r"404 \[\"\?\"\]")],
)
def test_refusals_of_other_forms_are_told_too(serve: Serve, body: Any, problem: str) -> None:
    with pytest.raises(ExecutorError, match=problem):
        samples(serve(ChatServer([JSONResponse(body, 404)]).app()))


def test_redirects_are_not_followed_so_the_key_stays(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY, SECRET)
    other = ChatServer([says("stolen")])
    away = RedirectResponse(f"{serve(other.app())}/v1/chat/completions", 307)
    with pytest.raises(ExecutorError, match="refused: 307"):
        samples(serve(ChatServer([away]).app()))
    assert other.requests == []


@pytest.mark.parametrize(
    "reply", [PlainTextResponse("<html>"), JSONResponse({"choices": []}), JSONResponse([1])]
)
def test_a_server_that_speaks_otherwise_is_a_clear_error(serve: Serve, reply: Any) -> None:
    with pytest.raises(ExecutorError, match="as OpenAI's does"):
        samples(serve(ChatServer([reply]).app()))


def test_a_reply_without_an_end_is_bounded_in_size(serve: Serve) -> None:
    sent = 0

    async def flood() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 1
            yield b"x" * 65_536
            await anyio.sleep(0)

    with pytest.raises(ExecutorError, match="as OpenAI's does"):
        samples(serve(ChatServer([StreamingResponse(flood())]).app()))
    assert sent > MOST_BYTES // 65_536


def test_a_reply_that_trickles_is_bounded_in_time(serve: Serve) -> None:
    async def trickle() -> AsyncIterator[bytes]:
        while True:
            yield b" "
            await anyio.sleep(0.01)

    url = serve(ChatServer([StreamingResponse(trickle())]).app())
    assert samples(url, deadline=Deadline.after(0.5)) == []


def test_a_server_that_never_replies_is_a_clear_error(serve: Serve) -> None:
    async def never(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await anyio.sleep_forever()

    with pytest.raises(ExecutorError, match="did not reply in time"):
        samples(serve(never), deadline=Deadline.after(0.3))


def test_a_server_that_is_down_is_a_clear_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(ExecutorError, match=f"does not reply.*127.0.0.1:{port}/v1"):
        samples(f"http://127.0.0.1:{port}")


def test_when_no_time_is_left_nothing_is_sent(serve: Serve) -> None:
    server = ChatServer([])
    assert samples(serve(server.app()), deadline=Deadline.after(0)) == []
    assert server.requests == []


@pytest.mark.parametrize(
    "spec", ["http://host/v1", "http:///v1#m", "https://me:word@host/v1#m", "http://host/v1?k=w#m"]
)
def test_an_address_that_cannot_be_meant_is_refused_without_its_secrets(spec: str) -> None:
    with pytest.raises(ConfigError, match="is no address") as caught:
        make_executor(spec)
    assert "word" not in str(caught.value)
    assert KEY in caught.value.hint
