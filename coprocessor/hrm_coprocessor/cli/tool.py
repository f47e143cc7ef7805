"""Call one tool from the terminal.

    hrm tool --list
    hrm tool calculate_derivative "x^2*sin(x)"
    hrm tool calculate_derivative "t^3" t order=2 --json

Arguments go to the tool's fields in order, or by name as name=value. `hrm tool NAME --help`
lists them; options of `hrm tool` itself come before NAME. Exit code 0: answered; 1: no
answer; 2: the arguments are wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hrm_tools.spec import AnyTool, Outcome


COLD_START_S = 30.0
"""A server loads models before the first call; here they load within it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `hrm tool`."""
    parser.add_argument("--list", action="store_true", help="list the tools")
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")
    text = f"time allowed (default: the tool's own and {COLD_START_S:g} for loading models)"
    parser.add_argument("--timeout", type=float, metavar="SECONDS", help=text)
    parser.add_argument("name", nargs="?", metavar="NAME", help="the tool's name")
    # What follows the name is the tool's own: an expression may well begin with a minus.
    parser.add_argument(
        "arguments", nargs=argparse.REMAINDER, metavar="ARG", help="its arguments, or --help"
    )


def run(args: argparse.Namespace) -> int:
    """List the tools, explain one, or call one."""
    from hrm_tools.registry import load_tool, tool_names

    words = [word for word in args.arguments if word not in ("--json", "--")]
    as_json = args.json or "--json" in args.arguments
    if args.list or args.name is None:
        return _list(tool_names(), as_json=as_json)
    spec = load_tool(args.name)
    if {"-h", "--help"}.intersection(words):
        print(_help(spec))
        return 0
    timed = replace(spec, timeout_s=args.timeout or spec.timeout_s + COLD_START_S)
    return _call(timed, words, as_json=as_json)


def _call(spec: AnyTool, words: Sequence[str], *, as_json: bool) -> int:
    import asyncio

    from hrm_coprocessor.cli.show import show_json, show_outcome
    from hrm_coprocessor.service import Service
    from hrm_coprocessor.settings import ServeSettings

    settings = ServeSettings(workers=1, concurrency=1)
    with Service(settings, [spec]) as service:
        outcome = asyncio.run(service.call(spec.name, _arguments(spec, words)))
    (show_json if as_json else show_outcome)(outcome)
    return exit_code(outcome)


def exit_code(outcome: Outcome) -> int:
    """0 for an answer, 1 for none, 2 for wrong arguments."""
    if outcome.data is not None:
        return 0 if outcome.data.get("result", True) is not None else 1
    return 2 if outcome.kind == "invalid" else 1


def _arguments(spec: AnyTool, words: Sequence[str]) -> dict[str, Any]:
    """The words as the tool's arguments; surplus ones get a name that `invoke` refuses."""
    fields = list(spec.input.model_fields)
    arguments: dict[str, Any] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not (equals and name in fields):
            free = [field for field in fields if field not in arguments]
            name, value = free[0] if free else f"argument {len(arguments) + 1}", word
        arguments[name] = _typed(spec, name, value)
    return arguments


def _typed(spec: AnyTool, name: str, text: str) -> Any:
    """The text as the field's type; as it stands when it is not one, for `invoke` to refuse."""
    from pydantic import TypeAdapter, ValidationError

    if name not in spec.input.model_fields:
        return text
    try:
        return TypeAdapter(spec.input.model_fields[name].annotation).validate_strings(text)
    except ValidationError:
        return text


def _list(names: Sequence[str], *, as_json: bool) -> int:
    from hrm_tools.registry import load_tool
    from hrm_tools.schema import mcp_tool

    tools = [load_tool(name) for name in names]
    if as_json:
        json.dump([mcp_tool(tool) for tool in tools], sys.stdout, indent=2, ensure_ascii=False)
        print()
        return 0
    for tool in tools:
        print(f"{tool.name}  {tool.title}\n    {tool.description}")
    return 0


def _help(spec: AnyTool) -> str:
    """The tool's own help page, from its input model."""
    fields = spec.input.model_fields.items()
    usage = " ".join(name if field.is_required() else f"[{name}]" for name, field in fields)
    lines = [f"usage: hrm tool {spec.name} {usage} [--json]", "", spec.description, ""]
    for name, field in fields:
        plain = field.is_required() or field.default == ""
        default = "" if plain else f" (default {field.default})"
        lines.append(f"  {name:<14}{field.description or ''}{default}")
    return "\n".join(lines)
