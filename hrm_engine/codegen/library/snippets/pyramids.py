"""Figurate numbers in space: tetrahedral, pyramidal, cubic, and other stacked balls."""

from __future__ import annotations


def tetrahedral_number(n: int) -> int:
    """Find the nth tetrahedral number.

    Also: triangular pyramid of balls; sum of the first n triangular numbers.

    >>> tetrahedral_number(4)
    20
    >>> tetrahedral_number(1)
    1
    """
    return n * (n + 1) * (n + 2) // 6


def square_pyramidal_number(n: int) -> int:
    """Find the nth square pyramidal number.

    Also: cannonballs in a square pyramid; sum of the first n squares.

    >>> square_pyramidal_number(4)
    30
    >>> square_pyramidal_number(1)
    1
    """
    return n * (n + 1) * (2 * n + 1) // 6


def pentagonal_pyramidal_number(n: int) -> int:
    """Find the nth pentagonal pyramidal number.

    Also: sum of the first n pentagonal numbers; balls in a pyramid on a pentagon.

    >>> pentagonal_pyramidal_number(4)
    40
    >>> pentagonal_pyramidal_number(1)
    1
    """
    return n * n * (n + 1) // 2


def hexagonal_pyramidal_number(n: int) -> int:
    """Find the nth hexagonal pyramidal number.

    Also: sum of the first n hexagonal numbers; balls in a pyramid on a hexagon.

    >>> hexagonal_pyramidal_number(4)
    50
    >>> hexagonal_pyramidal_number(1)
    1
    """
    return n * (n + 1) * (4 * n - 1) // 6


def pyramidal_number(sides: int, n: int) -> int:
    """Find the nth pyramidal number whose base has a given number of sides.

    Also: s-gonal pyramidal number; sum of the first n polygonal numbers.

    >>> pyramidal_number(3, 4)
    20
    >>> pyramidal_number(4, 4)
    30
    """
    return n * (n + 1) * (n * (sides - 2) - (sides - 5)) // 6


def cubic_number(n: int) -> int:
    """Find the nth cube number.

    Also: balls stacked in a cube of side n; perfect cube.

    >>> cubic_number(4)
    64
    >>> cubic_number(1)
    1
    """
    return n * n * n


def centered_cube_number(n: int) -> int:
    """Find the nth centred cube number.

    Also: sum of two neighbouring cubes; the number for n = 0 is 1.

    >>> centered_cube_number(2)
    35
    >>> centered_cube_number(0)
    1
    """
    return n**3 + (n + 1) ** 3


def octahedral_number(n: int) -> int:
    """Find the nth octahedral number.

    Also: balls stacked in an octahedron; two square pyramids base to base.

    >>> octahedral_number(3)
    19
    >>> octahedral_number(1)
    1
    """
    return n * (2 * n * n + 1) // 3


def icosahedral_number(n: int) -> int:
    """Find the nth icosahedral number.

    Also: figurate number of the icosahedron; balls stacked in a body of twenty faces.

    >>> icosahedral_number(3)
    48
    >>> icosahedral_number(1)
    1
    """
    return n * (5 * n * n - 5 * n + 2) // 2


def dodecahedral_number(n: int) -> int:
    """Find the nth dodecahedral number.

    Also: figurate number of the dodecahedron; balls stacked in a body of twelve faces.

    >>> dodecahedral_number(3)
    84
    >>> dodecahedral_number(1)
    1
    """
    return n * (9 * n * n - 9 * n + 2) // 2


def stella_octangula_number(n: int) -> int:
    """Find the nth stella octangula number.

    Also: balls in a star tetrahedron; star polyhedron figurate number.

    >>> stella_octangula_number(3)
    51
    >>> stella_octangula_number(1)
    1
    """
    return n * (2 * n * n - 1)


def pentatope_number(n: int) -> int:
    """Find the nth pentatope number.

    Also: four-dimensional simplex number; sum of the first n tetrahedral numbers.

    >>> pentatope_number(4)
    35
    >>> pentatope_number(1)
    1
    """
    return n * (n + 1) * (n + 2) * (n + 3) // 24


def biquadratic_number(n: int) -> int:
    """Find the nth fourth power.

    Also: biquadratic number; n to the power of four.

    >>> biquadratic_number(3)
    81
    >>> biquadratic_number(0)
    0
    """
    return n * n * n * n


def rhombic_dodecahedral_number(n: int) -> int:
    """Find the nth rhombic dodecahedral number.

    Also: difference of neighbouring fourth powers; n to the fourth minus n - 1 to the fourth.

    >>> rhombic_dodecahedral_number(3)
    65
    >>> rhombic_dodecahedral_number(1)
    1
    """
    return n**4 - (n - 1) ** 4
