"""The torch engine: rows are independent of their batch, and states can be taken apart."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from hrm_engine.errors import ConfigError, TaskError
from hrm_engine.inference.grid_engine import Refined
from hrm_engine.inference.grid_torch import TorchEngine
from hrm_engine.model.build import build_model
from hrm_engine.model.config import ModelConfig
from hrm_engine.model.grid import GridModel

PRESETS = ("hrm_v1", "trm_att", "trm_mlp")


def engine_of(preset: str, device: str = "cpu") -> tuple[TorchEngine, GridModel]:
    torch.manual_seed(0)
    sizes = {"vocab": 5, "width": 16, "heads": 2, "layers": 1, "grid": (3, 3)}
    model = build_model(ModelConfig(preset=preset, **sizes))
    assert isinstance(model, GridModel)
    return TorchEngine(model, device), model


def boards(rows: int) -> np.ndarray:
    return np.random.default_rng(rows).integers(1, 5, (rows, 9)).astype(np.uint8)


def close(first: Refined, second: Refined) -> bool:
    return all(
        np.allclose(a, b, atol=1e-5)
        for a, b in (
            (first.logits, second.logits),
            (first.halt, second.halt),
            (first.residual, second.residual),
        )
    )


@pytest.mark.parametrize("preset", PRESETS)
def test_two_segments_of_the_engine_are_two_segments_of_the_model(preset: str) -> None:
    engine, model = engine_of(preset)
    seen = boards(3)
    state = engine.segment(seen, engine.start(3)).state
    got = engine.segment(seen, state)
    with torch.no_grad():
        cells = torch.from_numpy(seen).long()
        first = model(cells, model.start(3))
        second = model(cells, first.carry)
    assert np.allclose(got.logits, second.logits, atol=1e-5)
    assert np.allclose(got.halt, second.halt, atol=1e-5)
    before, after = (torch.cat((s.carry.z_h, s.carry.z_l), 1).flatten(1) for s in (first, second))
    assert np.allclose(got.residual, (after - before).norm(dim=1) / after.norm(dim=1), atol=1e-5)


def test_a_row_does_not_depend_on_the_others_in_its_batch() -> None:
    engine, _ = engine_of("trm_att")
    seen = boards(4)
    together = engine.segment(seen, engine.start(4))
    alone = engine.segment(seen[2:3], engine.start(1))
    assert np.allclose(together.logits[2:3], alone.logits, atol=1e-5)


def test_rows_of_a_state_can_be_picked_and_joined() -> None:
    engine, _ = engine_of("trm_att")
    seen = boards(3)
    state = engine.segment(seen, engine.start(3)).state
    parts = engine.join(engine.select(state, [2, 0]), engine.start(1))
    mixed = engine.segment(seen[[2, 0, 1]], parts)
    straight = engine.segment(seen, state)
    assert np.allclose(mixed.logits[:2], straight.logits[[2, 0]], atol=1e-5)
    assert close(engine.segment(seen[1:2], engine.start(1)), last_row(mixed))


def last_row(refined: Refined) -> Refined:
    return Refined(refined.logits[-1:], refined.halt[-1:], refined.residual[-1:], None)


def test_noise_comes_from_the_seed_of_the_row_alone() -> None:
    engine, _ = engine_of("trm_mlp")
    start = engine.start(3, noise=0.1, seeds=[7, 8, 7])
    assert torch.equal(start.z_h[0], start.z_h[2])
    assert not torch.equal(start.z_h[0], start.z_h[1])
    assert not torch.equal(start.z_h[0], start.z_l[0])
    moved = start.z_h - engine.start(3).z_h
    assert moved.std() == pytest.approx(0.1, rel=0.2)


def test_a_canvas_of_another_size_is_refused() -> None:
    engine, _ = engine_of("trm_att")
    with pytest.raises(TaskError, match="9 cells"):
        engine.segment(np.ones((1, 16), dtype=np.uint8), engine.start(1))


def test_the_load_at_once_shrinks_with_the_canvas() -> None:
    engine, _ = engine_of("trm_att")
    large = ModelConfig(preset="trm_att", vocab=6, width=16, heads=2, layers=1, grid=(30, 30))
    wide = build_model(large)
    assert isinstance(wide, GridModel)
    assert engine.rows > TorchEngine(wide, "cpu").rows >= 4
    assert engine.name == "torch"


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a CUDA device here")
def test_a_device_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ConfigError, match="no cuda device"):
        engine_of("trm_att", "cuda")


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device")
def test_cuda_in_bfloat16_gives_nearly_the_same_scores() -> None:
    seen = boards(8)
    on_cpu, _ = engine_of("trm_att")
    on_cuda, _ = engine_of("trm_att", "cuda")
    assert on_cuda.name == "torch-cuda"
    slow, fast = (e.segment(seen, e.start(8)) for e in (on_cpu, on_cuda))
    assert np.abs(slow.logits - fast.logits).max() < 0.1
