"""The published forms of a tool, all derived from its pydantic models.

    mcp       name, title, description, input and output schema, annotations
    openai    a strict function tool: every property required, optional ones may be null
    compact   the smallest that llama.cpp turns into a grammar: types and descriptions only

Why three: strict mode refuses defaults and lengths; llama.cpp fails on long repetitions and
silently ignores a pattern that it cannot read, so lengths and patterns stay out of `compact`
and are enforced by `invoke` alone. Each derived schema is compared with a snapshot in the
tests, so a change to it is seen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel

from hrm_tools.spec import AnyTool

Schema = dict[str, Any]

_TEXT_SIZES = frozenset(("pattern", "format", "minLength", "maxLength"))
_LENGTHS = frozenset(("maxLength", "maxItems"))
_COUNTS = frozenset(("minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties"))
_RANGES = frozenset(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"))
_NOT_STRICT = frozenset(("default", "examples")) | _TEXT_SIZES | _COUNTS
_ABOUT = frozenset(("description", "default", "examples"))
_NOT_COMPACT = _NOT_STRICT | _RANGES


LONGEST = 1_999
"""The largest length that is published: llama.cpp refuses a grammar with longer repetitions."""


def input_schema(model: type[BaseModel]) -> Schema:
    """The JSON Schema of a model, without titles and references.

    Hosts hand it to models of all kinds, so lengths over `LONGEST` are left to `invoke`.
    """
    schema: Schema = _without_long(_inlined(model.model_json_schema()))
    return schema


def accepted_schema(model: type[BaseModel]) -> Schema:
    """What `validate` takes: the input schema, with null for each optional argument left out."""
    schema = input_schema(model)
    required = schema.get("required", ())
    properties = {
        name: node if name in required else _nullable(node)
        for name, node in schema["properties"].items()
    }
    return schema | {"properties": properties}


def output_schema(model: type[BaseModel]) -> Schema:
    """The JSON Schema of what the model is written as (fields with a default are always there)."""
    return _inlined(model.model_json_schema(mode="serialization"))


def mcp_tool(spec: AnyTool) -> Schema:
    """The tool as `tools/list` describes it."""
    return {
        "name": spec.name,
        "title": spec.title,
        "description": spec.description,
        "inputSchema": input_schema(spec.input),
        "outputSchema": output_schema(spec.output),
        "annotations": {
            "title": spec.title,
            "readOnlyHint": spec.read_only,
            "destructiveHint": not spec.read_only,
            "idempotentHint": spec.read_only,
            "openWorldHint": False,
        },
    }


def openai_tool(spec: AnyTool) -> Schema:
    """The tool for OpenAI's function calling, in strict mode."""
    parameters = _strict(input_schema(spec.input))
    function = {"name": spec.name, "description": spec.description, "strict": True}
    return {"type": "function", "function": function | {"parameters": parameters}}


def compact_tool(spec: AnyTool) -> Schema:
    """The tool for small local models: the same envelope with the fewest words."""
    parameters = _without(input_schema(spec.input), _NOT_COMPACT)
    function = {"name": spec.name, "description": spec.description, "parameters": parameters}
    return {"type": "function", "function": function}


FORMATS: dict[str, Callable[[AnyTool], Schema]] = {
    "mcp": mcp_tool,
    "openai": openai_tool,
    "compact": compact_tool,
}


def _inlined(schema: Schema) -> Schema:
    """The schema with each `$ref` replaced by what it names; titles are dropped."""
    definitions = schema.get("$defs", {})

    def visit(node: Any) -> Any:
        if isinstance(node, list):
            return [visit(item) for item in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            named = definitions[node["$ref"].rpartition("/")[2]]
            return visit(named | {k: v for k, v in node.items() if k != "$ref"})
        kept = {k: v for k, v in node.items() if k not in ("title", "$defs")}
        return {k: _properties(v) if k == "properties" else visit(v) for k, v in kept.items()}

    def _properties(properties: Schema) -> Schema:
        return {name: visit(node) for name, node in properties.items()}

    inlined: Schema = visit(schema)
    inlined.pop("description", None)  # the tool's own description stands beside the schema
    return inlined


def _without_long(node: Any) -> Any:
    """The schema without lengths that are too large for a grammar."""
    if isinstance(node, list):
        return [_without_long(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _without_long(value)
        for key, value in node.items()
        if not (key in _LENGTHS and isinstance(value, int) and value > LONGEST)
    }


def _without(node: Any, unwanted: frozenset[str]) -> Any:
    """The schema without some keywords; properties of that name stay."""
    if isinstance(node, list):
        return [_without(item, unwanted) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: (
            {name: _without(inner, unwanted) for name, inner in value.items()}
            if key == "properties"
            else _without(value, unwanted)
        )
        for key, value in node.items()
        if key not in unwanted
    }


def _strict(schema: Any) -> Any:
    """The schema as strict mode wants it: all required, optional ones may be null."""
    return _require_all(_without(schema, _NOT_STRICT))


def _require_all(node: Any) -> Any:
    if isinstance(node, list):
        return [_require_all(item) for item in node]
    if not isinstance(node, dict):
        return node
    if "properties" not in node:
        return {key: _require_all(value) for key, value in node.items()}
    required = node.get("required", ())
    properties = {
        name: _require_all(inner) if name in required else _nullable(_require_all(inner))
        for name, inner in node["properties"].items()
    }
    return node | {
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _nullable(schema: Schema) -> Schema:
    """The schema, admitting null."""
    choices = schema.get("anyOf", [schema])
    if any(choice.get("type") == "null" for choice in choices):
        return schema
    about = {k: v for k, v in schema.items() if k in _ABOUT}
    plain = [{k: v for k, v in choice.items() if k not in _ABOUT} for choice in choices]
    return {"anyOf": [*plain, {"type": "null"}]} | about
