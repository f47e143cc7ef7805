"""Losses of grid models: worked by hand, and equal to the published training segment by segment."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import Tensor

from hrm_engine.data.grids import GridPool
from hrm_engine.export.published import load_published, theirs
from hrm_engine.model.config import ModelConfig
from hrm_engine.model.grid import Carry, GridModel
from hrm_engine.model.losses import (
    LossWeights,
    SegmentLoss,
    log_probabilities,
    right_cells,
    token_loss,
)
from hrm_engine.train.slots import Halting, SlotPool
from tests.reference import act
from tests.reference.layers import Weights
from tests.reference.sizes import SUDOKU, Sizes, random_weights

LOGITS = torch.tensor([[[0.0, 2.0, -1.0], [1.0, 0.0, 0.0], [3.0, 0.0, 1.0]]])  # one row, 3 cells


def log_softmax(scores: list[float], chosen: int) -> float:
    return scores[chosen] - math.log(sum(math.exp(s) for s in scores))


def test_the_token_loss_is_the_mean_over_the_cells_that_are_not_padding() -> None:
    targets, inputs = torch.tensor([[1, 2, 0]]), torch.tensor([[1, 1, 0]])
    found = token_loss(LOGITS, targets, inputs, LossWeights())
    wanted = -(log_softmax([0, 2, -1], 1) + log_softmax([1, 0, 0], 2)) / 2
    assert float(found) == pytest.approx(wanted, rel=1e-6)


def test_cells_that_the_input_already_shows_can_count_less() -> None:
    targets, inputs = torch.tensor([[1, 2, 0]]), torch.tensor([[1, 1, 0]])
    given, asked = -log_softmax([0, 2, -1], 1), -log_softmax([1, 0, 0], 2)
    quarter = token_loss(LOGITS, targets, inputs, LossWeights(given=0.25))
    assert float(quarter) == pytest.approx((0.25 * given + asked) / 1.25, rel=1e-6)
    nothing = token_loss(LOGITS, inputs, inputs, LossWeights(given=0.0))
    assert float(nothing) == 0.0


def test_smoothing_gives_every_token_a_share_of_the_target() -> None:
    targets = torch.tensor([[1, 2, 0]])
    found = token_loss(LOGITS, targets, targets, LossWeights(smoothing=0.3))
    wanted = 0.0
    for scores, target in (([0, 2, -1], 1), ([1, 0, 0], 2)):
        shares = [0.1, 0.1, 0.1]
        shares[target] += 0.7
        wanted -= sum(s * log_softmax(list(scores), i) for i, s in enumerate(shares)) / 2
    assert float(found) == pytest.approx(wanted, rel=1e-6)


def test_stablemax_is_linear_above_zero_and_keeps_finite_gradients() -> None:
    found = log_probabilities(torch.tensor([3.0, 0.0, -1.0]), "stablemax")
    assert found.dtype == torch.float64
    total = 4 + 1 + 0.5
    assert found.exp().tolist() == pytest.approx([4 / total, 1 / total, 0.5 / total])
    extreme = torch.tensor([1.0, 1e30, -1e30], requires_grad=True)
    log_probabilities(extreme, "stablemax")[0].backward()
    assert extreme.grad is not None
    assert bool(torch.isfinite(extreme.grad).all())


def test_a_row_is_exact_when_all_its_cells_but_padding_are_right() -> None:
    right, exact = right_cells(LOGITS.repeat(2, 1, 1), torch.tensor([[1, 0, 0], [1, 2, 1]]))
    assert right.tolist() == [[True, False, False], [True, False, False]]
    assert exact.tolist() == [True, False]


def pools(tokens: Tensor, labels: Tensor) -> Iterator[GridPool]:
    """The rows as the first pool; then copies of them, which the test never gets to."""
    while True:
        yield GridPool(tokens.numpy().astype(np.uint8), labels.numpy().astype(np.uint8))


def both(preset: str) -> tuple[GridModel, Sizes, Weights]:
    """The same small model for both sides, in float64; it believes most of its answers."""
    shape = {"width": 16, "heads": 2, "layers": 1, "puzzle_tokens": 1}
    sizes = replace(SUDOKU[preset], vocabulary=5, cells=6, most_segments=3, **shape)  # type: ignore[arg-type]  # all are whole numbers
    config = ModelConfig(preset=preset, vocab=5, grid=(2, 3), segments=3, **shape)  # type: ignore[arg-type]  # the same
    weights = random_weights(sizes, seed=5)
    weights["q_head.bias"] += torch.tensor([2.0, -1.0]).double()
    model = load_published(weights, config).double()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(weights[theirs(name)])
        for name in ("z_h", "z_l"):
            model.get_buffer(name).copy_(weights[theirs(name)])
    return model, sizes, weights


@pytest.mark.requirement("EN-1")
@pytest.mark.parametrize("preset", ["hrm_v1", "trm_att", "trm_mlp"])
def test_training_is_segment_by_segment_the_published_one(preset: str) -> None:
    """Same halting, same loss, same gradients over several segments, with slots refilled."""
    slots, queued = 3, 60
    model, sizes, weights = both(preset)
    torch.manual_seed(1)
    tokens, labels = torch.randint(1, 5, (queued, 6)), torch.randint(0, 5, (queued, 6))
    ignored = labels.masked_fill(labels == 0, act.IGNORED)
    loss = SegmentLoss(model, LossWeights("stablemax"))
    pool = SlotPool(model, slots, Halting(3, exploration=0.5), seed=1)
    pool.feed(pools(tokens, labels))
    reference = act.empty_slots(weights, sizes, tokens[:slots], ignored[:slots])
    drawn, sums = 0, [torch.zeros(()).double() for _ in range(2)]
    learned = {n: weights[theirs(n)].requires_grad_() for n, _ in model.named_parameters()}
    seen = set()
    for step in range(9):
        fresh = reference.halted
        rows = (fresh.cumsum(0) - 1).clamp(min=0) + drawn
        drawn += int(fresh.sum())
        pool.refill(step)
        reference, one = act.train_segment(
            weights, sizes, reference, (tokens[rows], ignored[rows]), pool.least
        )
        reference.carry = (reference.carry[0].detach(), reference.carry[1].detach())
        outcome = loss(pool.inputs, pool.targets, pool.carry, pool.steps)
        pool.advance(outcome.carry, outcome.done)
        assert pool.inputs.tolist() == reference.tokens.tolist()
        assert pool.steps.tolist() == reference.steps.tolist()
        assert pool.halted.tolist() == reference.halted.tolist()
        assert outcome.loss.item() == pytest.approx(one.item(), rel=1e-5)
        sums = [sums[0] + one, sums[1] + outcome.loss]
        seen.add(tuple(pool.halted.tolist()))
    assert len(seen) > 2  # rows were done at different times
    sums[0].backward()
    sums[1].backward()
    for name, parameter in model.named_parameters():
        ours, published = parameter.grad, learned[name].grad
        assert ours is not None
        assert published is not None
        # Halting values and the summed loss are float32 on our side.
        assert float((ours - published).abs().max()) < 1e-5 * float(published.abs().max()), name


def test_a_puzzle_table_is_trained_as_one_identity_of_all_problems() -> None:
    config = ModelConfig(
        preset="hrm_v1", vocab=5, grid=(2, 3), width=16, heads=2, layers=1, puzzles=2
    )
    model = load_published(
        random_weights(
            replace(
                SUDOKU["hrm_v1"], vocabulary=5, cells=6, width=16, heads=2, layers=1, puzzles=2
            ),
            seed=5,
        ),
        config,
    )
    start = model.start(2)
    torch.manual_seed(0)
    tokens = torch.randint(1, 5, (2, 6))
    loss = SegmentLoss(model, LossWeights())
    # One-step gradients do not reach the input of the first call: take the carry's, too.
    carry = Carry(start.z_h.clone(), start.z_l.clone())
    loss(tokens, tokens, carry, torch.zeros(2, dtype=torch.int64)).loss.backward()
    assert model.puzzle_table is not None
    gradient = model.puzzle_table.weight.grad
    assert gradient is not None
    assert bool(gradient[0].any())
    assert not bool(gradient[1].any())
