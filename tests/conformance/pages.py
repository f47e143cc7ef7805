"""Fixtures besides tools: resources, prompts, completions and subscriptions."""

from __future__ import annotations

import json
import re
from typing import Any

from mcp import MCPError
from mcp import types as wire

from tests.conformance.content import IMAGE, PNG, embedded
from tests.conformance.fixture import Request, texts
from tests.conformance.input_required import ask

TEXT, BINARY, WATCHED = "test://static-text", "test://static-binary", "test://watched-resource"
TEMPLATE = "test://template/{id}/data"
RESOURCES = [
    wire.Resource(uri=TEXT, name="static-text", description="Text.", mime_type="text/plain"),
    wire.Resource(uri=BINARY, name="static-binary", description="A pixel.", mime_type="image/png"),
    wire.Resource(uri=WATCHED, name="watched", description="Text.", mime_type="text/plain"),
]
TEMPLATES = [
    wire.ResourceTemplate(
        uri_template=TEMPLATE, name="template", description="JSON.", mime_type="application/json"
    )
]


def read(uri: str) -> wire.ReadResourceResult | None:
    """The resource at an address of ours; None for another."""
    contents: dict[str, wire.TextResourceContents | wire.BlobResourceContents] = {
        TEXT: _text(TEXT, "This is the content of the static text resource."),
        BINARY: wire.BlobResourceContents(uri=BINARY, mime_type="image/png", blob=PNG),
        WATCHED: _text(WATCHED, "Watched resource content"),
    }
    if named := re.fullmatch(r"test://template/(\w+)/data", uri):
        data = {"id": named[1], "templateTest": True, "data": f"Data for ID: {named[1]}"}
        contents[uri] = _text(uri, json.dumps(data), "application/json")
    return wire.ReadResourceResult(contents=[contents[uri]]) if uri in contents else None


def _text(uri: str, text: str, mime_type: str = "text/plain") -> wire.TextResourceContents:
    return wire.TextResourceContents(uri=uri, mime_type=mime_type, text=text)


def _prompt(name: str, *arguments: str) -> wire.Prompt:
    described = [wire.PromptArgument(name=n, description="any", required=True) for n in arguments]
    return wire.Prompt(name=name, description=f"A fixture: {name}.", arguments=described)


PROMPTS = [
    _prompt("test_simple_prompt"),
    _prompt("test_prompt_with_arguments", "arg1", "arg2"),
    _prompt("test_prompt_with_embedded_resource", "resourceUri"),
    _prompt("test_prompt_with_image"),
    _prompt("test_input_required_result_prompt"),
]


def get(params: wire.GetPromptRequestParams) -> wire.GetPromptResult | wire.InputRequiredResult:
    """One of our prompts, filled in. Raises MCPError for a missing argument."""
    try:
        return _filled(params.name, params.arguments or {}, params.input_responses or {})
    except KeyError as error:
        raise MCPError(wire.INVALID_PARAMS, f"the argument {error} is missing") from None


def _filled(
    name: str, arguments: dict[str, str], answers: wire.InputResponses
) -> wire.GetPromptResult | wire.InputRequiredResult:
    match name:
        case "test_prompt_with_arguments":
            text = f"Prompt with arguments: arg1='{arguments['arg1']}', arg2='{arguments['arg2']}'"
            return _messages(wire.TextContent(text=text))
        case "test_prompt_with_embedded_resource":
            resource = embedded(arguments["resourceUri"], "Embedded resource content for testing.")
            request = wire.TextContent(text="Please process the embedded resource above.")
            return _messages(resource, request)
        case "test_prompt_with_image":
            return _messages(IMAGE, wire.TextContent(text="Please analyze the image above."))
        case "test_input_required_result_prompt" if "user_context" not in answers:
            question = ask("What context should the prompt use?", texts("context"))
            return wire.InputRequiredResult(input_requests={"user_context": question})
        case _:
            return _messages(wire.TextContent(text="This is a simple prompt for testing."))


def _messages(*content: wire.ContentBlock) -> wire.GetPromptResult:
    messages = [wire.PromptMessage(role="user", content=part) for part in content]
    return wire.GetPromptResult(messages=messages)


async def complete(_: Request, params: wire.CompleteRequestParams) -> wire.CompleteResult:
    """Words that begin as the argument does."""
    words = [word for word in ("paris", "park", "party") if word.startswith(params.argument.value)]
    return wire.CompleteResult(completion=wire.Completion(values=words, total=len(words)))


async def acknowledge(_: Request, __: Any) -> wire.EmptyResult:
    """The answer to subscribing, unsubscribing and setting the level of logs."""
    return wire.EmptyResult()
