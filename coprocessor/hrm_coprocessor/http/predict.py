"""The plainest ways in: a sequence to `POST /predict`, a request for code to `POST /generate`.

    {"input_sequence": "sin(5x)"}  ->  {"result": "5*cos(5*x)", "verified": true, ...}
    {"prompt": "the larger of two numbers", "examples": "assert f(1, 2) == 2"}  ->  {"code": ...}

Each is a tool made from another. `predict` takes the first argument of settings.predict_tool and
leaves the rest at their defaults; `generate` takes all that `generate_code` takes, with `prompt`
for `spec`. The answer comes back whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, create_model

from hrm_tools.spec import AnyTool, Arguments, Context

CODE_TOOL = "generate_code"
"""The tool behind POST /generate."""


def predict_tool(tool: AnyTool) -> AnyTool:
    """`tool` under the name `predict`, taking its first argument as `input_sequence`."""
    first = next(iter(tool.input.model_fields))
    return _renamed(tool, "predict", {"input_sequence": first})


def generate_tool(tool: AnyTool) -> AnyTool:
    """`tool` under the name `generate`, taking its first argument as `prompt`."""
    first, *others = tool.input.model_fields
    return _renamed(tool, "generate", {"prompt": first} | {name: name for name in others})


def _renamed(tool: AnyTool, name: str, arguments: Mapping[str, str]) -> AnyTool:
    """`tool` under another name. arguments: what they are called, and the tool's name for each."""
    known = tool.input.model_fields
    fields: dict[str, Any] = {
        new: (known[old].annotation, known[old]) for new, old in arguments.items()
    }
    model: type[BaseModel] = create_model(
        f"{name.capitalize()}Arguments", __base__=Arguments, **fields
    )

    def run(sent: BaseModel, context: Context) -> BaseModel:
        values = sent.model_dump()
        asked = tool.input.model_validate({old: values[new] for new, old in arguments.items()})
        output: BaseModel = tool.run(asked, context)
        return output

    return replace(tool, name=name, input=model, run=run)
