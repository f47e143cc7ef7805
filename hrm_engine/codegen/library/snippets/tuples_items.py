"""One tuple: its elements, slices, counts, checks, and arithmetic between two tuples."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any


def slice_tuple(items: Sequence[Any], start: int, end: int) -> tuple[Any, ...]:
    """Slice a tuple from a start index up to an end index, which is left out.

    Also: part of a tuple; elements between two positions.

    >>> slice_tuple((1, 2, 3, 4, 5), 1, 3)
    (2, 3)
    >>> slice_tuple((1,), 0, 0)
    ()
    """
    return tuple(items[start:end])


def reverse_tuple(items: Sequence[Any]) -> tuple[Any, ...]:
    """Reverse a tuple.

    Also: elements of a tuple in opposite order.

    >>> reverse_tuple((1, 2, 3))
    (3, 2, 1)
    >>> reverse_tuple(())
    ()
    """
    return tuple(items[::-1])


def sort_tuple(items: Iterable[Any]) -> tuple[Any, ...]:
    """Sort the elements of a tuple.

    Also: ordered tuple in ascending order.

    >>> sort_tuple((3, 1, 2))
    (1, 2, 3)
    >>> sort_tuple(())
    ()
    """
    return tuple(sorted(items))


def add_item_to_tuple(items: Iterable[Any], value: Any) -> tuple[Any, ...]:
    """Add an element to the end of a tuple.

    Also: append an item to a tuple.

    >>> add_item_to_tuple((1, 2), 3)
    (1, 2, 3)
    >>> add_item_to_tuple((), 'a')
    ('a',)
    """
    return (*items, value)


def add_list_to_tuple(items: Sequence[Any], values: Iterable[Any]) -> tuple[Any, ...]:
    """Add the elements of a list to the end of a tuple.

    Also: append a list to a tuple; extend a tuple.

    >>> add_list_to_tuple((1, 2), [3, 3])
    (1, 2, 3, 3)
    >>> add_list_to_tuple((), [])
    ()
    """
    return (*items, *values)


def insert_into_tuple(items: Sequence[Any], position: int, value: Any) -> tuple[Any, ...]:
    """Insert an element into a tuple at a given position.

    Also: put an item in the middle of a tuple.

    >>> insert_into_tuple((1, 3), 1, 2)
    (1, 2, 3)
    >>> insert_into_tuple((), 0, 1)
    (1,)
    """
    return (*items[:position], value, *items[position:])


def remove_from_tuple(items: Iterable[Any], value: Any) -> tuple[Any, ...]:
    """Remove all occurrences of an element from a tuple.

    Also: tuple without an item; delete a value from a tuple.

    >>> remove_from_tuple((1, 2, 1, 3), 1)
    (2, 3)
    >>> remove_from_tuple((), 1)
    ()
    """
    return tuple(item for item in items if item != value)


def replace_in_tuple(items: Iterable[Any], position: int, value: Any) -> tuple[Any, ...]:
    """Replace the element of a tuple at a given index.

    Also: change one item; modify a tuple at a position.

    >>> replace_in_tuple((1, 2, 3), 1, 9)
    (1, 9, 3)
    >>> replace_in_tuple((1,), 0, 'a')
    ('a',)
    """
    changed = list(items)
    changed[position] = value
    return tuple(changed)


def unique_of_tuple(items: Iterable[Any]) -> tuple[Any, ...]:
    """Remove the duplicates of a tuple, keeping the first of each in order.

    Also: distinct elements of a tuple.

    >>> unique_of_tuple((4, 2, 4, 9, 2))
    (4, 2, 9)
    >>> unique_of_tuple(())
    ()
    """
    return tuple(dict.fromkeys(items))


def repeated_in_tuple(items: Sequence[Any]) -> tuple[Any, ...]:
    """Find the elements that occur more than once in a tuple.

    Also: repeated items of a tuple; duplicates.

    >>> repeated_in_tuple((8, 1, 8, 7, 1))
    (8, 1)
    >>> repeated_in_tuple((1, 2))
    ()
    """
    return tuple(item for item in dict.fromkeys(items) if items.count(item) > 1)


def index_in_tuple(items: Sequence[Any], value: Any) -> int:
    """Find the index of an element in a tuple, or -1.

    Also: position of an item of a tuple.

    >>> index_in_tuple(('a', 'b', 'c'), 'b')
    1
    >>> index_in_tuple((), 1)
    -1
    """
    return items.index(value) if value in items else -1


def tuple_contains(items: Iterable[Any], value: Any) -> bool:
    """Check whether an element exists in a tuple.

    Also: is a value present in a tuple.

    >>> tuple_contains((3, 8, 4), 4)
    True
    >>> tuple_contains((), 4)
    False
    """
    return any(item == value for item in items)


def tuple_contains_any(items: Iterable[Any], values: Sequence[Any]) -> bool:
    """Check whether a tuple contains any element of a list.

    Also: at least one of several values is present in a tuple.

    >>> tuple_contains_any((1, 2, 9), [9, 8])
    True
    >>> tuple_contains_any((4, 5), [1])
    False
    """
    return any(item in values for item in items)


def tuple_has_none(items: Iterable[Any]) -> bool:
    """Check whether a tuple contains the value None.

    Also: is there a missing value in a tuple.

    >>> tuple_has_none((1, None, 3))
    True
    >>> tuple_has_none((1, 0))
    False
    """
    return any(item is None for item in items)


def is_all_none(items: Iterable[Any]) -> bool:
    """Check whether all elements of a tuple are None.

    Also: every value is missing.

    >>> is_all_none((None, None))
    True
    >>> is_all_none((None, 1))
    False
    """
    return all(item is None for item in items)


def all_same_type(items: Sequence[Any]) -> bool:
    """Check whether all elements of a tuple or list have the same type.

    Also: same data type everywhere; homogeneous collection.

    >>> all_same_type((1, 2, 3))
    True
    >>> all_same_type((1, 'a'))
    False
    """
    return len({type(item) for item in items}) <= 1


def add_tuples(first: Iterable[float], second: Iterable[float]) -> tuple[float, ...]:
    """Add two tuples element by element.

    Also: elementwise sum of tuples; vector addition.

    >>> add_tuples((1, 2), (3, 4))
    (4, 6)
    >>> add_tuples((), ())
    ()
    """
    return tuple(a + b for a, b in zip(first, second, strict=False))


def subtract_tuples(first: Iterable[float], second: Iterable[float]) -> tuple[float, ...]:
    """Subtract two tuples element by element.

    Also: elementwise difference of tuples.

    >>> subtract_tuples((5, 7), (1, 2))
    (4, 5)
    >>> subtract_tuples((), ())
    ()
    """
    return tuple(a - b for a, b in zip(first, second, strict=False))


def multiply_tuples(first: Iterable[float], second: Iterable[float]) -> tuple[float, ...]:
    """Multiply two tuples element by element.

    Also: elementwise product of tuples.

    >>> multiply_tuples((1, 2), (3, 4))
    (3, 8)
    >>> multiply_tuples((), ())
    ()
    """
    return tuple(a * b for a, b in zip(first, second, strict=False))


def divide_tuples(first: Iterable[int], second: Iterable[int]) -> tuple[int, ...]:
    """Divide two tuples of whole numbers element by element, rounding down.

    Also: elementwise integer division of tuples.

    >>> divide_tuples((12, 7), (4, 2))
    (3, 3)
    >>> divide_tuples((), ())
    ()
    """
    return tuple(a // b for a, b in zip(first, second, strict=False))


def modulo_tuples(first: Iterable[int], second: Iterable[int]) -> tuple[int, ...]:
    """Find the remainders of two tuples element by element.

    Also: elementwise modulo of tuples.

    >>> modulo_tuples((17, 8), (5, 3))
    (2, 2)
    >>> modulo_tuples((), ())
    ()
    """
    return tuple(a % b for a, b in zip(first, second, strict=False))


def power_tuples(first: Iterable[float], second: Iterable[float]) -> tuple[float, ...]:
    """Raise the elements of a tuple to the powers in a second tuple.

    Also: elementwise exponentiation of tuples.

    >>> power_tuples((2, 3), (3, 2))
    (8, 9)
    >>> power_tuples((), ())
    ()
    """
    return tuple(a**b for a, b in zip(first, second, strict=False))


def xor_tuples(first: Iterable[int], second: Iterable[int]) -> tuple[int, ...]:
    """Find the bitwise exclusive or of two tuples element by element.

    Also: elementwise xor of tuples.

    >>> xor_tuples((1, 7), (3, 7))
    (2, 0)
    >>> xor_tuples((), ())
    ()
    """
    return tuple(a ^ b for a, b in zip(first, second, strict=False))


def and_tuples(first: Iterable[int], second: Iterable[int]) -> tuple[int, ...]:
    """Find the bitwise and of two tuples element by element.

    Also: elementwise and of tuples.

    >>> and_tuples((12, 3), (8, 1))
    (8, 1)
    >>> and_tuples((), ())
    ()
    """
    return tuple(a & b for a, b in zip(first, second, strict=False))
