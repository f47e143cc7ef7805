"""Executors by one word: scripts, and what is said of words that name none."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from hrm_engine.codegen.executor import ExecutorStage
from hrm_engine.codegen.request import Request
from hrm_engine.deadline import Deadline
from hrm_engine.errors import ConfigError, MissingExtraError
from hrm_tools.executors import (
    GGUF_MB,
    HF_MB,
    VARIABLE,
    configured,
    make_executor,
    room_mb,
    use,
)

PATIENT = Deadline.never()


def script(folder: Path, *lines: dict[str, Any]) -> str:
    path = folder / "known.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return f"scripted:{path}"


def test_a_script_repeats_itself_when_cold_and_goes_round_when_warm(tmp_path: Path) -> None:
    line = {"asked": ["Double"], "replies": ["a", "b", "c"]}
    executor = make_executor(script(tmp_path, line))
    assert executor.name == "known"
    assert list(executor.sample("Double it", 2, 0.0, PATIENT)) == ["a", "a"]
    assert list(executor.sample("Double it", 3, 0.5, PATIENT)) == ["b", "c", "b"]
    assert list(executor.sample("Double it", 1, 0.5, PATIENT)) == ["c"]
    assert list(executor.sample("Halve it", 1, 0.0, PATIENT)) == []


def test_of_two_lines_that_fit_the_more_particular_one_replies(tmp_path: Path) -> None:
    lines = [{"asked": [""], "replies": ["any"]}, {"asked": ["Double", "`f`"], "replies": ["f"]}]
    executor = make_executor(script(tmp_path, *lines))
    assert list(executor.sample("Double it in `f`", 1, 0.0, PATIENT)) == ["f"]
    assert list(executor.sample("Double it in `g`", 2, 0.9, PATIENT)) == ["any", "any"]


def test_a_script_can_take_its_time_and_the_deadline_ends_it(tmp_path: Path) -> None:
    line = {"asked": ["fast"], "replies": ["x" * 8], "tokens_per_s": 1000}
    slow = {"asked": ["slow"], "replies": ["x" * 8], "tokens_per_s": 0.001}
    executor = make_executor(script(tmp_path, line, slow))
    assert list(executor.sample("fast", 2, 0.0, PATIENT)) == ["x" * 8] * 2
    assert list(executor.sample("slow", 2, 0.0, Deadline.after(0.05))) == []


def test_a_line_that_is_no_reply_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r'"replies".*known.jsonl:2'):
        make_executor(script(tmp_path, {"asked": ["a"], "replies": ["b"]}, {"asked": ["a"]}))


@pytest.mark.parametrize("spec", ["", "gguf:", "gpt2", "openai:http://x/v1", "file:x"])
def test_a_word_that_names_no_executor_is_answered_with_the_forms(spec: str) -> None:
    with pytest.raises(ConfigError, match="names no executor") as caught:
        make_executor(spec)
    assert "scripted:FILE.jsonl" in caught.value.hint


@pytest.mark.parametrize("kind", ["gguf", "hf", "scripted"])
def test_a_path_where_nothing_is_is_named(kind: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is not there"):
        make_executor(f"{kind}:{tmp_path}/none")


@pytest.mark.parametrize(
    ("kind", "package"), [("gguf", "llama_cpp"), ("hf", "transformers"), ("http", "httpx2")]
)
def test_an_absent_package_is_named_with_its_extra(
    kind: str, package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    spec = "http://127.0.0.1:1/v1#m" if kind == "http" else f"{kind}:{tmp_path}"
    with pytest.raises(MissingExtraError, match="needs") as caught:
        list(make_executor(spec).sample("", 1, 0.0, PATIENT))
    assert "hrm-coprocessor[executor]" in caught.value.hint


@pytest.mark.requirement("SD-10")
def test_the_environment_names_the_executor_and_it_is_made_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert configured() is None
    reply = "```python\ndef f(x):\n    return 2 * x\n```"
    monkeypatch.setenv(VARIABLE, script(tmp_path, {"asked": ["Double"], "replies": [reply]}))
    executor = configured()
    assert executor is not None
    assert configured() is executor
    stage = ExecutorStage(executor, k=1)
    (found,) = stage.propose(Request("Double it.", "f"), PATIENT)
    assert (found.code, found.source) == ("def f(x):\n    return 2 * x\n", "executor:known")


def test_a_server_that_is_given_an_executor_hands_it_to_its_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "")
    use(None)
    assert configured() is None
    spec = script(tmp_path, {"asked": ["a"], "replies": ["b"]})
    use(spec)
    assert os.environ[VARIABLE] == spec
    with pytest.raises(ConfigError, match="names no executor"):
        use("nothing:here")
    assert os.environ[VARIABLE] == spec


@pytest.mark.parametrize(
    ("spec", "room"),
    [
        ("", 0),
        ("nothing:here", 0),
        ("http://host/v1#m", 0),
        ("scripted:{0}/a.gguf", 0),
        ("gguf:{0}/a.gguf", 3 + GGUF_MB),
        ("hf:{0}", 6 + HF_MB),
    ],
)
def test_a_process_gets_room_for_the_model_that_it_will_load(
    spec: str, room: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.gguf").write_bytes(b"0" * 3 * 2**20)
    monkeypatch.setenv(VARIABLE, spec.format(tmp_path))
    assert room_mb() == room
