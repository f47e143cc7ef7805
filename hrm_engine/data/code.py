"""What a text model is trained on: sources of examples, and two of them as one data set.

    Pairs    prompts and code as text, in memory
    Shard    the same as tokens in a memory-mapped file (`shards.py`)

    CodeDataset(train, held_out)     what the trainer takes

A prompt and its completion are one causal text, ended by the end-of-turn token; the loss is on
the completion. Read `Source`, then `CodeDataset`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hrm_engine.data.dataset import HELD_OUT
from hrm_engine.data.datasets import Segment, TextDataset, prompt_key, split
from hrm_engine.data.epochs import shuffled
from hrm_engine.data.raw import Pair, read_pairs
from hrm_engine.errors import ConfigError
from hrm_engine.tasks.base import Example
from hrm_engine.tokens.text import END, TextTokenizer

VOCABULARY = 1024
"""Tokens of a tokeniser that is learned from the data itself, unless another size is asked for."""


class Source(ABC):
    """Examples by number. Must survive pickling: worker processes get a copy."""

    name: str

    @abstractmethod
    def __len__(self) -> int:
        """How many examples there are."""

    @abstractmethod
    def encoded(self, index: int, tokenizer: TextTokenizer) -> Example:
        """Example `index` as tokens of `tokenizer`."""

    def require(self, tokenizer: TextTokenizer) -> None:
        """Raise ConfigError if the examples are tokens already, and of another tokeniser."""
        del tokenizer

    def split(self, held_out: int) -> tuple[Part, Part]:
        """All but the last `held_out` examples, and those. Raises ConfigError."""
        if not 0 < held_out < len(self):
            raise ConfigError(
                f"{self.name} has {len(self)} examples, {held_out} cannot be held out",
                hint=f"hold out 1 to {len(self) - 1}",
            )
        border = len(self) - held_out
        return Part(self, range(border)), Part(self, range(border, len(self)))


class Part(Source):
    """Some examples of another source."""

    def __init__(self, whole: Source, chosen: range) -> None:
        self.name, self._whole, self._chosen = whole.name, whole, chosen

    def __len__(self) -> int:
        return len(self._chosen)

    def encoded(self, index: int, tokenizer: TextTokenizer) -> Example:
        """The chosen example."""
        return self._whole.encoded(self._chosen[index], tokenizer)

    def require(self, tokenizer: TextTokenizer) -> None:
        """As the whole does."""
        self._whole.require(tokenizer)


class Pairs(Source):
    """Prompts and completions as text."""

    def __init__(self, name: str, pairs: Sequence[Pair]) -> None:
        self.name, self.pairs = name, list(pairs)

    @classmethod
    def read(cls, path: str | Path) -> Pairs:
        """The records of a raw JSON file. Raises ConfigError with file and line."""
        return cls(Path(path).name, read_pairs(Path(path)))

    def __len__(self) -> int:
        return len(self.pairs)

    def tokenizer(self, path: str | Path, vocabulary: int = VOCABULARY) -> Path:
        """Learn a tokeniser of at most `vocabulary` tokens from these texts; the file written."""
        learned = TextTokenizer.train((segments(pair) for pair in self.pairs), size=vocabulary)
        learned.save(Path(path))
        return Path(path)

    def encoded(self, index: int, tokenizer: TextTokenizer) -> Example:
        """The pair as one causal example."""
        tokens, learn = tokenizer.encode_segments(segments(self.pairs[index]))
        return Example(tuple(tokens), 0, tuple(learn))


def segments(pair: Pair) -> list[Segment]:
    """The prompt, then what is learned: the completion and its end."""
    return [(pair.prompt, False, False), (pair.completion, False, True), (END, True, True)]


class CodeDataset(TextDataset):
    """One source to train on in shuffled epochs, another to be measured on."""

    def __init__(self, train: Source, held_out: Source, tokenizer_file: Path) -> None:
        """Raises ConfigError for tokens of another tokeniser, and when nothing is left to learn.

        A problem with a held-out prompt is never trained on, so the two must differ.
        """
        super().__init__(train.name, tokenizer_file)
        self._train, self._held_out = train, held_out
        for source in (train, held_out):
            source.require(self.tokenizer)
        known = {self._key(held_out, i) for i in range(len(held_out))}
        if all(self._key(train, i) in known for i in range(len(train))):
            raise ConfigError(
                f"every prompt of {train.name} is also in the evaluation set",
                hint="hold some examples out: `train, evaluation = data.split(held_out=8)`",
            )

    def pool(self, seed: int, index: int, size: int) -> list[Example]:
        """The held-out examples, or the next `size` of the shuffled epochs."""
        if index == HELD_OUT:
            return self._examples(self._held_out, range(min(size, len(self._held_out))))
        order = shuffled(seed, index * size, size, len(self._train))
        return self._examples(self._train, order)

    def recipe(self) -> dict[str, Any]:
        """Adds the number of records trained on."""
        return {**super().recipe(), "records": len(self._train)}

    def _examples(self, source: Source, order: Sequence[int]) -> list[Example]:
        return [source.encoded(index, self.tokenizer) for index in order]

    def _key(self, source: Source, index: int) -> bytes:
        return prompt_key(split(source.encoded(index, self.tokenizer)).prompt)
