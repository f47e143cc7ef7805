"""What runs one segment of a grid network for a batch of rows; it knows nothing of tasks.

`GridEngine` is the contract: the search (`grid_search.py`) asks for a start state, for one
segment at a time, and for some rows of a state. `grid_torch.py` is the reference. An engine
keeps its states where it computes; only answers and scores come back, as numpy arrays.

Shapes: B rows, S cells, T tokens (puzzle tokens and cells), D width, V vocabulary.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

State = Any
"""The carried states of B rows; only the engine that made it looks inside."""


@dataclass(frozen=True)
class Refined:
    """What one segment gives, for each row.

    logits (B, S, V); halt (B,): above 0 the network believes its answer right; residual (B,):
    how far the states moved, ||z' - z|| / ||z'||; state: the new states.
    """

    logits: NDArray[np.float32]
    halt: NDArray[np.float32]
    residual: NDArray[np.float32]
    state: State


class GridEngine(Protocol):
    """Runs segments. Rows do not influence each other; no call changes a state it was given."""

    @property
    def name(self) -> str:
        """How people tell engines apart, for example `torch`."""
        ...

    @property
    def rows(self) -> int:
        """How many rows at once are a good load here."""
        ...

    def start(self, rows: int, *, noise: float = 0.0, seeds: Sequence[int] = ()) -> State:
        """The start state of `rows` rows.

        noise: standard deviation of what is added to row i's states, drawn from `seeds[i]`
        alone; the states have about unit variance.
        """
        ...

    def segment(self, tokens: NDArray[np.uint8], state: State) -> Refined:
        """One segment for rows that see `tokens` (B, S)."""
        ...

    def select(self, state: State, rows: Sequence[int]) -> State:
        """Those rows, in that order."""
        ...

    def join(self, first: State, second: State) -> State:
        """The rows of `first`, then those of `second`."""
        ...


def start_noise(seed: int, shape: tuple[int, int]) -> NDArray[np.float32]:
    """The noise (2, T, D) of one row for z_H and z_L: the same in every engine."""
    rng = np.random.default_rng((seed, 1))
    return rng.standard_normal((2, *shape), dtype=np.float32)
