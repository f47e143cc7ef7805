"""Our tools as LangChain tools: bind them to a chat model, or call one by hand as here.

    hrm serve &
    python -m hrm_agents.examples.langchain_tool "sin(5x)"

With a model: `model.bind_tools(langchain_tools(toolbox))`.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from hrm_agents.langchain import langchain_tools
from hrm_agents.toolbox import build_toolbox


def differentiate(expression: str, server: str) -> Any:
    """The tool message that a LangChain agent gets: short text, and the whole answer beside it."""
    toolbox = build_toolbox(server)
    tools = {tool.name: tool for tool in langchain_tools(toolbox)}
    call = {"name": "calculate_derivative", "args": {"expression": expression}, "id": "1"}
    message = tools["calculate_derivative"].invoke({**call, "type": "tool_call"})
    toolbox.close()
    return message


if __name__ == "__main__":
    answer = differentiate(sys.argv[1], os.environ.get("HRM_SERVER", "http://127.0.0.1:8765"))
    sys.stdout.write(f"{answer.content}\n{answer.artifact}\n")
