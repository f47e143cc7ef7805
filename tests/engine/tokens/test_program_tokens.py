"""A question as a canvas, and a program as the canvas's answer and back."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from hrm_engine.programs.operations import BY_NAME
from hrm_engine.programs.program import Constant, Program, Ref, Statement
from hrm_engine.programs.sampler import ProblemSampler, ProgramProblem
from hrm_engine.programs.types import Type
from hrm_engine.tasks.program import question_of
from hrm_engine.tokens import program as canvas
from hrm_engine.tokens.program import Question

QUESTION = Question("the sum of xs", (Type.INTS,), Type.INT, ("xs",), (([1, 2], 3), ([], 0)))


@pytest.fixture(scope="module")
def problems() -> list[ProgramProblem]:
    return list(islice(ProblemSampler(5), 60))


def grid(question: Question) -> np.ndarray:
    return canvas.inputs_of(question).reshape(canvas.CELLS, canvas.CHANNELS)


def test_every_sampled_program_comes_back_from_its_tokens(problems: list[ProgramProblem]) -> None:
    for problem in problems:
        program = problem.program
        tokens = canvas.targets_of(program)
        assert canvas.program_of(program.names, program.types, tokens) == program


def test_questions_that_differ_are_different_canvases(problems: list[ProgramProblem]) -> None:
    seen = {canvas.inputs_of(question_of(problem)).tobytes() for problem in problems}
    assert len(seen) == len(problems)


def test_a_parameter_counts_by_its_place_not_by_its_name() -> None:
    renamed = replace(QUESTION, specification="the sum of numbers", names=("numbers",))
    assert np.array_equal(grid(renamed), grid(QUESTION))
    unknown = replace(QUESTION, names=())
    assert not np.array_equal(grid(unknown), grid(QUESTION))


def test_the_types_show_without_examples_and_the_output_stands_last() -> None:
    cells = grid(replace(QUESTION, rows=()))[canvas.WORD_CELLS :]
    kinds = cells[: canvas.INPUTS + 1, canvas.KIND]
    assert kinds[0] == list(Type).index(Type.INTS) + 1
    assert kinds[canvas.INPUTS] == list(Type).index(Type.INT) + 1
    assert not cells[:, canvas.LENGTH].any()


def test_the_values_of_an_example_stand_in_its_row() -> None:
    cells = grid(QUESTION)[canvas.WORD_CELLS :]
    first = cells[0, canvas.FIRST_ITEM : canvas.FIRST_ITEM + 3].tolist()
    assert first == [1 + 61, 2 + 61, 0]
    assert cells[canvas.INPUTS, canvas.FIRST_ITEM] == 3 + 61
    empty = cells[canvas.INPUTS + 1]
    assert (empty[canvas.LENGTH], empty[canvas.FIRST_ITEM]) == (1, 0)


@pytest.mark.parametrize(
    "value", [10**12, -(10**12), "x" * 500, "é", ["a"] * 60, [True, False], {1: 2}, 0.25, "", []]
)
def test_any_value_of_the_language_has_a_place(value: object) -> None:
    row = grid(replace(QUESTION, rows=((value, 1),)))[canvas.WORD_CELLS]
    assert row[canvas.LENGTH] >= 1


def test_signs_and_magnitudes_of_large_numbers_are_told_apart() -> None:
    def first(value: int) -> int:
        cells = grid(replace(QUESTION, rows=(([value], 0),)))
        return int(cells[canvas.WORD_CELLS, canvas.FIRST_ITEM])

    assert len({first(value) for value in (61, -61, 500, -500, 10**6, 60, -60)}) == 7


def test_a_long_text_is_cut_off() -> None:
    words = " ".join(f"w{number}" for number in range(500))
    assert grid(replace(QUESTION, specification=words))[:, canvas.FIRST_WORD :].any(1).sum() == 14


def test_a_word_is_three_hashes_from_1_to_255() -> None:
    found = {canvas.hashes(word) for word in ("sum", "Sum", "sums", "", "ü" * 90)}
    assert len(found) == 5
    assert all(1 <= number <= 255 for hashes in found for number in hashes)


def test_a_program_with_another_constant_does_not_fit() -> None:
    take = Statement(BY_NAME["Take"], (Constant(12345), Ref(0)))
    assert not canvas.fits_grid(Program(("xs",), (Type.INTS,), (take,)))


def test_ids_are_bytes_and_their_meaning_is_written_down() -> None:
    words = canvas.vocabulary()
    assert len(words) == canvas.VOCABULARY_SIZE == len(set(words))
    assert words[canvas.END] == "1 end / none"
