"""Functional idioms on plain data: map, filter and reduce with lambda, any and all, take, cycle."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Sequence
from itertools import accumulate, compress, cycle, islice
from typing import Any


def map_double(numbers: Iterable[float]) -> list[float]:
    """Double each number of a list using map and lambda.

    Also: twice every element; map function over an array.

    >>> map_double([1, 2, 3])
    [2, 4, 6]
    >>> map_double([])
    []
    """
    return list(map(lambda number: number * 2, numbers))  # noqa: C417 - the idiom asked for


def filter_with_mask(items: Iterable[Any], mask: Iterable[Any]) -> list[Any]:
    """Keep the elements of a list where a second list is true.

    Also: boolean mask; select items by flags; compress.

    >>> filter_with_mask(['a', 'b', 'c'], [True, False, True])
    ['a', 'c']
    >>> filter_with_mask([], [])
    []
    """
    return list(compress(items, mask))


def filter_by_type(items: Iterable[Any], name: str) -> list[Any]:
    """Keep the elements of a list whose type has a given name.

    Also: filter integers, strings or floats out of a mixed list.

    >>> filter_by_type([1, 'a', 2.5, 'b'], 'str')
    ['a', 'b']
    >>> filter_by_type([True, 1], 'int')
    [1]
    """
    return [item for item in items if type(item).__name__ == name]


def only_integers(items: Iterable[Any]) -> list[int]:
    """Keep the whole numbers of a mixed list.

    Also: filter integers; remove strings and other types.

    >>> only_integers([1, 'a', 2.5, 3, True])
    [1, 3]
    >>> only_integers([])
    []
    """
    return [item for item in items if isinstance(item, int) and not isinstance(item, bool)]


def only_strings(items: Iterable[Any]) -> list[str]:
    """Keep the strings of a mixed list.

    Also: filter text; remove numbers and other types.

    >>> only_strings([1, 'a', None, 'b'])
    ['a', 'b']
    >>> only_strings([])
    []
    """
    return [item for item in items if isinstance(item, str)]


def count_type(items: Iterable[Any], name: str) -> int:
    """Count the elements of a list whose type has a given name.

    Also: number of integers, strings or lists in a mixed list.

    >>> count_type([1, 'a', 2, 2.5], 'int')
    2
    >>> count_type([], 'str')
    0
    """
    return sum(type(item).__name__ == name for item in items)


def sum_of_numbers_only(items: Iterable[Any]) -> float:
    """Add up the numbers of a mixed list.

    Also: total of the numeric elements, ignoring strings and other types.

    >>> sum_of_numbers_only([1, 'a', 2.5, None])
    3.5
    >>> sum_of_numbers_only([])
    0
    """
    numbers = (i for i in items if isinstance(i, int | float) and not isinstance(i, bool))
    return sum(numbers)


def any_true(items: Iterable[Any]) -> bool:
    """Check whether any element of a list is true.

    Also: at least one truthy value; logical or of all.

    >>> any_true([0, '', 3])
    True
    >>> any_true([])
    False
    """
    return any(items)


def all_true(items: Iterable[Any]) -> bool:
    """Check whether all elements of a list are true.

    Also: only truthy values; logical and of all.

    >>> all_true([1, 'a', True])
    True
    >>> all_true([1, 0])
    False
    """
    return all(items)


def count_true(items: Iterable[Any]) -> int:
    """Count the true elements of a list.

    Also: number of truthy values; how many booleans are True.

    >>> count_true([True, False, True])
    2
    >>> count_true([])
    0
    """
    return sum(bool(item) for item in items)


def cycle_items(items: Sequence[Any], length: int) -> list[Any]:
    """Repeat the elements of a list in turn up to a given length.

    Also: cycle through an array; fill a list by going round.

    >>> cycle_items(['a', 'b', 'c'], 5)
    ['a', 'b', 'c', 'a', 'b']
    >>> cycle_items([1], 0)
    []
    """
    return list(islice(cycle(items), length))


def compose_steps(value: float, steps: Iterable[Sequence[Any]]) -> float:
    """Apply a list of steps of operator and number to a value, one after the other.

    Also: chain of +, -, * and / operations; simple calculator.

    >>> compose_steps(10, [('+', 5), ('*', 2)])
    30
    >>> compose_steps(1, [])
    1
    """
    known = {
        "+": operator.add,
        "-": operator.sub,
        "*": operator.mul,
        "/": operator.truediv,
        "//": operator.floordiv,
        "%": operator.mod,
        "**": operator.pow,
    }
    for sign, number in steps:
        value = known[sign](value, number)
    return value


def calculate(first: float, sign: str, second: float) -> float:
    """Calculate the result of two numbers and an operator sign.

    Also: basic calculator for plus, minus, times and divide.

    >>> calculate(6, '*', 7)
    42
    >>> calculate(1, '/', 4)
    0.25
    """
    known = {
        "+": operator.add,
        "-": operator.sub,
        "*": operator.mul,
        "/": operator.truediv,
    }
    result: float = known[sign](first, second)
    return result


def walk_positions(moves: Iterable[int]) -> list[int]:
    """List the positions reached after each step of a walk that starts at zero.

    Also: cumulative position; random walk track.

    >>> walk_positions([1, -1, 2])
    [0, 1, 0, 2]
    >>> walk_positions([])
    [0]
    """
    return list(accumulate(moves, initial=0))
