"""Figurate numbers in the plane: polygonal, centred, star-shaped."""

from __future__ import annotations


def triangular_number(n: int) -> int:
    """Find the nth triangular number.

    Also: sum of the numbers from 1 to n; triangle number; balls stacked in a triangle.

    >>> triangular_number(4)
    10
    >>> triangular_number(0)
    0
    """
    return n * (n + 1) // 2


def first_triangular_numbers(n: int) -> list[int]:
    """List the first n triangular numbers.

    Also: generate triangle numbers from one; sequence 1, 3, 6, 10, 15.

    >>> first_triangular_numbers(5)
    [1, 3, 6, 10, 15]
    >>> first_triangular_numbers(0)
    []
    """
    return [k * (k + 1) // 2 for k in range(1, n + 1)]


def square_number(n: int) -> int:
    """Find the nth square number.

    Also: dots in a square of side n; n-th perfect square.

    >>> square_number(7)
    49
    >>> square_number(1)
    1
    """
    return n * n


def pentagonal_number(n: int) -> int:
    """Find the nth pentagonal number.

    Also: five-sided figurate number; dots in nested pentagons.

    >>> pentagonal_number(4)
    22
    >>> pentagonal_number(1)
    1
    """
    return n * (3 * n - 1) // 2


def hexagonal_number(n: int) -> int:
    """Find the nth hexagonal number.

    Also: six-sided figurate number; dots in nested hexagons.

    >>> hexagonal_number(4)
    28
    >>> hexagonal_number(1)
    1
    """
    return n * (2 * n - 1)


def heptagonal_number(n: int) -> int:
    """Find the nth heptagonal number.

    Also: seven-sided figurate number; dots in nested heptagons.

    >>> heptagonal_number(4)
    34
    >>> heptagonal_number(1)
    1
    """
    return n * (5 * n - 3) // 2


def octagonal_number(n: int) -> int:
    """Find the nth octagonal number.

    Also: eight-sided figurate number; dots in nested octagons.

    >>> octagonal_number(4)
    40
    >>> octagonal_number(1)
    1
    """
    return n * (3 * n - 2)


def nonagonal_number(n: int) -> int:
    """Find the nth nonagonal number.

    Also: nine-sided figurate number; enneagonal number.

    >>> nonagonal_number(4)
    46
    >>> nonagonal_number(1)
    1
    """
    return n * (7 * n - 5) // 2


def decagonal_number(n: int) -> int:
    """Find the nth decagonal number.

    Also: ten-sided figurate number; dots in nested decagons.

    >>> decagonal_number(4)
    52
    >>> decagonal_number(1)
    1
    """
    return n * (4 * n - 3)


def polygonal_number(sides: int, n: int) -> int:
    """Find the nth polygonal number of a polygon with a given number of sides.

    Also: s-gonal number; general figurate number.

    >>> polygonal_number(3, 4)
    10
    >>> polygonal_number(5, 4)
    22
    """
    return ((sides - 2) * n * n - (sides - 4) * n) // 2


def pronic_number(n: int) -> int:
    """Find the nth pronic number.

    Also: rectangular number; oblong number; n times n plus one.

    >>> pronic_number(4)
    20
    >>> pronic_number(0)
    0
    """
    return n * (n + 1)


def centered_triangular_number(n: int) -> int:
    """Find the nth centred triangular number.

    Also: centered triangle number; the first is 1.

    >>> centered_triangular_number(3)
    10
    >>> centered_triangular_number(1)
    1
    """
    return (3 * n * n - 3 * n + 2) // 2


def centered_square_number(n: int) -> int:
    """Find the nth centred square number.

    Also: centered square; dot surrounded by squares of dots; the first is 1.

    >>> centered_square_number(3)
    13
    >>> centered_square_number(1)
    1
    """
    return n * n + (n - 1) ** 2


def centered_pentagonal_number(n: int) -> int:
    """Find the nth centred pentagonal number.

    Also: centered pentagon number; the first is 1.

    >>> centered_pentagonal_number(3)
    16
    >>> centered_pentagonal_number(1)
    1
    """
    return (5 * n * n - 5 * n + 2) // 2


def centered_hexagonal_number(n: int) -> int:
    """Find the nth centred hexagonal number.

    Also: hex number; centered hexagon number; difference of neighbouring cubes.

    >>> centered_hexagonal_number(3)
    19
    >>> centered_hexagonal_number(1)
    1
    """
    return 3 * n * (n - 1) + 1


def centered_heptagonal_number(n: int) -> int:
    """Find the nth centred heptagonal number.

    Also: centered seven-sided number; the first is 1.

    >>> centered_heptagonal_number(3)
    22
    >>> centered_heptagonal_number(1)
    1
    """
    return (7 * n * n - 7 * n + 2) // 2


def centered_octagonal_number(n: int) -> int:
    """Find the nth centred octagonal number.

    Also: centered eight-sided number; square of the nth odd number.

    >>> centered_octagonal_number(3)
    25
    >>> centered_octagonal_number(1)
    1
    """
    return (2 * n - 1) ** 2


def centered_polygonal_number(sides: int, n: int) -> int:
    """Find the nth centred polygonal number for a given number of sides.

    Also: centered s-gonal number; dot with n - 1 polygons around it.

    >>> centered_polygonal_number(6, 3)
    19
    >>> centered_polygonal_number(4, 3)
    13
    """
    return sides * n * (n - 1) // 2 + 1


def star_number(n: int) -> int:
    """Find the nth star number.

    Also: centred twelve-sided number; dots of a six-pointed star.

    >>> star_number(3)
    37
    >>> star_number(1)
    1
    """
    return 6 * n * (n - 1) + 1


def gnomonic_number(n: int) -> int:
    """Find the nth gnomonic number.

    Also: the nth odd number; difference of neighbouring squares.

    >>> gnomonic_number(5)
    9
    >>> gnomonic_number(1)
    1
    """
    return 2 * n - 1


def lazy_caterer_number(n: int) -> int:
    """Find the greatest number of pieces that n straight cuts of a disc can give.

    Also: lazy caterer's sequence; central polygonal number; regions of a plane cut by lines.

    >>> lazy_caterer_number(3)
    7
    >>> lazy_caterer_number(0)
    1
    """
    return (n * n + n + 2) // 2


def cake_number(n: int) -> int:
    """Find the greatest number of pieces that n plane cuts of a cube can give.

    Also: cake number; regions of space cut by planes.

    >>> cake_number(3)
    8
    >>> cake_number(4)
    15
    """
    return (n**3 + 5 * n + 6) // 6


def generalized_pentagonal_numbers(n: int) -> list[int]:
    """List the first n generalised pentagonal numbers.

    Also: pentagonal numbers for the indices 0, 1, -1, 2, -2 and so on; sequence 0, 1, 2, 5, 7, 12,
    15.

    >>> generalized_pentagonal_numbers(7)
    [0, 1, 2, 5, 7, 12, 15]
    >>> generalized_pentagonal_numbers(0)
    []
    """
    indices = ((k + 1) // 2 if k % 2 else -(k // 2) for k in range(n))
    return [k * (3 * k - 1) // 2 for k in indices]
