"""Progress as a caller sees it: it grows, is not silent for long, and ends with the call."""

from __future__ import annotations

import asyncio
import threading
from itertools import pairwise

import pytest

from hrm_tools.invoke import Host, invoke
from hrm_tools.progress import SteadyProgress
from hrm_tools.spec import Context, ToolSpec
from tests.tools.samples import AddArguments, Sum

Report = tuple[float, float, str]


class Heard:
    """A caller that notes what it is told, and can be waited for."""

    def __init__(self, enough: int = 1) -> None:
        self.reports: list[Report] = []
        self.enough, self.told = enough, threading.Event()

    def __call__(self, done: float, total: float, message: str) -> None:
        self.reports.append((done, total, message))
        if len(self.reports) >= self.enough:
            self.told.set()

    @property
    def numbers(self) -> list[float]:
        return [done for done, _, _ in self.reports]


def test_what_a_tool_reports_is_passed_on_as_it_is() -> None:
    heard = Heard()
    progress = SteadyProgress(heard)
    progress(0, 2, "first")
    progress(1, 2, "second")
    progress(2, 2, "done")
    assert heard.reports == [(0, 2, "first"), (1, 2, "second"), (2, 2, "done")]


def test_a_number_that_does_not_grow_is_moved_on_but_never_to_the_end() -> None:
    heard = Heard()
    progress = SteadyProgress(heard)
    for done in (1, 1, 0, 1):
        progress(done, 2, "again")
    assert heard.numbers[0] == 1
    assert all(first < second < 2 for first, second in pairwise(heard.numbers))


def test_a_beat_says_that_the_work_goes_on() -> None:
    heard = Heard()
    progress = SteadyProgress(heard)
    progress.beat()
    progress.beat()
    progress(1, 2, "half")
    progress.beat()
    progress(2, 2, "done")
    assert heard.reports[0] == (0.0, 1.0, "still working, 0 s")
    assert all(first < second for first, second in pairwise(heard.numbers))
    assert [total for _, total, _ in heard.reports] == [1.0, 1.0, 2, 2, 2]


def test_after_all_is_done_or_closed_nothing_is_said() -> None:
    heard = Heard()
    progress = SteadyProgress(heard)
    progress(2, 2, "done")
    progress.beat()
    progress.close()
    progress(3, 3, "late")
    assert heard.reports == [(2, 2, "done")]


@pytest.mark.requirement("CP-3")
def test_a_tool_that_says_nothing_is_spoken_for_until_it_answers() -> None:
    heard = Heard(enough=3)

    def quiet(arguments: AddArguments, context: Context) -> Sum:
        assert heard.told.wait(20)
        return Sum(result="", total=0)

    spec = ToolSpec("quiet", "Quiet", "Says nothing.", AddArguments, Sum, quiet, timeout_s=30)
    host = Host(progress=heard, heartbeat_s=0.01)
    assert asyncio.run(invoke(spec, {"a": 1}, host)).ok
    assert len(heard.reports) >= 3
    assert all(first < second for first, second in pairwise(heard.numbers))
    assert {message.partition(",")[0] for _, _, message in heard.reports} == {"still working"}


def test_a_tool_that_talks_is_not_interrupted() -> None:
    heard = Heard()

    def talk(arguments: AddArguments, context: Context) -> Sum:
        context.progress(1, 2, "half")
        return Sum(result="", total=0)

    spec = ToolSpec("talk", "Talk", "Says it.", AddArguments, Sum, talk)
    asyncio.run(invoke(spec, {"a": 1}, Host(progress=heard)))
    assert heard.reports == [(1, 2, "half")]


def test_a_tool_whose_caller_was_answered_is_not_heard_any_more() -> None:
    heard, answered, ended = Heard(), threading.Event(), threading.Event()

    def late(arguments: AddArguments, context: Context) -> Sum:
        answered.wait(20)
        context.progress(1, 2, "late")
        ended.set()
        return Sum(result="", total=0)

    spec = ToolSpec("late", "Late", "Too late.", AddArguments, Sum, late, timeout_s=0.1)
    assert asyncio.run(invoke(spec, {"a": 1}, Host(progress=heard))).kind == "timeout"
    answered.set()
    assert ended.wait(20)
    assert heard.reports == []
