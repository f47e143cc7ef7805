"""Where candidate programs come from. A generator is shown a `Problem` and yields programs.

    reference       the published solutions: every one must pass, which validates the harness
    from_file       samples made elsewhere, in EvalPlus' format: {"task_id", "solution"} a line
    system          what `generate_code` would propose (`system.py`)
    retrieval       the baseline without a model (`retrieval.py`)
    enumeration     the baseline that only looks at examples (`enumeration.py`)

To measure another one, wrap its function: `Generator("mine", propose, ranked=False, fixed=False)`
for a model that samples.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrm_engine.data.jsonl import read_records
from hrm_engine.errors import ConfigError
from hrm_engine.evaluation.mbpp.problems import MbppTask, Problem

Propose = Callable[[Problem], Iterator[str]]
"""Programs for a problem, as Python text. Asked for one at a time; may be endless."""


@dataclass(frozen=True)
class Generator:
    """A source of programs.

    ranked: the order is a preference, so pass@k looks at the first k; otherwise the programs
    are independent samples, and pass@k is the unbiased estimate. fixed: asked again, it
    proposes the same programs in the same order; a sampler draws new ones. most: programs
    that it has for a task at most.
    """

    name: str
    propose: Propose
    ranked: bool
    fixed: bool = True
    most: int = sys.maxsize


def reference(tasks: Sequence[MbppTask]) -> Generator:
    """The published solution of each task, and nothing else."""
    known = {task.id: task.reference for task in tasks}
    return Generator("reference", lambda problem: iter([known[problem.id]]), ranked=True, most=1)


def from_file(path: Path, *, at_least: int = 1) -> Generator:
    """The samples of a JSONL file, in its order; further fields are ignored.

    at_least: how many each task of the file must have. Raises ConfigError naming the line or
    the task. A task that is not in the file has no samples, and so is not solved.
    """
    samples: dict[int, list[str]] = defaultdict(list)
    for number, record in enumerate(read_records(path), start=1):
        place = f"{path}:{number}"
        solution = record.get("solution")
        if not isinstance(solution, str):
            hint = 'a line holds {"task_id": "Mbpp/11", "solution": "def ..."}'
            raise ConfigError(f"a sample has no solution ({place})", hint=hint)
        samples[task_number(record.get("task_id"), place)].append(solution)
    for task, programs in samples.items():
        if len(programs) < at_least:
            problem = f"{path}: Mbpp/{task} has {len(programs)} samples, pass@{at_least} asked for"
            raise ConfigError(problem, hint="make more samples, or ask for a smaller --k")
    return Generator(path.name, lambda problem: iter(samples[problem.id]), ranked=False)


def task_number(label: Any, place: str) -> int:
    """The number in `11`, `"11"` or `"Mbpp/11"`. Raises ConfigError naming the place."""
    text = str(label).rpartition("/")[2]
    if not text.isdigit():
        hint = "EvalPlus writes Mbpp/11"
        raise ConfigError(f"task_id {label!r} names no MBPP task ({place})", hint=hint)
    return int(text)
