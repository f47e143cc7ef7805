"""How sure a measured rate is: Wilson's interval, and a share that carries it."""

from __future__ import annotations

import math
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

Z95 = 1.959963984540054
"""The 97.5 % point of the normal distribution: 95 % lie within it on both sides."""


def wilson(successes: float, n: int, z: float = Z95) -> tuple[float, float]:
    """The Wilson score interval of a rate of `successes` in `n`, both ends in 0..1.

    Wilson 1927. Holds also near 0 and 1, where the normal interval does not. `successes` may
    be a sum of shares in 0..1 (pass@k); the interval is then wider than it need be. (0, 1) for
    n = 0.
    """
    if n == 0:
        return 0.0, 1.0
    rate = min(1.0, max(0.0, successes / n))
    centre = rate + z * z / (2 * n)
    spread = z * math.sqrt(rate * (1 - rate) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


class Rate(BaseModel):
    """A share of `n` in 0..1 with its 95 % interval (Wilson)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    count: int
    n: int
    value: float
    low: float
    high: float

    @classmethod
    def of(cls, outcomes: Iterable[bool]) -> Rate:
        """The share of true outcomes; 0 for none."""
        known = list(outcomes)
        low, high = wilson(sum(known), len(known))
        value = sum(known) / max(len(known), 1)
        return cls(count=sum(known), n=len(known), value=value, low=low, high=high)

    def __str__(self) -> str:
        interval = f"95 % interval {self.low:.1%} to {self.high:.1%}"
        return f"{self.count} of {self.n}, {self.value:.1%} ({interval})"
