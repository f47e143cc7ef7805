"""Verdicts are written as they come, in a form that others read; a run goes on where it ended."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hrm_engine.errors import ConfigError
from hrm_engine.evaluation.mbpp.generators import from_file
from hrm_engine.evaluation.mbpp.ledger import Judged, Ledger

GOOD = Judged("def f(): ...", "passed", fits=True, right=True)
BAD = Judged("def g(): ...", "failed", fits=True, right=False, failure="assert f() == 1")


def test_each_verdict_is_one_line_at_once(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.jsonl"
    ledger = Ledger("a run", path)
    ledger.append(11, GOOD)
    assert [json.loads(line) for line in path.read_text().splitlines()] == [
        {
            "task_id": "Mbpp/11",
            "solution": "def f(): ...",
            "status": "passed",
            "fits": True,
            "right": True,
            "failure": "",
            "run": "a run",
        }
    ]


def test_the_file_is_a_file_of_samples_too(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.jsonl"
    Ledger("a run", path).append(11, GOOD)
    assert from_file(path).name == "verdicts.jsonl"


def test_what_was_judged_is_known_to_the_next_run(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.jsonl"
    first = Ledger("a run", path)
    for task, verdict in ((11, GOOD), (12, BAD), (11, BAD)):
        first.append(task, verdict)
    again = Ledger("a run", path)
    assert (again.of(11), again.of(12), again.of(13)) == ([GOOD, BAD], [BAD], [])


def test_a_line_that_was_never_finished_is_judged_again(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.jsonl"
    ledger = Ledger("a run", path)
    ledger.append(11, GOOD)
    ledger.append(11, BAD)
    path.write_bytes(path.read_bytes()[:-20])
    again = Ledger("a run", path)
    assert again.of(11) == [GOOD]
    again.append(11, BAD)
    assert Ledger("a run", path).of(11) == [GOOD, BAD]


def test_verdicts_of_another_run_are_not_mixed_in(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.jsonl"
    Ledger("visible 0", path).append(11, GOOD)
    with pytest.raises(ConfigError, match="of another run: 'visible 0'"):
        Ledger("visible 1", path)


def test_samples_that_were_never_judged_are_no_verdicts(tmp_path: Path) -> None:
    path = tmp_path / "samples.jsonl"
    path.write_text('{"task_id": "Mbpp/11", "solution": "x = 1"}\n')
    with pytest.raises(ConfigError, match="of another run: None"):
        Ledger("visible 1", path)


def test_without_a_file_it_is_kept_in_memory() -> None:
    ledger = Ledger("a run")
    ledger.append(11, GOOD)
    assert ledger.of(11) == [GOOD]
