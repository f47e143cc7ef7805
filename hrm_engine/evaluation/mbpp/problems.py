"""The tasks of MBPP, "Mostly Basic Python Problems" (Austin et al. 2021, arXiv:2108.07732).

974 tasks, each a sentence, a reference solution and three asserts. The published split goes by
number: 1-10 are examples for a prompt, 11-510 the test, 511-600 validation, 601-974 training.
The edition of 427 tasks whose text and asserts were revised (`mbpp_sanitized.jsonl`) reads the
same way. A generator is shown a `Problem`; reference and hidden asserts stay in the `MbppTask`.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrm_engine.data.jsonl import read_records
from hrm_engine.errors import ConfigError, HRMError, TaskError
from hrm_engine.evaluation.mbpp.cases import Case, entry_point, read_case

SPLITS = {
    "test": range(11, 511),
    "validation": range(511, 601),
    "train": range(601, 975),
    "prompt": range(1, 11),
    "all": range(1, 975),
}


@dataclass(frozen=True)
class Problem:
    """What a generator may see.

    id: the task's number; text: the request in English; name: the function to write;
    signature: its `def` line without the colon, "" if unknown; visible: the asserts shown.
    """

    id: int
    text: str
    name: str
    signature: str
    visible: tuple[Case, ...]


@dataclass(frozen=True)
class MbppTask:
    """One task: the request, the reference and every assert, first the published three."""

    id: int
    text: str
    reference: str
    setup: str
    name: str
    signature: str
    cases: tuple[Case, ...]

    @property
    def label(self) -> str:
        """The id as EvalPlus writes it: `Mbpp/11`."""
        return f"Mbpp/{self.id}"

    @property
    def built(self) -> bool:
        """Whether some assert needs the candidate's own classes: its left side runs as code."""
        return any(case.built for case in self.cases)

    def problem(self, visible: int) -> Problem:
        """What a generator is shown when the first `visible` asserts are."""
        return Problem(self.id, self.text, self.name, self.signature, self.cases[:visible])


def read_tasks(path: Path) -> list[MbppTask]:
    """Every task of a file, in its order. Raises ConfigError naming the line."""
    tasks = []
    for number, record in enumerate(read_records(path), start=1):
        try:
            with warnings.catch_warnings(action="ignore"):  # "\\w" in a reference is not our doing
                tasks.append(_task(record))
        except (KeyError, TypeError) as error:
            wanted = "text (or prompt), code, task_id and test_list"
            raise ConfigError(f"no MBPP task: {error} ({path}:{number})", hint=wanted) from None
        except HRMError as error:
            raise ConfigError(f"{error.problem} ({path}:{number})", hint=error.hint) from None
    return tasks


def split(tasks: Sequence[MbppTask], name: str) -> list[MbppTask]:
    """The tasks of one published split, or of `all`. Raises ConfigError for another name."""
    if name not in SPLITS:
        raise ConfigError(f"MBPP has no split {name!r}", hint=f"one of {', '.join(SPLITS)}")
    return [task for task in tasks if task.id in SPLITS[name]]


def _task(record: dict[str, Any]) -> MbppTask:
    code = str(record["code"]).replace("\r\n", "\n")
    texts = list(record["test_list"])
    cases = tuple(read_case(text, number) for number, text in enumerate(texts, start=1))
    setup = "\n".join([*record.get("test_imports", ()), record.get("test_setup_code", "")])
    functions = _functions(code)
    named = (entry_point(case, frozenset(functions)) for case in cases)
    name = next(filter(None, named), "")
    if not name:
        raise TaskError(f"task {record['task_id']}: no assert calls a function of the reference")
    return MbppTask(
        id=int(record["task_id"]),
        text=str(record.get("text") or record["prompt"]).strip(),
        reference=code,
        setup=setup.replace("\r\n", "\n").strip(),
        name=name,
        signature=f"def {name}({ast.unparse(functions[name].args)})",
        cases=cases,
    )


def _functions(code: str) -> dict[str, ast.FunctionDef]:
    """The functions that a reference defines at its top level, by name."""
    try:
        tree = ast.parse(code)
    except SyntaxError as error:
        raise TaskError(f"the reference is not Python: {error.msg}") from None
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
