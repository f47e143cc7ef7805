"""Run a program. Total: every run ends, and gives a value or None for "no result".

No result means that an operation failed (the first item of an empty list, a division by zero)
or that a value outgrew the limits. Values are bounded after every step and each operation is
fast on bounded values, so a program of S statements takes at most S short steps.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hrm_engine.programs.lambdas import Lambda
from hrm_engine.programs.program import Constant, Program, Ref, Statement
from hrm_engine.programs.types import ProgramError, Type, Value, fits

FAILURES = (ArithmeticError, LookupError, ValueError, TypeError)


@dataclass(frozen=True)
class Limits:
    """The largest values that a run may hold: magnitude of an integer, items, characters."""

    integer: int = 2**63 - 1
    items: int = 1000
    characters: int = 10_000


DEEPCODER_LIMITS = Limits(integer=256)
"""As ExeDec runs DeepCoder's programs: an integer beyond -256 to 256 is no result."""
DEFAULT_LIMITS = Limits()


def run(program: Program, inputs: Sequence[Value], limits: Limits = DEFAULT_LIMITS) -> Value | None:
    """The program's result on `inputs`, or None for no result.

    The result may share lists with the inputs; operations change no value. Raises ProgramError
    when the inputs are not of the program's types.
    """
    values = trace(program, inputs, limits)
    return None if values is None else values[-1]


def trace(
    program: Program, inputs: Sequence[Value], limits: Limits = DEFAULT_LIMITS
) -> list[Value] | None:
    """All values: the inputs, then the result of every statement; None for no result.

    Raises ProgramError when the inputs are not of the program's types.
    """
    if len(inputs) != len(program.types) or not all(map(fits, inputs, program.types)):
        spoken = ", ".join(kind.value for kind in program.types)
        raise ProgramError(f"the inputs do not fit the program's types ({spoken})")
    values = list(inputs)
    for statement in program.statements:
        result = apply(statement, values, limits)
        if result is None:
            return None
        values.append(result)
    return values


def apply(
    statement: Statement, values: Sequence[Value], limits: Limits = DEFAULT_LIMITS
) -> Value | None:
    """The result of one statement, given the values before it; None for no result."""
    arguments = [_argument(argument, values) for argument in statement.arguments]
    try:
        result = statement.operation.run(*arguments)
    except FAILURES:
        return None
    return result if within(result, statement.operation.result, limits) else None


def within(value: Value, kind: Type, limits: Limits) -> bool:
    """Whether a value of type `kind` is inside the limits."""
    return _WITHIN[kind](value, limits)


def _argument(argument: Lambda | Ref | Constant, values: Sequence[Value]) -> Any:
    if isinstance(argument, Ref):
        return values[argument.index]
    return argument.run if isinstance(argument, Lambda) else argument.value


def _integer(value: int, limits: Limits) -> bool:
    return -limits.integer <= value <= limits.integer


def _integers(values: Sequence[int], limits: Limits) -> bool:
    bound = limits.integer
    return not values or (
        len(values) <= limits.items and -bound <= min(values) and max(values) <= bound
    )


def _text(value: str, limits: Limits) -> bool:
    return len(value) <= limits.characters


def _texts(values: Sequence[str], limits: Limits) -> bool:
    return len(values) <= limits.items and sum(map(len, values)) <= limits.characters


def _short(values: Sequence[Any], limits: Limits) -> bool:
    return len(values) <= limits.items


def _always(value: Value, limits: Limits) -> bool:
    return True


_WITHIN: dict[Type, Callable[[Any, Limits], bool]] = {
    Type.INT: _integer,
    Type.BOOL: _always,
    Type.FLOAT: _always,
    Type.STR: _text,
    Type.INTS: _integers,
    Type.STRS: _texts,
    Type.BOOLS: _short,
    Type.INT_COUNTS: _short,
    Type.STR_COUNTS: _short,
}
