"""The agent loop: every way a question can go, with a scripted model and local tools."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from hrm_agents.errors import ModelError
from hrm_agents.events import Called, Event, Finished, Replied, Returned, Started
from hrm_agents.limits import Limits
from hrm_agents.llm.scripted import Reply, ScriptedModel
from hrm_agents.loop import run
from hrm_agents.messages import Message, assistant, system, tool_call, user
from hrm_agents.toolbox.local import LocalTool, LocalToolbox
from tests.agents.tool_server import SCHEMA, answer

QUESTION = [user("What's the derivative of sin(5x)?")]


def differentiate(expression: str, order: int = 1) -> dict[str, Any]:
    if expression == "?":
        raise ValueError("expected an expression, column 1")
    return answer(expression)


TOOLS = LocalToolbox([LocalTool("calculate_derivative", "Differentiate.", SCHEMA, differentiate)])


def call(expression: str, number: int = 1) -> Message:
    return assistant(None, [tool_call("calculate_derivative", {"expression": expression}, number)])


def play(
    replies: Sequence[Reply], limits: Limits | None = None, **options: Any
) -> tuple[ScriptedModel, list[Event], Finished]:
    model = ScriptedModel(replies)
    events = list(run(model, TOOLS, QUESTION, limits=limits, **options))
    last = events[-1]
    assert isinstance(last, Finished)
    return model, events, last


@pytest.mark.requirement("CP-1")
def test_a_question_is_answered_with_the_result_of_a_call() -> None:
    def quote(messages: Sequence[Message]) -> Message:
        result = (messages[-1]["content"] or "").splitlines()[0].removeprefix("result: ")
        return assistant(f"The derivative of sin(5x) is {result}.")

    model, events, last = play([call("sin(5x)"), quote])
    kinds = [Started, Replied, Called, Returned, Replied, Finished]
    assert [type(event) for event in events] == kinds
    assert (last.reason, last.turns) == ("answer", 2)
    assert last.text == "The derivative of sin(5x) is 5*cos(5*x)."
    assert model.requests[1].messages[-1]["content"] == "result: 5*cos(5*x)\nverdict: proved"
    assert [message["role"] for message in last.messages] == ["assistant", "tool", "assistant"]


def test_the_whole_answer_stays_with_the_event() -> None:
    _, events, _ = play([call("x^2"), "2*x"])
    returned = next(event for event in events if isinstance(event, Returned))
    assert returned.result.data == answer("x^2")


def test_a_question_without_a_tool_is_answered_at_once() -> None:
    _, _, last = play(["Hello!"])
    assert (last.reason, last.text, last.turns) == ("answer", "Hello!", 1)


def test_the_conversation_given_is_not_changed() -> None:
    given = [system("Be brief."), user("Hi")]
    list(run(ScriptedModel(["Hello!"]), TOOLS, given))
    assert len(given) == 2


def test_several_calls_in_one_reply_are_carried_out_in_order() -> None:
    both = assistant(None, [*call("x^2")["tool_calls"], *call("x^3", number=2)["tool_calls"]])
    model, _, last = play([both, "2*x and 3*x^2"])
    results = [m for m in model.requests[1].messages if m["role"] == "tool"]
    assert [m["tool_call_id"] for m in results] == ["call00001", "call00002"]
    assert [(m["content"] or "")[:13] for m in results] == ["result: 2*x\nv", "result: 3*x^2"]
    assert last.reason == "answer"


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (assistant(None, [tool_call("integrate", {})]), "there is no tool `integrate`"),
        (assistant(None, [tool_call("calculate_derivative", "sin(5x)")]), "not a JSON object"),
        (assistant(None, [tool_call("calculate_derivative", "[1]")]), "not a JSON object"),
        (assistant(None, [tool_call("calculate_derivative", "")]), "missing or unknown"),
        (call("?"), "expected an expression, column 1"),
        (call("floor(x)"), "no rule for this expression"),
    ],
)
def test_what_is_wrong_with_a_call_is_told_to_the_model(reply: Message, told: str) -> None:
    model, _, last = play([reply, "Sorry, that did not work."])
    content = model.requests[1].messages[-1]["content"] or ""
    assert content.startswith("error: ")
    assert told in content
    assert last.reason == "answer"


def test_latex_with_single_backslashes_reaches_the_tool_whole() -> None:
    reply = assistant(None, [tool_call("calculate_derivative", r'{"expression": "\frac{1}{x}"}')])
    _, events, _ = play([reply, "done"])
    called = next(event for event in events if isinstance(event, Called))
    assert called.arguments == {"expression": r"\frac{1}{x}"}


def test_the_third_identical_call_is_refused_and_an_answer_forced() -> None:
    model, events, last = play([call("x^2")] * 3 + ["It is 2*x."])
    results = [event.result for event in events if isinstance(event, Returned)]
    assert [result.error_kind for result in results] == [None, None, "repeat"]
    assert model.requests[3].tools == []
    assert (last.reason, last.text) == ("repeat", "It is 2*x.")


def test_three_errors_in_a_row_end_the_calls() -> None:
    model, _, last = play([call("?"), call("floor(x)"), call("x!"), "I could not find it."])
    assert (last.reason, last.text) == ("tool_errors", "I could not find it.")
    assert [len(request.tools) for request in model.requests] == [1, 1, 1, 0]


def test_a_success_forgives_the_errors_before_it() -> None:
    replies = [call("?"), call("x!"), call("x^2"), call("floor(x)"), "2*x"]
    assert play(replies)[2].reason == "answer"


def test_the_last_turn_offers_no_tools() -> None:
    model, _, last = play([call("x^2"), "It is 2*x."], Limits(turns=2))
    assert [len(request.tools) for request in model.requests] == [1, 0]
    assert last.reason == "answer"


def test_a_model_that_calls_to_the_end_is_stopped() -> None:
    _, _, last = play([call("x^2"), call("x^3")], Limits(turns=2))
    assert (last.reason, last.text, last.turns) == ("max_turns", "No answer was reached.", 2)
    assert "tool_calls" not in last.messages[-1]


def test_a_model_that_fails_ends_the_question() -> None:
    _, _, last = play([call("x^2"), ModelError("the server is gone", hint="start it")])
    assert last.reason == "model_error"
    assert last.text == "the server is gone\n  hint: start it"


def test_a_model_that_says_nothing_has_failed() -> None:
    assert play([assistant("  ")])[2].reason == "model_error"


def ticking(*times: float) -> Any:
    clock: Iterator[float] = iter(times)
    return lambda: next(clock)


def test_a_deadline_is_kept_between_turns() -> None:
    seconds = [0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 2.0, 99.0, 99.0]
    _, events, last = play([call("x^2"), "late"], Limits(deadline_s=10), clock=ticking(*seconds))
    assert (last.reason, last.turns) == ("deadline", 1)
    assert last.elapsed_ms == 99_000
    assert isinstance(events[-2], Returned)


def test_a_call_after_the_deadline_is_not_made() -> None:
    seconds = [0.0, 0.0, 0.0, 0.0, 50.0, 50.0, 50.0, 50.0, 50.0, 50.0]
    _, events, last = play([call("x^2")], Limits(deadline_s=10), clock=ticking(*seconds))
    returned = next(event for event in events if isinstance(event, Returned))
    assert returned.result.error_kind == "timeout"
    assert last.reason == "deadline"


def test_a_long_result_is_cut_for_the_model_only() -> None:
    long = LocalToolbox(
        [LocalTool("tell", "Tell.", {"type": "object"}, lambda: {"text": "x" * 99})]
    )
    model = ScriptedModel([assistant(None, [tool_call("tell", {})]), "done"])
    events = list(run(model, long, QUESTION, limits=Limits(result_chars=40)))
    returned = next(event for event in events if isinstance(event, Returned))
    assert returned.content.endswith("more characters left out]")
    assert len(returned.result.text) > len(returned.content.splitlines()[0]) == 40


def test_the_answer_is_streamed_in_pieces() -> None:
    pieces: list[str] = []
    play(["It is 2*x."], on_text=pieces.append)
    assert pieces == ["It", " is", " 2*x."]
