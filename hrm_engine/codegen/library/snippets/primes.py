"""Prime numbers: testing, listing, factoring, and the well-known kinds of primes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import count, islice


def is_prime(n: int) -> bool:
    """Check whether a number is prime.

    Also: test primality; is n a prime number; true if it has no divisors but one and itself.

    >>> is_prime(13)
    True
    >>> is_prime(1)
    False
    >>> is_prime(49)
    False
    """
    return n > 1 and all(n % divisor for divisor in range(2, math.isqrt(n) + 1))


def is_composite(n: int) -> bool:
    """Check whether a number is composite.

    Also: test for a non-prime above one; is n a product of two smaller positive integers.

    >>> is_composite(9)
    True
    >>> is_composite(7)
    False
    >>> is_composite(1)
    False
    """
    return n > 3 and not is_prime(n)


def primes_up_to(n: int) -> list[int]:
    """List all prime numbers up to n.

    Also: sieve of Eratosthenes; generate primes not larger than a limit; primes less than or
    equal to n.

    >>> primes_up_to(20)
    [2, 3, 5, 7, 11, 13, 17, 19]
    >>> primes_up_to(2)
    [2]
    >>> primes_up_to(1)
    []
    """
    alive = bytearray([1]) * (n + 1) if n > 1 else bytearray()
    for number in range(2, math.isqrt(max(n, 0)) + 1):
        if alive[number]:
            alive[number * number :: number] = bytes(len(range(number * number, n + 1, number)))
    return [number for number in range(2, n + 1) if alive[number]]


def primes_between(low: int, high: int) -> list[int]:
    """List the prime numbers between two numbers, both included.

    Also: primes in a range; all primes in an interval from a to b.

    >>> primes_between(10, 20)
    [11, 13, 17, 19]
    >>> primes_between(7, 7)
    [7]
    >>> primes_between(24, 28)
    []
    """
    return [n for n in range(max(low, 2), high + 1) if is_prime(n)]


def first_primes(n: int) -> list[int]:
    """List the first n prime numbers.

    Also: generate n primes; the n smallest primes; the beginning of the sequence of primes.

    >>> first_primes(5)
    [2, 3, 5, 7, 11]
    >>> first_primes(0)
    []
    """
    return list(islice(filter(is_prime, count(2)), n))


def nth_prime(n: int) -> int:
    """Find the nth prime number.

    Also: the prime at a position in the list of primes; which prime comes nth.

    >>> nth_prime(1)
    2
    >>> nth_prime(6)
    13
    """
    return next(islice(filter(is_prime, count(2)), n - 1, None))


def next_prime(n: int) -> int:
    """Find the smallest prime number greater than n.

    Also: the next prime after a number; the following prime.

    >>> next_prime(7)
    11
    >>> next_prime(-5)
    2
    """
    return next(filter(is_prime, count(max(n, 1) + 1)))


def previous_prime(n: int) -> int:
    """Find the largest prime number less than n.

    Also: the previous prime before a number; the nearest smaller prime; 0 if there is none.

    >>> previous_prime(11)
    7
    >>> previous_prime(24)
    23
    >>> previous_prime(2)
    0
    """
    return next(filter(is_prime, range(n - 1, 1, -1)), 0)


def prime_factors(n: int) -> list[int]:
    """Find the prime factors of a number, with repetition.

    Also: prime factorisation as a list; decompose an integer into primes; factorise.

    >>> prime_factors(360)
    [2, 2, 2, 3, 3, 5]
    >>> prime_factors(13)
    [13]
    >>> prime_factors(1)
    []
    """
    factors = []
    divisor = 2
    while divisor * divisor <= n:
        if n % divisor:
            divisor += 1
        else:
            factors.append(divisor)
            n //= divisor
    return [*factors, n] if n > 1 else factors


def distinct_prime_factors(n: int) -> list[int]:
    """List the distinct prime factors of a number.

    Also: unique prime divisors in ascending order; primes that divide n, without repeats.

    >>> distinct_prime_factors(360)
    [2, 3, 5]
    >>> distinct_prime_factors(49)
    [7]
    """
    return sorted(set(prime_factors(n)))


def prime_factor_powers(n: int) -> dict[int, int]:
    """Find the prime factorisation of a number as a dictionary of exponents.

    Also: map each prime factor to its power; multiplicity of the prime factors.

    >>> prime_factor_powers(360)
    {2: 3, 3: 2, 5: 1}
    >>> prime_factor_powers(1)
    {}
    """
    factors = prime_factors(n)
    return {prime: factors.count(prime) for prime in dict.fromkeys(factors)}


def smallest_prime_factor(n: int) -> int:
    """Find the smallest prime factor of a number.

    Also: the least prime divisor; smallest divisor greater than one; minimum prime factor.

    >>> smallest_prime_factor(15)
    3
    >>> smallest_prime_factor(17)
    17
    """
    return prime_factors(n)[0]


def largest_prime_factor(n: int) -> int:
    """Find the largest prime factor of a number.

    Also: the greatest prime divisor; maximum prime factor; biggest prime that divides n.

    >>> largest_prime_factor(15)
    5
    >>> largest_prime_factor(13195)
    29
    """
    return prime_factors(n)[-1]


def count_prime_factors(n: int) -> int:
    """Count the distinct prime factors of a number.

    Also: how many different primes divide n; number of unique prime divisors.

    >>> count_prime_factors(60)
    3
    >>> count_prime_factors(8)
    1
    >>> count_prime_factors(1)
    0
    """
    return len(set(prime_factors(n)))


def sum_of_prime_factors(n: int) -> int:
    """Find the sum of the prime factors of a number, with repetition.

    Also: add up all prime factors; integer logarithm of n.

    >>> sum_of_prime_factors(12)
    7
    >>> sum_of_prime_factors(7)
    7
    """
    return sum(prime_factors(n))


def count_primes_below(n: int) -> int:
    """Count the prime numbers less than n.

    Also: how many primes are smaller than a limit; prime counting function, n itself left out.

    >>> count_primes_below(10)
    4
    >>> count_primes_below(11)
    4
    >>> count_primes_below(0)
    0
    """
    return len(primes_up_to(n - 1))


def sum_of_primes_up_to(n: int) -> int:
    """Find the sum of all prime numbers up to n.

    Also: add the primes not larger than a limit; total of primes less than or equal to n.

    >>> sum_of_primes_up_to(10)
    17
    >>> sum_of_primes_up_to(1)
    0
    """
    return sum(primes_up_to(n))


def sum_of_primes_in_list(values: Iterable[int]) -> int:
    """Find the sum of the prime numbers in a list.

    Also: add only the prime elements; total of the primes of an array.

    >>> sum_of_primes_in_list([1, 2, 3, 4, 5])
    10
    >>> sum_of_primes_in_list([4, 6])
    0
    """
    return sum(value for value in values if is_prime(value))


def keep_primes(values: Iterable[int]) -> list[int]:
    """Filter the prime numbers from a list.

    Also: extract the primes of an array; keep only prime elements; select primes.

    >>> keep_primes([4, 7, 9, 11, 1])
    [7, 11]
    >>> keep_primes([])
    []
    """
    return [value for value in values if is_prime(value)]


def count_primes_in_list(values: Iterable[int]) -> int:
    """Count the prime numbers in a list.

    Also: how many elements of an array are prime; number of primes among the values.

    >>> count_primes_in_list([2, 4, 5, 9, 11])
    3
    >>> count_primes_in_list([])
    0
    """
    return sum(map(is_prime, values))


def twin_primes_up_to(n: int) -> list[tuple[int, int]]:
    """List the pairs of twin primes up to n.

    Also: pairs of prime numbers that differ by two, not larger than a limit; find twin prime
    couples below a bound.

    >>> twin_primes_up_to(20)
    [(3, 5), (5, 7), (11, 13), (17, 19)]
    >>> twin_primes_up_to(4)
    []
    """
    return [(p - 2, p) for p in primes_up_to(n) if is_prime(p - 2)]


def goldbach_pair(n: int) -> tuple[int, ...]:
    """Find two prime numbers whose sum is a given even number.

    Also: Goldbach partition; write an integer as the sum of two primes; empty if there are none.

    >>> goldbach_pair(10)
    (3, 7)
    >>> goldbach_pair(28)
    (5, 23)
    """
    pairs = ((p, n - p) for p in range(2, n // 2 + 1) if is_prime(p) and is_prime(n - p))
    return next(pairs, ())


def is_sum_of_two_primes(n: int) -> bool:
    """Check whether a number can be written as the sum of two primes.

    Also: can n be expressed as two prime numbers added together; does a Goldbach split exist.

    >>> is_sum_of_two_primes(34)
    True
    >>> is_sum_of_two_primes(23)
    False
    """
    return any(is_prime(p) and is_prime(n - p) for p in range(2, n // 2 + 1))


def is_semiprime(n: int) -> bool:
    """Check whether a number is the product of exactly two primes.

    Also: is n semiprime; biprime test; has just two prime factors, equal or not.

    >>> is_semiprime(15)
    True
    >>> is_semiprime(25)
    True
    >>> is_semiprime(12)
    False
    """
    return len(prime_factors(n)) == 2


def is_squarefree(n: int) -> bool:
    """Check whether a number is square-free.

    Also: no prime factor appears twice; not divisible by any perfect square above one.

    >>> is_squarefree(30)
    True
    >>> is_squarefree(12)
    False
    """
    factors = prime_factors(n)
    return n > 0 and len(factors) == len(set(factors))


def primorial(n: int) -> int:
    """Find the product of the first n prime numbers.

    Also: primorial of n; multiply the n smallest primes.

    >>> primorial(4)
    210
    >>> primorial(0)
    1
    """
    return math.prod(first_primes(n))
