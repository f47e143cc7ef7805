"""A program: typed inputs, then statements, each of which names earlier values (SSA form).

    xs: list[int]            value 0
    Filter (>0) v0           value 1
    Sum v1                   value 2, the result

Making a `Program` checks every argument against its operation, so whatever exists type-checks.
Names serve the printed form alone; two programs that differ in names are different records
with the same `key`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from hrm_engine.programs.lambdas import Lambda
from hrm_engine.programs.operation import Operation
from hrm_engine.programs.types import ArgumentType, FunctionType, ProgramError, Type

RESERVED = frozenset({"x", "y", "d"})
"""The names that comprehensions and lambdas of the printed form bind."""


@dataclass(frozen=True)
class Ref:
    """The value with this number: inputs count first, then statements."""

    index: int

    def __str__(self) -> str:
        return f"v{self.index}"


@dataclass(frozen=True)
class Constant:
    """An integer or a text written in the program."""

    value: int | str

    @property
    def type(self) -> Type:
        """INT or STR."""
        return Type.INT if isinstance(self.value, int) else Type.STR

    def __str__(self) -> str:
        return repr(self.value)


Argument: TypeAlias = Lambda | Ref | Constant


@dataclass(frozen=True)
class Statement:
    """One operation with its arguments, in the operation's order."""

    operation: Operation
    arguments: tuple[Argument, ...]

    def __str__(self) -> str:
        spoken = (each.name if isinstance(each, Lambda) else str(each) for each in self.arguments)
        return " ".join((self.operation.name, *spoken))


@dataclass(frozen=True)
class Program:
    """Inputs by name and type, and at least one statement; the last one is the result.

    Raises ProgramError when a statement does not type-check.
    """

    names: tuple[str, ...]
    types: tuple[Type, ...]
    statements: tuple[Statement, ...]

    def __post_init__(self) -> None:
        if len(self.names) != len(self.types) or len(set(self.names)) != len(self.names):
            raise ProgramError("inputs need one name and one type each, all names different")
        if not self.statements:
            raise ProgramError("a program needs at least one statement")
        known = list(self.types)
        for statement in self.statements:
            check_statement(statement, known)
            known.append(statement.operation.result)

    @property
    def result(self) -> Type:
        """The type of the last statement."""
        return self.statements[-1].operation.result

    @property
    def key(self) -> str:
        """The program without its names, as one line; equal for equal programs."""
        inputs = ", ".join(kind.value for kind in self.types)
        return " | ".join((inputs, *map(str, self.statements)))

    def __str__(self) -> str:
        return self.key


def input_names(types: Sequence[Type]) -> tuple[str, ...]:
    """Usual names for inputs of these types: xs, ys for lists, n, k for integers, s, t for text."""
    usual = {Type.INT: "nkmj", Type.STR: "strw", Type.BOOL: "bcpq", Type.FLOAT: "gh"}
    names: list[str] = []
    for kind in types:
        letters = usual.get(kind)
        wanted = list(letters) if letters else ["xs", "ys", "zs", "ws"]
        wanted += [f"{wanted[0]}{number}" for number in range(2, len(types) + 2)]
        names.append(next(name for name in wanted if name not in names))
    return tuple(names)


def check_statement(statement: Statement, known: Sequence[Type]) -> None:
    """Raise ProgramError unless the arguments fit, given the types of the values so far."""
    wanted = statement.operation.arguments
    if len(wanted) != len(statement.arguments):
        raise ProgramError(
            f"`{statement.operation.name}` takes {len(wanted)} arguments, "
            f"not {len(statement.arguments)}"
        )
    for argument, kind in zip(statement.arguments, wanted, strict=True):
        found = _type_of_argument(argument, known)
        if found != kind:
            raise ProgramError(
                f"`{statement}` has {_spoken(found)} where {_spoken(kind)} belongs",
                hint="give each argument the type that the operation's record names",
            )


def _type_of_argument(argument: Argument, known: Sequence[Type]) -> ArgumentType:
    if not isinstance(argument, Ref):
        return argument.type
    if not 0 <= argument.index < len(known):
        raise ProgramError(f"`{argument}` does not stand before the statement that uses it")
    return known[argument.index]


def _spoken(kind: ArgumentType) -> str:
    return str(kind) if isinstance(kind, FunctionType) else kind.value
