"""Order in lists: kth items, ranks, rotations, monotony, leaders, inversions, rearranging."""

from __future__ import annotations

import bisect
import heapq
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import Any


def kth_smallest(items: Iterable[Any], k: int) -> Any:
    """Find the kth smallest element of a list, counted from one.

    Also: order statistic; element at rank k in ascending order.

    >>> kth_smallest([7, 10, 4, 3, 20], 3)
    7
    >>> kth_smallest([1], 1)
    1
    """
    return sorted(items)[k - 1]


def kth_largest(items: Iterable[Any], k: int) -> Any:
    """Find the kth largest element of a list, counted from one.

    Also: element at rank k in descending order; kth greatest value.

    >>> kth_largest([7, 10, 4, 3, 20], 2)
    10
    >>> kth_largest([1], 1)
    1
    """
    return heapq.nlargest(k, items)[-1]


def second_largest(items: Iterable[Any]) -> Any:
    """Find the second largest different element of a list, or None.

    Also: runner-up; second highest distinct value of an array.

    >>> second_largest([12, 35, 1, 10, 35])
    12
    >>> second_largest([1, 2])
    1
    """
    largest = heapq.nlargest(2, set(items))
    return largest[1] if len(largest) > 1 else None


def second_smallest(items: Iterable[Any]) -> Any:
    """Find the second smallest different element of a list, or None.

    Also: second lowest distinct value of an array.

    >>> second_smallest([1, 2, -8, -2, 0, -8])
    -2
    >>> second_smallest([4, 3])
    4
    """
    smallest = heapq.nsmallest(2, set(items))
    return smallest[1] if len(smallest) > 1 else None


def rotate_left(items: Sequence[Any], steps: int) -> list[Any]:
    """Rotate a list to the left by a number of steps.

    Also: left rotation of an array; move the first n elements to the end; cyclic shift.

    >>> rotate_left([1, 2, 3, 4, 5], 2)
    [3, 4, 5, 1, 2]
    >>> rotate_left([1, 2, 3], 4)
    [2, 3, 1]
    >>> rotate_left([], 3)
    []
    """
    steps = steps % len(items) if items else 0
    return [*items[steps:], *items[:steps]]


def rotate_right(items: Sequence[Any], steps: int) -> list[Any]:
    """Rotate a list to the right by a number of steps.

    Also: right rotation of an array; move the last n elements to the front; cyclic shift.

    >>> rotate_right([1, 2, 3, 4, 5], 2)
    [4, 5, 1, 2, 3]
    >>> rotate_right([], 1)
    []
    """
    steps = -steps % len(items) if items else 0
    return [*items[steps:], *items[:steps]]


def count_rotations(items: Sequence[Any]) -> int:
    """Count by how many steps a sorted list of distinct elements was rotated to the right.

    Also: number of rotations of a rotated sorted array; index of its smallest element.

    >>> count_rotations([4, 5, 1, 2, 3])
    2
    >>> count_rotations([1, 2, 3])
    0
    """
    return min(range(len(items)), key=items.__getitem__, default=0)


def is_list_rotation(first: Sequence[Any], second: Sequence[Any]) -> bool:
    """Check whether one list is a rotation of another.

    Also: circularly identical arrays; cyclic shift of a list.

    >>> is_list_rotation([1, 2, 3], [3, 1, 2])
    True
    >>> is_list_rotation([1, 2, 3], [3, 2, 1])
    False
    """
    left, right = list(first), list(second)
    if len(left) != len(right):
        return False
    return not left or any(left[i:] + left[:i] == right for i in range(len(left)))


def is_sorted(items: Sequence[Any]) -> bool:
    """Check whether a list is sorted in ascending order.

    Also: elements are in non-decreasing order; ordered array.

    >>> is_sorted([1, 2, 2, 3])
    True
    >>> is_sorted([3, 1])
    False
    >>> is_sorted([])
    True
    """
    return all(a <= b for a, b in pairwise(items))


def is_sorted_descending(items: Sequence[Any]) -> bool:
    """Check whether a list is sorted in descending order.

    Also: elements are in non-increasing order.

    >>> is_sorted_descending([3, 2, 2])
    True
    >>> is_sorted_descending([1, 2])
    False
    """
    return all(a >= b for a, b in pairwise(items))


def is_strictly_increasing(items: Sequence[Any]) -> bool:
    """Check whether a list is strictly increasing.

    Also: every element is larger than the one before.

    >>> is_strictly_increasing([1, 2, 5])
    True
    >>> is_strictly_increasing([1, 2, 2])
    False
    """
    return all(a < b for a, b in pairwise(items))


def is_monotonic(items: Sequence[Any]) -> bool:
    """Check whether a list is monotonic.

    Also: entirely non-decreasing or entirely non-increasing array.

    >>> is_monotonic([6, 5, 4, 4])
    True
    >>> is_monotonic([5, 15, 10])
    False
    """
    return all(a <= b for a, b in pairwise(items)) or all(a >= b for a, b in pairwise(items))


