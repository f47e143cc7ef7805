"""What a model can be trained on: a task, a registered stream of texts, or a JSONL file.

`open_dataset` turns `data.source` into a `Dataset`:

* a task's name (entry point group `hrm_engine.tasks`): endless problems from `Task.sample`,
  or, for a grid task, from the files in `data.puzzles`;
* a name in the group `hrm_engine.datasets`: `stream(rng)` yields dialogues, each a list of
  segments (text, is_control, learn), which a tokeniser turns into ids;
* a path `*.jsonl` with `{"prompt", "answer"}` a line.

Grid tasks have their own kind, `grids.py`. What all have in common: `dataset.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from hrm_engine.data.batching import DataConfig
from hrm_engine.data.dataset import HELD_OUT, Dataset, SequenceDataset
from hrm_engine.data.epochs import shuffled
from hrm_engine.data.grids import GridDataset
from hrm_engine.data.jsonl import LineFile, PromptAnswer, read_records
from hrm_engine.errors import ConfigError
from hrm_engine.tasks.base import Example, GridTask, SequenceTask, Task, load_task, task_names

if TYPE_CHECKING:
    from hrm_engine.tokens.text import TextTokenizer

Segment = tuple[str, bool, bool]
"""One piece of a dialogue: its text, whether it is a control token, whether it is learned."""


class TaskDataset(SequenceDataset):
    """The endless problems of a task with their target answers."""

    def __init__(self, task: SequenceTask[Any, Any]) -> None:
        self.task = task
        self.name = task.name

    @property
    def vocabulary(self) -> Sequence[str]:
        """The task's tokens."""
        return self.task.vocabulary

    @property
    def end_token(self) -> int:
        """The task's end of answer."""
        return self.task.end_token

    def pool(self, seed: int, index: int, size: int) -> list[Example]:
        """`size` problems sampled by a generator seeded with (seed, index)."""
        rng = np.random.default_rng([seed, index])
        return [self.task.encode(self.task.sample(rng)) for _ in range(size)]

    def show(self, tokens: Sequence[int]) -> str:
        """The token strings, separated by spaces."""
        return " ".join(self.vocabulary[token] for token in tokens)


class TextDataset(SequenceDataset):
    """What texts have in common: a tokeniser file, and causal examples (prefix 0)."""

    def __init__(self, name: str, tokenizer_file: Path) -> None:
        if not tokenizer_file.is_file():
            raise ConfigError(f'field "data.tokenizer": no file {tokenizer_file}')
        self.name = name
        self._tokenizer_file = tokenizer_file

    @property
    def tokenizer_file(self) -> Path:
        """The tokeniser's own file."""
        return self._tokenizer_file

    @cached_property
    def tokenizer(self) -> TextTokenizer:
        """The tokeniser, loaded when first used."""
        from hrm_engine.tokens.text import TextTokenizer

        return TextTokenizer.load(self._tokenizer_file)

    def __getstate__(self) -> dict[str, Any]:
        """Workers load the tokeniser from its file."""
        return {key: value for key, value in self.__dict__.items() if key != "tokenizer"}

    @property
    def vocabulary(self) -> Sequence[str]:
        """The tokeniser's tokens."""
        return self.tokenizer.vocabulary

    @property
    def end_token(self) -> int:
        """The id of the end-of-turn token."""
        return self.tokenizer.end_token

    def encode(self, segments: Sequence[Segment]) -> Example:
        """Segments as one causal example."""
        tokens, learn = self.tokenizer.encode_segments(segments)
        return Example(tokens=tuple(tokens), prefix=0, learn=tuple(learn))

    def show(self, tokens: Sequence[int]) -> str:
        """The text that the tokens spell."""
        return self.tokenizer.decode(list(tokens))


class StreamDataset(TextDataset):
    """Dialogues from a registered generator `stream(rng)`."""

    def __init__(
        self,
        name: str,
        stream: Callable[[np.random.Generator], Iterator[list[Segment]]],
        tokenizer_file: Path,
    ) -> None:
        super().__init__(name, tokenizer_file)
        self.stream = stream

    def pool(self, seed: int, index: int, size: int) -> list[Example]:
        """The first `size` dialogues of the stream seeded with (seed, index)."""
        dialogues = self.stream(np.random.default_rng([seed, index]))
        return [self.encode(segments) for segments, _ in zip(dialogues, range(size), strict=False)]


