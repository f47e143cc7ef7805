"""From what a caller sent to a tool's input, with errors that a language model can act on.

Each error names the field, the reason and what to send instead:

    order: input should be a valid integer. Send integer: how often to differentiate
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from hrm_tools.schema import input_schema
from hrm_tools.spec import AnyTool

MAX_ARGUMENTS = 20_000
"""Characters of JSON that the arguments of one call may take, whatever the tool allows."""
_SHOWN = 5
_SHOWN_CHARACTERS = 80


class InvalidArgumentsError(ValueError):
    """The arguments do not fit the tool's input; the message says what to send."""


def validate(spec: AnyTool, arguments: Mapping[str, Any]) -> BaseModel:
    """The tool's input. Types are taken strictly, as the published schema has them.

    A null for an optional argument counts as not sent: strict function calling makes models
    send every argument. A whole number may be written 2.0, as JSON Schema has it. Raises
    InvalidArgumentsError.
    """
    fields = spec.input.model_fields
    optional = {name for name, field in fields.items() if not field.is_required()}
    sent = {
        name: _whole(value, fields[name].annotation) if name in fields else value
        for name, value in arguments.items()
        if value is not None or name not in optional
    }
    try:
        text = json.dumps(sent, allow_nan=False, ensure_ascii=False)
        text.encode()
    except UnicodeEncodeError:
        problem = "the arguments hold text that is not Unicode. Send UTF-8"
        raise InvalidArgumentsError(problem) from None
    except (TypeError, ValueError, RecursionError):
        raise InvalidArgumentsError("the arguments are not a JSON object. Send one") from None
    if len(text) > MAX_ARGUMENTS:
        problem = f"the arguments take {len(text):,} characters of JSON"
        raise InvalidArgumentsError(f"{problem}, more than {MAX_ARGUMENTS:,}. Send less")
    try:
        read: BaseModel = spec.input.model_validate_json(text, strict=True)
    except ValidationError as error:
        raise InvalidArgumentsError(_explain(error, input_schema(spec.input))) from None
    return read


def _whole(value: Any, annotation: Any) -> Any:
    """2 for 2.0 where a whole number is wanted."""
    wanted = (annotation, *get_args(annotation))
    if isinstance(value, float) and value.is_integer() and int in wanted and float not in wanted:
        return int(value)
    return value


def _explain(error: ValidationError, schema: dict[str, Any]) -> str:
    found = error.errors(include_url=False, include_context=False, include_input=False)
    lines = [_line(item["type"], item["loc"], item["msg"], schema) for item in found[:_SHOWN]]
    if len(found) > _SHOWN:
        lines.append(f"and {len(found) - _SHOWN} more")
    return "\n".join(lines)


def _line(kind: str, path: tuple[str | int, ...], reason: str, schema: dict[str, Any]) -> str:
    if kind == "json_invalid":  # the text is our own: what the parser refuses is its depth
        return "the arguments are nested too deeply. Send flat ones"
    field = printable(".".join(str(part) for part in path)) or "arguments"
    if kind == "extra_forbidden":
        known = ", ".join(schema["properties"]) or "no arguments"
        return f"{field}: unknown argument. Send only {known}"
    reason = reason.removeprefix("Value error, ")
    wanted = _wanted(schema["properties"].get(path[0]) if path else None)
    return f"{field}: {reason[:1].lower()}{reason[1:]}{wanted}"


def _wanted(schema: dict[str, Any] | None) -> str:
    """What to send for one property, as its schema says it."""
    if schema is None:
        return ""
    kind = schema.get("type", "a value")
    description = schema.get("description")
    return f". Send {kind}: {description}" if description else f". Send {kind}"


def printable(text: str) -> str:
    """Text from outside, short and fit to be sent back."""
    short = text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}..."
    return short.encode("utf-8", "replace").decode("utf-8")
