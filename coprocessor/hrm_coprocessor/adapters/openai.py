"""The tools for OpenAI's function calling: definitions to send, and answers to tool calls.

    tools = openai_tools(service)                            # chat.completions.create(tools=tools)
    messages.append(await answer_tool_call(service, call))   # call: one of message["tool_calls"]

Strict definitions make a model send every argument; null stands for an optional one left out.
A call that fails is answered too, so that the model can act: {"kind": ..., "detail": ...}.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pydantic_core

from hrm_coprocessor.message_text import failure_text, text_of
from hrm_coprocessor.service import Service
from hrm_tools.errors import UnknownToolError
from hrm_tools.schema import Schema, openai_tool
from hrm_tools.validate import InvalidArgumentsError


def openai_tools(service: Service) -> list[Schema]:
    """The tools in strict mode, as `tools` of a chat completion."""
    return [openai_tool(tool) for tool in service.tools.values()]


async def answer_tool_call(service: Service, call: Mapping[str, Any]) -> dict[str, str]:
    """The message of role `tool` that answers a call, whatever the model sent.

    call: {"id": ..., "function": {"name": ..., "arguments": JSON text or an object}}.
    """
    asked = call["function"]
    try:
        content = text_of(await service.call(asked["name"], _read(asked["arguments"])))
    except UnknownToolError as error:
        content = failure_text("unknown", str(error))
    except InvalidArgumentsError as error:
        content = failure_text("invalid", str(error))
    return {"role": "tool", "tool_call_id": call["id"], "content": content}


def _read(arguments: object) -> Mapping[str, Any]:
    try:
        if isinstance(arguments, str):
            arguments = pydantic_core.from_json(arguments, allow_inf_nan=False)
    except ValueError as error:
        raise InvalidArgumentsError(f"the arguments are not JSON: {error}") from None
    if not isinstance(arguments, Mapping):
        raise InvalidArgumentsError("the arguments are not a JSON object")
    return arguments
