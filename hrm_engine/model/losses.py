"""What a grid model is trained for: right tokens, and knowing when they are right.

    token loss   mean over a row's cells of -log p(target)              (softmax or stablemax)
    halt loss    BCE(halt, whole row right)        + BCE(go on, its bootstrapped value) in hrm_v1
    loss         sum over rows of  token loss + weight * halt loss

as in the reference code of HRM (arXiv:2506.21734) and TRM (arXiv:2510.04871), which divide the
sum by the batch. Read `SegmentLoss.forward`: it is one segment, and compiles as one region.
Shapes: B rows, N tokens read, A tokens answered (both S cells, where each cell holds one token), T
tokens in the network, D width, V vocabulary. Token 0 is padding: never learned.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import torch
import torch.nn.functional as F
from jaxtyping import Bool, Float, Int
from torch import Tensor, nn

from hrm_engine.model.grid import Carry, GridModel, Segment

PADDING = 0
TokenLoss = Literal["softmax", "stablemax"]


@dataclass(frozen=True)
class LossWeights:
    """What counts how much.

    given: weight of a cell whose answer the input already shows (1: as any other).
    """

    kind: TokenLoss = "softmax"
    smoothing: float = 0.0
    given: float = 1.0
    halt: float = 0.5


def log_probabilities(logits: Float[Tensor, "*B V"], kind: TokenLoss) -> Float[Tensor, "*B V"]:
    """The log p of every token: softmax in float32, or stablemax in float64.

    stablemax (Prieto et al. 2025, arXiv:2501.04697): p ~ x + 1 where x >= 0, else 1 / (1 - x);
    it grows linearly, and as published it is computed in float64.
    """
    if kind == "softmax":
        return F.log_softmax(logits.float(), -1)
    x = logits.double()
    # Both branches must be finite where the other is taken, or their gradient is not.
    s = torch.where(x >= 0, x.clamp(min=0) + 1, 1 / (1 - x.clamp(max=0)))
    return (s / s.sum(-1, keepdim=True)).log()


def token_loss(
    logits: Float[Tensor, "B A V"],
    targets: Int[Tensor, "B A"],
    inputs: Int[Tensor, "B N"],
    weights: LossWeights,
) -> Float[Tensor, " B"]:
    """The mean loss of each row's cells; padding carries none."""
    found = log_probabilities(logits, weights.kind)
    loss = -found.gather(-1, targets[..., None])[..., 0]
    if weights.smoothing:
        loss = (1 - weights.smoothing) * loss - weights.smoothing * found.mean(-1)
    share = (targets != PADDING).to(loss.dtype)
    if weights.given != 1:
        share = share * torch.where(inputs == targets, weights.given, 1.0)
    return (loss * share).sum(-1) / share.sum(-1).clamp(min=1e-9)


def right_cells(
    logits: Float[Tensor, "B A V"], targets: Int[Tensor, "B A"]
) -> tuple[Bool[Tensor, "B A"], Bool[Tensor, " B"]]:
    """Which cells are answered right (padding is not), and which rows wholly."""
    learned = targets != PADDING
    right = (logits.argmax(-1) == targets) & learned
    return right, (right == learned).all(-1)


@dataclass(frozen=True)
class Outcome:
    """One segment of a batch: the summed loss, and what halting and the log need.

    done: the model would stop here; right: cells answered right; exact: whole rows.
    """

    loss: Tensor  # () float32
    carry: Carry
    done: Tensor  # (B,) bool
    right: Tensor  # (B,) int64
    exact: Tensor  # (B,) bool


class SegmentLoss(nn.Module):
    """One segment with its loss, as a module: so it compiles as one region of static shapes."""

    def __init__(self, model: GridModel, weights: LossWeights) -> None:
        super().__init__()
        self.model, self.weights = model, weights

    def forward(
        self,
        inputs: Int[Tensor, "B N"],
        targets: Int[Tensor, "B A"],
        carry: Carry,
        steps: Int[Tensor, " B"],
    ) -> Outcome:
        """The loss summed over rows; `steps`: segments that each row has had before this one."""
        puzzle = None
        if self.model.puzzle_table is not None:
            puzzle = steps.new_zeros(len(steps))  # problems of a task share one identity
        segment = self.model(inputs, carry, puzzle=puzzle)
        right, exact = right_cells(segment.logits, targets)
        loss = token_loss(segment.logits, targets, inputs, self.weights)
        halting = _bce(segment.halt, exact)
        if segment.go_on is not None:
            last = steps + 1 >= self.model.config.segments
            value = self._value(inputs, segment.carry.detach(), puzzle, last)
            halting = halting + _bce(segment.go_on, value)
        total = (loss.float() + self.weights.halt * halting).sum()
        return Outcome(total, segment.carry.detach(), believes(segment), right.sum(-1), exact)

    @torch.no_grad()
    def _value(
        self, inputs: Tensor, carry: Carry, puzzle: Tensor | None, last: Tensor
    ) -> Float[Tensor, " B"]:
        """What going on is worth: the better of stopping and going on after one more segment."""
        after = self.model(inputs, carry, puzzle=puzzle)
        assert after.go_on is not None
        best = torch.maximum(after.halt, after.go_on)
        return torch.where(last, after.halt, best).sigmoid()


def believes(segment: Segment) -> Bool[Tensor, " B"]:
    """Whether the model takes its answer for right, and would stop."""
    if segment.go_on is None:
        return segment.halt > 0
    return segment.halt > segment.go_on


def _bce(logits: Tensor, wanted: Tensor) -> Float[Tensor, " B"]:
    logits = logits.float()
    return F.binary_cross_entropy_with_logits(logits, wanted.to(logits.dtype), reduction="none")
