"""Root-mean-square normalisation (Zhang & Sennrich 2019, arXiv:1910.07467).

    y = x / sqrt(mean(x²) + eps) [* gain]

Computed in float32 at least, whatever the input's type. Shapes: D the normalised dimension.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor, nn


class RMSNorm(nn.Module):
    """Normalise the last dimension to unit root-mean-square, with or without a gain."""

    def __init__(self, width: int, eps: float, *, gain: bool) -> None:
        super().__init__()
        self.shape, self.eps = (width,), eps
        self.weight = nn.Parameter(torch.ones(width)) if gain else None

    def forward(self, x: Float[Tensor, "*B D"]) -> Float[Tensor, "*B D"]:
        """Normalise."""
        if x.dtype in (torch.float16, torch.bfloat16):
            return F.rms_norm(x.float(), self.shape, self.weight, self.eps).type_as(x)
        return F.rms_norm(x, self.shape, self.weight, self.eps)


class TokenNorm(nn.Module):
    """Normalise each feature over the tokens (dimension -2); no gain.

    The norm behind a token-mixing MLP of the published TRM: its state is still transposed there.
    """

    def __init__(self, eps: float) -> None:
        super().__init__()
        self.eps = eps

    def forward(self, x: Float[Tensor, "*B S D"]) -> Float[Tensor, "*B S D"]:
        """Normalise."""
        wide = x.float() if x.dtype in (torch.float16, torch.bfloat16) else x
        scale = wide.square().mean(-2, keepdim=True).add(self.eps).rsqrt()
        return (wide * scale).type_as(x)
