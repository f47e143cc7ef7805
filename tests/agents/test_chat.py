"""Conversations: memory, failures that end a question only, parts that start and stop."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError

from hrm_agents.chat import Conversation, answer_all, conversation, open_parts
from hrm_agents.errors import AgentError, ModelError, SettingsError, ToolServerError
from hrm_agents.llm import FORMS, build_model
from hrm_agents.llm.scripted import ScriptedModel
from hrm_agents.local_server import LocalServer, orderly_sigterm
from hrm_agents.messages import Message, system
from hrm_agents.settings import AgentSettings
from hrm_agents.toolbox.mcp import MCPToolbox
from hrm_agents.transcript import Transcript, read
from hrm_agents.ui.jsonl import JSONScreen
from hrm_agents.ui.plain import PlainScreen
from tests.agents.conftest import HERE
from tests.agents.test_loop import TOOLS, call

TOOL_SERVER = (sys.executable, str(HERE / "tool_server.py"), "0")


def contents(messages: list[Message]) -> list[str | None]:
    return [message["content"] for message in messages]


def plain() -> tuple[PlainScreen, io.StringIO, io.StringIO]:
    out, errors = io.StringIO(), io.StringIO()
    return PlainScreen(out, errors), out, errors


def test_a_question_may_refer_to_the_ones_before() -> None:
    model = ScriptedModel(["one", "two", "three", "four"])
    talk = Conversation(model, TOOLS, system_text="Be brief.", history=2)
    screen, *_ = plain()
    assert answer_all(talk, ["a", "b", "c", "d"], screen) == 0
    assert contents(model.requests[1].messages) == ["Be brief.", "a", "one", "b"]
    assert contents(model.requests[3].messages) == ["Be brief.", "b", "two", "c", "three", "d"]
    assert model.requests[0].messages[0] == system("Be brief.")


def test_what_was_said_can_be_forgotten_or_never_kept() -> None:
    model = ScriptedModel(["one", "two", "three"])
    talk = Conversation(model, TOOLS)
    screen, *_ = plain()
    answer_all(talk, ["a"], screen)
    talk.forget()
    answer_all(talk, ["b"], screen)
    assert contents(model.requests[1].messages) == ["b"]
    forgetful = Conversation(ScriptedModel(["one", "two"]), TOOLS, history=0)
    answer_all(forgetful, ["a", "b"], screen)


def test_a_question_that_failed_is_not_remembered_and_the_next_is_answered() -> None:
    model = ScriptedModel([ModelError("gone"), "two"])
    screen, out, errors = plain()
    assert answer_all(Conversation(model, TOOLS), ["a", "b"], screen) == 1
    assert contents(model.requests[1].messages) == ["b"]
    assert errors.getvalue() == "stopped: model_error\n"
    assert out.getvalue() == "gone\ntwo\n"


def test_interrupting_ends_the_question_and_not_the_conversation() -> None:
    def interrupt(_: object) -> Message:
        raise KeyboardInterrupt

    screen, out, errors = plain()
    talk = Conversation(ScriptedModel([interrupt, "two"]), TOOLS)
    assert answer_all(talk, ["a", "b"], screen) == 1
    assert (out.getvalue(), errors.getvalue()) == ("two\n", "interrupted\n")


def test_a_server_that_goes_away_is_told_and_used_again_when_it_is_back(
    spawn: Callable[[int], subprocess.Popen[str]], free_port: int
) -> None:
    process = spawn(free_port)
    toolbox = MCPToolbox(f"http://127.0.0.1:{free_port}", pause_s=0)
    replies = [call("sin(5x)"), "It is 5*cos(5*x).", call("x^2"), "It is 2*x."]
    talk = Conversation(ScriptedModel(replies), toolbox)
    screen, out, errors = plain()
    assert answer_all(talk, ["a"], screen) == 0
    process.kill()
    process.wait()
    assert answer_all(talk, ["b"], screen) == 1
    assert "cannot be used" in errors.getvalue()
    assert "hint: start it" in errors.getvalue()
    spawn(free_port)
    assert answer_all(talk, ["c"], screen) == 0
    assert out.getvalue().splitlines()[-1] == "It is 2*x."
    toolbox.close()


@pytest.mark.requirement("CP-7")
def test_a_local_server_is_started_used_and_stopped(tmp_path: Path) -> None:
    script = tmp_path / "script.jsonl"
    script.write_text(f'{json.dumps(call("sin(5x)"))}\n"It is 5*cos(5*x)."\n')
    settings = AgentSettings(model=f"scripted:{script}")
    out = io.StringIO()
    with open_parts(settings, TOOL_SERVER) as parts, Transcript(tmp_path / "talk") as transcript:
        talk = conversation(parts, settings)
        assert answer_all(talk, ["What's d/dx sin(5x)?"], JSONScreen(out), transcript) == 0
        assert list(parts.seconds) == ["language model", "tool server"]
    events = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [event["event"] for event in events] == [
        "question", "started", "replied", "called", "returned", "replied", "finished",
    ]  # fmt: skip
    assert events[1]["messages"][0]["role"] == "system"  # the prompt that says when to call
    assert events[4]["result"]["data"]["verdict"] == "proved"
    assert [event["event"] for event in read(tmp_path / "talk")] == [e["event"] for e in events[1:]]
    with pytest.raises(ToolServerError):
        MCPToolbox(parts.server, pause_s=0).list()


def test_a_server_that_is_named_is_used(
    spawn: Callable[[int], subprocess.Popen[str]], free_port: int, tmp_path: Path
) -> None:
    spawn(free_port)
    (tmp_path / "script").write_text('"Hi"')
    settings = AgentSettings.model_validate(
        {
            "model": f"scripted:{tmp_path}/script",
            "tools": {"server": f"http://127.0.0.1:{free_port}"},
        }
    )
    with open_parts(settings, ["never-run"]) as parts:
        assert len(parts.toolbox.list()) == 2


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        (["no-such-program-here"], "cannot start `no-such-program-here`"),
        ([sys.executable, "-c", "raise SystemExit('broken settings')"], "broken settings"),
        ([sys.executable, "-c", "print('hello')"], "ended before it was ready"),
    ],
)
def test_a_local_server_that_does_not_start_says_why(command: list[str], problem: str) -> None:
    with pytest.raises(ToolServerError, match=problem):
        start(command)


def start(command: list[str]) -> None:
    server = LocalServer(command)
    try:
        server.url()
    finally:
        server.close()


def test_a_local_server_that_hangs_is_given_up_and_killed() -> None:
    stubborn = (
        "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('{', flush=True)"
    )
    server = LocalServer([sys.executable, "-c", f"{stubborn}; signal.pause()"], stop_s=0.01)
    with pytest.raises(ToolServerError, match="ended before it was ready"):
        server.url()
    with pytest.raises(ToolServerError, match="not ready within 0 seconds"):
        server.url(timeout_s=0.01)
    server.close()


def test_being_told_to_end_is_an_orderly_end() -> None:
    with pytest.raises(SystemExit) as caught, orderly_sigterm():
        signal.raise_signal(signal.SIGTERM)
    assert caught.value.code == 143
    assert signal.getsignal(signal.SIGTERM) is not None


def test_an_unknown_model_is_refused_with_the_known_forms() -> None:
    for spec in ("gpt", "gguf:", "embedded:x", ""):
        with pytest.raises(SettingsError, match="there is no model") as caught:
            build_model(spec)
        assert all(form in caught.value.hint for form in FORMS)


@pytest.mark.parametrize(
    ("module", "spec", "extra"),
    [("litellm", "litellm:x", "litellm"), ("llama_cpp", "gguf:{0}", "agent")],
)
def test_a_missing_package_names_the_extra_to_install(
    tmp_path: Path, module: str, spec: str, extra: str
) -> None:
    (tmp_path / f"{module}.py").write_text("raise ImportError")
    weights = tmp_path / "w.gguf"
    weights.write_bytes(b"")
    code = f"from hrm_agents.llm import build_model; build_model({spec.format(weights)!r})"
    paths = [str(tmp_path), str(HERE.parents[1] / "agents")]
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert f'pip install "hrm-coprocessor[{extra}]"' in done.stderr


def test_errors_are_a_problem_and_a_hint() -> None:
    assert str(AgentError("it broke", hint="mend it")) == "it broke\n  hint: mend it"
    assert str(AgentError("it broke")) == "it broke"


def test_limits_must_make_sense() -> None:
    with pytest.raises(ValidationError):
        AgentSettings.model_validate({"limits": {"turns": 0}})
