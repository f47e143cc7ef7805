"""The size and shape of one model, over sequences or grids.

A preset fills the switches that make an architecture (`PRESETS`); what is said explicitly
wins. So a stored configuration is complete, and a new preset is one more row of the table.
Named sizes are in `presets.py`; `build.py` makes a model from this: `sequence.py` for tokens in
a row, `grid.py` for a canvas that is answered all at once.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

_GRID: dict[str, Any] = {
    "norm": "post",
    "norm_eps": 1e-5,
    "norm_gain": False,
    "injection": "every_call",
    "gated": False,
    "qk_norm": False,
    "tie_embeddings": False,
    "scaled_embedding": True,
}
_TRM: dict[str, Any] = _GRID | {
    "networks": "shared",
    "gradient": "last_cycle",
    "puzzle_tokens": 16,
    "layers": 2,
    "h_cycles": 3,
    "l_cycles": 6,
}
GRID_PRESETS = ("hrm_v1", "trm_att", "trm_mlp")

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
    # Two modules over a grid, as published for puzzles (arXiv:2506.21734).
    "hrm_v1": _GRID
    | {
        "networks": "separate",
        "gradient": "last_call",
        "q_continue": True,
        "puzzle_tokens": 1,
        "layers": 4,
        "h_cycles": 2,
        "l_cycles": 2,
    },
    # One tiny network that is both modules (TRM, arXiv:2510.04871), with attention ...
    "trm_att": _TRM,
    # ... or with an MLP across the cells, which fits a canvas of one small size.
    "trm_mlp": _TRM | {"attention": "token_mlp", "positions": "none"},
}


class ModelConfig(BaseModel):
    """Size, recursion depth and switches of one model. Unknown keys are errors.

    `kv_heads`, `head_dim` and `ff` have defaults that follow from `width` and `heads`
    (no grouping, `width / heads`, and 8/3 of the width rounded up to a multiple of 64, or of
    256 on grids, as published); the 0 below never stays. The switches' defaults below are
    hrm_text's.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    preset: Literal["hrm_text", "transformer", "hrm_v1", "trm_att", "trm_mlp"] = "hrm_text"
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
    layers: int = Field(gt=0, description="blocks in each stack")
    context: int = Field(default=1024, gt=0, description="longest sequence, in tokens")
    h_cycles: int = Field(default=2, ge=1, description="updates of the slow state")
    l_cycles: int = Field(default=3, ge=1, description="fast updates for each slow one")
    gradient_calls: tuple[int, int] = Field(
        default=(2, 5), description="calls that carry gradient, at the start and after the warm-up"
    )
    attention: Literal["softmax", "token_mlp"] = Field(
        default="softmax", description="what mixes positions; token_mlp fits one canvas size"
    )
    sight: Literal["all", "units", "neighbours"] = Field(
        default="all",
        description="what heads see in turn: everything; row, column, box, everything; or the"
        " cell above, below, left, right, everything",
    )
    positions: Literal["rotary", "rotary_2d", "none"] = "rotary"
    activation: Literal["swiglu", "normed_swiglu"] = Field(
        default="swiglu", description="normed: sigmoid(gate) * norm(gate * up)"
    )
    norm: Literal["pre", "post"] = Field(
        default="pre", description="pre: before each part and at the exit; post: after each sum"
    )
    networks: Literal["separate", "shared"] = Field(
        default="separate", description="whether one stack is both H and L"
    )
    injection: Literal["start", "every_call"] = Field(
        default="start", description="the input is the first z_H, or is added at every L call"
    )
    gradient: Literal["growing", "last_call", "last_cycle", "all"] = Field(
        default="growing",
        description="which calls carry gradient: a number that grows (gradient_calls), the last"
        " of H and of L, the last cycle, or all",
    )
    grid: tuple[int, int] = Field(default=(0, 0), description="rows and columns of the canvas")
    box: tuple[int, int] = Field(default=(0, 0), description="rows and columns of a box")
    channels: int = Field(
        default=1, ge=1, description="tokens that stand in one cell; their embeddings are added"
    )
    answers: tuple[int, int] = Field(
        default=(0, 0),
        description="how many of the last cells are answered, and tokens each; 0, 0: one token in"
        " every cell",
    )
    token_ff: int = Field(default=0, ge=0, description="inner width of the token_mlp")
    puzzle_tokens: int = Field(default=0, ge=0, description="tokens before the cells")
    puzzles: int = Field(default=0, ge=0, description="rows of the puzzle table; 0 = none")
    segments: int = Field(default=16, ge=1, description="most refinements of one answer")
    q_continue: bool = Field(
        default=False, description="whether the value of going on is trained, too (hrm_v1)"
    )
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
        step = 256 if known.get("preset") in GRID_PRESETS else 64
        derived = {
            "kv_heads": heads,
            "head_dim": width // heads,
            "ff": _inner(width, step),
        }
        if known.get("attention") == "token_mlp":
            derived["token_ff"] = _inner(_tokens(known), step)
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

    @model_validator(mode="after")
    def _fits_the_form(self) -> ModelConfig:
        on_grids = self.attention == "token_mlp" or self.sight != "all"
        if self.form == "sequence" and (on_grids or self.norm == "post"):
            raise ValueError(f"token_mlp, sight and post-norm are for grids, not {self.preset}")
        if self.form == "grid" and min(self.grid) < 1:
            raise ValueError(f"preset {self.preset} needs grid: [rows, columns]")
        if self.answers[0] > self.cells or (min(self.answers) < 1 and max(self.answers)):
            raise ValueError(f"answers {self.answers}: cells of the canvas, and tokens each")
        rows, columns = self.grid
        if self.sight == "units" and (
            min(self.box) < 1 or rows % self.box[0] or columns % self.box[1]
        ):
            raise ValueError(f"sight units needs boxes that divide the grid, not {self.box}")
        if self.positions == "rotary_2d" and (self.form == "sequence" or self.head_dim % 4):
            raise ValueError("rotary_2d is for grids and pairs features twice: head_dim % 4 = 0")
        return self

    @property
    def form(self) -> Literal["grid", "sequence"]:
        """What kind of problems the model answers."""
        return "grid" if self.preset in GRID_PRESETS else "sequence"

    @property
    def cells(self) -> int:
        """Cells of the canvas."""
        return self.grid[0] * self.grid[1]

    @property
    def input_tokens(self) -> int:
        """Tokens that the model reads."""
        return self.cells * self.channels

    @property
    def output_tokens(self) -> int:
        """Tokens that the model answers."""
        return self.answers[0] * self.answers[1] or self.cells

    @property
    def calls(self) -> int:
        """How many times a forward pass runs a stack."""
        return 1 if self.preset == "transformer" else self.h_cycles * (self.l_cycles + 1)

    @property
    def cache_slots(self) -> int:
        """Key-value slots: one for each layer of each call."""
        return self.calls * self.layers


def _inner(width: int, step: int) -> int:
    """8/3 of `width`, rounded up to a multiple of `step`."""
    return -(-width * 8 // (3 * step)) * step


def _tokens(known: dict[str, Any]) -> int:
    """Puzzle tokens and cells of settings that are not checked yet."""
    grid, extra = known.get("grid"), known.get("puzzle_tokens", 0)
    try:
        rows, columns = grid  # type: ignore[misc]  # a wrong type is the field check's to report
        return int(rows) * int(columns) + int(extra)
    except (TypeError, ValueError):
        return 1
