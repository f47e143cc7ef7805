"""The main path, with every real part: embedded LLM, server, trained network, exact check."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

QUESTION = "What's the derivative of sin(5x)?"


def chat(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "hrm_coprocessor", "chat", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


@pytest.mark.slow
@pytest.mark.requirement("CP-1", "CP-7")
def test_a_local_model_asks_the_network_differentiates_and_the_check_agrees() -> None:
    done = chat("--json", QUESTION)
    assert done.returncode == 0, done.stderr
    events = {event["event"]: event for event in map(json.loads, done.stdout.splitlines())}
    assert events["called"]["arguments"]["expression"] == "sin(5x)"
    answer = events["returned"]["result"]["data"]
    assert (answer["result"], answer["verdict"]) == ("5*cos(5*x)", "proved")
    assert answer["source"] == "hrm:hrm-derivative"
    assert events["finished"]["text"] == "The derivative of sin(5x) is 5*cos(5*x)."


@pytest.mark.slow
@pytest.mark.requirement("CP-1")
def test_the_demo_ends_by_itself_and_says_how_long_each_part_took() -> None:
    done = chat("--demo")
    assert done.returncode == 0, done.stderr
    assert "The derivative of sin(5x) is 5*cos(5*x)." in done.stdout
    assert "tool server:" in done.stderr
