"""Two ways to answer, on the same problems: is one better, and by how much?

Two rates with overlapping intervals can still differ for sure when both answered the same
problems, because what counts is where they disagree.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

RESAMPLES = 10_000


def mcnemar(better: int, worse: int) -> float:
    """The exact two-sided p-value that both are equally good (McNemar 1947, by the binomial).

    better, worse: problems that only the one, and only the other, answered rightly. 1 where
    they never disagree.
    """
    disagree = better + worse
    tail = sum(math.comb(disagree, i) for i in range(min(better, worse) + 1))
    return min(1.0, 2.0 * tail / math.pow(2, disagree))


def gain_interval(
    before: Sequence[bool], after: Sequence[bool], seed: int = 0
) -> tuple[float, float]:
    """The 95 % interval of the difference of the rates, by a paired bootstrap over problems.

    before, after: whether each problem was answered rightly, in the same order. (0, 0) for none.
    """
    difference = np.array(after, dtype=np.int8) - np.array(before, dtype=np.int8)  # (N,)
    if not len(difference):
        return 0.0, 0.0
    drawn = np.random.default_rng(seed).integers(len(difference), size=(RESAMPLES, len(difference)))
    low, high = np.percentile(difference[drawn].mean(axis=1), (2.5, 97.5))
    return float(low), float(high)
