"""A statement in English, from the words of its operation and lambda.

Filter (>0) v0     "each item of xs that is positive"
SortBy (len) v0    "words sorted by the length of each item"
"""

from __future__ import annotations

from collections.abc import Sequence

from hrm_engine.programs.lambdas import Lambda
from hrm_engine.programs.program import Argument, Constant, Statement
from hrm_engine.programs.types import ArgumentType, Type


def phrase(statement: Statement, values: Sequence[str]) -> str:
    """What the statement computes, given what each value before it is called."""
    operation = statement.operation
    spoken = [
        _spoken(argument, kind, values)
        for argument, kind in zip(statement.arguments, operation.arguments, strict=True)
    ]
    function = next((each for each in statement.arguments if isinstance(each, Lambda)), None)
    if function is None:
        return operation.words.format(*spoken)
    applied = function.words.format(
        x=operation.item.format(*spoken), y=operation.other.format(*spoken, "")
    )
    return operation.words.format(*spoken, f=applied, fold=function.fold)


def _spoken(argument: Argument, kind: ArgumentType, values: Sequence[str]) -> str:
    """One argument; a truth value as a clause: "whether it rains" gives "it rains"."""
    if isinstance(argument, Lambda):
        return ""
    if isinstance(argument, Constant):
        return str(argument)
    value = values[argument.index]
    if kind is not Type.BOOL:
        return value
    clause = value.removeprefix("whether ")
    return clause if clause != value else f"{value} is true"
