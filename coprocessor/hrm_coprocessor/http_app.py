"""One HTTP application: MCP at `/mcp`, the same tools as REST, and an OpenAPI description.

    POST /mcp               streamable HTTP, both wires
    GET  /v1/tools          what can be called (?format=mcp|openai|compact)
    POST /v1/tools/{name}   call a tool with its arguments as the JSON body
    POST /predict           {"input_sequence": ...} -> {"result": ...}
    GET  /healthz           whether the server is ready

Requests pass the gate (host, origin, token) and the body limit first. Errors are problem
documents (`problems.py`). Calls go to `Service`, as they do from MCP, so both agree.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any, Literal

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from mcp.server import Server
from mcp.server.transport_security import TransportSecuritySettings
from starlette.exceptions import HTTPException
from starlette.responses import Response

from hrm_coprocessor.adapters.http import add_tool_route, json_content
from hrm_coprocessor.adapters.mcp import create_mcp_server
from hrm_coprocessor.auth import Gate
from hrm_coprocessor.limits import BodyLimit
from hrm_coprocessor.predict import predict_tool
from hrm_coprocessor.probes import add_probes
from hrm_coprocessor.problems import SCHEMA, problem
from hrm_coprocessor.service import Service
from hrm_coprocessor.settings import ServeSettings
from hrm_tools.errors import UnknownToolError
from hrm_tools.schema import FORMATS
from hrm_tools.spec import AnyTool

Format = Literal["mcp", "openai", "compact"]

DESCRIPTION = "Tools for local LLMs, answered by small trained reasoners and checked exactly."


def create_app(
    settings: ServeSettings,
    tools: Sequence[AnyTool],
    token: str | None = None,
    build_mcp: Callable[[Service], Server[Any]] = create_mcp_server,
) -> FastAPI:
    """The application. Its lifespan owns the service: enter it once.

    build_mcp: makes the MCP server; whoever has more to serve there than tools passes another.
    """
    service = Service(settings, tools)
    server = build_mcp(service)
    mcp_app = server.streamable_http_app(
        transport_security=_security(settings), max_request_body_size=settings.max_body_bytes
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        with service:
            async with server.session_manager.run():
                yield

    app = FastAPI(
        title="HRM co-processor",
        version=version("hrm-coprocessor"),
        description=DESCRIPTION,
        lifespan=lifespan,
    )
    app.state.service = service
    app.add_exception_handler(HTTPException, _http_problem)
    app.add_exception_handler(RequestValidationError, _query_problem)
    _add_routes(app, service)
    add_probes(app, service)
    app.router.routes.extend(mcp_app.routes)  # `/mcp` exactly; a mount would swallow 405s
    # The last one added runs first.
    app.add_middleware(BodyLimit, limit=settings.max_body_bytes)
    app.add_middleware(Gate, hosts=settings.known_hosts, token=token)
    return app


def _security(settings: ServeSettings) -> TransportSecuritySettings:
    """The SDK's own check of Host and Origin: off by default on other addresses, so always set."""
    names = [f"[{host}]" if ":" in host else host for host in settings.known_hosts]
    hosts = [form for name in names for form in (name, f"{name}:*")]
    origins = [f"{scheme}://{host}" for scheme in ("http", "https") for host in hosts]
    return TransportSecuritySettings(allowed_hosts=hosts, allowed_origins=origins)


def _add_routes(app: FastAPI, service: Service) -> None:
    wrong_format: dict[int | str, dict[str, Any]] = {
        422: {"description": "invalid", "content": json_content(SCHEMA, "problem+json")}
    }

    @app.get(
        "/v1/tools",
        summary="The tools that can be called",
        operation_id="list_tools",
        responses=wrong_format,
    )
    async def list_tools(format: Format = "mcp") -> dict[str, Any]:
        return {"tools": [FORMATS[format](tool) for tool in service.tools.values()]}

    for tool in service.tools.values():
        add_tool_route(app, f"/v1/tools/{tool.name}", service, tool)

    @app.post("/v1/tools/{name}", include_in_schema=False)
    async def unknown_tool(name: str) -> Response:
        return problem(404, "unknown", str(UnknownToolError(name, service.tools)))

    if (behind := service.settings.predict_tool) in service.tools:
        add_tool_route(app, "/predict", service, predict_tool(service.tools[behind]))


async def _http_problem(_: Request, error: Exception) -> Response:
    """The router's 404 and 405, in the same shape as our own problems."""
    assert isinstance(error, HTTPException)
    return problem(error.status_code, "unknown", error.detail, dict(error.headers or {}))


async def _query_problem(_: Request, error: Exception) -> Response:
    """A wrong query parameter."""
    assert isinstance(error, RequestValidationError)
    found = [f"{item['loc'][-1]}: {item['msg']}" for item in error.errors()]
    return problem(422, "invalid", "; ".join(found))
