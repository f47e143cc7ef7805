"""The Python forms of operations and lambdas as syntax trees: filled in, or matched.

A pattern is the template of an operation with its lambda put in; its holes are the names `_0`,
`_1`, `_2`. `fill` puts expressions into the holes, `match` finds what stands in them. The names
`x`, `y`, `d`, which comprehensions bind, match any name, the same one everywhere.
"""

from __future__ import annotations

import ast
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from hrm_engine.programs.lambdas import Lambda
from hrm_engine.programs.operation import Operation
from hrm_engine.programs.operations import OPERATIONS, lambdas_for
from hrm_engine.programs.program import RESERVED

HOLES = ("_0", "_1", "_2")
_IGNORED = frozenset({"ctx", "kind", "type_comment", "type_params"})
_CONSUMERS = frozenset({"sum", "min", "max", "any", "all", "sorted", "prod", "join"})


@dataclass(frozen=True)
class Pattern:
    """The Python form of one operation with one lambda; `size` counts its syntax nodes."""

    operation: Operation
    function: Lambda | None
    tree: ast.expr
    size: int
    inlinable: frozenset[str]
    """The holes that are used once and not once for every item."""


def expression(text: str) -> ast.expr:
    """The syntax tree of our own template text."""
    return ast.parse(text, mode="eval").body


def _as_value(function: Lambda) -> str:
    """The lambda as Python writes a function that is passed on."""
    names = "x, y" if len(function.type.arguments) == 2 else "x"
    return function.function or f"lambda {names}: {function.python}"


def fill(
    tree: ast.expr, values: Mapping[str, ast.expr], function: Lambda | None = None
) -> ast.expr:
    """`tree` with expressions in place of names; `tree` itself stays as it is.

    With a `function`, the called hole `_0(x)` becomes its body, `_0` its form as a value.
    """
    filled: ast.expr = _filled(tree, values, function)
    return filled


def _filled(node: Any, values: Mapping[str, ast.expr], function: Lambda | None) -> Any:
    if isinstance(node, list):
        return [_filled(each, values, function) for each in node]
    if isinstance(node, ast.Name):
        if function is not None and node.id == "_0":
            return expression(_as_value(function))
        return values.get(node.id, node)
    if isinstance(node, ast.arg):
        renamed = values.get(node.arg)
        return ast.arg(renamed.id) if isinstance(renamed, ast.Name) else node
    if function is not None and _calls_hole(node):
        return _filled(expression(function.python), dict(zip("xy", node.args, strict=False)), None)
    if not isinstance(node, ast.AST) or not node._fields:
        return node
    fields = {name: _filled(getattr(node, name), values, function) for name in node._fields}
    return type(node)(**fields)


