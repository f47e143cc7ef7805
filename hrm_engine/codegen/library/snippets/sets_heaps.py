"""Sets and heaps: union, intersection, subsets; the n largest and smallest, heap operations."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any


def union_of_sets(first: Iterable[Any], second: Iterable[Any]) -> set[Any]:
    """Find the union of two sets.

    Also: all elements of both sets; combine sets.

    >>> union_of_sets({1, 2}, {2, 3})
    {1, 2, 3}
    >>> union_of_sets([], [1])
    {1}
    """
    return set(first) | set(second)


def intersection_of_sets(first: Iterable[Any], second: Iterable[Any]) -> set[Any]:
    """Find the intersection of two sets.

    Also: common elements of two sets.

    >>> intersection_of_sets({1, 2, 3}, {2, 3, 4})
    {2, 3}
    >>> intersection_of_sets([5, 6], [6, 7])
    {6}
    """
    return set(first) & set(second)


def difference_of_sets(first: Iterable[Any], second: Iterable[Any]) -> set[Any]:
    """Find the difference of two sets.

    Also: elements of the first set that are not in the second.

    >>> difference_of_sets({1, 2, 3}, {2})
    {1, 3}
    >>> difference_of_sets([1, 2], [1])
    {2}
    """
    return set(first) - set(second)


def symmetric_difference_of_sets(first: Iterable[Any], second: Iterable[Any]) -> set[Any]:
    """Find the symmetric difference of two sets.

    Also: elements in exactly one of two sets; exclusive or of sets.

    >>> symmetric_difference_of_sets({1, 2, 3}, {2, 3, 4})
    {1, 4}
    >>> symmetric_difference_of_sets([1], [2])
    {1, 2}
    """
    return set(first) ^ set(second)


def is_subset(first: Iterable[Any], second: Iterable[Any]) -> bool:
    """Check whether a set is a subset of another set.

    Also: are all elements of the first collection in the second.

    >>> is_subset({1, 2}, {1, 2, 3})
    True
    >>> is_subset([1, 4], [1, 2, 3])
    False
    """
    return set(first) <= set(second)


def is_superset(first: Iterable[Any], second: Iterable[Any]) -> bool:
    """Check whether a set is a superset of another set.

    Also: does the first collection contain all elements of the second.

    >>> is_superset({1, 2, 3}, {1, 2})
    True
    >>> is_superset([1], [1, 2])
    False
    """
    return set(first) >= set(second)


def is_proper_subset(first: Iterable[Any], second: Iterable[Any]) -> bool:
    """Check whether a set is a proper subset of another set.

    Also: subset that is not equal; strictly contained.

    >>> is_proper_subset({1}, {1, 2})
    True
    >>> is_proper_subset({1, 2}, {1, 2})
    False
    """
    return set(first) < set(second)


def are_disjoint(first: Iterable[Any], second: Iterable[Any]) -> bool:
    """Check whether two sets are disjoint.

    Also: no common element; do two collections not overlap.

    >>> are_disjoint({1, 2}, {3})
    True
    >>> are_disjoint([1, 2], [2])
    False
    """
    return set(first).isdisjoint(second)


def add_to_set(items: Iterable[Any], value: Any) -> set[Any]:
    """Add an element to a set, leaving the original alone.

    Also: set with one more member.

    >>> add_to_set({1, 2}, 3)
    {1, 2, 3}
    >>> add_to_set([], 1)
    {1}
    """
    return {*items, value}


def remove_from_set(items: Iterable[Any], value: Any) -> set[Any]:
    """Remove an element from a set if it is present, leaving the original alone.

    Also: discard a member of a set.

    >>> remove_from_set({1, 2, 3}, 2)
    {1, 3}
    >>> remove_from_set({1}, 5)
    {1}
    """
    return set(items) - {value}


def subsets_of_size(items: Iterable[Any], size: int) -> list[set[Any]]:
    """List the subsets of a set that have a given size, in sorted order.

    Also: k-element subsets; choose members of a set.

    >>> subsets_of_size({1, 2, 3}, 2)
    [{1, 2}, {1, 3}, {2, 3}]
    >>> subsets_of_size([1], 2)
    []
    """
    return [set(chosen) for chosen in combinations(sorted(set(items)), size)]


def n_largest(items: Iterable[Any], count: int) -> list[Any]:
    """Find the n largest elements of a list in descending order.

    Also: top k values using a heap queue; greatest numbers of an array.

    >>> n_largest([6, 40, 11, 93, 2], 3)
    [93, 40, 11]
    >>> n_largest([], 2)
    []
    """
    return heapq.nlargest(count, items)


def n_smallest(items: Iterable[Any], count: int) -> list[Any]:
    """Find the n smallest elements of a list in ascending order.

    Also: k least values using a heap queue; lowest numbers of an array.

    >>> n_smallest([6, 40, 11, 93, 2], 3)
    [2, 6, 11]
    >>> n_smallest([], 2)
    []
    """
    return heapq.nsmallest(count, items)


def n_smallest_in_order(items: Sequence[Any], count: int) -> list[Any]:
    """Find the n smallest elements of a list in the order in which they stand in it.

    Also: keep the k least values without sorting them.

    >>> n_smallest_in_order([5, 1, 4, 2, 3], 3)
    [1, 2, 3]
    >>> n_smallest_in_order([9, 1, 5], 2)
    [1, 5]
    """
    chosen = heapq.nsmallest(count, range(len(items)), key=items.__getitem__)
    return [items[index] for index in sorted(chosen)]


def remove_n_largest(items: Sequence[Any], count: int) -> list[Any]:
    """Remove the n largest elements of a list, the order of the others kept.

    Also: drop the top k values of an array.

    >>> remove_n_largest([5, 1, 9, 3], 2)
    [1, 3]
    >>> remove_n_largest([1], 0)
    [1]
    """
    dropped = set(heapq.nlargest(count, range(len(items)), key=items.__getitem__))
    return [item for index, item in enumerate(items) if index not in dropped]


def n_largest_by_index(rows: Iterable[Sequence[Any]], index: int, count: int) -> list[Any]:
    """Find the n tuples of a list with the largest element at a given index.

    Also: top k records by a field using a heap queue.

    >>> n_largest_by_index([('a', 3), ('b', 9), ('c', 5)], 1, 2)
    [('b', 9), ('c', 5)]
    >>> n_largest_by_index([], 0, 1)
    []
    """
    return heapq.nlargest(count, rows, key=lambda row: row[index])


def heapified(items: Iterable[Any]) -> list[Any]:
    """Rearrange a list to a heap with the smallest element first.

    Also: heapify; build a min heap queue from an array.

    >>> heapified([3, 2, 1])
    [1, 2, 3]
    >>> heapified([])
    []
    """
    heap = list(items)
    heapq.heapify(heap)
    return heap


def push_and_pop(items: Iterable[Any], value: Any) -> tuple[Any, list[Any]]:
    """Push a value to a heap and pop the smallest, giving it and the remaining heap.

    Also: heap push pop; replace the least element of a heap queue.

    >>> push_and_pop([1, 3, 5], 2)
    (1, [2, 3, 5])
    >>> push_and_pop([], 4)
    (4, [])
    """
    heap = list(items)
    heapq.heapify(heap)
    smallest = heapq.heappushpop(heap, value)
    return smallest, heap


def is_min_heap(items: Sequence[Any]) -> bool:
    """Check whether a list is a min heap.

    Also: no element is smaller than its parent in the binary tree of an array.

    >>> is_min_heap([1, 2, 3, 4])
    True
    >>> is_min_heap([2, 3, 1])
    False
    """
    return all(items[(child - 1) // 2] <= items[child] for child in range(1, len(items)))


def is_max_heap(items: Sequence[Any]) -> bool:
    """Check whether a list is a max heap.

    Also: no element is larger than its parent in the binary tree of an array.

    >>> is_max_heap([90, 15, 10, 7])
    True
    >>> is_max_heap([9, 15])
    False
    """
    return all(items[(child - 1) // 2] >= items[child] for child in range(1, len(items)))


def min_cost_to_join(lengths: Iterable[int]) -> int:
    """Find the least cost to join ropes when joining two costs the sum of their lengths.

    Also: connect sticks with minimum cost; Huffman merging with a heap queue.

    >>> min_cost_to_join([4, 3, 2, 6])
    29
    >>> min_cost_to_join([5])
    0
    """
    heap = list(lengths)
    heapq.heapify(heap)
    cost = 0
    while len(heap) > 1:
        joined = heapq.heappop(heap) + heapq.heappop(heap)
        cost += joined
        heapq.heappush(heap, joined)
    return cost


def smallest_pairs(first: Iterable[int], second: Iterable[int], count: int) -> list[list[int]]:
    """Find the k pairs of one element of each list that have the smallest sums.

    Also: k smallest pair sums of two arrays using a heap queue.

    >>> smallest_pairs([1, 7, 11], [2, 4, 6], 3)
    [[1, 2], [1, 4], [1, 6]]
    >>> smallest_pairs([], [1], 1)
    []
    """
    others = list(second)
    pairs = ([a, b] for a in first for b in others)
    return heapq.nsmallest(count, pairs, key=sum)
