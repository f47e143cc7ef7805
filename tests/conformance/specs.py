"""Tools of the suite that are ours in kind: they go through `invoke` as every real tool does."""

from __future__ import annotations

from pydantic import BaseModel

from hrm_tools.errors import ToolError
from hrm_tools.spec import AnyTool, Arguments, Context, ToolSpec


class Nothing(Arguments):
    """No arguments."""


class Said(BaseModel):
    result: str


def say(arguments: Nothing, context: Context) -> Said:
    return Said(result="This is a simple text response for testing.")


def fail(arguments: Nothing, context: Context) -> Said:
    raise ToolError("this tool returns an error for testing", hint="it always does")


def report(arguments: Nothing, context: Context) -> Said:
    for done in (0, 50, 100):
        context.progress(done, 100, f"{done} of 100")
    return Said(result="done")


SPECS: tuple[AnyTool, ...] = (
    ToolSpec("test_simple_text", "Text", "Says one sentence.", Nothing, Said, say),
    ToolSpec("test_error_handling", "Error", "Always fails.", Nothing, Said, fail),
    ToolSpec("test_tool_with_progress", "Progress", "Reports thrice.", Nothing, Said, report),
)
