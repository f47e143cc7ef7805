"""pass@k against counting, and the interval against worked values."""

from __future__ import annotations

from itertools import combinations

import pytest

from hrm_engine.evaluation.intervals import wilson
from hrm_engine.evaluation.mbpp.pass_at_k import pass_at_k, solved_at_k


@pytest.mark.requirement("SD-3")
@pytest.mark.parametrize("n", [1, 2, 5, 8])
def test_it_is_the_share_of_draws_that_hold_a_right_sample(n: int) -> None:
    for c in range(n + 1):
        for k in range(1, n + 1):
            draws = list(combinations([True] * c + [False] * (n - c), k))
            share = sum(any(draw) for draw in draws) / len(draws)
            assert pass_at_k(n, c, k) == pytest.approx(share)


def test_many_samples_do_not_overflow() -> None:
    assert pass_at_k(100_000, 1, 10) == pytest.approx(1e-4)


@pytest.mark.parametrize(("n", "c", "k"), [(5, 6, 1), (5, -1, 1), (5, 1, 0), (5, 1, 6)])
def test_what_cannot_be_told_is_refused(n: int, c: int, k: int) -> None:
    with pytest.raises(ValueError, match="not defined"):
        pass_at_k(n, c, k)


def test_a_ranked_list_is_judged_by_its_first_k() -> None:
    right = [False, True, False, False]
    assert [solved_at_k(right, k, ranked=True) for k in (1, 2, 9)] == [0.0, 1.0, 1.0]


def test_samples_are_judged_without_their_order() -> None:
    right = [False, True, False, False]
    assert [solved_at_k(right, k, ranked=False) for k in (1, 2)] == [0.25, 0.5]
    assert solved_at_k([], 1, ranked=False) == 0.0
    assert solved_at_k([False, True], 10, ranked=False) == 1.0


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (50, 100, 0.4038, 0.5962), (0, 0, 0.0, 1.0)],
)
def test_wilson(successes: int, n: int, low: float, high: float) -> None:
    assert wilson(successes, n) == pytest.approx((low, high), abs=1e-4)
