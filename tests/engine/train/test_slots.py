"""Slots: no problem is thrown away, halting is as published, and all of it can be saved."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from hrm_engine.data.grids import GridPool
from hrm_engine.data.stream import Place
from hrm_engine.model.grid import GridModel
from hrm_engine.train.slots import Halting, SlotPool
from tests.engine.train.toy_grid import grid_settings, toy_grid_model

SLOTS, SEGMENTS = 5, 4


def model() -> GridModel:
    return toy_grid_model(grid_settings(Path("unused")))


def numbered(sizes: list[int], first: int = 0) -> Iterator[GridPool]:
    """Pools of the given sizes in turn, whose rows spell their own number in all of the data."""
    start = sum(sizes[i % len(sizes)] for i in range(first))
    for index in count(first):
        size = sizes[index % len(sizes)]
        rows = np.arange(start, start + size)
        cells = np.stack([rows // 200, rows % 200, *[rows * 0] * 4], axis=1).astype(np.uint8)
        yield GridPool(cells, cells + 1)
        start += size


def numbers(pool: SlotPool) -> list[int]:
    return [int(row[0]) * 200 + int(row[1]) for row in pool.inputs]


def pool_of(sizes: list[int], **halting: float) -> SlotPool:
    pool = SlotPool(model(), SLOTS, Halting(SEGMENTS, **halting), seed=1)
    pool.feed(numbered(sizes))
    return pool


def believed(step: int) -> Tensor:
    """Which slots the model would stop at, at this step: anything, but the same each time."""
    return torch.rand(SLOTS, generator=torch.Generator().manual_seed(step)) < 0.4


def run(pool: SlotPool, steps: range) -> list[list[int]]:
    """The problems in work at each step."""
    worked = []
    for step in steps:
        pool.refill(step)
        worked.append(numbers(pool))
        assert pool.targets.tolist() == (pool.inputs + 1).tolist()
        pool.advance(pool.carry, believed(step))
    return worked


@pytest.mark.requirement("EN-1")
@pytest.mark.parametrize("sizes", [[1], [3, 7], [64], [20, 1, 2]])
def test_every_drawn_problem_is_worked_on_and_in_order(sizes: list[int]) -> None:
    worked = run(pool_of(sizes), range(60))
    first_seen = list(dict.fromkeys(number for row in worked for number in row))
    assert first_seen == list(range(len(first_seen)))
    assert len(first_seen) > 60


@pytest.mark.requirement("EN-1")
def test_a_problem_keeps_its_slot_until_it_is_done() -> None:
    pool = pool_of([50])
    before: list[int] = []
    for step in range(40):
        halted = pool.halted.tolist()
        pool.refill(step)
        now = numbers(pool)
        assert all(h or b == n for h, b, n in zip(halted, before or now, now, strict=True))
        assert not before or all(
            not h or b != n for h, b, n in zip(halted, before, now, strict=True)
        )
        pool.advance(pool.carry, believed(step))
        before = now


def test_a_slot_halts_at_the_last_segment_or_when_it_is_believed_after_the_least() -> None:
    pool = pool_of([50])
    pool.refill(0)
    pool.steps = torch.tensor([3, 0, 0, 1, 1])
    pool.least = torch.tensor([1, 1, 1, 3, 2])
    pool.advance(pool.carry, torch.tensor([False, False, True, True, True]))
    #                 the last one, not believed, believed, too early, long enough
    assert pool.halted.tolist() == [True, False, True, False, True]
    assert pool.steps.tolist() == [4, 1, 1, 2, 2]


def test_a_tenth_of_the_problems_must_be_worked_on_for_longer() -> None:
    wide = SlotPool(model(), 4000, Halting(SEGMENTS), seed=1)
    wide.feed(numbered([4000]))
    wide.refill(0)
    shares = torch.bincount(wide.least, minlength=5) / 4000
    # U{2..4} with probability 0.1, otherwise 1
    assert shares.tolist() == pytest.approx([0, 0.9, 1 / 30, 1 / 30, 1 / 30], abs=0.015)
    eager = pool_of([50], exploration=0.0)
    eager.refill(0)
    assert eager.least.tolist() == [1] * SLOTS


def test_one_segment_leaves_nothing_to_explore() -> None:
    pool = SlotPool(model(), SLOTS, Halting(1, exploration=1.0), seed=1)
    pool.feed(numbered([9]))
    assert [row[0] for row in run(pool, range(4))] == [0, 5, 10, 15]


def test_a_new_problem_begins_with_the_start_states_and_the_others_keep_theirs() -> None:
    pool = pool_of([50])
    pool.refill(0)
    start = pool.model.start(SLOTS)
    assert torch.equal(pool.carry.z_h, start.z_h)
    pool.advance(pool.carry.__class__(start.z_h + 1, start.z_l + 2), torch.arange(SLOTS) < 2)
    pool.least.fill_(1)
    halted = pool.halted.clone()
    pool.refill(1)
    assert torch.equal(pool.carry.z_h, torch.where(halted[:, None, None], 0.0, 1.0) + start.z_h)
    assert torch.equal(pool.carry.z_l, torch.where(halted[:, None, None], 0.0, 2.0) + start.z_l)


def test_noise_makes_every_start_another() -> None:
    pool = pool_of([50], noise=0.5)
    pool.refill(0)
    start = pool.model.start(SLOTS)
    for noisy, plain in ((pool.carry.z_h, start.z_h), (pool.carry.z_l, start.z_l)):
        assert float((noisy - plain).detach().std()) == pytest.approx(0.5, rel=0.15)
    again = pool_of([50], noise=0.5)
    again.refill(0)
    assert torch.equal(pool.carry.z_h, again.carry.z_h)
    again.halted.fill_(True)
    again.refill(1)
    assert not torch.equal(pool.carry.z_h, again.carry.z_h)


@pytest.mark.requirement("EN-2")
@pytest.mark.parametrize("cut", [0, 1, 7, 23])
def test_a_saved_pool_goes_on_as_if_never_stopped(cut: int) -> None:
    sizes = [20, 1, 2, 9]
    whole, first, second = (pool_of(sizes) for _ in range(3))
    wanted = run(whole, range(40))
    done = run(first, range(cut))
    place = first.place
    second.load(first.state(), place)
    second.feed(numbered(sizes, place.pool))
    assert done + run(second, range(cut, 40)) == wanted
    assert second.least.tolist() == whole.least.tolist()
    assert vars(second.place) == vars(whole.place)


def test_the_place_is_the_first_problem_that_no_slot_has_had() -> None:
    pool = pool_of([4, 3])
    assert vars(pool.place) == vars(Place(0, 0))
    pool.refill(0)  # five of seven
    assert vars(pool.place) == vars(Place(1, 1))
