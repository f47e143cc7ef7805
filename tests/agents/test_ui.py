"""Screens: what a person and a program see of a conversation."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.console import Console

from hrm_agents.chat import Conversation, answer_all
from hrm_agents.errors import ModelError, ToolServerError
from hrm_agents.events import Called
from hrm_agents.limits import Limits
from hrm_agents.llm.scripted import Reply, ScriptedModel
from hrm_agents.messages import Message, Toolbox, assistant, tool_call
from hrm_agents.ui.jsonl import JSONScreen
from hrm_agents.ui.plain import PlainScreen
from hrm_agents.ui.prompt import HELP, history_file, typed_questions, written_questions
from hrm_agents.ui.screen import describe_call
from hrm_agents.ui.terminal import TerminalScreen
from tests.agents.test_loop import TOOLS, call


class Away:
    """A toolbox whose server is down."""

    def call(self, *_: object) -> None:
        raise AssertionError

    def list(self) -> None:
        raise ToolServerError("the server is away", hint="start it")


def on_terminal(
    replies: list[Reply], *, colour: bool = False, tools: Toolbox = TOOLS, turns: int = 6
) -> str:
    console = Console(
        file=io.StringIO(), width=100, highlight=False, force_terminal=colour, record=True
    )
    talk = Conversation(ScriptedModel(replies), tools, limits=Limits(turns=turns))
    answer_all(talk, ["a?"], TerminalScreen(console, echo=True))
    return console.export_text()


def test_a_terminal_shows_the_call_its_check_and_its_time() -> None:
    question, called, returned, answer = on_terminal(
        [call("sin(5x)"), "It is 5*cos(5*x)."]
    ).splitlines()
    assert question == "› a?"
    assert called == '  → calculate_derivative(expression="sin(5x)")'
    assert returned.startswith("  5*cos(5*x) · ✓ proved (zero test) · hrm:test · ")
    assert returned.endswith(" ms")
    assert answer == "It is 5*cos(5*x)."


def test_an_answer_from_outside_is_never_read_as_markup() -> None:
    assert on_terminal(["[red]x[/red] [/]"]).splitlines()[-1] == "[red]x[/red] [/]"


def test_text_before_a_call_is_shown_on_a_line_of_its_own() -> None:
    first: Message = {**call("x^2"), "content": "One moment."}
    lines = on_terminal([first, "It is 2*x."], colour=True).splitlines()
    assert "One moment." in lines
    assert lines[-1] == "It is 2*x."


@pytest.mark.parametrize(
    ("replies", "shown"),
    [
        ([ModelError("gone")], ["the language model failed", "gone"]),
        ([call("floor(x)"), "Sorry."], ["error: no rule for this expression", "Sorry."]),
        ([call("x"), call("x^2")], ["stopped: too many turns", "No answer was reached."]),
    ],
)
def test_a_terminal_says_why_there_is_no_answer(replies: list[Reply], shown: list[str]) -> None:
    text = on_terminal(replies, turns=2)
    assert all(part in text for part in shown)


def test_a_terminal_shows_a_server_that_is_away() -> None:
    text = on_terminal([], tools=Away())  # type: ignore[arg-type]
    assert "error: the server is away" in text
    assert "hint: start it" in text


def test_a_terminal_survives_an_interruption() -> None:
    def interrupt(_: object) -> Message:
        raise KeyboardInterrupt

    assert on_terminal([interrupt], colour=True).splitlines()[-1] == "interrupted"


def test_plain_lines_end_with_the_answer() -> None:
    out, errors = io.StringIO(), io.StringIO()
    talk = Conversation(ScriptedModel([call("x^2"), "It is 2*x."]), TOOLS)
    answer_all(talk, ["a?"], PlainScreen(out, errors, echo=True))
    question, called, returned, answer = out.getvalue().splitlines()
    assert (question, called) == ("? a?", 'call: calculate_derivative(expression="x^2")')
    assert returned.startswith("  -> 2*x · ✓ proved (zero test)")
    assert answer == "It is 2*x."
    assert errors.getvalue() == ""


def test_json_lines_say_what_went_wrong() -> None:
    def interrupt(_: object) -> Message:
        raise KeyboardInterrupt

    out = io.StringIO()
    screen = JSONScreen(out)
    answer_all(Conversation(ScriptedModel([]), Away()), ["a?"], screen)  # type: ignore[arg-type]
    answer_all(Conversation(ScriptedModel([interrupt]), TOOLS), ["a?"], screen)
    records = [json.loads(line) for line in out.getvalue().splitlines()]
    kinds = [record["event"] for record in records]
    assert kinds == ["question", "error", "question", "started", "interrupted"]
    assert records[1]["hint"] == "start it"


def test_a_call_is_described_as_one_would_write_it() -> None:
    made = tool_call("f", {"x": "a", "n": 2})
    assert describe_call(Called(made, {"x": "a", "n": 2})) == 'f(x="a", n=2)'
    assert describe_call(Called(tool_call("f", "oops"), None)) == "f(oops)"
    assert assistant(None, [made])["tool_calls"] == [made]


def typing(*lines: str | BaseException) -> Callable[[str], str]:
    left: Iterator[str | BaseException] = iter([*lines, EOFError()])

    def read(prompt: str) -> str:
        assert prompt == "› "
        line = next(left)
        if isinstance(line, BaseException):
            raise line
        return line

    return read


def test_questions_and_commands_are_typed_until_the_end() -> None:
    said: list[str] = []
    done: list[str] = []
    commands = {"/new": lambda: done.append("new")}
    lines = typing(" a? ", "", "/new", "/what", KeyboardInterrupt(), "b?")
    assert list(typed_questions(lines, said.append, commands)) == ["a?", "b?"]
    assert (done, said) == (["new"], [HELP, ""])
    assert list(typed_questions(typing("/quit", "c?"), said.append, {})) == []


def test_a_written_question_goes_on_where_its_lines_are_indented() -> None:
    lines = ["Hi", "", "Solve:\n", "    #####\n", "    # S #", "\t## G#\n", "Bye\n"]
    assert list(written_questions(lines)) == ["Hi", "Solve:\n#####\n# S #\n## G#", "Bye"]
    assert list(written_questions(["", "  "])) == []


def test_what_is_pasted_into_a_terminal_is_one_question(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from hrm_agents.ui.prompt import line_editing, typed_questions
with line_editing(Path(sys.argv[1])):
    print(repr(next(typed_questions(input, print, {}))), flush=True)
"""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", code, str(tmp_path / "history")]
    environment = {**os.environ, "TERM": "xterm"}
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, env=environment):
        os.close(theirs)  # so that reading ends when the program does
        shown = b""
        while b"\x1b[?2004h" not in shown:  # readline listens for what is pasted
            shown += os.read(ours, 1024)
        os.write(ours, b"Solve: \x1b[200~1...\r2..1\r...4\x1b[201~\r")
        while b"Solve: 1...\\n2..1\\n...4'" not in shown:
            shown += os.read(ours, 1024)
    os.close(ours)


def test_typed_questions_are_kept_for_the_next_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert history_file() == tmp_path / "hrm" / "chat_history"
    code = """
import readline
from hrm_agents.ui.prompt import history_file, line_editing
with line_editing(history_file()):
    print(readline.get_current_history_length())
    readline.add_history("d/dx sin(5x)?")
"""
    bare = tmp_path / "bare"
    bare.mkdir()
    (bare / "readline.py").write_text("raise ImportError")
    without = "from hrm_agents.ui.prompt import *\nwith line_editing(history_file()): print('on')"
    done = subprocess.run(
        [sys.executable, "-c", without],
        env={**os.environ, "PYTHONPATH": str(bare)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "on\n"  # plain input where Python has no readline
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    assert [run.stdout for run in runs] == ["0\n", "1\n"]
