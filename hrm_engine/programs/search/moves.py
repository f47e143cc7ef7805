"""The statements that the search can add: each operation with each of its lambdas, and its cost.

A `Move` costs a positive whole number of steps. With all costs 1 the search goes by program
size; a model's probabilities become costs by `costs_of_probabilities`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from hrm_engine.errors import ConfigError
from hrm_engine.programs.search import kernels
from hrm_engine.programs.search.kernels import Result, Type

INT: Type = "int"
LIST: Type = "list"


@dataclass(frozen=True)
class Move:
    """One operation with its lambda, such as `Map (+1)`.

    apply: from a `Shape` and one batch of columns an argument to the columns of the results.
    """

    operation: str
    function: str
    arguments: tuple[Type, ...]
    result: Type
    apply: Callable[..., Result]

    @property
    def name(self) -> str:
        """As ExeDec writes it, for example `Map (+1)` or `Head`."""
        return f"{self.operation} {self.function}".strip()

    @property
    def commutes(self) -> bool:
        """Whether exchanging the two lists changes nothing."""
        return self.operation == "ZipWith" and self.function in kernels.COMMUTES


def _moves() -> tuple[Move, ...]:
    one, two, numbered = (LIST,), (LIST, LIST), (INT, LIST)
    made = [
        Move("Head", "", one, INT, kernels.head),
        Move("Last", "", one, INT, kernels.last),
        Move("Minimum", "", one, INT, partial(kernels.extreme, "(min)")),
        Move("Maximum", "", one, INT, partial(kernels.extreme, "(max)")),
        Move("Sum", "", one, INT, kernels.total),
        Move("Reverse", "", one, LIST, kernels.reverse),
        Move("Sort", "", one, LIST, kernels.sort),
        Move("Take", "", numbered, LIST, kernels.take),
        Move("Drop", "", numbered, LIST, kernels.drop),
        Move("Access", "", numbered, INT, kernels.access),
    ]
    made += [Move("Map", f, one, LIST, partial(kernels.map_, f)) for f in kernels.ELEMENT]
    made += [Move("Filter", f, one, LIST, partial(kernels.filter_, f)) for f in kernels.PREDICATE]
    made += [Move("Count", f, one, INT, partial(kernels.count, f)) for f in kernels.PREDICATE]
    made += [Move("Scanl1", f, one, LIST, partial(kernels.scan, f)) for f in kernels.PAIR]
    made += [Move("ZipWith", f, two, LIST, partial(kernels.zip_with, f)) for f in kernels.PAIR]
    return tuple(made)


MOVES: tuple[Move, ...] = _moves()
NAMES = tuple(move.name for move in MOVES)
INDEX = {name: number for number, name in enumerate(NAMES)}


DEAREST = 9
"""The cost of what is hardly ever right."""


def equal_costs() -> dict[str, int]:
    """Cost 1 for every move: the search goes by size."""
    return dict.fromkeys(NAMES, 1)


def read_costs(path: Path) -> dict[str, int]:
    """Costs from a JSON object of move names and whole numbers; moves not named cost `DEAREST`.

    Raises ConfigError for a file that is not that.
    """
    try:
        given = json.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise ConfigError(f"cannot read costs from {path}: {error}") from None
    named = isinstance(given, dict) and set(given) <= set(NAMES)
    if not named or not all(type(cost) is int and cost >= 1 for cost in given.values()):
        raise ConfigError(
            f"{path} holds no costs of moves",
            hint='write {"Map (+1)": 2, "Head": 5}, whole numbers from 1',
        )
    costs: dict[str, int] = {**dict.fromkeys(NAMES, DEAREST), **given}
    return costs


def costs_of_probabilities(
    probabilities: Mapping[str, float], *, steps: int = 3, dearest: int = DEAREST
) -> dict[str, int]:
    """Whole costs from a probability a move: -log p, so scaled that the typical move costs `steps`.

    Discretised as in Probe (Barke, Peleg and Polikarpova 2020, OOPSLA);
    no move costs less than 1 or more than `dearest`, so none is excluded. Raises ConfigError
    for a name that is no move.
    """
    unknown = sorted(set(probabilities) - set(NAMES))
    if unknown:
        raise ConfigError(
            f"`{unknown[0]}` is no move of the search",
            hint="names are those of `hrm_engine.programs.search.moves.NAMES`",
        )
    floor = 1e-6
    weights = {name: max(probabilities.get(name, 0.0), floor) for name in NAMES}
    total = sum(weights.values())
    bits = {name: -math.log(weight / total) for name, weight in weights.items()}
    typical = sum(bits[name] * weights[name] / total for name in NAMES)  # the entropy
    scale = steps / max(typical, floor)
    return {name: min(dearest, max(1, round(scale * bit))) for name, bit in bits.items()}
