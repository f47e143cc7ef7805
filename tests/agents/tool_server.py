"""A small real MCP server for the tests: a few derivatives, and tools that misbehave.

Run as a program it serves over HTTP (`tool_server.py PORT`, which prints a line of JSON when ready)
or over its pipes (`tool_server.py stdio`), so that a test can kill it.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import anyio
from mcp import MCPError
from mcp.server.lowlevel import Server
from mcp.types import INVALID_PARAMS, CallToolResult, ListToolsResult, TextContent, Tool

KNOWN = {"sin(5x)": "5*cos(5*x)", "x^2": "2*x", "x^3": "3*x^2"}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"expression": {"type": "string"}, "order": {"type": "integer"}},
    "required": ["expression"],
    "additionalProperties": False,
}
NOTHING: dict[str, Any] = {"type": "object", "properties": {}}


def answer(expression: str) -> dict[str, Any]:
    result = KNOWN.get(expression)
    return {
        "result": result,
        "latex": None,
        "interpreted_as": expression,
        "verified": True if result else None,
        "verdict": "proved" if result else "unverified",
        "method": "zero test",
        "source": "hrm:test" if result else "none",
        "steps": 4,
        "candidates": 1,
        "elapsed_ms": 12.0,
        "note": "" if result else "no rule for this expression",
    }


def build() -> Server[Any]:
    tools = [
        Tool(name="calculate_derivative", description="Differentiate.", input_schema=SCHEMA),
        Tool(name="hang", description="Never answer.", input_schema=NOTHING),
    ]

    async def list_tools(_: Any, params: Any) -> ListToolsResult:
        page = int(params.cursor) if params and params.cursor else 0  # one tool a page
        return ListToolsResult(tools=tools[page : page + 1], next_cursor=None if page else "1")

    async def call_tool(_: Any, params: Any) -> CallToolResult:
        if params.name == "hang":
            sys.stderr.write("called\n")
            await anyio.sleep_forever()
        if params.name != "calculate_derivative":
            raise MCPError(INVALID_PARAMS, f"there is no tool {params.name}")
        expression = params.arguments.get("expression", "")
        if not expression:
            text = "expression: give one, such as sin(5*x)"
            return CallToolResult(content=[TextContent(text=text)], is_error=True)
        data = answer(expression)
        content = [TextContent(text=json.dumps(data))]
        return CallToolResult(content=content, structured_content=data)  # type: ignore[arg-type]

    return Server("test", on_list_tools=list_tools, on_call_tool=call_tool)


def app(token: str | None = None) -> Any:
    """The ASGI app, refusing requests without `token` if one is given."""
    inner = build().streamable_http_app(streamable_http_path="/mcp")

    async def guarded(scope: Any, receive: Any, send: Any) -> None:
        headers = dict(scope.get("headers", []))
        wanted = f"Bearer {token}".encode()
        if scope["type"] == "http" and token and headers.get(b"authorization") != wanted:
            await send({"type": "http.response.start", "status": 401, "headers": []})
            await send({"type": "http.response.body", "body": b""})
            return
        await inner(scope, receive, send)

    return guarded


async def stdio() -> None:
    from mcp.server.stdio import stdio_server

    server = build()
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())


if __name__ == "__main__":
    if sys.argv[1] == "stdio":
        anyio.run(stdio)
    else:
        import uvicorn

        class Announced(uvicorn.Server):
            async def startup(self, *args: Any, **kwargs: Any) -> None:
                await super().startup(*args, **kwargs)
                port = self.servers[0].sockets[0].getsockname()[1]
                line = json.dumps({"url": f"http://127.0.0.1:{port}"})
                os.write(1, f"{line}\n".encode())

        config = uvicorn.Config(app(), port=int(sys.argv[1]), log_level="error", ws="none")
        Announced(config).run()
