"""Halting, the carry from segment to segment, and the losses, as published.

    s(x) = x + 1 where x >= 0, 1 / (1 - x) where x < 0;   stablemax = s(x) / sum s(x)
    loss = sum over rows of  mean over cells of -log stablemax(target)
           + 0.5 * ( BCE(q_halt, all cells right) [+ BCE(q_continue, target of the next segment)] )

A label of -100 marks a cell that does not count.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from tests.reference import hrm_v1, trm
from tests.reference.hrm_v1 import Carry
from tests.reference.layers import Weights
from tests.reference.sizes import Sizes

IGNORED = -100


def segment(
    weights: Weights, sizes: Sizes, carry: Carry, tokens: Tensor, puzzle: Tensor | None = None
) -> tuple[Carry, Tensor, Tensor, Tensor]:
    """One segment of the model that `sizes` names."""
    one = hrm_v1.segment if sizes.kind == "hrm" else trm.segment
    return one(weights, sizes, carry, tokens, puzzle)


def start(weights: Weights, sizes: Sizes, rows: int) -> Carry:
    """The states of new problems: the two fixed vectors at every token."""
    shape = (rows, sizes.tokens, sizes.width)
    return weights["H_init"].expand(shape), weights["L_init"].expand(shape)


def stablemax_cross_entropy(logits: Tensor, labels: Tensor) -> Tensor:
    """-log of the stablemax of each cell's label (B, S); 0 where the label does not count."""
    x = logits.double()
    s = torch.where(x >= 0, x + 1, 1 / (1 - x))
    log_probability = torch.log(s / s.sum(-1, keepdim=True))
    counts = labels != IGNORED
    chosen = log_probability.gather(-1, labels.where(counts, 0)[..., None])[..., 0]
    return torch.where(counts, -chosen, 0.0)


def binary_cross_entropy(logit: Tensor, target: Tensor) -> Tensor:
    """-t log sigmoid(x) - (1-t) log sigmoid(-x)."""
    yes = torch.nn.functional.logsigmoid(logit)
    no = torch.nn.functional.logsigmoid(-logit)
    return -target * yes - (1 - target) * no


def all_right(logits: Tensor, labels: Tensor) -> Tensor:
    """Whether every cell of a row that counts is right (B,)."""
    right = (logits.argmax(-1) == labels) | (labels == IGNORED)
    return right.all(-1)


def loss(
    logits: Tensor,
    labels: Tensor,
    q_halt: Tensor,
    q_continue: Tensor | None = None,
    target: Tensor | None = None,
) -> Tensor:
    """The sum over the rows; q_continue and its target with HRM alone."""
    cells = (labels != IGNORED).sum(-1).clamp(min=1)
    tokens = (stablemax_cross_entropy(logits, labels).sum(-1) / cells).sum()
    right = all_right(logits, labels).to(q_halt.dtype)
    halting = binary_cross_entropy(q_halt, right).sum()
    if q_continue is not None and target is not None:
        halting = halting + binary_cross_entropy(q_continue, target).sum()
    return tokens + 0.5 * halting


@dataclass
class Slots:
    """What each row of the batch is at: its states, its problem, its segments, whether done."""

    carry: Carry
    tokens: Tensor
    labels: Tensor
    steps: Tensor
    halted: Tensor


def empty_slots(weights: Weights, sizes: Sizes, tokens: Tensor, labels: Tensor) -> Slots:
    """Slots that are all done, so that the next segment fills every one of them."""
    rows = len(tokens)
    return Slots(
        start(weights, sizes, rows),
        torch.zeros_like(tokens),
        torch.zeros_like(labels),
        torch.zeros(rows, dtype=torch.int64),
        torch.ones(rows, dtype=torch.bool),
    )


def train_segment(
    weights: Weights,
    sizes: Sizes,
    slots: Slots,
    batch: tuple[Tensor, Tensor],
    least_steps: Tensor | None = None,
) -> tuple[Slots, Tensor]:
    """One training segment: refill the slots that are done, think, decide who is done, the loss.

    batch: tokens and labels, row i for slot i (a row that meets a slot not done is dropped, as
    published). least_steps: the segments that a slot must run, drawn by the caller (exploration).
    """
    fresh = slots.halted[:, None, None]
    z_H, z_L = start(weights, sizes, len(slots.steps))
    carry = (
        torch.where(fresh, z_H, slots.carry[0]),
        torch.where(fresh, z_L, slots.carry[1]),
    )
    tokens = torch.where(slots.halted[:, None], batch[0], slots.tokens)
    labels = torch.where(slots.halted[:, None], batch[1], slots.labels)
    steps = torch.where(slots.halted, 0, slots.steps)

    carry, logits, q_halt, q_continue = segment(weights, sizes, carry, tokens)

    steps = steps + 1
    last = steps >= sizes.most_segments
    threshold = q_continue if sizes.kind == "hrm" else torch.zeros_like(q_halt)
    halted = last | (q_halt > threshold).detach()
    if least_steps is not None:
        halted = halted & (steps >= least_steps)
    if sizes.kind != "hrm":
        return Slots(carry, tokens, labels, steps, halted), loss(logits, labels, q_halt)
    with torch.no_grad():
        _, _, next_halt, next_continue = segment(weights, sizes, carry, tokens)
        best = torch.where(last, next_halt, torch.maximum(next_halt, next_continue))
    value = loss(logits, labels, q_halt, q_continue, torch.sigmoid(best))
    return Slots(carry, tokens, labels, steps, halted), value
