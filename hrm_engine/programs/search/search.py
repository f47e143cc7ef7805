"""Find a program that gives the outputs for the inputs: both ends, and the pairs between.

Forward, `enumerate.py` makes the values that short programs give; backward, `goals.py` makes
the values that would be enough; `joins.py` closes a gap of one `ZipWith` of any two values.
The three take turns, the cheap work first, until a program is found or the time is up.

With `costs` all equal this is plain enumeration; with costs from a model it is guided. Numbers
beyond `bound` are no results here; a larger bound takes larger integers and is slower.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping, Sequence

from hrm_engine.deadline import Deadline
from hrm_engine.errors import TaskError
from hrm_engine.programs import types
from hrm_engine.programs.exedec import read_program
from hrm_engine.programs.interpreter import Limits, run
from hrm_engine.programs.program import Program
from hrm_engine.programs.search.bank import Bank, Values
from hrm_engine.programs.search.enumerate import Enumerator, Value, columns_of
from hrm_engine.programs.search.found import Found
from hrm_engine.programs.search.goals import Goals
from hrm_engine.programs.search.joins import join
from hrm_engine.programs.search.kernels import LARGEST_BOUND, Shape, Type
from hrm_engine.programs.search.moves import MOVES, equal_costs
from hrm_engine.programs.search.terms import Term, made_by, program_text, statements, term_of

MEMORY = 400 * 2**20
MOST_VALUES = 2_000_000
MOST_GOALS = 300_000
GOAL_STEPS = 2
"""How many moves of usual cost the goals go back from the output."""
BOUNDS = (50, 256, 2048)
"""Usual bounds: that of ExeDec's files, DeepCoder's own, and one for what people write."""
KINDS: dict[Type, types.Type] = {"int": types.Type.INT, "list": types.Type.INTS}


class Search:
    """One problem. `run` may be called once."""

    def __init__(
        self,
        inputs: Sequence[Sequence[Value]],
        outputs: Sequence[Value],
        costs: Mapping[str, int] | None = None,
        *,
        bound: int | None = None,
        bidirectional: bool = True,
    ) -> None:
        """inputs: for each example the values of all inputs; outputs: one an example.

        bound: the largest number that a value may hold, at least 50 where none is given. Raises
        TaskError for examples that the columns cannot hold.
        """
        bound = check(inputs, outputs, bound)
        shape = Shape(len(outputs), longest(inputs), bound)
        width = (shape.cells + shape.examples) * shape.dtype().itemsize + 40
        self.bank = Bank(shape, most=min(MOST_VALUES, MEMORY // width))
        self._costs = dict(costs or equal_costs())
        self._both = bidirectional
        self._inputs = [columns_of(shape, column) for column in zip(*inputs, strict=True)]
        self._examples, self._outputs = inputs, outputs
        self._types = [KINDS[kind] for kind, _ in self._inputs]
        self._limits = Limits(integer=bound)
        self._best: tuple[int, Program] | None = None
        self._deadline, self._settle_s = Deadline.never(), 0.0
        self._goal_levels = round(GOAL_STEPS * statistics.median(self._costs.values()))
        self.goals: Goals | None = None
        if longest([outputs]) <= shape.longest:  # no operation makes a list longer
            kind, column = columns_of(shape, outputs)
            self.goals = Goals(self.bank, kind, column, self._costs, most=MOST_GOALS)

    def run(self, deadline: Deadline, *, settle_s: float = 0.0) -> Found | None:
        """The program; None when there was none in time or in memory.

        settle_s: after a first program, look this long for a cheaper one.
        """
        start = time.perf_counter()
        self._deadline, self._settle_s = deadline, settle_s
        if self.goals:
            self._search(self.goals)
        if self._best is None or self.goals is None:
            return None
        cost, program = self._best
        values = self.bank.all("list").size + self.bank.all("int").size
        return Found(program, cost, values, self.goals.size, time.perf_counter() - start, "columns")

    def _search(self, goals: Goals) -> None:
        forward = Enumerator(self.bank, self._inputs, self._costs, self._watch)
        while not self._over(forward.cost) and not self.bank.full():
            forward.grow(self._deadline)
            if self._both and not self._over(forward.cost) and goals.kind == "list":
                self._from_behind(goals)

    def _over(self, cost: int) -> bool:
        """Whether the time is up, or no program can follow that is cheaper than the one known."""
        return not self._deadline.remaining() or (
            self._best is not None and self._best[0] <= cost + 1
        )

    def _from_behind(self, goals: Goals) -> None:
        """Close the gap to the output by a pair, or make more goals and see if one is known."""
        pair = join(self.bank, goals.all().columns[:, :1])
        if pair:
            self._offer(made_by(self.bank, *pair))
        if goals.cost < self._goal_levels and not goals.full() and not self._over(0):
            goals.grow(self._deadline)
            known = self.bank.all("list")
            hit = goals.newly_met(known)
            if hit:
                self._offer(goals.complete(hit[0], term_of(self.bank, "list", hit[1])))

    def _watch(self, kind: Type, values: Values) -> bool:
        """Offer what these new values complete; whether the time to look for more is over."""
        hit = self.goals.met(values) if self.goals and kind == self.goals.kind else None
        if hit and self.goals:
            term = term_of(self.bank, kind, values.start + hit[1])
            self._offer(self.goals.complete(hit[0], term))
        return self._best is not None and not self._deadline.remaining()

    def _offer(self, term: Term) -> None:
        """Keep a program if it is the cheapest so far; an input alone is none."""
        made = statements(term, len(self._inputs))
        cost = sum(self._costs[MOVES[move].name] for move, _ in made)
        if made and (self._best is None or cost < self._best[0]):
            program = read_program(program_text(term, len(self._inputs)), self._types)
            pairs = zip(self._examples, self._outputs, strict=True)
            if all(run(program, inputs, self._limits) == output for inputs, output in pairs):
                if self._best is None:
                    self._deadline = self._deadline.within(self._settle_s)
                self._best = cost, program


def longest(rows: Sequence[Sequence[Value]]) -> int:
    """Length of the longest list; 0 where there are integers alone."""
    return max((len(v) for row in rows for v in row if not isinstance(v, int)), default=0)


def check(inputs: Sequence[Sequence[Value]], outputs: Sequence[Value], bound: int | None) -> int:
    """The bound, if none is given the smallest usual one that holds all numbers.

    Raises TaskError unless the values are integers within it and lists of them.
    """
    if not outputs or len(inputs) != len(outputs) or len({len(row) for row in inputs}) != 1:
        raise TaskError(
            "a search needs as many outputs as inputs, at least one",
            hint="give each example all inputs and one output",
        )
    if bound is not None and not 1 <= bound <= LARGEST_BOUND:
        raise TaskError(f"the bound {bound} is not within 1 to {LARGEST_BOUND}")
    columns = (*zip(*inputs, strict=True), outputs)
    flat = [n for column in columns for v in column for n in (v if isinstance(v, list) else [v])]
    mixed = any(len({isinstance(value, list) for value in column}) != 1 for column in columns)
    plain = all(type(n) is int for n in flat) and not mixed
    largest = max((abs(n) for n in flat), default=0) if plain else 0
    chosen = bound or next((usual for usual in BOUNDS if usual >= largest), LARGEST_BOUND)
    if not plain or largest > chosen:
        raise TaskError(
            f"the search in columns holds integers up to {chosen} and lists of them",
            hint="other values are for the enumeration of the whole language",
        )
    return chosen
