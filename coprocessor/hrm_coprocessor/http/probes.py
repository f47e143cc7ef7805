"""What watches the server asks: is it alive, is it ready, what are its figures.

    GET /healthz   the process answers; restart it when it does not
    GET /readyz    200 when calls are welcome; 503 while it starts, loses a worker, or shuts down
    GET /metrics   figures for Prometheus

The first two need no token, for load balancers have none; they tell nothing about the tools.
"""

from __future__ import annotations

from fastapi import FastAPI, Request
from starlette.responses import Response

from hrm_coprocessor.http.openapi import answers, problems
from hrm_coprocessor.problems import problem
from hrm_coprocessor.service import Service
from hrm_coprocessor.watch.metrics import Metrics

STATUS = {
    "type": "object",
    "required": ["status"],
    "properties": {"status": {"type": "string"}},
}
TEXT = {"schema": {"type": "string"}}
RETRY_S = "1"
"""When to ask again, in seconds."""


def add_probes(app: FastAPI, service: Service, metrics: Metrics) -> None:
    """Add `GET /healthz`, `GET /readyz` and `GET /metrics`."""

    @app.get(
        "/healthz",
        summary="Whether the server is alive",
        response_model=None,
        responses=answers(STATUS),
    )
    async def healthy() -> dict[str, str]:
        return {"status": "ok"}

    @app.get(
        "/readyz",
        summary="Whether the server is ready for calls",
        response_model=None,
        responses={**answers(STATUS), **problems("unavailable")},
    )
    async def ready() -> dict[str, str] | Response:
        if missing := service.missing:
            detail = f"not ready: {'; '.join(missing)}"
            return problem(503, "unavailable", detail, {"Retry-After": RETRY_S})
        return {"status": "ready"}

    @app.get(
        "/metrics",
        summary="Figures for Prometheus",
        response_class=Response,
        responses={200: {"content": {"text/plain": TEXT, "application/openmetrics-text": TEXT}}},
    )
    async def figures(request: Request) -> Response:
        text, content_type = metrics.text(request.headers.get("accept", ""))
        return Response(text, headers={"Content-Type": content_type})
