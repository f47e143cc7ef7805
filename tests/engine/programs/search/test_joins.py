"""Of many lists, the two that a `ZipWith` makes into the goal are found without trying all."""

from __future__ import annotations

import numpy as np
import pytest

from hrm_engine.programs.search.bank import Bank, Values
from hrm_engine.programs.search.enumerate import Value, columns_of
from hrm_engine.programs.search.joins import join
from hrm_engine.programs.search.kernels import PAIR
from hrm_engine.programs.search.moves import INDEX, MOVES
from tests.engine.programs.search.columns import SHAPE, draw, stack, values_of


def bank_of(lists: list[list[Value]]) -> Bank:
    bank = Bank(SHAPE, most=1000)
    columns = stack(lists)
    numbers = np.arange(len(lists), dtype=np.int32)
    moves = np.zeros(len(lists), dtype=np.int16)
    bank.add("list", Values(columns, bank.keys("list", columns), moves, numbers, numbers))
    return bank


@pytest.mark.parametrize("function", PAIR)
@pytest.mark.parametrize("seed", range(12))
def test_two_planted_lists_are_found(function: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    lists = [draw("list", rng, largest=7) for _ in range(200)]
    bank, move = bank_of(lists), MOVES[INDEX[f"ZipWith {function}"]]
    goal, valid = move.apply(SHAPE, stack([lists[3]]), stack([lists[150]]))
    assert valid.all()
    pair = join(bank, goal)
    assert pair is not None
    found, left, right = pair
    again, _ = MOVES[found].apply(SHAPE, stack([lists[left]]), stack([lists[right]]))
    assert values_of(again, 0) == values_of(goal, 0)


def test_where_the_goal_is_zero_one_of_the_factors_must_be() -> None:
    lists: list[list[Value]] = [[[5, 7]] * 3, [[3, 0]] * 3, [[3, 1]] * 3]
    goal = columns_of(SHAPE, [[15, 0]] * 3)[1]
    pair = join(bank_of(lists), goal)
    assert pair is not None
    assert pair[1:] == (0, 1)


def test_one_of_the_two_must_end_where_the_goal_ends() -> None:
    longer: list[list[Value]] = [[[1, 1, 1]] * 3, [[2, 2, 2]] * 3]
    goal = columns_of(SHAPE, [[3, 3]] * 3)[1]
    assert join(bank_of(longer), goal) is None
    assert join(bank_of([*longer, [[2, 2]] * 3]), goal) == (INDEX["ZipWith (+)"], 0, 2)


def test_a_goal_longer_than_every_list_has_no_pair() -> None:
    assert join(bank_of([[[1]] * 3]), columns_of(SHAPE, [[2, 2]] * 3)[1]) is None


def test_no_pair_is_made_up() -> None:
    lists: list[list[Value]] = [[[10, 20]] * 3, [[40, 40]] * 3]
    assert join(bank_of(lists), columns_of(SHAPE, [[17, -23]] * 3)[1]) is None
