"""Several lists made one, and one list made several: joining, interleaving, splitting, filling."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest
from typing import Any


def concatenate_lists(first: Iterable[Any], second: Iterable[Any]) -> list[Any]:
    """Concatenate two lists.

    Also: append one array to another; join lists end to end.

    >>> concatenate_lists([1, 2], [3])
    [1, 2, 3]
    >>> concatenate_lists([], [])
    []
    """
    return [*first, *second]


def interleave_lists(first: Sequence[Any], second: Sequence[Any]) -> list[Any]:
    """Interleave two lists, the rest of the longer one at the end.

    Also: merge two arrays alternately; take items in turn.

    >>> interleave_lists([1, 3, 5], [2, 4, 6])
    [1, 2, 3, 4, 5, 6]
    >>> interleave_lists([1], [2, 3])
    [1, 2, 3]
    """
    shared = min(len(first), len(second))
    mixed = [item for pair in zip(first, second, strict=False) for item in pair]
    return [*mixed, *first[shared:], *second[shared:]]


def interleave_many(lists: Iterable[Sequence[Any]]) -> list[Any]:
    """Interleave several lists of the same length.

    Also: merge three or more arrays by taking their items in turn; round robin.

    >>> interleave_many([[1, 2], [3, 4], [5, 6]])
    [1, 3, 5, 2, 4, 6]
    >>> interleave_many([])
    []
    """
    return list(chain.from_iterable(zip(*lists, strict=False)))


def merge_sorted(first: Sequence[Any], second: Sequence[Any]) -> list[Any]:
    """Merge two sorted lists into one sorted list.

    Also: combine ordered arrays; merge step of merge sort.

    >>> merge_sorted([1, 4, 6], [2, 3, 7])
    [1, 2, 3, 4, 6, 7]
    >>> merge_sorted([], [1])
    [1]
    """
    merged: list[Any] = []
    i = j = 0
    while i < len(first) and j < len(second):
        if first[i] <= second[j]:
            merged.append(first[i])
            i += 1
        else:
            merged.append(second[j])
            j += 1
    return [*merged, *first[i:], *second[j:]]


def merge_many_sorted(lists: Iterable[Iterable[Any]]) -> list[Any]:
    """Merge several sorted lists into one sorted list.

    Also: combine k ordered arrays with a heap queue.

    >>> merge_many_sorted([[1, 5], [2, 4], [3]])
    [1, 2, 3, 4, 5]
    >>> merge_many_sorted([])
    []
    """
    return list(heapq.merge(*lists))


def combine_and_sort(first: Iterable[Any], second: Iterable[Any]) -> list[Any]:
    """Combine two unsorted lists into one sorted list.

    Also: join two arrays and sort the result.

    >>> combine_and_sort([3, 1], [2, 0])
    [0, 1, 2, 3]
    >>> combine_and_sort([], [])
    []
    """
    return sorted([*first, *second])


def chunk_list(items: Sequence[Any], size: int) -> list[list[Any]]:
    """Split a list into chunks of a given size, the last one shorter where needed.

    Also: divide an array into groups of n; batches of elements; sublists of equal length.

    >>> chunk_list([1, 2, 3, 4, 5], 2)
    [[1, 2], [3, 4], [5]]
    >>> chunk_list([], 3)
    []
    """
    return [list(items[start : start + size]) for start in range(0, len(items), size)]


def split_into_parts(items: Sequence[Any], parts: int) -> list[list[Any]]:
    """Split a list into n parts of nearly equal length, the longer ones first.

    Also: divide an array evenly into a number of sublists.

    >>> split_into_parts([1, 2, 3, 4, 5], 2)
    [[1, 2, 3], [4, 5]]
    >>> split_into_parts([1], 2)
    [[1], []]
    """
    size, extra = divmod(len(items), parts)
    ends = [size * part + min(part, extra) for part in range(parts + 1)]
    return [list(items[ends[part] : ends[part + 1]]) for part in range(parts)]


def split_at_index(items: Sequence[Any], position: int) -> tuple[list[Any], list[Any]]:
    """Split a list into two parts at a given index.

    Also: cut an array after its first n elements; first part of length n and the rest.

    >>> split_at_index([1, 2, 3, 4], 1)
    ([1], [2, 3, 4])
    >>> split_at_index([], 0)
    ([], [])
    """
    return list(items[:position]), list(items[position:])


def split_in_half(items: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    """Split a list into two halves, the second one longer where the length is odd.

    Also: divide an array in the middle.

    >>> split_in_half([1, 2, 3, 4])
    ([1, 2], [3, 4])
    >>> split_in_half([1, 2, 3])
    ([1], [2, 3])
    """
    middle = len(items) // 2
    return list(items[:middle]), list(items[middle:])


def split_by_step(items: Sequence[Any], step: int) -> list[list[Any]]:
    """Deal the elements of a list out to n lists in turn.

    Also: split an array by every nth element; distribute items like cards.

    >>> split_by_step([1, 2, 3, 4, 5], 2)
    [[1, 3, 5], [2, 4]]
    >>> split_by_step([1, 2, 3], 3)
    [[1], [2], [3]]
    """
    return [list(items[start::step]) for start in range(step)]


def split_by_value(items: Iterable[Any], separator: Any) -> list[list[Any]]:
    """Split a list at every occurrence of a value.

    Also: divide an array by a separator element.

    >>> split_by_value([1, 0, 2, 3, 0], 0)
    [[1], [2, 3], []]
    >>> split_by_value([], 0)
    [[]]
    """
    parts: list[list[Any]] = [[]]
    for item in items:
        if item == separator:
            parts.append([])
        else:
            parts[-1].append(item)
    return parts


def partition_even_odd(numbers: Iterable[int]) -> tuple[list[int], list[int]]:
    """Split a list of numbers into the even and the odd ones.

    Also: separate evens from odds; partition by parity.

    >>> partition_even_odd([1, 2, 3, 4])
    ([2, 4], [1, 3])
    >>> partition_even_odd([])
    ([], [])
    """
    values = list(numbers)
    return [n for n in values if n % 2 == 0], [n for n in values if n % 2]


def partition_by_sign(numbers: Iterable[float]) -> tuple[list[float], list[float]]:
    """Split a list of numbers into the negative ones and the others.

    Also: separate positive and negative values.

    >>> partition_by_sign([3, -1, 0, -2])
    ([-1, -2], [3, 0])
    >>> partition_by_sign([])
    ([], [])
    """
    values = list(numbers)
    return [n for n in values if n < 0], [n for n in values if n >= 0]


def zip_lists(first: Iterable[Any], second: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Combine two lists into a list of pairs.

    Also: zip two arrays into tuples; pair the elements by position.

    >>> zip_lists([1, 2], ['a', 'b'])
    [(1, 'a'), (2, 'b')]
    >>> zip_lists([], [1])
    []
    """
    return list(zip(first, second, strict=False))


