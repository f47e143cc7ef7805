"""The size and shape of one sequence model.

A preset fills the switches that make an architecture (`PRESETS`); what is said explicitly
wins. So a stored configuration is complete, and a new preset is one more row of the table.
Named sizes are in `presets.py`; the model that is built from this is in `sequence.py`.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

PRESETS: dict[str, dict[str, Any]] = {
    # Two modules at two speeds; transformers' `hrm_text` (arXiv:2605.20613).
    "hrm_text": {
        "gated": True,
        "qk_norm": False,
        "norm_gain": False,
        "tie_embeddings": False,
        "scaled_embedding": True,
    },
    # One pass through one stack; transformers' and llama.cpp's `qwen3`.
    "transformer": {
        "gated": False,
        "qk_norm": True,
        "norm_gain": True,
        "tie_embeddings": True,
        "scaled_embedding": False,
        "h_cycles": 1,
        "l_cycles": 1,
    },
}


class ModelConfig(BaseModel):
    """Size, recursion depth and switches of one model. Unknown keys are errors.

    `kv_heads`, `head_dim` and `ff` have defaults that follow from `width` and `heads`
    (no grouping, `width / heads`, and 8/3 of the width rounded up to a multiple of 64); the
    0 below never stays. The switches' defaults below are hrm_text's.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    preset: Literal["hrm_text", "transformer"] = "hrm_text"
    vocab: int = Field(gt=1, description="number of tokens")
    width: int = Field(gt=0, description="features a token has between blocks")
    heads: int = Field(gt=0, description="query heads")
    kv_heads: int = Field(
        default=0, gt=0, description="key and value heads, each shared by several queries"
    )
    head_dim: int = Field(
        default=0, gt=0, description="features of one head; even, as rotation pairs them"
    )
    ff: int = Field(default=0, gt=0, description="inner width of the feed-forward layer")
    layers: int = Field(gt=0, description="blocks in each stack (hrm_text has two stacks)")
    context: int = Field(default=1024, gt=0, description="longest sequence, in tokens")
    h_cycles: int = Field(default=2, ge=1, description="updates of the slow state")
    l_cycles: int = Field(default=3, ge=1, description="fast updates for each slow one")
    gradient_calls: tuple[int, int] = Field(
        default=(2, 5), description="calls that carry gradient, at the start and after the warm-up"
    )
    attention: Literal["softmax"] = "softmax"
    norm_eps: float = Field(default=1e-6, gt=0)
    rope_theta: float = Field(default=10_000.0, gt=0)
    gated: bool = Field(
        default=True, description="multiply the attention's output by a learned sigmoid gate"
    )
    qk_norm: bool = Field(
        default=False, description="normalise queries and keys, with gain, before rotation"
    )
    norm_gain: bool = Field(default=False, description="whether the norms have a learned gain")
    tie_embeddings: bool = Field(
        default=False, description="whether the head reuses the embedding matrix"
    )
    scaled_embedding: bool = Field(
        default=True, description="multiply embeddings by the root of the width"
    )

    @model_validator(mode="before")
    @classmethod
    def _fill_defaults(cls, given: Any) -> Any:
        """Add the preset's switches and the sizes that follow from others."""
        if not isinstance(given, dict):
            return given
        known = PRESETS.get(given.get("preset", "hrm_text"), {}) | given
        width, heads = known.get("width"), known.get("heads")
        if not (isinstance(width, int) and isinstance(heads, int) and width > 0 and heads > 0):
            return known  # the field's own check says what is wrong
        derived = {"kv_heads": heads, "head_dim": width // heads, "ff": -(-width * 8 // 192) * 64}
        return derived | known

    @model_validator(mode="after")
    def _fits_together(self) -> ModelConfig:
        if self.heads % self.kv_heads:
            raise ValueError(f"heads {self.heads} is not a multiple of kv_heads {self.kv_heads}")
        if self.head_dim % 2:
            raise ValueError(f"head_dim {self.head_dim} is odd: rotary positions pair features")
        low, high = self.gradient_calls
        if not 1 <= low <= high:
            raise ValueError(f"gradient_calls {low}, {high}: need 1 <= first <= second")
        if self.preset == "transformer" and (self.h_cycles, self.l_cycles) != (1, 1):
            raise ValueError("preset transformer makes one pass: h_cycles and l_cycles must be 1")
        return self

    @property
    def calls(self) -> int:
        """How many times a forward pass runs a stack."""
        return 1 if self.preset == "transformer" else self.h_cycles * (self.l_cycles + 1)

    @property
    def cache_slots(self) -> int:
        """Key-value slots: one for each layer of each call."""
        return self.calls * self.layers
