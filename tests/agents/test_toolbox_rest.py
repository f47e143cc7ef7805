"""The REST toolbox against real servers: the same answers as over MCP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import anyio
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from hrm_agents.errors import ToolServerError
from hrm_agents.toolbox import build_toolbox
from hrm_agents.toolbox.rest import RESTToolbox
from tests.agents import tool_server
from tests.agents.conftest import Serve, serving


def problem(kind: str, status: int, detail: str) -> Response:
    return JSONResponse({"kind": kind, "status": status, "detail": detail}, status)


async def listed(request: Request) -> Response:
    tool = {"name": "calculate_derivative", "description": "", "inputSchema": tool_server.SCHEMA}
    return JSONResponse({"tools": [tool]})


async def called(request: Request) -> Response:
    expression = (await request.json()).get("expression")
    if expression == "hang":
        await anyio.sleep_forever()
    replies: dict[Any, Response] = {
        None: problem("invalid", 422, "expression: give one"),
        "busy": problem("busy", 429, "too many calls"),
        "odd": PlainTextResponse("Gateway broken", 504),
        "odder": PlainTextResponse("", 500),
        "locked": problem("unauthorized", 401, "no token"),
        "elsewhere": problem("forbidden", 421, "unknown host"),
    }
    return replies.get(expression) or JSONResponse(tool_server.answer(expression))


def app() -> Starlette:
    call = Route("/v1/tools/calculate_derivative", called, methods=["POST"])
    return Starlette(routes=[Route("/v1/tools", listed), call])


@pytest.fixture(scope="module")
def toolbox() -> Iterator[RESTToolbox]:
    with serving(app()) as url:
        toolbox = build_toolbox(f"rest:{url}/")
        assert isinstance(toolbox, RESTToolbox)
        yield toolbox
        toolbox.close()


def test_tools_are_listed_and_called(toolbox: RESTToolbox) -> None:
    assert toolbox.list()[0]["function"]["parameters"] == tool_server.SCHEMA
    result = toolbox.call("calculate_derivative", {"expression": "sin(5x)"})
    assert result.text == "result: 5*cos(5*x)\nverdict: proved"
    assert result.data == tool_server.answer("sin(5x)")


@pytest.mark.parametrize(
    ("arguments", "kind", "text"),
    [
        ({}, "invalid", "error: expression: give one"),
        ({"expression": "busy"}, "busy", "error: too many calls"),
        ({"expression": "odd"}, "timeout", "error: Gateway broken"),
        ({"expression": "odder"}, "failed", "error: the server answered 500"),
        ({"expression": "floor(x)"}, "failed", "error: no rule for this expression"),
    ],
)
def test_a_problem_is_told_to_the_model(
    toolbox: RESTToolbox, arguments: dict[str, Any], kind: str, text: str
) -> None:
    result = toolbox.call("calculate_derivative", arguments)
    assert (result.error_kind, result.text) == (kind, text)


@pytest.mark.parametrize(
    ("expression", "reason"),
    [("locked", "the token is missing or wrong"), ("elsewhere", "that host name")],
)
def test_a_refusal_says_why(toolbox: RESTToolbox, expression: str, reason: str) -> None:
    result = toolbox.call("calculate_derivative", {"expression": expression})
    assert result.error_kind == "unreachable"
    assert reason in result.text


def test_a_tool_that_does_not_answer_is_given_up(toolbox: RESTToolbox) -> None:
    result = toolbox.call("calculate_derivative", {"expression": "hang"}, timeout_s=0.1)
    assert result.error_kind == "timeout"


def test_a_server_that_is_down_is_a_clear_error(free_port: int) -> None:
    toolbox = RESTToolbox(f"http://127.0.0.1:{free_port}", pause_s=0)
    with pytest.raises(ToolServerError, match="cannot be used"):
        toolbox.list()
    assert toolbox.call("plan", {}).error_kind == "unreachable"
    toolbox.close()


def test_a_server_that_does_not_answer_is_a_clear_error(serve: Serve) -> None:
    async def silent(request: Request) -> Response:
        await anyio.sleep_forever()
        raise AssertionError

    app = Starlette(routes=[Route("/v1/tools", silent)])
    toolbox = RESTToolbox(serve(app), timeout_s=0.1, pause_s=0)
    with pytest.raises(ToolServerError, match="no answer within"):
        toolbox.list()
    toolbox.close()


def test_a_server_that_is_something_else_is_a_clear_error(serve: Serve) -> None:
    async def other(request: Request) -> Response:
        return PlainTextResponse("Hello")

    toolbox = RESTToolbox(serve(Starlette(routes=[Route("/v1/tools", other)])), pause_s=0)
    with pytest.raises(ToolServerError, match="answered 200 and no list of tools"):
        toolbox.list()
    toolbox.close()


def test_a_call_whose_server_died_behind_a_balancer_is_sent_again(serve: Serve) -> None:
    replies = [PlainTextResponse("no replica", 500), JSONResponse({"result": "x"})]

    async def behind(request: Request) -> Response:
        return replies.pop(0)

    route = Route("/v1/tools/{name}", behind, methods=["POST"])
    toolbox = RESTToolbox(serve(Starlette(routes=[route])), pause_s=0)
    assert toolbox.call("plan", {}).error_kind is None
    assert not replies
    toolbox.close()
