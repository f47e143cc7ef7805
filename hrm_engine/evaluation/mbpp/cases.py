"""Asserts of MBPP taken apart, so that the code under test never sees what is expected of it.

    assert f(1, [2]) == 3                    call f(1, [2]) in the sandbox, compare with 3 outside
    assert chain([Pair(1, 2)], 1) == 1       the left side is built in the sandbox, compared outside
    assert not f("x")                        bool(f("x")), compared with False
    assert math.isclose(f(2), 3.1, rel_tol=0.001)       compared within that tolerance

The first form covers 967 of the 974 tasks. In all forms only the value of the left side leaves
the sandbox, and the right side never enters it. Nothing is evaluated here but literals and
the few names of `_BUILDERS`.
"""

from __future__ import annotations

import ast
import operator
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hrm_engine.errors import TaskError
from hrm_engine.evaluation.sandbox import Call

_BUILDERS: dict[str, Callable[..., Any]] = {
    "dict": dict,
    "float": float,
    "frozenset": frozenset,
    "int": int,
    "list": list,
    "set": set,
    "sys.getsizeof": sys.getsizeof,
    "tuple": tuple,
}
_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


@dataclass(frozen=True)
class Case:
    """One assert.

    text: as it was written; call: what the sandbox runs; expected: what must come back;
    built: code after the candidate's own that defines `call.function`, "" for a plain call
    with constant arguments; rel_tol: the assert's own tolerance, 0 where it asks for `==`.
    """

    text: str
    call: Call
    expected: Any
    built: str = ""
    rel_tol: float = 0.0


def read_case(text: str, number: int) -> Case:
    """The assert `text` taken apart; `number` tells the cases of a task apart.

    Raises TaskError where it is no assert, or the expected value is no constant.
    """
    try:
        statement = ast.parse(text.strip()).body[0]
    except (SyntaxError, IndexError):
        raise TaskError(f"not Python: {text!r}") from None
    if not isinstance(statement, ast.Assert):
        raise TaskError(f"not an assert: {text!r}")
    try:
        left, expected, rel_tol = _sides(statement.test)
    except (ValueError, TypeError, ArithmeticError) as error:
        raise TaskError(f"{error}: {text!r}", hint="the expected value must be a literal") from None
    call, built = _left(left, number)
    return Case(text.strip(), call, expected, built, rel_tol)


def entry_point(case: Case, defined: frozenset[str]) -> str:
    """The first function that the assert calls and the reference defines; "" if there is none."""
    for node in ast.walk(ast.parse(case.text)):
        if isinstance(node, ast.Call) and (name := _name(node.func)) in defined:
            return name
    return ""


def _sides(test: ast.expr) -> tuple[ast.expr, Any, float]:
    """Left side, expected value and tolerance of what is asserted."""
    if isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], ast.Eq):
        return test.left, constant(test.comparators[0]), 0.0
    if isinstance(test, ast.Call) and _name(test.func) == "math.isclose" and len(test.args) == 2:
        named = {keyword.arg: constant(keyword.value) for keyword in test.keywords}
        return test.args[0], constant(test.args[1]), float(named.get("rel_tol", 1e-9))
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return _truth(test.operand), False, 0.0
    return _truth(test), True, 0.0


def _truth(value: ast.expr) -> ast.expr:
    return ast.Call(ast.Name("bool", ast.Load()), [value], [])


def _left(left: ast.expr, number: int) -> tuple[Call, str]:
    """What to call, and the code that defines it if it is no plain call."""
    if isinstance(left, ast.Call) and isinstance(left.func, ast.Name) and left.func.id != "bool":
        try:
            arguments = tuple(constant(node) for node in left.args)
            keywords = {str(item.arg): constant(item.value) for item in left.keywords}
            return Call(left.func.id, arguments, keywords), ""
        except ValueError:
            pass
    name = f"case_{number}_"
    body = ast.unparse(ast.fix_missing_locations(left))
    return Call(name, (), {}), f"def {name}():\n    return {body}\n"


def constant(node: ast.expr) -> Any:
    """The value of a literal, of arithmetic on literals, or of a container built from one.

    Raises ValueError for anything else.
    """
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError):
        pass
    if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        left, right = constant(node.left), constant(node.right)
        if isinstance(left, int | float) and isinstance(right, int | float):
            return _ARITHMETIC[type(node.op)](left, right)
    if isinstance(node, ast.Call) and not node.keywords and _name(node.func) in _BUILDERS:
        return _BUILDERS[_name(node.func)](*(constant(item) for item in node.args))
    raise ValueError(f"`{ast.unparse(node)}` is no constant")


def _name(node: ast.expr) -> str:
    """`f` or `module.f`; "" for anything else."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return f"{node.value.id}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""
