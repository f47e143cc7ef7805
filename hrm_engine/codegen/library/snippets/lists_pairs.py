"""Pairs and triples of list elements under conditions: sums, differences, products, bits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise
from typing import Any


def two_sum(numbers: Sequence[int], target: int) -> list[int]:
    """Find the indexes of two numbers of a list that add up to a target, or an empty list.

    Also: two sum problem; positions of a pair with a given sum.

    >>> two_sum([2, 7, 11, 15], 9)
    [0, 1]
    >>> two_sum([1, 2], 7)
    []
    """
    seen: dict[int, int] = {}
    for index, number in enumerate(numbers):
        if target - number in seen:
            return [seen[target - number], index]
        seen[number] = index
    return []


def has_pair_with_sum(numbers: Iterable[int], target: int) -> bool:
    """Check whether two elements of a list add up to a given sum.

    Also: does a pair with a target sum exist in an array.

    >>> has_pair_with_sum([1, 4, 6], 10)
    True
    >>> has_pair_with_sum([5], 10)
    False
    """
    seen: set[int] = set()
    for number in numbers:
        if target - number in seen:
            return True
        seen.add(number)
    return False


def pairs_with_sum(numbers: Sequence[int], target: int) -> list[tuple[int, int]]:
    """List all pairs of elements of a list that add up to a given sum.

    Also: combinations of two numbers with a target total.

    >>> pairs_with_sum([1, 5, 7, -1, 5], 6)
    [(1, 5), (1, 5), (7, -1)]
    >>> pairs_with_sum([], 3)
    []
    """
    return [pair for pair in combinations(numbers, 2) if sum(pair) == target]


def count_pairs_with_sum(numbers: Iterable[int], target: int) -> int:
    """Count the pairs of elements of a list that add up to a given sum.

    Also: number of pairs with a target total.

    >>> count_pairs_with_sum([1, 5, 7, -1, 5], 6)
    3
    >>> count_pairs_with_sum([1, 1, 1], 2)
    3
    """
    seen: Counter[int] = Counter()
    count = 0
    for number in numbers:
        count += seen[target - number]
        seen[number] += 1
    return count


def count_pairs_with_difference(numbers: Iterable[int], difference: int) -> int:
    """Count the pairs of elements of a list that differ by a given number.

    Also: number of pairs with absolute difference k.

    >>> count_pairs_with_difference([1, 5, 3, 4, 2], 3)
    2
    >>> count_pairs_with_difference([2, 2, 2], 0)
    3
    """
    return sum(abs(a - b) == difference for a, b in combinations(numbers, 2))


def count_pairs_with_product(numbers: Iterable[int], target: int) -> int:
    """Count the pairs of elements of a list whose product is a given number.

    Also: number of pairs that multiply to a target.

    >>> count_pairs_with_product([1, 2, 3, 6], 6)
    2
    >>> count_pairs_with_product([], 1)
    0
    """
    return sum(a * b == target for a, b in combinations(numbers, 2))


def pair_with_product(numbers: Iterable[int], target: int) -> tuple[int, int] | None:
    """Find the first pair of elements of a list whose product is a given number, or None.

    Also: two factors in an array that multiply to a target.

    >>> pair_with_product([3, 4, 5, 2], 20)
    (4, 5)
    >>> pair_with_product([1, 7], 7)
    (1, 7)
    """
    return next((pair for pair in combinations(numbers, 2) if pair[0] * pair[1] == target), None)


def count_pairs_with_xor(numbers: Iterable[int], target: int) -> int:
    """Count the pairs of elements of a list whose bitwise exclusive or is a given number.

    Also: number of pairs with xor equal to k.

    >>> count_pairs_with_xor([5, 4, 10, 15, 7, 6], 5)
    1
    >>> count_pairs_with_xor([1, 1], 0)
    1
    """
    return sum(a ^ b == target for a, b in combinations(numbers, 2))


def count_pairs_with_even_sum(numbers: Iterable[int]) -> int:
    """Count the pairs of elements of a list whose sum is even.

    Also: number of pairs of equal parity.

    >>> count_pairs_with_even_sum([1, 2, 3, 4])
    2
    >>> count_pairs_with_even_sum([])
    0
    """
    parity = Counter(number % 2 for number in numbers)
    return sum(count * (count - 1) // 2 for count in parity.values())


def count_pairs_with_odd_sum(numbers: Iterable[int]) -> int:
    """Count the pairs of elements of a list whose sum is odd.

    Also: number of pairs of one even and one odd number.

    >>> count_pairs_with_odd_sum([1, 2, 3])
    2
    >>> count_pairs_with_odd_sum([])
    0
    """
    parity = Counter(number % 2 for number in numbers)
    return parity[0] * parity[1]


def count_equal_pairs(items: Iterable[Any]) -> int:
    """Count the pairs of positions of a list that hold equal elements.

    Also: number of good pairs; index pairs with the same value.

    >>> count_equal_pairs([1, 2, 3, 1, 1, 3])
    4
    >>> count_equal_pairs([1, 2])
    0
    """
    return sum(count * (count - 1) // 2 for count in Counter(items).values())


def count_unequal_pairs(items: Sequence[Any]) -> int:
    """Count the pairs of positions of a list that hold different elements.

    Also: number of unordered pairs of distinct values.

    >>> count_unequal_pairs([1, 2, 1])
    2
    >>> count_unequal_pairs([1, 1])
    0
    """
    return sum(a != b for a, b in combinations(items, 2))


def count_pairs_with_sum_below(numbers: Iterable[int], limit: int) -> int:
    """Count the pairs of elements of a list whose sum is less than a limit.

    Also: number of pairs under a bound.

    >>> count_pairs_with_sum_below([1, 2, 3], 5)
    2
    >>> count_pairs_with_sum_below([], 5)
    0
    """
    return sum(a + b < limit for a, b in combinations(numbers, 2))


def max_difference(numbers: Sequence[float]) -> float:
    """Find the largest difference between two elements of a list.

    Also: range of the values; maximum minus minimum.

    >>> max_difference([2, 10, 4])
    8
    >>> max_difference([5])
    0
    """
    return max(numbers) - min(numbers)


def min_difference(numbers: Iterable[float]) -> float:
    """Find the smallest difference between two elements of a list.

    Also: minimum absolute difference of any pair; closest two values.

    >>> min_difference([5, 3, 19, 18, 25])
    1
    >>> min_difference([1, 1])
    0
    """
    return min(b - a for a, b in pairwise(sorted(numbers)))


def closest_pair(numbers: Iterable[float]) -> tuple[float, float]:
    """Find the two elements of a list that are closest to each other, the smaller first.

    Also: pair with the minimum difference.

    >>> closest_pair([5, 3, 19, 18, 25])
    (18, 19)
    >>> closest_pair([4, 1])
    (1, 4)
    """
    return min(pairwise(sorted(numbers)), key=lambda pair: pair[1] - pair[0])


def max_product_pair(numbers: Sequence[int]) -> tuple[int, int]:
    """Find the two elements of a list with the largest product, the smaller first.

    Also: pair with the maximum product of an array.

    >>> max_product_pair([1, 2, 3, 4, 7, 0, 8, 4])
    (7, 8)
    >>> max_product_pair([-6, -5, 1, 2])
    (-6, -5)
    """
    ordered = sorted(numbers)
    lowest, highest = (ordered[0], ordered[1]), (ordered[-2], ordered[-1])
    return max(highest, lowest, key=lambda pair: pair[0] * pair[1])


def max_product_of_two(numbers: Iterable[float]) -> float:
    """Find the largest product of two elements of a list.

    Also: maximum product of a pair of numbers.

    >>> max_product_of_two([3, 4, 5, 2])
    20
    >>> max_product_of_two([-7, -8, 1])
    56
    """
    ordered = sorted(numbers)
    return max(ordered[0] * ordered[1], ordered[-1] * ordered[-2])


def max_product_of_three(numbers: Iterable[float]) -> float:
    """Find the largest product of three elements of a list.

    Also: maximum product of a triple of numbers.

    >>> max_product_of_three([-10, -3, 5, 6, -2])
    180
    >>> max_product_of_three([-3, -4, -2, -5])
    -24
    """
    ordered = sorted(numbers)
    low, high = ordered[0] * ordered[1], ordered[-2] * ordered[-3]
    return max(ordered[-1] * low, ordered[-1] * high)


def has_triple_with_sum(numbers: Iterable[int], target: int) -> bool:
    """Check whether three elements of a list add up to a given sum.

    Also: does a triplet with a target total exist.

    >>> has_triple_with_sum([1, 4, 45, 6, 10, 8], 22)
    True
    >>> has_triple_with_sum([1, 2], 3)
    False
    """
    return any(sum(triple) == target for triple in combinations(numbers, 3))


def triples_with_sum_zero(numbers: Iterable[int]) -> list[tuple[int, int, int]]:
    """List the different triples of elements of a list that add up to zero.

    Also: three sum problem; triplets with sum 0.

    >>> triples_with_sum_zero([-1, 0, 1, 2, -1, -4])
    [(-1, -1, 2), (-1, 0, 1)]
    >>> triples_with_sum_zero([1])
    []
    """
    return sorted({triple for triple in combinations(sorted(numbers), 3) if sum(triple) == 0})


def all_pairs(items: Iterable[Any]) -> list[tuple[Any, Any]]:
    """List all pairs of elements of a list.

    Also: every combination of two items; unordered pairs.

    >>> all_pairs([1, 2, 3])
    [(1, 2), (1, 3), (2, 3)]
    >>> all_pairs([1])
    []
    """
    return list(combinations(items, 2))


def adjacent_pairs(items: Iterable[Any]) -> list[tuple[Any, Any]]:
    """List the pairs of neighbouring elements of a list.

    Also: consecutive pairs; each item with the next one.

    >>> adjacent_pairs([1, 2, 3])
    [(1, 2), (2, 3)]
    >>> adjacent_pairs([1])
    []
    """
    return list(pairwise(items))
