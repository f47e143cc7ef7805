"""Transcripts: written as it happens, readable when cut off, played back as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hrm_agents.errors import ModelError, SettingsError, TranscriptError
from hrm_agents.events import Finished
from hrm_agents.llm import build_model
from hrm_agents.llm.scripted import ScriptedModel
from hrm_agents.loop import run
from hrm_agents.messages import user
from hrm_agents.transcript import ReplayToolbox, Transcript, read, replay_model
from tests.agents.test_loop import QUESTION, TOOLS, call


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    path = tmp_path / "talk.jsonl"
    model = ScriptedModel([call("sin(5x)"), "It is 5*cos(5*x)."])
    with Transcript(path, now=lambda: 7.0) as transcript:
        for _ in transcript.record(run(model, TOOLS, QUESTION)):
            lines = path.read_text().splitlines()  # each event is on disk when it is seen
    assert len(lines) == 6
    return path


def test_a_line_is_an_event_with_its_time(recorded: Path) -> None:
    first, *_, last = [json.loads(line) for line in recorded.read_text().splitlines()]
    assert (first["time"], first["event"]) == (7.0, "started")
    assert (last["event"], last["reason"]) == ("finished", "answer")


def test_a_transcript_plays_back_without_model_and_tools(recorded: Path) -> None:
    *_, last = run(replay_model(recorded), ReplayToolbox(recorded), [user("again")])
    assert isinstance(last, Finished)
    assert (last.reason, last.text) == ("answer", "It is 5*cos(5*x).")


def test_a_replay_that_goes_on_longer_says_so(recorded: Path) -> None:
    toolbox = ReplayToolbox(recorded)
    assert toolbox.call("calculate_derivative", {}).error_kind is None
    assert toolbox.call("calculate_derivative", {}).error_kind == "failed"
    model = build_model(f"replay:{recorded}")
    model.complete([], [])
    model.complete([], [])
    with pytest.raises(ModelError, match="no more replies"):
        model.complete([], [])


def test_a_transcript_is_appended_to(recorded: Path) -> None:
    with Transcript(recorded) as transcript:
        list(transcript.record(run(ScriptedModel(["Hi"]), TOOLS, QUESTION)))
    assert len(read(recorded)) == 9


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "talk.jsonl"
    path.write_text('{"event": "started"}\n\n{"event": \n')
    with pytest.raises(TranscriptError, match=r"talk.jsonl:3: not JSON"):
        read(path)
    path.write_text("[]\n")
    with pytest.raises(TranscriptError, match="not an event"):
        read(path)


def test_a_file_that_cannot_be_read_or_written_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match="cannot read"):
        read(tmp_path / "none")
    with pytest.raises(TranscriptError, match="cannot write"):
        Transcript(tmp_path / "none" / "talk.jsonl")


def test_a_script_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "script.jsonl"
    path.write_text(f'{json.dumps(call("x^2"))}\n"It is 2*x."\n')
    *_, last = run(build_model(f"scripted:{path}"), TOOLS, QUESTION)
    assert isinstance(last, Finished)
    assert last.text == "It is 2*x."


@pytest.mark.parametrize(
    ("text", "problem"), [("{", "not JSON"), ("3", "neither"), ('{"role": "user"}', "neither")]
)
def test_a_wrong_line_in_a_script_is_named(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "script.jsonl"
    path.write_text(text)
    with pytest.raises(SettingsError, match=f"script.jsonl:1: {problem}"):
        build_model(f"scripted:{path}")
    with pytest.raises(SettingsError, match="cannot read"):
        build_model(f"scripted:{path}.none")
