"""Which programs make no good problem: trivial ones, and those that a shorter one replaces.

A program is judged by its values on the examples that the solver will see, since a shorter
program that fits those would be an answer too, perhaps a better one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import Literal

from hrm_engine.programs.generate import CONSTANTS
from hrm_engine.programs.interpreter import Limits, apply
from hrm_engine.programs.operation import Operation
from hrm_engine.programs.operations import OPERATIONS, lambdas_for
from hrm_engine.programs.program import Argument, Constant, Program, Ref, Statement
from hrm_engine.programs.types import FunctionType, Type, Value

Fault = Literal["constant", "identity", "reducible", "one step"]
Rows = Sequence[Sequence[Value]]
"""The values of a program on each example, inputs first; see `interpreter.trace`."""


def fault(program: Program, rows: Rows, limits: Limits) -> Fault | None:
    """What is wrong with the program as a problem with these examples; None for nothing.

    constant: all results are equal, or, of other results than truth values, fewer than half
    are different. identity: the result is one of the inputs. reducible: a
    statement may be left out. one step: a single operation fits, or a simpler one does.
    """
    results = [row[-1] for row in rows]
    different = len({repr(result) for result in results})
    if different == 1 or (program.result is not Type.BOOL and 2 * different < len(results)):
        return "constant"
    for place in range(len(program.types)):
        if [row[place] for row in rows] == results:
            return "identity"
    if _drops(program, rows, limits):
        return "reducible"
    if len(program.statements) > 1 and _one_step(program, rows, limits):
        return "one step"
    return None


def _drops(program: Program, rows: Rows, limits: Limits) -> bool:
    """Whether an earlier value may stand for some statement's."""
    inputs = len(program.types)
    kinds = [*program.types, *(each.operation.result for each in program.statements)]
    return any(
        kinds[earlier] is kinds[place]
        and all(_same(program, row, place, earlier, limits) for row in rows)
        for place in range(inputs, len(kinds))
        for earlier in range(place)
    )


def _same(program: Program, row: Sequence[Value], place: int, earlier: int, limits: Limits) -> bool:
    """Whether the result stays when value `earlier` stands for value `place`."""
    values = [*row[:place], row[earlier]]
    for statement in program.statements[place - len(program.types) + 1 :]:
        result = apply(statement, values, limits)
        if result is None:
            return False
        values.append(result)
    return bool(values[-1] == row[-1])


def _one_step(program: Program, rows: Rows, limits: Limits) -> bool:
    """Whether one operation on the inputs gives the results."""
    inputs = len(program.types)
    return any(
        all(apply(statement, row[:inputs], limits) == row[-1] for row in rows)
        for statement in _single_statements(program.types, program.result)
    )


@lru_cache(maxsize=256)
def _single_statements(types: tuple[Type, ...], result: Type) -> tuple[Statement, ...]:
    """Every statement on inputs of these types, and common constants, of type `result`."""
    return tuple(
        Statement(operation, arguments)
        for operation in OPERATIONS
        if operation.result is result
        for arguments in _arguments(operation, types)
        if any(isinstance(each, Ref) for each in arguments)
    )


def _arguments(operation: Operation, types: Sequence[Type]) -> Iterator[tuple[Argument, ...]]:
    choices: list[list[Argument]] = []
    for kind in operation.arguments:
        if isinstance(kind, FunctionType):
            choices.append(list(lambdas_for(operation)))
            continue
        fitting: list[Argument] = [Ref(place) for place, each in enumerate(types) if each is kind]
        if len(operation.values) < 3:
            fitting += [Constant(value) for value in CONSTANTS.get(kind, ())]
        choices.append(fitting)
    yield from product(*choices)
