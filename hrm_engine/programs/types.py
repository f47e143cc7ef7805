"""The types of the program language, and the values that belong to them.

Every value is plain Python; a list of the language is a Python list of one kind of item.
`None` is no value of the language: it stands for "no result" (see `interpreter.py`).
Sets do not appear as values: the operations give their members sorted, so order is defined.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias

from hrm_engine.errors import HRMError

Value: TypeAlias = Any  # int, bool, float, str, or a list or dict of these; see `fits`


class ProgramError(HRMError):
    """A program that does not type-check, or text that is no program of the language."""


class Type(Enum):
    """The type of a variable; its value is the Python annotation."""

    INT = "int"
    BOOL = "bool"
    FLOAT = "float"
    STR = "str"
    INTS = "list[int]"
    STRS = "list[str]"
    BOOLS = "list[bool]"
    INT_COUNTS = "dict[int, int]"
    STR_COUNTS = "dict[str, int]"

    @property
    def item(self) -> Type | None:
        """The type of a list's items; None for what is no list."""
        return _ITEMS.get(self)


@dataclass(frozen=True)
class FunctionType:
    """The type of a lambda, such as (int, int) -> bool; no variable has it."""

    arguments: tuple[Type, ...]
    result: Type

    def __str__(self) -> str:
        return f"({', '.join(kind.value for kind in self.arguments)}) -> {self.result.value}"


ArgumentType: TypeAlias = Type | FunctionType

_ITEMS = {Type.INTS: Type.INT, Type.STRS: Type.STR, Type.BOOLS: Type.BOOL}
_PLAIN = {Type.INT: int, Type.BOOL: bool, Type.FLOAT: float, Type.STR: str}
_COUNTS = {Type.INT_COUNTS: int, Type.STR_COUNTS: str}


def fits(value: Value, kind: Type) -> bool:
    """Whether `value` belongs to `kind`, exactly: True is no int, 1 is no float."""
    if kind in _PLAIN:
        return type(value) is _PLAIN[kind]
    if kind in _COUNTS:
        key = _COUNTS[kind]
        return type(value) is dict and all(
            type(name) is key and type(count) is int for name, count in value.items()
        )
    item = _PLAIN[_ITEMS[kind]]
    return type(value) is list and all(type(member) is item for member in value)


def type_of(value: Value) -> Type:
    """The type of a value; an empty list counts as list[int], an empty dict as dict[int, int].

    Raises ProgramError for a value that the language does not have.
    """
    for kind in Type:
        if fits(value, kind):
            return kind
    raise ProgramError(
        f"{value!r:.60} is no value of the program language",
        hint="use int, bool, float, str, or a list of one of int, bool, str",
    )


def common_type(values: list[Value]) -> Type:
    """The one type that all `values` fit, so that an empty list may stand beside list[str].

    Raises ProgramError when there is none.
    """
    for kind in Type:
        if values and all(fits(value, kind) for value in values):
            return kind
    raise ProgramError(
        f"no single type of the program language fits {values!r:.80}",
        hint="give examples whose values at one place have one type",
    )
