"""Numbers told apart by their digits: palindromes, Armstrong, happy, and the rest of the zoo."""

from __future__ import annotations

import math
from itertools import pairwise


def _digits(n: int) -> list[int]:
    """Digits of the absolute value of n."""
    return [int(digit) for digit in str(abs(n))]


def is_armstrong(n: int) -> bool:
    """Check whether a number is an Armstrong number.

    Also: narcissistic number; equals the sum of its digits raised to the number of digits.

    >>> is_armstrong(153)
    True
    >>> is_armstrong(9474)
    True
    >>> is_armstrong(100)
    False
    """
    return n >= 0 and n == sum(digit ** len(str(n)) for digit in _digits(n))


def armstrong_numbers_up_to(n: int) -> list[int]:
    """List the Armstrong numbers from 0 up to n.

    Also: narcissistic numbers not larger than a limit; find all Armstrong numbers in a range.

    >>> armstrong_numbers_up_to(400)
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 153, 370, 371]
    >>> armstrong_numbers_up_to(2)
    [0, 1, 2]
    """
    return [number for number in range(n + 1) if is_armstrong(number)]


def is_harshad(n: int) -> bool:
    """Check whether a number is a Harshad number.

    Also: Niven number; divisible by the sum of its digits.

    >>> is_harshad(18)
    True
    >>> is_harshad(19)
    False
    """
    return n > 0 and n % sum(_digits(n)) == 0


def is_happy(n: int) -> bool:
    """Check whether a number is happy.

    Also: replacing it by the sum of the squares of its digits leads to one; happy number test; sum
    of squared digits ends at 1.

    >>> is_happy(19)
    True
    >>> is_happy(4)
    False
    """
    seen = set()
    while n not in seen:
        seen.add(n)
        n = sum(digit**2 for digit in _digits(n))
    return n == 1


def happy_numbers_up_to(n: int) -> list[int]:
    """List the happy numbers up to n.

    Also: happy integers not larger than a limit; find all happy numbers in a range.

    >>> happy_numbers_up_to(20)
    [1, 7, 10, 13, 19]
    >>> happy_numbers_up_to(0)
    []
    """
    return [number for number in range(1, n + 1) if is_happy(number)]


def is_disarium(n: int) -> bool:
    """Check whether a number is a Disarium number.

    Also: equals the sum of its digits each raised to the power of its position; digits raised to
    their places add up to the number.

    >>> is_disarium(135)
    True
    >>> is_disarium(136)
    False
    """
    return n >= 0 and n == sum(digit**place for place, digit in enumerate(_digits(n), 1))


def is_strong_number(n: int) -> bool:
    """Check whether a number equals the sum of the factorials of its digits.

    Also: strong number; Krishnamurthy number; Peterson number; factorion.

    >>> is_strong_number(145)
    True
    >>> is_strong_number(10)
    False
    """
    return n >= 0 and n == sum(math.factorial(digit) for digit in _digits(n))


def is_automorphic(n: int) -> bool:
    """Check whether the square of a number ends in the number itself.

    Also: automorphic number; curious number.

    >>> is_automorphic(25)
    True
    >>> is_automorphic(7)
    False
    """
    return n >= 0 and str(n * n).endswith(str(n))


def is_neon(n: int) -> bool:
    """Check whether a number equals the sum of the digits of its square.

    Also: neon number; digit sum of the square equals the number.

    >>> is_neon(9)
    True
    >>> is_neon(8)
    False
    """
    return n == sum(_digits(n * n))


def is_spy(n: int) -> bool:
    """Check whether the sum of the digits of a number equals their product.

    Also: spy number; digit sum and digit product are equal.

    >>> is_spy(1124)
    True
    >>> is_spy(12)
    False
    """
    return sum(_digits(n)) == math.prod(_digits(n))


def is_kaprekar(n: int) -> bool:
    """Check whether a number is a Kaprekar number.

    Also: its square can be split into two parts that add up to the number; Kaprekar number test;
    parts of the square.

    >>> is_kaprekar(45)
    True
    >>> is_kaprekar(1)
    True
    >>> is_kaprekar(10)
    False
    """
    square = n * n
    cuts = (10**width for width in range(1, len(str(square)) + 1))
    return n > 0 and any(square % cut and sum(divmod(square, cut)) == n for cut in cuts)


