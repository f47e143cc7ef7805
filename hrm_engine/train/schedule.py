"""How a learning rate and the gradient span change over a run. Pure functions of the step."""

from __future__ import annotations

import math
from typing import Literal

Schedule = Literal["cosine", "constant", "linear"]


def factor(step: int, *, steps: int, warmup: int, schedule: Schedule, floor: float = 0.0) -> float:
    """The share of the peak learning rate at `step` (from 0), in (0, 1].

    Rises linearly over `warmup` steps (the first step already moves), then stays, or falls by
    half a cosine or a straight line towards `floor`, which it would reach at step `steps`.
    """
    if step < warmup:
        return (step + 1) / (warmup + 1)
    done = min((step - warmup) / max(steps - warmup, 1), 1.0)
    if schedule == "constant":
        return 1.0
    left = 1 - done if schedule == "linear" else 0.5 * (1 + math.cos(math.pi * done))
    return floor + (1 - floor) * left


def gradient_calls(step: int, *, steps: int, share: float, span: tuple[int, int]) -> int:
    """How many of the last module calls carry gradient at `step`.

    Grows linearly from `span[0]` to `span[1]` over the first `share` of the run: a short span
    is stable while the weights are random (HRM-Text, 2 to 5 calls over the first fifth).
    """
    fewest, most = span
    growing = steps * share
    if growing <= 0 or step >= growing:
        return most
    return fewest + int((most - fewest) * step / growing)
