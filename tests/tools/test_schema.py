"""The published schemas: compared with files, so that no change to them goes unseen.

One file for each tool and profile. After a change that is meant: `make snapshots`, and look at
what it changed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from langchain_core.utils.function_calling import convert_to_openai_tool
from pydantic import BaseModel, Field

from hrm_coprocessor.adapters.compact import LIMIT, compact_tools
from hrm_coprocessor.adapters.http import operation
from hrm_coprocessor.adapters.langchain import langchain_tools
from hrm_coprocessor.service import Service
from hrm_coprocessor.settings import ServeSettings
from hrm_tools.registry import load_tool, load_tools, tool_names
from hrm_tools.schema import (
    FORMATS,
    LONGEST,
    accepted_schema,
    compact_tool,
    input_schema,
    mcp_tool,
    openai_tool,
)
from hrm_tools.spec import AnyTool, Arguments, Context, ToolSpec
from tests.tools.samples import Echo

SNAPSHOTS = Path(__file__).parent / "snapshots"


class Point(BaseModel):
    x: float
    y: float = 0.0


class Everything(Arguments):
    """One field of each kind that a schema can have."""

    title: str = Field(description="a field that is called like a keyword", pattern="^[a-z]+$")
    default: int = Field(default=3, ge=0, le=9)
    point: Point
    other: Point | None = Field(default=None, description="another point")
    points: list[Point] = Field(default=[], max_length=4)
    mode: str | None = None


def nothing(arguments: Everything, context: Context) -> Echo:
    return Echo(result="")


EVERYTHING = ToolSpec("everything", "Everything", "All kinds of fields.", Everything, Echo, nothing)


def as_langchain_sends_it(spec: AnyTool) -> dict[str, Any]:
    (tool,) = langchain_tools(Service(ServeSettings(), (spec,)))
    return convert_to_openai_tool(tool)


PROFILES: dict[str, Callable[[AnyTool], dict[str, Any]]] = {
    **FORMATS,
    "openapi": operation,
    "langchain": as_langchain_sends_it,
}
NAMES = [*tool_names(), "everything"]


@pytest.mark.requirement("CP-4")
@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", NAMES)
def test_the_published_schema_is_the_one_on_file(name: str, profile: str) -> None:
    spec = EVERYTHING if name == "everything" else load_tool(name)
    found = json.dumps(PROFILES[profile](spec), indent=2, ensure_ascii=False) + "\n"
    file = SNAPSHOTS / f"{name}.{profile}.json"
    if os.environ.get("HRM_WRITE_SNAPSHOTS"):
        file.write_text(found, encoding="utf-8")
    assert found == file.read_text(encoding="utf-8")


def test_no_file_outlives_its_tool() -> None:
    expected = {f"{name}.{profile}.json" for name in NAMES for profile in PROFILES}
    assert {file.name for file in SNAPSHOTS.iterdir()} == expected


def nodes(schema: Any) -> list[dict[str, Any]]:
    """Every object in a JSON document."""
    if isinstance(schema, list):
        return [node for item in schema for node in nodes(item)]
    if isinstance(schema, dict):
        return [schema, *(node for value in schema.values() for node in nodes(value))]
    return []


def test_strict_mode_requires_every_property_and_forbids_others() -> None:
    parameters = openai_tool(EVERYTHING)["function"]["parameters"]
    objects = [node for node in nodes(parameters) if node.get("type") == "object"]
    assert len(objects) == 4
    for node in objects:
        assert node["required"] == list(node["properties"])
        assert node["additionalProperties"] is False


def test_strict_mode_lets_optional_arguments_be_null() -> None:
    properties = openai_tool(EVERYTHING)["function"]["parameters"]["properties"]
    assert properties["default"]["anyOf"][-1] == {"type": "null"}
    assert properties["mode"] == {"anyOf": [{"type": "string"}, {"type": "null"}]}
    assert properties["title"]["type"] == "string"


def test_the_compact_form_holds_nothing_that_llama_cpp_stumbles_over() -> None:
    text = json.dumps(compact_tool(EVERYTHING)["function"]["parameters"])
    for word in ("$ref", "$defs", "pattern", "maxItems", "minimum", "maximum"):
        assert word not in text


@pytest.mark.requirement("CP-4")
def test_all_compact_schemas_together_take_less_than_six_kilobytes() -> None:
    service = Service(ServeSettings(), load_tools())
    assert len(json.dumps(compact_tools(service)).encode()) < LIMIT == 6_000


def test_no_published_input_has_a_length_that_a_grammar_cannot_hold() -> None:
    for tool in load_tools():
        for node in nodes(input_schema(tool.input)):
            assert node.get("maxLength", 0) <= LONGEST


def test_what_a_call_may_hold_is_the_input_with_null_for_what_may_be_left_out() -> None:
    properties = accepted_schema(Everything)["properties"]
    assert properties["title"] == input_schema(Everything)["properties"]["title"]
    assert properties["default"]["anyOf"][-1] == {"type": "null"}
    assert properties["default"]["default"] == 3
    assert properties["mode"]["anyOf"] == [{"type": "string"}, {"type": "null"}]


def test_reading_tools_are_announced_as_such() -> None:
    annotations = mcp_tool(load_tool("calculate_derivative"))["annotations"]
    assert annotations["readOnlyHint"] is True
    assert annotations["destructiveHint"] is False
