"""Training of sequence models: batches of prompts and answers, loss on the answers alone.

Loss = sum of cross-entropies over the learned targets of all accumulated batches, divided by
their number. Shapes: B rows, S tokens a row, V vocabulary, N learned places.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from torch import Tensor

from hrm_engine.data.batching import Arrays, Batch
from hrm_engine.data.dataset import SequenceDataset
from hrm_engine.data.stream import BatchStream, Place
from hrm_engine.model.sequence import SequenceModel
from hrm_engine.train import schedule
from hrm_engine.train.form import Form, Found, Sample
from hrm_engine.train.heldout import HeldOut
from hrm_engine.train.precision import Machine
from hrm_engine.train.sequence_loss import Loss
from hrm_engine.train.settings import RunConfig
from hrm_engine.train.step import Work

_SHOWN = 4
"""Decoded answers in the first sample."""


class SequenceForm(Form):
    """Batches from a stream; evaluation by loss and by greedy decoding."""

    dataset: SequenceDataset

    def __init__(
        self, model: SequenceModel, dataset: SequenceDataset, config: RunConfig, machine: Machine
    ) -> None:
        """Raises TrainingError without a usable held-out example, ConfigError for bad files."""
        self.model, self.dataset, self.config, self.machine = model, dataset, config, machine
        self.held_out = HeldOut(dataset, config.data, config.seed)
        self.fingerprint = self.held_out.fingerprint
        self._losses: dict[int | None, Loss] = {}
        self._stream: BatchStream | None = None
        self._batches: Iterator[Arrays] = iter(())

    @property
    def smaller(self) -> str:
        """Fewer tokens a batch."""
        data, train = self.config.data, self.config.train
        return f"halve data.tokens ({data.tokens}) and double train.accumulate ({train.accumulate})"

    @contextmanager
    def open(self, place: Place) -> Iterator[None]:
        """Draw batches from `place` on."""
        stream = BatchStream(
            self.dataset,
            self.config.data,
            self.config.seed,
            self.held_out.excluded,
            place,
            share=self.machine.world.share,
        )
        with stream:
            self._stream, self._batches = stream, iter(stream)
            yield

    @property
    def place(self) -> Place:
        """The batch after the last one drawn."""
        return Place() if self._stream is None else self._stream.place

    def work(self, step: int) -> Work:
        """The next `train.accumulate` batches, with the gradient span of this step."""
        group = [next(self._batches).tensors() for _ in range(self.config.train.accumulate)]
        loss = self._loss(self._gradient_calls(step))
        return Work(
            parts=[partial(self._summed, loss, batch) for batch in group],
            count=sum(batch.learned for batch in group),
            tokens=sum(batch.used for batch in group),
        )

    def stepped(self) -> None:
        """Nothing is carried from batch to batch."""

    def measures(self, tokens_per_second: float) -> dict[str, float]:
        """Nothing beyond the loss."""
        return {}

    def state(self) -> dict[str, Tensor]:
        """The place in the data is all."""
        return {}

    def load(self, state: dict[str, Tensor], place: Place) -> None:
        """The place in the data is all."""

    def evaluate(self) -> Found:
        """Held-out loss, token accuracy and exact greedy answers."""
        metrics = self.held_out.loss(self.model, self.machine)
        samples = self.held_out.decode(self.model, self.config.train.eval_items)
        if samples:
            metrics["eval_exact"] = sum(s.right for s in samples) / len(samples)
        return Found(metrics, samples)

    def look(self) -> list[Sample]:
        """The first few held-out problems, answered greedily."""
        return self.held_out.decode(self.model, _SHOWN)

    def _summed(self, loss: Loss, batch: Batch) -> Tensor:
        summed: Tensor = loss(batch.to(self.machine.device))
        return summed

    def _gradient_calls(self, step: int) -> int:
        train = self.config.train
        return schedule.gradient_calls(
            step,
            steps=train.steps,
            share=train.gradient_growth,
            span=self.model.config.gradient_calls,
        )

    def _loss(self, gradient_calls: int) -> Loss:
        """The loss with this gradient span; each is compiled once."""
        if gradient_calls not in self._losses:
            self._losses[gradient_calls] = made = Loss(self.model, gradient_calls)
            if self.machine.compiled:
                made.compile()
        return self._losses[gradient_calls]
