"""Named sizes, and what a size costs.

>>> from hrm_engine.model.presets import count_parameters, size
>>> count_parameters(size("hrm_text-tiny", vocab=64))
98304
"""

from __future__ import annotations

from typing import Any

from hrm_engine.errors import ConfigError
from hrm_engine.model.config import ModelConfig

SIZES: dict[str, dict[str, Any]] = {
    "hrm_text-tiny": {"preset": "hrm_text", "width": 64, "heads": 2, "layers": 1, "ff": 128},
    "hrm_text-small": {"preset": "hrm_text", "width": 192, "heads": 6, "layers": 1, "ff": 512},
    "hrm_text-base": {"preset": "hrm_text", "width": 256, "heads": 4, "layers": 2, "ff": 768},
    "transformer-tiny": {
        "preset": "transformer",
        "width": 64,
        "heads": 2,
        "kv_heads": 1,
        "layers": 2,
        "ff": 128,
    },
    "transformer-small": {
        "preset": "transformer",
        "width": 192,
        "heads": 6,
        "layers": 4,
        "ff": 512,
    },
    # Widths are multiples of 256, as llama.cpp's K-quants need.
    "transformer-embedded": {
        "preset": "transformer",
        "width": 256,
        "heads": 4,
        "kv_heads": 2,
        "layers": 6,
        "ff": 768,
    },
}


def size(name: str, **changes: Any) -> ModelConfig:
    """The named size with some settings changed; `vocab` must be among them.

    Raises ConfigError for an unknown name.
    """
    if name not in SIZES:
        raise ConfigError(f"no size `{name}`", hint=f"known sizes: {', '.join(sorted(SIZES))}")
    return ModelConfig(**(SIZES[name] | changes))


def count_parameters(config: ModelConfig) -> int:
    """Trained parameters of the model that `config` describes, by formula (builds nothing)."""
    inner, gain = config.heads * config.head_dim, config.width if config.norm_gain else 0
    projections = inner * (2 if config.gated else 1) + 2 * config.kv_heads * config.head_dim
    attention = config.width * (projections + inner) + (2 * config.head_dim * config.qk_norm)
    block = attention + 3 * config.width * config.ff + 2 * gain
    stacks = 1 if config.preset == "transformer" else 2
    matrices = 1 if config.tie_embeddings else 2
    return stacks * (config.layers * block + gain) + matrices * config.vocab * config.width
