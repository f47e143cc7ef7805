"""The loss of a batch of sequences: cross-entropy of the answers, given what came before.

Shapes: B rows, S tokens a row, V vocabulary, N learned places.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from hrm_engine.data.batching import IGNORE, Batch
from hrm_engine.model.masks import prefix_lm_mask
from hrm_engine.model.sequence import SequenceModel


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
