"""Contiguous parts of lists: sliding windows, best sums, longest runs, sublist checks."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import Any


def is_sublist(items: Sequence[Any], part: Sequence[Any]) -> bool:
    """Check whether a list contains another list as a contiguous part.

    Also: is one array a subarray of another; consecutive elements in order.

    >>> is_sublist([1, 2, 3, 4], [2, 3])
    True
    >>> is_sublist([1, 2, 3], [1, 3])
    False
    >>> is_sublist([1], [])
    True
    """
    whole, wanted = list(items), list(part)
    size = len(wanted)
    return any(whole[i : i + size] == wanted for i in range(len(whole) - size + 1))


def sliding_windows(items: Sequence[Any], size: int) -> list[list[Any]]:
    """List the sliding windows of a given size of a list.

    Also: all sublists of n consecutive elements; n-grams of an array.

    >>> sliding_windows([1, 2, 3, 4], 2)
    [[1, 2], [2, 3], [3, 4]]
    >>> sliding_windows([1], 2)
    []
    """
    return [list(items[i : i + size]) for i in range(len(items) - size + 1)]


def window_sums(numbers: Sequence[float], size: int) -> list[float]:
    """List the sums of the sliding windows of a given size.

    Also: moving sum; total of each n consecutive elements.

    >>> window_sums([1, 2, 3, 4], 2)
    [3, 5, 7]
    >>> window_sums([1], 2)
    []
    """
    return [sum(numbers[i : i + size]) for i in range(len(numbers) - size + 1)]


def moving_average(numbers: Sequence[float], size: int) -> list[float]:
    """List the averages of the sliding windows of a given size.

    Also: rolling mean; simple moving average of an array.

    >>> moving_average([1, 2, 3, 4], 2)
    [1.5, 2.5, 3.5]
    >>> moving_average([], 2)
    []
    """
    return [sum(numbers[i : i + size]) / size for i in range(len(numbers) - size + 1)]


def window_maxima(numbers: Sequence[Any], size: int) -> list[Any]:
    """List the largest element of each sliding window of a given size.

    Also: sliding window maximum; rolling max of k consecutive elements.

    >>> window_maxima([1, 3, -1, -3, 5], 3)
    [3, 3, 5]
    >>> window_maxima([2], 1)
    [2]
    """
    result, falling = [], deque[int]()
    for index, number in enumerate(numbers):
        while falling and numbers[falling[-1]] <= number:
            falling.pop()
        falling.append(index)
        if falling[0] <= index - size:
            falling.popleft()
        if index >= size - 1:
            result.append(numbers[falling[0]])
    return result


def max_window_sum(numbers: Sequence[float], size: int) -> float:
    """Find the largest sum of n consecutive elements of a list.

    Also: maximum sum of a subarray of size k.

    >>> max_window_sum([1, 4, 2, 10, 2, 3], 3)
    16
    >>> max_window_sum([5, 1], 1)
    5
    """
    return max(sum(numbers[i : i + size]) for i in range(len(numbers) - size + 1))


def has_zero_sum_sublist(numbers: Iterable[int]) -> bool:
    """Check whether a list has a contiguous non-empty sublist with sum zero.

    Also: subarray of consecutive elements that add up to 0.

    >>> has_zero_sum_sublist([4, 2, -3, 1, 6])
    True
    >>> has_zero_sum_sublist([4, 2, 3])
    False
    """
    totals = [0, *accumulate(numbers)]
    return len(set(totals)) < len(totals)


def longest_sublist_with_sum(numbers: Iterable[int], target: int) -> int:
    """Find the length of the longest contiguous sublist with a given sum.

    Also: largest subarray with a target total.

    >>> longest_sublist_with_sum([10, 5, 2, 7, 1, 9], 15)
    4
    >>> longest_sublist_with_sum([1], 5)
    0
    """
    first = {0: 0}
    total = best = 0
    for place, number in enumerate(numbers, start=1):
        total += number
        best = max(best, place - first.get(total - target, place))
        first.setdefault(total, place)
    return best


def longest_increasing_run(items: Sequence[Any]) -> int:
    """Find the length of the longest strictly increasing contiguous sublist.

    Also: longest run of rising consecutive elements.

    >>> longest_increasing_run([5, 6, 3, 5, 7, 8, 9, 1])
    5
    >>> longest_increasing_run([])
    0
    """
    best = length = min(len(items), 1)
    for a, b in pairwise(items):
        length = length + 1 if a < b else 1
        best = max(best, length)
    return best


def longest_consecutive_numbers(numbers: Iterable[int]) -> int:
    """Find the length of the longest run of consecutive whole numbers in any order.

    Also: longest consecutive sequence of values in an unsorted array.

    >>> longest_consecutive_numbers([100, 4, 200, 1, 3, 2])
    4
    >>> longest_consecutive_numbers([])
    0
    """
    present = set(numbers)
    best = 0
    for number in present:
        if number - 1 not in present:
            end = number
            while end in present:
                end += 1
            best = max(best, end - number)
    return best


def equilibrium_index(numbers: Sequence[float]) -> int:
    """Find the first index at which the sums to the left and right are equal, or -1.

    Also: pivot index; balance point of an array; equilibrium.

    >>> equilibrium_index([1, 7, 3, 6, 5, 6])
    3
    >>> equilibrium_index([1, 2])
    -1
    """
    total = sum(numbers)
    left: float = 0
    for index, number in enumerate(numbers):
        if left == total - left - number:
            return index
        left += number
    return -1


def shortest_sublist_reaching(numbers: Sequence[int], target: int) -> int:
    """Find the length of the shortest contiguous sublist of positive numbers with at least a sum.

    Also: minimum size subarray sum; smallest window whose total reaches a target; 0 if none.

    >>> shortest_sublist_reaching([2, 3, 1, 2, 4, 3], 7)
    2
    >>> shortest_sublist_reaching([1, 1], 5)
    0
    """
    best, start, total = len(numbers) + 1, 0, 0
    for end, number in enumerate(numbers, start=1):
        total += number
        while total >= target and start < end:
            best = min(best, end - start)
            total -= numbers[start]
            start += 1
    return best if best <= len(numbers) else 0


def sublist_sum(numbers: Sequence[float], start: int, end: int) -> float:
    """Add up the elements of a list between two indexes, both included.

    Also: sum of a range of an array; total from position i to position j.

    >>> sublist_sum([2, 1, 5, 6, 8], 1, 3)
    12
    >>> sublist_sum([1], 0, 0)
    1
    """
    return sum(numbers[start : end + 1])
