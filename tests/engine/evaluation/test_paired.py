"""Comparing two ways on the same problems, against values worked by hand."""

from __future__ import annotations

import pytest

from hrm_engine.evaluation.paired import gain_interval, mcnemar


@pytest.mark.parametrize(
    ("better", "worse", "p"),
    [(0, 0, 1.0), (5, 0, 2 / 32), (0, 5, 2 / 32), (3, 3, 1.0), (8, 2, 2 * 56 / 1024)],
)
def test_mcnemar_is_the_binomial_of_the_disagreements(better: int, worse: int, p: float) -> None:
    assert mcnemar(better, worse) == pytest.approx(p)


def test_the_interval_of_a_gain_is_narrow_where_answers_agree() -> None:
    before = [True] * 50 + [False] * 50
    assert gain_interval(before, before) == (0.0, 0.0)
    low, high = gain_interval(before, [True] * 60 + [False] * 40)
    assert 0.03 < low < 0.1 < high < 0.17
    low, high = gain_interval([False] * 100, [True] * 100)
    assert (low, high) == (1.0, 1.0)
    assert gain_interval([], []) == (0.0, 0.0)
