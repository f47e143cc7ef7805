"""What all executors share: how long a reply may be, and how code is opened."""

from __future__ import annotations

from typing import Final

MAX_TOKENS: Final = 512
"""Tokens of one reply; a function of this language's size takes about a hundred."""
CONTEXT: Final = 4096
"""Tokens of prompt and reply together, where we choose it."""
FENCE: Final = "```python\n"
"""Put before what a model without a chat template goes on to write."""
