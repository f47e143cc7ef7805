"""Examples as people write them, read without running anything, and what they are worth.

    assert f(1, 2) == 3          asserts, one a line or parted by `;`; the word may be left out
    >>> f(1, 2)                  doctests
    3
    [{"inputs": [1, 2], "output": 3}]      JSON

Values are literals; nothing is evaluated. `distinct` counts what the examples really say:
three times the same call is one example. `check` refuses those that contradict each other.
"""

from __future__ import annotations

import ast
import doctest
import json
from collections.abc import Iterator, Sequence
from typing import Any

from hrm_engine.codegen.source import parse
from hrm_engine.errors import TaskError
from hrm_engine.evaluation.sandbox import Call, Example
from hrm_engine.evaluation.sandbox.judge import same

FORMS = "write `assert f(1, 2) == 3`, a doctest, or JSON such as " + (
    '[{"inputs": [1, 2], "output": 3}]; values are literals'
)
MOST = 100
_SHOWN = 80
_DEEPEST = 50


def read_examples(text: str, name: str = "") -> tuple[str, tuple[Example, ...]]:
    """The function's name and the examples in `text`.

    name: what the function is called, "" to learn it from the examples; JSON names none, so it
    gives "f" then. Raises TaskError that shows the line that cannot be read.
    """
    text = text.strip()
    if text.startswith(("[", "{")):
        found = [Example(Call(name or "f", a), e) for a, e in _json(text)]
    elif ">>>" in text:
        found = list(_doctests(text))
    else:
        found = [_comparison(node) for node in _statements(text)]
    if len(found) > MOST:
        raise TaskError(f"{len(found)} examples are too many", hint=f"send at most {MOST}")
    return _name(found, name), tuple(found)


def check(examples: Sequence[Example]) -> None:
    """Raise TaskError for the first two that give one call different results, or odd values."""
    first: dict[str, Example] = {}
    for example in examples:
        _plain(example.expected)
        _plain(example.call.arguments)
        earlier = first.setdefault(_exact(example.call), example)
        if not same(earlier.expected, example.expected):
            raise TaskError(
                f"two examples contradict each other: {_shown(earlier)} and {_shown(example)}",
                hint="correct one of them",
            )


def distinct(examples: Sequence[Example]) -> int:
    """How many different calls there are; 1, True and 1.0 count as one, a list as its tuple."""
    return len({_loose(_parts(example.call)) for example in examples})


def _parts(call: Call) -> tuple[Any, ...]:
    return call.function, call.arguments, dict(call.keywords)


def _exact(call: Call) -> str:
    return _key(_parts(call), exact=True)


def _loose(value: Any) -> str:
    return _key(value, exact=False)


def _key(value: Any, *, exact: bool) -> str:
    """Text that is equal for equal values; `exact` keeps types and the sign of zero apart."""
    if isinstance(value, dict):
        pairs = (f"{_key(k, exact=exact)}:{_key(v, exact=exact)}" for k, v in value.items())
        return "{" + ",".join(sorted(pairs)) + "}"
    if isinstance(value, (set, frozenset)):
        return "{" + ",".join(sorted(_key(item, exact=exact) for item in value)) + "}"
    if isinstance(value, (list, tuple)):
        opening = "(" if isinstance(value, tuple) and exact else "["
        return opening + ",".join(_key(item, exact=exact) for item in value) + "]"
    if not exact and isinstance(value, (int, float, complex)):
        return _number(value)
    return repr(value)


def _number(value: Any) -> str:
    """Equal for 1, True, 1.0 and 1+0j, and for 0.0 and -0.0."""
    if isinstance(value, complex) and value.imag == 0:
        value = value.real
    if isinstance(value, (int, float)) and value == value // 1:  # not for inf, nor for nan
        value = int(value)
    return repr(value)


def _shown(example: Example) -> str:
    call = ", ".join(map(repr, example.call.arguments))
    return f"{example.call.function}({call}) == {example.expected!r}"[:_SHOWN]


