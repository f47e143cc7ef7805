"""Everyday arithmetic: parity, signs, rounding, roots, powers, comparing, fractions."""

from __future__ import annotations

import math
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction


def is_even(n: int) -> bool:
    """Check whether a number is even.

    Also: divisible by two; even integer test.

    >>> is_even(4)
    True
    >>> is_even(-3)
    False
    """
    return n % 2 == 0


def is_odd(n: int) -> bool:
    """Check whether a number is odd.

    Also: not divisible by two; odd integer test.

    >>> is_odd(7)
    True
    >>> is_odd(0)
    False
    """
    return n % 2 == 1


def sign(x: float) -> int:
    """Find the sign of a number as -1, 0 or 1.

    Also: signum; is it negative, zero or positive.

    >>> sign(-3.5)
    -1
    >>> sign(0)
    0
    >>> sign(12)
    1
    """
    return (x > 0) - (x < 0)


def have_opposite_signs(a: float, b: float) -> bool:
    """Check whether two numbers have opposite signs.

    Also: is one number negative and the other positive; do the signs differ.

    >>> have_opposite_signs(3, -4)
    True
    >>> have_opposite_signs(-3, -4)
    False
    >>> have_opposite_signs(0, -1)
    False
    """
    return a < 0 < b or b < 0 < a


def absolute_difference(a: float, b: float) -> float:
    """Find the absolute difference of two numbers.

    Also: the distance between two numbers; how far apart they are; magnitude of a minus b.

    >>> absolute_difference(3, 10)
    7
    >>> absolute_difference(-2, -5)
    3
    """
    return abs(a - b)


def quotient_and_remainder(a: int, b: int) -> tuple[int, int]:
    """Find the quotient and the remainder of dividing two numbers.

    Also: integer division with rest; divmod.

    >>> quotient_and_remainder(17, 5)
    (3, 2)
    >>> quotient_and_remainder(4, 9)
    (0, 4)
    """
    return divmod(a, b)


