"""`POST /predict`: the plainest way in, one sequence in and one result out.

    {"input_sequence": "sin(5x)"}  ->  {"result": "5*cos(5*x)", "verified": true, ...}

It is a tool made from another (settings.predict_tool): the sequence is that tool's first
argument, the rest have their defaults, and the answer comes back whole. There is no
`/generate` yet: it will come with a tool that writes code.
"""

from __future__ import annotations

from dataclasses import replace

from pydantic import BaseModel, create_model

from hrm_tools.spec import AnyTool, Arguments, Context


def predict_tool(tool: AnyTool) -> AnyTool:
    """`tool` under the name `predict`, taking its first argument as `input_sequence`."""
    first, field = next(iter(tool.input.model_fields.items()))
    arguments: type[BaseModel] = create_model(
        "PredictArguments", __base__=Arguments, input_sequence=(field.annotation, field)
    )

    def run(sent: BaseModel, context: Context) -> BaseModel:
        asked = tool.input.model_validate({first: sent.model_dump()["input_sequence"]})
        output: BaseModel = tool.run(asked, context)
        return output

    return replace(tool, name="predict", input=arguments, run=run)
