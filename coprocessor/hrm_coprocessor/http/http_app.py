"""One HTTP application: MCP at `/mcp`, the same tools as REST, and an OpenAPI description.

    POST /mcp               streamable HTTP, both wires
    /v1/tools, /predict, /generate   the tools over REST (`routes.py`)
    GET  /healthz, /readyz  whether the server is alive, whether it is ready
    GET  /metrics           figures for Prometheus
    GET  /docs              the OpenAPI document (`openapi.py`), to be read

Requests pass the gate (host, origin, token) and the body limit first. Errors are problem
documents (`problems.py`). Calls go to `Service`, as they do from MCP, so both agree.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from mcp.server import Server
from mcp.server.transport_security import TransportSecuritySettings
from starlette.middleware.cors import CORSMiddleware

from hrm_coprocessor.adapters.mcp import create_mcp_server
from hrm_coprocessor.guard.auth import Gate
from hrm_coprocessor.guard.limits import BodyLimit, HeadLimit
from hrm_coprocessor.guard.rate import Allowances, RateLimit
from hrm_coprocessor.guard.tokens import OWNER, Keyring
from hrm_coprocessor.http.openapi import publish
from hrm_coprocessor.http.probes import add_probes
from hrm_coprocessor.http.routes import add_routes
from hrm_coprocessor.problems import UnexpectedErrors, add_problem_handlers
from hrm_coprocessor.service import Service
from hrm_coprocessor.settings import ServeSettings
from hrm_coprocessor.watch.metrics import Metrics
from hrm_coprocessor.watch.request_context import RequestContext
from hrm_tools.spec import AnyTool

DESCRIPTION = "Tools for local LLMs, answered by small trained reasoners and checked exactly."


def create_app(
    settings: ServeSettings,
    tools: Sequence[AnyTool],
    token: str | Keyring | None = None,
    build_mcp: Callable[[Service], Server[Any]] = create_mcp_server,
) -> FastAPI:
    """The application. Its lifespan owns the service: enter it once.

    token: the one to demand, or all that open the door (`auth.find_keys`); None for no door.
    build_mcp: makes the MCP server; whoever has more to serve there than tools passes another.
    """
    keys = Keyring({OWNER: token}) if isinstance(token, str) else token
    service = Service(settings, tools)
    server = build_mcp(service)
    mcp_app = server.streamable_http_app(
        transport_security=_security(settings),
        max_request_body_size=settings.max_body_bytes,
        stateless_http=settings.engine == "ray",  # a session would live in one replica only
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
    add_problem_handlers(app)
    add_routes(app, service)
    metrics = Metrics(service)
    add_probes(app, service, metrics)
    app.router.routes.extend(mcp_app.routes)  # `/mcp` exactly; a mount would swallow 405s
    publish(app, service.tools, secured=token is not None)
    # The last one added runs first.
    app.add_middleware(BodyLimit, limit=settings.max_body_bytes, seconds=settings.read_timeout_s)
    allowances = Allowances(settings.rate_per_minute, settings.calls_per_caller)
    app.add_middleware(RateLimit, allowances=allowances)
    app.add_middleware(Gate, hosts=settings.known_hosts, keys=keys, origins=settings.allow_origins)
    app.add_middleware(HeadLimit)
    app.add_middleware(UnexpectedErrors)
    if settings.allow_origins:
        _allow_pages(app, settings.allow_origins)
    app.add_middleware(RequestContext, responded=metrics.response)
    return app


def _allow_pages(app: FastAPI, origins: tuple[str, ...]) -> None:
    """Let scripts of these origins call the server from a browser (CORS)."""
    app.add_middleware(
        CORSMiddleware,
        allow_origins=origins,
        allow_methods=["GET", "POST", "DELETE"],
        allow_headers=["*"],
        allow_private_network=True,
        expose_headers=["Mcp-Session-Id", "Retry-After", "WWW-Authenticate", "X-Request-ID"],
    )


def _security(settings: ServeSettings) -> TransportSecuritySettings:
    """The SDK's own check of Host and Origin: off by default on other addresses, so always set."""
    names = [f"[{host}]" if ":" in host else host for host in settings.known_hosts]
    hosts = [form for name in names for form in (name, f"{name}:*")]
    origins = [f"{scheme}://{host}" for scheme in ("http", "https") for host in hosts]
    return TransportSecuritySettings(
        allowed_hosts=hosts, allowed_origins=[*origins, *settings.allow_origins]
    )
