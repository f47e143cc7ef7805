"""Costs from counting: what stands in programs often is cheap, and nothing is excluded."""

from __future__ import annotations

from hrm_engine.programs.exedec import read_program
from hrm_engine.programs.operations import BY_NAME
from hrm_engine.programs.program import Program, Ref, Statement
from hrm_engine.programs.search.moves import NAMES
from hrm_engine.programs.search.prior import counted_costs
from hrm_engine.programs.types import Type


def test_frequent_moves_are_cheap() -> None:
    often = read_program("x0 = INPUT | x1 = Map (+1) x0 | x2 = Sort x1", [Type.INTS])
    once = read_program("x0 = INPUT | x1 = Reverse x0", [Type.INTS])
    costs = counted_costs([often] * 200 + [once] * 10)
    assert costs["Map (+1)"] == costs["Sort"] < costs["Reverse"] < costs["Head"]
    assert set(costs) == set(NAMES)


def test_without_programs_all_moves_cost_the_same() -> None:
    assert set(counted_costs([], steps=2).values()) == {2}


def test_what_is_no_move_is_passed_over() -> None:
    statement = Statement(BY_NAME["Digits"], (Ref(0),))
    digits = Program(("n",), (Type.INT,), (statement,))
    assert counted_costs([digits] * 50) == counted_costs([])
