"""Everyday operations on lists: taking, removing, inserting, replacing, joining, repeating."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any


def first_n_items(items: Sequence[Any], count: int) -> list[Any]:
    """Get the first n elements of a list.

    Also: take items from the start; head of an array.

    >>> first_n_items([1, 2, 3, 4], 2)
    [1, 2]
    >>> first_n_items([1], 3)
    [1]
    """
    return list(items[:count])


def last_n_items(items: Sequence[Any], count: int) -> list[Any]:
    """Get the last n elements of a list.

    Also: take items from the end; tail of an array.

    >>> last_n_items([1, 2, 3, 4], 2)
    [3, 4]
    >>> last_n_items([1, 2], 0)
    []
    """
    return list(items[max(0, len(items) - count) :])


def drop_first_n(items: Sequence[Any], count: int) -> list[Any]:
    """Drop the first n elements of a list.

    Also: skip items at the start; remove elements from the front.

    >>> drop_first_n([1, 2, 3, 4], 2)
    [3, 4]
    >>> drop_first_n([1], 3)
    []
    """
    return list(items[count:])


def drop_last_n(items: Sequence[Any], count: int) -> list[Any]:
    """Drop the last n elements of a list.

    Also: remove elements from the end; cut off the tail.

    >>> drop_last_n([1, 2, 3, 4], 1)
    [1, 2, 3]
    >>> drop_last_n([1, 2], 0)
    [1, 2]
    """
    return list(items[: max(0, len(items) - count)])


def all_but_first_and_last(items: Sequence[Any]) -> list[Any]:
    """Get the elements of a list without the first and the last.

    Also: inner part of an array; drop both ends.

    >>> all_but_first_and_last([1, 2, 3, 4])
    [2, 3]
    >>> all_but_first_and_last([1])
    []
    """
    return list(items[1:-1])


def first_and_last(items: Sequence[Any]) -> list[Any]:
    """Get the first and the last element of a list.

    Also: both ends of an array.

    >>> first_and_last([5, 10, 15])
    [5, 15]
    >>> first_and_last([7])
    [7, 7]
    """
    return [items[0], items[-1]]


def every_nth_item(items: Sequence[Any], step: int) -> list[Any]:
    """Get every nth element of a list, starting with the first.

    Also: alternate elements; skip items; take each second value.

    >>> every_nth_item([1, 2, 3, 4, 5], 2)
    [1, 3, 5]
    >>> every_nth_item([1, 2, 3, 4, 5, 6], 3)
    [1, 4]
    """
    return list(items[::step])


def items_at_odd_positions(items: Sequence[Any]) -> list[Any]:
    """Get the elements at odd index positions of a list.

    Also: second, fourth and further items; values with odd indexes.

    >>> items_at_odd_positions(['a', 'b', 'c', 'd'])
    ['b', 'd']
    >>> items_at_odd_positions([1])
    []
    """
    return list(items[1::2])


def items_at_indexes(items: Sequence[Any], indexes: Iterable[int]) -> list[Any]:
    """Get the elements of a list at given indexes.

    Also: select items by their positions; access several indices.

    >>> items_at_indexes([10, 20, 30, 40], [0, 2])
    [10, 30]
    >>> items_at_indexes([1], [])
    []
    """
    return [items[index] for index in indexes]


def reverse_list(items: Sequence[Any]) -> list[Any]:
    """Reverse a list.

    Also: elements in opposite order; array backwards.

    >>> reverse_list([1, 2, 3])
    [3, 2, 1]
    >>> reverse_list([])
    []
    """
    return list(items[::-1])


def reverse_first_n(items: Sequence[Any], count: int) -> list[Any]:
    """Reverse the first n elements of a list.

    Also: reverse an array up to a given position.

    >>> reverse_first_n([1, 2, 3, 4, 5], 3)
    [3, 2, 1, 4, 5]
    >>> reverse_first_n([1, 2], 0)
    [1, 2]
    """
    return [*items[:count][::-1], *items[count:]]


def reverse_in_groups(items: Sequence[Any], size: int) -> list[Any]:
    """Reverse a list in groups of a given size.

    Also: reverse each chunk of k elements of an array.

    >>> reverse_in_groups([1, 2, 3, 4, 5], 2)
    [2, 1, 4, 3, 5]
    >>> reverse_in_groups([1, 2, 3], 3)
    [3, 2, 1]
    """
    starts = range(0, len(items), size)
    return [item for start in starts for item in reversed(items[start : start + size])]


def swap_first_and_last(items: Sequence[Any]) -> list[Any]:
    """Swap the first and last elements of a list.

    Also: exchange both ends of an array; interchange the first and the last item.

    >>> swap_first_and_last([1, 2, 3])
    [3, 2, 1]
    >>> swap_first_and_last([1])
    [1]
    """
    return list(items) if len(items) < 2 else [items[-1], *items[1:-1], items[0]]


def swap_positions(items: Sequence[Any], first: int, second: int) -> list[Any]:
    """Swap two elements of a list by their indexes.

    Also: exchange the items at two positions of an array.

    >>> swap_positions([10, 20, 30], 0, 2)
    [30, 20, 10]
    >>> swap_positions([1, 2, 3], 1, 2)
    [1, 3, 2]
    """
    result = list(items)
    result[first], result[second] = result[second], result[first]
    return result


def swap_adjacent_pairs(items: Sequence[Any]) -> list[Any]:
    """Swap each pair of neighbouring elements of a list.

    Also: exchange adjacent items two by two.

    >>> swap_adjacent_pairs([1, 2, 3, 4, 5])
    [2, 1, 4, 3, 5]
    >>> swap_adjacent_pairs([])
    []
    """
    return [item for start in range(0, len(items), 2) for item in items[start : start + 2][::-1]]


def insert_at(items: Sequence[Any], position: int, value: Any) -> list[Any]:
    """Insert an element into a list at a given position.

    Also: add an item at an index of an array.

    >>> insert_at([1, 2, 4], 2, 3)
    [1, 2, 3, 4]
    >>> insert_at([], 0, 'a')
    ['a']
    """
    return [*items[:position], value, *items[position:]]


def intersperse(items: Sequence[Any], separator: Any) -> list[Any]:
    """Insert a separator between the elements of a list.

    Also: put a delimiter between every two consecutive items.

    >>> intersperse([1, 2, 3], 0)
    [1, 0, 2, 0, 3]
    >>> intersperse([], 0)
    []
    """
    return [each for item in items for each in (separator, item)][1:]


def remove_at(items: Sequence[Any], position: int) -> list[Any]:
    """Remove the element at a given index from a list.

    Also: delete the item at a position; list without its kth element.

    >>> remove_at(['a', 'b', 'c'], 1)
    ['a', 'c']
    >>> remove_at([1], 0)
    []
    """
    return [item for index, item in enumerate(items) if index != position]


def remove_at_indexes(items: Sequence[Any], indexes: Iterable[int]) -> list[Any]:
    """Remove the elements at several indexes from a list.

    Also: delete items at given positions.

    >>> remove_at_indexes(['a', 'b', 'c', 'd'], [0, 2])
    ['b', 'd']
    >>> remove_at_indexes([1, 2], [])
    [1, 2]
    """
    dropped = set(indexes)
    return [item for index, item in enumerate(items) if index not in dropped]


def remove_value(items: Iterable[Any], value: Any) -> list[Any]:
    """Remove all occurrences of a value from a list.

    Also: delete every copy of an element; filter out an item.

    >>> remove_value([1, 2, 1, 3], 1)
    [2, 3]
    >>> remove_value([1], 2)
    [1]
    """
    return [item for item in items if item != value]


def remove_first_value(items: Iterable[Any], value: Any) -> list[Any]:
    """Remove the first occurrence of a value from a list.

    Also: delete one copy of an element.

    >>> remove_first_value([1, 2, 1, 3], 1)
    [2, 1, 3]
    >>> remove_first_value([1], 2)
    [1]
    """
    result = list(items)
    if value in result:
        result.remove(value)
    return result


def replace_value(items: Iterable[Any], old: Any, new: Any) -> list[Any]:
    """Replace all occurrences of a value in a list by another value.

    Also: substitute an element everywhere in an array.

    >>> replace_value([1, 2, 1], 1, 9)
    [9, 2, 9]
    >>> replace_value([], 1, 2)
    []
    """
    return [new if item == old else item for item in items]
