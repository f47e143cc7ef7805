"""Tokens in a memory-mapped file, so that a data set may be larger than memory.

    train.bin              every example's tokens, one after the other: uint16, or uint32 for
                           more than 65,536 kinds; little-endian
    train.index.npy        (N, 2) int64: where the completion of each example begins, where it ends
    train.tokenizer.json   the tokeniser
    train.json             what this is: format, version, counts, and the tokeniser's digest

`convert_raw_to_bin` writes one from raw JSON; `Shard` reads it.
"""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hrm_engine.data.code import VOCABULARY, Pairs, Source
from hrm_engine.errors import ConfigError
from hrm_engine.tasks.base import Example
from hrm_engine.tokens.text import TextTokenizer

FORMAT, VERSION = "hrm-tokens", 1


class Shard(Source):
    """The examples of one `.bin`, read where they lie."""

    def __init__(self, path: str | Path) -> None:
        """Raises ConfigError for a file that is missing, cut short or not one of ours."""
        self.path = Path(path)
        self.name = self.path.name
        head = _head(self.path)
        self.records, self.tokens = int(head["records"]), int(head["tokens"])
        self._type, self._digest = np.dtype(str(head["dtype"])), str(head["tokenizer"])
        size = self.path.stat().st_size if self.path.is_file() else 0
        if size != self.tokens * self._type.itemsize:
            raise ConfigError(
                f"{self.path} has {size} bytes, {self.tokens * self._type.itemsize} are expected",
                hint="write it again with convert_raw_to_bin",
            )

    @property
    def tokenizer_file(self) -> Path:
        """The tokeniser that made the tokens."""
        return _beside(self.path, ".tokenizer.json")

    def __len__(self) -> int:
        return self.records

    def encoded(self, index: int, tokenizer: TextTokenizer) -> Example:
        """The example as it lies in the file."""
        del tokenizer  # `require` has seen that it is the same
        start = int(self._index[index - 1, 1]) if index else 0
        answer, end = (int(place) for place in self._index[index])
        tokens = tuple(int(token) for token in self._data[start:end])
        return Example(tokens, 0, tuple(start + i >= answer for i in range(len(tokens))))

    def require(self, tokenizer: TextTokenizer) -> None:
        """Raise ConfigError unless the tokens are of this tokeniser."""
        if _digest(tokenizer) != self._digest:
            raise ConfigError(
                f"{self.path} holds tokens of another tokeniser",
                hint=f"make the model with {self.tokenizer_file}",
            )

    @cached_property
    def _data(self) -> NDArray[Any]:
        return np.memmap(self.path, self._type, "r")

    @cached_property
    def _index(self) -> NDArray[np.int64]:
        index: NDArray[np.int64] = np.load(_beside(self.path, ".index.npy"), mmap_mode="r")
        return index

    def __getstate__(self) -> dict[str, Any]:
        """A worker maps the files itself."""
        return {k: v for k, v in self.__dict__.items() if k not in ("_data", "_index")}


def convert_raw_to_bin(
    raw_json: str | Path,
    bin: str | Path,
    *,
    tokenizer: str | Path | None = None,
    vocabulary: int = VOCABULARY,
) -> Shard:
    """Write the records of a raw JSON file as tokens, and return them as a data set.

    raw_json: see `raw.py`. bin: the file to write, ending in `.bin`. tokenizer: a tokeniser's
    file, for a second file of the same data; without one it is learned from the records, at
    most `vocabulary` tokens. Raises ConfigError with file and line, before anything is written.
    """
    pairs, path = Pairs.read(raw_json), Path(bin)
    if path.suffix != ".bin" or not path.parent.is_dir():
        raise ConfigError(f"cannot write {path}", hint="name a .bin file in a folder that exists")
    own = _beside(path, ".tokenizer.json")
    if tokenizer is None:
        learned = TextTokenizer.load(pairs.tokenizer(own, vocabulary))
    else:
        learned = TextTokenizer.load(Path(tokenizer))
    examples = [pairs.encoded(index, learned) for index in range(len(pairs))]
    kind = np.dtype("<u2" if len(learned.vocabulary) <= 2**16 else "<u4")
    ends = np.cumsum([len(example.tokens) for example in examples])
    answers = [end - sum(e.learn) for end, e in zip(ends, examples, strict=True)]
    _beside(path, ".json").unlink(missing_ok=True)  # written last: without it nothing is a shard
    learned.save(own)
    np.save(_beside(path, ".index.npy"), np.stack((answers, ends), 1).astype(np.int64))
    np.concatenate([np.asarray(e.tokens, kind) for e in examples]).tofile(path)
    head = {
        "format": FORMAT,
        "format_version": VERSION,
        "dtype": kind.str,
        "records": len(examples),
        "tokens": int(ends[-1]),
        "vocabulary": len(learned.vocabulary),
        "tokenizer": _digest(learned),
    }
    _beside(path, ".json").write_text(json.dumps(head, indent=1) + "\n", encoding="utf-8")
    return Shard(path)


def _head(path: Path) -> dict[str, Any]:
    file = _beside(path, ".json")
    try:
        head = json.loads(file.read_text(encoding="utf-8"))
        known = head["format"] == FORMAT and head["format_version"] == VERSION
    except FileNotFoundError:
        hint = f'convert_raw_to_bin("raw.json", "{path.name}") writes both'
        raise ConfigError(f"no {file} beside {path}", hint=hint) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"{file} describes no token file: {error!r}") from None
    if not known:
        raise ConfigError(f"{file} is of another format or version", hint="convert the data again")
    return dict(head)


def _beside(path: Path, suffix: str) -> Path:
    return path.with_suffix(suffix)


def _digest(tokenizer: TextTokenizer) -> str:
    joined = "\n".join((*tokenizer.vocabulary, "", *tokenizer.merges))
    return hashlib.sha256(joined.encode()).hexdigest()
