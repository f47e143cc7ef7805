"""Trackers: they get what the JSON lines get, are never needed, and never stop a run."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import torch

from hrm_engine.errors import MissingExtraError
from hrm_engine.train import trackers
from hrm_engine.train.run import main
from hrm_engine.train.trackers import TRACKERS, About, Trackers
from hrm_engine.train.trainer import Trainer
from tests.engine.train.toy import Reverse, settings, toy_model


def rows(steps: int) -> list[dict[str, object]]:
    return [{"step": n, "loss": 1 / n, "tokens": 10 * n, "note": "text"} for n in range(1, steps)]


def scalars(folder: Path) -> dict[int, float]:
    """The losses that TensorBoard itself reads from the event files."""
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    events = EventAccumulator(str(folder / "tensorboard")).Reload()
    return {event.step: event.value for event in events.Scalars("loss")}


@pytest.mark.requirement("EN-11")
def test_tensorboard_reads_back_what_was_logged(tmp_path: Path) -> None:
    said: list[str] = []
    tracked = Trackers(["tensorboard"], About(tmp_path, "toy", {}), said.append)
    for row in rows(5):
        tracked.log(row)
    tracked.close()
    assert scalars(tmp_path) == pytest.approx({n: 1 / n for n in range(1, 5)})
    assert said == []


def test_a_resumed_run_drops_from_tensorboard_what_its_state_does_not_know(tmp_path: Path) -> None:
    for start, loss in ((0, 1.0), (2, 5.0)):
        tracked = Trackers(["tensorboard"], About(tmp_path, "toy", {}, start), print)
        for step in range(start + 1, 5 - start // 2):
            tracked.log({"step": step, "loss": loss})
        tracked.close()
    assert scalars(tmp_path) == {1: 1.0, 2: 1.0, 3: 5.0}


@pytest.mark.requirement("EN-11")
def test_wandb_without_a_network_writes_its_folder_and_keeps_one_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WANDB_MODE", "offline")
    monkeypatch.setenv("WANDB_SILENT", "true")
    said: list[str] = []
    for start in (0, 4):
        tracked = Trackers(["wandb"], About(tmp_path, "toy", {"seed": 1}, start), said.append)
        tracked.log({"step": start + 1, "loss": 0.5})
        tracked.close()
    identity = (tmp_path / "wandb-id").read_text().strip()
    assert len(list(tmp_path.glob(f"wandb/offline-run-*-{identity}/run-{identity}.wandb"))) >= 1
    assert said == []


class Failing:
    """A tracker whose network fails at the second row."""

    def __init__(self, about: About) -> None:
        self.rows = 0

    def log(self, step: int, figures: Mapping[str, float]) -> None:
        self.rows += 1
        if self.rows == 2:
            raise ConnectionError("no route to host\nmore")

    def close(self) -> None:
        raise AssertionError("a tracker that failed is not asked again")


class FailingAtOnce(Failing):
    """A tracker that cannot even be opened."""

    def __init__(self, about: About) -> None:
        raise OSError


@pytest.mark.parametrize(
    ("kind", "reason"), [(Failing, "no route to host"), (FailingAtOnce, "OSError")]
)
def test_a_tracker_that_fails_is_said_once_and_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type[Failing], reason: str
) -> None:
    monkeypatch.setitem(TRACKERS, "wandb", kind)
    said: list[str] = []
    tracked = Trackers(["wandb", "tensorboard"], About(tmp_path, "toy", {}), said.append)
    for row in rows(5):
        tracked.log(row)
    tracked.close()
    assert said == [f"warning: wandb failed and is left out from here on ({reason})"]
    assert len(scalars(tmp_path)) == 4


def test_a_tracker_is_closed_and_hears_of_figures_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[object] = []

    class Listening(Failing):
        def log(self, step: int, figures: Mapping[str, float]) -> None:
            heard.append((step, dict(figures)))

        def close(self) -> None:
            heard.append("closed")

    monkeypatch.setitem(TRACKERS, "trackio", Listening)
    monkeypatch.setattr(trackers, "find_spec", lambda _: object())
    tracked = Trackers(["trackio"], About(tmp_path, "toy", {}), print)
    tracked.log(rows(2)[0])
    tracked.close()
    tracked.close()
    assert heard == [(1, {"loss": 1.0, "tokens": 10.0}), "closed"]


@pytest.mark.parametrize("name", ["wandb", "tensorboard", "trackio"])
def test_an_absent_package_is_one_clear_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: trackers.TrackerName
) -> None:
    monkeypatch.setattr(trackers, "find_spec", lambda _: None)
    with pytest.raises(MissingExtraError, match=rf"`{name}`[\s\S]*hint: pip install") as error:
        Trackers([name], About(tmp_path, "toy", {}), print)
    assert name == "trackio" or "hrm-coprocessor[track]" in error.value.hint


def test_no_tracker_is_imported_unless_it_is_asked_for(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib\nfrom hrm_engine.train.trackers import About, Trackers\n"
        f"Trackers([], About(pathlib.Path({str(tmp_path)!r}), 'toy', {{}}), print).log({{}})\n"
        "sys.exit(bool({'wandb', 'tensorboard', 'trackio', 'torch'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def logged(out: Path) -> list[dict[str, Any]]:
    """The lines of metrics, less what the clock says."""
    lines = map(json.loads, (out / "metrics.jsonl").read_text().splitlines())
    return [{k: v for k, v in row.items() if "second" not in k} for row in lines]


@pytest.mark.requirement("EN-11")
def test_the_metrics_file_is_the_same_with_and_without_trackers(tmp_path: Path) -> None:
    torch.set_num_threads(1)
    for name, used in (("without", ()), ("with", ("tensorboard",))):
        config = settings(tmp_path / name, train__trackers=used)
        Trainer(toy_model(config), Reverse(), config).fit()
    assert logged(tmp_path / "with") == logged(tmp_path / "without")
    losses = {row["step"]: row["loss"] for row in logged(tmp_path / "with") if "loss" in row}
    assert scalars(tmp_path / "with") == pytest.approx(losses)
    assert not (tmp_path / "without/tensorboard").exists()


@pytest.mark.requirement("EN-11")
def test_no_wandb_turns_off_what_the_recipe_asks_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    for name in TRACKERS:
        monkeypatch.setitem(TRACKERS, name, lambda about, name=name: asked.append(name))
    small = {"train.steps": 2, "train.warmup": 0, "data.pool": 8, "data.held_out": 2}
    small |= {"train.eval_items": 0, "train.first_sample": 0, "train.threads": 1}
    changes = [f"--set={key}={value}" for key, value in small.items()]
    recipe = ["tiny/transformer", "--set=train.trackers=[wandb, tensorboard]", *changes]
    assert main([*recipe, f"--set=train.out={tmp_path / 'run'}", "--no-wandb"]) == 0
    assert asked == ["tensorboard"]


def test_a_run_with_an_absent_tracker_is_refused_before_it_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trackers, "find_spec", lambda _: None)
    config = settings(tmp_path / "run", train__trackers=("wandb",))
    with pytest.raises(MissingExtraError, match=r"train\.trackers asks for `wandb`"):
        Trainer(toy_model(config), Reverse(), config)
    assert not (tmp_path / "run").exists()
