"""Read a Python function back into a program; the text is parsed, never executed.

What is understood: one function with annotated parameters, whose body is assignments to new
names and a `return`, in the expressions that the printer writes, nested as you like. Anything
else is a ProgramError. The widest pattern wins, so `x % 2 == 0` is one test, not two steps.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from hrm_engine.programs.lambdas import Lambda
from hrm_engine.programs.printer import IMPORTS, statement_tree
from hrm_engine.programs.program import Argument, Constant, Program, Ref, Statement
from hrm_engine.programs.templates import (
    HOLES,
    Pattern,
    head,
    match,
    patterns_by_head,
    takes_generator,
)
from hrm_engine.programs.types import ProgramError, Type

LONGEST_TEXT = 20_000
_HINTS = {kind.value: kind for kind in Type}


@dataclass(frozen=True)
class _Leaf:
    """A value that has a name, or a constant."""

    argument: Ref | Constant
    type: Type


@dataclass(frozen=True)
class _Step:
    """An operation on parts that are themselves leaves or steps."""

    pattern: Pattern
    parts: tuple[_Part, ...]

    @property
    def type(self) -> Type:
        """The type of the result."""
        return self.pattern.operation.result


_Part: TypeAlias = _Leaf | _Step
_Known: TypeAlias = Mapping[str, _Leaf]


def read_python(text: str) -> Program:
    """The program that a Python function spells. Raises ProgramError."""
    try:
        return _program(_function(text))
    except RecursionError:
        raise ProgramError("an expression is nested too deeply to be read") from None


def _program(function: ast.FunctionDef) -> Program:
    names, types = _parameters(function)
    known = {
        name: _Leaf(Ref(place), kind)
        for place, (name, kind) in enumerate(zip(names, types, strict=True))
    }
    statements: list[Statement] = []
    for node in function.body[:-1]:
        name, value = _assignment(node)
        if name in known:
            raise ProgramError(f"`{name}` is assigned twice", hint="give each value its own name")
        part = _read(value, known)
        known[name] = _Leaf(_emit(part, statements, len(names)), part.type)
    last = function.body[-1]
    if not isinstance(last, ast.Return) or last.value is None:
        raise ProgramError("the function does not end with `return VALUE`")
    result = _emit(_read(last.value, known), statements, len(names))
    if not isinstance(result, Ref) or result.index < len(names):
        raise ProgramError("the function returns a constant or an input as it is")
    return Program(names, types, tuple(statements[: result.index - len(names) + 1]))


def normal_form(program: Program) -> Program:
    """The program with each statement as `read_python` would read it.

    `Combine (+) v0 1` and `Apply (+1) v0` print alike; the second is the normal form.
    """
    return Program(program.names, program.types, tuple(map(_normal, program.statements)))


def _normal(statement: Statement) -> Statement:
    """The normal form of one statement; only which arguments are equal matters, so it is cached."""
    refs = list(dict.fromkeys(each for each in statement.arguments if isinstance(each, Ref)))
    places = {ref: Ref(place) for place, ref in enumerate(refs)}
    return _renamed(
        _normal_shape(_renamed(statement, places)),
        {Ref(place): ref for place, ref in enumerate(refs)},
    )


def _renamed(statement: Statement, names: Mapping[Ref, Ref]) -> Statement:
    """The statement about other values."""
    arguments = tuple(
        names[each] if isinstance(each, Ref) else each for each in statement.arguments
    )
    return Statement(statement.operation, arguments)


@lru_cache(maxsize=100_000)
def _normal_shape(statement: Statement) -> Statement:
    """The normal form of a statement about values v0, v1 ..."""
    known = {
        str(each): _Leaf(each, kind)
        for each, kind in zip(statement.arguments, statement.operation.arguments, strict=True)
        if isinstance(each, Ref) and isinstance(kind, Type)
    }
    values = [ast.Name(f"v{place}") for place in range(len(known))]
    read: list[Statement] = []
    _emit(_read(statement_tree(statement, values), known), read, len(known))
    return read[0] if len(read) == 1 else statement


def _function(text: str) -> ast.FunctionDef:
    """The one function of the text, its docstring left out."""
    if len(text) > LONGEST_TEXT:
        raise ProgramError(f"the text is longer than {LONGEST_TEXT} characters")
    try:
        module = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ProgramError(f"the text is not Python: {error}") from None
    functions = [node for node in module.body if not _is_import(node)]
    if len(functions) != 1 or not isinstance(functions[0], ast.FunctionDef):
        raise ProgramError("the text is not one function with the imports that it needs")
    function = functions[0]
    if function.decorator_list:
        raise ProgramError("a decorated function is outside the program language")
    if len(function.body) > 1 and ast.get_docstring(function) is not None:
        function.body = function.body[1:]
    return function


def _is_import(node: ast.stmt) -> bool:
    """Whether it imports names that the printer imports, under those names."""
    return (
        isinstance(node, ast.ImportFrom)
        and node.level == 0
        and all(
            each.name in IMPORTS.get(node.module or "", ()) and each.asname in (None, each.name)
            for each in node.names
        )
    )


def _parameters(function: ast.FunctionDef) -> tuple[tuple[str, ...], tuple[Type, ...]]:
    spec = function.args
    if spec.vararg or spec.kwarg or spec.kwonlyargs or spec.posonlyargs or spec.defaults:
        raise ProgramError("only plain parameters without defaults are understood")
    types = []
    for parameter in spec.args:
        hint = "" if parameter.annotation is None else ast.unparse(parameter.annotation)
        if hint not in _HINTS:
            raise ProgramError(
                f"parameter `{parameter.arg}` has no type that the language knows",
                hint=f"annotate it with one of {', '.join(_HINTS)}",
            )
        types.append(_HINTS[hint])
    return tuple(parameter.arg for parameter in spec.args), tuple(types)


def _assignment(node: ast.stmt) -> tuple[str, ast.expr]:
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target, value = node.targets[0], node.value
        if isinstance(target, ast.Name):
            return target.id, value
    raise ProgramError(
        f"line {node.lineno}: `{ast.unparse(node):.60}` is no assignment to one new name",
        hint="write the function as assignments and a return",
    )


def _read(tree: ast.expr, known: _Known) -> _Part:
    part = _part(tree, known)
    if part is None:
        raise ProgramError(
            f"`{ast.unparse(tree):.80}` is outside the program language, or mixes types",
            hint="docs/programs.md lists the expressions that are understood",
        )
    return part


def _part(tree: ast.expr, known: _Known) -> _Part | None:
    """What the expression is; None for what the language lacks."""
    constant = _constant(tree)
    if constant is not None:
        return _Leaf(constant, constant.type)
    if isinstance(tree, ast.Name):
        return known.get(tree.id)
    read: dict[str, _Part | None] = {}
    for pattern in patterns_by_head().get(head(tree), ()):
        holes = match(pattern.tree, tree, known)
        parts = None if holes is None else _parts(pattern, holes, known, read)
        if parts is not None:
            return _Step(pattern, parts)
    return None


def _parts(
    pattern: Pattern,
    holes: Mapping[str, ast.expr],
    known: _Known,
    read: dict[str, _Part | None],
) -> tuple[_Part, ...] | None:
    """The parts in the holes, when all are of the types that the operation takes.

    `read` remembers parts by their source, so that no expression is read once for every
    pattern that it might belong to.
    """
    parts = []
    for hole, kind in zip(HOLES, pattern.operation.arguments, strict=False):
        if not isinstance(kind, Type):
            continue
        tree = holes[hole]
        if isinstance(tree, ast.GeneratorExp) and takes_generator(pattern.tree, hole):
            tree = ast.ListComp(tree.elt, tree.generators)
        source = ast.dump(tree)
        if source not in read:
            read[source] = _part(tree, known)
        part = read[source]
        if part is None or part.type is not kind:
            return None
        parts.append(part)
    return tuple(parts)


def _constant(tree: ast.expr) -> Constant | None:
    """An integer, also a negative one, or a text."""
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.USub):
        positive = _constant(tree.operand)
        if positive is not None and isinstance(positive.value, int) and positive.value > 0:
            return Constant(-positive.value)
        return None
    if isinstance(tree, ast.Constant) and type(tree.value) in (int, str):
        return Constant(tree.value)  # type: ignore[arg-type]  # the line above says which
    return None


def _emit(part: _Part, statements: list[Statement], inputs: int) -> Ref | Constant:
    """Append the statements that compute `part`, innermost first; its value's reference."""
    if isinstance(part, _Leaf):
        return part.argument
    arguments: list[Argument] = [_emit(each, statements, inputs) for each in part.parts]
    function: Lambda | None = part.pattern.function
    leading = () if function is None else (function,)
    statements.append(Statement(part.pattern.operation, (*leading, *arguments)))
    return Ref(inputs + len(statements) - 1)
