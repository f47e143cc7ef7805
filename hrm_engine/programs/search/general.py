"""Enumeration over the whole language: any types, any operations, one value at a time.

The same search as `enumerate.py`, by cost and up to observational equivalence, for what columns
of integers cannot hold: strings, truth values, counts. It makes far fewer values a second, so
it goes less deep; costs from a model matter here the most.

Operations that the types rule out are never tried: some argument can never be made from the
inputs, or the result can never become the output. On every level what has the
output's type comes first, and is compared with the output as it is made.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from hrm_engine.deadline import Deadline
from hrm_engine.errors import TaskError
from hrm_engine.programs.interpreter import FAILURES, Limits, run, within
from hrm_engine.programs.lambdas import Lambda
from hrm_engine.programs.operation import Operation
from hrm_engine.programs.operations import OPERATIONS, lambdas_for
from hrm_engine.programs.program import Argument, Constant, Program, Ref, Statement, input_names
from hrm_engine.programs.search.found import Found
from hrm_engine.programs.types import Type, Value, common_type, type_of

LIMITS = Limits(integer=10**12, items=200, characters=2000)
MOST_VALUES = 400_000
CONSTANTS: tuple[int | str, ...] = (0, 1, 2, 3, 10, " ", ",", "")
CONSTANT_COST = 1
CHECK_EVERY = 256
"""Candidates between two looks at the clock: about a millisecond."""


@dataclass(frozen=True)
class Step:
    """An operation with its lambda, and what it costs."""

    operation: Operation
    function: Lambda | None
    cost: int

    @property
    def call(self) -> Callable[..., Any]:
        """What makes the result from the values of the arguments."""
        run_, function = self.operation.run, self.function
        return run_ if function is None else lambda *values: run_(function.run, *values)


@dataclass(frozen=True, eq=False)
class Node:
    """A value on all examples, with the step that made it or the argument that it is."""

    values: tuple[Value, ...]
    made_by: Step | Argument
    arguments: tuple[Node, ...] = ()


def step_name(operation: Operation, function: Lambda | None) -> str:
    """The name under which a cost is given: `Map (+1)`, `Head`."""
    return f"{operation.name} {function.name}" if function else operation.name


def useful(known: set[Type], wanted: Type) -> list[Operation]:
    """The operations that can be part of a program from types `known` to the type `wanted`."""
    reachable, needed = set(known), {wanted}
    for _ in Type:
        for operation in OPERATIONS:
            if reachable.issuperset(operation.values):
                reachable.add(operation.result)
            if operation.result in needed:
                needed.update(operation.values)
    return [
        operation
        for operation in OPERATIONS
        if operation.result in needed and reachable.issuperset(operation.values)
    ]


class GeneralSearch:
    """One problem. `run` may be called once."""

    def __init__(
        self,
        inputs: Sequence[Sequence[Value]],
        outputs: Sequence[Value],
        costs: Mapping[str, int] | None = None,
        *,
        constants: Sequence[int | str] = CONSTANTS,
        most: int = MOST_VALUES,
    ) -> None:
        """inputs: for each example the values of all inputs; outputs: one an example.

        costs: by `step_name`, 1 where none is given; constants: that a program may name.
        Raises TaskError or ProgramError for examples that the language cannot hold.
        """
        if not outputs or len(inputs) != len(outputs) or len({len(row) for row in inputs}) != 1:
            raise TaskError(
                "a search needs as many outputs as inputs, at least one",
                hint="give each example all inputs and one output",
            )
        columns = [tuple(column) for column in zip(*inputs, strict=True)]
        self._types = [common_type(list(column)) for column in columns]
        self._output = common_type(list(outputs))
        self._goal = tuple(outputs)
        self._examples = inputs
        self._most = most
        self._levels: dict[tuple[Type, int], list[Node]] = {}
        self._seen: set[tuple[Type, str]] = set()
        self._count = 0
        for place, (kind, column) in enumerate(zip(self._types, columns, strict=True)):
            self._keep(kind, 0, Node(column, Ref(place)))
        for constant in constants:
            column = (constant,) * len(outputs)
            self._keep(type_of(constant), CONSTANT_COST, Node(column, Constant(constant)))
        known = {kind for kind, _ in self._levels}
        self._steps = sorted(
            (
                Step(operation, function, (costs or {}).get(step_name(operation, function), 1))
                for operation in useful(known, self._output)
                for function in lambdas_for(operation) or (None,)
            ),
            key=lambda step: step.operation.result is not self._output,
        )
        self._walk = self._candidates()

    def run(self, deadline: Deadline) -> Found | None:
        """The cheapest program; None when there was none in time or in memory.

        Called again, it goes on where it stopped.
        """
        start = time.perf_counter()
        for cost, node in self._walk:
            program = self._program(node) if node else None
            if program:
                seconds = time.perf_counter() - start
                return Found(program, cost, self._count, 0, seconds, "general")
            if not deadline.remaining():
                return None
        return None

    def _candidates(self) -> Iterator[tuple[int, Node | None]]:
        """Cost and value of what equals the output, and now and then None; ends with the space."""
        cost = idle = 0  # idle: levels in a row that made nothing
        dearest = max((step.cost for step in self._steps), default=0)
        while idle <= dearest + CONSTANT_COST and self._count < self._most:
            cost += 1
            before = self._count
            for node in self._grow(cost):
                yield cost, node
            idle = 0 if self._count > before else idle + 1

    def _grow(self, cost: int) -> Iterator[Node | None]:
        """Store the values of this cost; yields those that are the output, at times None."""
        tried = 0
        for step in self._steps:
            kind, call = step.operation.result, step.call
            for arguments in self._arguments(step, cost - step.cost):
                tried += 1
                if tried % CHECK_EVERY == 0:
                    yield None
                values = _results(call, arguments, kind)
                if values is None:
                    continue
                node = Node(values, step, arguments)
                if kind is self._output and values == self._goal:
                    yield node
                self._keep(kind, cost, node)
                if self._count >= self._most:
                    return

    def _arguments(self, step: Step, cost: int) -> Iterator[tuple[Node, ...]]:
        """All arguments of a step whose costs add up to `cost`."""
        kinds = step.operation.values
        for shares in _shares(len(kinds), cost):
            pools = [self._levels.get(key, []) for key in zip(kinds, shares, strict=True)]
            if all(pools):
                yield from product(*pools)

    def _keep(self, kind: Type, cost: int, node: Node) -> None:
        """Store a value unless it is known."""
        key = kind, repr(node.values)
        if key not in self._seen:
            self._seen.add(key)
            self._levels.setdefault((kind, cost), []).append(node)
            self._count += 1

    def _program(self, last: Node) -> Program | None:
        """The statements that make a value, each once, if the interpreter agrees."""
        statements: list[Statement] = []
        places: dict[int, int] = {}

        def visit(node: Node) -> Argument:
            if not isinstance(node.made_by, Step):
                return node.made_by
            if id(node) not in places:
                function = node.made_by.function
                arguments = tuple(visit(argument) for argument in node.arguments)
                before: tuple[Argument, ...] = (function,) if function else ()
                statements.append(Statement(node.made_by.operation, (*before, *arguments)))
                places[id(node)] = len(self._types) + len(statements) - 1
            return Ref(places[id(node)])

        visit(last)
        program = Program(input_names(self._types), tuple(self._types), tuple(statements))
        pairs = zip(self._examples, self._goal, strict=True)
        fits = all(run(program, inputs, LIMITS) == output for inputs, output in pairs)
        return program if fits else None


def _results(
    call: Callable[..., Any], arguments: tuple[Node, ...], kind: Type
) -> tuple[Value, ...] | None:
    """The results on all examples; None where one has none."""
    results = []
    for values in zip(*(argument.values for argument in arguments), strict=True):
        try:
            result = call(*values)
        except FAILURES:
            return None
        if not within(result, kind, LIMITS):
            return None
        results.append(result)
    return tuple(results)


def _shares(parts: int, total: int) -> Iterator[tuple[int, ...]]:
    """All ways to share `total` >= 0 among `parts` >= 1 in order."""
    if total < 0:
        return
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _shares(parts - 1, total - first):
            yield (first, *rest)
