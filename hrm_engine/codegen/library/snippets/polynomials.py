"""Polynomials as lists of coefficients from the constant up; interpolation; numeric sums."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise, zip_longest


def add_polynomials(a: Sequence[float], b: Sequence[float]) -> list[float]:
    """Add two polynomials given by their coefficients from the constant up.

    Also: sum of polynomials; coefficient lists of different lengths.

    >>> add_polynomials([1, 2], [3, 0, 5])
    [4, 2, 5]
    >>> add_polynomials([], [])
    []
    """
    return [p + q for p, q in zip_longest(a, b, fillvalue=0)]


def multiply_polynomials(a: Sequence[float], b: Sequence[float]) -> list[float]:
    """Multiply two polynomials given by their coefficients from the constant up.

    Also: product of polynomials; convolution of coefficient lists.

    >>> multiply_polynomials([1, 1], [1, 1])
    [1, 2, 1]
    >>> multiply_polynomials([], [1])
    []
    """
    product: list[float] = [0] * (len(a) + len(b) - 1 if a and b else 0)
    for i, p in enumerate(a):
        for j, q in enumerate(b):
            product[i + j] += p * q
    return product


def differentiate_polynomial(coefficients: Sequence[float]) -> list[float]:
    """Differentiate a polynomial given by its coefficients from the constant up.

    Also: derivative of a polynomial; power rule.

    >>> differentiate_polynomial([5, 3, 2])
    [3, 4]
    >>> differentiate_polynomial([7])
    []
    """
    return [power * value for power, value in enumerate(coefficients)][1:]


def integrate_polynomial(coefficients: Sequence[float]) -> list[float]:
    """Integrate a polynomial given by its coefficients from the constant up.

    Also: antiderivative of a polynomial with constant 0; indefinite integral of coefficients.

    >>> integrate_polynomial([3, 4])
    [0.0, 3.0, 2.0]
    >>> integrate_polynomial([])
    [0.0]
    """
    return [0.0, *(value / power for power, value in enumerate(coefficients, 1))]


def polynomial_at(coefficients: Sequence[float], x: float) -> float:
    """Find the value of a polynomial, coefficients from the constant up.

    Also: evaluate a polynomial; sum of coefficients times powers of x.

    >>> polynomial_at([1, 2, 3], 2)
    17
    >>> polynomial_at([], 5)
    0
    """
    result: float = 0
    for value in reversed(coefficients):
        result = result * x + value
    return result


def polynomial_to_text(coefficients: Sequence[int]) -> str:
    """Write a polynomial as text, coefficients from the constant up.

    Also: format a polynomial; show terms with x and powers.

    >>> polynomial_to_text([1, -2, 3])
    '3x^2 - 2x + 1'
    >>> polynomial_to_text([0])
    '0'
    >>> polynomial_to_text([0, 1])
    'x'
    """
    text = ""
    for power in range(len(coefficients) - 1, -1, -1):
        value = coefficients[power]
        if value:
            size = "" if abs(value) == 1 and power else str(abs(value))
            letter = "" if power == 0 else "x" if power == 1 else f"x^{power}"
            sign = (" - " if value < 0 else " + ") if text else "-" * (value < 0)
            text += sign + size + letter
    return text or "0"


def degree(coefficients: Sequence[float]) -> int:
    """Find the degree of a polynomial, -1 for the zero polynomial.

    Also: highest power with a coefficient that is not zero, coefficients from the constant up;
    order of a polynomial.

    >>> degree([1, 0, 3, 0])
    2
    >>> degree([0])
    -1
    """
    return max((power for power, value in enumerate(coefficients) if value), default=-1)


def polynomial_from_roots(roots: Sequence[float]) -> list[float]:
    """Find the coefficients, from the constant up, of the polynomial with the given roots.

    Also: expand a product of linear factors; monic polynomial.

    >>> polynomial_from_roots([1, 2])
    [2, -3, 1]
    >>> polynomial_from_roots([])
    [1]
    """
    product: list[float] = [1]
    for root in roots:
        product = [a - root * b for a, b in zip([0, *product], [*product, 0], strict=True)]
    return product


def divide_by_linear(coefficients: Sequence[float], root: float) -> tuple[list[float], float]:
    """Divide a polynomial by x - root: the quotient and the remainder.

    Also: synthetic division; Horner's scheme; coefficients from the highest power down.

    >>> divide_by_linear([1, -3, 2], 1)
    ([1, -2], 0)
    >>> divide_by_linear([2, 0, 1], 2)
    ([2, 4], 9)
    """
    row: list[float] = []
    carried: float = 0
    for value in coefficients:
        carried = carried * root + value
        row.append(carried)
    return row[:-1], carried


def vertex_of_parabola(a: float, b: float, c: float) -> tuple[float, float]:
    """Find the vertex of the parabola a*x^2 + b*x + c.

    Also: turning point of a quadratic function; extreme point.

    >>> vertex_of_parabola(1, -4, 3)
    (2.0, -1.0)
    >>> vertex_of_parabola(2, 0, 5)
    (0.0, 5.0)
    """
    x = 0.0 - b / (2 * a)
    return x, a * x * x + b * x + c


def interpolate_linearly(a: Sequence[float], b: Sequence[float], x: float) -> float:
    """Find the value at x on the straight line through two points.

    Also: linear interpolation; lerp between known values.

    >>> interpolate_linearly((0, 10), (10, 20), 5)
    15.0
    >>> interpolate_linearly((1, 1), (3, 5), 2)
    3.0
    """
    return a[1] + (b[1] - a[1]) * (x - a[0]) / (b[0] - a[0])


def interpolate_polynomially(points: Sequence[Sequence[int]], x: int) -> float:
    """Find the value at x of the polynomial of lowest degree through points.

    Also: Lagrange interpolation with exact fractions; curve through given points.

    >>> interpolate_polynomially([(0, 0), (1, 1), (2, 4)], 3)
    9.0
    >>> interpolate_polynomially([(1, 5)], 7)
    5.0
    """
    total = Fraction(0)
    for i, (xi, yi) in enumerate(points):
        term = Fraction(yi)
        for j, (xj, _) in enumerate(points):
            if i != j:
                term *= Fraction(x - xj, xi - xj)
        total += term
    return float(total)


def next_in_polynomial_sequence(values: Sequence[int]) -> int:
    """Predict the next number of a sequence from repeated differences.

    Also: extrapolate; continue a number series; difference table.

    >>> next_in_polynomial_sequence([1, 4, 9, 16])
    25
    >>> next_in_polynomial_sequence([2, 4, 6])
    8
    """
    if not any(values):
        return 0
    return values[-1] + next_in_polynomial_sequence([b - a for a, b in pairwise(values)])


def trapezoid_rule(values: Sequence[float], step: float) -> float:
    """Approximate an integral from evenly spaced values by the trapezoid rule.

    Also: numerical integration; area under a curve of samples.

    >>> trapezoid_rule([0, 1, 4], 1)
    3.0
    >>> trapezoid_rule([2, 2], 0.5)
    1.0
    """
    return step * sum((a + b) / 2 for a, b in pairwise(values))


def simpson_rule(values: Sequence[float], step: float) -> float:
    """Approximate an integral from an odd number of evenly spaced values by Simpson's rule.

    Also: numerical integration with parabolas; parabolic integration of samples.

    >>> simpson_rule([0, 1, 4], 1)
    2.6666666666666665
    >>> simpson_rule([3, 3, 3], 1)
    6.0
    """
    inner = 4 * sum(values[1:-1:2]) + 2 * sum(values[2:-1:2])
    return step * (values[0] + inner + values[-1]) / 3


def newton_sqrt_steps(x: float, guess: float, steps: int) -> list[float]:
    """List the guesses of Newton's method for a square root.

    Also: Babylonian iteration; successive approximations of a root.

    >>> newton_sqrt_steps(4, 1, 2)
    [1, 2.5, 2.05]
    >>> newton_sqrt_steps(9, 3, 0)
    [3]
    """
    guesses = [guess]
    for _ in range(steps):
        guesses.append((guesses[-1] + x / guesses[-1]) / 2)
    return guesses


def logistic_map(rate: float, start: float, steps: int) -> list[float]:
    """List the values of the logistic map.

    Also: population model x -> r*x*(1 - x); chaos.

    >>> logistic_map(2, 0.5, 2)
    [0.5, 0.5, 0.5]
    >>> logistic_map(4, 0.25, 1)
    [0.25, 0.75]
    """
    values = [start]
    for _ in range(steps):
        values.append(rate * values[-1] * (1 - values[-1]))
    return values
