"""The block and the stack that every preset is made of.

    x ← x + attention(norm(x))
    x ← x + down(silu(gate(x')) * up(x'))   with x' = norm(x)

and a norm at the exit of the stack: on a recursive model it keeps the state at unit size
however often the stack is applied; on a plain transformer it is the final norm.
Shapes: B batch, S sequence, D width.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint

from hrm_engine.model.attention import ATTENTION
from hrm_engine.model.config import ModelConfig
from hrm_engine.model.norm import RMSNorm
from hrm_engine.model.scope import Scope


class FeedForward(nn.Module):
    """SwiGLU (Shazeer 2020, arXiv:2002.05202); rows of `gate_up.weight` are [gate | up]."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.gate_up = nn.Linear(config.width, 2 * config.ff, bias=False)
        self.down = nn.Linear(config.ff, config.width, bias=False)

    def forward(self, x: Float[Tensor, "B S D"]) -> Float[Tensor, "B S D"]:
        """Mix the features of each token."""
        gate, up = self.gate_up(x).chunk(2, dim=-1)
        out: Tensor = self.down(F.silu(gate) * up)
        return out


class Block(nn.Module):
    """Mix positions, then features; pre-norm, residual."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.attention_norm = RMSNorm(config.width, config.norm_eps, gain=config.norm_gain)
        self.attention = ATTENTION[config.attention](config)
        self.ff_norm = RMSNorm(config.width, config.norm_eps, gain=config.norm_gain)
        self.ff = FeedForward(config)

    def forward(self, x: Float[Tensor, "B S D"], scope: Scope, slot: int) -> Float[Tensor, "B S D"]:
        """One block; `slot` is its place in the cache for this call."""
        x = x + self.attention(self.attention_norm(x), scope, slot)
        out: Tensor = x + self.ff(self.ff_norm(x))
        return out


class Stack(nn.Module):
    """Blocks in a row and a norm at the exit.

    checkpointing: recompute activations in the backward pass instead of keeping them
    (less memory, about a third more time).
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.layers))
        self.exit_norm = RMSNorm(config.width, config.norm_eps, gain=config.norm_gain)
        self.checkpointing = False

    def forward(
        self, x: Float[Tensor, "B S D"], scope: Scope, call: int = 0
    ) -> Float[Tensor, "B S D"]:
        """Run every block; `call` counts the runs of any stack within one forward pass."""
        first = call * len(self.blocks)
        recompute = self.checkpointing and torch.is_grad_enabled()
        for i, block in enumerate(self.blocks):
            if recompute:
                x = checkpoint(block, x, scope, first + i, use_reentrant=False)
            else:
                x = block(x, scope, first + i)
        out: Tensor = self.exit_norm(x)
        return out
