"""The loss of a batch, its gradient, and one optimiser step.

Loss = sum of cross-entropies over the learned targets of all accumulated batches, divided by
their number: so accumulating small batches equals one large batch exactly, however unevenly
the answers are spread. Read `Stepper.step`. Shapes: B rows, S tokens a row, V vocabulary.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from hrm_engine.data.batching import IGNORE, Batch
from hrm_engine.model.masks import prefix_lm_mask
from hrm_engine.model.sequence import SequenceModel
from hrm_engine.train.optimisers import Optimisers
from hrm_engine.train.precision import Machine


def answer_logits(
    model: SequenceModel, batch: Batch, gradient_calls: int | None = None
) -> tuple[Tensor, Tensor]:
    """Logits (N, V) and targets (N,) at the places that carry loss, N = batch.learned.

    The head is applied to those places alone, where choosing them is cheap: on a CPU. On an
    accelerator or compiled it would make shapes vary and the host wait, so there all B*S
    places are returned, with the targets that cross_entropy ignores.
    """
    mask = None if batch.causal else prefix_lm_mask(batch.segment, batch.prefix)
    positions = None if batch.causal else batch.positions
    states = model.states(
        batch.tokens, mask=mask, positions=positions, gradient_calls=gradient_calls
    ).flatten(0, 1)
    targets = batch.targets.flatten()
    if states.device.type == "cpu" and not torch.compiler.is_compiling():
        places = (targets != IGNORE).nonzero().squeeze(1)
        states, targets = states[places], targets[places]
    return model.logits(states), targets


class Loss(nn.Module):
    """The summed loss of a batch as a module, so that it compiles as one region.

    The gradient span belongs to the module: a compiler takes a changing argument for a
    number it may not branch on.
    """

    def __init__(self, model: SequenceModel, gradient_calls: int | None = None) -> None:
        super().__init__()
        self.model, self.gradient_calls = model, gradient_calls

    def forward(self, batch: Batch) -> Tensor:
        """Sum of cross-entropies in float32, a scalar."""
        logits, targets = answer_logits(self.model, batch, self.gradient_calls)
        return F.cross_entropy(logits.float(), targets, ignore_index=IGNORE, reduction="sum")


@dataclass(frozen=True)
class Stepped:
    """What one step measured; tensors, so that an accelerator need not be waited for."""

    loss: Tensor
    norm: Tensor


class Stepper:
    """Forward, backward, clip, update."""

    def __init__(
        self, model: SequenceModel, optimisers: Optimisers, machine: Machine, clip: float
    ) -> None:
        self.model, self.optimisers, self.machine, self.clip = model, optimisers, machine, clip
        self.scaler = machine.scaler()
        self.weights = [p for p in model.parameters() if p.requires_grad]
        self._losses: dict[int | None, Loss] = {}

    def step(self, batches: Sequence[Batch], gradient_calls: int | None) -> Stepped:
        """One update from the summed gradient of `batches`."""
        loss_of = self._loss(gradient_calls)
        learned = sum(batch.learned for batch in batches)
        total = torch.zeros((), device=self.machine.device)
        for batch in batches:
            with self.machine.autocast():
                loss = loss_of(batch.to(self.machine.device)) / learned
            self.scaler.scale(loss).backward()
            total += loss.detach()
        for part in self.optimisers.parts:
            self.scaler.unscale_(part)
        norm = nn.utils.clip_grad_norm_(self.weights, self.clip, foreach=True)
        for part in self.optimisers.parts:
            self.scaler.step(part)
        self.scaler.update()
        self.optimisers.zero_grad()
        return Stepped(total, norm)

    def _loss(self, gradient_calls: int | None) -> Loss:
        """The loss with this gradient span; each is compiled once."""
        if gradient_calls not in self._losses:
            self._losses[gradient_calls] = made = Loss(self.model, gradient_calls)
            if self.machine.compiled:
                made.compile()
        return self._losses[gradient_calls]
