"""The tokeniser for texts with mathematics in them: words stay whole, mathematics falls apart.

Byte-level BPE whose merges are then filtered: only letters may merge with letters, and the quotes,
braces, colons and commas of JSON with each other. So `sin(5x)` is `sin ( 5 x )`: each digit,
operator and bracket is one token, and copying an expression is copying symbols one by one.

Splitting into words is llama.cpp's pre-tokeniser `smollm` (each digit alone, then GPT-2's rule), so
the same ids come out there (`export/gguf.py`). Control tokens exist only as segments that say so:
`encode` never makes one from text, whatever the text is. Read `encode_segments` first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrm_engine.errors import CheckpointError, TaskError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Segment = tuple[str, bool, bool]

PAD = "<|endoftext|>"
END = "<|im_end|>"
_LETTERS = re.compile(r"Ġ?[A-Za-z]*")
_GLUE = re.compile(r'Ġ?[{}",:]+')
_SPARE = 6
"""How many times more merges are learned than kept: most are filtered away."""


class TextTokenizer:
    """Segments of text to token ids and back."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._encode = lru_cache(maxsize=4096)(self._encode_uncached)
        size = tokenizer.get_vocab_size(with_added_tokens=True)
        self.vocabulary: list[str] = [str(tokenizer.id_to_token(i)) for i in range(size)]
        added = tokenizer.get_added_tokens_decoder()
        self.control: dict[str, int] = {token.content: i for i, token in added.items()}
        if END not in self.control:
            raise CheckpointError(
                f"the tokeniser has no control token {END}",
                hint="make one with `hrm export tokenizer`",
            )

    @classmethod
    def train(
        cls, dialogues: Iterable[Sequence[Segment]], *, size: int = 2048, limit: int = 20_000
    ) -> TextTokenizer:
        """Learn `size` tokens from the first `limit` dialogues; the same for the same dialogues.

        The control tokens are the control segments that occur, after the padding token 0.
        """
        from tokenizers.trainers import BpeTrainer

        texts: list[str] = []
        control = {PAD: None, END: None}
        for dialogue in islice(dialogues, limit):
            texts += [text for text, is_control, _ in dialogue if not is_control]
            control |= {text: None for text, is_control, _ in dialogue if is_control}
        tokenizer = _empty()
        trainer = BpeTrainer(
            vocab_size=size * _SPARE, initial_alphabet=_alphabet(), show_progress=False
        )
        tokenizer.train_from_iterator(texts, trainer=trainer)
        return cls(_filtered(tokenizer, list(control), size))

    @classmethod
    def load(cls, path: Path) -> TextTokenizer:
        """Read a `tokenizer.json`. Raises CheckpointError when it is missing or none of ours."""
        from tokenizers import Tokenizer

        try:
            text = path.read_text(encoding="utf-8")
            return cls(Tokenizer.from_str(text))
        except FileNotFoundError:
            raise CheckpointError(
                f"no tokeniser {path}", hint="make one with `hrm export tokenizer`"
            ) from None
        except CheckpointError:
            raise
        except Exception as error:  # noqa: BLE001 - the library raises bare Exception for bad files
            raise CheckpointError(f"{path} is not a tokeniser: {error}") from None

    def save(self, path: Path) -> None:
        """Write a `tokenizer.json` that transformers and `tokenizers` can read too."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self._tokenizer.to_str(pretty=True), encoding="utf-8")

    @property
    def end_token(self) -> int:
        """The id that ends a turn."""
        return self.control[END]

    @property
    def merges(self) -> list[str]:
        """The merges in order, each as `"a b"`."""
        return [" ".join(pair) for pair in json.loads(self._tokenizer.to_str())["model"]["merges"]]

    def encode(self, text: str) -> list[int]:
        """The ids of a text. What looks like a control token stays text."""
        return list(self._encode(text))

    def encode_segments(self, segments: Iterable[Segment]) -> tuple[list[int], list[bool]]:
        """The ids of a dialogue, and which of them are learned. Raises TaskError."""
        tokens: list[int] = []
        learned: list[bool] = []
        for text, is_control, learn in segments:
            if is_control and text not in self.control:
                raise TaskError(f"{text!r} is not a control token of this tokeniser")
            ids = (self.control[text],) if is_control else self._encode(text)
            tokens += ids
            learned += [learn] * len(ids)
        return tokens, learned

    def decode(self, tokens: Sequence[int]) -> str:
        """The text of ids, control tokens included."""
        return self._tokenizer.decode(list(tokens), skip_special_tokens=False)

    def _encode_uncached(self, text: str) -> tuple[int, ...]:
        # Control tokens are known to the library as text too: keep them apart by their "<".
        ids: list[int] = []
        for part in re.split(f"({'|'.join(map(re.escape, self.control))})", text):
            pieces = (part[:1], part[1:]) if part in self.control else (part,)
            for piece in pieces:
                ids += self._tokenizer.encode(piece, add_special_tokens=False).ids if piece else []
        return tuple(ids)


def _empty() -> Tokenizer:
    """A tokeniser without merges: bytes, each digit alone, GPT-2's words."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers

    tokenizer = Tokenizer(models.BPE())
    words: list[Any] = [
        pre_tokenizers.Digits(individual_digits=True),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True),
    ]
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(words)
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def _alphabet() -> list[str]:
    """The 256 byte symbols, in a fixed order."""
    from tokenizers.pre_tokenizers import ByteLevel

    return sorted(ByteLevel.alphabet())


def _filtered(trained: Tokenizer, control: list[str], size: int) -> Tokenizer:
    """The first merges of `trained` that keep mathematics apart, up to `size` tokens."""
    from tokenizers import AddedToken, models

    learned: list[list[str]] = json.loads(trained.to_str())["model"]["merges"]
    vocabulary = {symbol: i for i, symbol in enumerate([*control, *_alphabet()])}
    merges: list[tuple[str, str]] = []
    for left, right in learned:
        if len(vocabulary) >= size:
            break
        if left in vocabulary and right in vocabulary and _may_merge(left, right):
            merges.append((left, right))
            vocabulary.setdefault(left + right, len(vocabulary))
    tokenizer = _empty()
    tokenizer.model = models.BPE(vocab=vocabulary, merges=merges)
    tokenizer.add_special_tokens(
        [AddedToken(token, special=True, normalized=False) for token in control]
    )
    return tokenizer


def _may_merge(left: str, right: str) -> bool:
    """Letters with letters; quotes and braces of JSON, which mathematics does not use."""
    whole = left + right
    if _LETTERS.fullmatch(whole):
        return True
    return '"' in whole and _GLUE.fullmatch(whole) is not None
