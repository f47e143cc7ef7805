"""What was written to break the tools is refused with a remedy, or answered, and never run."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hrm_tools.calculate_derivative import TOOL
from hrm_tools.invoke import invoke
from tests.security.hostile import TEXTS
from tests.security.sending import corpus

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What came of sending the whole corpus to the real tools, in an empty folder."""
    folder = tmp_path_factory.mktemp("corpus")
    path = os.pathsep.join(filter(None, [str(ROOT), *sys.path]))
    done = subprocess.run(
        [sys.executable, "-m", "tests.security.send_corpus"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": path, "OMP_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found | {"left": [file.name for file in folder.iterdir()], "said": done.stderr}


def test_the_corpus_is_large_and_says_nothing_twice() -> None:
    texts = [text for group in TEXTS.values() for text in group]
    assert len(texts) == len(set(texts)) >= 200


@pytest.mark.slow
@pytest.mark.requirement("CP-12")
def test_every_hostile_call_is_refused_with_a_remedy_or_answered_as_the_schema_says(
    report: dict[str, Any],
) -> None:
    assert report["faults"] == []
    assert sum(report["kinds"].values()) == sum(1 for _ in corpus())
    assert set(report["kinds"]) == {"ok", "invalid"}
    assert "unexpected error" not in report["said"]


@pytest.mark.slow
@pytest.mark.requirement("CP-12")
def test_nothing_in_a_hostile_call_is_run_and_no_worker_dies_of_one(
    report: dict[str, Any],
) -> None:
    assert report["watched"]  # the server's process and the same worker, to the end
    assert report["tripped"] == []
    assert report["left"] == []


@pytest.mark.parametrize(
    "harm",
    [
        "eval('1')",
        "exec('1')",
        "compile('1', '<string>', 'eval')",
        "__import__('os').system('true')",
        "open('left_behind', 'w')",
        "__import__('subprocess').run(['true'])",
        "__import__('socket').create_connection(('127.0.0.1', 9))",
    ],
)
def test_the_tripwire_notices(harm: str, tmp_path: Path) -> None:
    program = (
        "import os, socket, subprocess, sys\n"
        "from tests.security import tripwire\n"
        "tripwire.arm()\n"
        f"try:\n    {harm}\n"
        "except OSError:\n    pass\n"
        "sys.exit(0 if tripwire.tripped()[1] else 1)\n"
    )
    path = os.pathsep.join(filter(None, [str(ROOT), *sys.path]))
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=tmp_path, check=False, env=os.environ | {"PYTHONPATH": path})
    assert done.returncode == 0


@pytest.mark.parametrize("function", ["sqrt", "ln"])
def test_a_question_nested_deeper_than_the_network_learned_goes_to_the_rules_at_once(
    function: str,
) -> None:
    outcome = asyncio.run(invoke(TOOL, {"expression": f"{function}(" * 30 + "x" + ")" * 30}))
    assert outcome.data is not None
    assert outcome.data["candidates"] == 0
    assert "does not fit the network" in outcome.data["note"]
