"""Choices from lists: combinations, permutations, products, power sets, subset sums."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, permutations, product
from typing import Any


def list_permutations(items: Iterable[Any]) -> list[tuple[Any, ...]]:
    """List all permutations of a list.

    Also: every arrangement of the elements; all orders.

    >>> list_permutations([1, 2, 3])
    [(1, 2, 3), (1, 3, 2), (2, 1, 3), (2, 3, 1), (3, 1, 2), (3, 2, 1)]
    >>> list_permutations([])
    [()]
    """
    return list(permutations(items))


def cartesian_product(first: Iterable[Any], second: Iterable[Any]) -> list[tuple[Any, Any]]:
    """List the Cartesian product of two lists.

    Also: every pair of one element of each list; cross product.

    >>> cartesian_product([1, 2], ['a', 'b'])
    [(1, 'a'), (1, 'b'), (2, 'a'), (2, 'b')]
    >>> cartesian_product([], [1])
    []
    """
    return list(product(first, second))


def all_sublists(items: Sequence[Any]) -> list[list[Any]]:
    """List all contiguous sublists of a list, the empty one first.

    Also: every subarray; slices of consecutive elements.

    >>> all_sublists([1, 2, 3])
    [[], [1], [1, 2], [1, 2, 3], [2], [2, 3], [3]]
    >>> all_sublists([])
    [[]]
    """
    length = len(items)
    slices = [list(items[i:j]) for i in range(length) for j in range(i + 1, length + 1)]
    return [[], *slices]


def has_subset_with_sum(numbers: Iterable[int], target: int) -> bool:
    """Check whether some elements of a list add up to a given sum.

    Also: subset sum problem; does a subset with a target total exist.

    >>> has_subset_with_sum([3, 34, 4, 12, 5, 2], 9)
    True
    >>> has_subset_with_sum([3, 34], 30)
    False
    >>> has_subset_with_sum([], 0)
    True
    """
    sums = {0}
    for number in numbers:
        sums |= {total + number for total in sums}
    return target in sums


def count_subsets_with_sum(numbers: Iterable[int], target: int) -> int:
    """Count the subsets of a list that add up to a given sum.

    Also: number of selections of elements with a target total.

    >>> count_subsets_with_sum([1, 2, 3, 3], 6)
    3
    >>> count_subsets_with_sum([], 1)
    0
    """
    ways = {0: 1}
    for number in numbers:
        longer = dict(ways)
        for total, count in ways.items():
            longer[total + number] = longer.get(total + number, 0) + count
        ways = longer
    return ways.get(target, 0)


def combinations_with_sum(numbers: Sequence[int], target: int) -> list[tuple[int, ...]]:
    """List the combinations of elements of a list that add up to a given sum.

    Also: subsets with a target total, the smallest first.

    >>> combinations_with_sum([1, 2, 3, 4], 5)
    [(1, 4), (2, 3)]
    >>> combinations_with_sum([7], 5)
    []
    """
    sizes = range(1, len(numbers) + 1)
    chosen = (choice for size in sizes for choice in combinations(numbers, size))
    return [choice for choice in chosen if sum(choice) == target]


def can_partition_equally(numbers: Sequence[int]) -> bool:
    """Check whether a list can be split into two subsets with the same sum.

    Also: partition problem; divide an array into two parts of equal total.

    >>> can_partition_equally([1, 5, 11, 5])
    True
    >>> can_partition_equally([1, 2, 5])
    False
    """
    sums = {0}
    for number in numbers:
        sums |= {total + number for total in sums}
    return sum(numbers) % 2 == 0 and sum(numbers) // 2 in sums


def min_partition_difference(numbers: Sequence[int]) -> int:
    """Find the smallest difference of the sums of two subsets into which a list is split.

    Also: minimum subset sum difference; balance two groups.

    >>> min_partition_difference([1, 6, 11, 5])
    1
    >>> min_partition_difference([])
    0
    """
    sums = {0}
    for number in numbers:
        sums |= {total + number for total in sums}
    return min(abs(sum(numbers) - 2 * total) for total in sums)


def count_derangements_of(items: Sequence[Any]) -> int:
    """Count the derangements of a list of distinct elements.

    Also: permutations in which no element keeps its place.

    >>> count_derangements_of([1, 2, 3])
    2
    >>> count_derangements_of([1])
    0
    """
    before, now = 1, 0
    for size in range(2, len(items) + 1):
        before, now = now, (size - 1) * (before + now)
    return now if items else before


def next_permutation(numbers: Sequence[Any]) -> list[Any]:
    """Find the next permutation of a list, or the sorted list after the last one.

    Also: lexicographically next greater arrangement of the elements.

    >>> next_permutation([1, 2, 3])
    [1, 3, 2]
    >>> next_permutation([3, 2, 1])
    [1, 2, 3]
    """
    result = list(numbers)
    pivot = len(result) - 2
    while pivot >= 0 and result[pivot] >= result[pivot + 1]:
        pivot -= 1
    if pivot >= 0:
        larger = max(i for i in range(pivot + 1, len(result)) if result[i] > result[pivot])
        result[pivot], result[larger] = result[larger], result[pivot]
    result[pivot + 1 :] = result[pivot + 1 :][::-1]
    return result


def is_permutation_of_range(numbers: Sequence[int]) -> bool:
    """Check whether a list is a permutation of the numbers from 1 to n.

    Also: contains each number from one to its length exactly once.

    >>> is_permutation_of_range([2, 3, 1])
    True
    >>> is_permutation_of_range([1, 1, 3])
    False
    """
    return sorted(numbers) == list(range(1, len(numbers) + 1))
