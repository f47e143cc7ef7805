"""`hrm train`: from a settings file to a checkpoint, and on again after a stop."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from hrm_coprocessor.cli import main
from hrm_engine.export.checkpoint import load_checkpoint
from hrm_engine.train.run import main as engine_main

TINY = [
    "tiny/hrm_text",
    "--set",
    "train.steps=6",
    "--set",
    "train.log_every=1",
    "--set",
    "data.pool=32",
    "--set",
    "data.held_out=4",
    "--set",
    "train.threads=1",
]


def arguments(out: Path, *more: str) -> list[str]:
    return [*TINY, "--set", f"train.out={out}", *more]


@pytest.mark.requirement("EN-8")
def test_a_shipped_recipe_trains_and_leaves_a_checkpoint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    torch.set_num_threads(1)
    assert main(["train", *arguments(tmp_path / "run")]) == 0
    assert "finished at step 6" in capsys.readouterr().out
    loaded = load_checkpoint(tmp_path / "run" / "tiny-hrm")
    assert loaded.recipe["data"]["source"] == "derivative"
    assert len((tmp_path / "run" / "metrics.jsonl").read_text().splitlines()) == 7


def test_a_stopped_run_says_how_to_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stop = arguments(tmp_path / "my run", "--set", "train.max_minutes=1e-9")
    assert main(["train", *stop]) == 0
    said = capsys.readouterr()
    assert "time is up at step 1" in said.out
    assert "hrm train tiny/hrm_text --set train.steps=6" in said.err
    assert f"'train.out={tmp_path / 'my run'}'" in said.err
    assert said.err.rstrip().endswith("--resume")
    assert main(["train", *stop, "--resume", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["step"] == 2


def test_a_run_in_the_way_is_an_error_with_a_hint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stop = arguments(tmp_path, "--set", "train.max_minutes=1e-9")
    assert main(["train", *stop]) == 0
    assert main(["train", *stop]) == 1
    said = capsys.readouterr().err
    assert "already holds a run (step 1)" in said
    assert "hint: add --resume" in said


def test_the_engine_alone_trains_without_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert engine_main(arguments(tmp_path, "--set", "train.max_minutes=1e-9")) == 0
    assert engine_main(["nowhere"]) == 1
    assert "error: no settings file nowhere" in capsys.readouterr().err


def test_asking_for_help_loads_no_torch() -> None:
    code = (
        "import sys\nfrom hrm_coprocessor.cli import main\n"
        "try: main(['train', '--help'])\nexcept SystemExit: pass\n"
        "sys.exit('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "--resume" in done.stdout


@pytest.mark.slow
def test_ctrl_c_in_a_terminal_saves_and_leaves_quietly(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "hrm_engine.train",
        *arguments(tmp_path, "--set", "train.steps=100000", "--set", "data.workers=1"),
    ]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert running.stderr is not None
    line = running.stderr.readline()  # the first line of progress: the run has begun
    running.send_signal(2)
    out, err = running.communicate(timeout=60)
    assert "step 1/" in line
    assert running.returncode == 130
    assert "interrupted at step" in out
    assert "Traceback" not in err
    assert list(tmp_path.glob("state/*/state.safetensors"))
