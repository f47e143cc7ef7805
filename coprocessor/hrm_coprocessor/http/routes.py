"""The REST routes: the list of tools, one route a tool, and what each kind of problem means.

GET  /v1/tools          what can be called (?format=openai|compact|mcp)
POST /v1/tools/{name}   call a tool with its arguments as the JSON body
POST /predict           {"input_sequence": ...} -> {"result": ...}
POST /generate          {"prompt": ..., "examples"?: ...} -> {"code": ..., "status": ...}
GET  /problems/{kind}   what a problem's `type` points to
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import FastAPI, Path
from starlette.responses import Response

from hrm_coprocessor.adapters.http import add_tool_route
from hrm_coprocessor.http.openapi import answers, problems
from hrm_coprocessor.http.predict import CODE_TOOL, generate_tool, predict_tool
from hrm_coprocessor.problems import TYPE_SCHEMA, TYPES, explain, problem
from hrm_coprocessor.service import Service
from hrm_tools.errors import UnknownToolError
from hrm_tools.schema import FORMATS

Format = Literal["openai", "compact", "mcp"]
_KINDS = Path(json_schema_extra={"enum": list(TYPES)})
LIST_SCHEMA = {
    "type": "object",
    "required": ["tools"],
    "properties": {"tools": {"type": "array", "items": {"type": "object"}}},
}


def add_routes(app: FastAPI, service: Service) -> None:
    """Add all routes that lead to tools, or speak of them."""

    @app.get(
        "/v1/tools",
        summary="The tools that can be called",
        description="In the form of OpenAI's function calling, fit to be sent to a chat API as it "
        "stands; `compact` is the same for llama.cpp, `mcp` the form of MCP's tools/list.",
        responses=answers(LIST_SCHEMA, "The tools") | problems("invalid"),
    )
    async def list_tools(format: Format = "openai") -> dict[str, Any]:
        return {"tools": [FORMATS[format](tool) for tool in service.tools.values()]}

    for tool in service.tools.values():
        add_tool_route(app, f"/v1/tools/{tool.name}", service, tool)

    @app.post("/v1/tools/{name}", include_in_schema=False)
    async def unknown_tool(name: str) -> Response:
        return problem(404, "unknown", str(UnknownToolError(name, service.tools)))

    if (behind := service.settings.predict_tool) in service.tools:
        add_tool_route(app, "/predict", service, predict_tool(service.tools[behind]))
    if CODE_TOOL in service.tools:
        add_tool_route(app, "/generate", service, generate_tool(service.tools[CODE_TOOL]))

    @app.get(
        "/problems/{kind}",
        summary="What a kind of problem means and what to do",
        responses=answers(TYPE_SCHEMA, "The explanation") | problems("unknown", "invalid"),
        response_model=None,
    )
    async def explain_problem(kind: Annotated[str, _KINDS]) -> Response:
        return explain(kind)
