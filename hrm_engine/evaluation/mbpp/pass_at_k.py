"""pass@k: how likely one of k answers is right (Chen et al. 2021, arXiv:2107.03374, section 2.1).

From n samples of which c are right, the unbiased estimate is 1 - C(n-c, k) / C(n, k), the
chance that k of them drawn without replacement hold a right one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence


def pass_at_k(n: int, c: int, k: int) -> float:
    """The unbiased estimate, as the product 1 - prod(1 - k/i), i = n-c+1..n.

    Raises ValueError unless 0 <= c <= n and 1 <= k <= n.
    """
    if not (0 <= c <= n and 1 <= k <= n):
        raise ValueError(f"pass@{k} of {n} samples, {c} right, is not defined")
    if n - c < k:
        return 1.0
    return 1.0 - math.prod(1.0 - k / i for i in range(n - c + 1, n + 1))


def solved_at_k(right: Sequence[bool], k: int, *, ranked: bool) -> float:
    """The chance, 0..1, that k answers hold a right one; `right` tells of each answer in order.

    ranked: the order is the generator's own preference, so the first k are the answer, and
    the result is 0 or 1. Otherwise the answers are samples of equal rank, and the estimate is
    unbiased. Where there are fewer than k, all of them are handed in.
    """
    if ranked or len(right) <= k:
        return float(any(right[:k]))
    return pass_at_k(len(right), sum(right), k)
