"""How a grid model does on problems it is never trained on, refining each answer to the end.

Shapes: N problems, B of them at a time, S cells.
"""

from __future__ import annotations

import torch
from torch import Tensor

from hrm_engine.data.grids import GridDataset, GridPool
from hrm_engine.model.grid import GridModel
from hrm_engine.model.losses import PADDING, LossWeights, believes, right_cells, token_loss
from hrm_engine.train.form import Found, Sample
from hrm_engine.train.precision import Machine


class HeldOutGrids:
    """Held-out problems, evaluated in batches."""

    def __init__(
        self, dataset: GridDataset, problems: GridPool, batch: int, weights: LossWeights
    ) -> None:
        self.dataset, self.problems, self.batch = dataset, problems, batch
        self.weights = weights

    def first(self, count: int) -> HeldOutGrids:
        """The first `count` problems alone."""
        few = self.problems.select(slice(count))
        return HeldOutGrids(self.dataset, few, self.batch, self.weights)

    @torch.inference_mode()
    def evaluate(self, model: GridModel, machine: Machine, segments: int, shown: int = 0) -> Found:
        """The answers after `segments` segments, without halting; the first few as samples.

        Metrics: eval_loss (token loss), eval_token_accuracy, eval_exact, and
        eval_halt_segments: after how many segments the model would have stopped, on average.
        """
        sums = torch.zeros(5, dtype=torch.float64)
        samples: list[Sample] = []
        for begin in range(0, len(self.problems), self.batch):
            pool = self.problems.select(slice(begin, begin + self.batch))
            inputs, targets = (
                torch.from_numpy(a).long().to(machine.device) for a in (pool.inputs, pool.targets)
            )
            with machine.autocast():
                logits, stopped = _refine(model, inputs, segments)
            right, exact = right_cells(logits, targets)
            loss = token_loss(logits, targets, inputs, self.weights)
            learned = (targets != PADDING).sum()
            parts = (loss.sum(), right.sum(), learned, exact.sum(), stopped.sum())
            sums += torch.stack([part.double().cpu() for part in parts])
            samples += self._samples(pool, logits, shown - len(samples))
        count = len(self.problems)
        total, cells, learned_cells, whole, halts = sums.tolist()
        metrics = {
            "eval_loss": total / count,
            "eval_token_accuracy": cells / max(learned_cells, 1),
            "eval_exact": whole / count,
            "eval_halt_segments": halts / count,
        }
        return Found(metrics, samples)

    def _samples(self, pool: GridPool, logits: Tensor, count: int) -> list[Sample]:
        answers = logits.argmax(-1).cpu().numpy()
        answers[pool.targets == PADDING] = PADDING  # what stands outside of the canvas is free
        return [
            Sample(*(self.dataset.show(c.tolist()) for c in (puzzle, expected, got)))
            for puzzle, expected, got, _ in zip(
                pool.inputs, pool.targets, answers, range(count), strict=False
            )
        ]


def _refine(model: GridModel, inputs: Tensor, segments: int) -> tuple[Tensor, Tensor]:
    """The last logits (B, S, V), and the first segment (B,) that the model believed right."""
    carry = model.start(len(inputs))
    stopped = torch.full((len(inputs),), segments, device=inputs.device)
    puzzle = None if model.puzzle_table is None else inputs.new_zeros(len(inputs))
    for number in range(1, segments + 1):
        segment = model(inputs, carry, puzzle=puzzle)
        carry = segment.carry
        first = believes(segment) & (stopped == segments)
        stopped = torch.where(first, number, stopped)
    return segment.logits, stopped
