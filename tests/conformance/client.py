"""The client under test: our agent loop and toolbox, with a scripted model that calls every tool.

    python -m tests.conformance.client URL

The suite starts a server for one scenario, runs this against it, and judges what it saw. A
scenario that needs certain calls names them in the environment.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from typing import Any

from hrm_agents.events import Finished
from hrm_agents.llm.scripted import ScriptedModel
from hrm_agents.loop import run
from hrm_agents.messages import ToolDef, assistant, tool_call, user
from hrm_agents.toolbox.mcp import MCPToolbox

VALUES = {"string": "text", "number": 5, "integer": 5, "boolean": True}


def main() -> int:
    """Call every tool that the server offers; returns the exit code."""
    toolbox = MCPToolbox(sys.argv[1], timeout_s=20)
    try:
        tools = toolbox.list()
        wanted = json.loads(os.environ.get("MCP_CONFORMANCE_CONTEXT", "{}")).get("toolCalls")
        chosen = wanted or [{"name": name(t), "arguments": arguments(t, tools)} for t in tools]
        calls = [tool_call(call["name"], call["arguments"], n) for n, call in enumerate(chosen)]
        replies = [assistant(None, calls), "Done."] if calls else ["Done."]
        *_, last = run(ScriptedModel(replies), toolbox, [user("Call every tool.")])
        return 0 if isinstance(last, Finished) and last.reason == "answer" else 1
    finally:
        toolbox.close()


def name(tool: ToolDef) -> str:
    return tool["function"]["name"]


def arguments(tool: ToolDef, tools: Sequence[ToolDef]) -> dict[str, Any]:
    """A value for each property; an object is the schema of the first tool, which one echoes."""
    properties = tool["function"]["parameters"].get("properties", {})
    schema = tools[0]["function"]["parameters"]
    return {key: VALUES.get(about.get("type"), schema) for key, about in properties.items()}


if __name__ == "__main__":
    raise SystemExit(main())
