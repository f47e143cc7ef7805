"""What all blocks of one forward pass share: positions, who sees whom, the cache."""

from __future__ import annotations

from dataclasses import dataclass

from jaxtyping import Bool
from torch import Tensor

from hrm_engine.model.cache import Cache
from hrm_engine.model.rope import Rotation


@dataclass(frozen=True, slots=True)
class Scope:
    """The surroundings of a token in one pass (B batch, H heads, S queries, T keys).

    rotation: None where tokens have no positions. mask: True where a query may see a key.
    causal: what holds when there is no mask: a token sees itself and what came before, or,
    when False, everything.
    """

    rotation: Rotation | None
    mask: Bool[Tensor, "#B #H S T"] | None = None
    causal: bool = True
    cache: Cache | None = None
