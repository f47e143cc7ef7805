"""The adapter for OpenAI-compatible servers, against a real server on loopback."""

from __future__ import annotations

from typing import Any

import anyio
import pytest
from starlette.responses import JSONResponse, PlainTextResponse

from hrm_agents.errors import ModelError
from hrm_agents.events import Finished
from hrm_agents.llm import build_model
from hrm_agents.llm.openai_compatible import OpenAICompatibleModel
from hrm_agents.loop import run
from hrm_agents.messages import assistant, user
from hrm_agents.settings import ModelSettings
from tests.agents.chat_server import ChatServer
from tests.agents.conftest import Serve
from tests.agents.test_loop import QUESTION, TOOLS, call

CALL: dict[str, Any] = dict(call("sin(5x)"))
ANSWER: dict[str, Any] = dict(assistant("It is 5*cos(5*x)."))


def model_of(serve: Serve, server: ChatServer, **settings: Any) -> OpenAICompatibleModel:
    url = serve(server.app())
    return OpenAICompatibleModel(f"{url}/v1", ModelSettings(**settings), pause_s=0)


@pytest.mark.requirement("CP-2")
@pytest.mark.parametrize("streaming", [False, True])
def test_a_question_is_answered_through_a_server(serve: Serve, streaming: bool) -> None:
    server = ChatServer([CALL, ANSWER])
    model = build_model(f"openai:{serve(server.app())}/v1#qwen3")
    pieces: list[str] = []
    on_text = pieces.append if streaming else None
    *_, last = run(model, TOOLS, QUESTION, on_text=on_text)
    assert isinstance(last, Finished)
    assert (last.reason, last.text) == ("answer", "It is 5*cos(5*x).")
    first, second = server.requests
    assert (first["model"], first["temperature"]) == ("qwen3", 0)
    assert first["tools"][0]["function"]["name"] == "calculate_derivative"
    assert second["messages"][1]["tool_calls"] == CALL["tool_calls"]
    assert second["messages"][2]["content"].startswith("result: 5*cos(5*x)")
    assert "".join(pieces) == ("It is 5*cos(5*x)." if streaming else "")
    assert len(pieces) != 1


@pytest.mark.parametrize("streaming", [False, True])
def test_a_call_left_in_the_text_is_found_and_not_shown(serve: Serve, streaming: bool) -> None:
    text = (
        '<tool_call>{"name": "calculate_derivative", "arguments": {"expression": "x"}}</tool_call>'
    )
    model = model_of(serve, ChatServer([{"role": "assistant", "content": text}]))
    pieces: list[str] = []
    reply = model.complete(QUESTION, TOOLS.list(), pieces.append if streaming else None)
    assert reply["content"] is None
    assert reply["tool_calls"][0]["function"]["arguments"] == '{"expression": "x"}'
    assert pieces == []


def test_parallel_calls_of_a_stream_are_put_together_by_their_index(serve: Serve) -> None:
    both = assistant(None, [*call("x^2")["tool_calls"], *call("x^3", number=2)["tool_calls"]])
    model = model_of(serve, ChatServer([dict(both)]))
    assert model.complete(QUESTION, TOOLS.list(), lambda _: None) == both


def test_a_call_without_an_id_gets_one(serve: Serve) -> None:
    delta = '{"tool_calls": [{"function": {"name": "plan", "arguments": "{}"}}]}'
    model = model_of(serve, ChatServer([[f'data: {{"choices": [{{"delta": {delta}}}]}}']]))
    reply = model.complete(QUESTION, TOOLS.list(), lambda _: None)
    assert reply["tool_calls"][0]["id"] == "call00001"


def test_without_a_name_the_first_model_of_the_server_is_used(serve: Serve) -> None:
    server = ChatServer([ANSWER, ANSWER], models=["llama", "other"])
    model = model_of(serve, server)
    model.complete(QUESTION, [])
    model.complete(QUESTION, [])
    assert [request["model"] for request in server.requests] == ["llama", "llama"]
    assert "tools" not in server.requests[0]
    with pytest.raises(ModelError, match="offers no model"):
        model_of(serve, ChatServer([], models=[])).complete(QUESTION, [])


def test_the_key_is_taken_from_the_environment(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_KEY", "secret")
    server = ChatServer([ANSWER])
    model_of(serve, server, api_key_env="MY_KEY").complete(QUESTION, [])
    assert server.headers[0]["authorization"] == "Bearer secret"


def test_a_busy_server_is_asked_again(serve: Serve) -> None:
    server = ChatServer([PlainTextResponse("loading", 503), PlainTextResponse("", 429), ANSWER])
    assert model_of(serve, server).complete(QUESTION, [])["content"] == "It is 5*cos(5*x)."
    server = ChatServer([PlainTextResponse("loading", 503)] * 2)
    with pytest.raises(ModelError, match="503 loading") as caught:
        model_of(serve, server, retries=1).complete(QUESTION, [])
    assert "start it" in caught.value.hint


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({"error": {"message": "no such model"}}, "404 no such model"),
        ({"error": "no such model"}, "404 no such model"),
        (["?"], r"404 \[\"\?\"\]"),
    ],
)
def test_a_refusal_is_passed_on_at_once(serve: Serve, body: Any, problem: str) -> None:
    server = ChatServer([JSONResponse(body, 404)])
    with pytest.raises(ModelError, match=problem):
        model_of(serve, server).complete(QUESTION, [])
    assert len(server.requests) == 1


def test_a_server_that_is_down_is_a_clear_error(free_port: int) -> None:
    settings = ModelSettings(retries=1)
    model = OpenAICompatibleModel(f"http://127.0.0.1:{free_port}/v1#m", settings, pause_s=0)
    with pytest.raises(ModelError, match=f"127.0.0.1:{free_port}/v1 does not reply"):
        model.complete([user("Hi")], [])


def test_a_server_that_takes_too_long_is_not_asked_again(serve: Serve) -> None:
    async def never(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            asked.append(1)
            await anyio.sleep_forever()

    asked: list[int] = []
    url = serve(never)
    model = OpenAICompatibleModel(f"{url}/v1#m", ModelSettings(timeout_s=0.1), pause_s=0)
    with pytest.raises(ModelError, match="no reply within"):
        model.complete(QUESTION, [])
    assert asked == [1]


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        (PlainTextResponse("<html>"), "did not reply with JSON"),
        (JSONResponse([]), "without a choice"),
        (JSONResponse({"choices": []}), "without a choice"),
    ],
)
def test_a_reply_that_is_none_is_a_clear_error(serve: Serve, reply: Any, problem: str) -> None:
    with pytest.raises(ModelError, match=problem):
        model_of(serve, ChatServer([reply])).complete(QUESTION, [])


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (["data: {"], "broken event"),
        (['data: {"error": {"message": "out of memory"}}'], "out of memory"),
    ],
)
def test_a_stream_that_breaks_is_a_clear_error(
    serve: Serve, lines: list[str], problem: str
) -> None:
    with pytest.raises(ModelError, match=problem):
        model_of(serve, ChatServer([lines])).complete(QUESTION, [], lambda _: None)


def test_a_server_that_stops_in_the_middle_is_a_clear_error(serve: Serve) -> None:
    short = PlainTextResponse("data: ", headers={"content-length": "1000"})
    with pytest.raises(ModelError, match="stopped in the middle"):
        model_of(serve, ChatServer([short])).complete(QUESTION, [], lambda _: None)
