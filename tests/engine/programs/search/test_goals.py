"""A goal leads to the output by the statements that it names."""

from __future__ import annotations

import numpy as np
import pytest

from hrm_engine.deadline import Deadline
from hrm_engine.programs.exedec import read_program
from hrm_engine.programs.interpreter import run
from hrm_engine.programs.search.bank import INPUT, Bank, Values
from hrm_engine.programs.search.enumerate import columns_of
from hrm_engine.programs.search.goals import INVERSES, PARTNERED, Goals, unzipped
from hrm_engine.programs.search.moves import INDEX, MOVES, equal_costs
from hrm_engine.programs.search.terms import Term, program_text
from hrm_engine.programs.types import Type
from tests.engine.programs.search.columns import SHAPE, draw, stack, values_of

LISTS = [draw("list", np.random.default_rng(seed), largest=6) for seed in range(400)]
OTHERS = [draw("list", np.random.default_rng(1000 + seed), largest=6) for seed in range(1, 401)]


@pytest.mark.parametrize("name", INVERSES)
def test_the_move_applied_to_what_its_inverse_gives_is_the_goal(name: str) -> None:
    goals = stack(LISTS)
    before, valid = INVERSES[name](SHAPE, goals)
    again, possible = MOVES[INDEX[name]].apply(SHAPE, before)
    assert valid.any()
    assert possible[valid].all()
    assert np.array_equal(again[:, valid], goals[:, valid])


@pytest.mark.parametrize("name", INVERSES)
def test_an_inverse_finds_what_the_move_was_applied_to(name: str) -> None:
    """Except behind a zero of `Scanl1 (*)`, where any number would do."""
    columns = stack(LISTS)
    goals, possible = MOVES[INDEX[name]].apply(SHAPE, columns)
    before, valid = INVERSES[name](SHAPE, goals)
    if name == "Scanl1 (*)":
        zero = np.array([any(0 in xs for xs in column) for column in LISTS])  # type: ignore[operator]
        possible &= ~zero
    assert valid[possible].all()
    assert np.array_equal(before[:, possible], columns[:, possible])


@pytest.mark.parametrize(("name", "side"), PARTNERED)
def test_a_pair_with_a_known_list_is_turned_round(name: str, side: int) -> None:
    goals, known = stack(LISTS), stack(OTHERS)
    made, valid = unzipped(name, side, SHAPE, goals, known)
    pair = (made, known) if side == 0 else (known, made)
    again, possible = MOVES[INDEX[name]].apply(SHAPE, *pair)
    assert valid.any()
    assert possible[valid].all()
    assert np.array_equal(again[:, valid], goals[:, valid])


def grown(levels: int) -> Goals:
    """The goals of an output, beside one input."""
    bank = Bank(SHAPE, most=1000)
    kind, column = columns_of(SHAPE, [[3, -1, 4], [2, 2], [9]])
    number = np.zeros(1, dtype=np.int32)
    keys = bank.keys(kind, column)
    bank.add(kind, Values(column, keys, np.full(1, INPUT, np.int16), number, number))
    bank.close(0)
    output = columns_of(SHAPE, [[-6, 2, -8], [-4, -4], [-18]])
    goals = Goals(bank, *output, equal_costs(), most=5000)
    for _ in range(levels):
        goals.grow(Deadline.never())
    return goals


def test_every_goal_completes_to_a_program_from_itself_to_the_output() -> None:
    goals = grown(2)
    assert goals.size > 50
    for number in range(1, goals.size):
        values = values_of(goals.all().columns, number)
        program = read_program(
            program_text(goals.complete(number, Term(INPUT, place=1)), 2), [Type.INTS, Type.INTS]
        )
        inputs = zip([[3, -1, 4], [2, 2], [9]], values, strict=True)
        assert [run(program, row) for row in inputs] == [[-6, 2, -8], [-4, -4], [-18]]


def test_a_goal_is_met_by_its_key_and_the_cheapest_one_counts() -> None:
    goals = grown(1)
    last, none = goals.all().part(goals.size - 1, goals.size), goals.at(9)
    assert goals.met(last) == (goals.size - 1, 0)
    assert goals.met(goals.all()) == (0, 0)
    assert goals.met(none) is None
    assert goals.newly_met(goals.all()) == (1, 1)
    assert goals.newly_met(goals.all().part(0, 1)) is None


def test_no_more_goals_than_there_is_room_for() -> None:
    bank = Bank(SHAPE, most=10)
    kind, output = columns_of(SHAPE, [[4, 8], [12], [16]])
    goals = Goals(bank, kind, output, equal_costs(), most=4)
    goals.grow(Deadline.never())
    assert goals.full()
    assert goals.size == 4


def test_an_integer_is_the_only_goal() -> None:
    bank = Bank(SHAPE, most=10)
    goals = Goals(bank, *columns_of(SHAPE, [4, 5, 6]), equal_costs(), most=100)
    goals.grow(Deadline.never())
    assert goals.size == 1
    assert goals.newly_met(goals.all()) is None
