"""The script that times the way from nothing to the first verified function."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.requirement("SD-8")
def test_the_first_code_is_timed_and_verified() -> None:
    environment = ["--environment", sys.prefix]
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts/time_first_code.py"), *environment],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    row = json.loads(done.stdout)
    assert row["status"] == "verified"
    assert row["install_s"] is None
    assert row["first_code_s"] > 0
