"""Values are kept once, numbered in order, and no more than there is room for."""

from __future__ import annotations

import numpy as np
import pytest

from hrm_engine.programs.search.bank import Bank, Seen, Values
from tests.engine.programs.search.columns import SHAPE, draw, stack


def values(bank: Bank, count: int, seed: int = 0) -> Values:
    rng = np.random.default_rng(seed)
    columns = stack([draw("list", rng) for _ in range(count)])
    numbers = np.arange(count, dtype=np.int32)
    return Values(columns, bank.keys("list", columns), np.zeros(count, np.int16), numbers, numbers)


def test_a_key_is_new_once_however_often_it_comes() -> None:
    seen = Seen()
    keys = np.array([5.5, 7.5, 5.5, 5.5, 9.5])
    assert seen.fresh(keys).tolist() == [True, True, False, False, True]
    assert seen.fresh(keys).tolist() == [False] * 5


def test_keys_that_share_a_slot_are_all_new() -> None:
    assert Seen(slots=1).fresh(np.array([5.5, 7.5, 9.5])).tolist() == [True, True, True]


def test_a_growing_set_forgets_nothing_that_it_held() -> None:
    seen = Seen(slots=8)
    for start in range(0, 60, 5):
        seen.fresh(np.arange(start, start + 5) + 0.5)
    again = seen.fresh(np.arange(60) + 0.5)
    assert again.sum() < 30


def test_equal_columns_have_equal_keys_and_others_do_not() -> None:
    bank = Bank(SHAPE, most=10)
    made = values(bank, 500)
    different = len({column.tobytes() for column in made.columns.T.copy()})
    assert len(set(bank.keys("list", made.columns.copy()).tolist())) == different


def test_the_key_of_a_sum_is_the_sum_of_the_keys() -> None:
    bank = Bank(SHAPE, most=10)
    cells = values(bank, 2).columns[: SHAPE.cells]
    left, right = bank.cell_keys(cells)
    assert bank.cell_keys(cells.sum(axis=1, keepdims=True))[0] == left + right


def test_what_is_added_between_two_closings_is_a_level() -> None:
    bank = Bank(SHAPE, most=100)
    bank.add("list", values(bank, 3))
    bank.close(0)
    assert bank.add("list", values(bank, 4, seed=1)).start == 3
    bank.close(5)
    assert [bank.at("list", cost).size for cost in (0, 1, 5)] == [3, 0, 4]
    assert bank.at("int", 5).size == 0
    assert bank.all("list").size == 7
    picked = bank.gather("list", np.array([6, 0]))
    assert np.array_equal(picked.columns[:, 1], bank.all("list").columns[:, 0])


def test_what_there_is_no_room_for_is_left_out() -> None:
    bank = Bank(SHAPE, most=5)
    assert not bank.full()
    assert bank.add("list", values(bank, 8)).size == 5
    assert bank.full()
    assert bank.add("list", values(bank, 2)).size == 0


def test_room_grows_and_keeps_what_it_holds() -> None:
    bank = Bank(SHAPE, most=40_000)
    first = values(bank, 100)
    bank.add("list", first)
    many = bank.all("list").size
    for _ in range(180):
        bank.add("list", first)
    assert bank.all("list").size == many * 181
    assert np.array_equal(bank.all("list").columns[:, :100], first.columns)
    assert np.array_equal(bank.all("list").keys[-100:], first.keys)


@pytest.mark.parametrize("bound", [50, 1000, 46_340])
def test_keys_are_exact_for_every_bound(bound: int) -> None:
    shape = type(SHAPE)(examples=5, longest=20, bound=bound)
    bank = Bank(shape, most=1)
    column = np.full((105, 1), bound, dtype=shape.dtype)
    column[100:] = 20
    assert bank.keys("list", column)[0] % 1 == 0.5
    assert bank.keys("list", column)[0] < 2**52
