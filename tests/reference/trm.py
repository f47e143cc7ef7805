"""One segment of TRM (Jolicoeur-Martineau 2025, arXiv:2510.04871), with attention or an MLP.

One network is both levels: with x it thinks, without x it answers.

    no gradient:  all cycles but the last
    gradient:     l_cycles times z_L = net(z_L + z_H + x), then z_H = net(z_H + z_L)

With `trm_mlp` an MLP across the tokens replaces attention, and the norm after it normalises
over the *tokens* of each feature, because the state is still transposed there.
"""

from __future__ import annotations

import torch
from torch import Tensor

from tests.reference.hrm_v1 import Carry
from tests.reference.layers import Weights, attention, embed, rms_norm, rotary_tables, swiglu
from tests.reference.sizes import Sizes


def network(weights: Weights, sizes: Sizes, z: Tensor, injected: Tensor) -> Tensor:
    """The one network: add the injection, then post-norm blocks."""
    z = z + injected
    for i in range(sizes.layers):
        block = f"L_level.layers.{i}"
        if sizes.kind == "trm_mlp":
            across = z.transpose(1, 2)  # (B, D, T)
            across = rms_norm(across + swiglu(weights, f"{block}.mlp_t", across))
            z = across.transpose(1, 2)
        else:
            tables = rotary_tables(sizes.tokens, sizes.width // sizes.heads, z.dtype)
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
        for _ in range(sizes.h_cycles - 1):
            for _ in range(sizes.l_cycles):
                z_L = network(weights, sizes, z_L, z_H + x)
            z_H = network(weights, sizes, z_H, z_L)
    for _ in range(sizes.l_cycles):
        z_L = network(weights, sizes, z_L, z_H + x)
    z_H = network(weights, sizes, z_H, z_L)
    logits = (z_H @ weights["lm_head.weight"].T)[:, sizes.puzzle_tokens :]
    q = z_H[:, 0] @ weights["q_head.weight"].T + weights["q_head.bias"]
    return (z_H.detach(), z_L.detach()), logits, q[:, 0], q[:, 1]
