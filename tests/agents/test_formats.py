"""Call formats: templates recognised by their marks, replies read as models really write them."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from llama_cpp import llama_chat_format as published

from hrm_agents.formats import FORMS, OPENERS, TextGate, detect, read_reply
from hrm_agents.formats.scan import decode, value_at

OFFERED = ["calculate_derivative", "plan"]
NAME = "calculate_derivative"

# What tells the families' published templates apart, shortened to the parts about tools.
TEMPLATES = {
    "hermes": [
        "{%- if tools %}# Tools ... within <tool_call></tool_call> XML tags<|im_end|>{% endif %}",
        published.CHATML_CHAT_TEMPLATE,
    ],
    "llama3": [
        "{%- if builtin_tools %}{{- '<|python_tag|>' + tool_call.name + '.call(' }}{% endif %}",
        '{{- "Respond in the format {\\"name\\": function name, \\"parameters\\": ...}" }}'
        "<|start_header_id|>ipython<|end_header_id|>",
        published.LLAMA3_INSTRUCT_CHAT_TEMPLATE,
    ],
    "mistral": [
        '{{- "[AVAILABLE_TOOLS] [" }}...{{- "[TOOL_CALLS] [" }}{{- tool_call.function|tojson }}',
        published.MISTRAL_INSTRUCT_CHAT_TEMPLATE,
        published.MIXTRAL_INSTRUCT_CHAT_TEMPLATE,
    ],
    "phi": [
        "{{- '<|tool|>' + (tool['function'] | tojson) + '<|/tool|>' -}}<|tool_call|>",
        "{{'<|' + message['role'] + '|>' + message['content'] + '<|end|>'}}",
    ],
    "generic": ["{{ '<start_of_turn>' + role }}", ""],
}


@pytest.mark.requirement("CP-2")
@pytest.mark.parametrize(("form", "templates"), TEMPLATES.items())
def test_a_template_shows_the_form_of_its_calls(form: str, templates: Sequence[str]) -> None:
    assert [detect(template).name for template in templates] == [form] * len(templates)


CALL = '{"name": "calculate_derivative", "arguments": {"expression": "sin(5x)"}}'
PARAMETERS = CALL.replace("arguments", "parameters")
REPLIES = {
    "hermes": [
        f"<tool_call>\n{CALL}\n</tool_call>",
        f"<think>\nThe user wants ...\n</think>\n\n<tool_call>\n{CALL}\n</tool_call>",
        f"<tool_call>{CALL}",
        CALL.replace('"', "'").join(["<tool_call>", "</tool_call>"]),
        "<tool_call>\n<function=calculate_derivative>\n<parameter=expression>\nsin(5x)\n"
        "</parameter>\n</function>\n</tool_call>",
        f"<tool_call>{CALL[:-2]}",
    ],
    "llama3": [
        PARAMETERS,
        f"<|python_tag|>{PARAMETERS}<|eom_id|>",
        '<function=calculate_derivative>{"expression": "sin(5x)"}</function>',
        '[calculate_derivative(expression="sin(5x)")]',
        '<|python_tag|>calculate_derivative.call(expression="sin(5x)")',
        '{"type": "function", "function": "calculate_derivative",'
        ' "parameters": {"expression": "sin(5x)"}}',
    ],
    "mistral": [
        f'[TOOL_CALLS] [{CALL[:-1]}, "id": "a1b2c3d4e"}}]</s>',
        '[TOOL_CALLS]calculate_derivative[ARGS]{"expression": "sin(5x)"}</s>',
        '[TOOL_CALLS]calculate_derivative{"expression": "sin(5x)"}',
        '[TOOL_CALLS]calculate_derivative[CALL_ID]a1b2c3d4e[ARGS]{"expression": "sin(5x)"}',
    ],
    "phi": [
        f"<|tool_call|>[{CALL}]<|/tool_call|>",
        f"<|tool_call|>{CALL}<|/tool_call|><|end|>",
        f"functools[{CALL}]",
    ],
    "generic": [
        CALL,
        f"```json\n{CALL}\n```",
        '{"calculate_derivative": {"expression": "sin(5x)"}}',
        f'{{"type": "function", "function": {CALL}}}',
        CALL.replace('{"expression": "sin(5x)"}', json.dumps('{"expression": "sin(5x)"}')),
    ],
}


@pytest.mark.requirement("CP-2")
@pytest.mark.parametrize(
    ("form", "reply"), [(form, reply) for form, replies in REPLIES.items() for reply in replies]
)
def test_a_recorded_reply_is_read(form: str, reply: str) -> None:
    for expected in (FORMS[form], None):  # with the template known, and without
        read = read_reply(reply, OFFERED, expected)
        (call,) = read.calls
        assert call["function"]["name"] == NAME
        assert json.loads(call["function"]["arguments"]) == {"expression": "sin(5x)"}
        assert read.text in {"", "<|end|>"}


def test_text_around_a_call_stays_text() -> None:
    read = read_reply(f"Let me compute.\n<tool_call>{CALL}</tool_call>\nOne moment.", OFFERED)
    assert read.text == "Let me compute.\n\nOne moment."
    assert len(read.calls) == 1


@pytest.mark.parametrize(
    "reply",
    [
        f"<tool_call>{CALL}</tool_call>\n<tool_call>{CALL}</tool_call>",
        f"<tool_call>{CALL}<tool_call>{CALL}",
        f"[TOOL_CALLS] [{CALL}, {CALL}]",
        f"[TOOL_CALLS]{NAME}[ARGS]{{}}[TOOL_CALLS]{NAME}[ARGS]{{}}",
        f"<|tool_call|>[{CALL}, {CALL}]<|/tool_call|>",
        f"{PARAMETERS}; {PARAMETERS}",
        f"[{NAME}(expression='x'), {NAME}(expression='y')]",
    ],
)
def test_several_calls_are_numbered_on(reply: str) -> None:
    calls = read_reply(reply, OFFERED, None, 3).calls
    assert [call["id"] for call in calls] == ["call00003", "call00004"]


@pytest.mark.parametrize(
    "text",
    [
        "The derivative of x is 1.",
        '{"answer": 42}',
        "[1, 2]",
        '{"name": "weather", "parameters": {}}',
        "```json\n{}\n```",
        "[weather(city='Bonn')]",
        "f(x) = {x | x > 0}",
        "print('x')",
        "calculate_derivative('x')",
        "calculate_derivative(expression=x)",
        "[TOOL_CALLS] nothing",
        "<tool_call>nothing</tool_call>",
    ],
)
def test_what_is_no_call_stays_an_answer(text: str) -> None:
    read = read_reply(text, OFFERED)
    assert (read.text, read.calls) == (text, [])
    assert read.message() == {"role": "assistant", "content": text}


def test_without_tools_on_offer_nothing_is_a_call() -> None:
    assert read_reply(CALL, []).text == CALL


def test_a_marked_call_is_kept_when_broken_or_unknown_so_that_the_model_is_told() -> None:
    unknown = read_reply('<tool_call>{"name": "weather"}</tool_call>', OFFERED).calls
    assert unknown[0]["function"] == {"name": "weather", "arguments": "{}"}
    for reply in (
        '<tool_call>{"name": "plan", "arguments": oops}</tool_call>',
        '<|python_tag|>{"name": "plan", "arguments": oops}',
        "<function=plan>oops</function>",
    ):
        (broken,) = read_reply(reply, OFFERED).calls
        assert broken["function"]["name"] == "plan"
        assert decode(broken["function"]["arguments"]) is None


@pytest.mark.parametrize("name", ["functions.plan", "Plan", "PLAN "])
def test_a_name_is_matched_with_the_tools_on_offer(name: str) -> None:
    reply = f'<tool_call>{{"name": "{name}", "arguments": {{}}}}</tool_call>'
    assert read_reply(reply, OFFERED).calls[0]["function"]["name"] == "plan"


def test_thinking_is_not_part_of_the_answer() -> None:
    assert read_reply("<think>hm</think>It is 1.", OFFERED).text == "It is 1."
    assert read_reply("opened by the template</think>It is 1.", OFFERED).text == "It is 1."
    assert read_reply("<think>cut off", OFFERED).text == ""


@pytest.mark.parametrize(
    "latex",
    [r"\frac{1}{x}", r"\sqrt{x}", r"\sin x", r"\tan x", r"\theta", r"\right)", r"\cdot", r"\beta"],
)
def test_latex_copied_without_doubling_its_backslashes_is_understood(latex: str) -> None:
    assert decode(f'{{"expression": "{latex}"}}') == {"expression": latex}
    assert decode(json.dumps({"expression": latex})) == {"expression": latex}


@settings(deadline=None)
@given(st.dictionaries(st.text(max_size=5), st.text() | st.integers() | st.booleans(), max_size=3))
def test_proper_json_is_read_as_json(value: dict[str, object]) -> None:
    for text in (json.dumps(value), json.dumps(value, ensure_ascii=False)):
        assert value_at(text + " and more", 0) == (value, len(text))


@settings(deadline=None)
@given(st.text(alphabet="{}[]\"'\\:, atool_c<>|/", max_size=60))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    read_reply(text, OFFERED)


@pytest.mark.parametrize(
    "reply",
    [
        "<tool_call>{'name': 'plan', 'arguments': {'goal': {1, 2}}}</tool_call>",
        "<tool_call>{'name': 'plan', 'arguments': {(1, 2): b'x'}}</tool_call>",
        "[" * 5000,
        "{" * 3000 + "}" * 3000,
    ],
)
def test_what_json_cannot_hold_is_never_an_argument(reply: str) -> None:
    for call in read_reply(reply, OFFERED).calls:
        assert decode(call["function"]["arguments"]) is None


def shown(pieces: Sequence[str]) -> str:
    out: list[str] = []
    gate = TextGate(out.append, OPENERS)
    for piece in pieces:
        gate.feed(piece)
    gate.close(read_reply("".join(pieces), OFFERED).text)
    return "".join(out)


STREAMS = {
    "The derivative is 5*cos(5*x), proved.": "The derivative is 5*cos(5*x), proved.",
    f"One moment. <tool_call>{CALL}</tool_call>": "One moment.",
    f"<think>hm, {CALL}</think>\n\nIt is 1.": "It is 1.",
    f"<tool_call>{CALL}</tool_call>": "",
    PARAMETERS: "",
    "[1, 2] are the roots.": "[1, 2] are the roots.",
    "x < 3 and x <t, f[TOOL] functools": "x < 3 and x <t, f[TOOL] functools",
    "  spaced  out ": "spaced  out",
}


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
@pytest.mark.parametrize(("text", "visible"), STREAMS.items())
def test_a_stream_shows_the_answer_and_never_a_call(text: str, visible: str, size: int) -> None:
    pieces = [text[i : i + size] for i in range(0, len(text), size)]
    assert shown(pieces) == visible


def test_text_is_shown_as_soon_as_it_is_surely_text() -> None:
    out: list[str] = []
    gate = TextGate(out.append, OPENERS)
    for piece in ("The", " result", " <", "3"):
        gate.feed(piece)
    assert out == ["The", " result", " <3"]
