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


def unit_mask(
    grid: tuple[int, int], box: tuple[int, int], heads: int, before: int
) -> Bool[Tensor, "1 H T T"]:
    """Heads in turn see a cell's row, its column, its box, and everything.

    before: tokens in front of the cells; they see and are seen by all. T = before + cells.
    """
    rows, columns = grid
    cell = torch.arange(rows * columns)
    row, column = cell // columns, cell % columns
    in_box = row // box[0] * columns + column // box[1]  # a number for each box
    families = [x[:, None] == x[None, :] for x in (row, column, in_box, torch.zeros_like(cell))]
    return _in_turn(families, heads, before)


def neighbour_mask(grid: tuple[int, int], heads: int, before: int) -> Bool[Tensor, "1 H T T"]:
    """Heads in turn see a cell with the one above, below, left and right of it, and everything.

    before: tokens in front of the cells; they see and are seen by all. T = before + cells.
    """
    cell = torch.arange(grid[0] * grid[1])
    down = (cell // grid[1])[None, :] - (cell // grid[1])[:, None]  # of the key, from the query
    right = (cell % grid[1])[None, :] - (cell % grid[1])[:, None]
    same = (down == 0) & (right == 0)
    steps = ((-1, 0), (1, 0), (0, -1), (0, 1))
    families = [same | ((down == y) & (right == x)) for y, x in steps]
    return _in_turn([*families, torch.ones_like(same)], heads, before)


def _in_turn(families: list[Tensor], heads: int, before: int) -> Bool[Tensor, "1 H T T"]:
    """One family of sights (cells, cells) a head, over and over."""
    size = before + len(families[0])
    mask = torch.ones(heads, size, size, dtype=torch.bool)
    for head in range(heads):
        mask[head, before:, before:] = families[head % len(families)]
    return mask[None]


def causal_mask(queries: int, keys: int, device: torch.device) -> Bool[Tensor, "S T"]:
    """The last `queries` of `keys` tokens see themselves and what came before."""
    rows = torch.arange(keys - queries, keys, device=device)
    return rows[:, None] >= torch.arange(keys, device=device)[None, :]
