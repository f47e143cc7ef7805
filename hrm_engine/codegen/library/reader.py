"""From a module of typed functions to snippets, by reading it: nothing is imported or run.

    def cone_volume(radius: float, height: float) -> float:
        \"\"\"Find the volume of a cone.                      the request

        Also: the capacity of a cone; how much it holds.     other words for it

        >>> cone_volume(1, 0)                                examples
        0.0
        \"\"\"

Each public function becomes a snippet: the imports it needs, what it uses of the same module,
and itself, with the request for its docstring.
"""

from __future__ import annotations

import ast
import doctest
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hrm_engine.codegen.library.snippet import Snippet, positional
from hrm_engine.errors import ConfigError
from hrm_engine.evaluation.sandbox.judge import RELATIVE

_ALSO = re.compile(r"^Also:\s*(.+?)(?:\n\s*\n|\Z)", re.MULTILINE | re.DOTALL)


def read_folder(folder: Path) -> list[Snippet]:
    """The snippets of every module in it, by file name. Raises ConfigError as `read_module`."""
    return [snippet for path in sorted(folder.glob("[!_]*.py")) for snippet in read_module(path)]


def read_module(path: Path) -> list[Snippet]:
    """The snippets of a module, in its order.

    Raises ConfigError naming the line for a function without a request, or without an example
    that is one call with literals and a literal result.
    """
    module = _Module(path)
    return [module.snippet(function) for function in module.public()]


class _Module:
    """A module's source by its parts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.source = path.read_text(encoding="utf-8")
        self.lines = self.source.splitlines(keepends=True)
        self.tree = ast.parse(self.source)
        self.imports = dict(_imports(self.tree))
        self.defined = {name: node for node in self.tree.body for name in _names(node)}

    def public(self) -> Iterator[ast.FunctionDef]:
        """Each function that is a snippet: those whose name does not begin with `_`."""
        for node in self.tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield node

    def snippet(self, function: ast.FunctionDef) -> Snippet:
        docstring = ast.get_docstring(function) or ""
        request, *_ = docstring.split("\n")
        if not request:
            raise self._error(function, "has no request", "begin its docstring with one")
        also = _ALSO.search(docstring)
        others = re.split(r";\s*", " ".join(also[1].split()).rstrip(".")) if also else []
        names, least, most = positional(function)
        return Snippet(
            name=function.name,
            code=self._code(function, request),
            texts=(request, *filter(None, others)),
            parameters=names,
            least=least,
            most=most,
            written=tuple(self._examples(function, docstring)),
            source=f"library:own/{function.name}",
        )

    def _code(self, function: ast.FunctionDef, request: str) -> str:
        """Imports, helpers in the module's order, and the function, its docstring cut short."""
        nodes, imports = self._needed(function)
        parts = [self._text(node, request if node is function else "") for node in nodes]
        head = "\n".join(imports)
        return "\n\n\n".join(filter(None, [head, *parts])) + "\n"

    def _needed(self, function: ast.FunctionDef) -> tuple[list[ast.stmt], list[str]]:
        """What of the module `function` uses, itself among it, and the import lines for all."""
        needed: dict[int, ast.stmt] = {}
        imports: set[str] = set()
        waiting: list[ast.stmt] = [function]
        while waiting:
            node = waiting.pop()
            if node.lineno in needed:
                continue
            needed[node.lineno] = node
            used = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
            imports |= {self.imports[name] for name in used & self.imports.keys()}
            waiting += [self.defined[name] for name in used & self.defined.keys()]
        ordered = sorted(imports, key=lambda line: (line.startswith("from"), line))
        return [needed[line] for line in sorted(needed)], ordered

    def _text(self, node: ast.stmt, request: str) -> str:
        """The source of one definition; with a `request`, that is all its docstring says."""
        decorators = node.decorator_list if isinstance(node, ast.FunctionDef) else []
        first = min([node.lineno, *(each.lineno for each in decorators)])
        lines = self.lines[first - 1 : node.end_lineno]
        if request and isinstance(node, ast.FunctionDef):
            written = node.body[0]
            start, end = written.lineno - first, (written.end_lineno or 0) - first + 1
            lines[start:end] = [f'{" " * written.col_offset}"""{request}"""\n']
        return "".join(lines).rstrip()

    def _examples(self, function: ast.FunctionDef, docstring: str) -> list[tuple[str, str]]:
        """The doctests that can be judged outside: calls with literals; others are left out."""
        found = doctest.DocTestParser().get_examples(docstring)
        read = (_example(function.name, each.source, each.want) for each in found)
        kept = [example for example in read if example]
        if not kept:
            hint = f"add a doctest: `>>> {function.name}(...)` with literals, then a literal"
            raise self._error(function, "has no example", hint)
        return kept

    def _error(self, function: ast.FunctionDef, problem: str, hint: str) -> ConfigError:
        place = f"({self.path}:{function.lineno})"
        return ConfigError(f"{function.name} {problem} {place}", hint=hint)


def _example(name: str, source: str, want: str) -> tuple[str, str] | None:
    """The arguments, as text of a tuple, and the result of one doctest; None if it is not plain.

    `round(f(2), 6)` is read as `f(2)` where the digits shown are as many as the judge compares.
    """
    try:
        call: ast.AST = ast.parse(source.strip(), mode="eval").body
        result = ast.literal_eval(want.strip())
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "round":
            if 0.5 * 10.0 ** -ast.literal_eval(call.args[1]) > RELATIVE * abs(result):
                return None
            call = call.args[0]
        if not isinstance(call, ast.Call) or call.keywords or ast.unparse(call.func) != name:
            return None
        return repr(tuple(map(_literal, call.args))), repr(result)
    except (ValueError, SyntaxError, TypeError, IndexError):
        return None


def _literal(node: ast.expr) -> Any:
    """The value of a literal, also of one such as `[0] * 9`; ValueError for anything else."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return _literal(node.left) * _literal(node.right)
    if isinstance(node, ast.BinOp) and isinstance(node.left, ast.List):
        return _literal(node.left) + _literal(node.right)
    if isinstance(node, ast.List):
        return [_literal(each) for each in node.elts]
    return ast.literal_eval(node)


def _imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Each imported name with the line that imports it alone."""
    for node in tree.body:
        if isinstance(node, ast.Import):
            for each in node.names:
                yield each.asname or each.name.partition(".")[0], f"import {_as(each)}"
        elif isinstance(node, ast.ImportFrom) and node.module != "__future__":
            for each in node.names:
                yield each.asname or each.name, f"from {node.module} import {_as(each)}"


def _as(name: ast.alias) -> str:
    return f"{name.name} as {name.asname}" if name.asname else name.name


def _names(node: ast.stmt) -> list[str]:
    """The names that a statement of a module defines, imports apart."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.AnnAssign):
        return [node.target.id] if isinstance(node.target, ast.Name) else []
    if isinstance(node, ast.Assign):
        return [each.id for each in node.targets if isinstance(each, ast.Name)]
    return []
