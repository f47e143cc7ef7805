"""What a run draws, without end: pools drawn ahead in worker processes, the same every time.

Pool k and the order of what is in it depend on (seed, k) alone; so a run resumes from two
numbers, the pool and the place in it, and it makes no difference how many workers draw.
Read `Pools`, then `BatchStream`. What a batch is: `batching.py`; what a grid is: `grids.py`.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any, Generic, Self, TypeVar

import numpy as np
import torch

from hrm_engine.data.batching import Arrays, DataConfig, make_batches
from hrm_engine.data.dataset import SequenceDataset
from hrm_engine.data.datasets import prompt_key, split
from hrm_engine.data.grids import GridDataset, GridPool
from hrm_engine.errors import TrainingError
from hrm_engine.tasks.base import Example

Pool = TypeVar("Pool")


def usable(example: Example, config: DataConfig, excluded: frozenset[bytes]) -> bool:
    """Whether an example is short enough, has something to learn, and is not held out."""
    return (
        len(example.tokens) <= config.max_length
        and any(example.learn[1:])
        and prompt_key(split(example).prompt) not in excluded
    )


def pool_batches(
    dataset: SequenceDataset, config: DataConfig, seed: int, index: int, excluded: frozenset[bytes]
) -> list[Arrays]:
    """The batches of pool `index` in training order."""
    drawn = dataset.pool(seed, index, config.pool)
    examples = [example for example in drawn if usable(example, config, excluded)]
    if not examples:
        raise TrainingError(
            f"none of the {len(drawn)} examples of pool {index} can be used",
            hint=f"raise data.max_length ({config.max_length}) or look at data.exclude",
        )
    rng = np.random.default_rng([seed, index, 1])  # apart from the examples' own generator
    shuffled = [examples[i] for i in rng.permutation(len(examples))]
    batches = make_batches(shuffled, config)
    return [batches[i] for i in rng.permutation(len(batches))]


@dataclass
class Place:
    """Where in the stream the next batch is."""

    pool: int = 0
    batch: int = 0


class Pools(Generic[Pool]):
    """Pools `start`, `start` + 1, ... of a picklable `draw(index)`; use in a `with` block.

    workers: processes that draw ahead; with 0 each pool is drawn when it is asked for.
    """

    def __init__(self, draw: Callable[[int], Pool], start: int, workers: int) -> None:
        self._draw, self._start, self._workers = draw, start, workers
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        """Start the workers."""
        if self._workers:
            self._executor = ProcessPoolExecutor(
                self._workers,
                # A forked child could hang on the parent's torch threads.
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_start_worker,
                initargs=(self._draw,),
            )
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the workers without waiting for pools nobody will use."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)

    def __iter__(self) -> Iterator[Pool]:
        """The pools in order, without end."""
        index = self._start
        if self._executor is None:
            while True:
                yield self._draw(index)
                index += 1
        ahead: deque[Future[Pool]] = deque()
        while True:
            while len(ahead) <= self._workers:
                ahead.append(self._executor.submit(_work, index))
                index += 1
            yield ahead.popleft().result()


_worker_draw: list[Callable[[int], Any]] = []


def _start_worker(draw: Callable[[int], Any]) -> None:
    # Ctrl-C reaches the whole process group; the trainer alone decides when to stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    torch.set_num_threads(1)
    _worker_draw.append(draw)


def _work(index: int) -> Any:
    return _worker_draw[0](index)


@dataclass(frozen=True)
class BatchPools:
    """`pool_batches` of one run as a function of the index alone."""

    dataset: SequenceDataset
    config: DataConfig
    seed: int
    excluded: frozenset[bytes]

    def __call__(self, index: int) -> list[Arrays]:
        """The batches of pool `index`."""
        return pool_batches(self.dataset, self.config, self.seed, index, self.excluded)


class BatchStream:
    """The endless batches of a run, from `place` on; use in a `with` block."""

    def __init__(
        self,
        dataset: SequenceDataset,
        config: DataConfig,
        seed: int,
        excluded: frozenset[bytes],
        place: Place | None = None,
        *,
        share: Callable[[BatchPools], Callable[[int], list[Arrays]]] = lambda draw: draw,
    ) -> None:
        """share: which pools are drawn here, where several processes share them."""
        self.place = place or Place()
        draw = share(BatchPools(dataset, config, seed, excluded))
        self._pools = Pools(draw, self.place.pool, config.workers)

    def __enter__(self) -> Self:
        """Start the workers."""
        self._pools.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the workers."""
        self._pools.__exit__()

    def __iter__(self) -> Iterator[Arrays]:
        """The batches; `place` already names the one after the last yielded."""
        for batches in self._pools:
            while self.place.batch < len(batches):
                self.place.batch += 1
                yield batches[self.place.batch - 1]
            self.place = Place(self.place.pool + 1, 0)


@dataclass(frozen=True)
class GridPools:
    """The pools of grids of one run, as a function of the index alone."""

    dataset: GridDataset
    seed: int
    size: int
    excluded: frozenset[bytes]

    def __call__(self, index: int) -> GridPool:
        """Pool `index`. Raises TrainingError when nothing is left of it."""
        pool = self.dataset.pool(self.seed, index, self.size, self.excluded)
        if not len(pool):
            raise TrainingError(
                f"none of the {self.size} problems of pool {index} can be used",
                hint="all are held out or excluded: look at data.exclude, or add problems",
            )
        return pool
