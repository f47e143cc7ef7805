"""Print a program as a Python function with type hints and comments.

    from itertools import accumulate


    def f(xs: list[int]) -> int:
        kept = [x for x in xs if x > 0]  # each item of xs that is positive
        return sum(kept)  # the sum of kept

`parser.read_python` reads the text back. With `inline` a value that is used once moves into the
expression that uses it, as a person would write it; without, every statement keeps its line.
Wherever the interpreter has a result, the printed function returns the same.
"""

from __future__ import annotations

import ast
import builtins
import keyword
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass

from hrm_engine.programs.lambdas import Lambda
from hrm_engine.programs.phrases import phrase
from hrm_engine.programs.program import RESERVED, Constant, Program, Ref, Statement
from hrm_engine.programs.templates import Pattern, fill, loop_names, patterns, takes_generator
from hrm_engine.programs.types import Type

IMPORTS = {
    "collections": ("Counter",),
    "functools": ("reduce",),
    "itertools": ("accumulate", "compress", "pairwise", "takewhile"),
    "math": ("factorial", "gcd", "isqrt", "lcm", "prod"),
}
_HIDDEN = frozenset(dir(builtins)).union(*IMPORTS.values(), keyword.kwlist)
_TAKEN = _HIDDEN | RESERVED
LONGEST_INLINE = 44
WIDTH = 88


@dataclass(frozen=True)
class _Line:
    """A statement as text: its expression and what it says."""

    tree: ast.expr
    words: str


def to_python(
    program: Program, name: str = "f", *, inline: bool = True, comments: bool = True
) -> str:
    """The program as the text of a function called `name`, with the imports that it needs."""
    names = _parameter_names(program, name)
    taken = {*names, name}
    uses = Counter(
        argument.index
        for statement in program.statements
        for argument in statement.arguments
        if isinstance(argument, Ref)
    )
    known = [_Line(ast.Name(each), each) for each in names]
    body: list[str] = []
    for number, statement in enumerate(program.statements):
        line = _line(statement, known, names)
        last = number == len(program.statements) - 1
        index = len(known)
        if last:
            body += _lines(f"return {_source(line.tree)}", line.words, comments)
        elif inline and uses[index] == 1 and _moves(program, index, line):
            known.append(line)
            continue
        else:
            variable = _fresh(statement.operation.noun, taken)
            taken.add(variable)
            body += _lines(f"{variable} = {_source(line.tree)}", line.words, comments)
            known.append(_Line(ast.Name(variable), variable))
    hints = (f"{each}: {kind.value}" for each, kind in zip(names, program.types, strict=True))
    header = f"def {name}({', '.join(hints)}) -> {program.result.value}:"
    function = "\n".join((header, *body)) + "\n"
    imports = _imports(function)
    return f"{imports}\n\n{function}" if imports else function


def statement_tree(
    statement: Statement, values: Sequence[ast.expr], used: Container[str] = ()
) -> ast.expr:
    """The expression of one statement, given an expression for every value before it.

    used: the names of the values, which comprehensions must not bind.
    """
    pattern = _pattern(statement)
    holes = {
        f"_{place}": _value(each, values, pattern, place)
        for place, each in enumerate(statement.arguments)
        if not isinstance(each, Lambda)
    }
    return fill(pattern.tree, {**loop_names(used), **holes})


def _pattern(statement: Statement) -> Pattern:
    function = next((each for each in statement.arguments if isinstance(each, Lambda)), None)
    return patterns()[statement.operation.name, function.name if function else ""]


def _value(
    argument: Ref | Constant, values: Sequence[ast.expr], pattern: Pattern, place: int
) -> ast.expr:
    """The expression of an argument; a list that is only consumed needs no brackets."""
    if isinstance(argument, Constant):
        return _constant(argument)
    tree = values[argument.index]
    if isinstance(tree, ast.ListComp) and takes_generator(pattern.tree, f"_{place}"):
        return ast.GeneratorExp(tree.elt, tree.generators)
    return tree


def _source(tree: ast.expr) -> str:
    """The expression as text; a generator that is an only argument loses its own brackets."""
    text = ast.unparse(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.GeneratorExp):
            generator = ast.unparse(node)
            text = text.replace(f"({generator})", generator)
    return text


def _line(statement: Statement, known: Sequence[_Line], used: Container[str]) -> _Line:
    tree = statement_tree(statement, [line.tree for line in known], used)
    return _Line(tree, phrase(statement, [line.words for line in known]))


def _constant(constant: Constant) -> ast.expr:
    if isinstance(constant.value, int) and constant.value < 0:
        return ast.UnaryOp(ast.USub(), ast.Constant(-constant.value))
    return ast.Constant(constant.value)


def _moves(program: Program, index: int, line: _Line) -> bool:
    """Whether the value may move into the one statement that uses it."""
    tests = program.statements[index - len(program.types)].operation.result is Type.BOOLS
    if tests or len(_source(line.tree)) > LONGEST_INLINE:
        return False  # `all([... for ...])` would read as one operation, another program
    user = next(each for each in program.statements if Ref(index) in each.arguments)
    pattern = _pattern(user)
    nested = isinstance(pattern.tree, ast.ListComp) and isinstance(line.tree, ast.ListComp)
    return not nested and f"_{user.arguments.index(Ref(index))}" in pattern.inlinable


def _lines(code: str, words: str, comments: bool) -> list[str]:
    """The code, indented, with its comment behind it, or above it where the line gets long."""
    if not comments:
        return [f"    {code}"]
    if len(code) + len(words) + 8 <= WIDTH:
        return [f"    {code}  # {words}"]
    return [f"    # {words}", f"    {code}"]


def _fresh(noun: str, taken: set[str]) -> str:
    """The noun, with a number where it is taken."""
    number = 2
    name = noun
    while name in taken or name in _TAKEN:
        name = f"{noun}{number}"
        number += 1
    return name


def _parameter_names(program: Program, function: str) -> list[str]:
    """The names of the inputs; one that would hide what the text needs gets an underscore."""
    names: list[str] = []
    for name in program.names:
        safe = name
        while safe in _HIDDEN or safe == function or safe in names:
            safe += "_"
        names.append(safe)
    return names


def _imports(function: str) -> str:
    """The import lines for the names that the function uses."""
    used = {node.id for node in ast.walk(ast.parse(function)) if isinstance(node, ast.Name)}
    lines = []
    for module, names in IMPORTS.items():
        wanted = [name for name in names if name in used]
        if wanted:
            lines.append(f"from {module} import {', '.join(wanted)}\n")
    return "".join(lines)
