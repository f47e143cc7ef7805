"""Alive, ready, and who may see the figures."""

from __future__ import annotations

import asyncio

import httpx2
import pytest
from fastapi import FastAPI
from mcp import Client
from mcp.types import CallToolResult, TextContent

from hrm_coprocessor.settings import ServeSettings
from tests.coprocessor.serving import SETTINGS, TOKEN, ask, make_app, serving
from tests.tools.samples import ADD


def get(path: str, app: FastAPI | None = None, token: str = "") -> httpx2.Response:
    async def question(client: httpx2.AsyncClient) -> httpx2.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return await client.get(path, headers=headers)

    return ask(question, app)


def warm(settings: ServeSettings = SETTINGS) -> FastAPI:
    app = make_app([ADD], settings=settings)
    app.state.service.warm_up()
    return app


@pytest.mark.requirement("CP-11")
def test_a_server_that_has_not_loaded_its_models_is_alive_but_not_ready() -> None:
    app = make_app([ADD])
    assert get("/healthz", app).json() == {"status": "ok"}
    response = get("/readyz", make_app([ADD]))
    assert response.status_code == 503
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["retry-after"] == "1"
    assert response.json()["kind"] == "unavailable"
    assert response.json()["detail"] == "not ready: models and workers are starting"


@pytest.mark.requirement("CP-11")
def test_a_warm_server_is_ready_until_it_drains() -> None:
    app = warm()

    async def question(client: httpx2.AsyncClient) -> list[httpx2.Response]:
        before = await client.get("/readyz")
        app.state.service.running.drain(0)
        return [before, await client.get("/readyz"), await client.get("/healthz")]

    before, draining, alive = ask(question, app)
    assert (before.status_code, before.json()) == (200, {"status": "ready"})
    assert draining.status_code == 503
    assert "shutting down" in draining.json()["detail"]
    assert alive.status_code == 200


def test_a_server_without_its_workers_is_not_ready() -> None:
    app = warm()

    async def question(client: httpx2.AsyncClient) -> httpx2.Response:
        app.state.service.workers.close()
        return await client.get("/readyz")

    assert "worker is being replaced" in ask(question, app).json()["detail"]


def test_a_draining_server_refuses_calls_and_counts_them() -> None:
    app = warm()

    async def question(client: httpx2.AsyncClient) -> list[httpx2.Response]:
        app.state.service.running.drain(0)
        call = await client.post("/v1/tools/add", json={"a": 1})
        return [call, await client.get("/metrics")]

    call, figures = ask(question, app)
    assert call.status_code == 503
    assert call.headers["retry-after"] == "1"
    assert 'hrm_calls_total{kind="cancelled",surface="rest",tool="add"} 1.0' in figures.text


def test_a_draining_server_tells_mcp_clients_to_come_back() -> None:
    async def call(url: str) -> CallToolResult:
        async with Client(f"{url}/mcp") as client:
            app.state.service.running.drain(0)
            return await client.call_tool("add", {"a": 1})

    app = warm()
    with serving(app) as url:
        result = asyncio.run(call(url))
    assert result.is_error
    assert (result.meta or {})["hrm/kind"] == "cancelled"
    assert isinstance(result.content[0], TextContent)
    assert "send the same call again" in result.content[0].text


@pytest.mark.requirement("CP-11")
@pytest.mark.parametrize(
    ("path", "status"), [("/healthz", 200), ("/readyz", 503), ("/metrics", 401)]
)
def test_where_a_token_is_demanded_the_figures_need_it_and_the_probes_do_not(
    path: str, status: int
) -> None:
    assert get(path, make_app([ADD], token=TOKEN)).status_code == status


def test_with_the_token_the_figures_are_there() -> None:
    response = get("/metrics", make_app([ADD], token=TOKEN), TOKEN)
    assert response.status_code == 200
    assert "hrm_ready 0.0" in response.text
