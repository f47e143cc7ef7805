"""Tools that are plain Python functions in this process: for tests, and for tools of one's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hrm_agents.messages import ToolDef, ToolResult, tool_def
from hrm_agents.toolbox.answer import failure, success


@dataclass(frozen=True)
class LocalTool:
    """One function with what a model is told of it.

    Attributes:
        name: Of the tool.
        description: One line.
        parameters: JSON schema of the arguments, an object.
        function: Called with the arguments by name; returns an answer as data, or raises
            `ValueError` with a sentence for the model.
    """

    name: str
    description: str
    parameters: dict[str, Any]
    function: Callable[..., Mapping[str, Any]]


class LocalToolbox:
    """A toolbox of `LocalTool`s."""

    def __init__(self, tools: Sequence[LocalTool]) -> None:
        self._tools = {tool.name: tool for tool in tools}

    def call(
        self, name: str, arguments: dict[str, Any], timeout_s: float | None = None
    ) -> ToolResult:
        """Call the function; a wrong set of arguments is an error for the model to read."""
        tool = self._tools[name]
        allowed = set(tool.parameters.get("properties", {}))
        missing = set(tool.parameters.get("required", [])) - set(arguments)
        if wrong := sorted((set(arguments) - allowed) | missing):
            return failure(f"missing or unknown arguments: {', '.join(wrong)}", "invalid")
        try:
            data = tool.function(**arguments)
        except ValueError as error:
            return failure(str(error), "invalid")
        return success(data, str(dict(data)))

    def list(self) -> Sequence[ToolDef]:
        """The tools in the order given."""
        return [tool_def(t.name, t.description, t.parameters) for t in self._tools.values()]

    def close(self) -> None:
        """Nothing to let go of."""
