"""Ways to choose the next token from its scores.

A sampler is a callable; `SAMPLERS` lists ours by name, and anything of the same signature
serves as well. Randomness comes in as one uniform number for each row, so that a sampler
is a pure function and a row's text does not depend on when other rows finish.
Shapes: B rows, V vocab.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor

from hrm_engine.errors import ConfigError

Schedule = Callable[[float], float]
"""Progress through the answer, 0 to 1 -> temperature."""


class Sampler(Protocol):
    """Chooses a token for each row."""

    def __call__(self, logits: Tensor, uniform: Tensor, progress: float) -> Tensor:
        """Token ids (B,) from `logits` (B, V), `uniform` (B,) in [0, 1) and progress 0..1."""
        ...


def constant(start: float, end: float) -> Schedule:
    """Always `start`."""
    return lambda progress: start


def linear(start: float, end: float) -> Schedule:
    """A straight line from `start` to `end`."""
    return lambda progress: start + (end - start) * progress


def cosine(start: float, end: float) -> Schedule:
    """Half a cosine wave from `start` to `end`: flat at both ends."""
    return lambda progress: end + (start - end) * (1 + math.cos(math.pi * progress)) / 2


SCHEDULES: dict[str, Callable[[float, float], Schedule]] = {
    "constant": constant,
    "linear": linear,
    "cosine": cosine,
}


def schedule(name: str, start: float, end: float = 0.0) -> Schedule:
    """The temperature schedule called `name`. Raises ConfigError for an unknown one."""
    if name not in SCHEDULES:
        raise ConfigError(
            f"no temperature schedule `{name}`", hint=f"known: {', '.join(sorted(SCHEDULES))}"
        )
    return SCHEDULES[name](start, end)


@dataclass(frozen=True)
class Greedy:
    """The most probable token."""

    def __call__(self, logits: Tensor, uniform: Tensor, progress: float) -> Tensor:
        """The first of the highest scores."""
        return logits.argmax(-1)


@dataclass(frozen=True)
class Temperature:
    """A token drawn from softmax(logits / temperature); 0 is greedy.

    temperature: a number, or a schedule over the answer's progress.
    """

    temperature: float | Schedule = 1.0

    def __call__(self, logits: Tensor, uniform: Tensor, progress: float) -> Tensor:
        """Draw."""
        heat = temperature_at(self.temperature, progress)
        return logits.argmax(-1) if heat <= 0 else draw(torch.softmax(logits / heat, -1), uniform)


@dataclass(frozen=True)
class TopP:
    """A draw from the fewest tokens that together have probability `p` (Holtzman et al. 2020)."""

    p: float = 0.9
    temperature: float | Schedule = 1.0

    def __post_init__(self) -> None:
        """Raise ConfigError unless 0 < p <= 1."""
        if not 0 < self.p <= 1:
            raise ConfigError(f"top_p {self.p} is not in (0, 1]", hint="0.9 is common")

    def __call__(self, logits: Tensor, uniform: Tensor, progress: float) -> Tensor:
        """Draw."""
        heat = temperature_at(self.temperature, progress)
        if heat <= 0:
            return logits.argmax(-1)
        ranked, ids = torch.softmax(logits / heat, -1).sort(-1, descending=True)
        before = ranked.cumsum(-1) - ranked  # mass of the more probable tokens
        place = draw(ranked.masked_fill(before >= self.p, 0.0), uniform)
        return ids.gather(-1, place[:, None])[:, 0]


SAMPLERS: dict[str, Callable[..., Sampler]] = {
    "greedy": Greedy,
    "temperature": Temperature,
    "top_p": TopP,
}


def temperature_at(temperature: float | Schedule, progress: float) -> float:
    """The temperature now, whether it is a number or a schedule."""
    return temperature(progress) if callable(temperature) else temperature


def draw(weights: Tensor, uniform: Tensor) -> Tensor:
    """The index (B,) at which the running sum of `weights` (B, V) passes `uniform` of its total."""
    running = weights.double().cumsum(-1)  # float32 sums could end above their total's share
    target = uniform.double()[:, None] * running[:, -1:]
    return torch.searchsorted(running, target, right=True)[:, 0].clamp(max=weights.shape[1] - 1)
