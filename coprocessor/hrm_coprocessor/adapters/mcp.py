"""The tools over MCP: one low-level server, shared by stdio and streamable HTTP.

The SDK speaks both wires (handshake and stateless); this adapter lists the tools and maps
outcomes. It holds no domain code: see `hrm_tools` for what a tool does.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from importlib.metadata import version
from typing import Any

from mcp import MCPError
from mcp import types as wire
from mcp.server import Server, ServerRequestContext

from hrm_coprocessor.service import Service
from hrm_tools.errors import UnknownToolError
from hrm_tools.schema import mcp_tool

INSTRUCTIONS = (
    "Call these tools instead of working things out yourself. Every answer was checked exactly; "
    "`verdict` says what the check found. Quote `result` as it stands."
)
KIND = "hrm/kind"
"""The key in a result's `_meta` that says how the call ended: ok, invalid, failed, ..."""


def create_mcp_server(service: Service) -> Server[Any]:
    """The MCP server over the tools of `service`."""
    tools = [wire.Tool.model_validate(mcp_tool(tool)) for tool in service.tools.values()]

    async def list_tools(_: ServerRequestContext[Any], __: object) -> wire.ListToolsResult:
        return wire.ListToolsResult(tools=tools)

    async def call_tool(
        context: ServerRequestContext[Any], params: wire.CallToolRequestParams
    ) -> wire.CallToolResult:
        relay = _ProgressRelay(context)
        try:
            outcome = await service.call(params.name, params.arguments or {}, relay)
        except UnknownToolError as error:
            raise MCPError(wire.INVALID_PARAMS, str(error)) from None
        await relay.finish()
        return wire.CallToolResult(
            content=[wire.TextContent(text=outcome.text)],
            structured_content=outcome.data,
            is_error=not outcome.ok,
            _meta={KIND: outcome.kind},
        )

    return Server(
        "hrm-coprocessor",
        title="HRM co-processor",
        version=version("hrm-coprocessor"),
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


class _ProgressRelay:
    """Carries progress from the tool's thread to the client, in order."""

    def __init__(self, context: ServerRequestContext[Any]) -> None:
        self._session = context.session
        self._loop = asyncio.get_running_loop()
        self._sent: list[Future[None]] = []

    def __call__(self, done: float, total: float, message: str) -> None:
        report = self._session.report_progress(done, total, message)
        self._sent.append(asyncio.run_coroutine_threadsafe(report, self._loop))

    async def finish(self) -> None:
        """Wait until all progress is on its way: it may not follow the result."""
        for sent in self._sent:
            await asyncio.wrap_future(sent)