def _plain(value: Any, depth: int = 0) -> None:
    """Raise TaskError for what cannot enter the sandbox."""
    if depth > _DEEPEST:
        raise TaskError("an example is nested too deeply", hint="send flatter values")
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, (list, tuple, set, frozenset)):
        for item in value:
            _plain(item, depth + 1)
    elif not (value is None or isinstance(value, (bool, int, float, complex, str, bytes))):
        raise TaskError(f"an example holds {value!r}, which is no plain value", hint=FORMS)


def _name(examples: Sequence[Example], name: str) -> str:
    """The one function that all examples call. Raises TaskError for another or several."""
    called = list(dict.fromkeys(each.call.function for each in examples))
    if len(called) > 1:
        names = " and ".join(f"`{each}`" for each in called[:3])
        raise TaskError(f"the examples call {names}", hint="let them all call one function")
    if called and name and called[0] != name:
        raise TaskError(
            f"the signature names `{name}`, the examples call `{called[0]}`",
            hint="use one name for both",
        )
    return name or (called[0] if called else "f")


def _json(text: str) -> Iterator[tuple[tuple[Any, ...], Any]]:
    try:
        records = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise TaskError(f"the examples are not JSON: {error}", hint=FORMS) from None
    for record in records if isinstance(records, list) else [records]:
        if not isinstance(record, dict) or record.keys() != {"inputs", "output"}:
            raise TaskError(f"{record!r:.80} is no example", hint=FORMS)
        if not isinstance(record["inputs"], list):
            hint = '`inputs` is the list of all arguments, such as "inputs": [[1, 2]] for one list'
            raise TaskError(f"`inputs` is {record['inputs']!r:.80}, no list", hint=hint)
        yield tuple(record["inputs"]), record["output"]


def _doctests(text: str) -> Iterator[Example]:
    try:
        found = doctest.DocTestParser().get_examples(text)
    except ValueError as error:
        raise TaskError(f"the doctests cannot be read: {error}", hint=FORMS) from None
    for each in found:
        nodes = _statements(each.source)
        if len(nodes) != 1 or not isinstance(nodes[0], ast.Expr):
            raise TaskError(f"`{each.source.strip()[:_SHOWN]}` is no call", hint=FORMS)
        expected = _statements(each.want) or _statements("None")
        if len(expected) != 1 or not isinstance(expected[0], ast.Expr):
            raise TaskError(f"`{each.want.strip()[:_SHOWN]}` is no value", hint=FORMS)
        yield Example(_call(nodes[0].value), _value(expected[0].value))


def _statements(text: str) -> list[ast.stmt]:
    """The statements of a text that is to be Python. Raises TaskError."""
    tree = parse(text)
    if isinstance(tree, str):
        raise TaskError(f"the examples cannot be read: {tree}", hint=FORMS)
    return tree.body


def _comparison(node: ast.stmt) -> Example:
    """`assert call == value`, `call == value`, `assert call` or `assert not call`."""
    if isinstance(node, ast.Assert):
        test = node.test
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Compare):
        test = node.value
    else:
        raise TaskError(f"`{_text(node)}` is no example", hint=FORMS)
    if isinstance(test, ast.Compare):
        if len(test.ops) > 1 or not isinstance(test.ops[0], (ast.Eq, ast.Is)):
            raise TaskError(f"`{_text(node)}` is no example", hint=FORMS)
        return Example(_call(test.left), _value(test.comparators[0]))
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return Example(_call(test.operand), expected=False)
    return Example(_call(test), expected=True)


def _call(node: ast.expr) -> Call:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
        raise TaskError(f"`{_text(node)}` is no call of one function", hint=FORMS)
    if node.keywords:
        raise TaskError(
            f"`{_text(node)}` gives arguments by name", hint="give them by position, in order"
        )
    return Call(node.func.id, tuple(_value(argument) for argument in node.args))


def _value(node: ast.expr) -> Any:
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        raise TaskError(f"`{_text(node)}` is no literal value", hint=FORMS) from None


def _text(node: ast.AST) -> str:
    try:
        return ast.unparse(node)[:_SHOWN]
    except (RecursionError, ValueError):
        return "an example"
