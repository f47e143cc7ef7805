"""Fixtures that answer at once: each kind of content, and schemas out of the ordinary."""

from __future__ import annotations

from typing import Any

from mcp import types as wire

from tests.conformance.fixture import Fixture, Request, Run, fixture, said, texts

PNG = (  # one red pixel
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mP4z8AAAAMBAQD3A0FDAAAAAElFTkSuQmCC"
)
WAV = "UklGRigAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQQAAACAgICA"
IMAGE = wire.ImageContent(data=PNG, mime_type="image/png")
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "$defs": {
        "address": {
            "$anchor": "addressDef",
            "type": "object",
            "properties": {"street": {"type": "string"}, "city": {"type": "string"}},
        }
    },
    "properties": {
        "address": {"$ref": "#/$defs/address"},
        "contactMethod": {"type": "string", "enum": ["phone", "email"]},
        "phone": {"type": "string"},
        "email": {"type": "string"},
    },
    "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
    "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
    "then": {"required": ["phone"]},
    "else": {"required": ["email"]},
    "additionalProperties": False,
}
REGION: dict[str, Any] = texts("region") | {
    "properties": {"region": {"type": "string", "x-mcp-header": "Region"}}
}


def embedded(uri: str, text: str, mime_type: str = "text/plain") -> wire.EmbeddedResource:
    content = wire.TextResourceContents(uri=uri, mime_type=mime_type, text=text)
    return wire.EmbeddedResource(resource=content)


def shows(*content: wire.ContentBlock) -> Run:
    async def run(_: Request, __: wire.CallToolRequestParams) -> wire.CallToolResult:
        return wire.CallToolResult(content=list(content))

    return run


async def accept(_: Request, params: wire.CallToolRequestParams) -> wire.CallToolResult:
    return said(f"called with {params.arguments}")


CONTENT: tuple[Fixture, ...] = (
    fixture("test_image_content", shows(IMAGE)),
    fixture("test_audio_content", shows(wire.AudioContent(data=WAV, mime_type="audio/wav"))),
    fixture(
        "test_embedded_resource",
        shows(embedded("test://embedded-resource", "This is an embedded resource content.")),
    ),
    fixture(
        "test_multiple_content_types",
        shows(
            wire.TextContent(text="Multiple content types test:"),
            IMAGE,
            embedded(
                "test://mixed-content-resource",
                '{"test": "data", "value": 123}',
                "application/json",
            ),
        ),
    ),
    fixture("json_schema_2020_12_tool", accept, SCHEMA),
    fixture("test_parameter_in_header", accept, REGION),
)
