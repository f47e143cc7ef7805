"""A function's text under another name, and inside a wrapper that arranges its arguments."""

from __future__ import annotations

import ast
import re
import symtable
import warnings
from collections.abc import Iterator, Sequence


def renamed(code: str, name: str, asked: str) -> str | None:
    """`code`, whose function `name` is called `asked`; None where that would touch another name."""
    if name == asked:
        return code
    tree = _tree(code)
    if asked in _names(tree) or _bound_within(tree, name):
        return None
    lines = code.encode().split(b"\n")
    for row, column in sorted(_places(tree, lines, name), reverse=True):
        line = lines[row]
        lines[row] = line[:column] + asked.encode() + line[column + len(name.encode()) :]
    return b"\n".join(lines).decode()


def wrapped(
    code: str, name: str, asked: str, parameters: Sequence[str], expression: str
) -> str | None:
    """`code`, and a function `asked(parameters)` that returns `expression`, which calls `name`.

    None where a name would hide another that is needed.
    """
    inner = name
    if name == asked or name in parameters:  # what calls itself must go on calling itself
        inner = f"_{name}"
        moved = renamed(code, name, inner)
        if moved is None:
            return None
        code, expression = moved, re.sub(rf"\b{name}\(", f"{inner}(", expression)
    called = {each.func for each in ast.walk(ast.parse(expression)) if isinstance(each, ast.Call)}
    if asked in _global(code) or {ast.unparse(each) for each in called} & set(parameters):
        return None
    head = f"def {asked}({', '.join(parameters)}):"
    return f"{code.rstrip()}\n\n\n{head}\n    return {expression}\n"


def _tree(code: str) -> ast.Module:
    with warnings.catch_warnings(action="ignore"):  # "\\d" in a snippet is not our doing
        return ast.parse(code)


def _global(code: str) -> set[str]:
    """The names that functions of the code look up outside themselves."""
    with warnings.catch_warnings(action="ignore"):
        waiting = [symtable.symtable(code, "snippet", "exec")]
    found: set[str] = set()
    while waiting:
        table = waiting.pop()
        waiting += table.get_children()
        outside = table.get_type() == "module"
        found |= {each.get_name() for each in table.get_symbols() if outside or each.is_global()}
    return found


def _names(tree: ast.Module) -> set[str]:
    """Every name that the code uses, as a variable, parameter, function, class or import."""
    found = {each.id for each in ast.walk(tree) if isinstance(each, ast.Name)}
    for each in ast.walk(tree):
        if isinstance(each, ast.FunctionDef | ast.ClassDef):
            found.add(each.name)
        elif isinstance(each, ast.arg):
            found.add(each.arg)
        elif isinstance(each, ast.alias):
            found.add(each.asname or each.name)
    return found


def _bound_within(tree: ast.Module, name: str) -> bool:
    """Whether `name` also is a variable or a parameter, or is defined more than once."""
    for each in ast.walk(tree):
        if isinstance(each, ast.arg) and each.arg == name:
            return True
        if isinstance(each, ast.Name) and each.id == name and not isinstance(each.ctx, ast.Load):
            return True
    defined = [e for e in ast.walk(tree) if isinstance(e, ast.FunctionDef) and e.name == name]
    return len(defined) != 1


def _places(tree: ast.Module, lines: Sequence[bytes], name: str) -> Iterator[tuple[int, int]]:
    """Row and column, in bytes, of each place where `name` is called or defined."""
    for each in ast.walk(tree):
        if isinstance(each, ast.Name) and each.id == name:
            yield each.lineno - 1, each.col_offset
        elif isinstance(each, ast.FunctionDef) and each.name == name:
            row = each.lineno - 1
            found = re.compile(rb"def\s+").search(lines[row], each.col_offset)
            assert found is not None, "a definition begins with def"
            yield row, found.end()
