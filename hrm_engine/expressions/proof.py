"""A sound zero test: True only if both sides are equal wherever both have values."""

from __future__ import annotations

from hrm_engine.expressions.judge import Claim


def prove(claim: Claim) -> bool:
    """Whether the formal derivative and the answer are the same expression."""
    return claim.formal == claim.right
