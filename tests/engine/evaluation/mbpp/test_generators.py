"""Where programs come from: the references, a file of samples, and the library by similarity."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hrm_engine.codegen.library.tfidf import TfIdf
from hrm_engine.errors import ConfigError
from hrm_engine.evaluation.mbpp.cases import read_case
from hrm_engine.evaluation.mbpp.enumeration import enumeration
from hrm_engine.evaluation.mbpp.generators import from_file, reference
from hrm_engine.evaluation.mbpp.problems import MbppTask
from hrm_engine.evaluation.mbpp.retrieval import renamed, retrieval


def task(number: int, text: str, name: str, *asserts: str, takes: str = "x") -> MbppTask:
    code = f"def {name}({takes}):\n    return x"
    cases = tuple(read_case(line, i) for i, line in enumerate(asserts, start=1))
    return MbppTask(number, text, code, "", name, f"def {name}({takes})", cases)


LIBRARY = [
    task(1, "find the largest number", "largest"),
    task(601, "reverse a string", "reverse"),
    task(602, "find the largest string", "longest"),
]


def test_the_reference_is_proposed_once() -> None:
    generator = reference(LIBRARY)
    assert list(generator.propose(LIBRARY[0].problem(0))) == [LIBRARY[0].reference]


def test_the_most_similar_request_comes_first_under_the_name_asked_for() -> None:
    asked = task(11, "reverse the given string", "turn")
    found = list(retrieval([*LIBRARY, asked]).propose(asked.problem(0)))
    assert found[0] == "def reverse(x):\n    return x\n\nturn = reverse\n"
    assert len(found) == len(LIBRARY)


def test_a_task_does_not_find_itself() -> None:
    found = list(retrieval(LIBRARY).propose(LIBRARY[1].problem(0)))
    assert not any("def reverse" in program for program in found)


def test_a_function_that_has_the_name_is_not_renamed() -> None:
    assert renamed(LIBRARY[0], "largest") == LIBRARY[0].reference + "\n"


def test_similarity_is_the_cosine_of_worked_weights() -> None:
    search = TfIdf(["aa bb", "aa cc"])
    common, rare = np.log(3 / 3) + 1, np.log(3 / 2) + 1
    norm = np.hypot(common, rare)
    np.testing.assert_allclose(search.similar("aa bb"), [1.0, (common / norm) ** 2])
    np.testing.assert_allclose(search.similar("bb bb dd"), [rare / norm, 0.0])
    assert search.rank("cc") == [1, 0]
    assert search.rank("unknown words") == [0, 1]


@pytest.mark.parametrize(
    ("assertion", "names"),
    [
        ("assert f(1) == 1", ["one", "some", "many"]),
        ("assert f(1, 2) == 1", ["some", "many"]),
        ("assert f(1, 2, 3) == 1", ["many"]),
        ("assert f(1, x=2) == 1", ["one", "some", "many"]),
        ("assert f(Pair(1)) == 1", ["one", "some", "many"]),
    ],
)
def test_what_cannot_take_the_visible_arguments_is_left_out(
    assertion: str, names: list[str]
) -> None:
    library = [
        task(601, "do it", "one"),
        task(602, "do it", "some", takes="x, y=1"),
        task(603, "do it", "many", takes="x, *more"),
    ]
    asked = task(11, "do it", "f", assertion)
    found = list(retrieval(library).propose(asked.problem(1)))
    assert [program.split("(")[0] for program in found] == [f"def {name}" for name in names]


def test_enumeration_finds_what_fits_the_visible_asserts() -> None:
    asserts = (
        "assert total((1, 2)) == 3",
        "assert total([4, 5, 6]) == 15",
        "assert total([]) == 0",
    )
    (program,) = enumeration(5.0).propose(task(11, "?", "total", *asserts).problem(3))
    assert "def total(xs: list[int]) -> int:" in program
    assert "return sum(xs)" in program


@pytest.mark.parametrize(
    "asserts",
    [
        (),
        ("assert f(1, x=2) == 1",),
        ("assert f(Pair(1)) == 1",),
        ("assert f(1j) == 1",),
    ],
)
def test_enumeration_proposes_nothing_where_it_cannot_search(asserts: tuple[str, ...]) -> None:
    assert not list(enumeration(5.0).propose(task(11, "?", "f", *asserts).problem(1)))


def test_enumeration_gives_up_when_its_time_is_over() -> None:
    asked = task(11, "?", "f", "assert f([1, 2, 3]) == 'zebra crossing'")
    assert not list(enumeration(0.05).propose(asked.problem(1)))


def samples(folder: Path, *lines: str) -> Path:
    path = folder / "samples.jsonl"
    path.write_text("\n".join(lines))
    return path


def test_samples_made_elsewhere_are_read_whatever_their_order(tmp_path: Path) -> None:
    path = samples(
        tmp_path,
        '{"task_id": "Mbpp/1", "solution": "a = 1"}',
        '{"task_id": 601, "solution": "b = 1", "extra": 0}',
        '{"task_id": "1", "solution": "a = 2"}',
    )
    generator = from_file(path)
    assert (generator.name, generator.ranked) == ("samples.jsonl", False)
    made = [list(generator.propose(each.problem(0))) for each in LIBRARY]
    assert made == [["a = 1", "a = 2"], ["b = 1"], []]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"task_id": "Mbpp/1"}', "no solution"),
        ('{"task_id": "HumanEval/x", "solution": "a = 1"}', "names no MBPP task"),
        ('{"task_id": "Mbpp/1", "solution": "a = 1"}', "has 1 samples, pass@10 asked for"),
    ],
)
def test_a_file_that_cannot_be_measured_is_refused(line: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=problem):
        from_file(samples(tmp_path, line), at_least=10)
