"""The load test runs, over REST and MCP, and counts what it should."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.deploy.dockerfile import ROOT

TOKEN = "0123456789" * 4
LOCUST = Path(sys.executable).parent / "locust"
ENVIRONMENT = {**os.environ, "HRM_TOKEN": TOKEN, "OMP_NUM_THREADS": "1"}


@pytest.mark.slow
@pytest.mark.requirement("CP-9")
def test_clients_over_rest_and_mcp_are_answered_under_load() -> None:
    words = ["serve", "--port", "0", "--json", "--set", "workers=1"]
    with subprocess.Popen(
        [sys.executable, "-m", "hrm_coprocessor", *words],
        env=ENVIRONMENT | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdout is not None
        url = json.loads(server.stdout.readline())["url"]
        load = ["--headless", "--users", "4", "--spawn-rate", "4", "--run-time", "5s"]
        done = subprocess.run(
            [LOCUST, "-f", "benchmarks/locustfile.py", *load, "--host", url, "--only-summary"],
            cwd=ROOT,
            env=ENVIRONMENT,
            capture_output=True,
            text=True,
            check=False,
        )
        server.kill()
    assert done.returncode == 0, done.stderr
    row = json.loads(next(line for line in done.stdout.splitlines() if line.startswith("{")))
    assert row["failures"] == 0
    assert row["answers"] == row["verified"] > 0
    assert row["tokens_s"] > 0
