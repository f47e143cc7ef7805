"""One optimiser step, the same for every form of model: gradient, clip, update.

The loss of a step is the sum over its parts divided by one count, so that accumulating small
parts equals one large batch exactly, however unevenly the work is spread; also over several
processes (`distributed.py`), whose sums and counts are added. Read `Stepper.step`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from hrm_engine.train.distributed import Region, whole
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
        self,
        model: nn.Module,
        optimisers: Optimisers,
        machine: Machine,
        clip: float,
        region: nn.Module | None = None,
    ) -> None:
        """region: the model inside DDP or FSDP, when there are several processes."""
        self.optimisers, self.machine, self.clip = optimisers, machine, clip
        self.scaler = machine.scaler()
        self.region = region or Region(model)
        self.weights = [p for p in model.parameters() if p.requires_grad]

    def step(self, work: Work) -> Stepped:
        """One update from the summed gradient of all parts."""
        total = self._gradient(work)
        for part in self.optimisers.parts:
            self.scaler.unscale_(part)
        norm = nn.utils.clip_grad_norm_(self.weights, self.clip, foreach=True)
        norm = whole({"norm": norm})["norm"]
        for part in self.optimisers.parts:
            self.scaler.step(part)
        self.scaler.update()
        self.optimisers.zero_grad()
        return Stepped(total, norm)

    def _gradient(self, work: Work) -> Tensor:
        """The loss; its gradient is complete in the weights when this returns."""
        world = self.machine.world
        total = torch.zeros((), device=self.machine.device)
        count = work.count / world.size  # DDP and FSDP average gradients over processes
        for number, part in enumerate(work.parts, start=1):
            last = number == len(work.parts)
            with world.unsynchronised(self.region, last):
                with self.machine.autocast():
                    loss = self.region(part) / count
                self.scaler.scale(loss).backward()
            total += loss.detach()
        return world.total(total) / world.size
