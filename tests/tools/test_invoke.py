"""`invoke`: every way a call can end, and what the caller is told."""

from __future__ import annotations

import asyncio
import concurrent.futures
import threading
from collections.abc import Callable
from typing import Any, Self

import pytest

from hrm_engine.deadline import Deadline
from hrm_tools.errors import BusyError
from hrm_tools.invoke import Host, invoke
from hrm_tools.spec import AnyTool, Arguments, Context, Outcome, ToolSpec
from tests.tools.samples import ADD, ECHO, FAIL, LIE, LONG, SLOW, AddArguments, Sum, Watched


def call(spec: AnyTool, host: Host | None = None, /, **arguments: Any) -> Outcome:
    return asyncio.run(invoke(spec, arguments, host))


def test_a_good_call_returns_data_and_the_same_as_text() -> None:
    outcome = call(ADD, a=2, b=3)
    assert outcome == Outcome("ok", '{"result":"5","total":5}', {"result": "5", "total": 5})
    assert outcome.ok


def test_a_default_is_used_for_an_argument_that_is_not_sent() -> None:
    assert call(ADD, a=2).data == {"result": "3", "total": 3}


def test_null_for_an_optional_argument_counts_as_not_sent() -> None:
    assert call(ADD, a=2, b=None).data == {"result": "3", "total": 3}


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({}, "a: field required. Send integer: the first number"),
        ({"a": None}, "a: input should be a valid integer. Send integer: the first number"),
        ({"a": "2"}, "a: input should be a valid integer. Send integer: the first number"),
        ({"a": True}, "a: input should be a valid integer. Send integer: the first number"),
        ({"a": 1, "c": 2}, "c: unknown argument. Send only a, b"),
        (
            {"a": 10**10},
            "a: input should be less than or equal to 1000000000. Send integer: the first number",
        ),
        ({"a": float("nan")}, "the arguments are not a JSON object. Send one"),
        ({"a": {1, 2}}, "the arguments are not a JSON object. Send one"),
        (
            {"a": 1, "b": [0] * 20_000},
            "the arguments take 60,015 characters of JSON, more than 20,000. Send less",
        ),
    ],
)
def test_a_wrong_argument_is_named_with_the_reason_and_what_to_send(
    arguments: dict[str, Any], text: str
) -> None:
    assert call(ADD, **arguments) == Outcome("invalid", text)


def test_many_wrong_arguments_are_not_all_listed() -> None:
    outcome = call(ADD, a=1, **{f"x{number}": 0 for number in range(9)})
    assert outcome.text.splitlines()[-1] == "and 4 more"


@pytest.mark.parametrize("text", ["x" * 201, ""])
def test_a_text_of_the_wrong_length_is_refused(text: str) -> None:
    outcome = call(ECHO, text=text)
    assert outcome.kind == "invalid"
    assert outcome.text.startswith("text: string should have at ")


def test_half_a_character_is_refused() -> None:
    expected = Outcome("invalid", "the arguments hold text that is not Unicode. Send UTF-8")
    assert call(ECHO, text="\ud800") == expected


def test_an_unknown_name_is_cut_and_made_printable_before_it_is_sent_back() -> None:
    outcome = call(ADD, a=1, **{"\0" + "k" * 500: 1})
    assert outcome.kind == "invalid"
    assert len(outcome.text.encode()) < 200


def test_an_expression_error_is_the_callers_mistake() -> None:
    expected = Outcome("invalid", "expected ')'\n  hint: close the bracket")
    assert call(FAIL, text="expression") == expected


def test_our_own_errors_are_shown_in_full() -> None:
    assert call(FAIL, text="ours") == Outcome("failed", "the model is not here\n  hint: train it")


def test_busy_is_told_apart_from_failure() -> None:
    assert call(FAIL, text="busy").kind == "busy"


def test_an_unexpected_error_is_logged_and_its_details_are_kept_back(
    caplog: pytest.LogCaptureFixture,
) -> None:
    outcome = call(FAIL, text="boom")
    assert outcome.kind == "failed"
    assert "secret" not in outcome.text
    assert "secret of the machine" in caplog.text