class JsonlDataset(TextDataset):
    """Prompts and answers in a file. Each epoch is a fresh order; the last lines are held out."""

    def __init__(self, path: Path, tokenizer_file: Path, held_out: int) -> None:
        super().__init__(path.name, tokenizer_file)
        self.lines = LineFile(path, PromptAnswer)
        self.trained = len(self.lines) - held_out
        if self.trained < 1:
            raise ConfigError(
                f"{path} has {len(self.lines)} records, {held_out} of them held out",
                hint="lower data.held_out",
            )

    def pool(self, seed: int, index: int, size: int) -> list[Example]:
        """Records index*size ... of the endless sequence of shuffled epochs."""
        if index == HELD_OUT:
            return self._encode(list(range(self.trained, len(self.lines))))
        return self._encode(shuffled(seed, index * size, size, self.trained))

    def _encode(self, indices: list[int]) -> list[Example]:
        end = self.vocabulary[self.end_token]
        return [
            self.encode(
                [(r["prompt"], False, False), (r["answer"], False, True), (end, True, True)]
            )
            for r in self.lines.read(indices)
        ]

    def recipe(self) -> dict[str, Any]:
        """Adds the number of records trained on."""
        return {**super().recipe(), "records": self.trained}


def open_dataset(config: DataConfig) -> Dataset:
    """The data set that `data.source` names. Raises ConfigError."""
    source = config.source
    if source in task_names():
        return _of_task(load_task(source), config)
    streams = entry_points(group="hrm_engine.datasets")
    is_file = source.endswith(".jsonl")
    if source not in streams.names and not is_file:
        names = sorted({*streams.names, *task_names()})
        raise ConfigError(
            f'field "data.source": no task, data set or file `{source}`',
            hint=f"known: {', '.join(names)}, or a path ending in .jsonl",
        )
    if config.tokenizer is None:
        raise ConfigError(f"`{source}` is text and needs a tokeniser", hint="set data.tokenizer")
    if is_file:
        return JsonlDataset(Path(source), config.tokenizer, config.held_out)
    return StreamDataset(source, streams[source].load(), config.tokenizer)


def _of_task(task: Task[Any, Any], config: DataConfig) -> Dataset:
    if isinstance(task, GridTask):
        return GridDataset(
            task,
            config.puzzles,
            config.reveal,
            config.reveal_cells,
            held_out_files=config.held_out_files,
            held_out=config.held_out,
        )
    if not isinstance(task, SequenceTask):
        raise ConfigError(f"task `{task.name}` is neither a sequence task nor a grid task")
    return TaskDataset(task)


@dataclass(frozen=True)
class Split:
    """An example cut where its first answer begins and ends."""

    prompt: list[int]
    answer: list[int]


def split(example: Example) -> Split:
    """The tokens before the first learned one, and the first run of learned ones."""
    begin = example.learn.index(True)
    end = begin
    while end < len(example.learn) and example.learn[end]:
        end += 1
    return Split(list(example.tokens[:begin]), list(example.tokens[begin:end]))


def prompt_key(prompt: Sequence[int]) -> bytes:
    """A short digest of a prompt: how a held-out problem is recognised in the stream."""
    return blake2b(np.asarray(prompt, dtype=np.int64).tobytes(), digest_size=12).digest()


def excluded_prompts(dataset: SequenceDataset, files: Sequence[Path]) -> frozenset[bytes]:
    """The keys of the problems in evaluation files, which must not be trained on.

    Only a task can read problems; for texts `files` must be empty. Raises ConfigError.
    """
    if not files:
        return frozenset()
    if not isinstance(dataset, TaskDataset):
        raise ConfigError('field "data.exclude": only the problems of a task can be excluded')
    task = dataset.task
    return frozenset(
        prompt_key(task.prompt(task.read(record))) for f in files for record in read_records(f)
    )
