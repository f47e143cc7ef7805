"""Modular arithmetic: remainders, inverses, powers, residues, congruences."""

from __future__ import annotations

import math
from collections.abc import Sequence


def totient(n: int) -> int:
    """Find Euler's totient of a number.

    Also: phi function; count the numbers up to n that are coprime to n.

    >>> totient(9)
    6
    >>> totient(10)
    4
    >>> totient(1)
    1
    """
    return sum(math.gcd(k, n) == 1 for k in range(1, n + 1))


def modular_power(base: int, exponent: int, modulus: int) -> int:
    """Find the remainder of a power divided by a modulus.

    Also: modular exponentiation; base to the exponent mod m; fast power modulo.

    >>> modular_power(3, 4, 5)
    1
    >>> modular_power(2, 10, 1000)
    24
    """
    return pow(base, exponent, modulus)


def modular_inverse(a: int, m: int) -> int:
    """Find the modular inverse of a number.

    Also: x such that a times x leaves 1 when divided by m; multiplicative inverse; -1 if none.

    >>> modular_inverse(3, 11)
    4
    >>> modular_inverse(2, 4)
    -1
    """
    return pow(a, -1, m) if math.gcd(a, m) == 1 else -1


def extended_gcd(a: int, b: int) -> tuple[int, int, int]:
    """Find the greatest common divisor g of two numbers and x, y such that a*x + b*y = g.

    Also: extended Euclidean algorithm; Bezout coefficients.

    >>> extended_gcd(30, 18)
    (6, -1, 2)
    >>> extended_gcd(7, 0)
    (7, 1, 0)
    """
    x, next_x, y, next_y = 1, 0, 0, 1
    while b:
        quotient = a // b
        a, b = b, a % b
        x, next_x = next_x, x - quotient * next_x
        y, next_y = next_y, y - quotient * next_y
    return a, x, y


def chinese_remainder(remainders: Sequence[int], moduli: Sequence[int]) -> int:
    """Find the smallest number that leaves the given remainders for coprime moduli.

    Also: Chinese remainder theorem; solve a system of congruences.

    >>> chinese_remainder([2, 3, 2], [3, 5, 7])
    23
    >>> chinese_remainder([1], [4])
    1
    """
    product = math.prod(moduli)
    total = 0
    for remainder, modulus in zip(remainders, moduli, strict=True):
        others = product // modulus
        total += remainder * others * pow(others, -1, modulus)
    return total % product


def solve_linear_congruence(a: int, b: int, m: int) -> list[int]:
    """Solve a*x = b modulo m for all x from 0 to m - 1.

    Also: solutions of a linear congruence; modular linear equation.

    >>> solve_linear_congruence(3, 4, 7)
    [6]
    >>> solve_linear_congruence(2, 4, 6)
    [2, 5]
    >>> solve_linear_congruence(2, 1, 4)
    []
    """
    return [x for x in range(m) if (a * x - b) % m == 0]


def are_congruent(a: int, b: int, m: int) -> bool:
    """Check whether two numbers are congruent modulo m.

    Also: do a and b leave the same remainder when divided by m; same residue class; equal modulo m.

    >>> are_congruent(17, 5, 12)
    True
    >>> are_congruent(10, 3, 4)
    False
    """
    return (a - b) % m == 0


def remainder_of_product(values: Sequence[int], m: int) -> int:
    """Find the remainder when the product of a list is divided by a number.

    Also: multiply all elements modulo m; product of an array mod n.

    >>> remainder_of_product([7, 8, 9], 10)
    4
    >>> remainder_of_product([], 5)
    1
    """
    result = 1 % m
    for value in values:
        result = result * value % m
    return result


def factorial_mod(n: int, m: int) -> int:
    """Find the factorial of n modulo m.

    Also: remainder of n factorial divided by m; n! mod m.

    >>> factorial_mod(5, 7)
    1
    >>> factorial_mod(10, 5)
    0
    """
    return remainder_of_product(range(1, n + 1), m)


def binomial_mod(n: int, k: int, m: int) -> int:
    """Find the binomial coefficient n over k modulo m.

    Also: nCr mod p; remainder of the number of combinations.

    >>> binomial_mod(6, 3, 7)
    6
    >>> binomial_mod(5, 7, 3)
    0
    """
    return math.comb(n, k) % m


