"""Integer sequences in which each term follows from those before it: Fibonacci and family."""

from __future__ import annotations

import math
from itertools import groupby


def _linear(first: list[int], weights: list[int], n: int) -> int:
    """Term n, from 0, of a linear recurrence; weights[0] goes with the oldest term."""
    terms = list(first)
    for _ in range(n):
        terms.append(sum(w * t for w, t in zip(weights, terms, strict=True)))
        terms.pop(0)
    return terms[0]


def fibonacci(n: int) -> int:
    """Find the nth Fibonacci number, starting from F(0) = 0 and F(1) = 1.

    Also: nth term of the Fibonacci sequence; each number is the sum of the two before it.

    >>> fibonacci(10)
    55
    >>> fibonacci(0)
    0
    """
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def first_fibonacci_numbers(n: int) -> list[int]:
    """List the first n Fibonacci numbers.

    Also: generate the Fibonacci series 0, 1, 1, 2, 3; Fibonacci sequence of a length.

    >>> first_fibonacci_numbers(7)
    [0, 1, 1, 2, 3, 5, 8]
    >>> first_fibonacci_numbers(0)
    []
    """
    terms: list[int] = []
    a, b = 0, 1
    for _ in range(n):
        terms.append(a)
        a, b = b, a + b
    return terms


def fibonacci_up_to(n: int) -> list[int]:
    """List the Fibonacci numbers not larger than a limit.

    Also: Fibonacci series up to n; Fibonacci terms below a bound.

    >>> fibonacci_up_to(10)
    [0, 1, 1, 2, 3, 5, 8]
    >>> fibonacci_up_to(0)
    [0]
    """
    terms: list[int] = []
    a, b = 0, 1
    while a <= n:
        terms.append(a)
        a, b = b, a + b
    return terms


def sum_of_fibonacci(n: int) -> int:
    """Find the sum of the Fibonacci numbers from F(0) to F(n).

    Also: add up the Fibonacci series to the nth term; total of the first Fibonacci numbers.

    >>> sum_of_fibonacci(5)
    12
    >>> sum_of_fibonacci(0)
    0
    """
    return fibonacci(n + 2) - 1


def sum_of_even_fibonacci(limit: int) -> int:
    """Find the sum of the even Fibonacci numbers not larger than a limit.

    Also: add the even-valued Fibonacci terms; total of even Fibonacci numbers.

    >>> sum_of_even_fibonacci(100)
    44
    >>> sum_of_even_fibonacci(1)
    0
    """
    return sum(term for term in fibonacci_up_to(limit) if term % 2 == 0)


def last_digit_of_fibonacci(n: int) -> int:
    """Find the last digit of the nth Fibonacci number.

    Also: units digit of a large Fibonacci term; Fibonacci modulo ten.

    >>> last_digit_of_fibonacci(15)
    0
    >>> last_digit_of_fibonacci(7)
    3
    """
    return fibonacci(n % 60) % 10


def zeckendorf(n: int) -> list[int]:
    """Write a number as a sum of Fibonacci numbers that are not neighbours, largest first.

    Also: Zeckendorf representation; Fibonacci coding; greedy Fibonacci summands.

    >>> zeckendorf(100)
    [89, 8, 3]
    >>> zeckendorf(1)
    [1]
    """
    parts = []
    for term in reversed(fibonacci_up_to(n)[2:]):
        if term <= n:
            parts.append(term)
            n -= term
    return parts


def lucas_number(n: int) -> int:
    """Find the nth Lucas number, starting from L(0) = 2 and L(1) = 1.

    Also: nth term of the Lucas sequence 2, 1, 3, 4, 7, 11; Fibonacci-like series that starts with 2
    and 1.

    >>> lucas_number(5)
    11
    >>> lucas_number(0)
    2
    """
    return _linear([2, 1], [1, 1], n)


def pell_number(n: int) -> int:
    """Find the nth Pell number.

    Also: Pell sequence 0, 1, 2, 5, 12; twice the last term plus the one before.

    >>> pell_number(4)
    12
    >>> pell_number(0)
    0
    """
    return _linear([0, 1], [1, 2], n)


def pell_lucas_number(n: int) -> int:
    """Find the nth Pell-Lucas number.

    Also: companion Pell numbers 2, 2, 6, 14, 34; Lucas sequence of the Pell numbers.

    >>> pell_lucas_number(4)
    34
    >>> pell_lucas_number(0)
    2
    """
    return _linear([2, 2], [1, 2], n)


def jacobsthal_number(n: int) -> int:
    """Find the nth Jacobsthal number.

    Also: Jacobsthal sequence 0, 1, 1, 3, 5, 11; the last term plus twice the one before.

    >>> jacobsthal_number(5)
    11
    >>> jacobsthal_number(0)
    0
    """
    return _linear([0, 1], [2, 1], n)


