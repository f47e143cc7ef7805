"""The tools as LangChain tools, for agents built with LangChain or LangGraph.

A tool gives the model the same two lines as our own loop does, and keeps the whole answer as the
message's artifact. It needs `langchain-core` alone, and no MCP package of LangChain's (that one
pins an older MCP).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hrm_agents.errors import MissingPackageError
from hrm_agents.messages import Toolbox, ToolDef

if TYPE_CHECKING:
    from langchain_core.tools import StructuredTool


def langchain_tools(toolbox: Toolbox) -> list[StructuredTool]:
    """Every tool of a toolbox as a LangChain tool.

    Args:
        toolbox: Keep it open as long as the tools are used.

    Raises:
        MissingPackageError: langchain-core is absent.
        ToolServerError: The tools cannot be listed.
    """
    try:
        import langchain_core.tools  # noqa: F401  (only to say at once what is missing)
    except ImportError as error:
        raise MissingPackageError("langchain-core", "langchain") from error
    return [_tool(toolbox, definition) for definition in toolbox.list()]


def _tool(toolbox: Toolbox, definition: ToolDef) -> StructuredTool:
    from langchain_core.tools import StructuredTool, ToolException

    function = definition["function"]

    def call(**arguments: Any) -> tuple[str, dict[str, Any] | None]:
        result = toolbox.call(function["name"], arguments)
        if result.error_kind:
            raise ToolException(result.text)
        return result.text, result.data

    return StructuredTool(
        name=function["name"],
        description=function["description"] or function["name"],
        args_schema=function["parameters"],
        func=call,
        response_format="content_and_artifact",
        handle_tool_error=True,
    )
