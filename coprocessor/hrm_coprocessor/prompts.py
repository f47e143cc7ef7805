"""What models are told of the tools: in short by the server, at length by a prompt to pick.

The prompt's text is `prompts/system_tools.md`, which our own agent gives to its models.
"""

from __future__ import annotations

from typing import Any

from mcp import MCPError
from mcp import types as wire
from mcp.server import Server, ServerRequestContext

from hrm_agents.settings import data_file

INSTRUCTIONS = (
    "Call these tools instead of working things out yourself. Every answer was checked exactly; "
    "`verdict` says what the check found. Quote `result` as it stands."
)
USE_TOOLS = wire.Prompt(
    name="use_tools",
    title="Answer with checked tools",
    description="When to call these tools, how to call them, and how to quote their answers.",
    arguments=[
        wire.PromptArgument(
            name="question", description="what to answer with their help", required=False
        )
    ],
)


def add_prompts(server: Server[Any]) -> None:
    """Let `server` answer prompts/list and prompts/get."""
    server.add_request_handler("prompts/list", wire.PaginatedRequestParams, list_prompts)
    server.add_request_handler("prompts/get", wire.GetPromptRequestParams, get_prompt)


async def list_prompts(_: ServerRequestContext[Any], __: object) -> wire.ListPromptsResult:
    """The one prompt."""
    return wire.ListPromptsResult(prompts=[USE_TOOLS])


async def get_prompt(
    _: ServerRequestContext[Any], params: wire.GetPromptRequestParams
) -> wire.GetPromptResult:
    """The guide, followed by the question if there is one.

    Raises MCPError (invalid params) for another name or another argument.
    """
    arguments = params.arguments or {}
    if params.name != USE_TOOLS.name:
        raise MCPError(wire.INVALID_PARAMS, f"there is only the prompt `{USE_TOOLS.name}`")
    if unknown := sorted(arguments.keys() - {"question"}):
        problem = f"`{USE_TOOLS.name}` takes only `question`, not `{unknown[0]}`"
        raise MCPError(wire.INVALID_PARAMS, problem)
    guide = data_file("prompts/system_tools.md").read_text(encoding="utf-8")
    texts = [guide, *arguments.values()]
    messages = [wire.PromptMessage(role="user", content=wire.TextContent(text=t)) for t in texts]
    return wire.GetPromptResult(description=USE_TOOLS.description, messages=messages)