def ceiling_division(a: int, b: int) -> int:
    """Divide two integers and round up.

    Also: ceiling of the quotient; how many boxes of size b hold a items.

    >>> ceiling_division(7, 2)
    4
    >>> ceiling_division(8, 2)
    4
    """
    return -(-a // b)


def safe_divide(a: float, b: float) -> float:
    """Divide two numbers, giving 0 for a division by zero.

    Also: quotient without an error for a zero denominator; division that does not fail on zero.

    >>> safe_divide(9, 2)
    4.5
    >>> safe_divide(9, 0)
    0.0
    """
    return a / b if b else 0.0


def round_half_up(x: float) -> int:
    """Round a number to the nearest integer, halves upwards.

    Also: nearest whole number as taught at school, 2.5 becomes 3; round .5 up; commercial rounding.

    >>> round_half_up(2.5)
    3
    >>> round_half_up(2.4)
    2
    >>> round_half_up(-2.5)
    -2
    """
    whole = math.floor(x)
    return whole + (x - whole >= 0.5)


def round_to_places(x: float, places: int) -> float:
    """Round a number to so many decimal places.

    Also: keep n digits after the decimal point; limit the decimals of a float.

    >>> round_to_places(3.14159, 2)
    3.14
    >>> round_to_places(2.0, 3)
    2.0
    """
    return round(x, places)


def round_to_significant(x: float, digits: int) -> float:
    """Round a number to so many significant digits.

    Also: keep n significant figures; significant-figure rounding.

    >>> round_to_significant(1234.5, 2)
    1200.0
    >>> round_to_significant(0.012345, 3)
    0.0123
    >>> round_to_significant(0, 3)
    0.0
    """
    return float(f"{x:.{digits}g}")


def round_to_nearest_multiple(n: int, step: int) -> int:
    """Round a number to the nearest multiple of another number, halves upwards.

    Also: nearest ten; nearest hundred; closest number divisible by a step.

    >>> round_to_nearest_multiple(44, 10)
    40
    >>> round_to_nearest_multiple(45, 10)
    50
    >>> round_to_nearest_multiple(7, 5)
    5
    """
    return (2 * n + step) // (2 * step) * step


def round_up_to_multiple(n: int, step: int) -> int:
    """Round a number up to the next multiple of another number.

    Also: smallest multiple that is not smaller than n; next multiple of a step.

    >>> round_up_to_multiple(11, 5)
    15
    >>> round_up_to_multiple(10, 5)
    10
    """
    return -(-n // step) * step


def round_down_to_multiple(n: int, step: int) -> int:
    """Round a number down to the previous multiple of another number.

    Also: largest multiple of a number that is not larger than n; previous multiple of a step; floor
    to a step.

    >>> round_down_to_multiple(14, 5)
    10
    >>> round_down_to_multiple(10, 5)
    10
    """
    return n // step * step


def truncate_to_places(x: float, places: int) -> float:
    """Cut a number off after so many decimal places.

    Also: truncate decimals without rounding; drop the further digits.

    >>> truncate_to_places(3.999, 2)
    3.99
    >>> truncate_to_places(-1.15, 1)
    -1.1
    >>> truncate_to_places(1.15, 2)
    1.15
    """
    step = Decimal(1).scaleb(-places)
    return float(Decimal(str(x)).quantize(step, rounding=ROUND_DOWN))


def fractional_part(x: float) -> float:
    """Find the fractional part of a number.

    Also: digits after the decimal point; what is left when the whole part is removed.

    >>> fractional_part(3.25)
    0.25
    >>> fractional_part(-3.25)
    -0.25
    """
    return math.modf(x)[0]


def clamp(x: float, low: float, high: float) -> float:
    """Limit a number to a range.

    Also: clamp a value between a minimum and a maximum; clip; restrict to bounds.

    >>> clamp(15, 0, 10)
    10
    >>> clamp(-5, 0, 10)
    0
    >>> clamp(5, 0, 10)
    5
    """
    return max(low, min(x, high))


def is_between(x: float, low: float, high: float) -> bool:
    """Check whether a number lies in a range, both ends included.

    Also: is a value between two numbers; within bounds.

    >>> is_between(5, 1, 10)
    True
    >>> is_between(0, 1, 10)
    False
    >>> is_between(10, 1, 10)
    True
    """
    return low <= x <= high


def largest_of_three(a: float, b: float, c: float) -> float:
    """Find the largest of three numbers.

    Also: maximum of three values; the biggest among a, b and c.

    >>> largest_of_three(3, 9, 4)
    9
    >>> largest_of_three(-1, -5, -3)
    -1
    """
    return max(a, b, c)


def smallest_of_three(a: float, b: float, c: float) -> float:
    """Find the smallest of three numbers.

    Also: minimum of three values; the least among a, b and c.

    >>> smallest_of_three(3, 9, 4)
    3
    >>> smallest_of_three(-1, -5, -3)
    -5
    """
    return min(a, b, c)


def middle_of_three(a: float, b: float, c: float) -> float:
    """Find the middle of three numbers.

    Also: median of three values; neither the largest nor the smallest.

    >>> middle_of_three(3, 9, 4)
    4
    >>> middle_of_three(5, 5, 1)
    5
    """
    return sorted((a, b, c))[1]


def square(x: float) -> float:
    """Find the square of a number.

    Also: multiply a number by itself; raise to the second power.

    >>> square(5)
    25
    >>> square(-1.5)
    2.25
    """
    return x * x


def cube(x: float) -> float:
    """Find the cube of a number.

    Also: raise to the third power; a number times itself twice.

    >>> cube(3)
    27
    >>> cube(-2)
    -8
    """
    return x * x * x


def power(base: float, exponent: int) -> float:
    """Raise a number to a whole power by repeated squaring.

    Also: base to the exponent; exponentiation; fast power; a raised to b.

    >>> power(2, 10)
    1024
    >>> power(5, 0)
    1
    >>> power(2, -2)
    0.25
    """
    if exponent < 0:
        return 1 / power(base, -exponent)
    result: float = 1
    while exponent:
        if exponent % 2:
            result *= base
        base *= base
        exponent //= 2
    return result


def add_fractions(a: int, b: int, c: int, d: int) -> tuple[int, int]:
    """Add the fractions a/b and c/d in lowest terms.

    Also: sum of two fractions as numerator and denominator; fraction addition with simplification.

    >>> add_fractions(1, 2, 1, 3)
    (5, 6)
    >>> add_fractions(1, 4, 1, 4)
    (1, 2)
    """
    total = Fraction(a, b) + Fraction(c, d)
    return total.numerator, total.denominator


def simplify_fraction(numerator: int, denominator: int) -> tuple[int, int]:
    """Reduce a fraction to lowest terms.

    Also: simplify a fraction; cancel the common factor of numerator and denominator.

    >>> simplify_fraction(6, 8)
    (3, 4)
    >>> simplify_fraction(3, -6)
    (-1, 2)
    """
    fraction = Fraction(numerator, denominator)
    return fraction.numerator, fraction.denominator
