"""A final sentence states the result word for word, and claims no check that was not made."""

from __future__ import annotations

import pytest

from hrm_agents.embedded import faithful, sentences
from hrm_agents.embedded.faithful import Step
from hrm_agents.messages import assistant, tool_call, tool_message, user

SIN = {"expression": "sin(5x)", "variable": "x", "order": 1}
PROVED = "result: 5*cos(5*x)\nverdict: proved"
UNVERIFIED = "result: 5*cos(5*x)\nverdict: unverified"


def step(content: str, arguments: dict[str, object] | None = None) -> Step:
    return Step(sentences.DERIVATIVE, arguments or SIN, content)


@pytest.mark.requirement("CP-1")
def test_a_proved_result_is_stated_plainly() -> None:
    assert step(PROVED).sentence == "The derivative of sin(5x) is 5*cos(5*x)."


@pytest.mark.parametrize(
    ("arguments", "content", "sentence"),
    [
        (
            {"expression": "t^3", "variable": "t", "order": 2},
            "result: 6*t\nverdict: verified",
            "The second derivative of t^3 with respect to t is 6*t.",
        ),
        (
            {"expression": "x^12", "variable": "x", "order": 10},
            "result: y\nverdict: proved",
            "The 10th derivative of x^12 is y.",
        ),
        (
            {"expression": "x", "variable": "x"},
            "result: 1\nverdict: unverified",
            "The derivative of x may be 1, but this is not verified.",
        ),
        (
            SIN,
            "error: the server is busy.\n  hint: wait",
            "I could not do that: the server is busy.",
        ),
        (SIN, "error: ", "I could not do that: no answer."),
        (SIN, "some text", "The derivative of sin(5x) may be some text, but this is not verified."),
    ],
)
def test_each_outcome_has_its_sentence(
    arguments: dict[str, object], content: str, sentence: str
) -> None:
    one = step(content, arguments)
    assert one.sentence == sentence
    assert faithful.is_faithful(sentence, [one])


def test_another_tools_result_is_given_as_it_is() -> None:
    assert Step("plot", {}, "result: plot.png").sentence == "The result is plot.png."


@pytest.mark.parametrize(
    "text",
    [
        "The derivative of sin(5x) is 5*cos(5x).",
        "The derivative of sin(5x) is cos(5*x).",
        "The second derivative of sin(5x) is 5*cos(5*x).",
        "The derivative of cos(5x) is 5*cos(5*x).",
        "",
    ],
)
def test_a_changed_result_order_or_expression_is_unfaithful(text: str) -> None:
    assert not faithful.is_faithful(text, [step(PROVED)])


@pytest.mark.parametrize("claim", ["verified", "proven", "checked", "guaranteed", "certain"])
def test_a_check_may_be_claimed_only_where_it_was_made(claim: str) -> None:
    text = f"The derivative of sin(5x) is 5*cos(5*x) ({claim})."
    assert faithful.is_faithful(text, [step(PROVED)])
    assert not faithful.is_faithful(text, [step(UNVERIFIED)])


def test_an_unverified_result_must_be_called_so() -> None:
    plain = "The derivative of sin(5x) is 5*cos(5*x)."
    assert not faithful.is_faithful(plain, [step(UNVERIFIED)])
    assert faithful.is_faithful(f"{plain} It is not verified.", [step(UNVERIFIED)])


def test_an_error_must_be_told() -> None:
    failed = [step("error: unknown name 'foo'")]
    assert faithful.is_faithful("I could not do that: unknown name 'foo'.", failed)
    assert not faithful.is_faithful("The derivative of sin(5x) is foo.", failed)


def test_several_results_must_all_be_there_in_order() -> None:
    second = step(
        "result: 2*x\nverdict: proved", {"expression": "x^2", "variable": "x", "order": 1}
    )
    both = [step(PROVED), second]
    assert faithful.is_faithful(faithful.sentence(both), both)
    assert not faithful.is_faithful(faithful.sentence(both[::-1]), both)


def test_the_steps_are_those_since_the_last_question() -> None:
    old, new = (
        tool_call("calculate_derivative", {"expression": "a"}),
        tool_call("plan", {"goal": "b"}),
    )
    broken = {**new, "function": {"name": "plan", "arguments": "{"}}
    conversation = [
        user("1"), assistant(None, [old]), tool_message(old, "result: 0"), assistant("0"),
        user("2"), assistant(None, [new]), tool_message(new, '{"result": "go", "verdict": ""}'),
        assistant(None, [broken]), tool_message(broken, "error: not JSON"),
    ]  # fmt: skip
    assert faithful.steps(conversation) == [
        Step("plan", {"goal": "b"}, "result: go"),
        Step("plan", {}, "error: not JSON"),
    ]
    assert faithful.steps(conversation[:1]) == []


PUZZLE = {"puzzle": "[sudoku 1]"}
NAMED = "result: [solution 1]\nverdict: proved"


@pytest.mark.parametrize(
    ("arguments", "content", "sentence"),
    [
        (PUZZLE, NAMED, "Here is the solution: [solution 1]"),
        (
            PUZZLE,
            f"{NAMED}\nnote: not unique",
            "There are several solutions, this is one of them: [solution 1]",
        ),
        (
            PUZZLE,
            "result: [solution 1]\nverdict: unverified",
            "This may be a solution, but it is not verified: [solution 1]",
        ),
        (
            {"maze": "[maze 1]"},
            NAMED,
            "Here is a shortest path, marked with o: [solution 1]",
        ),
        (
            {"maze": "[maze 1]"},
            "error: none: G cannot be reached from S",
            "I could not do that: G cannot be reached from S.",
        ),
        ({"maze": "[maze 1]"}, "result: right, down", "The result is right, down."),
    ],
)
def test_each_outcome_of_a_puzzle_has_its_sentence(
    arguments: dict[str, object], content: str, sentence: str
) -> None:
    one = Step("solve_it", arguments, content)
    assert one.sentence == sentence
    assert faithful.is_faithful(sentence, [one])


@pytest.mark.requirement("CP-1")
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (NAMED, "There are several solutions, this is one of them: [solution 1]"),
        (f"{NAMED}\nnote: not unique", "Here is the solution: [solution 1]"),
        (NAMED, "Here is the solution: [solution 2]"),
        ("result: [solution 1]\nverdict: unverified", "Here is the solution: [solution 1]"),
    ],
)
def test_a_puzzle_s_sentence_says_neither_more_nor_less(content: str, says: str) -> None:
    assert not faithful.is_faithful(says, [Step("solve_sudoku", PUZZLE, content)])
