"""What a run tells people: plain lines in a log file, a bar on a terminal."""

from __future__ import annotations

import io
import json
import os
import signal
import threading
from pathlib import Path

import pytest
from rich.console import Console

from hrm_engine.errors import CheckpointError
from hrm_engine.train.form import Sample
from hrm_engine.train.interrupt import Interrupt
from hrm_engine.train.progress import Meter, Reporter
from hrm_engine.train.state import RunState, load_state, newest, save_state


def reporter(run: Path, terminal: bool, start: int = 0) -> tuple[Reporter, io.StringIO]:
    text = io.StringIO()
    console = Console(file=text, force_terminal=terminal, width=100, highlight=False)
    return Reporter(run, 100, start, console), text


def test_without_a_terminal_plain_lines_do_not_flood_the_log(tmp_path: Path) -> None:
    report, text = reporter(tmp_path, terminal=False)
    with report:
        for step in range(1, 50):
            report.show(step, 0.5, 1234.0)
    lines = text.getvalue().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("step 1/100  loss 0.5000  1,234 tok/s  0:0")
    assert "\x1b" not in text.getvalue()


def test_on_a_terminal_a_bar_shows_loss_and_speed(tmp_path: Path) -> None:
    report, text = reporter(tmp_path, terminal=True)
    with report:
        report.show(50, 0.25, 999.0)
    assert "loss 0.2500" in text.getvalue()
    assert "50/100" in text.getvalue()


def test_before_the_first_step_the_time_left_is_unknown(tmp_path: Path) -> None:
    report, text = reporter(tmp_path, terminal=False, start=10)
    with report:
        report.show(10, 0.25, 0.0)
    assert "? left" in text.getvalue()


def test_few_samples_are_said_and_all_are_written(tmp_path: Path) -> None:
    report, text = reporter(tmp_path, terminal=False)
    with report:
        report.samples(7, [Sample("1+1=", "2", "2")] * 3 + [Sample("[b]1+2=", "3", "4")] * 3)
    assert text.getvalue().splitlines() == ["  1+1=  ->  2  [right]"] * 3 + [
        "  [b]1+2=  ->  4  [not 3]"
    ]
    rows = [json.loads(line) for line in (tmp_path / "samples.jsonl").read_text().splitlines()]
    assert [row["right"] for row in rows] == [True] * 3 + [False] * 3
    assert rows[0]["step"] == 7


def test_the_meter_counts_on_over_the_parts_of_a_run() -> None:
    meter = Meter(seconds=100.0, tokens=500)
    meter.tokens += 50
    assert meter.seconds >= 100.0
    assert meter.speed() > 0
    assert meter.speed() == 0


def test_a_first_signal_asks_and_a_second_one_leaves() -> None:
    with Interrupt() as stop:
        assert not stop.asked
        os.kill(os.getpid(), signal.SIGTERM)
        assert stop.asked
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)


def test_outside_of_the_main_thread_no_signal_is_touched() -> None:
    seen = []

    def work() -> None:
        with Interrupt() as stop:
            seen.append((stop.asked, signal.getsignal(signal.SIGINT)))

    thread = threading.Thread(target=work)
    before = signal.getsignal(signal.SIGINT)
    thread.start()
    thread.join()
    assert seen == [(False, before)]


def test_a_half_written_state_is_never_taken(tmp_path: Path) -> None:
    assert newest(tmp_path) is None
    save_state(tmp_path, RunState(step=5), {})
    (tmp_path / "state" / "0000000009.partial").mkdir()
    found = newest(tmp_path)
    assert found is not None
    assert load_state(found)[0].step == 5


@pytest.mark.parametrize("text", ["{", '{"unknown": 1}', "[]"])
def test_a_damaged_state_says_which_folder_to_delete(tmp_path: Path, text: str) -> None:
    folder = save_state(tmp_path, RunState(step=5), {})
    (folder / "state.json").write_text(text)
    with pytest.raises(CheckpointError, match=r"damaged[\s\S]*delete"):
        load_state(folder)
    (folder / "state.safetensors").unlink()
    with pytest.raises(CheckpointError, match="no file"):
        load_state(folder)
