"""One optimiser step, the same for every form of model: gradient, clip, update.

The loss of a step is the sum over its parts divided by one count, so that accumulating small
parts equals one large batch exactly, however unevenly the work is spread. Read `Stepper.step`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from hrm_engine.train.optimisers import Optimisers
from hrm_engine.train.precision import Machine


@dataclass(frozen=True)
class Work:
    """What one step is made of.

    parts: each computes a summed loss, with its history; they run one after the other, so that
    only one needs memory. count: what the sum is divided by. tokens: how many were looked at.
    """

    parts: Sequence[Callable[[], Tensor]]
    count: int
    tokens: int


@dataclass(frozen=True)
class Stepped:
    """What one step measured; tensors, so that an accelerator need not be waited for."""

    loss: Tensor
    norm: Tensor


class Stepper:
    """Forward, backward, clip, update."""

    def __init__(
        self, model: nn.Module, optimisers: Optimisers, machine: Machine, clip: float
    ) -> None:
        self.optimisers, self.machine, self.clip = optimisers, machine, clip
        self.scaler = machine.scaler()
        self.weights = [p for p in model.parameters() if p.requires_grad]

    def step(self, work: Work) -> Stepped:
        """One update from the summed gradient of all parts."""
        total = self._gradient(work)
        for part in self.optimisers.parts:
            self.scaler.unscale_(part)
        norm = nn.utils.clip_grad_norm_(self.weights, self.clip, foreach=True)
        for part in self.optimisers.parts:
            self.scaler.step(part)
        self.scaler.update()
        self.optimisers.zero_grad()
        return Stepped(total, norm)

    def _gradient(self, work: Work) -> Tensor:
        """The loss; its gradient is complete in the weights when this returns."""
        total = torch.zeros((), device=self.machine.device)
        for part in work.parts:
            with self.machine.autocast():
                loss = part() / work.count
            self.scaler.scale(loss).backward()
            total += loss.detach()
        return total
