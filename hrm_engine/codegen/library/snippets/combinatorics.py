"""Counting and listing arrangements: factorials, binomials, Catalan, Bell, Stirling."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import combinations, combinations_with_replacement
from typing import Any


def factorial(n: int) -> int:
    """Find the factorial of a number.

    Also: n factorial; product of the numbers from 1 to n; n!.

    >>> factorial(5)
    120
    >>> factorial(0)
    1
    """
    return math.factorial(n)


def double_factorial(n: int) -> int:
    """Find the double factorial of a number.

    Also: product of every second number down from n; n!!.

    >>> double_factorial(7)
    105
    >>> double_factorial(6)
    48
    """
    return math.prod(range(n, 0, -2))


def falling_factorial(n: int, k: int) -> int:
    """Find the falling factorial of n with k factors.

    Also: n times n minus one and so on; Pochhammer symbol, descending.

    >>> falling_factorial(5, 3)
    60
    >>> falling_factorial(5, 0)
    1
    """
    return math.prod(range(n, n - k, -1))


def rising_factorial(n: int, k: int) -> int:
    """Find the rising factorial of n with k factors.

    Also: n times n plus one and so on; Pochhammer symbol, ascending.

    >>> rising_factorial(3, 4)
    360
    >>> rising_factorial(3, 0)
    1
    """
    return math.prod(range(n, n + k))


def superfactorial(n: int) -> int:
    """Find the superfactorial of a number.

    Also: product of the first n factorials; multiply all factorials up to n.

    >>> superfactorial(4)
    288
    >>> superfactorial(0)
    1
    """
    return math.prod(math.factorial(k) for k in range(1, n + 1))


def subfactorial(n: int) -> int:
    """Count the derangements of n items.

    Also: subfactorial; permutations in which no item stays in its place; !n.

    >>> subfactorial(4)
    9
    >>> subfactorial(1)
    0
    >>> subfactorial(0)
    1
    """
    found = 1
    for k in range(1, n + 1):
        found = k * found + (-1 if k % 2 else 1)
    return found


def count_partial_derangements(n: int, fixed: int) -> int:
    """Count the permutations of n items in which exactly so many stay in place.

    Also: rencontres numbers; permutations with a number of fixed points.

    >>> count_partial_derangements(4, 2)
    6
    >>> count_partial_derangements(3, 0)
    2
    """
    return math.comb(n, fixed) * subfactorial(n - fixed) if fixed <= n else 0


def binomial_coefficient(n: int, k: int) -> int:
    """Find the binomial coefficient n over k.

    Also: n choose k; number of combinations; nCr; ways to pick k of n items.

    >>> binomial_coefficient(5, 2)
    10
    >>> binomial_coefficient(3, 5)
    0
    """
    return math.comb(n, k)


def count_permutations(n: int, k: int) -> int:
    """Count the ways to arrange k of n items in order.

    Also: number of permutations; nPr; ordered selections without repetition.

    >>> count_permutations(5, 2)
    20
    >>> count_permutations(4, 4)
    24
    """
    return math.perm(n, k)


def count_multisets(n: int, k: int) -> int:
    """Count the ways to choose k of n items with repetition.

    Also: combinations with repetition; stars and bars; multiset coefficient.

    >>> count_multisets(3, 2)
    6
    >>> count_multisets(4, 0)
    1
    """
    return math.comb(n + k - 1, k) if n else int(k == 0)


def multinomial_coefficient(counts: Sequence[int]) -> int:
    """Find the multinomial coefficient of the given group sizes.

    Also: ways to divide items into labelled groups; factorial of the sum over the factorials.

    >>> multinomial_coefficient([2, 1, 1])
    12
    >>> multinomial_coefficient([3])
    1
    """
    return math.factorial(sum(counts)) // math.prod(map(math.factorial, counts))


def count_anagrams(word: str) -> int:
    """Count the different arrangements of the letters of a word.

    Also: distinct permutations of a string with repeated letters; number of anagrams.

    >>> count_anagrams('level')
    30
    >>> count_anagrams('')
    1
    """
    return multinomial_coefficient(list(Counter(word).values()))


def catalan_number(n: int) -> int:
    """Find the nth Catalan number.

    Also: balanced parentheses with n pairs; binary trees with n nodes; polygon triangulations.

    >>> catalan_number(4)
    14
    >>> catalan_number(0)
    1
    """
    return math.comb(2 * n, n) // (n + 1)


def bell_number(n: int) -> int:
    """Find the nth Bell number.

    Also: number of ways to partition a set of n items; count the set partitions.

    >>> bell_number(4)
    15
    >>> bell_number(0)
    1
    """
    row = [1]
    for _ in range(n):
        following = [row[-1]]
        for value in row:
            following.append(following[-1] + value)
        row = following
    return row[0]


def stirling_second(n: int, k: int) -> int:
    """Find the Stirling number of the second kind.

    Also: ways to divide n items into k non-empty groups; set partitions into k blocks; S(n, k).

    >>> stirling_second(4, 2)
    7
    >>> stirling_second(3, 0)
    0
    """
    signed = ((-1 if (k - j) % 2 else 1) * math.comb(k, j) * j**n for j in range(k + 1))
    total: int = sum(signed)
    return total // math.factorial(k)


def stirling_first(n: int, k: int) -> int:
    """Find the unsigned Stirling number of the first kind.

    Also: permutations of n items with k cycles; cycle numbers; c(n, k).

    >>> stirling_first(4, 2)
    11
    >>> stirling_first(3, 0)
    0
    """
    row = [1]  # coefficients of x * (x + 1) * ... with m factors
    for m in range(n):
        row = [m * same + lower for same, lower in zip([*row, 0], [0, *row], strict=True)]
    return row[k] if k <= n else 0


def eulerian_number(n: int, m: int) -> int:
    """Find the Eulerian number of n and m.

    Also: permutations of 1 to n in which exactly m numbers are greater than the one before;
    permutations with m ascents.

    >>> eulerian_number(4, 1)
    11
    >>> eulerian_number(3, 3)
    0
    """
    return sum((-1) ** j * math.comb(n + 1, j) * (m + 1 - j) ** n for j in range(m + 1))


def pascal_row(n: int) -> list[int]:
    """List row n of Pascal's triangle, the top row being 0.

    Also: binomial coefficients of n; coefficients of (a + b) to the n.

    >>> pascal_row(4)
    [1, 4, 6, 4, 1]
    >>> pascal_row(0)
    [1]
    """
    return [math.comb(n, k) for k in range(n + 1)]


def pascal_triangle(rows: int) -> list[list[int]]:
    """List the first rows of Pascal's triangle.

    Also: generate Pascal's triangle; table of binomial coefficients.

    >>> pascal_triangle(4)
    [[1], [1, 1], [1, 2, 1], [1, 3, 3, 1]]
    >>> pascal_triangle(0)
    []
    """
    return [[math.comb(n, k) for k in range(n + 1)] for n in range(rows)]


def all_combinations(values: Sequence[Any], k: int) -> list[tuple[Any, ...]]:
    """List all combinations of k elements of a list.

    Also: choose k items in every way; subsets of a given size.

    >>> all_combinations([1, 2, 3], 2)
    [(1, 2), (1, 3), (2, 3)]
    >>> all_combinations([1], 2)
    []
    """
    return list(combinations(values, k))


def all_combinations_with_repetition(values: Sequence[Any], k: int) -> list[tuple[Any, ...]]:
    """List all combinations of k elements of a list with repetition.

    Also: multisets of a given size; pick k times, items may be repeated, order ignored.

    >>> all_combinations_with_repetition(['a', 'b'], 2)
    [('a', 'a'), ('a', 'b'), ('b', 'b')]
    >>> all_combinations_with_repetition([1], 3)
    [(1, 1, 1)]
    """
    return list(combinations_with_replacement(values, k))


def all_subsets(values: Sequence[Any]) -> list[list[Any]]:
    """List all subsets of a list, the smaller ones first.

    Also: power set; every combination of any size; all sublists in order.

    >>> all_subsets([1, 2])
    [[], [1], [2], [1, 2]]
    >>> all_subsets([])
    [[]]
    """
    return [list(c) for size in range(len(values) + 1) for c in combinations(values, size)]
