"""The tools as LangChain tools in the server's own process.

For an agent on another machine see `hrm_agents.langchain`: it reaches the same tools over the
network and imports nothing of ours, so the two share no code. Arguments go to `invoke` as they
come: LangChain would coerce them against a pydantic model, and leaves them alone with a schema.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from hrm_coprocessor.extras import missing_extra
from hrm_coprocessor.message_text import text_of
from hrm_coprocessor.service import Service
from hrm_tools.schema import compact_tool
from hrm_tools.spec import AnyTool

if TYPE_CHECKING:
    from langchain_core.tools import StructuredTool


def langchain_tools(service: Service) -> list[StructuredTool]:
    """Each tool as a StructuredTool, for `invoke` and `ainvoke`.

    A message carries the whole answer as its artifact. A call that fails becomes a message with
    status `error` and {"kind": ..., "detail": ...} as its content. Raises MissingExtraError.
    """
    try:
        import langchain_core.tools  # noqa: F401  (only to say at once what is missing)
    except ModuleNotFoundError as error:
        raise missing_extra(error) or error from None
    return [_tool(service, tool) for tool in service.tools.values()]


def _tool(service: Service, tool: AnyTool) -> StructuredTool:
    from langchain_core.tools import StructuredTool, ToolException

    async def call(**arguments: Any) -> tuple[str, dict[str, Any] | None]:
        outcome = await service.invoke(tool, arguments)
        if not outcome.ok:
            raise ToolException(text_of(outcome))
        return outcome.text, outcome.data

    def call_and_wait(**arguments: Any) -> tuple[str, dict[str, Any] | None]:
        return asyncio.run(call(**arguments))

    return StructuredTool(
        name=tool.name,
        description=tool.description,
        args_schema=compact_tool(tool)["function"]["parameters"],  # fit for any model
        func=call_and_wait,
        coroutine=call,
        response_format="content_and_artifact",
        handle_tool_error=True,
    )
