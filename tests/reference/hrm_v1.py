"""One segment of HRM (Wang et al. 2025, arXiv:2506.21734), as published for puzzles.

    no gradient:  L L H L ... but the last L and the last H
    gradient:     z_L = L(z_L + z_H + x);  z_H = H(z_H + z_L)

Written out from the equations in plain steps; `act.py` carries the states from segment to
segment.
"""

from __future__ import annotations

import torch
from torch import Tensor

from tests.reference.layers import Weights, attention, embed, rms_norm, rotary_tables, swiglu
from tests.reference.sizes import Sizes

Carry = tuple[Tensor, Tensor]
"""z_H and z_L, each (B, T, D)."""


def level(weights: Weights, sizes: Sizes, name: str, z: Tensor, injected: Tensor) -> Tensor:
    """One of the two networks: add the injection, then post-norm blocks."""
    tables = rotary_tables(sizes.tokens, sizes.width // sizes.heads, z.dtype)
    z = z + injected
    for i in range(sizes.layers):
        block = f"{name}.layers.{i}"
        z = rms_norm(z + attention(weights, f"{block}.self_attn", z, sizes.heads, tables))
        z = rms_norm(z + swiglu(weights, f"{block}.mlp", z))
    return z


def segment(
    weights: Weights, sizes: Sizes, carry: Carry, tokens: Tensor, puzzle: Tensor | None
) -> tuple[Carry, Tensor, Tensor, Tensor]:
    """The new states (without history), the logits (B, S, V), q_halt and q_continue (B,)."""
    x = embed(weights, tokens, puzzle, sizes.puzzle_tokens)
    z_H, z_L = carry
    with torch.no_grad():
        for h in range(sizes.h_cycles):
            for i in range(sizes.l_cycles):
                last = h == sizes.h_cycles - 1 and i == sizes.l_cycles - 1
                if not last:
                    z_L = level(weights, sizes, "L_level", z_L, z_H + x)
            if h < sizes.h_cycles - 1:
                z_H = level(weights, sizes, "H_level", z_H, z_L)
    z_L = level(weights, sizes, "L_level", z_L, z_H + x)
    z_H = level(weights, sizes, "H_level", z_H, z_L)
    logits = (z_H @ weights["lm_head.weight"].T)[:, sizes.puzzle_tokens :]
    q = z_H[:, 0] @ weights["q_head.weight"].T + weights["q_head.bias"]
    return (z_H.detach(), z_L.detach()), logits, q[:, 0], q[:, 1]
