"""Samplers as pure functions of scores and a uniform number."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from hrm_engine.errors import ConfigError
from hrm_engine.inference.sampling import (
    SAMPLERS,
    SCHEDULES,
    Greedy,
    Sampler,
    Temperature,
    TopP,
    schedule,
)

PROBABILITIES = torch.tensor([0.1, 0.5, 0.15, 0.25])
GRID = (torch.arange(2000) + 0.5) / 2000  # evenly spread draws: frequencies are exact


def frequencies(sampler: Sampler, logits: Tensor, progress: float = 0.0) -> list[float]:
    """How often each token is chosen over an even grid of uniform numbers."""
    chosen = sampler(logits.expand(len(GRID), -1), GRID, progress)
    return (torch.bincount(chosen, minlength=logits.shape[-1]) / len(GRID)).tolist()


@pytest.mark.requirement("EN-6")
def test_temperature_one_draws_from_the_models_own_distribution() -> None:
    found = frequencies(Temperature(1.0), PROBABILITIES.log())
    assert found == pytest.approx(PROBABILITIES.tolist(), abs=1e-3)


@pytest.mark.requirement("EN-6")
def test_a_low_temperature_sharpens_the_distribution() -> None:
    squared = PROBABILITIES**2 / (PROBABILITIES**2).sum()
    found = frequencies(Temperature(0.5), PROBABILITIES.log())
    assert found == pytest.approx(squared.tolist(), abs=1e-3)


@pytest.mark.requirement("EN-6")
@pytest.mark.parametrize("sampler", [Greedy(), Temperature(0.0), TopP(0.9, 0.0), TopP(0.3)])
def test_greedy_and_its_limits_choose_the_most_probable(sampler: Sampler) -> None:
    assert frequencies(sampler, PROBABILITIES.log()) == [0, 1, 0, 0]


@pytest.mark.requirement("EN-6")
def test_top_p_draws_from_the_fewest_tokens_that_reach_p() -> None:
    found = frequencies(TopP(0.7), PROBABILITIES.log())
    assert found == pytest.approx([0, 2 / 3, 0, 1 / 3], abs=1e-3)


def test_top_p_one_leaves_nothing_out() -> None:
    found = frequencies(TopP(1.0), PROBABILITIES.log())
    assert found == pytest.approx(PROBABILITIES.tolist(), abs=1e-3)


@pytest.mark.parametrize("sampler", [Temperature(1.0), TopP(0.99)])
def test_what_a_grammar_forbids_is_never_drawn(sampler: Sampler) -> None:
    logits = PROBABILITIES.log()
    logits[[1, 3]] = -torch.inf
    found = frequencies(sampler, logits)
    assert found == pytest.approx([0.4, 0, 0.6, 0], abs=1e-3)


@pytest.mark.parametrize("uniform", [0.0, 1 - 1e-7])
def test_the_ends_of_the_unit_interval_are_tokens_too(uniform: float) -> None:
    logits = torch.tensor([[-torch.inf, 0.0, 0.0, -torch.inf]])
    (token,) = Temperature(1.0)(logits, torch.tensor([uniform]), 0.0).tolist()
    assert token in (1, 2)


@pytest.mark.requirement("EN-6")
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("constant", [2.0, 2.0, 2.0, 2.0]),
        ("linear", [2.0, 1.625, 1.25, 0.5]),
        ("cosine", [2.0, 1.780330, 1.25, 0.5]),
    ],
)
def test_a_schedule_leads_from_start_to_end(name: str, expected: list[float]) -> None:
    temperature = schedule(name, 2.0, 0.5)
    assert [temperature(p) for p in (0, 0.25, 0.5, 1)] == pytest.approx(expected, abs=1e-6)


def test_a_schedule_is_followed_over_the_answer() -> None:
    sampler = Temperature(schedule("linear", 1.0, 0.0))
    assert frequencies(sampler, PROBABILITIES.log(), progress=1.0) == [0, 1, 0, 0]
    assert frequencies(sampler, PROBABILITIES.log(), progress=0.0)[0] > 0


def test_a_schedule_of_ones_own_is_any_function() -> None:
    sampler = Temperature(lambda progress: 1.0 if progress < 0.5 else 0.0)
    assert frequencies(sampler, PROBABILITIES.log(), progress=0.6) == [0, 1, 0, 0]


def test_an_unknown_schedule_is_an_error_that_lists_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="constant, cosine, linear"):
        schedule("exponential", 1.0)


@pytest.mark.parametrize("p", [0.0, 1.5])
def test_an_impossible_top_p_is_refused(p: float) -> None:
    with pytest.raises(ConfigError, match="top_p"):
        TopP(p)


@pytest.mark.requirement("EN-6")
def test_samplers_and_schedules_are_listed_by_name() -> None:
    assert set(SAMPLERS) == {"greedy", "temperature", "top_p"}
    assert set(SCHEDULES) == {"constant", "linear", "cosine"}
    assert SAMPLERS["top_p"](p=0.5) == TopP(0.5)
