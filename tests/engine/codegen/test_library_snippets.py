"""What the library ships: every snippet does what its examples say, alone, in the sandbox."""

from __future__ import annotations

import doctest
import importlib
from collections import Counter
from pathlib import Path

import pytest

from hrm_engine.codegen.library import library
from hrm_engine.codegen.library.reader import read_folder
from hrm_engine.codegen.library.store import FOLDER, MBPP_FILE, mbpp_snippets, own_snippets
from hrm_engine.evaluation.mbpp.judging import Examiner
from hrm_engine.evaluation.mbpp.problems import SPLITS, read_tasks
from hrm_engine.evaluation.sandbox import Limits, Sandbox, judge

DATA = Path(__file__).parents[3] / "benchmarks/data/mbpp.jsonl"
MODULES = sorted(path.stem for path in (FOLDER / "snippets").glob("[!_]*.py"))
PARTS = 24
PATIENT = Limits(wall_s=20.0, cpu_s=5.0)


@pytest.mark.parametrize("module", MODULES)
def test_the_doctests_of_a_module_pass(module: str) -> None:
    loaded = importlib.import_module(f"hrm_engine.codegen.library.snippets.{module}")
    done = doctest.testmod(loaded)
    assert done.failed == 0
    assert done.attempted > 0


@pytest.mark.requirement("SD-14")
@pytest.mark.parametrize("part", range(PARTS))
def test_each_of_our_snippets_passes_its_examples_alone(part: int, sandbox: Sandbox) -> None:
    snippets = own_snippets()[part::PARTS]
    judged = {each.name: judge(sandbox, each.code, each.examples, PATIENT) for each in snippets}
    assert [name for name, verdict in judged.items() if verdict.status != "passed"] == []


@pytest.mark.requirement("SD-14")
@pytest.mark.parametrize("part", range(PARTS))
def test_each_snippet_of_mbpp_passes_the_asserts_of_its_task(part: int, sandbox: Sandbox) -> None:
    tasks = {f"library:MBPP/{task.id}": task for task in read_tasks(DATA)}
    examiner = Examiner(sandbox)
    snippets = mbpp_snippets()[part::PARTS]
    judged = {each.source: examiner.examine(tasks[each.source], each.code) for each in snippets}
    assert [source for source, verdict in judged.items() if not verdict.right] == []


def test_mbpp_is_there_without_its_test_split_and_with_its_licence() -> None:
    tasks = {f"library:MBPP/{task.id}": task for task in read_tasks(DATA)}
    wanted = {source for source, task in tasks.items() if task.id not in SPLITS["test"]}
    assert {each.source for each in mbpp_snippets()} == wanted
    for snippet in mbpp_snippets():
        task = tasks[snippet.source]
        assert (snippet.texts, snippet.name) == ((task.text,), task.name)
        assert snippet.code == task.reference.rstrip() + "\n"
        assert "CC BY 4.0" in snippet.attribution
    assert MBPP_FILE.stat().st_size < 300_000


def test_what_is_shipped_is_what_the_modules_say() -> None:
    again = "run scripts/snippet_library.py: the modules have changed"
    assert list(own_snippets()) == read_folder(FOLDER / "snippets"), again


def test_no_two_snippets_share_a_name_to_be_cited_by_or_a_code() -> None:
    for field in ("source", "code"):
        times = Counter(getattr(snippet, field) for snippet in library())
        assert [value for value, count in times.items() if count > 1] == [], field


def test_no_two_of_ours_are_asked_for_in_the_same_words() -> None:
    times = Counter(text.lower() for snippet in own_snippets() for text in set(snippet.texts[:1]))
    assert [text for text, count in times.items() if count > 1] == []
