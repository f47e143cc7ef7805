"""What can be told of Python text without running it.

parse           the syntax tree, or why there is none
defines         whether a function of a name stands at the top level
chance          what in the code may make two runs differ: clocks, random numbers, hidden code
order_of_texts  whether the order of a set of texts may show, which differs between starts
repeated        which of the examples the code compares its input with, one by one
Signature       the `def` line that was asked for

All but `defines` are hints: code can hide from a reader. What counts is what it does when run.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from hrm_engine.errors import TaskError
from hrm_engine.evaluation.sandbox import Example

_MODULES = frozenset(
    (
        *("random", "secrets", "uuid", "time", "os", "tempfile", "platform", "socket"),
        *("threading", "gc", "ctypes", "importlib"),
    )
)
_CALLS = frozenset(
    (
        "id",
        "hash",
        "object",
        "eval",
        "exec",
        "compile",
        "__import__",
        "input",
        "open",
        "globals",
        "vars",
    )
)
_ATTRIBUTES = frozenset(("now", "today", "utcnow"))
_HARMLESS = frozenset(("__init__", "__name__", "__len__", "__iter__", "__next__", "__getitem__"))
_SETS = frozenset(("set", "frozenset"))
_OBVIOUS = frozenset(map(repr, (None, True, False, 0, 1, -1, 2, "", 0.0, 1.0)))


def parse(text: str) -> ast.Module | str:
    """The tree of Python text, or in one sentence why there is none."""
    try:
        with warnings.catch_warnings(action="ignore"):  # "\d" in the text is not our doing
            return ast.parse(text)
    except SyntaxError as error:
        return f"{error.msg} (line {error.lineno})" if error.lineno else error.msg
    except (ValueError, RecursionError, MemoryError) as error:
        return str(error) or "it is nested too deeply"


def defines(code: str, name: str) -> str:
    """Why `code` does not define the function `name`; "" when it does."""
    tree = parse(code)
    if isinstance(tree, str):
        return f"not Python: {tree}"
    if any(isinstance(node, ast.FunctionDef) and node.name == name for node in tree.body):
        return ""
    return f"no function `{name}`"


def chance(code: str) -> str:
    """What in the code may make two runs differ, such as `random`; "" when nothing is seen."""
    for node in _nodes(code):
        if isinstance(node, ast.Import):
            roots = [alias.name.partition(".")[0] for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            roots = [(node.module or "").partition(".")[0]]
        else:
            roots = []
        found = next((root for root in roots if root in _MODULES), "") or _use(node)
        if found:
            return found
    return ""


def _use(node: ast.AST) -> str:
    """The name of a clock, of hidden code, or of what shows addresses; "" for anything else."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLS:
        return node.func.id
    if isinstance(node, ast.Attribute) and node.attr not in _HARMLESS:
        return node.attr if node.attr in _ATTRIBUTES or node.attr.startswith("__") else ""
    return "__builtins__" if isinstance(node, ast.Name) and node.id == "__builtins__" else ""


def order_of_texts(code: str, examples: Sequence[Example]) -> bool:
    """Whether the code makes sets and the examples hold text: its hashes differ between starts."""
    sets = any(
        isinstance(node, (ast.Set, ast.SetComp))
        or (isinstance(node, ast.Name) and node.id in _SETS)
        or (isinstance(node, ast.Attribute) and node.attr == "keys")
        for node in _nodes(code)
    )
    return sets and any("'" in repr(e.call.arguments) or '"' in repr(e) for e in examples)


def repeated(code: str, examples: Sequence[Example]) -> int:
    """How many examples the code seems to repeat, argument and result, or argument alone.

    `if n == 0: return 1` stands in honest code, so an argument such as 0, 1 or "" counts only
    together with its result.
    """
    compared = {repr(value) for value in _compared(code)}
    answered = {(repr(given), repr(result)) for given, result in _answered(code)}
    count = 0
    for example in examples:
        texts = [repr(value) for value in (*example.call.arguments, example.call.arguments)]
        telling = any(text in compared for text in texts if text not in _OBVIOUS)
        count += telling or any((text, repr(example.expected)) in answered for text in texts)
    return count


def _compared(code: str) -> Iterator[Any]:
    """The constants that the code compares with, by `==`, `in`, `case` or as keys of a table."""
    for node in _nodes(code):
        if isinstance(node, ast.Compare):
            sides: list[ast.expr | None] = [node.left, *node.comparators]
        elif isinstance(node, ast.Dict):
            sides = list(node.keys)
        elif isinstance(node, ast.MatchValue):
            sides = [node.value]
        else:
            continue
        for side in sides:
            for value in _constant(side):
                yield value
                if isinstance(value, (list, tuple, set)):  # `x in (3, 4)`
                    yield from value


def _answered(code: str) -> Iterator[tuple[Any, Any]]:
    """Pairs of constants, one compared with and one given for it: in tables and branches."""
    for node in _nodes(code):
        if isinstance(node, ast.Dict):
            pairs: list[tuple[ast.expr | None, ast.expr | None]] = [
                *zip(node.keys, node.values, strict=True)
            ]
        elif isinstance(node, ast.If) and isinstance(node.body[0], ast.Return):
            pairs = [(side, node.body[0].value) for side in _sides(node.test)]
        elif isinstance(node, ast.IfExp):
            pairs = [(side, node.body) for side in _sides(node.test)]
        else:
            continue
        for given, result in pairs:
            yield from product(_constant(given), _constant(result))


def _sides(test: ast.expr) -> list[ast.expr]:
    return [test.left, *test.comparators] if isinstance(test, ast.Compare) else []


def _constant(node: ast.expr | None) -> list[Any]:
    """The value of a literal; nothing for anything else."""
    try:
        return [] if node is None else [ast.literal_eval(node)]
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return []


def _nodes(code: str) -> Iterator[ast.AST]:
    tree = parse(code)
    return iter(()) if isinstance(tree, str) else ast.walk(tree)


@dataclass(frozen=True)
class Signature:
    """The function that is wanted: its name, its parameters, and its `def` line without colon."""

    name: str = ""
    parameters: tuple[str, ...] = ()
    text: str = ""


def read_signature(text: str) -> Signature:
    """The signature in `def f(a: int) -> int:`, `f(a, b)` or `f`. Raises TaskError."""
    bare = text.strip().removesuffix("...").rstrip().rstrip(":").removeprefix("def ").strip()
    bare = bare if "(" in bare else f"{bare}()"
    tree = parse(f"def {bare}: pass")
    node = tree.body[0] if isinstance(tree, ast.Module) and len(tree.body) == 1 else None
    if not isinstance(node, ast.FunctionDef) or node.name == "_":
        raise TaskError(
            f"`{text.strip()[:80]}` is no signature", hint="send one such as `def add(a, b)`"
        )
    names = tuple(each.arg for each in (*node.args.posonlyargs, *node.args.args))
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    given = ast.unparse(node.args)
    line = f"def {node.name}({given}){returns}" if "(" in text else ""
    return Signature(node.name, names, line)
