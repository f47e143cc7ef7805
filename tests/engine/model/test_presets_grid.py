"""Named sizes over grids: what they cost, by formula and as built."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from hrm_engine.model.build import build_model
from hrm_engine.model.config import ModelConfig
from hrm_engine.model.presets import SIZES, count_parameters, size

GRID = [name for name, settings in SIZES.items() if "grid" in settings]


def built(config: ModelConfig) -> int:
    """The parameters of the model itself, which takes no memory on this device."""
    with torch.device("meta"):
        return sum(p.numel() for p in build_model(config).parameters())


@pytest.mark.parametrize("name", GRID)
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"puzzles": 12, "puzzle_tokens": 2},
        {"norm": "pre", "norm_gain": True},
        {"norm_gain": True},
        {"networks": "separate"},
        {"networks": "shared"},
        {"qk_norm": True, "gated": True},
        {"kv_heads": 1, "grid": (6, 6), "vocab": 8},
    ],
    ids=lambda changes: ",".join(changes) or "as it is",
)
def test_the_formula_counts_what_is_built(name: str, changes: dict[str, Any]) -> None:
    config = size(name, **changes)
    assert count_parameters(config) == built(config)


def test_a_small_size_fits_the_cpu_and_any_canvas() -> None:
    config = size("trm_mlp-small", grid=(4, 4), vocab=6)
    assert (config.cells, config.vocab) == (16, 6)
    assert count_parameters(config) < 500_000
