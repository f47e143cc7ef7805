"""Numbers in lists: cumulative sums, elementwise arithmetic, filters, conditional sums, ranges."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise


def cumulative_sum(numbers: Iterable[float]) -> list[float]:
    """List the cumulative sums of a list.

    Also: running total; prefix sums; partial sums.

    >>> cumulative_sum([1, 2, 3, 4])
    [1, 3, 6, 10]
    >>> cumulative_sum([])
    []
    """
    return list(accumulate(numbers))


def cumulative_product(numbers: Iterable[float]) -> list[float]:
    """List the cumulative products of a list.

    Also: running product; prefix products.

    >>> cumulative_product([1, 2, 3, 4])
    [1, 2, 6, 24]
    >>> cumulative_product([])
    []
    """
    return list(accumulate(numbers, lambda total, number: total * number))


def consecutive_sums(numbers: Iterable[float]) -> list[float]:
    """List the sums of neighbouring elements of a list.

    Also: add each consecutive pair; sum of adjacent numbers.

    >>> consecutive_sums([1, 1, 3, 4])
    [2, 4, 7]
    >>> consecutive_sums([1])
    []
    """
    return [a + b for a, b in pairwise(numbers)]


def add_lists(first: Iterable[float], second: Iterable[float]) -> list[float]:
    """Add two lists element by element.

    Also: sum of corresponding items of two arrays; vector addition.

    >>> add_lists([1, 2, 3], [4, 5, 6])
    [5, 7, 9]
    >>> add_lists([], [])
    []
    """
    return [a + b for a, b in zip(first, second, strict=False)]


def subtract_lists(first: Iterable[float], second: Iterable[float]) -> list[float]:
    """Subtract two lists element by element.

    Also: difference of corresponding items of two arrays; vector subtraction.

    >>> subtract_lists([5, 7], [1, 2])
    [4, 5]
    >>> subtract_lists([], [])
    []
    """
    return [a - b for a, b in zip(first, second, strict=False)]


def multiply_lists(first: Iterable[float], second: Iterable[float]) -> list[float]:
    """Multiply two lists element by element.

    Also: product of corresponding items of two arrays.

    >>> multiply_lists([1, 2, 3], [4, 5, 6])
    [4, 10, 18]
    >>> multiply_lists([], [])
    []
    """
    return [a * b for a, b in zip(first, second, strict=False)]


def divide_lists(first: Iterable[float], second: Iterable[float]) -> list[float]:
    """Divide two lists element by element.

    Also: quotient of corresponding items of two arrays.

    >>> divide_lists([4, 9], [2, 3])
    [2.0, 3.0]
    >>> divide_lists([1], [4])
    [0.25]
    """
    return [a / b for a, b in zip(first, second, strict=False)]


def modulo_lists(first: Iterable[int], second: Iterable[int]) -> list[int]:
    """Find the remainders of two lists element by element.

    Also: modulo of corresponding items of two arrays.

    >>> modulo_lists([10, 7], [3, 4])
    [1, 3]
    >>> modulo_lists([], [])
    []
    """
    return [a % b for a, b in zip(first, second, strict=False)]


def power_lists(bases: Iterable[float], exponents: Iterable[float]) -> list[float]:
    """Raise the elements of a list to the powers in a second list.

    Also: exponentiation of corresponding items of two arrays.

    >>> power_lists([10, 2], [2, 5])
    [100, 32]
    >>> power_lists([], [])
    []
    """
    return [a**b for a, b in zip(bases, exponents, strict=False)]


def scale_list(numbers: Iterable[float], factor: float) -> list[float]:
    """Multiply each element of a list by a number.

    Also: scale an array; product with a constant.

    >>> scale_list([1, 2, 3], 2)
    [2, 4, 6]
    >>> scale_list([], 2)
    []
    """
    return [number * factor for number in numbers]


def add_to_each(numbers: Iterable[float], amount: float) -> list[float]:
    """Add a number to each element of a list.

    Also: increment every value of an array by k.

    >>> add_to_each([1, 2, 3], 10)
    [11, 12, 13]
    >>> add_to_each([], 1)
    []
    """
    return [number + amount for number in numbers]


def square_each(numbers: Iterable[float]) -> list[float]:
    """Square each element of a list.

    Also: squares of the numbers of an array; second power of every item.

    >>> square_each([1, -2, 3])
    [1, 4, 9]
    >>> square_each([])
    []
    """
    return [number * number for number in numbers]


def power_each(numbers: Iterable[float], exponent: float) -> list[float]:
    """Raise each element of a list to the nth power.

    Also: nth power of every number; cubes for three.

    >>> power_each([1, 2, 3], 3)
    [1, 8, 27]
    >>> power_each([], 2)
    []
    """
    return [number**exponent for number in numbers]


def sum_of_list(numbers: Iterable[float]) -> float:
    """Add up all elements of a list.

    Also: sum of an array; total of the numbers.

    >>> sum_of_list([1, 2, 3])
    6
    >>> sum_of_list([])
    0
    """
    return sum(numbers)


def product_of_list(numbers: Iterable[float]) -> float:
    """Multiply all elements of a list.

    Also: product of an array or tuple of numbers; fold with multiplication using reduce.

    >>> product_of_list([2, 3, 4])
    24
    >>> product_of_list([])
    1
    """
    return math.prod(numbers)


def product_except_self(numbers: Sequence[int]) -> list[int]:
    """List for each element the product of all the others.

    Also: product of an array except itself, without division.

    >>> product_except_self([1, 2, 3, 4])
    [24, 12, 8, 6]
    >>> product_except_self([0, 2])
    [2, 0]
    """
    return [math.prod(numbers[:i]) * math.prod(numbers[i + 1 :]) for i in range(len(numbers))]


def product_of_unique(numbers: Iterable[int]) -> int:
    """Multiply the different elements of a list, each taken once.

    Also: product of the distinct numbers; ignore duplicates.

    >>> product_of_unique([2, 3, 2, 4])
    24
    >>> product_of_unique([])
    1
    """
    return math.prod(set(numbers))


def sum_of_unique(numbers: Iterable[int]) -> int:
    """Add up the different elements of a list, each taken once.

    Also: sum of the distinct numbers; ignore duplicates.

    >>> sum_of_unique([1, 2, 2, 3])
    6
    >>> sum_of_unique([])
    0
    """
    return sum(set(numbers))


def sum_of_non_repeated(numbers: Sequence[int]) -> int:
    """Add up the elements of a list that occur exactly once.

    Also: sum of the numbers without a duplicate.

    >>> sum_of_non_repeated([1, 2, 2, 3])
    4
    >>> sum_of_non_repeated([1, 1])
    0
    """
    return sum(number for number in numbers if numbers.count(number) == 1)


def dot_product(first: Iterable[float], second: Iterable[float]) -> float:
    """Find the dot product of two lists.

    Also: scalar product; sum of the products of corresponding elements; inner product.

    >>> dot_product([1, 2, 3], [4, 5, 6])
    32
    >>> dot_product([], [])
    0
    """
    return sum(a * b for a, b in zip(first, second, strict=True))


def sum_of_squares_of_list(numbers: Iterable[float]) -> float:
    """Add up the squares of the elements of a list.

    Also: sum of squared numbers of an array.

    >>> sum_of_squares_of_list([1, 2, -3])
    14
    >>> sum_of_squares_of_list([])
    0
    """
    return sum(number * number for number in numbers)


def min_dot_product(first: Iterable[int], second: Iterable[int]) -> int:
    """Find the smallest sum of products of two lists over all orders of their elements.

    Also: minimum sum of the pairwise products of two arrays.

    >>> min_dot_product([3, 1, 1], [6, 5, 4])
    23
    >>> min_dot_product([], [])
    0
    """
    return sum(a * b for a, b in zip(sorted(first), sorted(second, reverse=True), strict=True))