def zip_with_fill(
    first: Iterable[Any], second: Iterable[Any], fill: Any = None
) -> list[tuple[Any, Any]]:
    """Combine two lists into pairs, filling up the shorter one with a value.

    Also: zip arrays of different lengths.

    >>> zip_with_fill([1, 2], ['a'], '-')
    [(1, 'a'), (2, '-')]
    >>> zip_with_fill([], [])
    []
    """
    return list(zip_longest(first, second, fillvalue=fill))


def unzip_pairs(pairs: Iterable[Sequence[Any]]) -> tuple[list[Any], list[Any]]:
    """Split a list of pairs into two lists.

    Also: unzip tuples; first elements and second elements separately.

    >>> unzip_pairs([(1, 'a'), (2, 'b')])
    ([1, 2], ['a', 'b'])
    >>> unzip_pairs([])
    ([], [])
    """
    kept = list(pairs)
    return [pair[0] for pair in kept], [pair[1] for pair in kept]


def repeat_each_item(items: Iterable[Any], times: int) -> list[Any]:
    """Repeat each element of a list a number of times.

    Also: duplicate every item in place.

    >>> repeat_each_item([1, 2], 2)
    [1, 1, 2, 2]
    >>> repeat_each_item([1], 0)
    []
    """
    return [item for item in items for _ in range(times)]


def repeat_list(items: Sequence[Any], times: int) -> list[Any]:
    """Repeat a list a number of times.

    Also: concatenate n copies of an array.

    >>> repeat_list([1, 2], 3)
    [1, 2, 1, 2, 1, 2]
    >>> repeat_list([], 3)
    []
    """
    return list(items) * times


def list_of_same_value(value: Any, length: int) -> list[Any]:
    """Make a list of a given length in which every element is the same.

    Also: fill an array with a value; n copies of an item.

    >>> list_of_same_value(0, 3)
    [0, 0, 0]
    >>> list_of_same_value('a', 0)
    []
    """
    return [value] * length


def pad_list(items: Sequence[Any], length: int, fill: Any = 0) -> list[Any]:
    """Pad a list at the end to a given length with a value.

    Also: extend an array with zeros; fill up missing elements.

    >>> pad_list([1, 2], 4)
    [1, 2, 0, 0]
    >>> pad_list([1, 2, 3], 2)
    [1, 2, 3]
    """
    return [*items, *[fill] * (length - len(items))]
