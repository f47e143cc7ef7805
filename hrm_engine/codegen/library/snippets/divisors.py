"""Divisors and multiples: listing, counting, perfect numbers and their kin, gcd and lcm."""

from __future__ import annotations

import math
from collections.abc import Iterable


def divisors(n: int) -> list[int]:
    """List all divisors of a number.

    Also: find the factors of n in ascending order; numbers that divide n evenly.

    >>> divisors(12)
    [1, 2, 3, 4, 6, 12]
    >>> divisors(1)
    [1]
    """
    low = [d for d in range(1, math.isqrt(n) + 1) if n % d == 0]
    return low + [n // d for d in reversed(low) if d * d != n]


def proper_divisors(n: int) -> list[int]:
    """List the proper divisors of a number.

    Also: factors of n without n itself; aliquot parts; divisors smaller than the number.

    >>> proper_divisors(12)
    [1, 2, 3, 4, 6]
    >>> proper_divisors(1)
    []
    """
    return divisors(n)[:-1]


def count_divisors(n: int) -> int:
    """Count the divisors of a number.

    Also: how many factors does n have; number of divisors; tau function.

    >>> count_divisors(12)
    6
    >>> count_divisors(16)
    5
    """
    return len(divisors(n))


def sum_of_divisors(n: int) -> int:
    """Find the sum of all divisors of a number.

    Also: add the factors of n, n included; sigma function.

    >>> sum_of_divisors(12)
    28
    >>> sum_of_divisors(7)
    8
    """
    return sum(divisors(n))


def sum_of_proper_divisors(n: int) -> int:
    """Find the sum of the proper divisors of a number.

    Also: aliquot sum; add the divisors of n except n itself.

    >>> sum_of_proper_divisors(12)
    16
    >>> sum_of_proper_divisors(1)
    0
    """
    return sum(proper_divisors(n))


def product_of_divisors(n: int) -> int:
    """Find the product of all divisors of a number.

    Also: multiply all the factors of n; product of the factors.

    >>> product_of_divisors(12)
    1728
    >>> product_of_divisors(5)
    5
    """
    return math.prod(divisors(n))


def even_divisors(n: int) -> list[int]:
    """List the even divisors of a number.

    Also: even factors of n; divisors that are multiples of two.

    >>> even_divisors(12)
    [2, 4, 6, 12]
    >>> even_divisors(9)
    []
    """
    return [d for d in divisors(n) if d % 2 == 0]


def largest_proper_divisor(n: int) -> int:
    """Find the largest divisor of a number other than itself.

    Also: the greatest proper factor; biggest number below n that divides it.

    >>> largest_proper_divisor(12)
    6
    >>> largest_proper_divisor(13)
    1
    """
    return proper_divisors(n)[-1]


def is_perfect_number(n: int) -> bool:
    """Check whether a number is perfect.

    Also: equal to the sum of its proper divisors; perfect number test.

    >>> is_perfect_number(28)
    True
    >>> is_perfect_number(12)
    False
    >>> is_perfect_number(1)
    False
    """
    return n > 1 and sum_of_proper_divisors(n) == n


def is_abundant(n: int) -> bool:
    """Check whether a number is abundant.

    Also: the sum of its proper divisors is greater than the number; excessive number.

    >>> is_abundant(12)
    True
    >>> is_abundant(15)
    False
    """
    return n > 0 and sum_of_proper_divisors(n) > n


def is_deficient(n: int) -> bool:
    """Check whether a number is deficient.

    Also: the sum of its proper divisors is less than the number; defective number.

    >>> is_deficient(8)
    True
    >>> is_deficient(12)
    False
    """
    return n > 0 and sum_of_proper_divisors(n) < n


def abundant_numbers_up_to(n: int) -> list[int]:
    """List the abundant numbers up to n.

    Also: numbers not above a limit that are smaller than the sum of their proper divisors;
    excessive numbers in a range from one.

    >>> abundant_numbers_up_to(25)
    [12, 18, 20, 24]
    >>> abundant_numbers_up_to(11)
    []
    """
    return [number for number in range(1, n + 1) if is_abundant(number)]


def perfect_numbers_up_to(n: int) -> list[int]:
    """List the perfect numbers up to n.

    Also: all numbers not above a limit that equal the sum of their proper divisors; find perfect
    numbers below a bound.

    >>> perfect_numbers_up_to(500)
    [6, 28, 496]
    >>> perfect_numbers_up_to(5)
    []
    """
    return [number for number in range(2, n + 1) if is_perfect_number(number)]


def are_amicable(a: int, b: int) -> bool:
    """Check whether two numbers are amicable.

    Also: friendly pair; each is the sum of the proper divisors of the other.

    >>> are_amicable(220, 284)
    True
    >>> are_amicable(6, 6)
    False
    """
    return a != b and sum_of_proper_divisors(a) == b and sum_of_proper_divisors(b) == a


def aliquot_sequence(n: int, length: int) -> list[int]:
    """List the aliquot sequence of a number, at most so many terms.

    Also: repeatedly replace a number by the sum of its proper divisors; stops after zero.

    >>> aliquot_sequence(10, 10)
    [10, 8, 7, 1, 0]
    >>> aliquot_sequence(6, 3)
    [6, 6, 6]
    """
    terms = [n]
    while terms[-1] and len(terms) < length:
        terms.append(sum_of_proper_divisors(terms[-1]))
    return terms[:length]


def greatest_common_divisor(a: int, b: int) -> int:
    """Find the greatest common divisor of two numbers.

    Also: gcd; highest common factor; hcf; Euclid's algorithm; largest number dividing both.

    >>> greatest_common_divisor(12, 18)
    6
    >>> greatest_common_divisor(7, 5)
    1
    >>> greatest_common_divisor(0, 4)
    4
    """
    while b:
        a, b = b, a % b
    return abs(a)


def least_common_multiple(a: int, b: int) -> int:
    """Find the least common multiple of two numbers.

    Also: lcm; lowest common multiple; smallest number divisible by both.

    >>> least_common_multiple(4, 6)
    12
    >>> least_common_multiple(5, 0)
    0
    """
    return math.lcm(a, b)


def gcd_of_list(values: Iterable[int]) -> int:
    """Find the greatest common divisor of a list of numbers.

    Also: gcd of an array; highest common factor of more than two numbers.

    >>> gcd_of_list([12, 18, 30])
    6
    >>> gcd_of_list([7])
    7
    """
    return math.gcd(*values)


def lcm_of_list(values: Iterable[int]) -> int:
    """Find the least common multiple of a list of numbers.

    Also: lcm of an array; smallest number that every element divides.

    >>> lcm_of_list([2, 3, 4])
    12
    >>> lcm_of_list([5, 7])
    35
    """
    return math.lcm(*values)


def common_divisors(a: int, b: int) -> list[int]:
    """List the common divisors of two numbers.

    Also: factors shared by both numbers; numbers that divide a and b.

    >>> common_divisors(12, 18)
    [1, 2, 3, 6]
    >>> common_divisors(7, 5)
    [1]
    """
    return divisors(math.gcd(a, b))


def count_common_divisors(a: int, b: int) -> int:
    """Count the common divisors of two numbers.

    Also: how many factors do two numbers share; number of common factors.

    >>> count_common_divisors(12, 24)
    6
    >>> count_common_divisors(8, 9)
    1
    """
    return len(divisors(math.gcd(a, b)))


def multiples(n: int, amount: int) -> list[int]:
    """List the first multiples of a number.

    Also: the times table of n; n times 1, 2, 3 and so on; multiplication table row.

    >>> multiples(4, 5)
    [4, 8, 12, 16, 20]
    >>> multiples(7, 0)
    []
    """
    return [n * factor for factor in range(1, amount + 1)]


def multiples_below(limit: int, *numbers: int) -> list[int]:
    """List the numbers below a limit that are multiples of any of the given numbers.

    Also: natural numbers less than n divisible by 3 or 5; multiples of one or another.

    >>> multiples_below(16, 3, 5)
    [3, 5, 6, 9, 10, 12, 15]
    >>> multiples_below(5, 7)
    []
    """
    return [n for n in range(1, limit) if any(n % number == 0 for number in numbers)]


def count_multiples_between(low: int, high: int, k: int) -> int:
    """Count the multiples of k between two numbers, both included.

    Also: how many integers in a range are divisible by a number; number of elements of an interval
    divisible by k.

    >>> count_multiples_between(1, 10, 3)
    3
    >>> count_multiples_between(6, 12, 6)
    2
    >>> count_multiples_between(4, 5, 3)
    0
    """
    return max(0, high // k - (low - 1) // k)


def smallest_multiple_of_range(n: int) -> int:
    """Find the smallest number divisible by every number from 1 to n.

    Also: least common multiple of the first n natural numbers; smallest number evenly divisible by
    1 to 20.

    >>> smallest_multiple_of_range(10)
    2520
    >>> smallest_multiple_of_range(1)
    1
    """
    return math.lcm(*range(1, n + 1))


def is_divisible(a: int, b: int) -> bool:
    """Check whether one number is divisible by another.

    Also: is a a multiple of b; does b divide a evenly; no remainder.

    >>> is_divisible(12, 4)
    True
    >>> is_divisible(12, 5)
    False
    """
    return b != 0 and a % b == 0
