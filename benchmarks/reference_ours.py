"""Our side of `bench_reference.py`: the trainer's own parts, and the solver with its engines.

A step is what `hrm train` does: slots refilled from a queue, one segment with its loss, one
gradient, clipping (at a bound that never binds, as published there is none), AdamW. What is left
out on both sides: drawing puzzles, exploration, averaged weights, metrics.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from hrm_engine.data.grids import GridPool
from hrm_engine.export.published import published_state
from hrm_engine.inference.grid_engine import GridEngine
from hrm_engine.inference.grid_search import BLIND, CHECKED, Exits, Plan, Search
from hrm_engine.inference.grid_torch import TorchEngine
from hrm_engine.model.build import build_model
from hrm_engine.model.config import ModelConfig
from hrm_engine.model.grid import GridModel
from hrm_engine.model.losses import LossWeights, SegmentLoss
from hrm_engine.tasks.base import GridTask
from hrm_engine.train.optimisers import build
from hrm_engine.train.precision import Machine
from hrm_engine.train.settings import TrainConfig
from hrm_engine.train.slots import Halting, SlotPool
from hrm_engine.train.step import Stepper, Work

NEVER = 1e9
EXITS: dict[str, Exits] = {
    "checker": CHECKED,
    "halt head": BLIND,
    "never early": Exits(checker=False, halt=False),
}


class Ours:
    """Our trainer on our model."""

    def __init__(self, model: GridModel, pools: Iterable[GridPool], **settings: Any) -> None:
        """settings: batch, lr, dtype and, optionally, compiled."""
        self.name, self.model, self.batch = "hrm_engine", model.train(), settings["batch"]
        config = TrainConfig(
            steps=1_000_000,
            out=Path("unused"),
            lr=settings["lr"],
            betas=(0.9, 0.95),
            weight_decay=1.0,
            embedding_decay=1.0,  # as published: every weight decays
            warmup=0,
            schedule="constant",
            clip=NEVER,
        )
        dtype = getattr(torch, settings["dtype"])
        machine = Machine(torch.device("cpu"), dtype, settings.get("compiled", False))
        self.stepper = Stepper(model, build(model, config), machine, config.clip)
        self.loss = SegmentLoss(model, LossWeights("stablemax"))
        if machine.compiled:
            self.loss.compile(dynamic=False)
        self.slots = SlotPool(model, self.batch, Halting(model.config.segments, 0.0), seed=0)
        self.slots.feed(cycle(pools))
        self.steps = 0

    def step(self, inputs: Tensor, targets: Tensor) -> float:
        """One segment of every slot; problems come from the queue, as many as are free."""
        slots = self.slots
        slots.refill(self.steps)
        outcome = []

        def part() -> Tensor:
            found = self.loss(slots.inputs, slots.targets, slots.carry, slots.steps)
            outcome.append(found)
            return found.loss

        stepped = self.stepper.step(Work([part], self.batch, self.batch * inputs.shape[1]))
        slots.advance(outcome[0].carry, outcome[0].done)
        self.steps += 1
        return float(stepped.loss)


class Solving:
    """Our solver on one engine: rows leave when they are done, and others take their places."""

    def __init__(
        self, engine: GridEngine, task: GridTask[Any, Any], depth: int, exits: str
    ) -> None:
        self.name = f"hrm_engine ({engine.name}, exit by {exits})"
        self.engine, self.task = engine, task
        self.plan = Plan(depth=depth, exits=EXITS[exits])
        self.segments = 0

    def solve(self, problems: list[Any]) -> list[np.ndarray[Any, Any]]:
        """The answers (S,) in order; `segments` counts what they took."""
        answers: dict[int, np.ndarray[Any, Any]] = {}
        self.segments = 0
        for batch in Search(self.engine, self.task, problems, self.plan).run():
            self.segments += len(batch)
            answers |= {one.item: one.tokens for one in batch if one.left}
        return [answers[i] for i in range(len(problems))]


def fresh(config: ModelConfig, seed: int = 0) -> tuple[GridModel, dict[str, Tensor]]:
    """A new model of ours and its weights under the published names."""
    torch.manual_seed(seed)
    model = build_model(config)
    assert isinstance(model, GridModel)
    return model, {n: t.detach().clone() for n, t in published_state(model).items()}


def engines(model: GridModel, threads: int, *, int8: bool) -> list[GridEngine]:
    """What can compute: torch, and ONNX Runtime in eight bits if it is installed and wanted."""
    found: list[GridEngine] = [TorchEngine(model, "cpu")]
    if int8:
        from hrm_engine.export.onnx import onnx_model
        from hrm_engine.inference.onnx_engine import OnnxEngine

        graph = onnx_model(model, quantise="int8").SerializeToString()
        found.append(OnnxEngine(graph, threads))
    return found
