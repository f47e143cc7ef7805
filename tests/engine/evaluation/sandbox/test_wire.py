"""What an end of a job means; every doubt counts against the candidate."""

from __future__ import annotations

import json
import signal
import sys
from typing import Any

import pytest

from hrm_engine.evaluation.sandbox import Call, Limits, Outcome, Sandbox
from hrm_engine.evaluation.sandbox import sandbox as module
from hrm_engine.evaluation.sandbox import zygote_process as process_module
from hrm_engine.evaluation.sandbox.wire import read_outcome
from hrm_engine.evaluation.sandbox.zygote_process import (
    Ended,
    LevelRefusedError,
    ZygoteLostError,
    ZygoteProcess,
)

LOADED = {"loaded": True}


def read(*records: Any, code: int = 0, calls: int = 1, cpu_ms: float = 1.0) -> Outcome:
    written = b"".join(b"n " + json.dumps(record).encode() + b"\n" for record in records)
    return read_outcome(Ended(written, code, cpu_ms, 2.0), b"n ", calls, Limits(), "weak")


@pytest.mark.parametrize(
    ("records", "status"),
    [
        ([LOADED, {"value": 1}], "ok"),
        ([LOADED, {"value": 1}, {"value": 2}], "ok"),
        ([LOADED], "crash"),
        ([], "crash"),
        ([LOADED, {}], "failed"),
        ([LOADED, {"error": "E"}], "failed"),
        ([LOADED, {"error": ["", ""]}], "failed"),
        ([LOADED, {"value": {"object": 1}}], "failed"),
        ([{"value": 1}, {"value": 1}], "failed"),
        ([{"load": ["MemoryError", "MemoryError"]}], "oom"),
        ([LOADED, {"error": ["PermissionError", "PermissionError"]}], "policy"),
        ([[], 3, None, LOADED, {"value": 1}], "ok"),
    ],
)
def test_lines_make_a_status(records: list[Any], status: str) -> None:
    outcome = read(*records)
    assert outcome.status == status
    assert outcome.outputs[0].ok is (status == "ok")
    assert bool(outcome.error) is (status != "ok")


@pytest.mark.parametrize(
    ("code", "cpu_ms", "status"),
    [
        (-signal.SIGKILL, 1900.0, "timeout"),
        (-signal.SIGKILL, 10.0, "oom"),
        (-signal.SIGSEGV, 10.0, "crash"),
        (1, 10.0, "crash"),
    ],
)
def test_an_end_by_force_outweighs_every_answer(code: int, cpu_ms: float, status: str) -> None:
    outcome = read(LOADED, {"value": 1}, code=code, cpu_ms=cpu_ms)
    assert outcome.status == status
    assert outcome.error


def test_lines_that_no_json_reader_takes_are_noise() -> None:
    written = b'n {"loaded": true}\nn [[[\nn ' + b"[" * 100_000 + b'\nn {"value": 1}\nn {"va'
    outcome = read_outcome(Ended(written, 0, 1.0, 1.0), b"n ", 1, Limits(), "weak")
    assert outcome.outputs[0].value == 1


def test_a_run_that_takes_the_fork_server_with_it_each_time_is_a_crash(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def lost(*_: Any) -> Outcome:
        raise ZygoteLostError("gone")

    with Sandbox("weak") as sandbox:
        monkeypatch.setattr(module, "run_once", lost)
        outcome = sandbox.run("", [Call("f")])
        assert (outcome.status, outcome.error) == ("crash", "the sandbox was lost during this run")
        with pytest.raises(LevelRefusedError, match="gone"):
            module.start("weak")


def test_a_fork_server_that_dies_before_it_is_ready_is_a_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(process_module, "_PROGRAM", "{folder!r}")
    with pytest.raises(LevelRefusedError, match="ended before it was ready"):
        ZygoteProcess("weak")
    monkeypatch.setattr(process_module, "_PROGRAM", "import time; {folder!r}; time.sleep(600)")
    monkeypatch.setattr(process_module, "START_S", 0.2)
    monkeypatch.setattr(process_module, "GRACE_S", 0.2)
    with pytest.raises(LevelRefusedError, match="did not start in time"):
        ZygoteProcess("weak")


def test_a_fork_server_that_does_not_answer_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    silent = "import socket, sys, time; {folder!r}; c = socket.socket(fileno=int(sys.argv[2])); "
    monkeypatch.setattr(process_module, "_PROGRAM", silent + "c.sendall(b'{{}}\\n'); c.recv(9)")
    zygote = ZygoteProcess("weak")
    with pytest.raises(ZygoteLostError, match="does not answer"):
        zygote.run(b"{}", 20.0, 10)
    assert zygote.broken
    zygote.close()


def test_windows_is_refused_with_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(LevelRefusedError, match="Windows has no fork"):
        ZygoteProcess("weak")