def multiplicative_order(a: int, m: int) -> int:
    """Find the smallest positive exponent for which a power leaves 1 modulo m.

    Also: multiplicative order of a modulo m; 0 if a and m are not coprime.

    >>> multiplicative_order(2, 7)
    3
    >>> multiplicative_order(2, 4)
    0
    """
    if math.gcd(a, m) != 1:
        return 0
    return next((k for k in range(1, m + 1) if pow(a, k, m) == 1 % m), 0)


def is_primitive_root(g: int, p: int) -> bool:
    """Check whether a number is a primitive root modulo a prime.

    Also: do the powers of g reach every non-zero residue; generator modulo p.

    >>> is_primitive_root(3, 7)
    True
    >>> is_primitive_root(2, 7)
    False
    """
    return multiplicative_order(g, p) == p - 1


def quadratic_residues(m: int) -> list[int]:
    """List the quadratic residues modulo m.

    Also: the distinct remainders of squares divided by m, zero left out; square residues; possible
    values of x squared mod m.

    >>> quadratic_residues(7)
    [1, 2, 4]
    >>> quadratic_residues(2)
    [1]
    """
    return sorted({x * x % m for x in range(1, m)} - {0})


def modular_square_root(a: int, m: int) -> int:
    """Find the smallest x whose square leaves a given remainder modulo m.

    Also: square root modulo a number; -1 if there is none.

    >>> modular_square_root(4, 7)
    2
    >>> modular_square_root(2, 7)
    3
    >>> modular_square_root(3, 7)
    -1
    """
    return next((x for x in range(m) if x * x % m == a % m), -1)


def discrete_logarithm(base: int, value: int, m: int) -> int:
    """Find the smallest exponent for which a power has a given remainder modulo m.

    Also: discrete logarithm; x such that base to the x equals value mod m; -1 if none.

    >>> discrete_logarithm(2, 3, 5)
    3
    >>> discrete_logarithm(2, 3, 7)
    -1
    """
    return next((x for x in range(m) if pow(base, x, m) == value % m), -1)


def last_digit_of_power(base: int, exponent: int) -> int:
    """Find the last digit of a power.

    Also: units digit of a raised to b; final digit of a large exponentiation.

    >>> last_digit_of_power(2, 10)
    4
    >>> last_digit_of_power(7, 0)
    1
    """
    return pow(base, exponent, 10)


def last_digit_of_factorial(n: int) -> int:
    """Find the last digit of the factorial of a number.

    Also: units digit of n factorial; final digit of n!.

    >>> last_digit_of_factorial(4)
    4
    >>> last_digit_of_factorial(10)
    0
    """
    return math.factorial(n) % 10 if n < 5 else 0


def trailing_zeros_of_factorial(n: int) -> int:
    """Count the trailing zeros of the factorial of a number.

    Also: how many zeros does n factorial end with; zeros at the end of n!.

    >>> trailing_zeros_of_factorial(25)
    6
    >>> trailing_zeros_of_factorial(4)
    0
    """
    zeros = 0
    while n > 0:
        n //= 5
        zeros += n
    return zeros


def length_of_decimal_cycle(n: int) -> int:
    """Find the length of the repeating part of the decimal fraction of 1/n.

    Also: recurring cycle; period of the reciprocal; 0 if the decimals end.

    >>> length_of_decimal_cycle(7)
    6
    >>> length_of_decimal_cycle(8)
    0
    >>> length_of_decimal_cycle(12)
    1
    """
    for prime in (2, 5):
        while n and n % prime == 0:
            n //= prime
    return multiplicative_order(10, n) if n > 1 else 0


def solve_diophantine(a: int, b: int, c: int) -> list[tuple[int, int]]:
    """List the non-negative integers x and y with a*x + b*y = c, for positive a and b.

    Also: solve a linear Diophantine equation; ways to make c from lots of a and b.

    >>> solve_diophantine(2, 3, 12)
    [(0, 4), (3, 2), (6, 0)]
    >>> solve_diophantine(4, 6, 7)
    []
    """
    return [(x, (c - a * x) // b) for x in range(c // a + 1) if (c - a * x) % b == 0]


def has_integer_solution(a: int, b: int, c: int) -> bool:
    """Check whether a*x + b*y = c has a solution in integers.

    Also: is the linear Diophantine equation solvable; does the gcd divide the right side.

    >>> has_integer_solution(6, 9, 12)
    True
    >>> has_integer_solution(6, 9, 10)
    False
    """
    divisor = math.gcd(a, b)
    return c % divisor == 0 if divisor else c == 0
