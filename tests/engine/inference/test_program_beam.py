"""Whatever the network's scores are, what is read from them type-checks."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrm_engine.inference.program_beam import decode, move_costs, move_probabilities
from hrm_engine.programs.lambdas import BY_NAME as LAMBDAS
from hrm_engine.programs.program import Ref
from hrm_engine.programs.sampler import ProblemSampler
from hrm_engine.programs.types import Type
from hrm_engine.tokens.program import SLOTS, STATEMENTS, VOCABULARY_SIZE
from tests.engine.inference.program_fake import program, scores

SUM = program([Type.INTS], ("Sum", Ref(0)))
SORT = program([Type.INTS], ("Sort", Ref(0)))
DOUBLED = program([Type.INTS], ("Map", LAMBDAS["(*2)"], Ref(0)), ("Sum", Ref(1)))


def test_a_greedy_reading_of_sure_scores_is_the_program() -> None:
    for problem in islice(ProblemSampler(3), 25):
        wanted = problem.program
        (found,) = decode(scores(wanted), wanted.types, wanted.result)
        assert found.program == wanted
        assert found.score == pytest.approx(0, abs=0.1)


@pytest.mark.requirement("SD-15")
@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(list(Type)), st.sampled_from([1, 4]))
def test_random_scores_give_nothing_or_programs_of_the_type_asked_for(
    seed: int, result: Type, beam: int
) -> None:
    drawn = np.random.default_rng(seed).normal(scale=3, size=(STATEMENTS * SLOTS, VOCABULARY_SIZE))
    found = decode(drawn.astype(np.float32), (Type.INTS, Type.STR), result, beam)
    assert len({each.program.key for each in found}) == len(found) <= beam
    assert all(each.program.result is result for each in found)  # making one checks its types
    assert [each.score for each in found] == sorted((e.score for e in found), reverse=True)


def test_a_beam_reads_the_second_choice_too() -> None:
    found = decode(scores(SORT, DOUBLED), SORT.types, Type.INTS, beam=4)
    assert found[0].program == SORT
    assert len(found) > 1


def test_the_type_asked_for_decides_between_programs() -> None:
    (found,) = decode(scores(SORT, SUM), SUM.types, Type.INT)
    assert found.program.result is Type.INT
    (found,) = decode(scores(SORT, SUM), SUM.types, None)
    assert found.program == SORT


def test_moves_are_as_likely_as_they_stand_somewhere() -> None:
    chances = move_probabilities(scores(DOUBLED))
    assert chances["Map (*2)"] == pytest.approx(1, abs=0.01)
    assert chances["Sum"] == pytest.approx(1, abs=0.01)
    assert chances["Map (*3)"] < 0.01
    assert chances["Sort"] < 0.01


def test_likely_moves_cost_little_and_none_is_excluded() -> None:
    costs = move_costs(scores(DOUBLED))
    assert (costs["Map (*2)"], costs["Sum"], costs["Sort"]) == (1, 1, 3)
    assert set(costs.values()) <= {1, 2, 3}
