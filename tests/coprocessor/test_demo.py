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


SUDOKU = """
+-------+-------+-------+
| 5 3 . | . 7 . | . . . |
| 6 . . | 1 9 5 | . . . |
| . 9 8 | . . . | . 6 . |
+-------+-------+-------+
| 8 . . | . 6 . | . . 3 |
| 4 . . | 8 . 3 | . . 1 |
| 7 . . | . 2 . | . . 6 |
+-------+-------+-------+
| . 6 . | . . . | 2 8 . |
| . . . | 4 1 9 | . . 5 |
| . . . | . 8 . | . 7 9 |
+-------+-------+-------+
"""
SOLVED = "534678912672195348198342567859761423426853791713924856961537284287419635345286179"


@pytest.mark.slow
@pytest.mark.requirement("CP-1", "EN-7")
def test_a_sudoku_pasted_into_the_chat_comes_back_solved_and_checked() -> None:
    done = chat("--json", f"Solve this sudoku:\n{SUDOKU}")
    assert done.returncode == 0, done.stderr
    events = {event["event"]: event for event in map(json.loads, done.stdout.splitlines())}
    assert events["called"]["call"]["function"]["name"] == "solve_sudoku"
    answer = events["returned"]["result"]["data"]
    assert "".join(str(digit) for row in answer["grid"] for digit in row) == SOLVED
    assert (answer["verdict"], answer["unique"]) == ("proved", True)
    assert answer["source"].startswith(("hrm", "classical:propagation+search"))
    assert events["finished"]["text"] == f"Here is the solution:\n{answer['result']}"


@pytest.mark.slow
@pytest.mark.requirement("CP-1")
def test_the_demo_ends_by_itself_and_says_how_long_each_part_took() -> None:
    done = chat("--demo")
    assert done.returncode == 0, done.stderr
    assert "The derivative of sin(5x) is 5*cos(5*x)." in done.stdout
    assert "3 4 5 | 2 8 6 | 1 7 9" in done.stdout
    assert "Here is a shortest path, marked with o:\n#########\n#Soo" in done.stdout
    assert "tool server:" in done.stderr
