"""Sweeps: many short runs, the best settings ready to paste, stopped and resumed at will."""

from __future__ import annotations

import json
import os
import shlex
import signal
from pathlib import Path
from typing import Any

import pytest
import torch

from hrm_coprocessor.cli import main
from hrm_engine.config import load_config
from hrm_engine.errors import ConfigError, MissingExtraError, TrainingError
from hrm_engine.train import sweep
from hrm_engine.train.sweep import Parameter, SweepConfig, Swept, run_sweep

CONFIGS = Path(__file__).parents[3] / "configs"
FILES = sorted((CONFIGS / "sweeps").glob("*.yaml"))
TINY: dict[str, Any] = {
    "train.steps": 2,
    "train.warmup": 0,
    "train.log_every": 1,
    "train.eval_every": 1,
    "train.eval_items": 0,
    "train.first_sample": 0,
    "train.threads": 1,
    "data.pool": 16,
    "data.held_out": 2,
    "data.tokens": 512,
}
MUTE: Any = lambda text: None  # noqa: E731 - a listener that does not


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)


def settings(out: Path, **changes: Any) -> SweepConfig:
    values: dict[str, Any] = {
        "base": "tiny/transformer",
        "out": out,
        "metric": "eval_loss",
        "direction": "minimize",
        "trials": 3,
        "pruner": "none",
        "fixed": TINY,
        "parameters": {
            "train.lr": {"log_uniform": [1e-4, 1e-2]},
            "train.ema": {"uniform": [0.5, 0.9]},
            "train.optimiser": {"choice": ["adamw", "adam_atan2"]},
            "model.layers": {"integer": [1, 2]},
        },
    }
    return SweepConfig.model_validate(values | changes)


def numbers(found: Swept) -> list[tuple[int, str]]:
    return [(row.number, row.state) for row in found.rows]


