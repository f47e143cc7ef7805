"""The records of `spec.py` and the names in `registry.py`."""

from __future__ import annotations

from importlib.metadata import EntryPoint, EntryPoints

import pytest
from pydantic import ValidationError

from hrm_engine.deadline import Deadline
from hrm_engine.errors import DeadlineError
from hrm_tools import registry
from hrm_tools.errors import ToolError, UnknownToolError
from hrm_tools.registry import load_tool, load_tools, tool_names
from hrm_tools.spec import Answer, Context, InThisProcess, ignore_progress
from tests.tools.samples import ADD, AddArguments


def test_an_answer_knows_no_other_verdicts_than_the_four() -> None:
    with pytest.raises(ValidationError):
        Answer(
            result="1",
            interpreted_as="1",
            verified=True,
            verdict="sure",  # type: ignore[arg-type]  # the point of the test
            method="",
            source="none",
        )


def test_a_tool_can_be_called_directly_with_a_local_context() -> None:
    context = Context.local()
    assert ADD.run(AddArguments(a=1, b=2), context).total == 3
    assert context.isolated(max, 1, 2) == 2
    assert context.progress is ignore_progress


@pytest.mark.parametrize("spent_before", [True, False])
def test_work_in_this_process_minds_its_deadline(spent_before: bool) -> None:
    deadline = Deadline.after(0 if spent_before else 60)
    isolated = InThisProcess(deadline)
    with pytest.raises(DeadlineError):
        isolated(deadline.cancel)


def test_every_name_of_the_registry_loads_the_tool_of_that_name() -> None:
    assert [tool.name for tool in load_tools()] == tool_names()
    assert "calculate_derivative" in tool_names()


def test_an_unknown_tool_is_answered_with_the_names_there_are() -> None:
    with pytest.raises(UnknownToolError) as caught:
        load_tool("calculate_derivate")
    assert "did you mean `calculate_derivative`?" in caught.value.hint
    with pytest.raises(UnknownToolError) as caught:
        load_tool("zzz")
    assert caught.value.hint.startswith("known tools: calculate_derivative")


def test_a_third_partys_tool_is_found_by_its_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    group = EntryPoints(
        [
            EntryPoint("add", "tests.tools.samples:ADD", registry.ENTRY_POINTS),
            EntryPoint("other_name", "tests.tools.samples:ADD", registry.ENTRY_POINTS),
            EntryPoint("no_tool", "tests.tools.samples:JOBS", registry.ENTRY_POINTS),
        ]
    )
    by_group = {registry.ENTRY_POINTS: group}
    monkeypatch.setattr(registry, "entry_points", lambda group: by_group[group])
    assert tool_names()[-3:] == ["add", "no_tool", "other_name"]
    assert load_tool("add") is ADD
    for name in ("other_name", "no_tool"):
        with pytest.raises(ToolError, match="is not that tool"):
            load_tool(name)
