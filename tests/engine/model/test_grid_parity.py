"""Our grid models compute what was published: equality with a plain transcription in float64.

`tests/reference` is written from the equations and shares no code with the engine. Both sides
get the same random weights (through `load_published`, under the published names), think for
several segments with the states carried over, and sum a loss over them; states, logits, halting
values and the gradient of every weight must agree.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import Tensor

from hrm_engine.export.published import load_published, theirs
from hrm_engine.model.build import build_model
from hrm_engine.model.config import ModelConfig
from hrm_engine.model.grid import GridModel
from hrm_engine.model.losses import LossWeights, SegmentLoss
from hrm_engine.model.presets import count_parameters, size
from hrm_engine.train.optimisers import AdamATan2
from tests.reference import act, adam_atan2
from tests.reference.layers import Weights, rotary_tables
from tests.reference.sizes import SUDOKU, Sizes, parameters, random_weights

KINDS = {"hrm_v1": "hrm", "trm_att": "trm_att", "trm_mlp": "trm_mlp"}
PUBLISHED = {"hrm_v1": 27_275_266, "trm_att": 6_828_034, "trm_mlp": 5_028_866}
ROWS, CLOSE = 3, 1e-9


def tiny(preset: str) -> tuple[Sizes, ModelConfig]:
    """The same small model for both sides: the published cycles, 2 x 6 cells, 5 puzzles."""
    of = SUDOKU[preset]
    sizes = Sizes(
        vocabulary=7,
        cells=12,
        width=32,
        heads=2,
        layers=2,
        h_cycles=of.h_cycles,
        l_cycles=of.l_cycles,
        puzzle_tokens=min(of.puzzle_tokens, 3),
        puzzles=5,
        kind=KINDS[preset],
    )
    config = ModelConfig(
        preset=preset,
        vocab=7,
        grid=(2, 6),
        width=32,
        heads=2,
        layers=2,
        puzzle_tokens=sizes.puzzle_tokens,
    )
    return sizes, config


def doubled(weights: Weights, config: ModelConfig) -> GridModel:
    """Our model with these weights in float64, its rotary table computed in float64, too."""
    model = load_published(weights, config).double()
    with torch.no_grad():
        for name, tensor in model.named_parameters():
            tensor.copy_(weights[theirs(name)])
        for name in ("z_h", "z_l"):
            model.get_buffer(name).copy_(weights[theirs(name)])
        if config.positions != "none":
            cos, sin = rotary_tables(
                config.puzzle_tokens + config.cells, config.head_dim, torch.float64
            )
            half = config.head_dim // 2
            model.get_buffer("cos").copy_(cos[:, None])
            model.get_buffer("sin").copy_(torch.cat((-sin[:, :half], sin[:, half:]), -1)[:, None])
    return model


def problem(sizes: Sizes) -> tuple[Tensor, Tensor, Tensor]:
    """Random cells, labels (some of them not counted) and puzzle numbers."""
    torch.manual_seed(7)
    tokens = torch.randint(0, sizes.vocabulary, (ROWS, sizes.cells))
    labels = torch.randint(0, sizes.vocabulary, (ROWS, sizes.cells))
    labels[0, :3] = act.IGNORED
    return tokens, labels, torch.randint(0, max(1, sizes.puzzles), (ROWS,))


@pytest.mark.requirement("EN-1")
@pytest.mark.parametrize("preset", PUBLISHED)
def test_states_logits_halting_and_every_gradient_are_those_of_the_equations(preset: str) -> None:
    sizes, config = tiny(preset)
    weights = {
        n: t.requires_grad_(n not in ("H_init", "L_init"))
        for n, t in random_weights(sizes, seed=3).items()
    }
    model = doubled(weights, config)
    tokens, labels, puzzle = problem(sizes)

    theirs_carry, ours_carry = act.start(weights, sizes, ROWS), model.start(ROWS)
    total_theirs, total_ours = torch.zeros(()).double(), torch.zeros(()).double()
    for _ in range(3):
        theirs_carry, logits, halt, go_on = act.segment(
            weights, sizes, theirs_carry, tokens, puzzle
        )
        segment = model(tokens, ours_carry, puzzle=puzzle)
        ours_carry = segment.carry.detach()
        agree(segment.logits, logits)
        agree(ours_carry.z_h, theirs_carry[0])
        agree(ours_carry.z_l, theirs_carry[1])
        agree(segment.halt, halt, 1e-6)  # the halting values are float32 on our side
        if preset == "hrm_v1":
            agree(segment.go_on, go_on, 1e-6)
        total_theirs = total_theirs + act.loss(logits, labels, halt, go_on, 0.3 * torch.ones(ROWS))
        q = model.q_head(segment.carry.z_h[:, 0])
        total_ours = total_ours + act.loss(
            segment.logits, labels, q[:, 0], q[:, 1], 0.3 * torch.ones(ROWS)
        )
    agree(total_ours, total_theirs)
    total_theirs.backward()
    total_ours.backward()
    for name, parameter in model.named_parameters():
        agree(parameter.grad, weights[theirs(name)].grad, what=name)


def agree(
    ours: Tensor | None, reference: Tensor | None, within: float = CLOSE, what: str = ""
) -> None:
    """Fail unless both are the same up to rounding; the reference must not be all zero."""
    assert ours is not None
    assert reference is not None
    assert reference.abs().max() > 0, what
    torch.testing.assert_close(ours.double(), reference.double(), rtol=within, atol=within)


@pytest.mark.requirement("EN-1")
@pytest.mark.parametrize("preset", PUBLISHED)
def test_rows_that_are_done_start_anew_and_the_others_go_on(preset: str) -> None:
    sizes, config = tiny(preset)
    sizes = replace(sizes, puzzles=0, most_segments=3)
    weights = random_weights(sizes, seed=11)
    model = doubled(weights, config)
    tokens, labels, _ = problem(sizes)
    slots = act.empty_slots(weights, sizes, tokens, labels)
    carry, halted, held = model.start(ROWS), torch.ones(ROWS, dtype=torch.bool), tokens
    seen = []
    for i in range(6):
        batch = (tokens + i) % sizes.vocabulary
        slots, _ = act.train_segment(weights, sizes, slots, (batch, labels))
        held = torch.where(halted[:, None], batch, held)
        segment = model(held, carry.replace(halted, model.start(ROWS)))
        carry, halted = segment.carry.detach(), slots.halted
        agree(carry.z_h, slots.carry[0])
        agree(carry.z_l, slots.carry[1])
        seen.append(halted.tolist())
    assert any(any(row) and not all(row) for row in seen)  # some were done while others were not


@pytest.mark.requirement("EN-1")
@pytest.mark.parametrize("preset", PUBLISHED)
def test_a_training_segment_has_the_published_loss_and_halting(preset: str) -> None:
    """Stablemax in float64, the halt loss, and with hrm_v1 the bootstrapped value of going on."""
    sizes, config = tiny(preset)
    sizes = replace(sizes, puzzles=0, most_segments=config.segments)
    weights = random_weights(sizes, seed=13)
    for tensor in parameters(weights).values():
        tensor.requires_grad_()
    model = doubled(weights, config)
    ours = SegmentLoss(model, LossWeights("stablemax"))
    tokens, labels, _ = problem(sizes)
    targets = torch.where(labels == act.IGNORED, 0, labels)  # 0 is our padding
    labels = torch.where(targets == 0, act.IGNORED, targets)
    slots = act.empty_slots(weights, sizes, tokens, labels)
    carry = model.start(ROWS)
    for number in (0, config.segments - 2, config.segments - 1):
        at = torch.full((ROWS,), number)
        slots = replace(slots, steps=at, halted=at == 0)
        slots, expected = act.train_segment(weights, sizes, slots, (tokens, labels))
        found = ours(tokens, targets, carry, at)
        carry = found.carry
        agree(found.loss.detach(), expected.detach(), 1e-6)
        halted = found.done | (at + 1 >= config.segments)
        assert halted.tolist() == slots.halted.tolist()
        for parameter in model.parameters():
            parameter.grad = None
        for tensor in parameters(weights).values():
            tensor.grad = None
        found.loss.backward()
        expected.backward()
        for name, parameter in model.named_parameters():
            agree(parameter.grad, weights[theirs(name)].grad, 1e-6, name)


@pytest.mark.requirement("EN-1")
@pytest.mark.parametrize(("preset", "count"), PUBLISHED.items())
def test_a_published_model_has_exactly_its_published_parameters(preset: str, count: int) -> None:
    config = size(preset)
    assert (config.vocab, config.cells, config.puzzles) == (11, 81, 0)
    assert count_parameters(config) == count
    with torch.device("meta"):
        model = build_model(config)
    assert sum(p.numel() for p in model.parameters()) == count
    reference = parameters(random_weights(SUDOKU[preset], seed=0, dtype=torch.float32))
    assert sum(tensor.numel() for tensor in reference.values()) == count


@pytest.mark.requirement("EN-3")
def test_adam_atan2_makes_the_published_steps() -> None:
    torch.manual_seed(0)
    ours = torch.nn.Parameter(torch.randn(4, 3, dtype=torch.float64))
    p, m, v = ours.detach().clone(), torch.zeros(4, 3).double(), torch.zeros(4, 3).double()
    group = {"params": [ours], "weight_decay": 0.1}
    optimiser = AdamATan2([group], lr=0.01, betas=(0.9, 0.95))
    for t in range(1, 6):
        gradient = torch.randn(4, 3, dtype=torch.float64) * 10.0 ** (t - 3)
        ours.grad = gradient
        optimiser.step()
        p, m, v = adam_atan2.step(
            p, gradient, m, v, t, lr=0.01, betas=(0.9, 0.95), weight_decay=0.1
        )
        agree(ours.detach(), p)