def test_an_output_of_the_wrong_type_is_a_failure_not_an_answer() -> None:
    assert call(LIE, text="x").kind == "failed"


def test_an_answer_too_long_to_send_is_a_failure() -> None:
    assert "1,000,013 characters" in call(LONG, text="x").text


def test_a_tool_that_takes_too_long_is_a_timeout() -> None:
    outcome = call(SLOW, a=1)
    assert outcome.kind == "timeout"
    assert outcome.data is None


def test_the_hosts_deadline_counts_when_it_is_earlier_than_the_tools() -> None:
    assert call(ADD, Host(deadline=Deadline.after(0)), a=1).kind == "timeout"


def test_a_tool_that_ignores_its_deadline_is_answered_for_all_the_same() -> None:
    started, release = threading.Event(), threading.Event()

    def stuck(arguments: AddArguments, context: Context) -> Sum:
        started.set()
        release.wait(10)
        return Sum(result="", total=0)

    spec = ToolSpec("stuck", "Stuck", "Hangs.", AddArguments, Sum, stuck, timeout_s=0.5)
    outcome = call(spec, a=1)
    release.set()
    assert outcome.kind == "timeout"
    assert started.is_set()
    assert outcome.text == "no answer within 0.5 s\n  hint: ask for less"


def test_when_the_caller_leaves_the_tool_stops_at_its_next_check() -> None:
    watched = Watched()

    async def leave() -> None:
        task = asyncio.create_task(invoke(watched.tool, {"a": 1}))
        await asyncio.to_thread(watched.started.wait, 5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(leave())
    assert watched.stopped.wait(5)


def test_a_full_house_answers_busy_without_running_the_tool() -> None:
    def full(function: Callable[[], Any], /) -> concurrent.futures.Future[Any]:
        raise BusyError("full", hint="later")

    assert call(ADD, Host(submit=full), a=1) == Outcome("busy", "full\n  hint: later")


def test_a_call_dropped_before_it_ran_is_cancelled() -> None:
    def drop(function: Callable[[], Any], /) -> concurrent.futures.Future[Any]:
        future: concurrent.futures.Future[Any] = concurrent.futures.Future()
        future.cancel()
        future.set_running_or_notify_cancel()
        return future

    assert call(ADD, Host(submit=drop), a=1).kind == "cancelled"


def test_progress_reaches_the_host_in_order() -> None:
    seen: list[tuple[float, float, str]] = []
    call(ADD, Host(progress=lambda *step: seen.append(step)), a=1)
    assert seen == [(1, 2, "adding"), (2, 2, "added")]


def test_a_value_error_of_a_validator_reads_as_a_sentence() -> None:
    from pydantic import field_validator

    class Even(Arguments):
        n: int

        @field_validator("n")
        @classmethod
        def _even(cls, n: int) -> int:
            if n % 2:
                raise ValueError(f"{n} is odd")
            return n

    def half(arguments: Even, context: Context) -> Sum:
        return Sum(result="", total=arguments.n // 2)

    spec = ToolSpec("half", "Half", "Halves.", Even, Sum, half)
    assert call(spec, n=3) == Outcome("invalid", "n: 3 is odd. Send integer")
    assert call(spec, n=4).data == {"result": "", "total": 2}


def test_an_error_of_the_arguments_together_names_no_field() -> None:
    from pydantic import model_validator

    class Ordered(Arguments):
        low: int
        high: int

        @model_validator(mode="after")
        def _in_order(self) -> Self:
            if self.low > self.high:
                raise ValueError("low is above high")
            return self

    def width(arguments: Ordered, context: Context) -> Sum:
        return Sum(result="", total=arguments.high - arguments.low)

    spec = ToolSpec("width", "Width", "Measures.", Ordered, Sum, width)
    assert call(spec, low=2, high=1) == Outcome("invalid", "arguments: low is above high")
    assert call(spec, low=1, high=2).ok
