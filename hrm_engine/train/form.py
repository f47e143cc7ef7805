"""What sequences and grids do differently in training; `trainer.py` does all the rest.

A `Form` owns the data of a run and everything that depends on the kind of model: how a step's
work is drawn, how held-out examples are measured, what an exact resume needs beyond weights.
The two forms are `sequence_form.py` and `grid_form.py`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from torch import Tensor

from hrm_engine.data.dataset import Dataset
from hrm_engine.data.stream import Place
from hrm_engine.train.step import Work


@dataclass(frozen=True)
class Sample:
    """One decoded answer beside the expected one, all as text."""

    prompt: str
    expected: str
    got: str

    @property
    def right(self) -> bool:
        """Whether the answer is exactly the expected one."""
        return self.expected == self.got


@dataclass(frozen=True)
class Found:
    """What an evaluation found: metrics "eval_..." and some decoded answers."""

    metrics: dict[str, float]
    samples: list[Sample] = field(default_factory=list)


class Form(ABC):
    """One run's data and what its kind of model asks of the loop."""

    dataset: Dataset
    fingerprint: str
    """A digest of the held-out examples: it changes when the data or its encoding does."""

    @property
    @abstractmethod
    def smaller(self) -> str:
        """What to set when memory runs out, for people."""

    @abstractmethod
    def open(self, place: Place) -> AbstractContextManager[object]:
        """Draw from `place` on, inside the context."""

    @property
    @abstractmethod
    def place(self) -> Place:
        """Where in the data the next draw begins."""

    @abstractmethod
    def work(self, step: int) -> Work:
        """Draw the work of optimiser step `step`."""

    @abstractmethod
    def stepped(self) -> None:
        """The work has been done."""

    @abstractmethod
    def measures(self, tokens_per_second: float) -> dict[str, float]:
        """What a line of metrics says beyond the loss, since the last line."""

    @abstractmethod
    def state(self) -> dict[str, Tensor]:
        """What an exact resume needs besides weights, optimiser and place."""

    @abstractmethod
    def load(self, state: dict[str, Tensor], place: Place) -> None:
        """Go on from a saved `state`; from `place`, with nothing carried, when it is empty."""

    @abstractmethod
    def evaluate(self) -> Found:
        """Measure the weights that the model holds now on the held-out examples."""

    @abstractmethod
    def look(self) -> list[Sample]:
        """A few answers of the weights that the model holds now."""
