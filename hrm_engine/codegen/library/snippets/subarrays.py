"""Best runs and selections in a list of numbers: greatest sums, trading, subset sums, pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, combinations, pairwise


def max_subarray_sum(values: Sequence[int]) -> int:
    """Find the greatest sum of a contiguous sublist.

    Also: maximum subarray; Kadane's algorithm; largest sum of neighbouring numbers.

    >>> max_subarray_sum([-2, 1, -3, 4, -1, 2, 1, -5, 4])
    6
    >>> max_subarray_sum([-3, -1])
    -1
    """
    sums: list[int] = list(accumulate(values, lambda best, value: max(best + value, value)))
    return max(sums)


def max_subarray(values: Sequence[int]) -> list[int]:
    """Find the contiguous sublist with the greatest sum.

    Also: elements of the maximum subarray; the first one if tied.

    >>> max_subarray([-2, 1, -3, 4, -1, 2, 1, -5, 4])
    [4, -1, 2, 1]
    >>> max_subarray([-3, -1])
    [-1]
    """
    best, start, total = (values[0], 0, 1), 0, 0
    for place, value in enumerate(values):
        if total <= 0:
            start, total = place, 0
        total += value
        if total > best[0]:
            best = (total, start, place + 1)
    return list(values[best[1] : best[2]])


def min_subarray_sum(values: Sequence[int]) -> int:
    """Find the smallest sum of a contiguous sublist.

    Also: minimum subarray; lowest sum of neighbouring numbers.

    >>> min_subarray_sum([3, -4, 2, -3, -1, 7, -5])
    -6
    >>> min_subarray_sum([2, 1])
    1
    """
    sums: list[int] = list(accumulate(values, lambda best, value: min(best + value, value)))
    return min(sums)


def max_subarray_product(values: Sequence[int]) -> int:
    """Find the greatest product of a contiguous sublist.

    Also: maximum product subarray; largest product of neighbouring numbers.

    >>> max_subarray_product([2, 3, -2, 4])
    6
    >>> max_subarray_product([-2, 3, -4])
    24
    """
    best = high = low = values[0]
    for value in values[1:]:
        options = (value, high * value, low * value)
        high, low = max(options), min(options)
        best = max(best, high)
    return best


def max_circular_sum(values: Sequence[int]) -> int:
    """Find the greatest sum of a contiguous sublist of a circular list.

    Also: maximum circular subarray; the end joins the beginning.

    >>> max_circular_sum([5, -3, 5])
    10
    >>> max_circular_sum([-3, -2])
    -2
    """
    straight = max_subarray_sum(values)
    return straight if straight < 0 else max(straight, sum(values) - min_subarray_sum(values))


def count_subarrays_with_sum(values: Sequence[int], target: int) -> int:
    """Count the contiguous sublists with a given sum.

    Also: number of subarrays that add up to k; prefix sums.

    >>> count_subarrays_with_sum([2, 1, 1, 2], 3)
    2
    >>> count_subarrays_with_sum([1, -1, 0], 0)
    3
    """
    seen = Counter([0])
    found = 0
    for total in accumulate(values):
        found += seen[total - target]
        seen[total] += 1
    return found


def has_subarray_with_sum(values: Sequence[int], target: int) -> bool:
    """Check whether some non-empty contiguous sublist has a given sum.

    Also: is there a subarray that adds up to a target; contiguous elements that sum to a value.

    >>> has_subarray_with_sum([4, 2, -3, 1, 6], 0)
    True
    >>> has_subarray_with_sum([1, 2], 4)
    False
    """
    return count_subarrays_with_sum(values, target) > 0


def smallest_subarray_with_sum_above(values: Sequence[int], limit: int) -> int:
    """Find the length of the shortest sublist of positive numbers with a sum above a limit.

    Also: smallest subarray whose sum is greater than x; 0 if there is none.

    >>> smallest_subarray_with_sum_above([3, 5, 2, 7, 1], 9)
    3
    >>> smallest_subarray_with_sum_above([1], 5)
    0
    """
    shortest, total, start = len(values) + 1, 0, 0
    for end, value in enumerate(values, 1):
        total += value
        while start < end and total > limit:
            shortest = min(shortest, end - start)
            total -= values[start]
            start += 1
    return shortest if shortest <= len(values) else 0


def max_sum_without_neighbours(values: Sequence[int]) -> int:
    """Find the greatest sum of elements of which no two are neighbours.

    Also: house robber; maximum sum of non-adjacent numbers; 0 if nothing is taken.

    >>> max_sum_without_neighbours([2, 7, 9, 3, 1])
    12
    >>> max_sum_without_neighbours([])
    0
    """
    without, best = 0, 0
    for value in values:
        without, best = best, max(best, without + value)
    return best


def best_single_trade(prices: Sequence[int]) -> int:
    """Find the greatest profit from buying once and selling once later.

    Also: best time to buy and sell a stock; 0 if no profit is possible.

    >>> best_single_trade([7, 1, 5, 3, 6, 4])
    5
    >>> best_single_trade([3, 2, 1])
    0
    """
    lowest = accumulate(prices, min)
    return max((price - low for price, low in zip(prices, lowest, strict=True)), default=0)


def best_trades(prices: Sequence[int]) -> int:
    """Find the greatest profit from buying and selling a stock any number of times.

    Also: sum of all rises of the price; one share at a time.

    >>> best_trades([7, 1, 5, 3, 6, 4])
    7
    >>> best_trades([])
    0
    """
    return sum(max(b - a, 0) for a, b in pairwise(prices))


def max_difference_later_minus_earlier(values: Sequence[int]) -> int:
    """Find the greatest difference of a later and an earlier element.

    Also: maximum gain; larger number after smaller number; negative if the list falls.

    >>> max_difference_later_minus_earlier([4, 1, 6, 2])
    5
    >>> max_difference_later_minus_earlier([7, 5])
    -2
    """
    lowest = accumulate(values, min)
    return max(value - low for value, low in zip(values[1:], lowest, strict=False))


def trapped_water(heights: Sequence[int]) -> int:
    """Find how much rain water bars of the given heights can hold.

    Also: trapping rain water; elevation map.

    >>> trapped_water([0, 1, 0, 2, 1, 0, 1, 3, 2, 1, 2, 1])
    6
    >>> trapped_water([3])
    0
    """
    left = accumulate(heights, max)
    right = list(accumulate(heights[::-1], max))[::-1]
    return sum(min(a, b) - h for a, b, h in zip(left, right, heights, strict=True))


def largest_container(heights: Sequence[int]) -> int:
    """Find the most water that two of the given lines can hold between them.

    Also: container with most water; largest area between bars.

    >>> largest_container([1, 8, 6, 2, 5, 4, 8, 3, 7])
    49
    >>> largest_container([1])
    0
    """
    pairs = combinations(enumerate(heights), 2)
    return max(((j - i) * min(a, b) for (i, a), (j, b) in pairs), default=0)