@pytest.mark.requirement("EN-11")
def test_three_trials_from_the_command_line_end_in_a_line_to_paste(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "sweep.yaml"
    # JSON is YAML.
    file.write_text(settings(tmp_path / "out").model_dump_json(exclude_unset=True))
    assert main(["sweep", str(file), "--trials", "2"]) == 0
    table = capsys.readouterr().out.splitlines()
    assert len(table) == 3
    assert table[0].split("finished")[0].strip(" *") == "0"
    assert sum(line.startswith("*") for line in table) == 1
    assert main(["sweep", str(file)]) == 1
    assert "already holds a sweep\nhint: add --resume" in capsys.readouterr().err
    assert main(["sweep", str(file), "--resume", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [row["number"] for row in found["trials"]] == [0, 1, 2]
    assert found["best"]["value"] == min(row["value"] for row in found["trials"])
    assert sorted(p.name for p in (tmp_path / "out/trials").iterdir()) == ["0000", "0001", "0002"]
    assert (tmp_path / "out/trials/0002/tiny-transformer/config.json").exists()
    words = shlex.split(found["command"])
    assert words[:3] == ["hrm", "train", "tiny/transformer"]
    small = [word for k, v in TINY.items() for word in ("--set", f"{k}={v}")]
    again = [*words[1:], *small, "--set", f"train.out={tmp_path / 'best'}", "--json"]
    assert main(again) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["eval_loss"] == pytest.approx(found["best"]["value"])


def test_the_same_seed_tries_the_same_settings(tmp_path: Path) -> None:
    tried = [
        [row.settings for row in run_sweep(settings(tmp_path / name, trials=2), say=MUTE).rows]
        for name in ("one", "two")
    ]
    assert tried[0] == tried[1]
    assert tried[0][0] != tried[0][1]


def test_an_interrupted_trial_is_continued_where_it_stood(tmp_path: Path) -> None:
    said: list[str] = []

    def interrupting(text: str) -> None:
        said.append(text)
        if len(said) == 2:
            _interrupt_soon()

    config = settings(tmp_path, fixed=TINY | {"train.steps": 3}, trials=2)
    found = run_sweep(config, say=interrupting)
    assert found.stopped
    assert numbers(found) == [(0, "complete")]
    assert (tmp_path / "trials/0001/state/0000000001").exists()
    found = run_sweep(config, resume=True, say=said.append)
    assert numbers(found) == [(0, "complete"), (1, "complete")]
    assert said[1] == said[2]
    lines = (tmp_path / "trials/0001/metrics.jsonl").read_text().splitlines()
    assert [json.loads(line)["step"] for line in lines if "grad_norm" in line] == [1, 2, 3]


def _interrupt_soon() -> None:
    """Ctrl-C as soon as a run listens to it."""
    from hrm_engine.train.interrupt import Interrupt

    entering = Interrupt.__enter__

    def enter(self: Interrupt) -> Interrupt:
        Interrupt.__enter__ = entering  # type: ignore[method-assign]  # put back at once
        found = entering(self)
        os.kill(os.getpid(), signal.SIGINT)
        return found

    Interrupt.__enter__ = enter  # type: ignore[method-assign]  # the moment cannot be timed otherwise


def test_a_trial_that_diverges_is_noted_and_the_sweep_goes_on(tmp_path: Path) -> None:
    wild = TINY | {"train.clip": 1e30, "train.steps": 3, "train.optimiser": "adamw"}
    config = settings(
        tmp_path, fixed=wild, trials=2, parameters={"train.lr": {"choice": [1e-3, 1e30]}}, seed=0
    )
    found = run_sweep(config, say=MUTE)
    states = {row.settings["train.lr"]: (row.state, row.note) for row in found.rows}
    assert states[1e-3] == ("complete", "")
    assert states[1e30][0] == "fail"
    assert "diverged" in states[1e30][1]


def test_a_sweep_whose_trials_all_fail_is_an_error(tmp_path: Path) -> None:
    wild = TINY | {"train.clip": 1e30, "train.steps": 3}
    config = settings(
        tmp_path, fixed=wild, trials=1, parameters={"train.lr": {"uniform": [1e29, 1e30]}}
    )
    with pytest.raises(TrainingError, match=r"none of 1 trials finished \(the loss diverged"):
        run_sweep(config, say=MUTE)


@pytest.mark.parametrize("pruner", ["median", "halving"])
def test_a_trial_that_is_worse_than_others_were_is_pruned(tmp_path: Path, pruner: str) -> None:
    config = settings(
        tmp_path,
        pruner=pruner,
        startup=1,
        trials=3,
        seed=6,  # proposes the useless rate last
        fixed=TINY | {"train.steps": 4},
        parameters={"train.lr": {"choice": [1e-2, 2e-2, 3e-2, 1e-9]}},
    )
    found = run_sweep(config, say=MUTE)
    assert numbers(found) == [(0, "complete"), (1, "complete"), (2, "pruned")]
    assert found.rows[2].settings == {"train.lr": 1e-9}
    assert found.rows[2].value is not None
    assert found.best in found.rows[:2]


def test_a_metric_that_no_run_has_is_an_error_that_lists_them(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no metric `beauty`[\s\S]*eval_loss"):
        run_sweep(settings(tmp_path, metric="beauty"), say=MUTE)


def test_settings_that_no_run_can_have_are_refused_before_the_first_trial(tmp_path: Path) -> None:
    wrong = {"model.layers": {"integer": [0, 2]}}
    with pytest.raises(ConfigError, match=r"model\.layers"):
        run_sweep(settings(tmp_path, parameters=wrong), say=MUTE)
    assert not (tmp_path / "study.log").exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({}, "exactly one of choice, uniform"),
        ({"choice": [1], "integer": [1, 2]}, "exactly one"),
        ({"uniform": [2, 1]}, "empty range"),
        ({"log_uniform": [0, 1]}, "begins above 0"),
    ],
)
def test_a_parameter_is_one_kind_of_range(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Parameter.model_validate(wrong)


def test_without_optuna_the_error_names_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "find_spec", lambda _: None)
    with pytest.raises(MissingExtraError, match=r'pip install "hrm-coprocessor\[sweep\]"'):
        run_sweep(settings(tmp_path), say=MUTE)


@pytest.mark.parametrize("file", FILES, ids=lambda p: p.stem)
def test_a_shipped_sweep_varies_settings_that_its_recipe_has(file: Path) -> None:
    config = load_config(SweepConfig, file, ["fixed.train.steps=2", "fixed.train.warmup=0"])
    assert config.fixed["train.steps"] == 2
    sweep._check(config)
    assert config.out.parts[:2] == ("runs", "sweeps")
