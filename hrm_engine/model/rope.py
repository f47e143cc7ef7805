"""Rotary positions: the angle between a query and a key tells how far apart they are.

Feature i of the first half is paired with feature i of the second half and the pair is
turned by position * theta^(-2i/d) (Su et al. 2021, arXiv:2104.09864; the half-split
pairing of GPT-NeoX, qwen3 and hrm_text). Shapes: B batch, S sequence, H heads, d head_dim.
"""

from __future__ import annotations

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

Rotation = tuple[Tensor, Tensor]
"""cos and signed sin, each (B or 1, S, 1, d)."""


class Rotary(nn.Module):
    """The table of rotations for positions 0 .. context - 1."""

    def __init__(self, head_dim: int, theta: float, context: int) -> None:
        super().__init__()
        frequency = theta ** -(torch.arange(0, head_dim, 2, dtype=torch.float32) / head_dim)
        angle = torch.outer(torch.arange(context, dtype=torch.float32), frequency)  # (T, d/2)
        cos, sin = turn(angle)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)

    def at(self, positions: Int[Tensor, "B S"]) -> Rotation:
        """The rotations for given positions."""
        return self.get_buffer("cos")[positions], self.get_buffer("sin")[positions]

    def span(self, start: int, end: int) -> Rotation:
        """The rotations for positions start .. end - 1, the same in every row."""
        cos, sin = self.get_buffer("cos"), self.get_buffer("sin")
        return cos[None, start:end], sin[None, start:end]


def turn(angle: Float[Tensor, "S a"]) -> Rotation:
    """The rotation by `angle` of S tokens, a = d/2 pairs of features each; (S, 1, d)."""
    cos, sin = angle.cos(), angle.sin()
    # The sign lets `rotate` do with one roll: (a, b) -> a*cos - b*sin, b*cos + a*sin.
    return torch.cat((cos, cos), -1)[:, None], torch.cat((-sin, sin), -1)[:, None]


def plane(grid: tuple[int, int], before: int, head_dim: int, theta: float) -> Float[Tensor, "S a"]:
    """The angles of the cells of a grid: half of the pairs turn by the row, half by the column.

    before: tokens in front of the cells, which are not turned. S = before + rows * columns.
    """
    rows, columns = grid
    frequency = theta ** -(torch.arange(0, head_dim, 4, dtype=torch.float32) / head_dim)
    cell = torch.arange(rows * columns, dtype=torch.float32)
    row, column = torch.div(cell, columns, rounding_mode="floor"), cell % columns
    angle = torch.cat((torch.outer(row + 1, frequency), torch.outer(column + 1, frequency)), -1)
    return torch.cat((angle.new_zeros(before, head_dim // 2), angle))


def rotate(x: Float[Tensor, "B S H d"], rotation: Rotation) -> Float[Tensor, "B S H d"]:
    """Turn each pair of features by its angle; computed in float32, returned as `x`'s type."""
    cos, sin = rotation
    swapped = x.roll(x.shape[-1] // 2, dims=-1)  # (second half, first half)
    return torch.addcmul(x * cos, swapped, sin).type_as(x)
