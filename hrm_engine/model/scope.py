"""What all blocks of one forward pass share: positions, who sees whom, the cache."""

from __future__ import annotations

from dataclasses import dataclass

from jaxtyping import Bool
from torch import Tensor

from hrm_engine.model.cache import Cache
from hrm_engine.model.rope import Rotation


@dataclass(frozen=True, slots=True)
class Scope:
    """The surroundings of a token in one pass (B batch, S queries, T keys).

    mask: True where a query may see a key. causal: what holds when there is no mask: a token
    sees itself and what came before, or, when False, everything.
    """

    rotation: Rotation
    mask: Bool[Tensor, "#B 1 S T"] | None = None
    causal: bool = True
    cache: Cache | None = None
