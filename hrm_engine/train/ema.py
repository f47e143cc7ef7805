"""An exponential moving average of the weights: what is evaluated and shipped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn


class EMA:
    """average <- d * average + (1 - d) * weight after each step.

    d = min(decay, (1 + t) / (10 + t)) at update t, so that the average of a short run is not
    mostly its random start. With `decay` 0 the average is the weights themselves.
    """

    def __init__(self, model: nn.Module, decay: float) -> None:
        self.decay = decay
        self.updates = 0
        self._weights: list[Tensor] = list(model.parameters())
        self._names = [name for name, _ in model.named_parameters()]
        self._average = [w.detach().clone() for w in self._weights]

    @torch.no_grad()
    def update(self) -> None:
        """Take the present weights into the average."""
        decay = min(self.decay, (1 + self.updates) / (10 + self.updates)) if self.decay else 0.0
        self.updates += 1
        torch._foreach_lerp_(self._average, self._weights, 1 - decay)

    @contextmanager
    def applied(self) -> Iterator[None]:
        """The model holds the averaged weights inside this block."""
        with torch.no_grad():
            kept = [w.detach().clone() for w in self._weights]
            _copy(self._weights, self._average)
        try:
            yield
        finally:
            with torch.no_grad():
                _copy(self._weights, kept)

    def state(self) -> dict[str, Tensor]:
        """The averaged weights by parameter name."""
        return dict(zip(self._names, self._average, strict=True))

    @torch.no_grad()
    def load(self, state: dict[str, Tensor], updates: int) -> None:
        """Go on from a saved `state` after `updates` updates."""
        self.updates = updates
        for name, average in zip(self._names, self._average, strict=True):
            average.copy_(state[name])


def _copy(to: list[Tensor], of: list[Tensor]) -> None:
    """One after the other: shards of FSDP know no copy of a whole list."""
    for target, source in zip(to, of, strict=True):
        target.copy_(source)
