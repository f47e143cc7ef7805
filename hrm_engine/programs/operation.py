"""The record of one operation: its type, what it does, how it prints, how it is spoken of.

The Python form is a template. Holes are written `_0`, `_1`, `_2` for the arguments; a hole for
a lambda is either called, `_0(x)`, which stands for its body, or stands alone as a value. The
printer fills templates and the parser matches them, so that the two cannot drift apart; `run`
is written independently, and a property test holds it equal to what the printed text computes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hrm_engine.programs.types import ArgumentType, FunctionType, Type


@dataclass(frozen=True, eq=False)
class Operation:
    """One operation on values of fixed types; total but for ordinary Python exceptions.

    There is one record of each, in the table `operations.py`; it is sent elsewhere by name.

    name: unique, such as `Take` or `Take[list[str]]`; family: the name without the types;
    run: takes the values in order, a lambda as its Python function, and changes none of them;
    python: the template; words: English over {0}, {1}, {2}, and {f} for the lambda applied to
    `item` and `other`; noun: a variable name for the result.
    """

    family: str
    arguments: tuple[ArgumentType, ...]
    result: Type
    run: Callable[..., Any]
    python: str
    words: str
    noun: str
    name: str = ""
    item: str = "each item of {1}"
    other: str = "{2}"

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", self.name or self.family)

    def __reduce__(self) -> tuple[Callable[[str], Operation], tuple[str]]:
        return _by_name, (self.name,)

    @property
    def function(self) -> FunctionType | None:
        """The type of the lambda it takes, always as the first argument; None without one."""
        first = self.arguments[0]
        return first if isinstance(first, FunctionType) else None

    @property
    def values(self) -> tuple[Type, ...]:
        """The types of the arguments that are values, in order."""
        return tuple(kind for kind in self.arguments if isinstance(kind, Type))


def named(operation: Operation, *types: Type) -> Operation:
    """The same operation under a name that tells its types, for families of several types."""
    label = ", ".join(kind.value for kind in types)
    return Operation(**{**vars(operation), "name": f"{operation.family}[{label}]"})


def _by_name(name: str) -> Operation:
    """The record in the table, when one arrives from another process."""
    from hrm_engine.programs.operations import BY_NAME

    return BY_NAME[name]
