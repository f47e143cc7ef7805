"""The block and the stack that every preset is made of.

    pre-norm    x ← x + mix(norm(x));   x ← x + ff(norm(x));   a norm at the exit of the stack
    post-norm   x ← norm(x + mix(x));   x ← norm(x + ff(x))

`mix` is attention or an MLP across the tokens, ff(x) = down(silu(gate(x)) * up(x)). Either
way the state of a recursive model leaves the stack at unit size, however often it is applied;
on a plain transformer the norm at the exit is the final norm.
Shapes: B batch, S sequence, D width.
"""

from __future__ import annotations

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint

from hrm_engine.model.attention import ATTENTION
from hrm_engine.model.config import ModelConfig
from hrm_engine.model.feed_forward import FeedForward
from hrm_engine.model.norm import RMSNorm, TokenNorm
from hrm_engine.model.scope import Scope


class Block(nn.Module):
    """Mix positions, then features; residual."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        across = config.attention == "token_mlp" and config.norm == "post"  # as TRM published it
        gained = RMSNorm(config.width, config.norm_eps, gain=config.norm_gain)
        self.attention_norm = TokenNorm(config.norm_eps) if across else gained
        self.attention = ATTENTION[config.attention](config)
        self.ff_norm = RMSNorm(config.width, config.norm_eps, gain=config.norm_gain)
        self.ff = FeedForward(config.width, config.ff, normed=config.activation != "swiglu")
        self.post = config.norm == "post"

    def forward(self, x: Float[Tensor, "B S D"], scope: Scope, slot: int) -> Float[Tensor, "B S D"]:
        """One block; `slot` is its place in the cache for this call."""
        if self.post:
            x = self.attention_norm(x + self.attention(x, scope, slot))
            last: Tensor = self.ff_norm(x + self.ff(x))
            return last
        x = x + self.attention(self.attention_norm(x), scope, slot)
        out: Tensor = x + self.ff(self.ff_norm(x))
        return out


class Stack(nn.Module):
    """Blocks in a row, and where they are pre-norm a norm at the exit.

    checkpointing: recompute activations in the backward pass instead of keeping them
    (less memory, about a third more time).
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.layers))
        exit_norm = RMSNorm(config.width, config.norm_eps, gain=config.norm_gain)
        self.exit_norm = nn.Identity() if config.norm == "post" else exit_norm
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
