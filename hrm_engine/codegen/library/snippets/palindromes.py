"""Numbers that read the same forwards and backwards."""

from __future__ import annotations


def is_palindrome_number(n: int) -> bool:
    """Check whether a number is a palindrome.

    Also: an integer that reads the same forwards and backwards; equal to its reverse.

    >>> is_palindrome_number(1221)
    True
    >>> is_palindrome_number(123)
    False
    >>> is_palindrome_number(-121)
    False
    """
    return str(n) == str(n)[::-1]


def next_palindrome(n: int) -> int:
    """Find the smallest palindrome greater than a number.

    Also: the next palindromic integer; nearest larger palindrome.

    >>> next_palindrome(99)
    101
    >>> next_palindrome(121)
    131
    """
    n += 1
    while str(n) != str(n)[::-1]:
        n += 1
    return n


def previous_palindrome(n: int) -> int:
    """Find the largest palindrome less than a positive number.

    Also: the previous palindromic integer; nearest smaller palindrome.

    >>> previous_palindrome(100)
    99
    >>> previous_palindrome(120)
    111
    """
    n -= 1
    while n >= 0 and str(n) != str(n)[::-1]:
        n -= 1
    return n


def palindrome_steps(n: int) -> int:
    """Count the reverse-and-add steps until a number becomes a palindrome.

    Also: add the reversed number again and again; 196-algorithm; -1 after 500 steps.

    >>> palindrome_steps(56)
    1
    >>> palindrome_steps(121)
    0
    >>> palindrome_steps(89)
    24
    >>> palindrome_steps(196)
    -1
    """
    for steps in range(501):
        if str(n) == str(n)[::-1]:
            return steps
        n += int(str(n)[::-1])
    return -1


def palindromes_between(low: int, high: int) -> list[int]:
    """List the palindromes between two numbers, both included.

    Also: palindromic integers of a range; find palindrome numbers in an interval.

    >>> palindromes_between(95, 125)
    [99, 101, 111, 121]
    >>> palindromes_between(12, 20)
    []
    """
    return [n for n in range(low, high + 1) if str(n) == str(n)[::-1]]


def nearest_palindrome(n: int) -> int:
    """Find the palindrome closest to a non-negative number, the smaller one if tied.

    Also: nearest palindromic integer, the number itself included; closest number that reads the
    same backwards.

    >>> nearest_palindrome(123)
    121
    >>> nearest_palindrome(10)
    9
    """
    step = 0
    while True:
        for near in (n - step, n + step):
            if str(near) == str(near)[::-1]:
                return near
        step += 1


def largest_palindrome_product(digits: int) -> int:
    """Find the largest palindrome that is a product of two numbers with so many digits.

    Also: palindromic product of two n-digit factors; biggest palindrome made from two factors.

    >>> largest_palindrome_product(2)
    9009
    >>> largest_palindrome_product(1)
    9
    """
    factors = range(10**digits - 1, 10 ** (digits - 1) - 1, -1)
    best = 0
    for a in factors:
        if a * a <= best:
            break
        products = (a * b for b in range(a, 10 ** (digits - 1) - 1, -1))
        large = (p for p in products if p > best)
        best = max((p for p in large if str(p) == str(p)[::-1]), default=best)
    return best


def is_binary_palindrome(n: int) -> bool:
    """Check whether the binary form of a non-negative number is a palindrome.

    Also: bits read the same forwards and backwards; symmetric binary representation.

    >>> is_binary_palindrome(9)
    True
    >>> is_binary_palindrome(10)
    False
    """
    return format(n, "b") == format(n, "b")[::-1]
