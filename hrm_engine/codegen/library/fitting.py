"""How the arguments that will be given fit a snippet: as they are, or rearranged.

    asked f(r, h)          snippet(height, radius)     snippet(h, r)       names, or their initials
    asked f(items, n)      snippet(items)              snippet(items)      n is the length of items
    asked f(items)         snippet(items, n)           snippet(items, len(items))
    asked f(a, b, c)       snippet(items)              snippet([a, b, c])
    f((1, 2)) == (2, 1)    snippet([1, 2]) == [2, 1]   tuple(snippet(items))   by the examples

What is asked is known by the signature, by examples, or not at all: then everything fits.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from hrm_engine.codegen.library.snippet import Snippet, positional
from hrm_engine.codegen.request import Request

_SIZE = re.compile(r"n|m|size|len|length|\w+_(?:size|len|length)|(?:size|len|length)_\w+")
"""Names under which the length of another argument is often handed over."""
_CONVERTED = {"list", "tuple", "set"}


@dataclass(frozen=True)
class Asked:
    """What will be called.

    parameters: their names, optional ones only as far as an example gives them; given: the
    arguments of each example; expected: its result; named: whether the names come from the
    person who asks, or were made up here.
    """

    parameters: tuple[str, ...]
    given: tuple[tuple[Any, ...], ...]
    expected: tuple[Any, ...]
    named: bool

    @classmethod
    def of(cls, request: Request) -> Asked | None:
        """What `request` says of it; None where neither signature nor examples tell.

        None too for a signature that is no plain list of parameters.
        """
        given = tuple(example.call.arguments for example in request.examples)
        expected = tuple(example.expected for example in request.examples)
        most = max(map(len, given), default=0)
        names = parameters(request.signature, most)
        if given and (names is None or len(names) < most):
            made_up = tuple(f"arg{k}" for k in range(1, most + 1))
            return cls(made_up, given, expected, named=False)
        return None if names is None else cls(names, given, expected, named=True)


@dataclass(frozen=True)
class Fit:
    """One way to call a snippet.

    expression: in the asked parameters, "" where the snippet can be taken as it is; distance:
    how far it is from that, in steps.
    """

    expression: str
    distance: int


def parameters(signature: str, most: int) -> tuple[str, ...] | None:
    """The names in a `def` line of required parameters, and of optional ones up to `most`.

    None where there is no such line, or one that takes any number of arguments.
    """
    try:
        (function,) = ast.parse(f"{signature.strip().rstrip(':')}: ...").body
    except (SyntaxError, ValueError):
        return None
    if not isinstance(function, ast.FunctionDef) or function.args.vararg:
        return None
    names, least, _ = positional(function)
    return names[: max(least, most)]


def kind(value: Any) -> str:
    """The coarse type of a value: two of one kind can often stand for each other."""
    if isinstance(value, int | float | complex):
        return "number"
    if isinstance(value, list | tuple):
        return "sequence"
    if isinstance(value, set | frozenset):
        return "set"
    return type(value).__name__


def fits(snippet: Snippet, asked: Asked | None) -> Iterator[Fit]:
    """The ways to call `snippet`, the plainest first; none where it cannot take the arguments."""
    if asked is None:
        yield Fit("", 0)
        return
    conversion, strange = _conversion(snippet, asked), _gives_another_kind(snippet, asked)
    seen: set[tuple[str, ...]] = set()
    for arguments, distance in _arrangements(snippet, asked):
        if arguments not in seen and _suits(snippet, asked, arguments):
            seen.add(arguments)
            call = f"{snippet.name}({', '.join(arguments)})"
            plain = "" if arguments == asked.parameters else call
            yield Fit(f"{conversion}({call})" if conversion else plain, distance + strange)


def _arrangements(snippet: Snippet, asked: Asked) -> Iterator[tuple[tuple[str, ...], int]]:
    """Arguments that are enough and not too many, with how far they are from the plain call."""
    names = asked.parameters
    if _enough(snippet, len(names)):
        ordered = _by_name(snippet, names) if asked.named else None
        yield ordered or names, 0
        if ordered:
            yield names, 1
    for k in range(len(names)):
        if _enough(snippet, len(names) - 1) and _is_size(asked, k):
            yield names[:k] + names[k + 1 :], 1
    for k in range(1, snippet.least):
        if len(names) + 1 == snippet.least and _SIZE.fullmatch(snippet.parameters[k]):
            yield (*names[:k], f"len({names[k - 1]})", *names[k:]), 1
    if snippet.arity == (1, 1) and len(names) > 1 and _can_be_gathered(asked):
        yield (f"[{', '.join(names)}]",), 2
    if asked.given and 1 < len(names) < 5 and _enough(snippet, len(names)):
        for ordered in permutations(names):
            yield ordered, 3


def _enough(snippet: Snippet, count: int) -> bool:
    return snippet.least <= count <= snippet.most


def _by_name(snippet: Snippet, names: tuple[str, ...]) -> tuple[str, ...] | None:
    """The names in the order of the snippet's parameters, if that is another one.

    By the same names, or by their initials where no two share one: r and h for radius and height.
    """
    wanted = snippet.parameters[: len(names)]
    initials = [name[0].lower() for name in names]
    for keys, order in ((list(wanted), names), ([name[0].lower() for name in wanted], initials)):
        if len(set(order)) == len(order) and sorted(order) == sorted(keys):
            found = tuple(names[order.index(key)] for key in keys)
            return None if found == names else found
    return None


def _is_size(asked: Asked, k: int) -> bool:
    """Whether argument k is the length of another: in every example, or else by its name."""
    if not asked.given:
        return k > 0 and _SIZE.fullmatch(asked.parameters[k]) is not None
    return any(
        all(_is_length(arguments, k, other) for arguments in asked.given)
        for other in range(len(asked.parameters))
        if other != k
    )


def _is_length(arguments: Sequence[Any], k: int, other: int) -> bool:
    if max(k, other) >= len(arguments) or isinstance(arguments[k], bool):
        return False
    sized = arguments[other]
    return isinstance(sized, str | list | tuple | dict | set) and arguments[k] == len(sized)


def _can_be_gathered(asked: Asked) -> bool:
    """Whether the arguments may be members of one list: all of one plain kind."""
    return all(
        len(set(map(kind, arguments))) == 1 and kind(arguments[0]) in {"number", "str"}
        for arguments in asked.given
        if arguments
    )


def _suits(snippet: Snippet, asked: Asked, arguments: tuple[str, ...]) -> bool:
    """Whether each argument of the first example is of a kind that the snippet is shown with."""
    if not asked.given or not snippet.examples:
        return True
    values = dict(zip(asked.parameters, asked.given[0], strict=False))
    shown = [example.call.arguments for example in snippet.examples]
    for k, name in enumerate(arguments):
        wanted = (
            "sequence" if name.startswith("[") else kind(values[name]) if name in values else ""
        )
        if wanted and not any(k >= len(each) or kind(each[k]) == wanted for each in shown):
            return False
    return True


def _gives_another_kind(snippet: Snippet, asked: Asked) -> int:
    """2 if no result shown of the snippet is of the kind of a result asked for, else 0."""
    shown = {_result_kind(example.expected) for example in snippet.examples}
    wanted = {_result_kind(value) for value in asked.expected}
    return 2 if shown and wanted and not shown & wanted else 0


def _result_kind(value: Any) -> str:
    return "truth" if isinstance(value, bool) else kind(value)


def _conversion(snippet: Snippet, asked: Asked) -> str:
    """`list`, `tuple` or `set` where the examples ask for it and the snippet gives another."""
    if not asked.expected or not snippet.examples:
        return ""
    wanted = {type(value).__name__ for value in asked.expected}
    shown = {type(example.expected).__name__ for example in snippet.examples}
    if len(wanted) == len(shown) == 1 and wanted != shown and wanted | shown <= _CONVERTED:
        return wanted.pop()
    return ""
