"""The tools over MCP: one low-level server, which speaks both wires, for stdio and HTTP."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from mcp import MCPError
from mcp import types as wire
from mcp.server import Server, ServerRequestContext

from hrm_coprocessor.progress import ProgressRelay
from hrm_coprocessor.prompts import INSTRUCTIONS, add_prompts
from hrm_coprocessor.resources import CACHE_HINTS, add_resources
from hrm_coprocessor.service import Service
from hrm_coprocessor.watch.logs import REQUEST_ID, request_id
from hrm_tools.errors import UnknownToolError
from hrm_tools.schema import mcp_tool

KIND = "hrm/kind"
"""The key in a result's `_meta` that says how the call ended: ok, invalid, failed, ..."""


def create_mcp_server(service: Service) -> Server[Any]:
    """The MCP server over the tools of `service`."""
    tools = [wire.Tool.model_validate(mcp_tool(tool)) for tool in service.tools.values()]
    schemas = {tool.name: tool.input_schema for tool in tools}

    async def list_tools(_: ServerRequestContext[Any], __: object) -> wire.ListToolsResult:
        return wire.ListToolsResult(tools=tools)

    async def call_tool(
        context: ServerRequestContext[Any], params: wire.CallToolRequestParams
    ) -> wire.CallToolResult:
        try:
            async with ProgressRelay(context.session) as progress:
                outcome = await service.call(params.name, params.arguments or {}, progress)
        except UnknownToolError as error:
            raise MCPError(wire.INVALID_PARAMS, str(error)) from None
        return wire.CallToolResult(
            content=[wire.TextContent(text=outcome.text)],
            structured_content=outcome.data,
            is_error=not outcome.ok,
            _meta={KIND: outcome.kind, REQUEST_ID: request_id.get()},
        )

    server = Server[Any](
        "hrm-coprocessor",
        title="HRM co-processor",
        version=version("hrm-coprocessor"),
        instructions=INSTRUCTIONS,
        cache_hints=CACHE_HINTS,
        get_tool_input_schema=schemas.get,  # else every call over HTTP lists the tools first
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )
    add_prompts(server)
    add_resources(server)
    return server
