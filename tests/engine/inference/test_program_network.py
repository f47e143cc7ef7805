"""A network proposes; it says nothing of what is right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hrm_engine.deadline import Deadline
from hrm_engine.errors import CheckpointError
from hrm_engine.export.checkpoint import save_checkpoint
from hrm_engine.inference.program_network import ProgramNetwork
from hrm_engine.model.build import build_model
from hrm_engine.model.config import ModelConfig
from hrm_engine.programs.program import Ref
from hrm_engine.programs.types import Type
from hrm_engine.tokens import program as canvas
from hrm_engine.tokens.program import Question
from tests.engine.inference.program_fake import network, program

SUM = program([Type.INTS], ("Sum", Ref(0)))
LAST = program([Type.INTS], ("Last", Ref(0)))
QUESTION = Question("the sum of xs", (Type.INTS,), Type.INT, ("xs",), (([1, 2], 3), ([4], 4)))


def checkpoint(folder: Path, vocabulary: tuple[str, ...]) -> Path:
    """An untrained network of the task's canvas."""
    config = ModelConfig(
        preset="hrm_v1", vocab=len(vocabulary), grid=(canvas.CELLS, 1), channels=canvas.CHANNELS,
        answers=(canvas.STATEMENTS, canvas.SLOTS), positions="none", puzzle_tokens=0,
        q_continue=False, width=16, heads=2, ff=32, layers=1, h_cycles=1, l_cycles=1, segments=2,
    )  # fmt: skip
    save_checkpoint(folder, build_model(config), vocabulary=vocabulary, recipe={}, card="")
    return folder


def test_what_is_proposed_is_different_and_begins_with_the_greedy_program() -> None:
    made = network(SUM, LAST)
    proposed = [each.program for each in made.propose(QUESTION)]
    assert proposed[0] == SUM == made.greedy([QUESTION])[0].program  # type: ignore[union-attr]
    assert LAST in proposed
    assert len({each.key for each in proposed}) == len(proposed)


def test_no_more_is_looked_at_once_the_time_is_up() -> None:
    made = network(SUM, LAST)
    assert [d.program for d in made.propose(QUESTION, Deadline.after(-1), beam=1)] == [SUM]


def test_a_question_without_examples_is_looked_at_too() -> None:
    assert next(iter(network(SUM).propose(replace(QUESTION, rows=())))).program == SUM


def test_a_checkpoint_is_loaded_and_answers(tmp_path: Path) -> None:
    made = ProgramNetwork.load(str(checkpoint(tmp_path / "tiny", canvas.vocabulary())))
    assert made.name == "tiny"
    assert made.scores([QUESTION, QUESTION]).shape == (
        2, canvas.STATEMENTS * canvas.SLOTS, canvas.VOCABULARY_SIZE,
    )  # fmt: skip
    for decoded in made.propose(QUESTION, beam=2):
        assert decoded.program.result is Type.INT


def test_a_network_of_other_tables_is_refused(tmp_path: Path) -> None:
    other = ("x", *canvas.vocabulary()[1:])
    with pytest.raises(CheckpointError, match="first difference at 0"):
        ProgramNetwork.load(str(checkpoint(tmp_path / "other", other)))


def test_more_inputs_than_the_canvas_has_are_known_beforehand() -> None:
    made = network(SUM)
    assert made.reads(QUESTION)
    assert not made.reads(replace(QUESTION, types=(Type.INT,) * 4))
