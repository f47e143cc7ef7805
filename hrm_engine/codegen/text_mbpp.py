"""MBPP as data sets for a text model: its requests as prompts, its solutions as completions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hrm_engine.data.code import Pairs, Source
from hrm_engine.data.raw import Pair
from hrm_engine.errors import ConfigError
from hrm_engine.evaluation.mbpp.problems import MbppTask, Problem, read_tasks, split
from hrm_engine.tasks.base import Example
from hrm_engine.tokens.text import TextTokenizer

FILE = Path("benchmarks/data/mbpp.jsonl")
"""Where the tasks are in a checkout of the project."""


class MbppTasks(Source):
    """Some tasks: to train on, to be measured on with `pass_at_k`, and to cut: `tasks[:20]`."""

    def __init__(self, name: str, tasks: Sequence[MbppTask]) -> None:
        self.name, self.tasks = name, tuple(tasks)

    def __len__(self) -> int:
        return len(self.tasks)

    def __iter__(self) -> Iterator[MbppTask]:
        return iter(self.tasks)

    def __getitem__(self, chosen: slice) -> MbppTasks:
        return MbppTasks(self.name, self.tasks[chosen])

    def pairs(self) -> Pairs:
        """The same as prompts and completions, for example to learn a tokeniser from."""
        asked = (Pair(prompt_of(task.problem(0)), task.reference) for task in self.tasks)
        return Pairs(self.name, list(asked))

    def encoded(self, index: int, tokenizer: TextTokenizer) -> Example:
        """The request and the published solution as one causal example."""
        return self[index : index + 1].pairs().encoded(0, tokenizer)


@dataclass(frozen=True)
class Mbpp:
    """The published splits: 374, 90 and 500 tasks. Never train on `test`."""

    train: MbppTasks
    validation: MbppTasks
    test: MbppTasks


def prepare_mbpp(path: str | Path | None = None) -> Mbpp:
    """MBPP's splits, from a file of its 974 tasks; without one, from the project's checkout.

    Raises ConfigError when there is no such file, or naming the line that is wrong.
    """
    beside = Path(__file__).resolve().parents[2] / FILE
    found = next((file for file in (FILE, beside) if file.is_file()), None)
    if path is None and found is None:
        raise ConfigError(f"there is no {FILE} here", hint='prepare_mbpp("mbpp.jsonl")')
    tasks = read_tasks(Path(path or found or FILE))
    names = ("train", "validation", "test")
    return Mbpp(*(MbppTasks(f"mbpp-{name}", split(tasks, name)) for name in names))


def prompt_of(problem: Problem) -> str:
    """What a text model is given: the request, and the function's name and parameters."""
    return f"{problem.text}\n# {problem.signature}\n"
