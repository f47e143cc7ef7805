"""Who may look at whom: boolean masks, True where a query may attend to a key.

Causal without padding needs no mask at all (the attention's own flag is faster); these are
for packed or padded rows and for a prefix that sees itself in both directions.
Shapes: B batch, S queries, T keys.
"""

from __future__ import annotations

import torch
from jaxtyping import Bool, Int
from torch import Tensor


def prefix_lm_mask(
    segment: Int[Tensor, "B S"], prefix: Bool[Tensor, "B S"]
) -> Bool[Tensor, "B 1 S S"]:
    """Within a segment: causal, and both ways between tokens of the prefix.

    segment: which of the packed examples a token belongs to; 0 is padding, a segment like
    the others, so that a padded query has something to attend to and yields no NaN.
    """
    same = segment[:, :, None] == segment[:, None, :]  # (B, S, S)
    both = prefix[:, :, None] & prefix[:, None, :]
    causal = causal_mask(segment.shape[1], segment.shape[1], segment.device)
    return (same & (causal | both))[:, None]


def causal_mask(queries: int, keys: int, device: torch.device) -> Bool[Tensor, "S T"]:
    """The last `queries` of `keys` tokens see themselves and what came before."""
    rows = torch.arange(keys - queries, keys, device=device)
    return rows[:, None] >= torch.arange(keys, device=device)[None, :]
