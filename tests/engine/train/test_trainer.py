"""The training loop: it learns, resumes exactly, stops when asked and says what went wrong."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
import torch

from hrm_engine.errors import ConfigError, TrainingError
from hrm_engine.export.checkpoint import load_checkpoint
from hrm_engine.tasks.base import Example
from hrm_engine.train.settings import RunConfig
from hrm_engine.train.trainer import Trainer
from tests.engine.train.toy import VOCABULARY, Reverse, settings, toy_model


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)


def train(config: RunConfig, resume: bool = False, data: Reverse | None = None) -> dict[str, Any]:
    return Trainer(toy_model(config), data or Reverse(), config).fit(resume)


def rows(out: Path, key: str = "loss") -> list[dict[str, Any]]:
    lines = (out / "metrics.jsonl").read_text().splitlines()
    return [row for row in map(json.loads, lines) if key in row]


def losses(out: Path) -> list[tuple[int, float, float]]:
    return [(row["step"], row["loss"], row["grad_norm"]) for row in rows(out)]


class Interrupting(Reverse):
    """Sends SIGINT to this process while the third pool is drawn."""

    def pool(self, seed: int, index: int, size: int) -> list[Example]:
        if index == 2:
            os.kill(os.getpid(), signal.SIGINT)
        return super().pool(seed, index, size)


@pytest.mark.requirement("EN-2")
def test_thirty_two_examples_are_learned_by_heart(tmp_path: Path) -> None:
    config = settings(
        tmp_path,
        train__steps=250,
        train__warmup=10,
        train__lr=1e-2,
        train__log_every=25,
        train__ema=0.9,
        data__tokens=512,
    )
    result = train(config, data=Reverse(distinct=32))
    assert result["loss"] < 0.02
    assert result["stopped"] == "finished"


def test_losses_are_those_from_before_sequences_and_grids_shared_a_loop(tmp_path: Path) -> None:
    """Recorded with the trainer that knew sequences alone; there equal to the last bit."""
    model = {
        "preset": "hrm_text",
        "vocab": len(VOCABULARY),
        "width": 16,
        "heads": 2,
        "layers": 1,
        "ff": 16,
        "context": 64,
    }
    config = settings(tmp_path, model=model, train__optimiser="muon", train__accumulate=2)
    train(config)
    recorded = [3.00770140, 3.02725124, 2.99829388, 2.94568157, 2.79709959, 2.81206608]
    recorded += [2.70461679, 2.67021608, 2.64172053, 2.46852446, 2.59370375, 2.60029459]
    assert [row["loss"] for row in rows(tmp_path)] == pytest.approx(recorded, rel=1e-5)


@pytest.mark.parametrize("preset", ["hrm_text", "transformer"])
@pytest.mark.parametrize("optimiser", ["adamw", "adam_atan2", "muon"])
def test_a_resumed_run_has_the_losses_of_one_never_stopped(
    tmp_path: Path, preset: str, optimiser: str
) -> None:
    model = {
        "preset": preset,
        "vocab": len(VOCABULARY),
        "width": 16,
        "heads": 2,
        "layers": 1,
        "ff": 16,
        "context": 64,
    }
    changes = {"model": model, "train__optimiser": optimiser, "train__accumulate": 2}
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    train(settings(whole, **changes))
    # No minutes at all: each part makes one step, saves and stops.
    piece = settings(parts, **changes, train__max_minutes=1e-9)
    stops = [train(piece, resume=True)["stopped"] for _ in range(3)]
    assert stops == ["time is up"] * 3
    train(settings(parts, **changes), resume=True)
    assert losses(parts) == losses(whole)
    weights = [load_checkpoint(out / "toy").model.state_dict() for out in (whole, parts)]
    assert all(torch.equal(weights[0][name], weights[1][name]) for name in weights[0])


def test_a_run_resumed_between_two_lines_of_metrics_logs_the_same_means(tmp_path: Path) -> None:
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    train(settings(whole, train__log_every=4))
    train(settings(parts, train__log_every=4, train__max_minutes=1e-9))
    train(settings(parts, train__log_every=4), resume=True)
    assert losses(parts) == losses(whole)


def test_lines_logged_after_the_state_that_is_resumed_are_dropped(tmp_path: Path) -> None:
    train(settings(tmp_path, train__max_minutes=1e-9))
    with (tmp_path / "metrics.jsonl").open("a") as file:
        file.write('{"step": 2, "loss": 9.0}\n{"step": 3, "lo')
    train(settings(tmp_path), resume=True)
    assert [row["step"] for row in rows(tmp_path)] == list(range(1, 13))


def test_drawing_pools_in_other_processes_changes_no_loss(tmp_path: Path) -> None:
    train(settings(tmp_path / "here"))
    train(settings(tmp_path / "there", data__workers=2))
    assert losses(tmp_path / "here") == losses(tmp_path / "there")


def test_ctrl_c_finishes_the_step_saves_and_can_be_resumed(tmp_path: Path) -> None:
    train(settings(tmp_path / "whole"))
    out = tmp_path / "stopped"
    before = signal.getsignal(signal.SIGINT)
    result = train(settings(out), data=Interrupting())
    assert result["stopped"] == "interrupted"
    assert 0 < result["step"] < 12
    assert signal.getsignal(signal.SIGINT) is before
    train(settings(out), resume=True)
    assert losses(out) == losses(tmp_path / "whole")


def test_the_newest_two_states_are_kept(tmp_path: Path) -> None:
    train(settings(tmp_path, train__save_every=3))
    assert sorted(p.name for p in (tmp_path / "state").iterdir()) == ["0000000009", "0000000012"]


def test_a_folder_that_holds_a_run_is_not_overwritten(tmp_path: Path) -> None:
    train(settings(tmp_path))
    with pytest.raises(ConfigError, match=r"already holds a run \(step 12\)"):
        train(settings(tmp_path))


def test_a_run_is_not_resumed_with_another_model_or_seed(tmp_path: Path) -> None:
    train(settings(tmp_path, train__max_minutes=1e-9))
    with pytest.raises(ConfigError, match="changed: seed 1 -> 2"):
        train(settings(tmp_path, seed=2), resume=True)


def test_other_changed_settings_are_said_and_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    train(settings(tmp_path, train__max_minutes=1e-9))
    train(settings(tmp_path, train__lr=1e-4), resume=True)
    said = capsys.readouterr().err
    assert "resuming at step 1" in said
    assert "changed: train.lr 0.003 -> 0.0001" in said
    assert max(row["lr"] for row in rows(tmp_path)[1:]) <= 1e-4


def test_evaluation_and_samples_are_logged(tmp_path: Path) -> None:
    result = train(settings(tmp_path, train__eval_every=6, train__first_sample=2))
    assert [row["step"] for row in rows(tmp_path, "eval_loss")] == [6, 12]
    assert {0 <= result[key] <= 1 for key in ("eval_exact", "eval_token_accuracy")} == {True}
    samples = [json.loads(line) for line in (tmp_path / "samples.jsonl").read_text().splitlines()]
    assert [s["step"] for s in samples] == [2] * 4 + [6] * 4 + [12] * 4
    assert all(s["right"] == (s["expected"] == s["got"]) for s in samples)


def test_a_run_without_decoding_still_measures_the_loss(tmp_path: Path) -> None:
    result = train(settings(tmp_path, train__eval_items=0))
    assert "eval_loss" in result
    assert "eval_exact" not in result


def test_the_exported_checkpoint_states_its_data_and_holds_the_average(tmp_path: Path) -> None:
    config = settings(tmp_path)
    trainer = Trainer(toy_model(config), Reverse(), config)
    result = trainer.fit()
    loaded = load_checkpoint(result["checkpoint"])
    assert loaded.vocabulary == list(VOCABULARY)
    assert loaded.recipe["data"]["dataset"] == "reverse"
    assert loaded.recipe["data"]["fingerprint"] == trainer.form.fingerprint
    assert loaded.recipe["trained"]["steps"] == 12
    assert "held-out loss" in loaded.card
    average = trainer.ema.state()
    assert all(torch.equal(p, average[n]) for n, p in loaded.model.named_parameters())


def test_a_loss_that_is_not_finite_names_the_settings_to_change(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"diverged[\s\S]*lower train.lr"):
        train(settings(tmp_path, train__lr=1e30, train__clip=1e30))


def test_a_state_after_the_loss_diverged_is_not_saved(tmp_path: Path) -> None:
    config = settings(
        tmp_path, train__lr=1e30, train__clip=1e30, train__log_every=12, train__save_every=2
    )
    with pytest.raises(TrainingError, match="diverged"):
        train(config)
    assert not list(tmp_path.glob("state/*12"))


def test_running_out_of_memory_names_the_settings_to_change(tmp_path: Path) -> None:
    config = settings(tmp_path)
    trainer = Trainer(toy_model(config), Reverse(), config)
    trainer.model.register_forward_pre_hook(lambda *_: torch.empty(2**60))
    trainer.model.embedding.register_forward_pre_hook(lambda *_: torch.empty(2**60))
    with pytest.raises(TrainingError, match=r"out of memory[\s\S]*halve data.tokens \(256\)"):
        trainer.fit()


def test_another_runtime_error_is_not_called_out_of_memory(tmp_path: Path) -> None:
    config = settings(tmp_path)
    trainer = Trainer(toy_model(config), Reverse(), config)
    trainer.model.embedding.register_forward_pre_hook(lambda *_: torch.ones(2) @ torch.ones(3))
    with pytest.raises(RuntimeError, match=r"inconsistent tensor size|size mismatch"):
        trainer.fit()


def test_a_model_of_another_vocabulary_is_refused(tmp_path: Path) -> None:
    config = settings(tmp_path).sized(99)
    with pytest.raises(ConfigError, match="the model has 99 tokens, reverse has 12"):
        Trainer(toy_model(config), Reverse(), config)


def test_recomputing_activations_changes_no_loss(tmp_path: Path) -> None:
    train(settings(tmp_path / "kept"))
    train(settings(tmp_path / "recomputed", train__checkpointing=True))
    kept, recomputed = (rows(tmp_path / name) for name in ("kept", "recomputed"))
    for one, other in zip(kept, recomputed, strict=True):
        assert one["loss"] == pytest.approx(other["loss"], rel=1e-5)


@pytest.mark.slow
@pytest.mark.compile
@pytest.mark.filterwarnings("ignore:.*torch.jit:DeprecationWarning")  # torch's own
def test_a_compiled_run_has_nearly_the_losses_of_an_eager_one(tmp_path: Path) -> None:
    sizes = {"preset": "hrm_text", "vocab": 12, "width": 16, "heads": 2, "layers": 1, "ff": 16}
    # The gradient span grows at each of the first steps.
    packed = {
        "data__mode": "packed",
        "train__steps": 4,
        "model": sizes,
        "train__gradient_growth": 1.0,
    }
    train(settings(tmp_path / "eager", **packed))
    train(settings(tmp_path / "compiled", train__compile="on", **packed))
    eager, compiled = (rows(tmp_path / name) for name in ("eager", "compiled"))
    for one, other in zip(eager, compiled, strict=True):
        assert one["loss"] == pytest.approx(other["loss"], rel=1e-4)


def test_a_warm_up_longer_than_the_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="warmup 12 does not end before step 12"):
        settings(tmp_path, train__warmup=12)


def test_examples_longer_than_the_model_holds_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"max_length 65 is more than model.context 64"):
        settings(tmp_path, data__max_length=65)


def test_a_run_without_any_held_out_example_is_refused(tmp_path: Path) -> None:
    config = settings(tmp_path, data__max_length=3)
    with pytest.raises(TrainingError, match=r"no held-out example[\s\S]*data.max_length"):
        Trainer(toy_model(config), Reverse(), config)


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device")
def test_a_gpu_run_resumes_where_it_stopped(tmp_path: Path) -> None:
    changes = {"train__device": "cuda", "train__compile": "off"}
    train(settings(tmp_path / "whole", **changes))
    train(settings(tmp_path / "parts", **changes, train__max_minutes=1e-9))
    train(settings(tmp_path / "parts", **changes), resume=True)
    for one, other in zip(losses(tmp_path / "whole"), losses(tmp_path / "parts"), strict=True):
        assert one == pytest.approx(other, rel=1e-4)  # atomic sums differ from run to run there
