"""Optimisers, schedules and the average: hand-worked steps and independent peers."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from hrm_engine.train.ema import EMA
from hrm_engine.train.optimisers import (
    OPTIMISERS,
    AdamATan2,
    Muon,
    SignSGD,
    build,
    orthogonal,
)
from hrm_engine.train.schedule import Schedule, factor, gradient_calls
from tests.engine.train.toy import settings, toy_model
from tests.engine.train.toy_grid import grid_settings, toy_grid_model


def weight(*values: float) -> nn.Parameter:
    return nn.Parameter(torch.tensor(values, dtype=torch.float64))


def test_adam_atan2_follows_two_steps_worked_by_hand() -> None:
    p = weight(2.0)
    optimiser = AdamATan2([{"params": [p]}], lr=0.1, betas=(0.9, 0.5), weight_decay=0.5)
    p.grad = torch.tensor([4.0], dtype=torch.float64)
    optimiser.step()
    # m = 0.4, v = 8, sqrt(v / 0.5) = 4; p = 2 * 0.95 - 0.1 / 0.1 * atan2(0.4, 4)
    first = 1.9 - math.atan2(0.4, 4)
    assert p.item() == pytest.approx(first, rel=1e-12)
    p.grad = torch.tensor([-2.0], dtype=torch.float64)
    optimiser.step()
    # m = 0.36 - 0.2 = 0.16, v = 4 + 2 = 6, sqrt(6 / 0.75) = sqrt(8); 1 - 0.81 = 0.19
    second = first * 0.95 - 0.1 / 0.19 * math.atan2(0.16, math.sqrt(8))
    assert p.item() == pytest.approx(second, rel=1e-12)


def test_adam_atan2_does_not_depend_on_the_scale_of_the_loss() -> None:
    ends = []
    for scale in (1.0, 1e-6):
        p = weight(1.0, -2.0)
        optimiser = AdamATan2([{"params": [p]}], lr=0.01)
        for gradient in ([3.0, 1.0], [-1.0, 2.0]):
            p.grad = scale * torch.tensor(gradient, dtype=torch.float64)
            optimiser.step()
        ends.append(p.detach())
    assert torch.allclose(ends[0], ends[1], rtol=1e-12)


@pytest.mark.parametrize("shape", [(4, 4), (3, 8), (8, 3)])
def test_muon_takes_the_steps_of_torchs_own(shape: tuple[int, int]) -> None:
    torch.manual_seed(0)
    ours, theirs = (nn.Parameter(torch.ones(shape)) for _ in range(2))
    settings_ = {"lr": 0.02, "momentum": 0.95, "weight_decay": 0.1}
    one = Muon([{"params": [ours]}], **settings_)
    other = torch.optim.Muon([theirs], **settings_, nesterov=True)
    for _ in range(3):
        gradient = torch.randn(shape)
        ours.grad, theirs.grad = gradient.clone(), gradient.clone()
        one.step()
        other.step()
    # Theirs iterates in bfloat16, which has three digits.
    assert torch.allclose(ours, theirs, atol=2e-3)


@pytest.mark.parametrize("shape", [(6, 6), (4, 9), (9, 4)])
def test_an_orthogonalised_matrix_has_singular_values_near_one(shape: tuple[int, int]) -> None:
    torch.manual_seed(0)
    values = torch.linalg.svdvals(orthogonal(torch.randn(shape)))
    assert float(values.min()) > 0.5
    assert float(values.max()) < 1.3


@pytest.mark.requirement("EN-3")
def test_sign_sgd_moves_the_rows_that_have_a_gradient_by_one_small_step() -> None:
    p = nn.Parameter(torch.tensor([[1.0, -2.0], [3.0, 4.0]]))
    optimiser = SignSGD([{"params": [p]}], lr=0.1, weight_decay=0.5)
    p.grad = torch.tensor([[7.0, -0.01], [0.0, 0.0]])
    optimiser.step()
    wanted = [1 * 0.95 - 0.1, -2 * 0.95 + 0.1]
    assert p[0].tolist() == pytest.approx(wanted)
    assert p[1].tolist() == [3.0, 4.0]


@pytest.mark.parametrize("kind", [AdamATan2, Muon, SignSGD])
def test_weights_without_gradient_stay(
    kind: type[AdamATan2] | type[Muon] | type[SignSGD],
) -> None:
    p = nn.Parameter(torch.ones(2, 2))
    optimiser = kind([{"params": [p]}], lr=0.1)
    optimiser.step()
    assert torch.equal(p, torch.ones(2, 2))
    with pytest.raises(ValueError, match="takes no closure"):
        optimiser.step(lambda: 0.0)


@pytest.mark.parametrize("name", sorted(OPTIMISERS))
def test_every_weight_is_in_exactly_one_group(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    config = settings(tmp_path_factory.mktemp("run"), train__optimiser=name)
    model = toy_model(config)
    moved = [
        id(p)
        for part in build(model, config.train).parts
        for group in part.param_groups
        for p in group["params"]
    ]
    assert sorted(moved) == sorted(id(p) for p in model.parameters())


def names(model: nn.Module, weights: list[Tensor]) -> set[str]:
    return {n for n, p in model.named_parameters() if any(p is w for w in weights)}


def test_muon_moves_hidden_matrices_and_adamw_the_rest(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    model_settings = {
        "preset": "hrm_text",
        "vocab": 12,
        "width": 16,
        "heads": 2,
        "layers": 1,
        "ff": 16,
        "context": 64,
        "norm_gain": True,
    }
    config = settings(tmp_path_factory.mktemp("run"), train__optimiser="muon", model=model_settings)
    model = toy_model(config)
    muon, adamw = build(model, config.train).parts
    by_muon = names(model, [p for g in muon.param_groups for p in g["params"]])
    by_adamw = names(model, [p for g in adamw.param_groups for p in g["params"]])
    assert {n.rsplit(".", 2)[-2] for n in by_muon} == {"qkv", "out", "gate_up", "down"}
    assert {"embedding.weight", "head.weight"} < by_adamw
    assert all("norm" in n for n in by_adamw - {"embedding.weight", "head.weight"})
    decayed = names(
        model, [p for g in adamw.param_groups if g["weight_decay"] for p in g["params"]]
    )
    assert decayed == {"head.weight"}


def test_learning_rates_scale_from_their_own_peaks(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    config = settings(tmp_path_factory.mktemp("run"), train__optimiser="muon", train__lr=0.001)
    optimisers = build(toy_model(config), config.train)
    for factor_ in (0.5, 0.1):
        optimisers.scale(factor_)
        rates = {g["lr"] for part in optimisers.parts for g in part.param_groups}
        assert rates == {0.02 * factor_, 0.001 * factor_}


@pytest.mark.parametrize(
    ("schedule", "shares"),
    [
        ("constant", [1 / 3, 2 / 3, 1, 1, 1, 1]),
        ("linear", [1 / 3, 2 / 3, 1, 0.775, 0.55, 0.325]),
        (
            "cosine",
            [
                1 / 3,
                2 / 3,
                1,
                0.1 + 0.9 * (0.5 + 0.5 * math.sqrt(0.5)),
                0.55,
                0.1 + 0.9 * (0.5 - 0.5 * math.sqrt(0.5)),
            ],
        ),
    ],
)
def test_a_schedule_rises_in_the_warm_up_and_falls_towards_its_floor(
    schedule: Schedule, shares: list[float]
) -> None:
    found = [factor(s, steps=6, warmup=2, schedule=schedule, floor=0.1) for s in range(6)]
    assert found == pytest.approx(shares)


def test_the_gradient_span_grows_over_the_first_fifth() -> None:
    spans = [gradient_calls(s, steps=100, share=0.2, span=(2, 5)) for s in range(100)]
    assert [spans.index(n) for n in (2, 3, 4, 5)] == [0, 7, 14, 20]
    assert set(spans[20:]) == {5}
    assert gradient_calls(0, steps=100, share=0.0, span=(2, 5)) == 5


def test_the_average_follows_its_formula() -> None:
    model = nn.Linear(1, 1, bias=False)
    with torch.no_grad():
        model.weight.fill_(1.0)
    ema = EMA(model, 0.3)
    expected = 1.0
    for update, value in enumerate((2.0, 5.0, -1.0, 4.0)):
        with torch.no_grad():
            model.weight.fill_(value)
        ema.update()
        decay = min(0.3, (1 + update) / (10 + update))
        expected = decay * expected + (1 - decay) * value
    assert ema.state()["weight"].item() == pytest.approx(expected)
    with ema.applied():
        assert model.weight.item() == pytest.approx(expected)
    assert model.weight.item() == 4.0


def test_an_average_without_decay_is_the_weights() -> None:
    model = nn.Linear(3, 3)
    ema = EMA(model, 0.0)
    with torch.no_grad():
        model.weight.add_(1.0)
    ema.update()
    assert torch.equal(ema.state()["weight"], model.weight)


def test_the_weights_come_back_when_an_evaluation_fails() -> None:
    model = nn.Linear(1, 1)
    ema, before = EMA(model, 0.9), model.weight.item()
    with torch.no_grad():
        ema.state()["weight"].fill_(9.0)
    with pytest.raises(ZeroDivisionError), ema.applied():
        _ = 1 / (model.weight.item() - 9.0)
    assert model.weight.item() == before


@pytest.mark.requirement("EN-3")
@pytest.mark.parametrize("name", sorted(OPTIMISERS))
def test_a_grid_model_has_a_group_for_each_recipe_of_its_parts(name: str, tmp_path: Path) -> None:
    config = grid_settings(
        tmp_path,
        model={"preset": "hrm_v1", "token_ff": 0, "puzzle_tokens": 1, "puzzles": 3},
        train__optimiser=name,
        train__weight_decay=0.5,
        train__embedding_decay=0.25,
        train__muon_decay=0.125,
        train__muon_momentum=0.6,
        train__muon_iterations=3,
        train__puzzle_lr=0.01,
        train__puzzle_decay=0.75,
    )
    model = toy_grid_model(config)
    parts = build(model, config.train).parts
    decays = {
        n: group["weight_decay"]
        for part in parts
        for group in part.param_groups
        for n in names(model, group["params"])
    }
    assert decays.keys() == dict(model.named_parameters()).keys()
    hidden = 0.125 if name == "muon" else 0.5
    assert decays.pop("puzzle_table.weight") == 0.75
    assert decays.pop("embedding.weight") == 0.25
    assert decays.pop("q_head.bias") == 0
    assert decays.pop("head.weight") == decays.pop("q_head.weight") == 0.5
    assert set(decays.values()) == {hidden}
    assert isinstance(parts[-1], SignSGD)
    assert parts[-1].param_groups[0]["lr"] == 0.01
    if isinstance(parts[0], Muon):
        assert parts[0].param_groups[0]["momentum"] == 0.6
        assert parts[0].param_groups[0]["iterations"] == 3
