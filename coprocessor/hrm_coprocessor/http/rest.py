"""What a REST call is before and after its tool: a JSON object read, an outcome written.

A client that hangs up cancels its call.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pydantic_core
from fastapi import Request
from starlette.responses import JSONResponse, Response

from hrm_coprocessor.problems import STATUS, problem
from hrm_tools.spec import Outcome

RETRY_AFTER_S = 1
"""How long a caller who was told `busy` should wait, in seconds."""
AGAIN = ("busy", "cancelled")
"""Outcomes after which the same call may succeed in a moment."""


async def read_object(request: Request) -> dict[str, Any] | Response:
    """The JSON object in a request's body, or the problem with it.

    A request that names no media type is taken to be JSON.
    """
    media_type = request.headers.get("content-type", "application/json").partition(";")[0]
    if media_type.strip().lower() != "application/json":
        headers = {"Accept": "application/json"}
        return problem(415, "invalid", "send JSON: `Content-Type: application/json`", headers)
    try:
        value = pydantic_core.from_json(await request.body(), allow_inf_nan=False)
    except ValueError as error:
        return problem(422, "invalid", f"the body is not JSON: {error}")
    if not isinstance(value, dict):
        return problem(422, "invalid", "send a JSON object with the arguments")
    return value


async def unless_gone(request: Request, call: Coroutine[Any, Any, Outcome]) -> Outcome:
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


def respond(outcome: Outcome) -> Response:
    """The outcome as a response: the data, or a problem."""
    if outcome.ok:
        return JSONResponse(outcome.data)
    headers = {"Retry-After": str(RETRY_AFTER_S)} if outcome.kind in AGAIN else None
    return problem(STATUS[outcome.kind], outcome.kind, outcome.text, headers)
