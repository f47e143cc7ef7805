"""Scaled dot-product attention, with what hrm_text and qwen3 add to it.

    out( sigmoid(gate) * softmax(q kᵀ / √d) v )

Grouped key heads, normalised queries and keys (qk_norm) and the output gate (gated) are
switches. All input projections are one matrix: one large product is faster than four.
Shapes: B batch, S sequence, D width, H heads, K key heads, d head_dim.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from jaxtyping import Bool, Float
from torch import Tensor, nn

from hrm_engine.model.config import ModelConfig
from hrm_engine.model.masks import causal_mask
from hrm_engine.model.norm import RMSNorm
from hrm_engine.model.rope import rotate
from hrm_engine.model.scope import Scope


class SoftmaxAttention(nn.Module):
    """Multi-head attention; rows of `qkv.weight` are [q heads | k heads | v heads | gate]."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.heads, self.kv_heads, self.head_dim = config.heads, config.kv_heads, config.head_dim
        inner = config.heads * config.head_dim
        shared = config.kv_heads * config.head_dim
        self.parts = (inner + shared, shared, inner if config.gated else 0)
        self.qkv = nn.Linear(config.width, sum(self.parts), bias=False)
        self.out = nn.Linear(inner, config.width, bias=False)
        self.gated, self.qk_norm = config.gated, config.qk_norm
        if config.qk_norm:
            self.q_norm = RMSNorm(config.head_dim, config.norm_eps, gain=True)
            self.k_norm = RMSNorm(config.head_dim, config.norm_eps, gain=True)

    def forward(
        self, x: Float[Tensor, "B S D"], scope: Scope, slot: int = 0
    ) -> Float[Tensor, "B S D"]:
        """Attend; `slot` is this layer's place in the cache, if there is one."""
        B, S, _ = x.shape
        H, K, d = self.heads, self.kv_heads, self.head_dim
        # `split`, not slices: its backward writes each gradient once, into one tensor.
        qk, v, gate = self.qkv(x).split(self.parts, dim=-1)
        qk = qk.view(B, S, H + K, d)
        if self.qk_norm:
            q, k = qk.split((H, K), dim=2)
            qk = torch.cat((self.q_norm(q), self.k_norm(k)), 2)
        if scope.rotation is not None:
            qk = rotate(qk, scope.rotation)
        q, k = qk.transpose(1, 2).split((H, K), dim=1)  # (B, H|K, S, d)
        v = v.view(B, S, K, d).transpose(1, 2)  # (B, K, S, d)
        if scope.cache is not None:
            k, v = scope.cache.update(slot, k, v)
        mixed = attend(q, k, v, scope.mask, scope.causal).transpose(1, 2).reshape(B, S, H * d)
        if self.gated:
            mixed = gate.sigmoid() * mixed
        out: Tensor = self.out(mixed)
        return out


def attend(
    q: Float[Tensor, "B H S d"],
    k: Float[Tensor, "B K T d"],
    v: Float[Tensor, "B K T d"],
    mask: Bool[Tensor, "#B #H S T"] | None,
    causal: bool,
) -> Float[Tensor, "B H S d"]:
    """softmax(q kᵀ / √d) v by PyTorch's fused kernel; a mask is made only where it must be."""
    S, T = q.shape[2], k.shape[2]
    if mask is None and causal and 1 < S < T:
        mask = causal_mask(S, T, q.device)[None, None]  # the kernel's flag assumes S == T
    return F.scaled_dot_product_attention(
        q,
        k,
        v,
        attn_mask=mask,
        is_causal=mask is None and causal and S > 1,
        enable_gqa=q.shape[1] != k.shape[1],
    )
