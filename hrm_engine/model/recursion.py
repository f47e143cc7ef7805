"""The recursion at the heart of HRM: two modules that think at two speeds.

The low-level state `z_L` is refined `l_cycles` times for every update of the high-level
state `z_H`; only the last updates of each carry gradient (Wang et al. 2025,
arXiv:2506.21734, section 2; the growing span: HRM-Text, arXiv:2605.20613).

    z_L ← L(z_L + z_H [+ x])     l_cycles times
    z_H ← H(z_H + z_L)           then once;  all of it h_cycles times

Read `recurse` first; it is the whole algorithm. It knows nothing of attention: a grid
model and a sequence model differ only in the networks that they pass, and one network
passed twice is the tiny recursive model (TRM). Shapes: B batch, S sequence, D width.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor

Network = Callable[[Tensor, int], Tensor]
"""A stack: its input (B, S, D) and the number of the call, 0 first -> output (B, S, D)."""


def gradient_split(h_cycles: int, gradient_calls: int) -> tuple[int, int]:
    """How many H and L updates carry gradient when `gradient_calls` updates do in all.

    H comes first, because through the chain of H updates the gradient reaches the
    embedding; at least one call is left for L. With h_cycles=2: 2 -> 1 H + 1 L (the
    embedding gets none), 3 -> 2 H + 1 L, 5 -> 2 H + 3 L.
    """
    h_calls = max(1, min(h_cycles, gradient_calls - 1))
    return h_calls, gradient_calls - h_calls


def recurse(
    l_net: Network,
    h_net: Network,
    z_h: Float[Tensor, "B S D"],
    z_l: Float[Tensor, "B S D"],
    *,
    h_cycles: int,
    l_cycles: int,
    gradient_calls: int | tuple[int, int] | None = None,
    x: Float[Tensor, "B S D"] | None = None,
) -> tuple[Float[Tensor, "B S D"], Float[Tensor, "B S D"]]:
    """The final (z_H, z_L).

    `x` None: the input enters once, as the initial z_H (sequence models). `x` given: it is
    added at every L call (grid models). `gradient_calls`: how many of the last calls carry
    gradient, in all or (of H, of L); None: every call. Where gradients are off they stay off.
    """
    span = h_cycles * (l_cycles + 1) if gradient_calls is None else gradient_calls
    h_calls, l_calls = gradient_split(h_cycles, span) if isinstance(span, int) else span
    grad = torch.is_grad_enabled()
    for h in range(h_cycles):
        call = h * (l_cycles + 1)
        for i in range(l_cycles):
            left = (h_cycles - h) * l_cycles - i  # L updates from this one to the end
            with torch.set_grad_enabled(grad and left <= l_calls):
                injected = z_h if x is None else z_h + x
                z_l = l_net(z_l + injected, call + i)
        with torch.set_grad_enabled(grad and h_cycles - h <= h_calls):
            z_h = h_net(z_h + z_l, call + l_cycles)
    return z_h, z_l
