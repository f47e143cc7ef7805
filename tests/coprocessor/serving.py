"""The server as the tests meet it: in memory over ASGI, and on a real loopback port."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import TypeVar

import httpx2
import uvicorn
from fastapi import FastAPI
from mcp import Client

from hrm_coprocessor.adapters.mcp import create_mcp_server
from hrm_coprocessor.guard.tokens import Keyring
from hrm_coprocessor.http.http_app import create_app
from hrm_coprocessor.service import Service
from hrm_coprocessor.settings import ServeSettings
from hrm_tools.spec import AnyTool
from tests.tools.samples import ALL

Result = TypeVar("Result")
SETTINGS = ServeSettings(predict_tool="echo", workers=1, worker_memory_mb=512)
TOKEN = "0123456789" * 4


def make_app(
    tools: Sequence[AnyTool] = ALL,
    token: str | Keyring | None = None,
    settings: ServeSettings = SETTINGS,
) -> FastAPI:
    return create_app(settings, tools, token)


def talk(
    conversation: Callable[[Client], Awaitable[Result]],
    wire: str,
    tools: Sequence[AnyTool] = ALL,
) -> Result:
    """A conversation over MCP, in memory, with a server of these tools."""

    async def run() -> Result:
        with Service(SETTINGS, tools) as service:
            server = create_mcp_server(service)
            async with Client(server, mode=wire, raise_exceptions=False) as client:
                return await conversation(client)

    return asyncio.run(run())


@asynccontextmanager
async def client_of(app: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    """An HTTP client of an application in this process, whose lifespan runs."""
    transport = httpx2.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://localhost") as client,
    ):
        yield client


def ask(
    question: Callable[[httpx2.AsyncClient], Awaitable[Result]], app: FastAPI | None = None
) -> Result:
    """What `question(client)` returns, for a fresh application."""

    async def run() -> Result:
        async with client_of(app or make_app()) as client:
            return await question(client)

    return asyncio.run(run())


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The application on a free port of this machine; gives its base URL."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(16)  # clients that come before the server is ready wait here
    config = uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
