"""One function of the library: its code, what it is asked by, and examples of what it does."""

from __future__ import annotations

import ast
import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from hrm_engine.evaluation.sandbox import Call, Example


@dataclass(frozen=True)
class Snippet:
    """A function that can be run as it stands.

    name: of the function; code: with its imports and helpers; texts: the requests it answers,
    the main one first; parameters: names of those that may be given by position; least, most:
    how many must and may be; written: examples as text, the tuple of arguments and the result;
    source: library:MBPP/601 or library:own/cone_volume; attribution: whose text it is and
    under which licence, "" for our own.
    """

    name: str
    code: str
    texts: tuple[str, ...]
    parameters: tuple[str, ...]
    least: int
    most: float
    written: tuple[tuple[str, str], ...]
    source: str
    attribution: str = ""

    @property
    def arity(self) -> tuple[int, float]:
        """How many arguments must and may be given by position; inf for any number."""
        return self.least, self.most

    @cached_property
    def examples(self) -> tuple[Example, ...]:
        """Calls and what they return; read from their text at the first use."""
        return tuple(
            Example(Call(self.name, ast.literal_eval(given)), ast.literal_eval(result))
            for given, result in self.written
        )

    def record(self) -> dict[str, Any]:
        """All but the attribution as JSON has it."""
        return {
            "source": self.source,
            "name": self.name,
            "texts": self.texts,
            "parameters": self.parameters,
            "least": self.least,
            "most": None if math.isinf(self.most) else self.most,
            "examples": self.written,
            "code": self.code,
        }

    @classmethod
    def from_record(cls, record: dict[str, Any], attribution: str = "") -> Self:
        """The snippet that `record` describes."""
        most = record["most"]
        return cls(
            name=record["name"],
            code=record["code"],
            texts=tuple(record["texts"]),
            parameters=tuple(record["parameters"]),
            least=record["least"],
            most=math.inf if most is None else most,
            written=tuple((given, result) for given, result in record["examples"]),
            source=record["source"],
            attribution=attribution,
        )


def positional(function: ast.FunctionDef) -> tuple[tuple[str, ...], int, float]:
    """Names of the parameters that may be given by position, how many must be and may be."""
    taken = function.args
    names = tuple(each.arg for each in (*taken.posonlyargs, *taken.args))
    return names, len(names) - len(taken.defaults), math.inf if taken.vararg else len(names)
