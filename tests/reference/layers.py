"""The layers of the published models, each written from its equation, one line a step.

Nothing here is shared with hrm_engine: what both agree on, both got right on their own.
Weights are a dictionary under the published names. Shapes: B batch, T tokens, D width,
H heads, d features of a head.
"""

from __future__ import annotations

import math
from functools import lru_cache

import torch
from torch import Tensor

Weights = dict[str, Tensor]
EPSILON = 1e-5
THETA = 10000.0


def rms_norm(x: Tensor) -> Tensor:
    """Divide x by sqrt(mean of x squared over the last dimension + epsilon); no gain."""
    mean_of_squares = (x * x).mean(-1, keepdim=True)
    return x / torch.sqrt(mean_of_squares + EPSILON)


def swiglu(weights: Weights, name: str, x: Tensor) -> Tensor:
    """down(silu(gate) * up); the first half of the rows of gate_up_proj is the gate."""
    both = x @ weights[f"{name}.gate_up_proj.weight"].T
    inner = both.shape[-1] // 2
    gate, up = both[..., :inner], both[..., inner:]
    silu = gate * torch.sigmoid(gate)
    return (silu * up) @ weights[f"{name}.down_proj.weight"].T


@lru_cache(maxsize=8)
def rotary_tables(tokens: int, d: int, dtype: torch.dtype) -> tuple[Tensor, Tensor]:
    """The cos and sin of position * theta^(-2i/d), (T, d): the d/2 angles twice in a row."""
    angles = torch.zeros(tokens, d, dtype=torch.float64)
    for position in range(tokens):
        for i in range(d // 2):
            angle = position * THETA ** (-2 * i / d)
            angles[position, i] = angle
            angles[position, i + d // 2] = angle
    return torch.cos(angles).to(dtype), torch.sin(angles).to(dtype)


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Turn the pair (i, i + d/2) of features of (B, T, H, d) by the angle of its token."""
    half = x.shape[-1] // 2
    turned = torch.cat((-x[..., half:], x[..., :half]), dim=-1)
    return x * cos[:, None, :] + turned * sin[:, None, :]


def attention(
    weights: Weights, name: str, x: Tensor, heads: int, tables: tuple[Tensor, Tensor]
) -> Tensor:
    """Every token attends to every token; softmax(q k / sqrt(d)) v for each head."""
    B, T, D = x.shape
    d = D // heads
    qkv = x @ weights[f"{name}.qkv_proj.weight"].T
    qkv = qkv.reshape(B, T, 3 * heads, d)
    q = rotate(qkv[:, :, :heads], *tables)
    k = rotate(qkv[:, :, heads : 2 * heads], *tables)
    v = qkv[:, :, 2 * heads :]
    mixed = []
    for h in range(heads):
        scores = q[:, :, h] @ k[:, :, h].transpose(1, 2) / math.sqrt(d)  # (B, T, T)
        mixed.append(torch.softmax(scores, dim=-1) @ v[:, :, h])  # (B, T, d)
    return torch.cat(mixed, dim=-1) @ weights[f"{name}.o_proj.weight"].T


def embed(weights: Weights, tokens: Tensor, puzzle: Tensor | None, puzzle_tokens: int) -> Tensor:
    """sqrt(D) * [puzzle tokens, token embeddings]; a puzzle's vector fills the first tokens.

    puzzle: the puzzle's number in each row; None where there is no table (all zeros).
    """
    table = weights["embed_tokens.embedding_weight"]
    D = table.shape[1]
    cells = table[tokens]  # (B, S, D)
    before = torch.zeros(len(tokens), puzzle_tokens * D, dtype=table.dtype)
    if puzzle is not None:
        vector = weights["puzzle_emb.weights"][puzzle]
        before = torch.cat((vector, before[:, vector.shape[1] :]), dim=1)
    before = before.reshape(len(tokens), puzzle_tokens, D)
    return math.sqrt(D) * torch.cat((before, cells), dim=1)


def inner_width(width: int) -> int:
    """The feed-forward's inner width at expansion 4: two thirds of it, up to a multiple of 256."""
    return -(-round(4 * width * 2 / 3) // 256) * 256


def random_matrix(rows: int, columns: int, dtype: torch.dtype) -> Tensor:
    """A matrix with entries of deviation 1/sqrt(columns)."""
    return (torch.randn(rows, columns, dtype=torch.float64) / math.sqrt(columns)).to(dtype)
