"""The smallest thing worth learning: reverse a few digits. Training tests use it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from hrm_engine.data.dataset import HELD_OUT, SequenceDataset
from hrm_engine.model.build import build_model
from hrm_engine.model.sequence import SequenceModel
from hrm_engine.tasks.base import Example
from hrm_engine.train.settings import RunConfig

VOCABULARY = (*(str(d) for d in range(10)), "=", "end")
EQUALS, END = 10, 11


def reverse(digits: Sequence[int]) -> Example:
    """1 2 3 = 3 2 1 end, with the loss on what follows the sign."""
    tokens = (*digits, EQUALS, *reversed(digits), END)
    prompt = len(digits) + 1
    return Example(tokens, prompt, tuple(i >= prompt for i in range(len(tokens))))


class Reverse(SequenceDataset):
    """Numbers of 2 to `digits` digits to be reversed; `distinct` > 0 repeats so many for ever."""

    name = "reverse"
    vocabulary = VOCABULARY
    end_token = END

    def __init__(self, digits: int = 6, distinct: int = 0) -> None:
        self.digits, self.distinct = digits, distinct

    def pool(self, seed: int, index: int, size: int) -> list[Example]:
        repeated = self.distinct and index != HELD_OUT
        rng = np.random.default_rng([seed, 0 if repeated else index])
        count = self.distinct if repeated else size
        return [
            reverse(rng.integers(10, size=rng.integers(2, self.digits + 1)).tolist())
            for _ in range(count)
        ]

    def show(self, tokens: Sequence[int]) -> str:
        return "".join(VOCABULARY[t] for t in tokens)


def settings(out: Path, **changes: Any) -> RunConfig:
    """A tiny run; `changes` such as train__lr=1e-3 replace single settings."""
    values: dict[str, Any] = {
        "name": "toy",
        "data": {
            "source": "toy",
            "tokens": 256,
            "max_length": 32,
            "pool": 64,
            "workers": 0,
            "held_out": 8,
        },
        "model": {
            "preset": "transformer",
            "vocab": len(VOCABULARY),
            "width": 32,
            "heads": 2,
            "layers": 1,
            "ff": 64,
            "context": 64,
        },
        "train": {
            "steps": 12,
            "out": str(out),
            "lr": 3e-3,
            "warmup": 2,
            "log_every": 1,
            "save_every": 100,
            "eval_every": 100,
            "eval_items": 4,
            "first_sample": 0,
            "device": "cpu",
        },
    }
    for name, value in changes.items():
        part, _, key = name.partition("__")
        values[part] = values[part] | {key: value} if key else value
    return RunConfig.model_validate(values)


def toy_model(config: RunConfig) -> SequenceModel:
    """The model of the settings, from the settings' seed."""
    import torch

    torch.manual_seed(config.seed)
    model = build_model(config.model)
    assert isinstance(model, SequenceModel)
    return model