def jacobsthal_lucas_number(n: int) -> int:
    """Find the nth Jacobsthal-Lucas number.

    Also: Jacobsthal-Lucas sequence 2, 1, 5, 7, 17, 31; companion Jacobsthal numbers.

    >>> jacobsthal_lucas_number(5)
    31
    >>> jacobsthal_lucas_number(0)
    2
    """
    return _linear([2, 1], [2, 1], n)


def padovan_number(n: int) -> int:
    """Find the nth Padovan number, starting from P(0) = P(1) = P(2) = 1.

    Also: Padovan sequence 1, 1, 1, 2, 2, 3, 4, 5; P(n) = P(n-2) + P(n-3).

    >>> padovan_number(7)
    5
    >>> padovan_number(2)
    1
    """
    return _linear([1, 1, 1], [1, 1, 0], n)


def perrin_number(n: int) -> int:
    """Find the nth Perrin number, starting from P(0) = 3, P(1) = 0 and P(2) = 2.

    Also: Perrin sequence 3, 0, 2, 3, 2, 5, 5, 7; skiponacci; P(n) = P(n-2) + P(n-3).

    >>> perrin_number(7)
    7
    >>> perrin_number(0)
    3
    """
    return _linear([3, 0, 2], [1, 1, 0], n)


def tribonacci(n: int) -> int:
    """Find the nth tribonacci number, starting from 0, 0, 1.

    Also: each term is the sum of the three before it; tribonacci sequence term.

    >>> tribonacci(6)
    7
    >>> tribonacci(1)
    0
    """
    return _linear([0, 0, 1], [1, 1, 1], n)


def tetranacci(n: int) -> int:
    """Find the nth tetranacci number, starting from 0, 0, 0, 1.

    Also: each term is the sum of the four before it; tetranacci sequence term.

    >>> tetranacci(8)
    15
    >>> tetranacci(3)
    1
    """
    return _linear([0, 0, 0, 1], [1, 1, 1, 1], n)


def narayana_cow_number(n: int) -> int:
    """Find the nth number of Narayana's cows sequence, starting from 1, 1, 1.

    Also: a cow has a calf each year from its fourth; a(n) = a(n-1) + a(n-3).

    >>> narayana_cow_number(6)
    6
    >>> narayana_cow_number(0)
    1
    """
    return _linear([1, 1, 1], [1, 0, 1], n)


def sylvester_number(n: int) -> int:
    """Find the nth term of Sylvester's sequence, starting from 2.

    Also: each term is the product of all terms before it plus one: 2, 3, 7, 43; Euclid's product
    sequence.

    >>> sylvester_number(3)
    43
    >>> sylvester_number(0)
    2
    """
    term = 2
    for _ in range(n):
        term = term * (term - 1) + 1
    return term


def collatz_sequence(n: int) -> list[int]:
    """List the Collatz sequence of a number down to 1.

    Also: hailstone numbers; halve if even, triple and add one if odd; 3n + 1.

    >>> collatz_sequence(6)
    [6, 3, 10, 5, 16, 8, 4, 2, 1]
    >>> collatz_sequence(1)
    [1]
    """
    terms = [n]
    while n > 1:
        n = 3 * n + 1 if n % 2 else n // 2
        terms.append(n)
    return terms


def collatz_steps(n: int) -> int:
    """Count the Collatz steps until a number reaches 1.

    Also: length of the hailstone sequence; stopping time of the 3n + 1 problem.

    >>> collatz_steps(6)
    8
    >>> collatz_steps(1)
    0
    """
    return len(collatz_sequence(n)) - 1


def longest_collatz_start(limit: int) -> int:
    """Find the number below a limit with the longest Collatz sequence.

    Also: which starting number produces the longest hailstone chain; the smallest if tied.

    >>> longest_collatz_start(10)
    9
    >>> longest_collatz_start(2)
    1
    """
    return max(range(1, limit), key=collatz_steps)


def juggler_sequence(n: int) -> list[int]:
    """List the juggler sequence of a number down to 1.

    Also: floor of the square root if even, of the root of the cube if odd; juggler numbers from a
    start.

    >>> juggler_sequence(3)
    [3, 5, 11, 36, 6, 2, 1]
    >>> juggler_sequence(1)
    [1]
    """
    terms = [n]
    while n > 1:
        n = math.isqrt(n**3 if n % 2 else n)
        terms.append(n)
    return terms


def look_and_say(n: int) -> str:
    """Find the nth term of the look-and-say sequence, the first being 1.

    Also: count and say; read off the runs of digits of the term before.

    >>> look_and_say(5)
    '111221'
    >>> look_and_say(1)
    '1'
    """
    term = "1"
    for _ in range(n - 1):
        term = "".join(f"{len(list(run))}{digit}" for digit, run in groupby(term))
    return term
