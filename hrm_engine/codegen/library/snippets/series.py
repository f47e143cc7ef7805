"""Sums of series and progressions of numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable


def sum_of_first_naturals(n: int) -> int:
    """Find the sum of the first n natural numbers.

    Also: add the integers from 1 to n; Gauss sum.

    >>> sum_of_first_naturals(10)
    55
    >>> sum_of_first_naturals(0)
    0
    """
    return n * (n + 1) // 2


def sum_of_first_squares(n: int) -> int:
    """Find the sum of the squares of the first n natural numbers.

    Also: 1 squared plus 2 squared up to n squared; square pyramid sum; add the squares up to n.

    >>> sum_of_first_squares(4)
    30
    >>> sum_of_first_squares(0)
    0
    """
    return n * (n + 1) * (2 * n + 1) // 6


def sum_of_first_cubes(n: int) -> int:
    """Find the sum of the cubes of the first n natural numbers.

    Also: cube sum; 1 cubed plus 2 cubed up to n cubed.

    >>> sum_of_first_cubes(3)
    36
    >>> sum_of_first_cubes(0)
    0
    """
    return (n * (n + 1) // 2) ** 2


def sum_of_first_powers(n: int, k: int) -> int:
    """Find the sum of the kth powers of the first n natural numbers.

    Also: 1 to the k plus 2 to the k up to n to the k; Faulhaber sum.

    >>> sum_of_first_powers(3, 4)
    98
    >>> sum_of_first_powers(5, 0)
    5
    """
    return sum(pow(i, k) for i in range(1, n + 1))


def sum_of_first_evens(n: int) -> int:
    """Find the sum of the first n even natural numbers.

    Also: 2 plus 4 plus 6 with n terms; add the first even numbers.

    >>> sum_of_first_evens(4)
    20
    >>> sum_of_first_evens(0)
    0
    """
    return n * (n + 1)


def sum_of_first_odds(n: int) -> int:
    """Find the sum of the first n odd natural numbers.

    Also: 1 plus 3 plus 5 with n terms; add the first odd numbers.

    >>> sum_of_first_odds(4)
    16
    >>> sum_of_first_odds(0)
    0
    """
    return n * n


def sum_of_squares_of_first_odds(n: int) -> int:
    """Find the sum of the squares of the first n odd natural numbers.

    Also: 1 squared plus 3 squared plus 5 squared with n terms; squared odd numbers added up.

    >>> sum_of_squares_of_first_odds(3)
    35
    >>> sum_of_squares_of_first_odds(1)
    1
    """
    return n * (4 * n * n - 1) // 3


def sum_of_squares_of_first_evens(n: int) -> int:
    """Find the sum of the squares of the first n even natural numbers.

    Also: 2 squared plus 4 squared plus 6 squared with n terms; squared even numbers added up.

    >>> sum_of_squares_of_first_evens(3)
    56
    >>> sum_of_squares_of_first_evens(1)
    4
    """
    return 2 * n * (n + 1) * (2 * n + 1) // 3


def sum_of_cubes_of_first_odds(n: int) -> int:
    """Find the sum of the cubes of the first n odd natural numbers.

    Also: 1 cubed plus 3 cubed plus 5 cubed with n terms; cubed odd numbers added up.

    >>> sum_of_cubes_of_first_odds(3)
    153
    >>> sum_of_cubes_of_first_odds(1)
    1
    """
    return n * n * (2 * n * n - 1)


def sum_of_cubes_of_first_evens(n: int) -> int:
    """Find the sum of the cubes of the first n even natural numbers.

    Also: 2 cubed plus 4 cubed plus 6 cubed with n terms; cubed even numbers added up.

    >>> sum_of_cubes_of_first_evens(3)
    288
    >>> sum_of_cubes_of_first_evens(1)
    8
    """
    return 2 * (n * (n + 1)) ** 2


def square_of_sum_minus_sum_of_squares(n: int) -> int:
    """Find the difference between the square of the sum and the sum of the squares of 1 to n.

    Also: sum square difference of the first n natural numbers; square of a total minus total of
    squares.

    >>> square_of_sum_minus_sum_of_squares(10)
    2640
    >>> square_of_sum_minus_sum_of_squares(1)
    0
    """
    return sum_of_first_naturals(n) ** 2 - sum_of_first_squares(n)


def sum_of_range(low: int, high: int) -> int:
    """Find the sum of all integers between two numbers, both included.

    Also: add the numbers in a range from a to b; total of consecutive integers.

    >>> sum_of_range(3, 6)
    18
    >>> sum_of_range(5, 4)
    0
    """
    return sum(range(low, high + 1))


def sum_of_multiples_below(limit: int, numbers: Iterable[int]) -> int:
    """Find the sum of the numbers below a limit that are multiples of any given number.

    Also: add natural numbers less than n divisible by 3 or 5; total of all multiples under n.

    >>> sum_of_multiples_below(10, [3, 5])
    23
    >>> sum_of_multiples_below(4, [7])
    0
    """
    return sum({n for number in numbers for n in range(number, limit, number)})


def sum_of_factorials(n: int) -> int:
    """Find the sum of the factorials from 1 to n.

    Also: 1! + 2! + 3! up to n!; factorial series; left factorial.

    >>> sum_of_factorials(4)
    33
    >>> sum_of_factorials(0)
    0
    """
    return sum(math.factorial(k) for k in range(1, n + 1))


def sum_of_powers_of_two(n: int) -> int:
    """Find the sum of the first n powers of two, starting from 1.

    Also: 1 + 2 + 4 + 8 with n terms; grains of rice on n squares.

    >>> sum_of_powers_of_two(4)
    15
    >>> sum_of_powers_of_two(0)
    0
    """
    return (1 << n) - 1


def sum_of_products_of_neighbours(n: int) -> int:
    """Find the sum of the series 1*2 + 2*3 + ... + n*(n+1).

    Also: sum of products of consecutive numbers; sum of the pronic numbers.

    >>> sum_of_products_of_neighbours(3)
    20
    >>> sum_of_products_of_neighbours(1)
    2
    """
    return n * (n + 1) * (n + 2) // 3


def alternating_natural_sum(n: int) -> int:
    """Find the sum of the series 1 - 2 + 3 - 4 with n terms.

    Also: alternating series of the natural numbers; plus and minus in turn.

    >>> alternating_natural_sum(4)
    -2
    >>> alternating_natural_sum(5)
    3
    """
    return (n + 1) // 2 if n % 2 else -(n // 2)


def harmonic_sum(n: int) -> float:
    """Find the sum of the reciprocals of the first n natural numbers.

    Also: harmonic number; 1 + 1/2 + 1/3 up to 1/n; harmonic series.

    >>> harmonic_sum(4)
    2.083333333333333
    >>> harmonic_sum(1)
    1.0
    """
    return sum(1 / k for k in range(1, n + 1))


def geometric_sum(first: float, ratio: float, n: int) -> float:
    """Find the sum of the first n terms of a geometric progression.

    Also: sum of a GP from its first term and common ratio; geometric series.

    >>> geometric_sum(1, 2, 5)
    31
    >>> geometric_sum(3, 1, 4)
    12
    """
    return sum(first * ratio**k for k in range(n))


def infinite_geometric_sum(first: float, ratio: float) -> float:
    """Find the sum of an infinite geometric series with a ratio between -1 and 1.

    Also: limit of a geometric progression; sum to infinity.

    >>> infinite_geometric_sum(1, 0.5)
    2.0
    >>> infinite_geometric_sum(3, 0.25)
    4.0
    """
    return first / (1 - ratio)


def geometric_term(first: float, ratio: float, n: int) -> float:
    """Find the nth term of a geometric progression.

    Also: nth term of a GP from its first term and common ratio; geometric sequence element.

    >>> geometric_term(2, 3, 4)
    54
    >>> geometric_term(5, 2, 1)
    5
    """
    term: float = first * ratio ** (n - 1)
    return term


def geometric_progression(first: float, ratio: float, n: int) -> list[float]:
    """List the first n terms of a geometric progression.

    Also: generate a GP; geometric sequence.

    >>> geometric_progression(2, 3, 4)
    [2, 6, 18, 54]
    >>> geometric_progression(1, 2, 0)
    []
    """
    return [first * ratio**k for k in range(n)]


def arithmetic_sum(first: float, step: float, n: int) -> float:
    """Find the sum of the first n terms of an arithmetic progression.

    Also: sum of an AP from its first term and common difference; arithmetic series.

    >>> arithmetic_sum(1, 2, 5)
    25.0
    >>> arithmetic_sum(3, 0, 4)
    12.0
    """
    return n * (2 * first + (n - 1) * step) / 2


def arithmetic_term(first: float, step: float, n: int) -> float:
    """Find the nth term of an arithmetic progression.

    Also: nth term of an AP from its first term and common difference; arithmetic sequence element.

    >>> arithmetic_term(2, 3, 4)
    11
    >>> arithmetic_term(5, -2, 1)
    5
    """
    return first + (n - 1) * step


def arithmetic_progression(first: float, step: float, n: int) -> list[float]:
    """List the first n terms of an arithmetic progression.

    Also: generate an AP; arithmetic sequence; evenly spaced numbers.

    >>> arithmetic_progression(2, 3, 4)
    [2, 5, 8, 11]
    >>> arithmetic_progression(1, 1, 0)
    []
    """
    return [first + k * step for k in range(n)]


def exponential_series(x: float, n: int) -> float:
    """Find the sum of the first n terms of the series of e to the x.

    Also: 1 + x + x^2/2! + x^3/3!; Taylor series of the exponential function.

    >>> exponential_series(1, 3)
    2.5
    >>> exponential_series(2, 4)
    6.333333333333333
    """
    return sum(x**k / math.factorial(k) for k in range(n))


def leibniz_pi(n: int) -> float:
    """Approximate pi by the first n terms of the Leibniz series.

    Also: 4 - 4/3 + 4/5 - 4/7; Gregory-Leibniz formula.

    >>> leibniz_pi(1)
    4.0
    >>> leibniz_pi(3)
    3.466666666666667
    """
    return sum((-4 if k % 2 else 4) / (2 * k + 1) for k in range(n))
