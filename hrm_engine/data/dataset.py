"""What every data set is, whatever its form; the kinds are in `datasets.py` and `grids.py`.

Everything is drawn in numbered *pools*. Pool k depends on (seed, k) alone, so a resumed run
needs no generator state and a worker process can make the next pool ahead of time.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from hrm_engine.tasks.base import Example

HELD_OUT = 2**32 - 1
"""The pool number of the held-out examples; training never gets there."""


class Dataset(ABC):
    """Numbered pools of encoded problems. Must survive pickling: workers get a copy."""

    name: str

    @property
    @abstractmethod
    def vocabulary(self) -> Sequence[str]:
        """The token strings by id."""

    @abstractmethod
    def show(self, tokens: Sequence[int]) -> str:
        """Tokens as text, for people."""

    @property
    def tokenizer_file(self) -> Path | None:
        """The tokeniser file that belongs into a checkpoint, None when the ids suffice."""
        return None

    def recipe(self) -> dict[str, Any]:
        """What a model card must state about this data."""
        joined = "\n".join(self.vocabulary).encode()
        return {
            "dataset": self.name,
            "vocabulary_size": len(self.vocabulary),
            "vocabulary_blake2b": blake2b(joined, digest_size=8).hexdigest(),
        }


class SequenceDataset(Dataset):
    """Prompts with answers, token by token."""

    @property
    @abstractmethod
    def end_token(self) -> int:
        """The id that ends an answer."""

    @abstractmethod
    def pool(self, seed: int, index: int, size: int) -> list[Example]:
        """Pool `index`: `size` examples that depend on (seed, index) alone."""
