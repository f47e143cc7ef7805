"""Fixtures that speak to the client while their call is open: questions and log messages."""

from __future__ import annotations

from typing import Any

from mcp import types as wire

from tests.conformance.fixture import Fixture, Request, Run, fixture, said, texts


def logs(*lines: str) -> Run:
    """Tell the client each line."""

    async def run(context: Request, _: wire.CallToolRequestParams) -> wire.CallToolResult:
        for line in lines:
            await context.session.send_log_message(
                "info", line, related_request_id=context.request_id
            )
        return said("told")

    return run


def elicits(schema: dict[str, Any]) -> Run:
    """Ask the user for an object of that schema."""

    async def run(context: Request, params: wire.CallToolRequestParams) -> wire.CallToolResult:
        message = str((params.arguments or {}).get("message", "Please fill this in"))
        answer = await context.session.elicit_form(message, schema, context.request_id)
        return said(f"action={answer.action}, content={answer.content}")

    return run


async def sampling(context: Request, params: wire.CallToolRequestParams) -> wire.CallToolResult:
    """Ask the client's model."""
    text = str((params.arguments or {})["prompt"])
    message = wire.SamplingMessage(role="user", content=wire.TextContent(text=text))
    answer = await context.session.create_message(
        [message], max_tokens=100, related_request_id=context.request_id
    )
    return said(f"LLM response: {answer.content}")


def _titled(*titles: str) -> list[dict[str, str]]:
    return [{"const": title.lower(), "title": title} for title in titles]


DEFAULTS: dict[str, Any] = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "default": "John Doe"},
        "age": {"type": "integer", "default": 30},
        "score": {"type": "number", "default": 95.5},
        "status": {
            "type": "string",
            "enum": ["active", "inactive", "pending"],
            "default": "active",
        },
        "verified": {"type": "boolean", "default": True},
    },
}
ENUMS: dict[str, Any] = {
    "type": "object",
    "properties": {
        "untitledSingle": {"type": "string", "enum": ["option1", "option2", "option3"]},
        "titledSingle": {"type": "string", "oneOf": _titled("First", "Second", "Third")},
        "legacyEnum": {
            "type": "string",
            "enum": ["opt1", "opt2", "opt3"],
            "enumNames": ["Option One", "Option Two", "Option Three"],
        },
        "untitledMulti": {
            "type": "array",
            "items": {"type": "string", "enum": ["option1", "option2", "option3"]},
        },
        "titledMulti": {"type": "array", "items": {"anyOf": _titled("First", "Second", "Third")}},
    },
}
BACK_CHANNEL: tuple[Fixture, ...] = (
    fixture("test_tool_with_logging", logs("started", "processing", "completed")),
    fixture("test_logging_tool", logs("only for those who asked")),
    fixture("test_sampling", sampling, texts("prompt")),
    fixture("test_elicitation", elicits(texts("username", "email")), texts("message")),
    fixture("test_elicitation_sep1034_defaults", elicits(DEFAULTS)),
    fixture("test_elicitation_sep1330_enums", elicits(ENUMS)),
)
