"""Fractions, ratios and proportions with whole numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction


def subtract_fractions(a: int, b: int, c: int, d: int) -> tuple[int, int]:
    """Subtract the fraction c/d from a/b in lowest terms.

    Also: difference of two fractions as numerator and denominator; fraction subtraction.

    >>> subtract_fractions(1, 2, 1, 3)
    (1, 6)
    >>> subtract_fractions(1, 4, 1, 4)
    (0, 1)
    """
    result = Fraction(a, b) - Fraction(c, d)
    return result.numerator, result.denominator


def multiply_fractions(a: int, b: int, c: int, d: int) -> tuple[int, int]:
    """Multiply the fractions a/b and c/d in lowest terms.

    Also: product of two fractions as numerator and denominator; fraction multiplication.

    >>> multiply_fractions(2, 3, 3, 4)
    (1, 2)
    >>> multiply_fractions(0, 5, 1, 2)
    (0, 1)
    """
    result = Fraction(a, b) * Fraction(c, d)
    return result.numerator, result.denominator


def divide_fractions(a: int, b: int, c: int, d: int) -> tuple[int, int]:
    """Divide the fraction a/b by c/d in lowest terms.

    Also: quotient of two fractions; multiply by the reciprocal.

    >>> divide_fractions(1, 2, 3, 4)
    (2, 3)
    >>> divide_fractions(1, 3, 1, 3)
    (1, 1)
    """
    result = Fraction(a, b) / Fraction(c, d)
    return result.numerator, result.denominator


def compare_fractions(a: int, b: int, c: int, d: int) -> int:
    """Compare the fractions a/b and c/d: -1 if the first is smaller, 0 if equal, else 1.

    Also: which of two fractions is larger; exact comparison.

    >>> compare_fractions(1, 2, 2, 3)
    -1
    >>> compare_fractions(2, 4, 1, 2)
    0
    """
    first, second = Fraction(a, b), Fraction(c, d)
    return (first > second) - (first < second)


def are_equal_fractions(a: int, b: int, c: int, d: int) -> bool:
    """Check whether the fractions a/b and c/d are equal.

    Also: equivalent fractions; cross multiplication; same proportion.

    >>> are_equal_fractions(1, 2, 3, 6)
    True
    >>> are_equal_fractions(1, 2, 2, 3)
    False
    """
    return a * d == b * c


def mixed_number(numerator: int, denominator: int) -> tuple[int, int, int]:
    """Convert an improper fraction to a whole number and a proper fraction.

    Also: mixed number; whole part, numerator and denominator in lowest terms.

    >>> mixed_number(7, 3)
    (2, 1, 3)
    >>> mixed_number(6, 4)
    (1, 1, 2)
    """
    whole, rest = divmod(numerator, denominator)
    left = Fraction(rest, denominator)
    return whole, left.numerator, left.denominator


def improper_fraction(whole: int, numerator: int, denominator: int) -> tuple[int, int]:
    """Convert a mixed number to an improper fraction.

    Also: whole number and fraction to one fraction; mixed to improper.

    >>> improper_fraction(2, 1, 3)
    (7, 3)
    >>> improper_fraction(0, 1, 2)
    (1, 2)
    """
    return whole * denominator + numerator, denominator


def decimal_to_fraction(text: str) -> tuple[int, int]:
    """Convert a decimal number written as text to a fraction in lowest terms.

    Also: 0.75 as numerator and denominator; rational number.

    >>> decimal_to_fraction('0.75')
    (3, 4)
    >>> decimal_to_fraction('-1.2')
    (-6, 5)
    """
    fraction = Fraction(text)
    return fraction.numerator, fraction.denominator


def fraction_to_decimal(numerator: int, denominator: int) -> str:
    """Write a positive fraction as a decimal, repeating digits in parentheses.

    Also: recurring decimal; period of a fraction.

    >>> fraction_to_decimal(1, 3)
    '0.(3)'
    >>> fraction_to_decimal(1, 4)
    '0.25'
    >>> fraction_to_decimal(7, 6)
    '1.1(6)'
    """
    whole, rest = divmod(numerator, denominator)
    digits = ""
    seen: dict[int, int] = {}
    while rest and rest not in seen:
        seen[rest] = len(digits)
        digit, rest = divmod(10 * rest, denominator)
        digits += str(digit)
    if rest:
        start = seen[rest]
        digits = f"{digits[:start]}({digits[start:]})"
    return f"{whole}.{digits}" if digits else str(whole)


def continued_fraction(numerator: int, denominator: int) -> list[int]:
    """Expand a fraction as a continued fraction.

    Also: partial quotients; Euclid's algorithm on a rational number.

    >>> continued_fraction(415, 93)
    [4, 2, 6, 7]
    >>> continued_fraction(3, 1)
    [3]
    """
    quotients = []
    while denominator:
        quotients.append(numerator // denominator)
        numerator, denominator = denominator, numerator % denominator
    return quotients


def from_continued_fraction(quotients: Sequence[int]) -> tuple[int, int]:
    """Find the fraction of a continued fraction.

    Also: convergent; value of partial quotients as numerator and denominator.

    >>> from_continued_fraction([4, 2, 6, 7])
    (415, 93)
    >>> from_continued_fraction([3])
    (3, 1)
    """
    numerator, denominator = 1, 0
    for quotient in reversed(quotients):
        numerator, denominator = quotient * numerator + denominator, numerator
    return numerator, denominator


def egyptian_fraction(numerator: int, denominator: int) -> list[int]:
    """Write a fraction below one as a sum of different unit fractions: their denominators.

    Also: Egyptian fraction; greedy algorithm of Fibonacci.

    >>> egyptian_fraction(6, 14)
    [3, 11, 231]
    >>> egyptian_fraction(1, 2)
    [2]
    """
    denominators = []
    while numerator > 0:
        unit = -(-denominator // numerator)
        denominators.append(unit)
        numerator, denominator = numerator * unit - denominator, denominator * unit
    return denominators


def simplify_ratio(a: int, b: int) -> tuple[int, int]:
    """Simplify the ratio of two numbers.

    Also: aspect ratio; reduce a proportion such as 1920 to 1080.

    >>> simplify_ratio(1920, 1080)
    (16, 9)
    >>> simplify_ratio(5, 7)
    (5, 7)
    """
    divisor = math.gcd(a, b) or 1
    return a // divisor, b // divisor


def divide_in_ratio(amount: float, parts: Sequence[float]) -> list[float]:
    """Divide an amount in a given ratio.

    Also: share money proportionally; split by weights.

    >>> divide_in_ratio(100, [1, 3])
    [25.0, 75.0]
    >>> divide_in_ratio(9, [1, 1, 1])
    [3.0, 3.0, 3.0]
    """
    return [amount * part / sum(parts) for part in parts]


def solve_proportion(a: float, b: float, c: float) -> float:
    """Find x in the proportion a to b as c to x.

    Also: rule of three; cross multiplication; direct proportion.

    >>> solve_proportion(2, 10, 3)
    15.0
    >>> solve_proportion(4, 2, 1)
    0.5
    """
    return b * c / a


def solve_inverse_proportion(a: float, b: float, c: float) -> float:
    """Find the amount that belongs to c when a belongs to b and the products stay equal.

    Also: inverse rule of three; more workers need fewer days.

    >>> solve_inverse_proportion(4, 6, 8)
    3.0
    >>> solve_inverse_proportion(1, 5, 2)
    2.5
    """
    return a * b / c


def work_together(a: float, b: float) -> float:
    """Find the time that two workers need together from the times of each alone.

    Also: combined work rate; two pipes fill a tank.

    >>> work_together(3, 6)
    2.0
    >>> work_together(4, 4)
    2.0
    """
    return a * b / (a + b)


def mix_concentrations(amounts: Sequence[float], percents: Sequence[float]) -> float:
    """Find the concentration of a mixture in per cent.

    Also: mixing solutions; weighted average of strengths.

    >>> mix_concentrations([1, 3], [40, 20])
    25.0
    >>> mix_concentrations([2], [7])
    7.0
    """
    total = sum(amount * percent for amount, percent in zip(amounts, percents, strict=True))
    return total / sum(amounts)


def sum_of_fractions(pairs: Sequence[Sequence[int]]) -> tuple[int, int]:
    """Add a list of fractions given as numerators and denominators.

    Also: total of fractions in lowest terms; add several fractions.

    >>> sum_of_fractions([(1, 2), (1, 3), (1, 6)])
    (1, 1)
    >>> sum_of_fractions([])
    (0, 1)
    """
    total = sum((Fraction(a, b) for a, b in pairs), Fraction(0))
    return total.numerator, total.denominator


def closest_fraction(x: float, limit: int) -> tuple[int, int]:
    """Find the fraction closest to a number with a denominator up to a limit.

    Also: best rational approximation; approximate a decimal by a fraction.

    >>> closest_fraction(3.14159, 10)
    (22, 7)
    >>> closest_fraction(0.5, 5)
    (1, 2)
    """
    fraction = Fraction(x).limit_denominator(limit)
    return fraction.numerator, fraction.denominator
