"""Batches: every example exactly once, little padding, reproducible, no leaks."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from hrm_engine.data.batching import (
    IGNORE,
    Arrays,
    Batch,
    DataConfig,
    arrays,
    make_batches,
)
from hrm_engine.data.datasets import prompt_key, split
from hrm_engine.data.packing import first_fit_decreasing
from hrm_engine.data.stream import BatchStream, Place, pool_batches, usable
from hrm_engine.errors import TrainingError
from hrm_engine.model.build import build_model
from hrm_engine.model.config import ModelConfig
from hrm_engine.tasks.base import Example
from hrm_engine.train.sequence_loss import Loss
from tests.engine.train.toy import VOCABULARY, Reverse, reverse

SORTED = DataConfig(source="toy", tokens=64, max_length=24, pool=40, workers=0)
PACKED = SORTED.model_copy(update={"mode": "packed"})


def examples_in(batches: list[Arrays]) -> Counter[tuple[tuple[int, ...], int]]:
    """(tokens, prefix) of each segment of each row."""
    found: Counter[tuple[tuple[int, ...], int]] = Counter()
    for batch in batches:
        for row in range(len(batch.tokens)):
            for number in range(1, batch.segment[row].max() + 1):
                here = batch.segment[row] == number
                found[
                    tuple(batch.tokens[row, here].tolist()), int(batch.prefix[row, here].sum())
                ] += 1
    return found


def test_a_row_is_laid_out_by_hand() -> None:
    one = Example((5, 6, 7), 2, (False, False, True))
    two = Example((8, 9), 0, (False, True))
    made = arrays([[one, two]], 7)
    assert made.tokens.tolist() == [[5, 6, 7, 8, 9, 0, 0]]
    assert made.targets.tolist() == [[IGNORE, 7, IGNORE, 9, IGNORE, IGNORE, IGNORE]]
    assert made.segment.tolist() == [[1, 1, 1, 2, 2, 0, 0]]
    assert made.prefix.tolist() == [[True, True, False, False, False, False, False]]
    assert made.positions.tolist() == [[0, 1, 2, 0, 1, 0, 0]]
    batch = made.tensors()
    assert (batch.learned, batch.used, batch.causal) == (2, 5, False)


def test_a_row_of_one_example_without_prefix_needs_only_a_causal_mask() -> None:
    example = Example((5, 6, 7), 0, (False, True, True))
    assert arrays([[example]], 5).tensors().causal
    assert not arrays([[example, example]], 6).tensors().causal
    assert not arrays([[reverse([1, 2])]], 6).tensors().causal


@pytest.mark.parametrize("config", [SORTED, PACKED])
def test_every_example_is_in_exactly_one_batch(config: DataConfig) -> None:
    drawn = Reverse(9).pool(1, 0, 50)
    wanted = Counter((e.tokens, e.prefix) for e in drawn)
    assert examples_in(make_batches(drawn, config)) == wanted


def test_sorted_batches_keep_to_their_tokens_and_hardly_pad() -> None:
    batches = make_batches(Reverse(9).pool(1, 0, 500), SORTED)
    assert max(b.tokens.size for b in batches) <= SORTED.tokens
    filled = sum(int((b.segment > 0).sum()) for b in batches)
    assert filled / sum(b.tokens.size for b in batches) > 0.97


def test_an_example_longer_than_a_batch_gets_a_batch_of_its_own() -> None:
    long = reverse([1] * 9)
    batches = make_batches([long, reverse([1, 2])], SORTED.model_copy(update={"tokens": 10}))
    assert [b.tokens.shape for b in batches] == [(1, 6), (1, 20)]


def test_packed_batches_have_one_shape_and_hardly_pad() -> None:
    config = PACKED.model_copy(update={"max_length": 64, "tokens": 256})
    batches = make_batches(Reverse(9).pool(1, 0, 500), config)
    assert {b.tokens.shape for b in batches} == {(4, 64)}
    filled = sum(int((b.segment > 0).sum()) for b in batches)
    assert filled / sum(b.tokens.size for b in batches) > 0.95


@given(st.lists(st.integers(1, 20), max_size=60))
def test_packing_keeps_every_item_once_and_no_row_overflows(lengths: list[int]) -> None:
    rows = first_fit_decreasing(lengths, 20)
    assert sorted(i for row in rows for i in row) == list(range(len(lengths)))
    assert all(0 < sum(lengths[i] for i in row) <= 20 for row in rows)


def test_packing_takes_the_longest_first() -> None:
    assert first_fit_decreasing([3, 7, 5, 5], 10) == [[1, 0], [2, 3]]


def test_packing_refuses_what_fits_no_row() -> None:
    with pytest.raises(ValueError, match="21 tokens does not fit a row of 20"):
        first_fit_decreasing([21], 20)


@torch.no_grad()
@pytest.mark.parametrize("preset", ["hrm_text", "transformer"])
def test_packing_changes_no_loss(preset: str) -> None:
    torch.manual_seed(0)
    model = build_model(
        ModelConfig.model_validate(
            {
                "preset": preset,
                "vocab": len(VOCABULARY),
                "width": 16,
                "heads": 2,
                "layers": 1,
                "ff": 16,
                "context": 64,
            }
        )
    )
    loss = Loss(model)
    drawn = Reverse(9).pool(1, 0, 30)
    alone = sum(float(loss(arrays([[e]], len(e.tokens)).tensors())) for e in drawn)
    for config in (SORTED, PACKED):
        batches = [b.tensors() for b in make_batches(drawn, config)]
        together = sum(float(loss(b)) for b in batches)
        assert together == pytest.approx(alone, rel=1e-5)


def test_a_batch_moves_to_a_device_whole() -> None:
    batch = arrays([[reverse([1, 2])]], 8).tensors().to(torch.device("meta"))
    assert isinstance(batch, Batch)
    assert {t.device.type for t in (batch.tokens, batch.targets, batch.prefix)} == {"meta"}
    assert batch.learned == 3


def test_too_long_unlearned_and_held_out_examples_are_left_out() -> None:
    fits = reverse([1, 2, 3])
    assert usable(fits, SORTED, frozenset())
    assert not usable(fits, SORTED, frozenset({prompt_key(split(fits).prompt)}))
    assert not usable(reverse([1] * 12), SORTED, frozenset())
    assert not usable(Example((1, 2), 0, (True, False)), SORTED, frozenset())


def test_a_pool_without_usable_examples_is_an_error() -> None:
    config = SORTED.model_copy(update={"max_length": 3})
    with pytest.raises(TrainingError, match=r"none of the 40 examples[\s\S]*data.max_length"):
        pool_batches(Reverse(), config, 1, 0, frozenset())


def take(place: Place | None, count: int, workers: int = 0) -> tuple[list[list[list[int]]], Place]:
    config = SORTED.model_copy(update={"workers": workers})
    with BatchStream(Reverse(), config, 7, frozenset(), place) as stream:
        batches = iter(stream)
        drawn = [next(batches).tokens.tolist() for _ in range(count)]
        return drawn, stream.place


def test_the_stream_goes_on_from_any_place() -> None:
    whole, _ = take(None, 20)
    for cut in range(20):
        first, place = take(None, cut)
        rest, _ = take(place, 20 - cut)
        assert first + rest == whole


def test_pools_differ_and_depend_on_the_seed_alone() -> None:
    first, again, other = (
        [b.tokens.tolist() for b in pool_batches(Reverse(), SORTED, seed, index, frozenset())]
        for seed, index in ((7, 0), (7, 0), (7, 1))
    )
    assert first == again
    assert first != other


def test_batches_come_in_no_order_of_length() -> None:
    lengths = [b.tokens.shape[1] for b in pool_batches(Reverse(9), SORTED, 1, 0, frozenset())]
    assert lengths != sorted(lengths)
    assert np.ptp(lengths) > 4
