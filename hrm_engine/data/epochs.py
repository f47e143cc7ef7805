"""An endless order of a finite set: shuffled epochs, each the same for the same seed."""

from __future__ import annotations

import numpy as np


def shuffled(seed: int, start: int, count: int, of: int) -> list[int]:
    """Items `start` ... `start + count - 1` of the endless sequence of shuffled epochs.

    An epoch holds each of the numbers 0 .. `of` - 1 once, in an order that (seed, epoch) fixes.
    """
    wanted = np.arange(start, start + count)
    orders = {
        int(epoch): np.random.default_rng([seed, int(epoch)]).permutation(of)
        for epoch in np.unique(wanted // of)
    }
    return [int(orders[int(n // of)][n % of]) for n in wanted]
