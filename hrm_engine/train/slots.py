"""Slots: a batch in which every row is at its own stage, and no problem is ever thrown away.

A slot holds one problem, the states carried from segment to segment, and how many segments it
has had. A slot that halts takes the next problem of the queue and begins with fresh states.
(The reference code draws a whole batch each step and drops the rows that meet a busy slot.)

    refill:   halted slots  <-  queue;  states <- start (+ noise);  steps <- 0
    [one segment, one optimiser step]
    advance:  steps + 1;  halted = steps >= segments, or the model believes its answer
                                   and steps >= least

`least` is 1, except that with probability `exploration` a problem must be worked on for at
least U{2..segments} segments. Everything is masked tensor arithmetic; the host waits for the
device only when the queue on the device may run dry, once in many steps. Random numbers of
step k depend on (seed, k) alone. Shapes: B slots, S cells, Q queued rows, T tokens, D width.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from hrm_engine.data.grids import GridPool
from hrm_engine.data.stream import Place
from hrm_engine.model.grid import Carry, GridModel

_AHEAD = 4
"""Refills of all slots that the queue on the device holds at least, once it is topped up."""


@dataclass(frozen=True)
class Halting:
    """When a slot is done, and what it begins with."""

    segments: int
    exploration: float = 0.1
    noise: float = 0.0


class SlotPool:
    """B slots over one queue of problems."""

    def __init__(self, model: GridModel, slots: int, halting: Halting, seed: int) -> None:
        self.model, self.slots, self.halting, self.seed = model, slots, halting, seed
        self.device = next(model.parameters()).device
        self.inputs = self._zeros(slots, model.config.input_tokens)
        self.targets = self._zeros(slots, model.config.output_tokens)
        self.steps, self.least = self._zeros(slots), self._zeros(slots)
        self.halted = torch.ones(slots, dtype=torch.bool, device=self.device)
        start = model.start(slots)
        self.carry = Carry(start.z_h.clone(), start.z_l.clone())
        self._queue = GridTensors(
            self._no_rows(model.config.input_tokens), self._no_rows(model.config.output_tokens)
        )
        self._lengths: deque[int] = deque()  # of the pools that the queue holds, oldest first
        self._first = Place()  # the queue's first row, of those not yet known to be taken
        self._cursor = self._zeros()  # rows taken from the queue, known to the device
        self._sure = 0  # rows that are certainly left
        self._pools: Iterator[GridPool] = iter(())

    def feed(self, pools: Iterator[GridPool]) -> None:
        """Take problems from `pools` from now on; the first must be pool `place.pool`."""
        self._pools = pools

    @torch.no_grad()
    def refill(self, step: int) -> None:
        """Give each halted slot the next problem; call it before every segment."""
        self._top_up()
        fresh = self.halted
        row = (fresh.cumsum(0) - 1 + self._cursor).clamp(min=0)  # (B,)
        self.inputs = torch.where(fresh[:, None], self._queue.inputs[row].long(), self.inputs)
        self.targets = torch.where(fresh[:, None], self._queue.targets[row].long(), self.targets)
        self._cursor = self._cursor + fresh.sum()
        self._sure -= self.slots
        generator = self._generator(step)
        self.steps = self.steps.masked_fill(fresh, 0)
        self.least = torch.where(fresh, self._draw_least(generator), self.least)
        self.carry = self.carry.replace(fresh, self._start(generator))
        self.halted = torch.zeros_like(fresh)

    @torch.no_grad()
    def advance(self, carry: Carry, done: Tensor) -> None:
        """Note the segment that was run: its states, and which slots `done` believes right."""
        self.carry = carry
        self.steps = self.steps + 1
        last = self.steps >= self.halting.segments
        self.halted = last | (done & (self.steps >= self.least))

    @property
    def place(self) -> Place:
        """The next problem of the stream that no slot has had."""
        self._settle()
        return Place(self._first.pool, self._first.batch)

    def state(self) -> dict[str, Tensor]:
        """All that an exact resume needs, next to `place`."""
        return {
            "inputs": self.inputs.to(torch.uint8),
            "targets": self.targets.to(torch.uint8),
            "steps": self.steps,
            "least": self.least,
            "halted": self.halted,
            "z_h": self.carry.z_h,
            "z_l": self.carry.z_l,
        }

    def load(self, state: dict[str, Tensor], place: Place) -> None:
        """Go on from a saved `state`; `feed` must follow, with pools from `place.pool` on."""
        moved = {name: tensor.to(self.device) for name, tensor in state.items()}
        self.inputs, self.targets = moved["inputs"].long(), moved["targets"].long()
        self.steps, self.least, self.halted = moved["steps"], moved["least"], moved["halted"]
        self.carry = Carry(moved["z_h"], moved["z_l"])
        self.begin(place)

    def begin(self, place: Place) -> None:
        """The next problem is the one at `place`; `feed` must follow."""
        self._first = Place(place.pool, 0)
        self._cursor = self._zeros() + place.batch

    def _top_up(self) -> None:
        """See to it that every slot could be refilled, without asking the device too often."""
        if self._sure >= self.slots:
            return
        self._settle()
        parts = [self._queue]
        left = len(self._queue.inputs) - int(self._cursor)
        while left < _AHEAD * self.slots:
            pool = next(self._pools)
            parts.append(GridTensors.of(pool, self.device))
            self._lengths.append(len(pool))
            left += len(pool)
        self._queue = GridTensors.joined(parts)
        self._settle()
        self._sure = left

    def _settle(self) -> None:
        """Drop the rows that have been taken from whole pools; the host waits for the device."""
        taken = int(self._cursor)
        drop = 0
        while self._lengths and taken >= self._lengths[0]:
            taken -= self._lengths[0]
            drop += self._lengths.popleft()
            self._first.pool += 1
        self._queue = self._queue.after(drop)
        self._cursor = self._cursor - drop
        self._first.batch = taken

    def _draw_least(self, generator: torch.Generator) -> Tensor:
        most = self.halting.segments
        size, device = (self.slots,), self.device
        longer = torch.randint(min(2, most), most + 1, size, generator=generator, device=device)
        chance = torch.rand(size, generator=generator, device=device)
        return torch.where(chance < self.halting.exploration, longer, 1)

    def _start(self, generator: torch.Generator) -> Carry:
        start, noise = self.model.start(self.slots), self.halting.noise
        if not noise:
            return start
        shape = start.z_h.shape
        first, second = (
            torch.randn(shape, generator=generator, device=self.device) for _ in range(2)
        )
        return Carry(start.z_h + noise * first, start.z_l + noise * second)

    def _generator(self, step: int) -> torch.Generator:
        (number,) = np.random.SeedSequence([self.seed, step]).generate_state(1)
        return torch.Generator(self.device).manual_seed(int(number))

    def _zeros(self, *shape: int) -> Tensor:
        return torch.zeros(shape, dtype=torch.int64, device=self.device)

    def _no_rows(self, tokens: int) -> Tensor:
        return torch.zeros((0, tokens), dtype=torch.uint8, device=self.device)


@dataclass(frozen=True)
class GridTensors:
    """Queued problems on the device: (Q, tokens) uint8 each."""

    inputs: Tensor
    targets: Tensor

    @classmethod
    def of(cls, pool: GridPool, device: torch.device) -> GridTensors:
        """A pool, on `device`."""
        return cls(
            torch.from_numpy(pool.inputs).to(device), torch.from_numpy(pool.targets).to(device)
        )

    @classmethod
    def joined(cls, parts: list[GridTensors]) -> GridTensors:
        """Several, one after the other."""
        return cls(
            torch.cat([part.inputs for part in parts]), torch.cat([part.targets for part in parts])
        )

    def after(self, rows: int) -> GridTensors:
        """Without the first `rows`."""
        return GridTensors(self.inputs[rows:], self.targets[rows:]) if rows else self
