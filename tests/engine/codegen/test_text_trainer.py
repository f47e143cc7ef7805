"""`Trainer`: it really trains, goes on where it stopped, and explains what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch
import yaml

from hrm_engine.codegen import text_progress
from hrm_engine.codegen.text_model import HRMCodeGen
from hrm_engine.codegen.text_trainer import Trainer
from hrm_engine.data.code import Pairs
from hrm_engine.errors import ConfigError, TrainingError
from hrm_engine.train.settings import RunConfig
from tests.engine.codegen.text_toy import PROMPT, raw_json, settings, shard, toy_model


def trainer(folder: Path, config: Any = None, **train: Any) -> Trainer:
    """A fresh model on the toy data, the last four records held out."""
    data, held_out = shard(folder).split(held_out=4)
    return Trainer(toy_model(folder), data, held_out, config or settings(folder, **train))


@pytest.mark.requirement("SD-2")
def test_a_run_learns_and_the_model_has_what_was_saved(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = []
    run = trainer(tmp_path, steps=24)
    result = run.fit(listen=rows.append)
    losses = [row["loss"] for row in rows if "loss" in row]
    assert losses[-1] < 0.5 * losses[0]
    assert result["loss"] == losses[-1]
    assert {"eval_loss", "eval_exact", "eval_token_accuracy"} < result.keys()
    assert (result["stopped"], result["step"]) == ("finished", 24)
    again = HRMCodeGen.from_pretrained(result["checkpoint"])
    assert again.generate_code(PROMPT, 12) == run.model.generate_code(PROMPT, 12)
    assert run.model.name == "toy"
    assert run.model.recipe["data"]["records"] == 20
    assert not run.model.network.training


@pytest.mark.requirement("SD-2")
def test_a_resumed_run_ends_as_one_never_stopped(tmp_path: Path) -> None:
    for name in ("whole", "parts"):
        (tmp_path / name).mkdir()
    whole = trainer(tmp_path / "whole").fit()
    out = tmp_path / "parts"

    def stop(row: dict[str, Any]) -> None:
        if row["step"] >= 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        trainer(out, save_every=5).fit(listen=stop)
    resumed = trainer(out, save_every=5).fit(resume=True)
    assert resumed["loss"] == whole["loss"]
    with pytest.raises(ConfigError, match="already holds a run"):
        trainer(out).fit()


def test_texts_are_trained_on_as_tokens_are(tmp_path: Path) -> None:
    tokens = trainer(tmp_path, steps=4, out=str(tmp_path / "tokens")).fit()
    data, held_out = Pairs.read(raw_json(tmp_path)).split(held_out=4)
    texts = Trainer(
        toy_model(tmp_path), data, held_out, settings(tmp_path, steps=4, out=str(tmp_path / "text"))
    ).fit()
    assert texts["loss"] == tokens["loss"]


def test_worker_processes_may_draw_the_data(tmp_path: Path) -> None:
    config = settings(tmp_path, steps=2)
    config["data"]["workers"] = 1
    assert trainer(tmp_path, config).fit()["step"] == 2


@pytest.mark.requirement("SD-2")
def test_settings_may_come_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"
    path.write_text(yaml.safe_dump(settings(tmp_path)))
    run = trainer(tmp_path, str(path))
    assert run.config == trainer(tmp_path).config
    assert trainer(tmp_path, run.config).config == run.config
    train = run.config.train
    assert (train.steps, train.warmup, train.log_every, train.threads) == (20, 2, 2, 1)
    assert (run.config.data.max_length, run.config.data.held_out) == (96, 4)


@pytest.mark.requirement("SD-5")
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("train:\n  steps: many\n  out: run\n", r'field "train.steps": .*\(.*run.yaml:2\)'),
        ("train:\n  steps: 9\n  out: run\n  rl: 1\n", r'unknown field "train.rl".*run.yaml:4\)'),
        ("train: [\n", r"not YAML: .*run.yaml"),
        ("- train\n", r"settings must be `key: value` lines"),
        ("model: {}\n", "there is a model already"),
    ],
)
def test_a_wrong_settings_file_is_named_with_the_line(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=said):
        trainer(tmp_path, path)


@pytest.mark.requirement("SD-5")
@pytest.mark.parametrize(
    ("train", "said"),
    [
        ({"steps": "many", "out": "run"}, 'field "train.steps": Input should be'),
        ({"steps": 9, "out": "run", "rl": 1}, 'unknown field "train.rl"'),
        ({"steps": 9}, 'missing field "train.out"'),
        ({"steps": 9, "out": "run", "warmup": 9}, "warmup 9 does not end before step 9"),
        (3, 'field "train"'),
    ],
)
def test_wrong_settings_in_a_mapping_name_the_field(train: Any, said: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=said):
        trainer(tmp_path, {"train": train})


def test_a_mapping_is_not_changed(tmp_path: Path) -> None:
    config = settings(tmp_path)
    before = json.dumps(config)
    assert isinstance(trainer(tmp_path, config).config, RunConfig)
    assert json.dumps(config) == before


@pytest.mark.requirement("SD-5")
def test_running_out_of_memory_names_the_settings_to_change(tmp_path: Path) -> None:
    run = trainer(tmp_path)
    run.model.network.embedding.register_forward_pre_hook(lambda *_: torch.empty(2**60))
    with pytest.raises(TrainingError, match=r"out of memory[\s\S]*halve data.tokens \(256\)"):
        run.fit()


@pytest.mark.requirement("SD-7")
def test_a_bar_tells_steps_and_losses() -> None:
    shown = text_progress.bar(20, 40, {"loss": 0.5, "eval_loss": 0.25})
    assert shown.endswith("step 20 of 40, loss 0.5000, eval_loss 0.2500")
    assert '<progress max="40" value="20">' in shown
    assert text_progress.notebook_bar(40) is None


@pytest.mark.requirement("SD-7")
def test_in_a_notebook_the_bar_is_updated_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import IPython
    from IPython import display

    shown: list[str] = []

    class Place:
        """Where the notebook shows it."""

        def update(self, html: Any) -> None:
            shown.append(html.data)

    def show(html: Any, *, display_id: bool) -> Place:
        assert display_id
        shown.append(html.data)
        return Place()

    monkeypatch.setattr(IPython, "get_ipython", lambda: SimpleNamespace(kernel="a kernel"))
    monkeypatch.setattr(display, "display", show)
    trainer(tmp_path, steps=10).fit()
    assert "step 0 of 10" in shown[0]
    assert "step 10 of 10, loss" in shown[-1]
    assert "eval_loss" in shown[-1]
