"""The front door of the search: a program for examples of any types, within a deadline.

A short look through the whole language comes first, so that one idiomatic step is not missed;
then integers and lists of integers are searched in columns, which is deep; the enumeration of
the whole language has the time that is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hrm_engine.deadline import Deadline
from hrm_engine.errors import TaskError
from hrm_engine.programs.search.found import Found
from hrm_engine.programs.search.general import CONSTANTS, GeneralSearch
from hrm_engine.programs.search.moves import NAMES, equal_costs
from hrm_engine.programs.search.search import Search
from hrm_engine.programs.types import Value

FIRST_LOOK = 0.2
"""Share of the time for the whole language before the columns."""
SETTLE_S = 0.1
"""How long to look for a shorter program: most of those that exist are found in this time."""


def find_program(
    inputs: Sequence[Sequence[Value]],
    outputs: Sequence[Value],
    deadline: Deadline,
    *,
    costs: Mapping[str, int] | None = None,
    constants: Sequence[int | str] = CONSTANTS,
) -> Found | None:
    """A program that gives every output, the cheaper of those found; None in time.

    inputs: for each example the values of all inputs. costs: of steps by name, such as
    `Map (+1)`, 1 where none is given. constants: what a program may name. Raises TaskError or
    ProgramError for examples that the language cannot hold.
    """
    general = GeneralSearch(inputs, outputs, costs, constants=constants)
    found = general.run(deadline.within(deadline.remaining() * FIRST_LOOK))
    if found:
        return found
    try:
        named = {name: cost for name, cost in (costs or {}).items() if name in NAMES}
        columns = Search(inputs, outputs, equal_costs() | named)
    except TaskError:
        return general.run(deadline)
    found = columns.run(deadline.within(deadline.remaining() / 2), settle_s=SETTLE_S)
    return found or general.run(deadline)
