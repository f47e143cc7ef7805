"""Searching lists: linear and binary search, first and last positions, peaks, nearest values."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any


def linear_search(items: Sequence[Any], target: Any) -> int:
    """Find the index of an element in a list by linear search, or -1.

    Also: sequential search; position of a value in an unsorted array.

    >>> linear_search([4, 2, 7], 7)
    2
    >>> linear_search([], 1)
    -1
    """
    return next((index for index, item in enumerate(items) if item == target), -1)


def binary_search(items: Sequence[Any], target: Any) -> int:
    """Find the index of an element in a sorted list by binary search, or -1.

    Also: search an ordered array by halving; position of a value.

    >>> binary_search([1, 3, 5, 7, 9], 7)
    3
    >>> binary_search([1, 3, 5], 4)
    -1
    >>> binary_search([], 1)
    -1
    """
    low, high = 0, len(items) - 1
    while low <= high:
        middle = (low + high) // 2
        if items[middle] == target:
            return middle
        if items[middle] < target:
            low = middle + 1
        else:
            high = middle - 1
    return -1


def contains_sorted(items: Sequence[Any], target: Any) -> bool:
    """Check by binary search whether a sorted list contains an element.

    Also: is a value present in an ordered array.

    >>> contains_sorted([1, 3, 5], 3)
    True
    >>> contains_sorted([1, 3, 5], 4)
    False
    """
    index = bisect.bisect_left(items, target)
    return index < len(items) and bool(items[index] == target)


def first_position_sorted(items: Sequence[Any], target: Any) -> int:
    """Find the first position of an element in a sorted list, or -1.

    Also: first occurrence of a number by binary search; leftmost index.

    >>> first_position_sorted([1, 2, 2, 2, 3], 2)
    1
    >>> first_position_sorted([1, 3], 2)
    -1
    """
    index = bisect.bisect_left(items, target)
    return index if index < len(items) and items[index] == target else -1


def last_position_sorted(items: Sequence[Any], target: Any) -> int:
    """Find the last position of an element in a sorted list, or -1.

    Also: last occurrence of a number by binary search; rightmost index.

    >>> last_position_sorted([1, 2, 2, 2, 3], 2)
    3
    >>> last_position_sorted([1, 3], 2)
    -1
    """
    index = bisect.bisect_right(items, target) - 1
    return index if index >= 0 and items[index] == target else -1


def position_range_sorted(items: Sequence[Any], target: Any) -> tuple[int, int]:
    """Find the first and last positions of an element in a sorted list, or (-1, -1).

    Also: range of indexes at which a value stands in an ordered array.

    >>> position_range_sorted([5, 7, 7, 8, 8, 10], 8)
    (3, 4)
    >>> position_range_sorted([5, 7], 6)
    (-1, -1)
    """
    first = bisect.bisect_left(items, target)
    last = bisect.bisect_right(items, target) - 1
    return (first, last) if first <= last else (-1, -1)


def count_in_sorted(items: Sequence[Any], target: Any) -> int:
    """Count the occurrences of an element in a sorted list by binary search.

    Also: frequency of a number in an ordered array.

    >>> count_in_sorted([1, 2, 2, 2, 3], 2)
    3
    >>> count_in_sorted([], 2)
    0
    """
    return bisect.bisect_right(items, target) - bisect.bisect_left(items, target)


def insertion_point(items: Sequence[Any], value: Any) -> int:
    """Find the position at which a value should be inserted to keep a list sorted.

    Also: search insert position; bisect left; lower bound; before equal elements.

    >>> insertion_point([1, 3, 5, 6], 5)
    2
    >>> insertion_point([1, 3, 5, 6], 7)
    4
    """
    return bisect.bisect_left(items, value)


def insertion_point_right(items: Sequence[Any], value: Any) -> int:
    """Find the position after all equal elements to insert a value into a sorted list.

    Also: bisect right; upper bound; right insertion point.

    >>> insertion_point_right([1, 2, 2, 3], 2)
    3
    >>> insertion_point_right([], 1)
    0
    """
    return bisect.bisect_right(items, value)


def insert_sorted(items: Iterable[Any], value: Any) -> list[Any]:
    """Insert a value into a sorted list so that it stays sorted.

    Also: add an element to an ordered array at the right place.

    >>> insert_sorted([1, 3, 5], 4)
    [1, 3, 4, 5]
    >>> insert_sorted([], 1)
    [1]
    """
    result = list(items)
    bisect.insort(result, value)
    return result


def search_rotated(items: Sequence[Any], target: Any) -> int:
    """Find the index of an element in a rotated sorted list of distinct elements, or -1.

    Also: binary search in an array that was sorted and then rotated.

    >>> search_rotated([4, 5, 6, 7, 0, 1, 2], 0)
    4
    >>> search_rotated([4, 5, 6, 7, 0, 1, 2], 3)
    -1
    """
    low, high = 0, len(items) - 1
    while low <= high:
        middle = (low + high) // 2
        if items[middle] == target:
            return middle
        if items[low] <= items[middle]:
            inside_left = items[low] <= target < items[middle]
        else:
            inside_left = not items[middle] < target <= items[high]
        low, high = (low, middle - 1) if inside_left else (middle + 1, high)
    return -1


def min_of_rotated(items: Sequence[Any]) -> Any:
    """Find the smallest element of a rotated sorted list of distinct elements.

    Also: minimum of an array that was sorted and then rotated; pivot.

    >>> min_of_rotated([3, 4, 5, 1, 2])
    1
    >>> min_of_rotated([1, 2, 3])
    1
    """
    low, high = 0, len(items) - 1
    while low < high:
        middle = (low + high) // 2
        if items[middle] > items[high]:
            low = middle + 1
        else:
            high = middle
    return items[low]


def peak_index(numbers: Sequence[float]) -> int:
    """Find the index of a peak element, which is not smaller than its neighbours.

    Also: local maximum of an array; top of a mountain.

    >>> peak_index([1, 3, 20, 4, 1])
    2
    >>> peak_index([1, 2, 3])
    2
    """
    low, high = 0, len(numbers) - 1
    while low < high:
        middle = (low + high) // 2
        if numbers[middle] < numbers[middle + 1]:
            low = middle + 1
        else:
            high = middle
    return low


def local_maxima(numbers: Sequence[float]) -> list[float]:
    """List the elements of a list that are larger than both their neighbours.

    Also: peaks of a sequence; local maximum values.

    >>> local_maxima([1, 3, 2, 5, 4])
    [3, 5]
    >>> local_maxima([1, 2, 3])
    []
    """
    return [
        numbers[i]
        for i in range(1, len(numbers) - 1)
        if numbers[i - 1] < numbers[i] > numbers[i + 1]
    ]


def all_positions(items: Iterable[Any], target: Any) -> list[int]:
    """Find all indexes at which an element occurs in a list.

    Also: every position of a value in an array; indices of matching items.

    >>> all_positions([1, 2, 1, 3, 1], 1)
    [0, 2, 4]
    >>> all_positions([], 1)
    []
    """
    return [index for index, item in enumerate(items) if item == target]


def last_position(items: Sequence[Any], target: Any) -> int:
    """Find the index of the last occurrence of an element in a list, or -1.

    Also: rightmost position of a value in an unsorted array.

    >>> last_position([1, 2, 1, 3], 1)
    2
    >>> last_position([1], 5)
    -1
    """
    return next((i for i in range(len(items) - 1, -1, -1) if items[i] == target), -1)


def index_of_max(items: Sequence[Any]) -> int:
    """Find the index of the largest element of a list, the first one of several.

    Also: argmax; position of the maximum value.

    >>> index_of_max([3, 9, 2, 9])
    1
    >>> index_of_max([5])
    0
    """
    return max(range(len(items)), key=items.__getitem__)


def index_of_min(items: Sequence[Any]) -> int:
    """Find the index of the smallest element of a list, the first one of several.

    Also: argmin; position of the minimum value.

    >>> index_of_min([3, 1, 2, 1])
    1
    >>> index_of_min([5])
    0
    """
    return min(range(len(items)), key=items.__getitem__)


def positions_of_max(items: Sequence[Any]) -> list[int]:
    """Find all indexes of the largest element of a list.

    Also: every position of the maximum value.

    >>> positions_of_max([3, 9, 2, 9])
    [1, 3]
    >>> positions_of_max([])
    []
    """
    largest = max(items, default=None)
    return [index for index, item in enumerate(items) if item == largest]


def closest_value(numbers: Sequence[float], target: float) -> float:
    """Find the element of a list that is closest to a given number, the first one of several.

    Also: nearest value to a target in an array.

    >>> closest_value([1, 5, 10], 6)
    5
    >>> closest_value([4, 8], 6)
    4
    """
    return min(numbers, key=lambda number: abs(number - target))


def k_closest_values(numbers: Iterable[float], target: float, count: int) -> list[float]:
    """Find the k elements of a list that are closest to a given number, the nearest first.

    Also: nearest n values to a target in an array.

    >>> k_closest_values([1, 5, 10, 7], 6, 2)
    [5, 7]
    >>> k_closest_values([], 1, 2)
    []
    """
    return sorted(numbers, key=lambda number: abs(number - target))[:count]


def first_duplicate(items: Iterable[Any]) -> Any:
    """Find the first element of a list that has occurred before, or None.

    Also: first repeated value of an array.

    >>> first_duplicate([2, 1, 3, 1, 2])
    1
    >>> first_duplicate([5, 5])
    5
    """
    seen = set()
    for item in items:
        if item in seen:
            return item
        seen.add(item)
    return None


def first_non_repeated(items: Sequence[Any]) -> Any:
    """Find the first element of a list that occurs only once, or None.

    Also: first unique value of an array; first non-repeating element.

    >>> first_non_repeated([1, 2, 1, 3])
    2
    >>> first_non_repeated([1])
    1
    """
    counts = Counter(items)
    return next((item for item in items if counts[item] == 1), None)
