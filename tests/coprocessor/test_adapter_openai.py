"""Tool calls of OpenAI's kind: every call is answered by a message, whatever a model sent."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from hrm_coprocessor.adapters.compact import compact_tools
from hrm_coprocessor.adapters.openai import answer_tool_call, openai_tools
from hrm_coprocessor.service import Service
from tests.coprocessor.serving import SETTINGS
from tests.tools.samples import ADD, ECHO


def answer(name: str, arguments: object) -> Any:
    """The content of the message that answers a call."""
    with Service(SETTINGS, (ADD, ECHO)) as service:
        call = {"id": "c1", "type": "function", "function": {"name": name, "arguments": arguments}}
        message = asyncio.run(answer_tool_call(service, call))
    assert (message["role"], message["tool_call_id"]) == ("tool", "c1")
    return json.loads(message["content"])


@pytest.mark.requirement("CP-4")
@pytest.mark.parametrize("arguments", ['{"a": 2, "b": null}', {"a": 2}])
def test_a_call_is_answered_with_the_data_as_json(arguments: object) -> None:
    assert answer("add", arguments) == {"result": "3", "total": 3}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("", "not JSON"),
        ('{"a": 1', "not JSON"),
        ('{"a": NaN}', "not JSON"),
        ("[1]", "not a JSON object"),
        ('"a"', "not a JSON object"),
        (None, "not a JSON object"),
        ('{"a": "1"}', "a: input should be a valid integer"),
    ],
)
def test_arguments_that_cannot_be_used_are_answered_with_what_is_wrong(
    arguments: object, said: str
) -> None:
    found = answer("add", arguments)
    assert found["kind"] == "invalid"
    assert said in found["detail"]


def test_a_tool_that_a_model_made_up_is_answered_with_the_names_there_are() -> None:
    found = answer("ad", "{}")
    assert found["kind"] == "unknown"
    assert "did you mean `add`?" in found["detail"]


def test_both_sets_of_definitions_name_every_tool_in_its_order() -> None:
    service = Service(SETTINGS, (ADD, ECHO))
    for definitions in (openai_tools(service), compact_tools(service)):
        assert [tool["function"]["name"] for tool in definitions] == ["add", "echo"]
    assert openai_tools(service)[0]["function"]["strict"] is True
    assert len(json.dumps(compact_tools(service))) < len(json.dumps(openai_tools(service)))
