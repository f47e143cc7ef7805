"""Lists of lists: flattening, depth, sums, columns, lengths, filling, searching inside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest
from typing import Any


def flatten_once(lists: Iterable[Iterable[Any]]) -> list[Any]:
    """Flatten a list of lists by one level.

    Also: join sublists or tuples to one list; concatenate nested arrays.

    >>> flatten_once([[1, 2], [3], []])
    [1, 2, 3]
    >>> flatten_once([])
    []
    """
    return list(chain.from_iterable(lists))


def flatten_deep(items: Iterable[Any]) -> list[Any]:
    """Flatten a nested list of any depth.

    Also: flatten a deeply nested list structure; all elements in one list.

    >>> flatten_deep([1, [2, [3, (4, 5)], []], 'six'])
    [1, 2, 3, 4, 5, 'six']
    >>> flatten_deep([])
    []
    """
    result: list[Any] = []
    for item in items:
        result.extend(flatten_deep(item) if isinstance(item, list | tuple) else [item])
    return result


def nesting_depth(items: Any) -> int:
    """Find the depth of a nested list.

    Also: maximum nesting level; how deep lists are inside each other.

    >>> nesting_depth([1, [2, [3]]])
    3
    >>> nesting_depth([])
    1
    >>> nesting_depth(5)
    0
    """
    if not isinstance(items, list | tuple):
        return 0
    return 1 + max(map(nesting_depth, items), default=0)


def nested_sum(items: Iterable[Any]) -> Any:
    """Add up all numbers of a nested list.

    Also: recursive list summation; total of deeply nested elements.

    >>> nested_sum([1, [2, [3, 4]], 5])
    15
    >>> nested_sum([])
    0
    """
    return sum(nested_sum(item) if isinstance(item, list | tuple) else item for item in items)


def count_nested(items: Iterable[Any]) -> int:
    """Count all elements of a nested list that are no lists themselves.

    Also: number of leaves; recursive length.

    >>> count_nested([1, [2, [3, 4]], []])
    4
    >>> count_nested([])
    0
    """
    return sum(count_nested(item) if isinstance(item, list | tuple) else 1 for item in items)


def unique_in_nested(lists: Iterable[Iterable[Any]]) -> list[Any]:
    """List the different elements of a list of lists in order of appearance.

    Also: unique values of nested lists; distinct elements of sublists.

    >>> unique_in_nested([[1, 2], [2, 3], [1]])
    [1, 2, 3]
    >>> unique_in_nested([])
    []
    """
    return list(dict.fromkeys(chain.from_iterable(lists)))


def frequencies_in_nested(lists: Iterable[Iterable[Any]]) -> dict[Any, int]:
    """Count how often each element occurs in a list of lists.

    Also: frequency of the elements over all sublists.

    >>> frequencies_in_nested([[1, 2], [2, 3]])
    {1: 1, 2: 2, 3: 1}
    >>> frequencies_in_nested([])
    {}
    """
    return dict(Counter(chain.from_iterable(lists)))


def count_lists_containing(lists: Iterable[Sequence[Any]], value: Any) -> int:
    """Count the sublists of a list that contain a given element.

    Also: number of lists or tuples with a value in them.

    >>> count_lists_containing([[1, 3], [5], [1, 1]], 1)
    2
    >>> count_lists_containing([], 1)
    0
    """
    return sum(value in each for each in lists)


def nested_contains(items: Iterable[Any], value: Any) -> bool:
    """Check whether a nested list contains an element at any depth.

    Also: search a deeply nested list; element exists in sublists.

    >>> nested_contains([1, [2, [3]]], 3)
    True
    >>> nested_contains([1, [2]], 5)
    False
    """
    return any(
        nested_contains(item, value) if isinstance(item, list | tuple) else item == value
        for item in items
    )


def count_lists(items: Iterable[Any]) -> int:
    """Count the lists inside a list.

    Also: number of sublists of a list; nested lists at the first level.

    >>> count_lists([[1], 2, [3, 4]])
    2
    >>> count_lists([])
    0
    """
    return sum(isinstance(item, list) for item in items)


def nth_column(rows: Iterable[Sequence[Any]], index: int) -> list[Any]:
    """Extract the nth element of each sublist.

    Also: column of a nested list; items at one position of every row or tuple.

    >>> nth_column([[1, 2, 3], [4, 5, 6]], 1)
    [2, 5]
    >>> nth_column([], 0)
    []
    """
    return [row[index] for row in rows]


def first_of_each(lists: Iterable[Sequence[Any]]) -> list[Any]:
    """List the first element of each sublist.

    Also: heads of nested lists.

    >>> first_of_each([[1, 2], [3, 4, 5]])
    [1, 3]
    >>> first_of_each([])
    []
    """
    return [each[0] for each in lists]


def last_of_each(lists: Iterable[Sequence[Any]]) -> list[Any]:
    """List the last element of each sublist.

    Also: tails of nested lists; final item of every tuple.

    >>> last_of_each([[1, 2], [3, 4, 5]])
    [2, 5]
    >>> last_of_each([])
    []
    """
    return [each[-1] for each in lists]


def remove_nth_column(rows: Iterable[Sequence[Any]], index: int) -> list[list[Any]]:
    """Remove the nth element of each sublist.

    Also: delete a column of a nested list.

    >>> remove_nth_column([[1, 2, 3], [4, 5, 6]], 1)
    [[1, 3], [4, 6]]
    >>> remove_nth_column([], 0)
    []
    """
    return [[item for place, item in enumerate(row) if place != index] for row in rows]


def columns_as_rows(rows: Iterable[Iterable[Any]], fill: Any = None) -> list[list[Any]]:
    """Turn the columns of a nested list with rows of different lengths into rows.

    Also: transpose ragged lists, filling up missing elements.

    >>> columns_as_rows([[1, 2], [3]], 0)
    [[1, 3], [2, 0]]
    >>> columns_as_rows([])
    []
    """
    return [list(column) for column in zip_longest(*rows, fillvalue=fill)]


def sums_of_lists(lists: Iterable[Iterable[float]]) -> list[float]:
    """List the sum of each sublist.

    Also: total of every nested list; sum of the elements of each tuple.

    >>> sums_of_lists([[1, 2], [3], []])
    [3, 3, 0]
    >>> sums_of_lists([])
    []
    """
    return [sum(each) for each in lists]


def maxima_of_lists(lists: Iterable[Iterable[Any]]) -> list[Any]:
    """List the largest element of each sublist.

    Also: maximum of every nested list.

    >>> maxima_of_lists([[1, 5, 2], [7, 3]])
    [5, 7]
    >>> maxima_of_lists([])
    []
    """
    return [max(each) for each in lists]


def lengths_of_lists(lists: Iterable[Sequence[Any]]) -> list[int]:
    """List the length of each sublist.

    Also: sizes of nested lists.

    >>> lengths_of_lists([[1, 2], [], [3]])
    [2, 0, 1]
    >>> lengths_of_lists([])
    []
    """
    return [len(each) for each in lists]


def list_with_max_sum(lists: Iterable[Sequence[float]]) -> Sequence[float]:
    """Find the sublist with the largest sum, the first one of several.

    Also: nested list whose elements have the highest total.

    >>> list_with_max_sum([[1, 2, 3], [4, 5], [1, 7]])
    [4, 5]
    >>> list_with_max_sum([[0], [-1]])
    [0]
    """
    return max(lists, key=sum)


def list_with_min_sum(lists: Iterable[Sequence[float]]) -> Sequence[float]:
    """Find the sublist with the smallest sum, the first one of several.

    Also: nested list whose elements have the lowest total.

    >>> list_with_min_sum([[1, 2, 3], [4, 5], [1, 7]])
    [1, 2, 3]
    >>> list_with_min_sum([[0], [-1]])
    [-1]
    """
    return min(lists, key=sum)


def longest_list(lists: Iterable[Sequence[Any]]) -> Sequence[Any]:
    """Find the longest sublist, the first one of several.

    Also: nested list of maximum length; tuple with the most elements.

    >>> longest_list([[1], [2, 3, 4], [5, 6]])
    [2, 3, 4]
    >>> longest_list([[], [1]])
    [1]
    """
    return max(lists, key=len)


def shortest_list(lists: Iterable[Sequence[Any]]) -> Sequence[Any]:
    """Find the shortest sublist, the first one of several.

    Also: nested list of minimum length; tuple with the fewest elements.

    >>> shortest_list([[1, 2], [3], [4, 5, 6]])
    [3]
    >>> shortest_list([[], [1]])
    []
    """
    return min(lists, key=len)
