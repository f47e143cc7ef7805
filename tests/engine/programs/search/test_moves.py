"""The moves are DeepCoder's operations with their lambdas; costs come from probabilities."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrm_engine.errors import ConfigError
from hrm_engine.programs.deepcoder_operations import DEEPCODER
from hrm_engine.programs.lambdas import DEEPCODER as LAMBDAS
from hrm_engine.programs.search.moves import (
    DEAREST,
    NAMES,
    costs_of_probabilities,
    equal_costs,
    read_costs,
)


def test_the_moves_are_all_of_deepcoder_and_no_more() -> None:
    expected = set()
    for operation in DEEPCODER:
        fitting = [each for each in LAMBDAS if each.type == operation.function]
        expected |= {f"{operation.name} {each.name}" for each in fitting} or {operation.name}
    assert set(NAMES) == expected
    assert set(equal_costs()) == expected


def test_what_is_likely_is_cheap_and_nothing_is_excluded() -> None:
    costs = costs_of_probabilities({"Map (+1)": 0.7, "Head": 0.2, "Sort": 0.1})
    assert 1 <= costs["Map (+1)"] < costs["Head"] < costs["Sort"] <= DEAREST
    assert costs["Reverse"] == DEAREST
    assert set(costs) == set(NAMES)


def test_equal_probabilities_give_equal_costs() -> None:
    assert set(costs_of_probabilities(dict.fromkeys(NAMES, 0.02), steps=3).values()) == {3}


def test_a_probability_of_what_is_no_move_is_an_error() -> None:
    with pytest.raises(ConfigError, match="`Jump` is no move"):
        costs_of_probabilities({"Jump": 0.5})


def test_costs_are_read_from_a_file_and_the_rest_is_dear(tmp_path: Path) -> None:
    path = tmp_path / "costs.json"
    path.write_text('{"Head": 2}')
    costs = read_costs(path)
    assert (costs["Head"], costs["Last"]) == (2, DEAREST)


@pytest.mark.parametrize("text", ['{"Jump": 1}', '{"Head": 0}', '{"Head": 1.5}', "[1]", "{"])
def test_a_file_that_holds_no_costs_is_an_error(text: str, tmp_path: Path) -> None:
    path = tmp_path / "costs.json"
    path.write_text(text)
    with pytest.raises(ConfigError, match="costs"):
        read_costs(path)
