"""The size of a published model, and random weights of that size under the published names."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from tests.reference.layers import Weights, inner_width, random_matrix


@dataclass(frozen=True)
class Sizes:
    """Sizes and cycles; the defaults are those published for 9x9 Sudoku with HRM."""

    vocabulary: int = 11
    cells: int = 81
    width: int = 512
    heads: int = 8
    layers: int = 4
    h_cycles: int = 2
    l_cycles: int = 2
    puzzle_tokens: int = 1
    puzzles: int = 0
    most_segments: int = 16
    kind: str = "hrm"  # "hrm", "trm_att" or "trm_mlp"

    @property
    def tokens(self) -> int:
        """Puzzle tokens and cells."""
        return self.puzzle_tokens + self.cells


SUDOKU = {
    "hrm_v1": Sizes(),
    "trm_att": Sizes(kind="trm_att", layers=2, h_cycles=3, l_cycles=6, puzzle_tokens=16),
    "trm_mlp": Sizes(kind="trm_mlp", layers=2, h_cycles=3, l_cycles=6, puzzle_tokens=16),
}
"""The three published models at their Sudoku setting (vocabulary 11, 81 cells)."""

BUFFERS = ("H_init", "L_init", "puzzle_emb.weights")
"""Kept in a published state dict, but no parameters: never moved by the main optimiser."""


def random_weights(sizes: Sizes, seed: int, dtype: torch.dtype = torch.float64) -> Weights:
    """Random weights; the halting head gets some, too, so that a test can see its effect."""
    torch.manual_seed(seed)
    D = sizes.width
    weights = {
        "embed_tokens.embedding_weight": random_matrix(sizes.vocabulary, D, dtype),
        "lm_head.weight": random_matrix(sizes.vocabulary, D, dtype),
        "q_head.weight": random_matrix(2, D, dtype),
        "q_head.bias": torch.tensor([-0.3, 0.2], dtype=dtype),
        "H_init": torch.randn(D, dtype=torch.float64).to(dtype),
        "L_init": torch.randn(D, dtype=torch.float64).to(dtype),
    }
    if sizes.puzzles:
        weights["puzzle_emb.weights"] = torch.randn(sizes.puzzles, D, dtype=torch.float64).to(dtype)
    levels = ("H_level", "L_level") if sizes.kind == "hrm" else ("L_level",)
    for level in levels:
        for i in range(sizes.layers):
            weights |= _random_block(sizes, f"{level}.layers.{i}", dtype)
    return weights


def _random_block(sizes: Sizes, name: str, dtype: torch.dtype) -> Weights:
    D = sizes.width
    found = _random_swiglu(f"{name}.mlp", D, dtype)
    if sizes.kind == "trm_mlp":
        return found | _random_swiglu(f"{name}.mlp_t", sizes.tokens, dtype)
    found[f"{name}.self_attn.qkv_proj.weight"] = random_matrix(3 * D, D, dtype)
    found[f"{name}.self_attn.o_proj.weight"] = random_matrix(D, D, dtype)
    return found


def _random_swiglu(name: str, width: int, dtype: torch.dtype) -> Weights:
    inner = inner_width(width)
    return {
        f"{name}.gate_up_proj.weight": random_matrix(2 * inner, width, dtype),
        f"{name}.down_proj.weight": random_matrix(width, inner, dtype),
    }


def parameters(weights: Weights) -> Weights:
    """What the main optimiser trains."""
    return {name: tensor for name, tensor in weights.items() if name not in BUFFERS}