def kaprekar_steps(n: int) -> int:
    """Count the steps of the Kaprekar routine from a four-digit number to 6174.

    Also: subtract the ascending from the descending digits again and again; -1 if never.

    >>> kaprekar_steps(3524)
    3
    >>> kaprekar_steps(6174)
    0
    >>> kaprekar_steps(1111)
    -1
    """
    for steps in range(8):
        if n == 6174:
            return steps
        text = "".join(sorted(f"{n:04d}"))
        n = int(text[::-1]) - int(text)
    return -1


def is_duck_number(n: int) -> bool:
    """Check whether a positive number has a zero among its digits.

    Also: duck number; contains the digit 0.

    >>> is_duck_number(1023)
    True
    >>> is_duck_number(123)
    False
    """
    return n > 0 and "0" in str(n)


def is_repdigit(n: int) -> bool:
    """Check whether all digits of a number are the same.

    Also: repdigit; one repeated digit.

    >>> is_repdigit(777)
    True
    >>> is_repdigit(778)
    False
    """
    return len(set(_digits(n))) == 1


def has_unique_digits(n: int) -> bool:
    """Check whether all digits of a number are different.

    Also: no digit repeats; distinct digits; every digit occurs only once.

    >>> has_unique_digits(1023)
    True
    >>> has_unique_digits(1123)
    False
    """
    return len(set(_digits(n))) == len(_digits(n))


def has_only_even_digits(n: int) -> bool:
    """Check whether all digits of a number are even.

    Also: every digit is divisible by two; no odd digit; all-even digits.

    >>> has_only_even_digits(2480)
    True
    >>> has_only_even_digits(243)
    False
    """
    return all(digit % 2 == 0 for digit in _digits(n))


def is_pandigital(n: int) -> bool:
    """Check whether a number holds each of the digits 1 to its length exactly once.

    Also: pandigital from one to n; uses every digit from 1 to n once.

    >>> is_pandigital(2143)
    True
    >>> is_pandigital(1124)
    False
    """
    return sorted(_digits(n)) == list(range(1, len(str(abs(n))) + 1))


def has_ascending_digits(n: int) -> bool:
    """Check whether the digits of a number are in ascending order.

    Also: digits never decrease from left to right; non-decreasing digits.

    >>> has_ascending_digits(1229)
    True
    >>> has_ascending_digits(132)
    False
    """
    return _digits(n) == sorted(_digits(n))


def has_adjacent_digits_differing_by_one(n: int) -> bool:
    """Check whether neighbouring digits of a number always differ by one.

    Also: stepping number; jumping number.

    >>> has_adjacent_digits_differing_by_one(4345)
    True
    >>> has_adjacent_digits_differing_by_one(135)
    False
    """
    return all(abs(a - b) == 1 for a, b in pairwise(_digits(n)))


def is_divisible_by_own_digits(n: int) -> bool:
    """Check whether a number is divisible by each of its digits.

    Also: self-dividing number; every digit divides it; no digit is zero.

    >>> is_divisible_by_own_digits(128)
    True
    >>> is_divisible_by_own_digits(26)
    False
    >>> is_divisible_by_own_digits(10)
    False
    """
    return all(digit and n % digit == 0 for digit in _digits(n))


def have_same_digits(a: int, b: int) -> bool:
    """Check whether two numbers consist of the same digits.

    Also: is one number a permutation of the digits of another; digit anagrams.

    >>> have_same_digits(1203, 3210)
    True
    >>> have_same_digits(112, 122)
    False
    """
    return sorted(_digits(a)) == sorted(_digits(b))


def additive_persistence(n: int) -> int:
    """Count how often the digits of a number must be added until one digit is left.

    Also: additive persistence; number of times to sum the digits.

    >>> additive_persistence(199)
    3
    >>> additive_persistence(5)
    0
    """
    steps = 0
    while abs(n) > 9:
        n = sum(_digits(n))
        steps += 1
    return steps


def multiplicative_persistence(n: int) -> int:
    """Count how often the digits of a number must be multiplied until one digit is left.

    Also: multiplicative persistence; number of times to multiply the digits.

    >>> multiplicative_persistence(39)
    3
    >>> multiplicative_persistence(4)
    0
    """
    steps = 0
    while abs(n) > 9:
        n = math.prod(_digits(n))
        steps += 1
    return steps
