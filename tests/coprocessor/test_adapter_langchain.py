"""The tools as LangChain tools in this process, called as a chain and as an agent call them."""

from __future__ import annotations

import json
import sys

import pytest

from hrm_coprocessor.adapters.langchain import langchain_tools
from hrm_coprocessor.service import Service
from hrm_engine.errors import MissingExtraError
from tests.coprocessor.serving import SETTINGS
from tests.tools.samples import ADD, ECHO


@pytest.mark.requirement("CP-4")
def test_an_agents_call_becomes_a_message_with_the_whole_answer_as_its_artifact() -> None:
    with Service(SETTINGS, (ADD, ECHO)) as service:
        add, _ = langchain_tools(service)
        call = {"type": "tool_call", "id": "c1", "name": "add", "args": {"a": 2, "b": 3}}
        message = add.invoke(call)
    assert message.artifact == {"result": "5", "total": 5}
    assert json.loads(message.content) == message.artifact
    assert (message.tool_call_id, message.status) == ("c1", "success")


def test_arguments_reach_the_check_as_they_were_sent() -> None:
    with Service(SETTINGS, (ADD,)) as service:
        (add,) = langchain_tools(service)
        said = json.loads(add.invoke({"a": "2", "more": 1}))
    assert said["kind"] == "invalid"
    assert "a: input should be a valid integer" in said["detail"]
    assert "more: unknown argument" in said["detail"]


def test_without_langchain_the_error_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("langchain_core")]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(MissingExtraError, match=r"hrm-coprocessor\[langchain\]"):
        langchain_tools(Service(SETTINGS, (ADD,)))