def _calls_hole(node: Any) -> bool:
    """Whether it is `_0(...)`."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_0"


@lru_cache(maxsize=1)
def patterns() -> dict[tuple[str, str], Pattern]:
    """All patterns by the names of operation and lambda ("" without one)."""
    return {
        (operation.name, function.name if function else ""): _pattern(operation, function)
        for operation in OPERATIONS
        for function in (lambdas_for(operation) or (None,))
    }


@lru_cache(maxsize=1)
def patterns_by_head() -> dict[str, list[Pattern]]:
    """All patterns by `head`, the most specific (largest) first."""
    found: dict[str, list[Pattern]] = {}
    for pattern in sorted(patterns().values(), key=lambda pattern: -pattern.size):
        found.setdefault(head(pattern.tree), []).append(pattern)
    return found


def head(tree: ast.expr) -> str:
    """What kind of node stands at the top, in enough detail to try few patterns."""
    inner: ast.AST | None = None
    if isinstance(tree, ast.Call):
        inner = tree.func
        if isinstance(inner, ast.Name | ast.Attribute):
            return f"Call {inner.id if isinstance(inner, ast.Name) else inner.attr}"
    if isinstance(tree, ast.BinOp | ast.UnaryOp | ast.BoolOp):
        inner = tree.op
    if isinstance(tree, ast.Compare):
        inner = tree.ops[0]
    if isinstance(tree, ast.Subscript):
        inner = tree.slice if isinstance(tree.slice, ast.Slice) else None
    return f"{type(tree).__name__} {type(inner).__name__}"


def match(
    pattern: ast.expr, tree: ast.expr, known: Container[str] = ()
) -> dict[str, ast.expr] | None:
    """What stands in the holes of `pattern` when it is `tree`; None when it is not.

    A comprehension of `tree` must not bind a name in `known`: a hole could mean either.
    """
    holes: dict[str, ast.expr] = {}
    bound: dict[str, str] = {}
    if not _matches(pattern, tree, holes, bound):
        return None
    return None if any(name in known for name in bound.values()) else holes


def loop_names(used: Container[str]) -> dict[str, ast.expr]:
    """New names for those of `x`, `y`, `d` that `used` has: values for `fill`."""
    renamed: dict[str, ast.expr] = {}
    for short, spoken in (("x", "item"), ("y", "other"), ("d", "divisor")):
        name = spoken
        while name in used:
            name += "_"
        if short in used:
            renamed[short] = ast.Name(name)
    return renamed


def takes_generator(pattern: ast.expr, hole: str) -> bool:
    """Whether a generator may stand in the hole for a list: the only argument of `sum` and such."""
    return (
        isinstance(pattern, ast.Call)
        and len(pattern.args) == 1
        and isinstance(pattern.args[0], ast.Name)
        and pattern.args[0].id == hole
        and isinstance(pattern.func, ast.Name | ast.Attribute)
        and (pattern.func.id if isinstance(pattern.func, ast.Name) else pattern.func.attr)
        in _CONSUMERS
    )


def _pattern(operation: Operation, function: Lambda | None) -> Pattern:
    tree = fill(expression(operation.python), {}, function)
    nodes = [node for node in ast.walk(tree) if not isinstance(node, ast.expr_context)]
    return Pattern(operation, function, tree, len(nodes), frozenset(_inlinable(tree)))


def _inlinable(tree: ast.expr) -> list[str]:
    """The holes outside of loops that occur once."""
    everywhere = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]
    looped = {
        node.id
        for loop in ast.walk(tree)
        if isinstance(loop, ast.ListComp | ast.GeneratorExp | ast.Lambda)
        for part in _repeated_parts(loop)
        for node in ast.walk(part)
        if isinstance(node, ast.Name)
    }
    return [hole for hole in HOLES if everywhere.count(hole) == 1 and hole not in looped]


def _repeated_parts(loop: ast.ListComp | ast.GeneratorExp | ast.Lambda) -> Sequence[ast.expr]:
    """The parts that are computed anew for every item."""
    if isinstance(loop, ast.Lambda):
        return [loop.body]
    return [loop.elt, *loop.generators[0].ifs]


def _matches(
    pattern: object, tree: object, holes: dict[str, ast.expr], bound: dict[str, str]
) -> bool:
    """Whether the trees agree; fills `holes` and the renaming `bound` on the way."""
    if isinstance(pattern, ast.Name) and isinstance(tree, ast.expr):
        return _name_matches(pattern.id, tree, holes, bound)
    if isinstance(pattern, list) and isinstance(tree, list):
        return len(pattern) == len(tree) and all(
            _matches(*pair, holes, bound) for pair in zip(pattern, tree, strict=True)
        )
    if isinstance(pattern, ast.arg) and isinstance(tree, ast.arg):
        return bound.setdefault(pattern.arg, tree.arg) == tree.arg
    if type(pattern) is not type(tree):
        return False
    if not isinstance(pattern, ast.AST):
        return pattern == tree
    return all(
        _matches(getattr(pattern, field, None), getattr(tree, field, None), holes, bound)
        for field in pattern._fields
        if field not in _IGNORED
    )


def _name_matches(
    name: str, tree: ast.expr, holes: dict[str, ast.expr], bound: dict[str, str]
) -> bool:
    if name in HOLES:
        known = holes.setdefault(name, tree)
        return known is tree or ast.dump(known) == ast.dump(tree)
    if not isinstance(tree, ast.Name):
        return False
    if name in RESERVED:
        return bound.setdefault(name, tree.id) == tree.id
    return name == tree.id
