"""Filtering lists and asking about them: even, odd, positive, divisible, any, all, extremes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any


def even_numbers(numbers: Iterable[int]) -> list[int]:
    """Find the even numbers in a list.

    Also: filter evens; numbers divisible by two; remove odd numbers.

    >>> even_numbers([1, 2, 3, 4])
    [2, 4]
    >>> even_numbers([])
    []
    """
    return [number for number in numbers if number % 2 == 0]


def odd_numbers(numbers: Iterable[int]) -> list[int]:
    """Find the odd numbers in a list.

    Also: filter odds; numbers not divisible by two; remove even numbers.

    >>> odd_numbers([1, 2, 3, 4])
    [1, 3]
    >>> odd_numbers([2])
    []
    """
    return [number for number in numbers if number % 2]


def positive_numbers(numbers: Iterable[float]) -> list[float]:
    """Find the positive numbers in a list.

    Also: filter values greater than zero; remove negative numbers and zeros.

    >>> positive_numbers([-1, 2, 0, 3])
    [2, 3]
    >>> positive_numbers([])
    []
    """
    return [number for number in numbers if number > 0]


def negative_numbers(numbers: Iterable[float]) -> list[float]:
    """Find the negative numbers in a list.

    Also: filter values less than zero.

    >>> negative_numbers([-1, 2, 0, -3])
    [-1, -3]
    >>> negative_numbers([])
    []
    """
    return [number for number in numbers if number < 0]


def numbers_greater_than(numbers: Iterable[float], limit: float) -> list[float]:
    """Find the numbers of a list that are greater than a limit.

    Also: filter values above a threshold.

    >>> numbers_greater_than([1, 5, 10], 4)
    [5, 10]
    >>> numbers_greater_than([], 0)
    []
    """
    return [number for number in numbers if number > limit]


def numbers_in_range(numbers: Iterable[float], low: float, high: float) -> list[float]:
    """Find the numbers of a list that lie between two bounds, both included.

    Also: filter values within an interval.

    >>> numbers_in_range([1, 5, 10], 2, 5)
    [5]
    >>> numbers_in_range([], 0, 1)
    []
    """
    return [number for number in numbers if low <= number <= high]


def numbers_divisible_by(numbers: Iterable[int], divisor: int) -> list[int]:
    """Find the numbers of a list that are divisible by a given number.

    Also: filter multiples of n.

    >>> numbers_divisible_by([3, 4, 6, 7], 3)
    [3, 6]
    >>> numbers_divisible_by([], 2)
    []
    """
    return [number for number in numbers if number % divisor == 0]


def numbers_divisible_by_all(numbers: Iterable[int], divisors: Sequence[int]) -> list[int]:
    """Find the numbers of a list that are divisible by all numbers of a second list.

    Also: filter common multiples of several divisors.

    >>> numbers_divisible_by_all([6, 12, 15], [2, 3])
    [6, 12]
    >>> numbers_divisible_by_all([5], [])
    [5]
    """
    return [number for number in numbers if all(number % d == 0 for d in divisors)]


def count_even(numbers: Iterable[int]) -> int:
    """Count the even numbers in a list.

    Also: how many values are divisible by two.

    >>> count_even([1, 2, 4])
    2
    >>> count_even([])
    0
    """
    return sum(number % 2 == 0 for number in numbers)


def count_odd(numbers: Iterable[int]) -> int:
    """Count the odd numbers in a list.

    Also: how many values are not divisible by two.

    >>> count_odd([1, 2, 5])
    2
    >>> count_odd([])
    0
    """
    return sum(number % 2 == 1 for number in numbers)


def count_positive(numbers: Iterable[float]) -> int:
    """Count the positive numbers in a list.

    Also: how many values are greater than zero.

    >>> count_positive([1, -2, 0, 5])
    2
    >>> count_positive([])
    0
    """
    return sum(number > 0 for number in numbers)


def count_negative(numbers: Iterable[float]) -> int:
    """Count the negative numbers in a list.

    Also: how many values are less than zero.

    >>> count_negative([1, -2, 0, -5])
    2
    >>> count_negative([])
    0
    """
    return sum(number < 0 for number in numbers)


def count_greater_than(numbers: Iterable[float], limit: float) -> int:
    """Count the numbers of a list that are greater than a limit.

    Also: how many values lie above a threshold.

    >>> count_greater_than([1, 5, 10], 4)
    2
    >>> count_greater_than([], 0)
    0
    """
    return sum(number > limit for number in numbers)


def sum_of_even(numbers: Iterable[int]) -> int:
    """Add up the even numbers of a list.

    Also: total of the values divisible by two.

    >>> sum_of_even([1, 2, 3, 4])
    6
    >>> sum_of_even([])
    0
    """
    return sum(number for number in numbers if number % 2 == 0)


def sum_of_odd(numbers: Iterable[int]) -> int:
    """Add up the odd numbers of a list.

    Also: total of the values not divisible by two.

    >>> sum_of_odd([1, 2, 3, 4])
    4
    >>> sum_of_odd([])
    0
    """
    return sum(number for number in numbers if number % 2)


def sum_of_positive(numbers: Iterable[float]) -> float:
    """Add up the positive numbers of a list.

    Also: total of the values greater than zero.

    >>> sum_of_positive([1, -4, 2])
    3
    >>> sum_of_positive([])
    0
    """
    return sum(number for number in numbers if number > 0)


def sum_of_negative(numbers: Iterable[float]) -> float:
    """Add up the negative numbers of a list.

    Also: total of the values less than zero.

    >>> sum_of_negative([1, -4, -2])
    -6
    >>> sum_of_negative([])
    0
    """
    return sum(number for number in numbers if number < 0)


def sum_at_even_positions(numbers: Sequence[float]) -> float:
    """Add up the elements at even index positions of a list.

    Also: total of every second value, starting with the first.

    >>> sum_at_even_positions([1, 2, 3, 4, 5])
    9
    >>> sum_at_even_positions([])
    0
    """
    return sum(numbers[::2])


def even_odd_difference(numbers: Sequence[int]) -> int:
    """Find the sum of the even numbers of a list minus the sum of the odd ones.

    Also: difference between the totals of evens and odds.

    >>> even_odd_difference([1, 2, 3, 4])
    2
    >>> even_odd_difference([])
    0
    """
    return sum(-number if number % 2 else number for number in numbers)


def first_even(numbers: Iterable[int]) -> int | None:
    """Find the first even number of a list, or None.

    Also: earliest value divisible by two.

    >>> first_even([1, 3, 4, 6])
    4
    >>> first_even([2])
    2
    """
    return next((number for number in numbers if number % 2 == 0), None)


def first_odd(numbers: Iterable[int]) -> int | None:
    """Find the first odd number of a list, or None.

    Also: earliest value not divisible by two.

    >>> first_odd([2, 3, 5])
    3
    >>> first_odd([7])
    7
    """
    return next((number for number in numbers if number % 2), None)


def all_greater_than(numbers: Iterable[float], limit: float) -> bool:
    """Check whether all numbers of a list are greater than a limit.

    Also: is every value above a threshold; a number is smaller than all elements.

    >>> all_greater_than([5, 6], 4)
    True
    >>> all_greater_than([5, 3], 4)
    False
    """
    return all(number > limit for number in numbers)


def all_even(numbers: Iterable[int]) -> bool:
    """Check whether all numbers of a list are even.

    Also: is every value divisible by two.

    >>> all_even([2, 4])
    True
    >>> all_even([2, 3])
    False
    """
    return all(number % 2 == 0 for number in numbers)


def max_of_list(items: Iterable[Any]) -> Any:
    """Find the largest element of a list.

    Also: maximum value of an array; greatest number.

    >>> max_of_list([3, 9, 2])
    9
    >>> max_of_list([-1])
    -1
    """
    return max(items)


def min_of_list(items: Iterable[Any]) -> Any:
    """Find the smallest element of a list.

    Also: minimum value of an array; least number.

    >>> min_of_list([3, 9, 2])
    2
    >>> min_of_list([-1])
    -1
    """
    return min(items)


def min_and_max(items: Sequence[Any]) -> tuple[Any, Any]:
    """Find the smallest and the largest element of a list.

    Also: minimum and maximum values of an array; bounds.

    >>> min_and_max([3, 9, 2])
    (2, 9)
    >>> min_and_max([5])
    (5, 5)
    """
    return min(items), max(items)


def max_of_numbers_only(items: Iterable[Any]) -> Any:
    """Find the largest number of a list that also has elements of other types.

    Also: maximum of a heterogeneous list; ignore the strings.

    >>> max_of_numbers_only(['a', 7, 'b', 4])
    7
    >>> max_of_numbers_only([1.5, 'a'])
    1.5
    """
    return max(item for item in items if isinstance(item, int | float))
