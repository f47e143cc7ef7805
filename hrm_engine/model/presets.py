"""Named sizes, and what a size costs.

>>> from hrm_engine.model.presets import count_parameters, size
>>> count_parameters(size("hrm_text-tiny", vocab=64))
98304
>>> count_parameters(size("hrm_v1"))
27275266
"""

from __future__ import annotations

from typing import Any

from hrm_engine.errors import ConfigError
from hrm_engine.model.config import ModelConfig

SUDOKU: dict[str, Any] = {"vocab": 11, "grid": (9, 9)}
"""The setting at which the published grid models are counted: blank, pad and nine digits."""


def _published(preset: str) -> dict[str, Any]:
    return SUDOKU | {"preset": preset, "width": 512, "heads": 8}


def _small(preset: str) -> dict[str, Any]:
    sizes = {"width": 128, "heads": 4, "ff": 384, "puzzle_tokens": 0}
    return SUDOKU | {"preset": preset} | sizes


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
    # As published for 9x9 Sudoku; no puzzle table.
    "hrm_v1": _published("hrm_v1"),
    "trm_att": _published("trm_att"),
    "trm_mlp": _published("trm_mlp"),
    # For a CPU: no puzzle tokens, as a canvas without a table has nothing to put there.
    "hrm_v1-small": _small("hrm_v1") | {"layers": 2, "puzzle_tokens": 1},
    "trm_att-small": _small("trm_att"),
    "trm_mlp-small": _small("trm_mlp") | {"token_ff": 256},
    "trm_mlp-tiny": _small("trm_mlp") | {"width": 64, "heads": 2, "ff": 192, "token_ff": 128},
}


def size(name: str, **changes: Any) -> ModelConfig:
    """The named size with some settings changed.

    For a sequence model `vocab` must be among them; a grid model is a 9x9 Sudoku's unless
    `vocab` and `grid` say otherwise. Raises ConfigError for an unknown name.
    """
    if name not in SIZES:
        raise ConfigError(f"no size `{name}`", hint=f"known sizes: {', '.join(sorted(SIZES))}")
    return ModelConfig(**(SIZES[name] | changes))


def count_parameters(config: ModelConfig) -> int:
    """Trained parameters of the model that `config` describes, by formula (builds nothing)."""
    gain = config.width if config.norm_gain else 0
    across = config.attention == "token_mlp" and config.norm == "post"  # a norm without gain
    block = _mixer(config) + 3 * config.width * config.ff + (1 if across else 2) * gain
    stacks = 1 if config.preset == "transformer" or config.networks == "shared" else 2
    tables = config.channels if config.tie_embeddings else config.channels + _heads(config)
    exits = gain if config.norm == "pre" else 0
    outside = tables * config.vocab * config.width
    if config.form == "grid":
        outside += 2 * (config.width + 1) + config.puzzles * config.width  # halt head, table
    return stacks * (config.layers * block + exits) + outside


def _heads(config: ModelConfig) -> int:
    """Tokens read out of one place."""
    return max(1, config.answers[1])


def _mixer(config: ModelConfig) -> int:
    """Parameters of what mixes the positions in one block."""
    if config.attention == "token_mlp":
        return 3 * (config.cells + config.puzzle_tokens) * config.token_ff
    inner = config.heads * config.head_dim
    projections = inner * (2 if config.gated else 1) + 2 * config.kv_heads * config.head_dim
    return config.width * (projections + inner) + 2 * config.head_dim * config.qk_norm
