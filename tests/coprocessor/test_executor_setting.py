"""The setting `executor`: what a server does with it at its start, and what its workers get."""

from __future__ import annotations

import os
import resource
from pathlib import Path

import pytest

from hrm_coprocessor.cli import main
from hrm_coprocessor.service import Service
from hrm_coprocessor.settings import ServeSettings
from hrm_engine.deadline import Deadline
from hrm_tools.executors import GGUF_MB, VARIABLE


@pytest.mark.parametrize("front", ["serve", "mcp"])
def test_a_server_whose_executor_cannot_be_meant_does_not_start(
    front: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "")
    assert main([front, "--set", "executor=nothing:here"]) == 1
    assert "`nothing:here` names no executor" in capsys.readouterr().err
    assert os.environ[VARIABLE] == ""


def limits() -> tuple[int, int]:
    """Address space in MiB and CPU seconds of this process."""
    space, seconds = (
        resource.getrlimit(kind)[0] for kind in (resource.RLIMIT_AS, resource.RLIMIT_CPU)
    )
    return space // 2**20, seconds


def test_a_worker_has_room_for_the_executor_and_time_for_all_its_threads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = tmp_path / "model.gguf"
    model.write_bytes(b"0" * 5 * 2**20)
    monkeypatch.setenv(VARIABLE, f"gguf:{model}")
    with Service(ServeSettings(workers=1, worker_memory_mb=1000), []) as service:
        isolated = service.workers.isolated(Deadline.after(30))
        space, seconds = isolated(limits)
    assert space == 1000 + 5 + GGUF_MB
    assert seconds >= 25 * (os.cpu_count() or 1)
