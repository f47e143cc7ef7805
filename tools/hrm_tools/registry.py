"""Which tools there are: an explicit table of ours, and an entry point group for yours.

A third party's package adds a tool without touching this file:

    [project.entry-points."hrm_tools.tools"]
    my_tool = "my_package.my_tool:TOOL"

A tool's module is imported when the tool is asked for, so listing names costs nothing.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from importlib.metadata import entry_points

from hrm_tools.errors import ToolError, UnknownToolError
from hrm_tools.spec import AnyTool, ToolSpec

ENTRY_POINTS = "hrm_tools.tools"

BUILT_IN: dict[str, str] = {
    "calculate_derivative": "hrm_tools.calculate_derivative:TOOL",
    "solve_sudoku": "hrm_tools.solve_sudoku:TOOL",
    "solve_maze": "hrm_tools.solve_maze:TOOL",
    "generate_code": "hrm_tools.generate_code:TOOL",
}


def tool_names() -> list[str]:
    """The names of all tools, ours first; an entry point never replaces one of ours."""
    others = sorted(set(entry_points(group=ENTRY_POINTS).names) - set(BUILT_IN))
    return [*BUILT_IN, *others]


def load_tool(name: str) -> AnyTool:
    """The tool called `name`. Raises UnknownToolError; ToolError for a broken entry point."""
    if name in BUILT_IN:
        found = pkgutil.resolve_name(BUILT_IN[name])
    elif name in (group := entry_points(group=ENTRY_POINTS)).names:
        found = group[name].load()
    else:
        raise UnknownToolError(name, tool_names())
    if not isinstance(found, ToolSpec) or found.name != name:
        hint = f"it must be a ToolSpec with name={name!r}"
        raise ToolError(f"the entry point `{name}` of {ENTRY_POINTS} is not that tool", hint=hint)
    return found


def load_tools(names: Iterable[str] | None = None) -> tuple[AnyTool, ...]:
    """The tools of these names, in this order; all of them by default."""
    return tuple(load_tool(name) for name in (tool_names() if names is None else names))
