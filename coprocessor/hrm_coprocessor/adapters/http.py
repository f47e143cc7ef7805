"""A tool as a REST route: the JSON body in, the answer or a problem out, described in OpenAPI.

`invoke` is what validates, for this surface as for all others; FastAPI only routes. So the
route's OpenAPI description is derived from the tool, not from the function's signature.
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from starlette.responses import Response

from hrm_coprocessor.http.openapi import answers, json_content, problems, problems_with_body
from hrm_coprocessor.http.rest import read_object, respond, unless_gone
from hrm_coprocessor.service import Service
from hrm_tools.schema import accepted_schema, output_schema
from hrm_tools.spec import AnyTool


def add_tool_route(app: FastAPI, path: str, service: Service, tool: AnyTool) -> None:
    """Serve `tool` at POST `path`."""

    async def call(request: Request) -> Response:
        arguments = await read_object(request)
        if isinstance(arguments, Response):
            return arguments
        return respond(await unless_gone(request, service.invoke(tool, arguments)))

    app.add_api_route(path, call, methods=["POST"], response_model=None, **operation(tool))


def operation(tool: AnyTool) -> dict[str, Any]:
    """The OpenAPI description of a call, as FastAPI takes it."""
    schema = accepted_schema(tool.input)
    return {
        "summary": tool.title,
        "description": tool.description,
        "operation_id": tool.name,
        "openapi_extra": {"requestBody": {"required": True, "content": json_content(schema)}},
        "responses": answers(output_schema(tool.output))
        | problems("invalid", "cancelled", "timeout")
        | problems_with_body(),
    }
