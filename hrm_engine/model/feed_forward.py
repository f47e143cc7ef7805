"""The feed-forward layer: of each token over its features, or of each feature over the tokens.

Shapes: B batch, S sequence, D width, W whatever is mixed.
"""

from __future__ import annotations

import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor, nn


class FeedForward(nn.Module):
    """SwiGLU (Shazeer 2020, arXiv:2002.05202); rows of `gate_up.weight` are [gate | up].

    down(silu(gate) * up), or with `normed` down(sigmoid(gate) * norm(gate * up)): its output is
    bounded, which lets Muon take large steps.
    """

    def __init__(self, width: int, inner: int, *, normed: bool = False) -> None:
        super().__init__()
        self.gate_up = nn.Linear(width, 2 * inner, bias=False)
        self.down = nn.Linear(inner, width, bias=False)
        self.normed = normed

    def forward(self, x: Float[Tensor, "B S W"]) -> Float[Tensor, "B S W"]:
        """Mix the last dimension."""
        gate, up = self.gate_up(x).chunk(2, dim=-1)
        if self.normed:
            hidden = gate.sigmoid() * F.rms_norm(gate * up, (gate.shape[-1],), eps=1e-5)
        else:
            hidden = F.silu(gate) * up
        out: Tensor = self.down(hidden)
        return out
