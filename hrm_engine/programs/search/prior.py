"""Costs learned by counting: how often each move stands in programs that were sampled.

The simplest guide there is, one for all problems; a network that reads the examples gives costs
for each problem in the same form (`moves.costs_of_probabilities`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from hrm_engine.programs.lambdas import Lambda
from hrm_engine.programs.program import Program
from hrm_engine.programs.search.moves import NAMES, costs_of_probabilities


def counted_costs(programs: Iterable[Program], *, steps: int = 2) -> dict[str, int]:
    """Costs of all moves, the typical one `steps`; every move counts once more than it is seen.

    Statements that are no move, of the language beyond DeepCoder, are passed over.
    """
    seen = Counter(
        " ".join((statement.operation.name, *(name for name in _functions(statement.arguments))))
        for program in programs
        for statement in program.statements
    )
    total = sum(seen[name] + 1 for name in NAMES)
    return costs_of_probabilities({name: (seen[name] + 1) / total for name in NAMES}, steps=steps)


def _functions(arguments: Iterable[object]) -> list[str]:
    """The names of the lambdas among a statement's arguments."""
    return [argument.name for argument in arguments if isinstance(argument, Lambda)]
