"""Training of grid models: it learns, resumes exactly with its carry, and every mode agrees."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Collection
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from hrm_engine.data.grids import GridDataset, GridPool
from hrm_engine.errors import ConfigError, TrainingError
from hrm_engine.export.checkpoint import load_checkpoint
from hrm_engine.model.losses import right_cells
from hrm_engine.train.grid_form import GridForm
from hrm_engine.train.settings import RunConfig
from hrm_engine.train.trainer import Trainer
from tests.engine.train.toy import Reverse, settings, toy_model
from tests.engine.train.toy_grid import Missing, grid_settings, toy_grid_model, toy_grids


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)


def trainer(config: RunConfig, data: GridDataset | None = None) -> Trainer:
    return Trainer(toy_grid_model(config), data or toy_grids(), config)


def train(
    config: RunConfig, resume: bool = False, data: GridDataset | None = None
) -> dict[str, Any]:
    return trainer(config, data).fit(resume)


def rows(out: Path, key: str = "loss") -> list[dict[str, Any]]:
    lines = (out / "metrics.jsonl").read_text().splitlines()
    return [row for row in map(json.loads, lines) if key in row]


def measured(out: Path) -> list[tuple[Any, ...]]:
    """All of each line of metrics that is not a time."""
    names = ("step", "loss", "grad_norm", "token_accuracy", "finished", "exact", "segments")
    return [tuple(row.get(name) for name in names) for row in rows(out)]


PRESETS: dict[str, dict[str, Any]] = {
    "trm_mlp": {"preset": "trm_mlp"},
    "trm_att": {"preset": "trm_att", "token_ff": 0},
    "hrm_v1": {"preset": "hrm_v1", "token_ff": 0, "puzzle_tokens": 1, "puzzles": 1},
}


@pytest.mark.requirement("EN-1")
def test_hidden_digits_are_found_and_halting_is_learned(tmp_path: Path) -> None:
    config = grid_settings(
        tmp_path,
        data__batch=32,
        train__steps=150,
        train__lr=1e-2,
        train__log_every=50,
        train__ema=0.9,
    )
    result = train(config)
    assert result["eval_exact"] == 1.0
    assert result["eval_halt_segments"] < 2
    first, last = rows(tmp_path)[0], rows(tmp_path)[-1]
    assert last["loss"] < 0.1 < first["loss"]
    assert last["segments"] < 1.6 < first["segments"]
    assert load_checkpoint(result["checkpoint"]).config.form == "grid"


@pytest.mark.requirement("EN-2")
@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("optimiser", ["adamw", "adam_atan2", "muon"])
def test_a_resumed_run_has_the_losses_of_one_never_stopped(
    tmp_path: Path, preset: str, optimiser: str
) -> None:
    changes = {
        "model": PRESETS[preset],
        "train__optimiser": optimiser,
        "train__accumulate": 2,
        "train__noise": 0.1,
        "data__batch": 5,
        "data__pool": 7,
        "data__reveal": 0.5,
    }
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    train(grid_settings(whole, **changes))
    # No minutes at all: each part makes one step, saves and stops.
    piece = grid_settings(parts, **changes, train__max_minutes=1e-9)
    assert [train(piece, resume=True)["stopped"] for _ in range(3)] == ["time is up"] * 3
    train(grid_settings(parts, **changes), resume=True)
    assert measured(parts) == measured(whole)
    weights = [load_checkpoint(out / "toy").model.state_dict() for out in (whole, parts)]
    assert all(torch.equal(weights[0][name], weights[1][name]) for name in weights[0])


def test_a_run_resumed_between_two_lines_of_metrics_logs_the_same_lines(tmp_path: Path) -> None:
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    train(grid_settings(whole, train__log_every=4))
    train(grid_settings(parts, train__log_every=4, train__max_minutes=1e-9))
    train(grid_settings(parts, train__log_every=4), resume=True)
    assert measured(parts) == measured(whole)


class Interrupting(GridDataset):
    """Sends SIGINT to this process while the third pool is drawn."""

    def pool(
        self, seed: int, index: int, size: int, excluded: Collection[bytes] = frozenset()
    ) -> GridPool:
        if index == 2:
            os.kill(os.getpid(), signal.SIGINT)
        return super().pool(seed, index, size, excluded)


@pytest.mark.requirement("EN-2")
def test_ctrl_c_saves_the_carry_too_and_can_be_resumed(tmp_path: Path) -> None:
    train(grid_settings(tmp_path / "whole", data__pool=20))
    out = tmp_path / "stopped"
    result = train(grid_settings(out, data__pool=20), data=Interrupting(Missing()))
    assert result["stopped"] == "interrupted"
    assert 0 < result["step"] < 12
    train(grid_settings(out, data__pool=20), resume=True)
    assert measured(out) == measured(tmp_path / "whole")


def test_drawing_pools_in_other_processes_changes_no_loss(tmp_path: Path) -> None:
    train(grid_settings(tmp_path / "here"))
    train(grid_settings(tmp_path / "there", data__workers=1))
    assert measured(tmp_path / "here") == measured(tmp_path / "there")


def one_step(tmp_path: Path, **changes: Any) -> tuple[float, dict[str, Tensor], float]:
    """The loss of the second step, its gradient, and the norm of that gradient.

    The second, so that slots are at different segments and carry states.
    """
    made = trainer(grid_settings(tmp_path, train__lr=1e-30, train__exploration=0.5, **changes))
    form = made.form
    with form.open(form.place):
        made.stepper.step(form.work(0))
        form.stepped()
        norm = float(made.stepper.step(form.work(1)).norm)
        form.stepped()
        loss = made.stepper._gradient(form.work(2))
    weights = made.model.named_parameters()
    return float(loss), {n: p.grad for n, p in weights if p.grad is not None}, norm


def same(
    one: tuple[float, dict[str, Tensor], float],
    other: tuple[float, dict[str, Tensor], float],
    within: float,
) -> bool:
    assert one[0] == pytest.approx(other[0], rel=within)
    assert one[2] == pytest.approx(other[2], rel=within)
    assert one[1].keys() == other[1].keys()
    largest = max(float(g.abs().max()) for g in one[1].values())
    gaps = [float((one[1][n] - other[1][n]).abs().max()) for n in one[1]]
    return max(gaps) <= within * largest


@pytest.mark.requirement("EN-2")
@pytest.mark.parametrize("preset", PRESETS)
def test_small_batches_accumulated_equal_the_large_one(tmp_path: Path, preset: str) -> None:
    model = PRESETS[preset]
    large = one_step(tmp_path, model=model, data__batch=12)
    for batch, parts in ((6, 2), (3, 4)):
        cut = one_step(tmp_path, model=model, data__batch=batch, train__accumulate=parts)
        assert same(large, cut, 1e-5)


@pytest.mark.requirement("EN-2")
@pytest.mark.parametrize("preset", PRESETS)
def test_recomputing_activations_changes_no_loss_and_no_gradient(
    tmp_path: Path, preset: str
) -> None:
    model = PRESETS[preset]
    kept = one_step(tmp_path, model=model)
    assert same(kept, one_step(tmp_path, model=model, train__checkpointing=True), 1e-5)


@pytest.mark.requirement("EN-2")
@pytest.mark.parametrize("preset", PRESETS)
def test_bfloat16_keeps_every_gradient(tmp_path: Path, preset: str) -> None:
    """Calls without gradient come first; weights cast there must not lose theirs."""
    exact = one_step(tmp_path, model=PRESETS[preset])
    rough = one_step(tmp_path, model=PRESETS[preset], train__precision="bf16")
    assert rough[0] != exact[0]
    assert rough[0] == pytest.approx(exact[0], rel=0.05)
    ours, wanted = (torch.cat([g[1][n].flatten() for n in exact[1]]) for g in (rough, exact))
    assert float(torch.cosine_similarity(ours, wanted, dim=0)) > 0.95
    missing = [n for n in exact[1] if bool(exact[1][n].any()) and not bool(rough[1][n].any())]
    assert not missing


@pytest.mark.requirement("EN-2")
@pytest.mark.slow
@pytest.mark.compile
@pytest.mark.filterwarnings("ignore:.*torch.jit:DeprecationWarning")  # torch's own
def test_a_compiled_segment_is_one_region_with_the_losses_of_an_eager_one(tmp_path: Path) -> None:
    changes = {"train__steps": 5, "model": {"h_cycles": 2, "l_cycles": 1}}
    train(grid_settings(tmp_path / "eager", **changes))
    torch._dynamo.reset()
    torch._dynamo.utils.counters.clear()
    train(grid_settings(tmp_path / "compiled", **changes, train__compile="on"))
    counters = torch._dynamo.utils.counters
    assert not counters["graph_break"]
    assert counters["stats"]["unique_graphs"] == 1
    eager, compiled = (rows(tmp_path / name) for name in ("eager", "compiled"))
    for one, other in zip(eager, compiled, strict=True):
        assert one["loss"] == pytest.approx(other["loss"], rel=1e-4)


def test_evaluation_refines_every_held_out_problem_to_the_end(tmp_path: Path) -> None:
    made = trainer(grid_settings(tmp_path, data__held_out=21, data__batch=8))
    assert isinstance(made.form, GridForm)
    calls: list[int] = []
    hook = made.model.register_forward_pre_hook(lambda _, given: calls.append(len(given[0])))
    found = made.form.evaluate()
    assert calls == [8] * 4 + [8] * 4 + [5] * 4
    assert found.metrics.keys() == {
        "eval_loss", "eval_token_accuracy", "eval_exact", "eval_halt_segments"
    }  # fmt: skip
    assert found.metrics["eval_halt_segments"] == 4  # an untrained model never halts
    assert len(found.samples) == 4
    calls.clear()
    assert len(made.form.look()) == 4
    assert calls == [4] * 4
    hook.remove()


def test_evaluation_may_go_deeper_than_training(tmp_path: Path) -> None:
    made = trainer(grid_settings(tmp_path, train__eval_segments=7))
    assert made.form.evaluate().metrics["eval_halt_segments"] == 7


def test_what_is_answered_outside_of_the_canvas_does_not_matter(tmp_path: Path) -> None:
    class Padded(Missing):
        def targets(self, problem: Any, solution: Any) -> Any:
            return np.where(np.arange(6) < 5, solution, 0).astype(np.uint8)

        def symmetry(self, rng: np.random.Generator) -> Any:
            raise AssertionError("sampled problems are not turned")

    made = trainer(grid_settings(tmp_path), GridDataset(Padded()))
    with torch.no_grad():
        made.model.get_parameter("head.weight").zero_()  # it answers <pad> everywhere
    found = made.form.evaluate()
    assert found.metrics["eval_token_accuracy"] == 0
    assert all(s.expected.endswith("<pad>") and s.got == "<pad>" * 6 for s in found.samples)
    row = torch.tensor([[1, 0]])
    right, exact = right_cells(torch.eye(3)[torch.tensor([[1, 2]])], row)
    assert (right.tolist(), exact.tolist()) == ([[True, False]], [True])


def test_running_out_of_memory_names_the_settings_to_change(tmp_path: Path) -> None:
    made = trainer(grid_settings(tmp_path))
    made.model.register_forward_pre_hook(lambda *_: torch.empty(2**60))
    with pytest.raises(TrainingError, match=r"halve data.batch \(16\) and double train.accumulate"):
        made.fit()


def test_a_run_is_not_resumed_with_other_slots(tmp_path: Path) -> None:
    train(grid_settings(tmp_path, train__max_minutes=1e-9))
    with pytest.raises(ConfigError, match=r"has 16 slots, the settings make 8\n.*data.batch"):
        train(grid_settings(tmp_path, data__batch=8), resume=True)
    # The same slots in two parts are no other run.
    train(grid_settings(tmp_path, data__batch=8, train__accumulate=2), resume=True)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"data__tokens": 64}, "data.tokens does not apply to a grid model"),
        ({"data__mode": "packed"}, "data.mode does not apply to a grid model"),
        ({"train__gradient_growth": 0.1}, "train.gradient_growth does not apply to a grid model"),
    ],
)
def test_settings_of_sequences_are_refused_for_grids(
    tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        grid_settings(tmp_path, **changes)


@pytest.mark.parametrize("name", ["data__batch", "data__reveal", "train__noise"])
def test_settings_of_grids_are_refused_for_sequences(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match=rf"{name.replace('__', '.')} does not apply to a seq"):
        settings(tmp_path, **{name: 1})


def test_a_model_of_one_form_is_not_trained_on_data_of_the_other(tmp_path: Path) -> None:
    grids, sequences = grid_settings(tmp_path).sized(12), settings(tmp_path).sized(5)
    with pytest.raises(ConfigError, match=r"trm_mlp answers grids, `reverse` holds sequences"):
        Trainer(toy_grid_model(grids), Reverse(), grids)
    with pytest.raises(ConfigError, match=r"transformer answers sequences, `missing` holds grids"):
        Trainer(toy_model(sequences), toy_grids(), sequences)


def test_a_canvas_of_another_shape_is_refused(tmp_path: Path) -> None:
    config = grid_settings(tmp_path, model={"grid": (3, 3)})
    with pytest.raises(ConfigError, match=r"canvas of 3x3, missing one of 2x3\n.*\[2, 3\]"):
        trainer(config)


def test_problems_of_an_evaluation_file_are_never_drawn(tmp_path: Path) -> None:
    exam = tmp_path / "exam.jsonl"
    exam.write_text('{"id": "1", "input": "1.32.3"}\n{"id": "2", "input": ".23.23"}\n')
    made = trainer(grid_settings(tmp_path, data__exclude=[str(exam)], data__pool=400))
    assert isinstance(made.form, GridForm)
    excluded = made.form.excluded
    assert len(excluded) >= 2 + 1
    drawn: set[bytes] = set()
    with made.form.open(made.form.place):
        for step in range(30):
            made.form.slots.refill(step)
            drawn |= {row.to(torch.uint8).numpy().tobytes() for row in made.form.slots.inputs}
            made.form.slots.halted.fill_(True)
    assert len(drawn) > 200
    assert not drawn & excluded


def test_a_run_without_any_held_out_problem_is_refused(tmp_path: Path) -> None:
    class Empty(GridDataset):
        def held_out(self, seed: int, size: int) -> GridPool:
            return super().held_out(seed, size).select(slice(0))

    with pytest.raises(TrainingError, match="no held-out problem"):
        trainer(grid_settings(tmp_path), Empty(Missing()))


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device")
@pytest.mark.parametrize("precision", ["bf16", "fp16"])
def test_a_gpu_run_compiled_learns(tmp_path: Path, precision: str) -> None:
    config = grid_settings(
        tmp_path,
        train__device="cuda",
        train__precision=precision,
        train__steps=200,
        train__lr=1e-2,
        train__log_every=50,
        train__ema=0.9,
    )
    assert train(config)["eval_exact"] > 0.9
