"""Read and write the text form of ExeDec's DeepCoder files (Shi et al. 2024, arXiv:2307.13883).

    x0 = INPUT | x1 = Map (+1) x0 | x2 = Sum x1        a program
    x0 = [ 3 1 2 ] | x1 = 9                            the inputs of one example

Inputs carry no types there, so they are found from the examples, or from the operations alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hrm_engine.programs.deepcoder_operations import DEEPCODER
from hrm_engine.programs.lambdas import DEEPCODER as LAMBDAS
from hrm_engine.programs.lambdas import Lambda
from hrm_engine.programs.program import Argument, Program, Ref, Statement
from hrm_engine.programs.types import ProgramError, Type, Value, common_type

_OPERATIONS = {operation.name: operation for operation in DEEPCODER}
_LAMBDAS = {function.name: function for function in LAMBDAS}
_INTEGER = re.compile(r"-?\d{1,9}")
_LIST = re.compile(r"\[( -?\d{1,9})* \]")


@dataclass(frozen=True)
class ExedecProblem:
    """One line of a file: inputs of each example, their outputs, and the program of record."""

    inputs: tuple[tuple[Value, ...], ...]
    outputs: tuple[Value, ...]
    program: Program


def only_deepcoder(program: Program) -> bool:
    """Whether the program can be written in this form: DeepCoder's operations and lambdas alone."""
    return all(
        statement.operation.name in _OPERATIONS
        and all(
            isinstance(each, Ref) or (isinstance(each, Lambda) and each.name in _LAMBDAS)
            for each in statement.arguments
        )
        for statement in program.statements
    )


def read_problem(record: Mapping[str, Any]) -> ExedecProblem:
    """A record {"inputs", "outputs", "program"}. Raises ProgramError."""
    try:
        inputs = tuple(read_inputs(line) for line in record["inputs"])
        outputs = tuple(read_value(text) for text in record["outputs"])
        text = record["program"]
    except KeyError as error:
        raise ProgramError(f"the record lacks {error}") from None
    if not inputs or len(inputs) != len(outputs) or len({len(row) for row in inputs}) != 1:
        raise ProgramError("the record needs equally many inputs and outputs, of one shape")
    types = [common_type(list(column)) for column in zip(*inputs, strict=True)]
    return ExedecProblem(inputs, outputs, read_program(text, types))


def read_value(text: str) -> Value:
    """An integer or a list `[ 1 2 ]`. Raises ProgramError."""
    text = text.strip()
    if _INTEGER.fullmatch(text):
        return int(text)
    if _LIST.fullmatch(text):
        return [int(token) for token in text[1:-1].split()]
    raise ProgramError(f"{text!r:.60} is neither an integer nor a list `[ 1 2 ]`")


def read_inputs(text: str) -> tuple[Value, ...]:
    """The values of `x0 = [ 3 1 ] | x1 = 9`, in order. Raises ProgramError."""
    values = []
    for number, part in enumerate(text.split("|")):
        name, _, value = part.partition("=")
        if name.strip() != f"x{number}":
            raise ProgramError(f"expected a value for x{number}, found {part!r:.60}")
        values.append(read_value(value))
    return tuple(values)


def read_program(text: str, types: Sequence[Type]) -> Program:
    """The program, for inputs of these types. Raises ProgramError."""
    lines = [line.split() for line in text.split("|")]
    names: dict[str, int] = {}
    statements: list[Statement] = []
    for tokens in lines:
        if len(tokens) < 3 or tokens[1] != "=" or tokens[0] in names:
            raise ProgramError(f"expected `name = operation ...`, found {' '.join(tokens)!r:.60}")
        if tokens[2:] != ["INPUT"]:
            statements.append(_statement(tokens, names))
        elif statements:
            raise ProgramError("an input stands after a statement")
        names[tokens[0]] = len(names)
    return Program(tuple(names)[: len(names) - len(statements)], tuple(types), tuple(statements))


def _statement(tokens: Sequence[str], names: Mapping[str, int]) -> Statement:
    """One statement; the arguments may be lambdas or earlier names."""
    if tokens[2] not in _OPERATIONS:
        raise ProgramError(f"`{tokens[2]}` is no operation of DeepCoder")
    arguments: list[Argument] = []
    for token in tokens[3:]:
        if token not in _LAMBDAS and token not in names:
            raise ProgramError(f"`{token}` is neither a lambda nor an earlier name")
        arguments.append(_LAMBDAS[token] if token in _LAMBDAS else Ref(names[token]))
    return Statement(_OPERATIONS[tokens[2]], tuple(arguments))


def write_program(program: Program) -> str:
    """The program in ExeDec's text form. Raises ProgramError for what DeepCoder lacks."""
    lines = [f"x{number} = INPUT" for number in range(len(program.types))]
    for number, statement in enumerate(program.statements, len(program.types)):
        if statement.operation.name not in _OPERATIONS:
            raise ProgramError(f"`{statement.operation.name}` is no operation of DeepCoder")
        tokens = [_token(argument) for argument in statement.arguments]
        lines.append(" ".join((f"x{number} = {statement.operation.name}", *tokens)))
    return " | ".join(lines)


def _token(argument: Argument) -> str:
    if isinstance(argument, Ref):
        return f"x{argument.index}"
    if isinstance(argument, Lambda) and argument.name in _LAMBDAS:
        return argument.name
    raise ProgramError(f"DeepCoder has no way to write {argument}")
