"""A tool as a REST route: the JSON body in, the answer or a problem out, described in OpenAPI.

`invoke` is what validates, for this surface as for all others; FastAPI only routes. So the
route's OpenAPI description is derived from the tool, not from the function's signature.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pydantic_core
from fastapi import FastAPI, Request
from starlette.responses import JSONResponse, Response

from hrm_coprocessor.problems import SCHEMA, STATUS, problem
from hrm_coprocessor.service import Service
from hrm_tools.schema import input_schema, output_schema
from hrm_tools.spec import AnyTool, Outcome


def add_tool_route(app: FastAPI, path: str, service: Service, tool: AnyTool) -> None:
    """Serve `tool` at POST `path`."""

    async def call(request: Request) -> Response:
        arguments = _read_object(await request.body())
        if isinstance(arguments, Response):
            return arguments
        outcome = await _unless_gone(request, service.invoke(tool, arguments))
        return _respond(outcome)

    app.add_api_route(
        path,
        call,
        methods=["POST"],
        summary=tool.title,
        description=tool.description,
        operation_id=tool.name,
        openapi_extra={
            "requestBody": {"required": True, "content": json_content(input_schema(tool.input))}
        },
        responses=_responses(tool),
        response_model=None,
    )


def _read_object(body: bytes) -> dict[str, Any] | Response:
    """The JSON object in a request's body, or the problem with it."""
    try:
        value = pydantic_core.from_json(body, allow_inf_nan=False)
    except ValueError as error:
        return problem(422, "invalid", f"the body is not JSON: {error}")
    if not isinstance(value, dict):
        return problem(422, "invalid", "send a JSON object with the arguments")
    return value


async def _unless_gone(request: Request, call: Coroutine[Any, Any, Outcome]) -> Outcome:
    """The call's outcome; when the client hangs up first, the call is cancelled."""
    work = asyncio.ensure_future(call)
    hang_up = asyncio.ensure_future(request.receive())  # the body is read: what comes is the end
    try:
        await asyncio.wait((work, hang_up), return_when=asyncio.FIRST_COMPLETED)
        if work.done():
            return work.result()
        return Outcome("cancelled", "the client has left")
    finally:
        work.cancel()
        hang_up.cancel()


def _respond(outcome: Outcome) -> Response:
    """The outcome as a response: the data, or a problem."""
    if outcome.ok:
        return JSONResponse(outcome.data)
    headers = {"Retry-After": "1"} if outcome.kind == "busy" else None
    return problem(STATUS[outcome.kind], outcome.kind, outcome.text, headers)


def _responses(tool: AnyTool) -> dict[int | str, dict[str, Any]]:
    """What the route can answer, for OpenAPI."""
    answers: dict[int | str, dict[str, Any]] = {
        STATUS[kind]: {"description": kind, "content": json_content(SCHEMA, "problem+json")}
        for kind in ("unauthorized", "invalid", "busy", "failed", "cancelled", "timeout")
    }
    answers[200] = {
        "description": "The answer",
        "content": json_content(output_schema(tool.output)),
    }
    return answers


def json_content(schema: dict[str, Any], kind: str = "json") -> dict[str, Any]:
    """A body of this schema, as OpenAPI writes it."""
    return {f"application/{kind}": {"schema": schema}}
