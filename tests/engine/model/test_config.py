"""Settings of a model: what is filled in, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from hrm_engine.errors import ConfigError
from hrm_engine.model.attention import ATTENTION
from hrm_engine.model.build import build_model
from hrm_engine.model.config import PRESETS, ModelConfig
from hrm_engine.model.presets import SIZES, count_parameters, size

SMALL: dict[str, Any] = {"vocab": 10, "width": 32, "heads": 2, "layers": 1}


def test_a_preset_fills_its_switches() -> None:
    recursive, single = ModelConfig(**SMALL), ModelConfig(preset="transformer", **SMALL)
    assert (recursive.gated, recursive.norm_gain, recursive.tie_embeddings) == (True, False, False)
    assert (single.qk_norm, single.norm_gain, single.tie_embeddings) == (True, True, True)


def test_what_is_said_explicitly_wins_over_the_preset() -> None:
    assert ModelConfig(**SMALL, tie_embeddings=True).tie_embeddings


def test_sizes_that_follow_from_others_are_filled_in() -> None:
    config = ModelConfig(**SMALL)
    assert (config.kv_heads, config.head_dim, config.ff) == (2, 16, 128)


def test_a_stored_configuration_is_complete() -> None:
    config = ModelConfig(**SMALL)
    assert ModelConfig.model_validate_json(config.model_dump_json()) == config
    assert ModelConfig.model_validate(config) is config


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"widht": 3}, "Extra inputs"),
        ({"preset": "mamba"}, "hrm_text"),
        ({"width": "wide"}, "valid integer"),
        ({"heads": 0}, "greater than 0"),
        ({"heads": 4, "kv_heads": 3}, "not a multiple of kv_heads"),
        ({"head_dim": 5}, "odd"),
        ({"gradient_calls": (3, 2)}, "gradient_calls 3, 2"),
        ({"preset": "transformer", "h_cycles": 2}, "one pass"),
        ({"attention": "hyperbolic"}, "softmax"),
    ],
)
def test_a_wrong_setting_is_refused_with_a_reason(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        ModelConfig(**(SMALL | changes))


def test_something_that_is_no_mapping_is_refused() -> None:
    with pytest.raises(ValidationError):
        ModelConfig.model_validate(3)


def test_the_cache_needs_a_slot_for_each_layer_of_each_call() -> None:
    config = ModelConfig(**SMALL | {"layers": 3}, h_cycles=2, l_cycles=3)
    assert (config.calls, config.cache_slots) == (8, 24)
    assert ModelConfig(preset="transformer", **SMALL).cache_slots == 1


def test_every_attention_that_may_be_configured_exists() -> None:
    allowed = ModelConfig.model_json_schema()["properties"]["attention"]
    assert set(allowed.get("enum", [allowed.get("const")])) == set(ATTENTION)


def test_every_preset_that_may_be_configured_has_its_switches() -> None:
    allowed = ModelConfig.model_json_schema()["properties"]["preset"]["enum"]
    assert set(allowed) == set(PRESETS)


@pytest.mark.parametrize("name", SIZES)
def test_the_parameter_count_needs_no_model_and_is_right(name: str) -> None:
    config = size(name, vocab=50)
    assert count_parameters(config) == sum(p.numel() for p in build_model(config).parameters())


def test_an_unknown_size_is_an_error_that_lists_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="hrm_text-tiny"):
        size("huge", vocab=50)
