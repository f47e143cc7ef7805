"""Roots, perfect powers, logarithms, equations, and numbers told apart by such tests."""

from __future__ import annotations

import math
from collections.abc import Sequence


def _root(n: int, k: int) -> int:
    """Largest whole number whose kth power is not above n >= 0."""
    low, high = 0, 1 << (n.bit_length() // k + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**k <= n else (low, middle - 1)
    return low


def is_perfect_square(n: int) -> bool:
    """Check whether a number is a perfect square.

    Also: is n the square of an integer; whole square root; square number test.

    >>> is_perfect_square(49)
    True
    >>> is_perfect_square(50)
    False
    >>> is_perfect_square(-4)
    False
    """
    return n >= 0 and math.isqrt(n) ** 2 == n


def is_perfect_cube(n: int) -> bool:
    """Check whether a number is a perfect cube.

    Also: is n the third power of an integer; whole cube root.

    >>> is_perfect_cube(27)
    True
    >>> is_perfect_cube(-8)
    True
    >>> is_perfect_cube(9)
    False
    """
    return _root(abs(n), 3) ** 3 == abs(n)


def is_perfect_power(n: int) -> bool:
    """Check whether a number is a perfect power.

    Also: can n be written as a whole number raised to an exponent of at least two; n equals a to
    the b.

    >>> is_perfect_power(32)
    True
    >>> is_perfect_power(12)
    False
    >>> is_perfect_power(1)
    True
    """
    return n > 0 and any(_root(n, k) ** k == n for k in range(2, n.bit_length() + 2))


def is_power_of(n: int, base: int) -> bool:
    """Check whether a number is a power of a given base.

    Also: is n equal to base raised to some whole exponent; power of three, four or ten.

    >>> is_power_of(81, 3)
    True
    >>> is_power_of(1, 5)
    True
    >>> is_power_of(12, 2)
    False
    >>> is_power_of(0, 3)
    False
    """
    if n < 1 or base < 2:
        return n == 1 or (n == base and n >= 0)
    while n % base == 0:
        n //= base
    return n == 1


def integer_square_root(n: int) -> int:
    """Find the square root of a number rounded down.

    Also: floor of the square root; largest integer whose square is not above n; isqrt.

    >>> integer_square_root(17)
    4
    >>> integer_square_root(0)
    0
    """
    return math.isqrt(n)


def square_root_newton(x: float) -> float:
    """Find the square root of a number by Newton's method.

    Also: Babylonian method; Heron's method; approximate a root without a library call.

    >>> square_root_newton(16)
    4.0
    >>> square_root_newton(0)
    0.0
    """
    if x == 0:
        return 0.0
    guess = float(max(x, 1))
    while (better := (guess + x / guess) / 2) < guess:
        guess = better
    return guess


def integer_cube_root(n: int) -> int:
    """Find the cube root of a non-negative number rounded down.

    Also: floor of the cube root; largest integer whose cube is not above n.

    >>> integer_cube_root(30)
    3
    >>> integer_cube_root(64)
    4
    """
    return _root(n, 3)


def nth_root(n: int, k: int) -> int:
    """Find the kth root of a non-negative number rounded down.

    Also: integer nth root; largest integer whose kth power is not above n.

    >>> nth_root(81, 4)
    3
    >>> nth_root(100, 2)
    10
    """
    return _root(n, k)


def next_perfect_square(n: int) -> int:
    """Find the smallest perfect square greater than a number.

    Also: the next square number after n; following square number.

    >>> next_perfect_square(35)
    36
    >>> next_perfect_square(36)
    49
    """
    return (math.isqrt(n) + 1) ** 2 if n >= 0 else 0


def nearest_perfect_square(n: int) -> int:
    """Find the perfect square closest to a number.

    Also: the nearest square number; closest square of an integer.

    >>> nearest_perfect_square(11)
    9
    >>> nearest_perfect_square(13)
    16
    """
    root = math.isqrt(max(n, 0))
    return min(root**2, (root + 1) ** 2, key=lambda candidate: abs(candidate - n))


def perfect_squares_between(low: int, high: int) -> list[int]:
    """List the perfect squares between two numbers, both included.

    Also: square numbers in a range from a to b; find squares within an interval.

    >>> perfect_squares_between(1, 30)
    [1, 4, 9, 16, 25]
    >>> perfect_squares_between(10, 15)
    []
    """
    roots = range(math.isqrt(max(high, 0)) + 1) if high >= 0 else range(0)
    return [root**2 for root in roots if root**2 >= low]


def count_perfect_squares_below(n: int) -> int:
    """Count the positive perfect squares less than n.

    Also: how many square numbers are below a limit; number of squares smaller than n.

    >>> count_perfect_squares_below(16)
    3
    >>> count_perfect_squares_below(1)
    0
    """
    return math.isqrt(n - 1) if n > 0 else 0


def is_sum_of_two_squares(n: int) -> bool:
    """Check whether a number is the sum of two squares.

    Also: can n be written as a squared plus b squared with integers; two square numbers added
    together make n.

    >>> is_sum_of_two_squares(25)
    True
    >>> is_sum_of_two_squares(7)
    False
    """
    return n >= 0 and any(is_perfect_square(n - a * a) for a in range(math.isqrt(n) + 1))


def is_difference_of_two_squares(n: int) -> bool:
    """Check whether a number is the difference of two squares.

    Also: can n be written as a squared minus b squared with integers; one square minus another
    makes n.

    >>> is_difference_of_two_squares(15)
    True
    >>> is_difference_of_two_squares(6)
    False
    """
    return n % 4 != 2


def is_product_of_consecutive_numbers(n: int) -> bool:
    """Check whether a number is the product of two consecutive integers.

    Also: pronic number; oblong number; heteromecic number.

    >>> is_product_of_consecutive_numbers(12)
    True
    >>> is_product_of_consecutive_numbers(8)
    False
    """
    root = math.isqrt(max(n, 0))
    return n == root * (root + 1)


def is_triangular_number(n: int) -> bool:
    """Check whether a number is triangular.

    Also: is n the sum of the first natural numbers; triangle number test.

    >>> is_triangular_number(10)
    True
    >>> is_triangular_number(8)
    False
    """
    return n >= 0 and is_perfect_square(8 * n + 1)


def is_fibonacci_number(n: int) -> bool:
    """Check whether a number is a Fibonacci number.

    Also: does n occur in the Fibonacci sequence; member of the Fibonacci series.

    >>> is_fibonacci_number(21)
    True
    >>> is_fibonacci_number(4)
    False
    """
    squares = (5 * n * n - 4, 5 * n * n + 4)
    return n >= 0 and any(map(is_perfect_square, squares))


def is_factorial_number(n: int) -> bool:
    """Check whether a number is a factorial.

    Also: is n equal to k factorial for some k; is the number of the form k!.

    >>> is_factorial_number(120)
    True
    >>> is_factorial_number(100)
    False
    """
    factor = 1
    while n > 1 and n % factor == 0:
        n //= factor
        factor += 1
    return n == 1


def integer_logarithm(n: int, base: int) -> int:
    """Find the logarithm of a positive number to a base, rounded down.

    Also: largest exponent for which the power of the base is not above n; floor of log to a base.

    >>> integer_logarithm(1000, 10)
    3
    >>> integer_logarithm(7, 2)
    2
    >>> integer_logarithm(1, 3)
    0
    """
    exponent = 0
    while n >= base > 1:
        n //= base
        exponent += 1
    return exponent


def solve_quadratic(a: float, b: float, c: float) -> tuple[float, ...]:
    """Find the real roots of the quadratic equation a*x^2 + b*x + c = 0.

    Also: solve a quadratic; zeros of a parabola, ascending; empty if there are none.

    >>> solve_quadratic(1, -3, 2)
    (1.0, 2.0)
    >>> solve_quadratic(1, 2, 1)
    (-1.0,)
    >>> solve_quadratic(1, 0, 1)
    ()
    """
    inner = b * b - 4 * a * c
    if inner < 0:
        return ()
    found = {(-b + sign * math.sqrt(inner)) / (2 * a) for sign in (-1, 1)}
    return tuple(sorted(found))


def discriminant(a: float, b: float, c: float) -> float:
    """Find the discriminant of a quadratic equation.

    Also: b squared minus four a c; tells how many real roots a quadratic has.

    >>> discriminant(1, -3, 2)
    1
    >>> discriminant(2, 1, 3)
    -23
    """
    return b * b - 4 * a * c


def solve_linear(a: float, b: float) -> float:
    """Find the root of the linear equation a*x + b = 0.

    Also: solve for x; where a straight line crosses zero.

    >>> solve_linear(2, -6)
    3.0
    >>> solve_linear(4, 2)
    -0.5
    """
    return -b / a


def solve_two_equations(first: Sequence[float], second: Sequence[float]) -> tuple[float, float]:
    """Solve two linear equations a*x + b*y = c, each given as (a, b, c).

    Also: system of two linear equations; Cramer's rule; where two lines meet.

    >>> solve_two_equations((1, 1, 3), (1, -1, 1))
    (2.0, 1.0)
    >>> solve_two_equations((2, 0, 4), (0, 5, 5))
    (2.0, 1.0)
    """
    (a, b, c), (d, e, f) = first, second
    determinant = a * e - b * d
    return (c * e - b * f) / determinant, (a * f - c * d) / determinant


def evaluate_polynomial(coefficients: Sequence[float], x: float) -> float:
    """Find the value of a polynomial, coefficients from the highest power down.

    Also: Horner's method; evaluate a polynomial at x.

    >>> evaluate_polynomial([2, -6, 2, -1], 3)
    5
    >>> evaluate_polynomial([], 4)
    0
    """
    result: float = 0
    for coefficient in coefficients:
        result = result * x + coefficient
    return result
