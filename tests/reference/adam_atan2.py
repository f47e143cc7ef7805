"""One step of AdamATan2 (Everett et al. 2024, arXiv:2407.05872) on one weight, as HRM uses it."""

from __future__ import annotations

import torch
from torch import Tensor


def step(
    p: Tensor,
    gradient: Tensor,
    m: Tensor,
    v: Tensor,
    t: int,
    *,
    lr: float,
    betas: tuple[float, float],
    weight_decay: float,
) -> tuple[Tensor, Tensor, Tensor]:
    """The new (p, m, v); t counts from 1."""
    b1, b2 = betas
    m = b1 * m + (1 - b1) * gradient
    v = b2 * v + (1 - b2) * gradient * gradient
    p = p * (1 - lr * weight_decay)
    root = torch.sqrt(v) / (1 - b2**t) ** 0.5
    p = p - lr / (1 - b1**t) * torch.atan2(m, root)
    return p, m, v
