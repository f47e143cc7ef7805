"""A request's values as values of the program language, and a program back as what was asked for.

The language has no tuples and no sets. Arguments that are tuples are taken as lists, which most
programs do not notice; results that are tuples or sets are compared as lists and converted in
the printed code. The judge sees the real values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hrm_engine.codegen.plan import as_list
from hrm_engine.codegen.request import Candidate, Request
from hrm_engine.codegen.source import read_signature
from hrm_engine.evaluation.sandbox import Example
from hrm_engine.programs.printer import to_python
from hrm_engine.programs.program import RESERVED, Program


@dataclass(frozen=True)
class Result:
    """A way to read the results wanted as values of the language, and to print their like.

    read: a wanted result as the language has it; write: the code that returns it as wanted.
    """

    read: Callable[[Any], Any]
    write: Callable[[str, str], str]

    def candidate(self, program: Program, request: Request, source: str) -> Candidate:
        """A program as Python under the names that were asked for, labelled with who found it."""
        named = with_parameters(program, request.signature)
        code = self.write(to_python(named, request.name), request.name)
        return Candidate(code, source, named)


def readings(request: Request) -> Iterator[tuple[Result, list[list[Any]], list[Any]]]:
    """The examples' arguments and results as values of the language, in each way there is."""
    examples = request.examples
    if not examples or any(each.call.keywords for each in examples):
        return
    for result in results(examples):
        inputs = [[as_list(value) for value in each.call.arguments] for each in examples]
        yield result, inputs, [result.read(each.expected) for each in examples]


def results(examples: Sequence[Example]) -> Iterator[Result]:
    """How the results may be read: as they are, or tuples and sets as lists."""
    kinds = {type(each.expected) for each in examples}
    if kinds == {tuple}:
        yield Result(as_list, lambda code, name: converted(code, name, "tuple"))
    elif kinds == {set}:
        yield Result(sorted_list, lambda code, name: converted(code, name, "set"))
    else:
        yield Result(lambda value: value, lambda code, name: code)


def sorted_list(values: Any) -> Any:
    """The members of a set in order; as they come where they have none."""
    try:
        return sorted(values)
    except TypeError:
        return list(values)


def converted(code: str, name: str, kind: str) -> str:
    """`code` with what `name` returns made a tuple or a set."""
    head, _, last = code.rpartition("    return ")
    value, hash_mark, comment = last.rstrip("\n").partition("  # ")
    header = head.replace(") -> list[", f") -> {kind}[", 1)
    if kind == "tuple":
        header = header.replace("]:\n", ", ...]:\n", 1)
    return f"{header}    return {kind}({value}){hash_mark}{comment}\n"


def with_parameters(program: Program, signature: str) -> Program:
    """The program with its inputs named as the signature has them, where that is possible."""
    if not signature:
        return program
    names = read_signature(signature).parameters
    free = len(set(names)) == len(names) == len(program.names) and not RESERVED & set(names)
    return replace(program, names=names) if free else program
