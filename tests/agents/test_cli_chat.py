"""`hrm chat` as a user runs it: one question, piped questions, a terminal, its own server."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hrm_coprocessor.cli import main
from tests.agents import tool_server
from tests.agents.conftest import serving
from tests.agents.test_loop import call

QUESTION = "What's the derivative of sin(5x)?"
ANSWER = "The derivative of sin(5x) is 5*cos(5*x)."


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serving(tool_server.app()) as url:
        yield url


@pytest.fixture
def script(tmp_path: Path) -> str:
    path = tmp_path / "script.jsonl"
    path.write_text(f"{json.dumps(call('sin(5x)'))}\n{json.dumps(ANSWER)}\n")
    return f"scripted:{path}"


@pytest.mark.requirement("CP-7")
def test_a_question_ends_with_its_answer(
    url: str, script: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["chat", QUESTION, "--model", script, "--server", url, "--plain", "--timings"]) == 0
    captured = capsys.readouterr()
    assert captured.out.splitlines()[0] == 'call: calculate_derivative(expression="sin(5x)")'
    assert captured.out.splitlines()[-1] == ANSWER
    parts = [line.partition(":")[0] for line in captured.err.splitlines()]
    assert parts == ["language model", "tool server", "first answer"]


def test_piped_questions_are_answered_line_by_line(
    url: str, script: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{QUESTION}\n\nand of x?\n"))
    assert main(["chat", "--model", script, "--server", url]) == 1  # the script has one answer
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"? {QUESTION}"
    assert ANSWER in lines
    assert "? and of x?" in lines


def test_events_are_json_lines_and_a_transcript_holds_them(
    url: str, script: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    transcript = tmp_path / "talk.jsonl"
    arguments = ["chat", QUESTION, "--server", url, "--json"]
    assert main([*arguments, "--model", script, "--transcript", str(transcript)]) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert events[-1]["text"] == ANSWER
    assert main([*arguments, "--model", f"replay:{transcript}"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["text"] == ANSWER


def test_the_model_and_the_server_are_chosen_in_a_file(
    url: str, script: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "agent.yaml"
    config.write_text(f"model: {script}\ntools:\n  server: {url}\n")
    assert main(["chat", QUESTION, "--config", str(config)]) == 0
    assert capsys.readouterr().out.endswith(f"{ANSWER}\n")


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--model", "gpt"], "error: there is no model `gpt`"),
        (["--config", "none.yaml"], "error: cannot read none.yaml"),
        (["--server", "pc2"], "error: there is no tool server `pc2`"),
        (["--transcript", "/none/talk"], "error: cannot write the transcript"),
    ],
)
def test_what_is_wrong_is_said_without_a_traceback(
    arguments: list[str], problem: str, script: str, capsys: pytest.CaptureFixture[str]
) -> None:
    model = [] if "--model" in arguments else ["--model", script]
    assert main(["chat", QUESTION, *model, *arguments]) != 0
    assert capsys.readouterr().err.startswith(problem)


@pytest.mark.slow
def test_a_conversation_is_held_in_a_terminal(url: str, script: str, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "hrm_coprocessor", "chat", "--model", script, "--server", url],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "XDG_STATE_HOME": str(tmp_path), "TERM": "xterm", "COLUMNS": "200"},
    )
    os.close(theirs)
    os.write(ours, f"{QUESTION}\n/tools\n/new\n/quit\n".encode())
    shown = b""
    try:
        while piece := os.read(ours, 4096):
            shown += piece
    except OSError:  # how Linux says that the other side has left
        pass
    os.close(ours)
    assert process.wait() == 0
    text = shown.decode()
    assert "✓ proved (zero test)" in text
    assert "5*cos(5*x)." in text
    assert "calculate_derivative: Differentiate." in text
    assert QUESTION in (tmp_path / "hrm" / "chat_history").read_text()


@pytest.mark.slow
@pytest.mark.requirement("CP-1")
def test_the_shipped_server_is_started_and_its_checked_answer_quoted(
    script: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["chat", QUESTION, "--model", script]) == 0
    _, checked, answer = capfd.readouterr().out.splitlines()
    assert checked.startswith("  -> 5*cos(5*x) · ✓ proved")
    assert answer == ANSWER
