"""Lists of lists put in order: sorting rows and inside rows, filtering, removing, building."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any


def sort_each_list(lists: Iterable[Iterable[Any]]) -> list[list[Any]]:
    """Sort each sublist of a list.

    Also: order the elements inside every nested list; sort inner arrays or strings.

    >>> sort_each_list([['green', 'blue'], ['b', 'a']])
    [['blue', 'green'], ['a', 'b']]
    >>> sort_each_list([])
    []
    """
    return [sorted(each) for each in lists]


def sort_lists_by_length(lists: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    """Sort a list of lists by length, the shortest first.

    Also: order nested lists by the number of their elements.

    >>> sort_lists_by_length([[1, 2, 3], [4], [5, 6]])
    [[4], [5, 6], [1, 2, 3]]
    >>> sort_lists_by_length([])
    []
    """
    return sorted(lists, key=len)


def sort_lists_by_length_and_value(lists: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    """Sort a list of lists by length, those of equal length by value.

    Also: order nested lists by size and then by their elements.

    >>> sort_lists_by_length_and_value([[2], [0], [1, 3], [0, 7]])
    [[0], [2], [0, 7], [1, 3]]
    >>> sort_lists_by_length_and_value([])
    []
    """
    return sorted(lists, key=lambda each: (len(each), each))


def sort_lists_by_sum(lists: Iterable[Sequence[float]]) -> list[Sequence[float]]:
    """Sort a list of lists by the sum of their elements.

    Also: order rows or tuples by their totals, ascending; sort tuples by sum.

    >>> sort_lists_by_sum([[1, 2, 3], [2, 4, 5], [1, 1, 1]])
    [[1, 1, 1], [1, 2, 3], [2, 4, 5]]
    >>> sort_lists_by_sum([])
    []
    """
    return sorted(lists, key=sum)


def sort_lists_by_index(lists: Iterable[Sequence[Any]], index: int) -> list[Sequence[Any]]:
    """Sort a list of lists by the element at a given index.

    Also: order rows by a column; sort a list of tuples by the kth item of each.

    >>> sort_lists_by_index([[1, 9], [2, 7], [3, 8]], 1)
    [[2, 7], [3, 8], [1, 9]]
    >>> sort_lists_by_index([], 0)
    []
    """
    return sorted(lists, key=lambda each: each[index])


def sort_lists_by_last(lists: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    """Sort a list of lists by their last element.

    Also: order nested lists or tuples by the final item, ascending; sort tuples by last element.

    >>> sort_lists_by_last([[1, 3], [2, 1], [0, 2]])
    [[2, 1], [0, 2], [1, 3]]
    >>> sort_lists_by_last([])
    []
    """
    return sorted(lists, key=lambda each: each[-1])


def sort_lists_by_max(lists: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    """Sort a list of lists by their largest element.

    Also: order nested lists by maximum value.

    >>> sort_lists_by_max([[1, 9], [5, 6], [2, 7]])
    [[5, 6], [2, 7], [1, 9]]
    >>> sort_lists_by_max([])
    []
    """
    return sorted(lists, key=max)


def max_by_index(lists: Iterable[Sequence[Any]], index: int) -> Any:
    """Find the largest element at a given index of the sublists.

    Also: maximum of a column; greatest nth item of nested lists or tuples.

    >>> max_by_index([[1, 9], [2, 7], [3, 8]], 1)
    9
    >>> max_by_index([(4, 0)], 0)
    4
    """
    return max(each[index] for each in lists)


def min_by_index(lists: Iterable[Sequence[Any]], index: int) -> Any:
    """Find the smallest element at a given index of the sublists.

    Also: minimum of a column; least nth item of nested lists or tuples.

    >>> min_by_index([[1, 9], [2, 7], [3, 8]], 1)
    7
    >>> min_by_index([(4, 0)], 0)
    4
    """
    return min(each[index] for each in lists)


def list_with_max_at(lists: Iterable[Sequence[Any]], index: int) -> Sequence[Any]:
    """Find the sublist whose element at a given index is the largest.

    Also: row with the maximum in a column; record or tuple with the highest value.

    >>> list_with_max_at([['a', 3], ['b', 9], ['c', 5]], 1)
    ['b', 9]
    >>> list_with_max_at([(1, 2)], 0)
    (1, 2)
    """
    return max(lists, key=lambda each: each[index])


def list_with_min_at(lists: Iterable[Sequence[Any]], index: int) -> Sequence[Any]:
    """Find the sublist whose element at a given index is the smallest.

    Also: row with the minimum in a column; record or tuple with the lowest value.

    >>> list_with_min_at([['a', 3], ['b', 9], ['c', 5]], 1)
    ['a', 3]
    >>> list_with_min_at([(1, 2)], 0)
    (1, 2)
    """
    return min(lists, key=lambda each: each[index])


def remove_empty_lists(lists: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    """Remove the empty lists and tuples from a list.

    Also: filter out sublists without elements.

    >>> remove_empty_lists([[1], [], [2, 3], []])
    [[1], [2, 3]]
    >>> remove_empty_lists([()])
    []
    """
    return [each for each in lists if len(each) > 0]


def remove_value_from_each(lists: Iterable[Iterable[Any]], value: Any) -> list[list[Any]]:
    """Remove all occurrences of a value from each sublist.

    Also: delete an element inside nested lists.

    >>> remove_value_from_each([[1, 2], [2, 3]], 2)
    [[1], [3]]
    >>> remove_value_from_each([], 1)
    []
    """
    return [[item for item in each if item != value] for each in lists]


def filter_lists_by_length(lists: Iterable[Sequence[Any]], length: int) -> list[Sequence[Any]]:
    """Find the sublists that have a given length.

    Also: keep nested lists or tuples with exactly n elements.

    >>> filter_lists_by_length([[1, 2], [3], [4, 5]], 2)
    [[1, 2], [4, 5]]
    >>> filter_lists_by_length([], 1)
    []
    """
    return [each for each in lists if len(each) == length]


def remove_lists_of_length(lists: Iterable[Sequence[Any]], length: int) -> list[Sequence[Any]]:
    """Remove the sublists that have a given length.

    Also: delete the tuples or nested lists with exactly n elements.

    >>> remove_lists_of_length([[1, 2], [3], [4, 5]], 2)
    [[3]]
    >>> remove_lists_of_length([], 1)
    []
    """
    return [each for each in lists if len(each) != length]


def merge_columns(first: Sequence[Sequence[Any]], second: Sequence[Sequence[Any]]) -> list[Any]:
    """Join two lists of lists row by row.

    Also: zip nested lists; concatenate the sublists at the same positions.

    >>> merge_columns([[1, 3], [5]], [[2], [6, 8]])
    [[1, 3, 2], [5, 6, 8]]
    >>> merge_columns([], [])
    []
    """
    return [[*a, *b] for a, b in zip(first, second, strict=False)]


def filled_grid(rows: int, columns: int, value: Any = 0) -> list[list[Any]]:
    """Make a list of lists with a given number of rows and columns, all filled with one value.

    Also: create a two-dimensional array; grid of zeros.

    >>> filled_grid(2, 3)
    [[0, 0, 0], [0, 0, 0]]
    >>> filled_grid(1, 2, 'x')
    [['x', 'x']]
    """
    return [[value] * columns for _ in range(rows)]


def wrap_each(items: Iterable[Any]) -> list[list[Any]]:
    """Put each element of a list into a list of its own.

    Also: list of one-element lists; convert items to sublists.

    >>> wrap_each([1, 2, 3])
    [[1], [2], [3]]
    >>> wrap_each([])
    []
    """
    return [[item] for item in items]


def reverse_each_list(lists: Iterable[Sequence[Any]]) -> list[list[Any]]:
    """Reverse each sublist of a list.

    Also: turn around the elements or strings inside nested lists.

    >>> reverse_each_list([[1, 2], [3, 4, 5]])
    [[2, 1], [5, 4, 3]]
    >>> reverse_each_list([])
    []
    """
    return [list(each)[::-1] for each in lists]


def is_list_of_lists(items: Any) -> bool:
    """Check whether a list is nested.

    Also: does a list contain another list or a tuple as an element.

    >>> is_list_of_lists([1, [2]])
    True
    >>> is_list_of_lists([1, 2])
    False
    """
    return any(isinstance(item, list | tuple) for item in items)
