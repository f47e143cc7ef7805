"""Training of grid models: one segment of every slot a step, with carried states and halting.

Read `GridForm.work`, then `slots.py` (which problem is where) and `model/losses.py` (the loss).
Shapes: B slots, S cells.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import blake2b

import torch
from torch import Tensor

from hrm_engine.data.grids import GridDataset
from hrm_engine.data.stream import GridPools, Place, Pools
from hrm_engine.errors import ConfigError, TrainingError
from hrm_engine.model.grid import Carry, GridModel
from hrm_engine.model.losses import LossWeights, Outcome, SegmentLoss
from hrm_engine.train.form import Form, Found, Sample
from hrm_engine.train.heldout_grids import HeldOutGrids
from hrm_engine.train.precision import Machine
from hrm_engine.train.settings import RunConfig
from hrm_engine.train.slots import Halting, SlotPool
from hrm_engine.train.step import Work

_SHOWN = 4
"""Answers shown at an evaluation."""


class GridForm(Form):
    """Slots over a queue of problems; evaluation on all held-out problems."""

    dataset: GridDataset

    def __init__(
        self, model: GridModel, dataset: GridDataset, config: RunConfig, machine: Machine
    ) -> None:
        """Raises ConfigError when the canvas or a file does not fit, TrainingError without data."""
        if model.config.grid != dataset.shape:
            raise ConfigError(
                f"the model has a canvas of {_by(model.config.grid)},"
                f" {dataset.name} one of {_by(dataset.shape)}",
                hint=f"set model.grid: {list(dataset.shape)}",
            )
        self.model, self.dataset, self.config, self.machine = model, dataset, config, machine
        data, train = config.data, config.train
        held_out = dataset.held_out(config.seed, data.held_out)
        if not len(held_out):
            raise TrainingError("no held-out problem", hint="raise data.held_out")
        self.fingerprint = blake2b(
            held_out.inputs.tobytes() + held_out.targets.tobytes(), digest_size=8
        ).hexdigest()
        self.excluded = frozenset(held_out.keys) | dataset.read_keys(data.exclude)
        weights = LossWeights(
            train.token_loss, train.label_smoothing, train.given_weight, train.halt_weight
        )
        self.held_out = HeldOutGrids(dataset, held_out, data.batch, weights)
        self.loss = SegmentLoss(model, weights)
        if machine.compiled:
            self.loss.compile(dynamic=False)
        halting = Halting(model.config.segments, train.exploration, train.noise)
        seed = machine.world.seed(config.seed)
        self.slots = SlotPool(model, data.batch * train.accumulate, halting, seed)
        self.tally = torch.zeros(5, dtype=torch.int64, device=machine.device)
        self._outcomes: list[Outcome] = []

    @property
    def smaller(self) -> str:
        """Fewer slots at a time."""
        data, train = self.config.data, self.config.train
        return f"halve data.batch ({data.batch}) and double train.accumulate ({train.accumulate})"

    @contextmanager
    def open(self, place: Place) -> Iterator[None]:
        """Draw problems from `place` on."""
        data = self.config.data
        draw = GridPools(self.dataset, self.config.seed, data.pool, self.excluded)
        with Pools(self.machine.world.share(draw), place.pool, data.workers) as pools:
            self.slots.feed(iter(pools))
            yield

    @property
    def place(self) -> Place:
        """The first problem that no slot has had."""
        return self.slots.place

    def work(self, step: int) -> Work:
        """One segment of every slot, `data.batch` slots at a time."""
        self.slots.refill(step)
        self._outcomes = []
        size, slots = self.config.data.batch, self.slots.slots
        return Work(
            parts=[
                partial(self._segment, slice(first, first + size))
                for first in range(0, slots, size)
            ],
            count=slots,
            tokens=slots * self.model.config.cells,
        )

    def stepped(self) -> None:
        """Carry the states on, halt, and count."""
        outcomes = self._outcomes
        carry = Carry(
            _joined([o.carry.z_h for o in outcomes]), _joined([o.carry.z_l for o in outcomes])
        )
        exact = _joined([o.exact for o in outcomes])
        self.slots.advance(carry, _joined([o.done for o in outcomes]))
        finished = self.slots.halted
        cells = self.slots.targets.ne(0).sum()
        self.tally += torch.stack(
            [
                finished.sum(),
                (finished & exact).sum(),
                (finished * self.slots.steps).sum(),
                _joined([o.right for o in outcomes]).sum(),
                cells,
            ]
        )

    def measures(self, tokens_per_second: float) -> dict[str, float]:
        """Accuracy over all cells; of the problems finished, exact answers and segments."""
        counted = self.machine.world.total(self.tally)
        finished, exact, segments, right, cells = counted.tolist()
        self.tally.zero_()
        found = {
            "token_accuracy": right / max(cells, 1),
            "finished": finished,
            "examples_per_second": round(tokens_per_second / self.model.config.cells, 2),
        }
        if finished:
            found |= {"exact": exact / finished, "segments": segments / finished}
        return found

    def state(self) -> dict[str, Tensor]:
        """The slots with their states, and what the next line of metrics has counted so far."""
        return {**self.slots.state(), "tally": self.tally}

    def load(self, state: dict[str, Tensor], place: Place) -> None:
        """Go on from a saved `state`, or from `place` with fresh slots when it is empty.

        Raises ConfigError when the slots are other ones.
        """
        if not state:
            self.slots.begin(place)
            return
        saved = len(state["steps"])
        if saved != self.slots.slots:
            raise ConfigError(
                f"the run has {saved} slots, the settings make {self.slots.slots}",
                hint="keep data.batch times train.accumulate as it was",
            )
        self.tally = state["tally"].to(self.machine.device)
        self.slots.load({k: v for k, v in state.items() if k != "tally"}, place)

    def evaluate(self) -> Found:
        """Loss, cells and exact answers after the last segment, on all held-out problems."""
        segments = self.config.train.eval_segments or self.model.config.segments
        return self.held_out.evaluate(self.model, self.machine, segments, _SHOWN)

    def look(self) -> list[Sample]:
        """The first few held-out problems."""
        segments = self.model.config.segments
        return (
            self.held_out.first(_SHOWN).evaluate(self.model, self.machine, segments, _SHOWN).samples
        )

    def _segment(self, rows: slice) -> Tensor:
        """The summed loss of some slots; what else they found is kept for `stepped`."""
        slots = self.slots
        carry = Carry(slots.carry.z_h[rows], slots.carry.z_l[rows])
        outcome: Outcome = self.loss(
            slots.inputs[rows], slots.targets[rows], carry, slots.steps[rows]
        )
        self._outcomes.append(outcome)
        return outcome.loss


def _joined(parts: list[Tensor]) -> Tensor:
    return parts[0] if len(parts) == 1 else torch.cat(parts)


def _by(shape: tuple[int, int]) -> str:
    return f"{shape[0]}x{shape[1]}"
