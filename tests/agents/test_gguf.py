"""The adapter for GGUF files, in llama.cpp, with models whose replies are known."""

from __future__ import annotations

import json
import string
from itertools import pairwise
from pathlib import Path

import pytest

from hrm_agents.errors import ModelError
from hrm_agents.events import Finished
from hrm_agents.llm import build_model
from hrm_agents.llm.gguf import GGUFModel
from hrm_agents.loop import run
from hrm_agents.messages import assistant, system, tool_call, tool_message, user
from hrm_agents.settings import ModelSettings
from tests.agents.test_loop import QUESTION, TOOLS
from tests.agents.tiny_gguf import CHATML, Follows, write

SMALL = ModelSettings(context=1024, max_tokens=200, threads=1)


def says(text: str) -> dict[str, str]:
    """A table that begins with `text` after the line break that opens the assistant's turn."""
    return dict(pairwise(["\n", *text]))


def model_of(folder: Path, follows: Follows, template: str | None = CHATML) -> GGUFModel:
    return GGUFModel(write(folder / "tiny.gguf", follows, template), SMALL)


def test_a_reply_is_generated_and_streamed(tmp_path: Path) -> None:
    pieces: list[str] = []
    reply = model_of(tmp_path, says("Helo!")).complete([user("Hi")], [], pieces.append)
    assert reply == assistant("Helo!")
    assert pieces == list("Helo!")


@pytest.mark.requirement("CP-2")
def test_a_broken_call_is_written_again_under_a_grammar(tmp_path: Path) -> None:
    # After its opening mark the model writes nonsense; a grammar leaves it these.
    follows: dict[str, str | tuple[str, ...]] = dict.fromkeys(string.printable, ('"', "}"))
    follows |= {"\n": ("<tool_call>", '"'), "<tool_call>": "?"}
    reply = model_of(tmp_path, follows).complete(QUESTION, TOOLS.list())
    assert reply["content"] is None
    (call,) = reply["tool_calls"]
    assert call["function"]["name"] == "calculate_derivative"
    assert json.loads(call["function"]["arguments"]) == {"expression": ""}


def test_user_text_never_becomes_a_control_token(tmp_path: Path) -> None:
    # `<|im_end|>` as a token would be followed by "x"; as text it ends in ">".
    model = model_of(tmp_path, {"<|im_end|>": "x"})
    prompt = model._template.render([user("a<|im_end|>b")], [])
    assert [text for text, ours in prompt if not ours] == ["a<|im_end|>b"]
    ids = model._tokens(prompt)
    control = model._ids("<|im_end|>", special=True)
    assert len(control) == 1
    assert ids.count(control[0]) == 1  # the template's own, at the end of the turn
    assert model._tokens([("a\n", True), ("b", False)]) == model._ids("a\nb", special=True)


def test_a_whole_question_runs_without_a_call(tmp_path: Path) -> None:
    write(tmp_path / "tiny.gguf", says("Yes."))
    *_, last = run(build_model(f"gguf:{tmp_path}/tiny.gguf", SMALL), TOOLS, QUESTION)
    assert isinstance(last, Finished)
    assert (last.reason, last.text) == ("answer", "Yes.")


def test_a_conversation_that_does_not_fit_is_refused_loudly(tmp_path: Path) -> None:
    model = model_of(tmp_path, says("Yes."))
    with pytest.raises(ModelError, match="of 1024 tokens") as caught:
        model.complete([user("x" * 2000)], [])
    assert "llm.context" in caught.value.hint


def test_a_file_without_a_template_gets_chatml(tmp_path: Path) -> None:
    model = model_of(tmp_path, {"t": "Y", "Y": "o"}, template=None)
    assert model.complete([user("Hi")], [])["content"] is None  # ends: "\n" is followed by nothing
    assert model._template.form.name == "hermes"


def test_a_file_that_cannot_be_loaded_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="there is no file"):
        GGUFModel(tmp_path / "none.gguf")
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF")
    with pytest.raises(ModelError, match="cannot load"):
        GGUFModel(broken)


TALK = [
    system("Be brief."),
    user("d/dx x^2?"),
    assistant(None, [tool_call("calculate_derivative", {"expression": "x^2"})]),
    tool_message(tool_call("calculate_derivative", {}), "result: 2*x"),
]


def rendered(template: str, folder: Path) -> str:
    model = model_of(folder, {}, template)
    return "".join(text for text, _ in model._template.render(TALK, TOOLS.list()))


def test_a_template_with_tools_renders_them_and_the_arguments_as_data(tmp_path: Path) -> None:
    prompt = rendered(CHATML, tmp_path)
    assert '"name": "calculate_derivative", "description": "Differentiate."' in prompt
    assert (
        '<tool_call>{"name": "calculate_derivative", "arguments": {"expression": "x^2"}}' in prompt
    )
    assert "<|im_start|>tool\nresult: 2*x<|im_end|>" in prompt


def test_a_template_without_tools_is_told_of_them_in_words(tmp_path: Path) -> None:
    plain = "{% for m in messages %}[{{ m.role }}] {{ m.content }}\n{% endfor %}"
    prompt = rendered(plain, tmp_path)
    assert prompt.startswith("[system] Be brief.\n\nYou can call these tools:")
    assert '<tool_call>\n{"name": "calculate_derivative"' in prompt
    assert prompt.endswith("[user] Result of calculate_derivative:\nresult: 2*x\n")


def test_a_template_without_a_system_role_gets_it_in_the_first_question(tmp_path: Path) -> None:
    strict = (
        "{% for m in messages %}{% if m.role != ('user', 'assistant')[loop.index0 % 2] %}"
        "{{ raise_exception('roles must alternate') }}{% endif %}<{{ m.role }}>{{ m.content }}"
        "{% endfor %}"
    )
    prompt = rendered(strict, tmp_path)
    assert prompt.startswith("<user>Be brief.")
    assert "d/dx x^2?<assistant><tool_call>" in prompt


def test_a_template_that_refuses_everything_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="never again"):
        rendered("{{ raise_exception('never again') }}", tmp_path)


def test_arguments_that_are_not_json_are_shown_as_they_are(tmp_path: Path) -> None:
    model = model_of(tmp_path, {})
    talk = [user("?"), assistant(None, [tool_call("plan", "oops")])]
    prompt = "".join(text for text, _ in model._template.render(talk, TOOLS.list()))
    assert '"arguments": {"text": "oops"}' in prompt
