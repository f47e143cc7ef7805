"""Write the data files of the snippet library from their sources.

    python scripts/snippet_library.py

`own.jsonl`: from the modules in hrm_engine/codegen/library/snippets. `mbpp.jsonl`: the
reference solutions of MBPP outside its test split, from benchmarks/data/mbpp.jsonl (CC BY 4.0).
Run it again after a change of either; a test compares.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from hrm_engine.codegen.library.reader import read_folder
from hrm_engine.codegen.library.snippet import Snippet, positional
from hrm_engine.codegen.library.store import FOLDER, MBPP_FILE, OWN_FILE
from hrm_engine.evaluation.mbpp.cases import Case
from hrm_engine.evaluation.mbpp.problems import SPLITS, MbppTask, read_tasks

MBPP = Path(__file__).parents[1] / "benchmarks/data/mbpp.jsonl"


def mbpp() -> list[Snippet]:
    """MBPP's reference solutions outside the test split."""
    tasks = [task for task in read_tasks(MBPP) if task.id not in SPLITS["test"]]
    return [from_task(task) for task in tasks]


def from_task(task: MbppTask) -> Snippet:
    """The reference of a task, unchanged, with its request and its plain asserts."""
    (function,) = ast.parse(f"{task.signature}: ...").body
    assert isinstance(function, ast.FunctionDef)
    names, least, most = positional(function)
    return Snippet(
        name=task.name,
        code=task.reference.rstrip() + "\n",
        texts=(task.text,),
        parameters=names,
        least=least,
        most=most,
        written=tuple(_plain(task.cases)),
        source=f"library:MBPP/{task.id}",
    )


def _plain(cases: Sequence[Case]) -> Iterator[tuple[str, str]]:
    """The asserts that are a call with literals and a literal result."""
    for case in cases:
        written = repr(case.call.arguments), repr(case.expected)
        if case.built or case.call.keywords or case.rel_tol:
            continue
        try:
            if tuple(map(ast.literal_eval, written)) == (case.call.arguments, case.expected):
                yield written
        except ValueError:  # inf, or a value that no literal writes
            continue


def write(path: Path, snippets: Sequence[Snippet]) -> None:
    """One record a line."""
    rows = (json.dumps(each.record(), ensure_ascii=False) for each in snippets)
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    print(f"{path.name}: {len(snippets)} snippets, {path.stat().st_size} bytes")


if __name__ == "__main__":
    write(OWN_FILE, read_folder(FOLDER / "snippets"))
    write(MBPP_FILE, mbpp())
