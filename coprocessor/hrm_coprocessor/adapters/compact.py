"""The tools for small local models: the same function calling with the fewest words.

llama.cpp turns definitions into a grammar. Long repetitions make it fail, and a pattern that it
cannot read is ignored in silence, so the definitions hold neither; `invoke` checks both. Every
word costs a small model attention: all definitions together stay under `LIMIT`.
"""

from __future__ import annotations

from hrm_coprocessor.adapters.openai import answer_tool_call
from hrm_coprocessor.service import Service
from hrm_tools.schema import Schema, compact_tool

LIMIT = 6_000
"""Bytes of JSON that the definitions of all tools of ours may take together."""

__all__ = ["LIMIT", "answer_tool_call", "compact_tools"]


def compact_tools(service: Service) -> list[Schema]:
    """The tools as `tools` of a chat completion; calls are answered as for OpenAI."""
    return [compact_tool(tool) for tool in service.tools.values()]
