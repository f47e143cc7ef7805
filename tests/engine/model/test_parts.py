"""Rotation, norm, attention and cache against their formulas."""

from __future__ import annotations

import torch

from hrm_engine.model.attention.softmax import SoftmaxAttention, attend
from hrm_engine.model.cache import Cache
from hrm_engine.model.config import ModelConfig
from hrm_engine.model.norm import RMSNorm
from hrm_engine.model.rope import Rotary, rotate
from hrm_engine.model.scope import Scope

CONFIG = ModelConfig(vocab=10, width=16, heads=2, layers=1)


def test_rotation_turns_pairs_as_complex_numbers() -> None:
    x = torch.randn(1, 5, 1, 8)
    turned = rotate(x, Rotary(8, 100.0, 16).span(2, 7))
    angle = torch.arange(2, 7)[:, None] * 100.0 ** (-torch.arange(4) / 4)
    pairs = torch.complex(x[0, :, 0, :4], x[0, :, 0, 4:]) * torch.polar(torch.ones(5, 4), angle)
    torch.testing.assert_close(turned[0, :, 0], torch.cat((pairs.real, pairs.imag), -1))


def test_rotated_products_depend_on_the_distance_alone() -> None:
    table = Rotary(8, 10_000.0, 64)
    q, k = torch.randn(1, 1, 1, 8), torch.randn(1, 1, 1, 8)

    def product(i: int, j: int) -> torch.Tensor:
        return (rotate(q, table.span(i, i + 1)) * rotate(k, table.span(j, j + 1))).sum()

    torch.testing.assert_close(product(3, 1), product(42, 40), rtol=1e-4, atol=1e-5)


def test_given_positions_and_a_span_are_the_same_rotation() -> None:
    table = Rotary(8, 10_000.0, 64)
    x = torch.randn(2, 3, 2, 8)
    positions = torch.tensor([[5, 6, 7], [5, 6, 7]])
    assert torch.equal(rotate(x, table.at(positions)), rotate(x, table.span(5, 8)))


def test_a_rotation_keeps_the_type_of_its_input() -> None:
    x = torch.randn(1, 1, 1, 8).bfloat16()
    assert rotate(x, Rotary(8, 10_000.0, 4).span(0, 1)).dtype == torch.bfloat16


def test_the_norm_is_its_formula() -> None:
    x = 3 * torch.randn(4, 6)
    norm = RMSNorm(6, 0.1, gain=True)
    gain = torch.randn(6)
    norm.load_state_dict({"weight": gain})
    expected = x / (x.pow(2).mean(-1, keepdim=True) + 0.1).sqrt() * gain
    torch.testing.assert_close(norm(x), expected)


def test_attention_is_a_softmax_over_what_the_mask_shows() -> None:
    q, k, v = (torch.randn(2, 2, 4, 8) for _ in range(3))
    mask = torch.rand(2, 1, 4, 4) < 0.5
    mask |= torch.eye(4, dtype=torch.bool)
    scores = (q @ k.transpose(2, 3) / 8**0.5).masked_fill(~mask, -torch.inf)
    torch.testing.assert_close(attend(q, k, v, mask, causal=True), scores.softmax(-1) @ v)


def test_key_heads_may_be_shared_by_query_heads() -> None:
    q, k, v = torch.randn(1, 4, 3, 8), torch.randn(1, 2, 3, 8), torch.randn(1, 2, 3, 8)
    repeated = attend(q, k.repeat_interleave(2, 1), v.repeat_interleave(2, 1), None, causal=True)
    torch.testing.assert_close(attend(q, k, v, None, causal=True), repeated)


def test_without_mask_and_causality_every_token_sees_every_token() -> None:
    attention = SoftmaxAttention(CONFIG)
    rotation = Rotary(8, 10_000.0, 8).span(0, 4)
    x = torch.randn(1, 4, 16)
    free = attention(x, Scope(rotation, causal=False))
    full = attention(x, Scope(rotation, torch.ones(1, 1, 4, 4, dtype=torch.bool)))
    torch.testing.assert_close(free, full)
    assert not torch.allclose(free[:, 0], attention(x, Scope(rotation))[:, 0])


def filled_cache(rows: int, max_rows: int = 0) -> Cache:
    """A cache of two columns in which every number of a row is the row's index."""
    cache = Cache(CONFIG, rows, 4, max_rows=max_rows)
    content = torch.arange(rows, dtype=torch.float32)[:, None, None, None].expand(rows, 2, 2, 8)
    for slot in range(CONFIG.cache_slots):
        cache.update(slot, content, -content)
    cache.advance(2)
    return cache


def rows_of(cache: Cache) -> list[int]:
    empty = torch.empty(cache.rows, 2, 0, 8)
    keys, values = cache.update(CONFIG.cache_slots - 1, empty, empty)
    assert torch.equal(keys, -values)
    return [int(row) for row in keys[:, 0, 0, 0].tolist()]


def test_a_cache_returns_old_and_new_columns() -> None:
    cache = filled_cache(rows=2)
    keys, _ = cache.update(0, torch.full((2, 2, 1, 8), 7.0), torch.zeros(2, 2, 1, 8))
    assert keys[1, 0, :, 0].tolist() == [1, 1, 7]


def test_rows_of_a_cache_can_be_dropped_swapped_and_repeated() -> None:
    for rows in ([0, 3], [3, 1], [2, 1, 0, 3], [1, 1, 1], []):
        cache = filled_cache(rows=4)
        cache.select(rows)
        assert rows_of(cache) == rows


def test_a_cache_may_grow_to_the_rows_it_was_made_for() -> None:
    cache = filled_cache(rows=1, max_rows=3)
    cache.select([0, 0, 0])
    assert rows_of(cache) == [0, 0, 0]


def test_a_cache_has_the_type_of_what_it_is_made_like() -> None:
    cache = Cache(CONFIG, 1, 2, like=torch.empty(0, dtype=torch.float64))
    keys, _ = cache.update(0, torch.ones(1, 2, 1, 8), torch.ones(1, 2, 1, 8))
    assert keys.dtype == torch.float64
