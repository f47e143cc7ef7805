"""The chat format of the embedded LLM: messages and tools become segments of text.

One renderer serves training and use, so the model never sees a form it was not trained on:

    <|im_start|>system
    You are HRM Copilot. Tools:
    calculate_derivative(expression: string, variable: string, order: integer) - Differentiate.
    <|im_end|>
    <|im_start|>user
    What's the derivative of sin(5x)?<|im_end|>
    <|im_start|>assistant
    <tool_call>
    {"name": "calculate_derivative", "arguments": {"expression": "sin(5x)", ...}}
    </tool_call><|im_end|>
    <|im_start|>tool
    result: 5*cos(5*x)
    verdict: proved<|im_end|>

Roles are ChatML, calls are in the Hermes form. A segment is `(text, is_control, learn)`:
only control segments become control tokens, and all of them are written here, so nothing a
user or a tool says can end a turn or open a call. Read `render` first.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from hrm_agents.embedded.sentences import NOT_UNIQUE, read
from hrm_agents.embedded.spoken import to_symbols

Message = Mapping[str, Any]
Segment = tuple[str, bool, bool]

START, END = "<|im_start|>", "<|im_end|>"
CALL, CALL_END = "<tool_call>", "</tool_call>"
PAD = "<|endoftext|>"
CONTROL_TOKENS = (PAD, START, END, CALL, CALL_END)

NAME = "You are HRM Copilot."
DESCRIPTION_LENGTH = 60
CHAT_TEMPLATE = """\
{{- '<|im_start|>system\\nYou are HRM Copilot.' }}
{%- if tools %}{{ ' Tools:' }}
{%- for tool in tools %}{% set f = tool.function %}{{ '\\n' + f.name + '(' }}
{%- for name, schema in f.parameters.properties.items() %}
{{- name + ': ' + (schema.type or 'string') }}{{ '' if loop.last else ', ' }}
{%- endfor %}{{ ')' }}
{%- set line = ((f.description or '').split('\\n')[0].split('. ')[0].rstrip('.'))[:60].rstrip() %}
{%- if line %}{{ ' - ' + line }}{% endif %}
{%- endfor %}
{%- else %}{{ ' No tools.' }}{% endif %}{{ '<|im_end|>\\n' }}
{%- for message in messages if message.role != 'system' %}
{{- '<|im_start|>' + message.role + '\\n' + (message.content or '') }}
{%- for call in message.tool_calls or [] %}{% set c = call.function %}
{{- '<tool_call>\\n{"name": "' + c.name + '", "arguments": ' }}
{{- c.arguments if c.arguments is string else c.arguments | tojson }}{{ '}\\n</tool_call>' }}
{%- endfor %}{{ '<|im_end|>\\n' }}
{%- endfor %}
{%- if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"""
"""The same in Jinja, stored in the GGUF file for other programs."""


def render(
    messages: Sequence[Message], tools: Sequence[Mapping[str, Any]], *, answer: bool = False
) -> list[Segment]:
    """The whole conversation as segments; with `answer`, up to where the model speaks next.

    Args:
        messages: OpenAI-style `{"role", "content", "tool_calls"?}`. System messages are left
            out: the model is a specialist and knows one system text, the one written here.
        tools: OpenAI-style `{"type": "function", "function": {...}}`.
        answer: end with the opening of an assistant turn.
    """
    segments = _turn("system", system_text(tools))
    for message in messages:
        if message["role"] == "assistant":
            segments += _assistant(message)
        elif message["role"] == "tool":
            segments += _turn("tool", compact_result(str(message.get("content") or "")))
        elif message["role"] == "user":
            segments += _turn("user", to_symbols(str(message.get("content") or "")))
    if answer:
        segments += _opening("assistant")
    return segments


def system_text(tools: Sequence[Mapping[str, Any]]) -> str:
    """The system turn: who speaks, and one compact line a tool."""
    if not tools:
        return f"{NAME} No tools."
    return "\n".join([f"{NAME} Tools:", *(tool_line(tool) for tool in tools)])


def tool_line(tool: Mapping[str, Any]) -> str:
    """`name(argument: type, ...) - description`: a sixth of the tokens of its JSON schema."""
    function = tool["function"]
    properties: Mapping[str, Any] = function.get("parameters", {}).get("properties", {})
    arguments = ", ".join(f"{name}: {_kind(schema)}" for name, schema in properties.items())
    description = str(function.get("description", "")).split("\n")[0].split(". ")[0].rstrip(".")
    line = f"{function['name']}({arguments})"
    return f"{line} - {description[:DESCRIPTION_LENGTH].rstrip()}" if description else line


def call_text(name: str, arguments: Mapping[str, Any]) -> str:
    """A call as the model writes it, without its markers."""
    return json.dumps({"name": name, "arguments": dict(arguments)}, ensure_ascii=False)


def result_text(result: str | None, verdict: str = "", note: str = "") -> str:
    """What the model is told of a tool's answer: result and verdict, or the error.

    Of the notes it is told one: that the result is one of several.
    """
    if result is None:
        return f"error: {note or 'no answer'}"
    lines = [f"result: {result}"]
    lines += [f"verdict: {verdict}"] if verdict else []
    lines += [f"note: {NOT_UNIQUE}"] if note.startswith(NOT_UNIQUE) else []
    return "\n".join(lines)


def compact_result(content: str) -> str:
    """A tool message in the compact form; an Answer written as JSON is shortened to it."""
    if not content.lstrip().startswith("{"):
        got = read(content)
        return result_text(got.result, got.verdict, got.note) if got.note else content
    try:
        data = json.loads(content)
    except ValueError:
        return content
    if not isinstance(data, dict) or "result" not in data:
        return content
    result = data["result"]
    text = None if result is None else str(result)
    return result_text(text, str(data.get("verdict") or ""), str(data.get("note") or ""))


def _assistant(message: Message) -> list[Segment]:
    """An assistant turn, the only one that is learned: text, or calls one below another."""
    segments = _opening("assistant")
    if content := message.get("content"):
        segments.append((str(content), False, True))
    for call in message.get("tool_calls") or ():
        function = call["function"]
        arguments = function["arguments"]
        if isinstance(arguments, str):
            arguments = json.loads(arguments)
        segments.append((CALL, True, True))
        segments.append((f"\n{call_text(function['name'], arguments)}\n", False, True))
        segments.append((CALL_END, True, True))
    return [*segments, (END, True, True), ("\n", False, False)]


def _turn(role: str, text: str) -> list[Segment]:
    return [*_opening(role), (text, False, False), (END, True, False), ("\n", False, False)]


def _opening(role: str) -> list[Segment]:
    return [(START, True, False), (f"{role}\n", False, False)]


def _kind(schema: Mapping[str, Any]) -> str:
    """The type of an argument in one word."""
    if isinstance(kind := schema.get("type"), str):
        return kind
    options = schema.get("anyOf") or schema.get("oneOf") or ()
    kinds = [str(option.get("type")) for option in options if option.get("type") != "null"]
    return kinds[0] if kinds else "string"
