"""The endless stream of batches: pools drawn ahead in worker processes, the same every time.

Pool k and the order of its batches depend on (seed, k) alone; so a run resumes from two
numbers, the pool and the batch in it, and it makes no difference how many workers draw.
Read `pool_batches`, then `BatchStream`. What a batch is: `batching.py`.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from typing import Self

import numpy as np
import torch

from hrm_engine.data.batching import Arrays, DataConfig, make_batches
from hrm_engine.data.datasets import Dataset, prompt_key, split
from hrm_engine.errors import TrainingError
from hrm_engine.tasks.base import Example


def usable(example: Example, config: DataConfig, excluded: frozenset[bytes]) -> bool:
    """Whether an example is short enough, has something to learn, and is not held out."""
    return (
        len(example.tokens) <= config.max_length
        and any(example.learn[1:])
        and prompt_key(split(example).prompt) not in excluded
    )


def pool_batches(
    dataset: Dataset, config: DataConfig, seed: int, index: int, excluded: frozenset[bytes]
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


class BatchStream:
    """The endless batches of a run, from `place` on; use in a `with` block."""

    def __init__(
        self,
        dataset: Dataset,
        config: DataConfig,
        seed: int,
        excluded: frozenset[bytes],
        place: Place | None = None,
    ) -> None:
        self.place = place or Place()
        self._job = (dataset, config, seed, excluded)
        self._workers = config.workers
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        """Start the workers."""
        if self._workers:
            self._executor = ProcessPoolExecutor(
                self._workers,
                # A forked child could hang on the parent's torch threads.
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_start_worker,
                initargs=self._job,
            )
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the workers without waiting for pools nobody will use."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)

    def __iter__(self) -> Iterator[Arrays]:
        """The batches; `place` already names the one after the last yielded."""
        for batches in self._pools():
            while self.place.batch < len(batches):
                self.place.batch += 1
                yield batches[self.place.batch - 1]
            self.place = Place(self.place.pool + 1, 0)

    def _pools(self) -> Iterator[list[Arrays]]:
        index = self.place.pool
        if self._executor is None:
            while True:
                yield pool_batches(self._job[0], self._job[1], self._job[2], index, self._job[3])
                index += 1
        ahead: deque[Future[list[Arrays]]] = deque()
        while True:
            while len(ahead) <= self._workers:
                ahead.append(self._executor.submit(_work, index))
                index += 1
            yield ahead.popleft().result()


_worker_job: list[tuple[Dataset, DataConfig, int, frozenset[bytes]]] = []


def _start_worker(
    dataset: Dataset, config: DataConfig, seed: int, excluded: frozenset[bytes]
) -> None:
    # Ctrl-C reaches the whole process group; the trainer alone decides when to stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    torch.set_num_threads(1)
    _worker_job.append((dataset, config, seed, excluded))


def _work(index: int) -> list[Arrays]:
    dataset, config, seed, excluded = _worker_job[0]
    return pool_batches(dataset, config, seed, index, excluded)
