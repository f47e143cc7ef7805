"""An MLP across the tokens instead of attention (Tolstikhin et al. 2021, arXiv:2105.01601).

It fits one number of tokens only, and for a small canvas it learns faster than attention
(TRM, arXiv:2510.04871, section 4.5). Shapes: B batch, S tokens, D width.
"""

from __future__ import annotations

from jaxtyping import Float
from torch import Tensor, nn

from hrm_engine.model.config import ModelConfig
from hrm_engine.model.feed_forward import FeedForward
from hrm_engine.model.scope import Scope


class TokenMLP(nn.Module):
    """SwiGLU over the tokens of each feature."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.mix = FeedForward(config.cells + config.puzzle_tokens, config.token_ff)

    def forward(
        self, x: Float[Tensor, "B S D"], scope: Scope, slot: int = 0
    ) -> Float[Tensor, "B S D"]:
        """Mix the tokens; positions, masks and caches play no part."""
        out: Tensor = self.mix(x.transpose(1, 2)).transpose(1, 2)
        return out
