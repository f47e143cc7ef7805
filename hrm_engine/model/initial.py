"""How weights begin."""

from __future__ import annotations

import torch
from torch import Tensor, nn


def truncated_normal(tensor: Tensor, std: float) -> Tensor:
    """Fill with a normal of deviation `std` cut off at three deviations, in place."""
    with torch.no_grad():
        return nn.init.trunc_normal_(tensor, std=1.0, a=-3.0, b=3.0).mul_(1.0147626 * std)
