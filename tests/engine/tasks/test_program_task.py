"""Programs as a task of the trainer: drawn, written on the canvas, checked by running."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hrm_engine.data.grids import GridDataset
from hrm_engine.errors import HRMError, TaskError
from hrm_engine.programs.program import Constant, Ref
from hrm_engine.programs.records import records
from hrm_engine.programs.types import Type
from hrm_engine.tasks.base import load_task
from hrm_engine.tasks.program import ProgramQuestion, ProgramTask
from hrm_engine.tokens import program as canvas
from hrm_engine.tokens.program import Question
from tests.engine.inference.program_fake import program

TASK = ProgramTask()
SUM = program([Type.INTS], ("Sum", Ref(0)))
ROWS = (([1, 2], 3), ([4], 4), ([], 0))
ASKED = ProgramQuestion(Question("", (Type.INTS,), Type.INT, ("xs",), ROWS))


def test_the_task_is_known_by_its_name() -> None:
    assert isinstance(load_task("program"), ProgramTask)


def test_samples_are_seeded_and_their_programs_give_their_examples() -> None:
    drawn = [TASK.sample(np.random.default_rng(4)) for _ in range(2)]
    assert drawn[0] == drawn[1]
    rng = np.random.default_rng(1)
    for _ in range(20):
        problem = TASK.sample(rng)
        assert TASK.verify(problem, TASK.answer(problem)).status in ("verified", "unverified")


def test_questions_come_with_text_with_examples_or_with_both() -> None:
    rng = np.random.default_rng(2)
    drawn = [TASK.sample(rng).question for _ in range(60)]
    kinds = {(bool(each.specification), bool(each.rows)) for each in drawn}
    assert kinds == {(True, True), (True, False), (False, True)}


def test_a_pool_is_drawn_for_training_and_read_back() -> None:
    pool = GridDataset(TASK).pool(1, 0, 12)
    assert pool.inputs.shape == (12, canvas.CELLS * canvas.CHANNELS)
    assert pool.targets.shape == (12, canvas.STATEMENTS * canvas.SLOTS)
    assert TASK.line(pool.inputs[0].tolist()).endswith("tokens")
    assert TASK.line(pool.targets[0].tolist()).endswith("| 1")


def test_three_different_examples_make_a_program_acceptable() -> None:
    assert TASK.verify(ASKED, SUM).accepted
    few = replace(ASKED, question=replace(ASKED.question, rows=ROWS[:2] + ROWS[:1]))
    assert TASK.verify(few, SUM).status == "unverified"
    wrong = replace(ASKED, question=replace(ASKED.question, rows=(*ROWS, ([9], 0))))
    assert TASK.verify(wrong, SUM).status == "refuted"


def test_a_program_of_record_is_the_answer_else_enumeration_finds_one() -> None:
    assert TASK.answer(replace(ASKED, program=SUM)) is SUM
    found = TASK.answer(ASKED)
    assert TASK.verify(ASKED, TASK.tidy(found)).accepted
    assert TASK.remaining(ASKED, found) is None


def test_enumeration_says_when_it_has_nothing_to_go_by() -> None:
    with pytest.raises(TaskError, match="needs examples"):
        TASK.baseline(replace(ASKED, question=replace(ASKED.question, rows=())))


def test_an_answer_is_read_back_from_its_tokens() -> None:
    tokens = TASK.targets(ASKED, SUM).tolist()
    assert TASK.decode(ASKED, tokens) == SUM
    assert "sum(xs)" in TASK.render(ASKED, tokens)
    assert TASK.show(SUM).startswith("def ")


@pytest.mark.parametrize("tokens", [[255] + 39 * [0], [1] + 39 * [0], [2, 40, 2] + 37 * [0]])
def test_tokens_that_spell_no_program_are_refused(tokens: list[int]) -> None:
    with pytest.raises(HRMError):
        TASK.decode(ASKED, tokens)
    assert TASK.render(ASKED, tokens) == TASK.line(tokens)


def test_what_does_not_fit_the_canvas_is_refused() -> None:
    wide = replace(ASKED, question=replace(ASKED.question, types=(Type.INT,) * 4))
    with pytest.raises(TaskError, match="4 inputs"):
        TASK.inputs(wide)
    with pytest.raises(TaskError, match="cannot hold"):
        TASK.targets(ASKED, program([Type.INTS], ("Take", Constant(12345), Ref(0))))


def test_a_record_of_a_data_file_is_read() -> None:
    (record,) = records(1, seed=3)
    problem = TASK.read(record)
    assert problem.program is not None
    assert TASK.verify(problem, problem.program).accepted


def test_programs_have_no_symmetry_of_the_canvas_and_no_peers() -> None:
    with pytest.raises(TaskError, match="no symmetry"):
        TASK.symmetry(np.random.default_rng(0))
    assert TASK.peers() == {}
    assert TASK.cross_check(ASKED, SUM) is None