def are_consecutive(numbers: Iterable[int]) -> bool:
    """Check whether a list contains consecutive whole numbers in any order.

    Also: numbers without gaps or repeats; can be arranged to a run.

    >>> are_consecutive([3, 1, 2])
    True
    >>> are_consecutive([1, 2, 4])
    False
    """
    ordered = sorted(numbers)
    return all(b == a + 1 for a, b in pairwise(ordered))


def leaders(items: Sequence[Any]) -> list[Any]:
    """Find the leaders of a list, which are larger than all elements to their right.

    Also: elements greater than everything after them.

    >>> leaders([16, 17, 4, 3, 5, 2])
    [17, 5, 2]
    >>> leaders([])
    []
    """
    found: list[Any] = []
    for item in reversed(items):
        if not found or item > found[-1]:
            found.append(item)
    return found[::-1]


def count_inversions(items: Sequence[Any]) -> int:
    """Count the inversions of a list.

    Also: pairs of positions whose elements are in the wrong order; i < j with a larger first.

    >>> count_inversions([1, 20, 6, 4, 5])
    5
    >>> count_inversions([1, 2, 3])
    0
    """
    seen: list[Any] = []
    count = 0
    for index, item in enumerate(items):
        place = bisect.bisect_right(seen, item)
        count += index - place
        seen.insert(place, item)
    return count


def ranks(numbers: Sequence[float]) -> list[int]:
    """Replace each element of a list by its rank, equal elements sharing one.

    Also: position of every value in sorted order, starting at one; rank transform.

    >>> ranks([40, 10, 30, 10])
    [3, 1, 2, 1]
    >>> ranks([])
    []
    """
    rank = {value: place for place, value in enumerate(sorted(set(numbers)), start=1)}
    return [rank[number] for number in numbers]


def argsort(items: Sequence[Any]) -> list[int]:
    """List the indexes that would sort a list.

    Also: argsort; order of positions by value.

    >>> argsort([30, 10, 20])
    [1, 2, 0]
    >>> argsort([])
    []
    """
    return sorted(range(len(items)), key=items.__getitem__)


def running_maximum(items: Iterable[Any]) -> list[Any]:
    """List the largest element so far at each position of a list.

    Also: cumulative maximum; rolling max.

    >>> running_maximum([1, 3, 2, 5, 4])
    [1, 3, 3, 5, 5]
    >>> running_maximum([])
    []
    """
    return list(accumulate(items, max))


def next_greater(items: Sequence[float]) -> list[float]:
    """Find the next greater element to the right of each element of a list, -1 where none is.

    Also: first larger value after every item; monotonic stack.

    >>> next_greater([4, 5, 2, 25])
    [5, 25, 25, -1]
    >>> next_greater([3, 2])
    [-1, -1]
    """
    result: list[float] = [-1] * len(items)
    waiting: list[int] = []
    for index, item in enumerate(items):
        while waiting and items[waiting[-1]] < item:
            result[waiting.pop()] = item
        waiting.append(index)
    return result


def move_zeros_to_end(numbers: Iterable[float]) -> list[float]:
    """Move the zeros of a list to the end, the order of the others kept.

    Also: push all zeroes to the back of an array.

    >>> move_zeros_to_end([0, 1, 0, 3, 12])
    [1, 3, 12, 0, 0]
    >>> move_zeros_to_end([])
    []
    """
    return sorted(numbers, key=lambda number: number == 0)


def negatives_first(numbers: Iterable[float]) -> list[float]:
    """Rearrange a list so that negative numbers come before the others, order kept.

    Also: move negative elements to the front of an array.

    >>> negatives_first([1, -2, 3, -4])
    [-2, -4, 1, 3]
    >>> negatives_first([])
    []
    """
    return sorted(numbers, key=lambda number: number >= 0)


def evens_first(numbers: Iterable[int]) -> list[int]:
    """Rearrange a list so that even numbers come before odd ones, order kept.

    Also: sort by parity; segregate even and odd elements.

    >>> evens_first([1, 2, 3, 4])
    [2, 4, 1, 3]
    >>> evens_first([])
    []
    """
    return sorted(numbers, key=lambda number: number % 2)


def zigzag_order(numbers: Iterable[float]) -> list[float]:
    """Arrange a list so that it alternates: smallest, largest, second smallest and so on.

    Also: rearrange alternately minimum and maximum; alternate small and large elements.

    >>> zigzag_order([1, 2, 3, 4, 5])
    [1, 5, 2, 4, 3]
    >>> zigzag_order([])
    []
    """
    ordered = sorted(numbers)
    return [ordered[-(i // 2) - 1] if i % 2 else ordered[i // 2] for i in range(len(ordered))]


def largest_number_from(numbers: Iterable[int]) -> int:
    """Arrange non-negative numbers side by side to form the largest number.

    Also: concatenate the elements of a list in the best order; biggest number from an array.

    >>> largest_number_from([3, 30, 34, 5, 9])
    9534330
    >>> largest_number_from([0, 0])
    0
    """
    words = [str(number) for number in numbers]
    longest = max(map(len, words), default=0)
    words.sort(key=lambda word: (word * 2 * longest)[: 2 * longest], reverse=True)
    return int("".join(words) or "0")
