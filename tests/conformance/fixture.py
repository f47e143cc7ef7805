"""What a fixture is: a tool that answers with raw content of the protocol, which ours never do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from mcp import types as wire
from mcp.server import ServerRequestContext

Request = ServerRequestContext[Any]
Result = wire.CallToolResult | wire.InputRequiredResult
Run = Callable[[Request, wire.CallToolRequestParams], Awaitable[Result]]


@dataclass(frozen=True)
class Fixture:
    """A tool as it is listed, and what it does when it is called."""

    tool: wire.Tool
    run: Run


def no_arguments() -> dict[str, Any]:
    return {"type": "object", "properties": {}, "additionalProperties": False}


def texts(*names: str) -> dict[str, Any]:
    """The schema of an object of required strings."""
    properties = {name: {"type": "string"} for name in names}
    return {"type": "object", "properties": properties, "required": list(names)}


def fixture(name: str, run: Run, schema: dict[str, Any] | None = None) -> Fixture:
    about = f"A fixture of the conformance suite: {name}."
    tool = wire.Tool(name=name, description=about, input_schema=schema or no_arguments())
    return Fixture(tool, run)


def said(text: str) -> wire.CallToolResult:
    return wire.CallToolResult(content=[wire.TextContent(text=text)])
