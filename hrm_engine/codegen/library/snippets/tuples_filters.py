"""Lists of tuples filtered and checked; nested tuples; single tuples turned to text and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any


def tuples_containing(tuples: Iterable[Sequence[Any]], value: Any) -> list[Sequence[Any]]:
    """Find the tuples of a list that contain a given element.

    Also: filter tuples or lists with a value in them.

    >>> tuples_containing([(1, 2), (3, 4), (2, 5)], 2)
    [(1, 2), (2, 5)]
    >>> tuples_containing([], 1)
    []
    """
    return [each for each in tuples if value in each]


def remove_tuples_with_none(tuples: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    """Remove the tuples of a list that contain None.

    Also: drop incomplete records; filter out missing values.

    >>> remove_tuples_with_none([(1, 2), (None, 3)])
    [(1, 2)]
    >>> remove_tuples_with_none([])
    []
    """
    return [each for each in tuples if all(item is not None for item in each)]


def have_equal_length(tuples: Iterable[Sequence[Any]]) -> bool:
    """Check whether all tuples or lists of a list have the same length.

    Also: equal number of elements everywhere; rectangular.

    >>> have_equal_length([(1, 2), (3, 4)])
    True
    >>> have_equal_length([(1, 2), (3,)])
    False
    """
    return len({len(each) for each in tuples}) <= 1


def all_have_length(tuples: Iterable[Sequence[Any]], length: int) -> bool:
    """Check whether all tuples or lists of a list have a given length.

    Also: exactly k elements in each tuple.

    >>> all_have_length([(1, 2), (3, 4)], 2)
    True
    >>> all_have_length([(1, 2), (3,)], 2)
    False
    """
    return all(len(each) == length for each in tuples)


def tuple_to_text(letters: Iterable[Any]) -> str:
    """Convert a tuple of characters to a string.

    Also: join the elements of a tuple to text.

    >>> tuple_to_text(('a', 'b', 'c'))
    'abc'
    >>> tuple_to_text((1, 2))
    '12'
    """
    return "".join(map(str, letters))


def join_tuple(items: Iterable[Any], separator: str) -> str:
    """Join the elements of a tuple of mixed types to a string with a separator.

    Also: tuple to text with a delimiter.

    >>> join_tuple(('id', 7, 'x'), '-')
    'id-7-x'
    >>> join_tuple((), ',')
    ''
    """
    return separator.join(map(str, items))


def text_to_tuple(text: str) -> tuple[str, ...]:
    """Convert a string to a tuple of its characters.

    Also: letters of a word as a tuple.

    >>> text_to_tuple('abc')
    ('a', 'b', 'c')
    >>> text_to_tuple('')
    ()
    """
    return tuple(text)


def strings_to_number_tuple(text: str) -> tuple[int, ...]:
    """Convert a string of numbers separated by commas to a tuple of whole numbers.

    Also: parse a comma separated text to integers.

    >>> strings_to_number_tuple('1, 2, -5')
    (1, 2, -5)
    >>> strings_to_number_tuple('7')
    (7,)
    """
    return tuple(int(part) for part in text.split(","))


def tuple_of_strings_to_integers(items: Iterable[str]) -> tuple[int, ...]:
    """Convert a tuple of numeric strings to a tuple of whole numbers.

    Also: change strings inside a tuple to integers.

    >>> tuple_of_strings_to_integers(('3', '-4'))
    (3, -4)
    >>> tuple_of_strings_to_integers(())
    ()
    """
    return tuple(int(item) for item in items)


def list_to_tuple(items: Iterable[Any]) -> tuple[Any, ...]:
    """Convert a list to a tuple.

    Also: make a tuple from the elements of an array.

    >>> list_to_tuple([1, 2])
    (1, 2)
    >>> list_to_tuple([])
    ()
    """
    return tuple(items)


def tuple_to_list(items: Iterable[Any]) -> list[Any]:
    """Convert a tuple to a list.

    Also: make a list from the elements of a tuple.

    >>> tuple_to_list((1, 2))
    [1, 2]
    >>> tuple_to_list(())
    []
    """
    return list(items)


def flatten_tuple(items: Iterable[Any]) -> tuple[Any, ...]:
    """Flatten a nested tuple of any depth.

    Also: all elements of tuples inside tuples in one tuple.

    >>> flatten_tuple((1, (2, (3, 4))))
    (1, 2, 3, 4)
    >>> flatten_tuple(())
    ()
    """
    result: list[Any] = []
    for item in items:
        result.extend(flatten_tuple(item) if isinstance(item, tuple | list) else (item,))
    return tuple(result)


def add_nested_tuples(
    first: Iterable[Iterable[float]], second: Iterable[Iterable[float]]
) -> tuple[tuple[float, ...], ...]:
    """Add two nested tuples element by element.

    Also: elementwise sum of tuples of tuples.

    >>> add_nested_tuples(((1, 2), (3, 4)), ((5, 6), (7, 8)))
    ((6, 8), (10, 12))
    >>> add_nested_tuples((), ())
    ()
    """
    return tuple(
        tuple(a + b for a, b in zip(left, right, strict=False))
        for left, right in zip(first, second, strict=False)
    )


def subtract_nested_tuples(
    first: Iterable[Iterable[float]], second: Iterable[Iterable[float]]
) -> tuple[tuple[float, ...], ...]:
    """Subtract two nested tuples element by element.

    Also: elementwise difference of tuples of tuples.

    >>> subtract_nested_tuples(((5, 6), (7, 8)), ((1, 2), (3, 4)))
    ((4, 4), (4, 4))
    >>> subtract_nested_tuples((), ())
    ()
    """
    return tuple(
        tuple(a - b for a, b in zip(left, right, strict=False))
        for left, right in zip(first, second, strict=False)
    )


def is_tuple_sublist(first: Iterable[Any], second: Sequence[Any]) -> bool:
    """Check whether all elements of a tuple are in another tuple.

    Also: is one tuple a subset of another.

    >>> is_tuple_sublist((2, 3), (3, 2, 1))
    True
    >>> is_tuple_sublist((2, 7), (3, 2, 1))
    False
    """
    return all(item in second for item in first)
