"""Plane figures: areas, perimeters, diagonals of quadrilaterals and polygons."""

from __future__ import annotations

import math
from collections.abc import Sequence


def square_area(side: float) -> float:
    """Find the area of a square.

    Also: how large a square is from its side length; side times side.

    >>> square_area(4)
    16
    >>> square_area(0)
    0
    """
    return side * side


def square_perimeter(side: float) -> float:
    """Find the perimeter of a square.

    Also: distance around a square from its side; four times the side.

    >>> square_perimeter(4)
    16
    >>> square_perimeter(2.5)
    10.0
    """
    return 4 * side


def square_diagonal(side: float) -> float:
    """Find the diagonal of a square.

    Also: corner-to-corner length of a square from its side; side times the root of two.

    >>> square_diagonal(1)
    1.4142135623730951
    >>> square_diagonal(5)
    7.0710678118654755
    """
    return side * math.sqrt(2)


def square_side_from_area(area: float) -> float:
    """Find the side of a square from its area.

    Also: length of the edge of a square of a given area; root of the area.

    >>> square_side_from_area(25)
    5.0
    >>> square_side_from_area(2)
    1.4142135623730951
    """
    return math.sqrt(area)


def rectangle_area(length: float, width: float) -> float:
    """Find the area of a rectangle.

    Also: length times width; surface of a rectangular plot.

    >>> rectangle_area(4, 3)
    12
    >>> rectangle_area(2.5, 2)
    5.0
    """
    return length * width


def rectangle_perimeter(length: float, width: float) -> float:
    """Find the perimeter of a rectangle.

    Also: distance around a rectangle; fence around a rectangular plot.

    >>> rectangle_perimeter(4, 3)
    14
    >>> rectangle_perimeter(1.5, 2)
    7.0
    """
    return 2 * (length + width)


def rectangle_diagonal(length: float, width: float) -> float:
    """Find the diagonal of a rectangle.

    Also: corner-to-corner length of a rectangle from its sides; Pythagoras on length and width.

    >>> rectangle_diagonal(3, 4)
    5.0
    >>> rectangle_diagonal(1, 1)
    1.4142135623730951
    """
    return math.hypot(length, width)


def parallelogram_area(base: float, height: float) -> float:
    """Find the area of a parallelogram.

    Also: base times height of a slanted rectangle; surface of a parallelogram.

    >>> parallelogram_area(5, 3)
    15
    >>> parallelogram_area(2, 0.5)
    1.0
    """
    return base * height


def parallelogram_perimeter(a: float, b: float) -> float:
    """Find the perimeter of a parallelogram.

    Also: distance around a parallelogram from two neighbouring sides; twice the sum of two sides.

    >>> parallelogram_perimeter(5, 3)
    16
    >>> parallelogram_perimeter(1, 2.5)
    7.0
    """
    return 2 * (a + b)


def rhombus_area(first: float, second: float) -> float:
    """Find the area of a rhombus from its diagonals.

    Also: half the product of the diagonals; area of a kite.

    >>> rhombus_area(10, 6)
    30.0
    >>> rhombus_area(3, 5)
    7.5
    """
    return first * second / 2


def rhombus_perimeter(side: float) -> float:
    """Find the perimeter of a rhombus.

    Also: four times the side of a rhombus; distance around a diamond.

    >>> rhombus_perimeter(7)
    28
    >>> rhombus_perimeter(1.5)
    6.0
    """
    return 4 * side


def rhombus_side(first: float, second: float) -> float:
    """Find the side of a rhombus from its diagonals.

    Also: edge of a diamond; half the hypotenuse of the two diagonals.

    >>> rhombus_side(6, 8)
    5.0
    >>> rhombus_side(10, 24)
    13.0
    """
    return math.hypot(first, second) / 2


def trapezium_area(a: float, b: float, height: float) -> float:
    """Find the area of a trapezium.

    Also: trapezoid area from its parallel sides and its height; mean of the bases times the height.

    >>> trapezium_area(6, 9, 4)
    30.0
    >>> trapezium_area(2, 3, 1)
    2.5
    """
    return (a + b) / 2 * height


def trapezium_median(a: float, b: float) -> float:
    """Find the length of the median of a trapezium.

    Also: midsegment of a trapezoid; average of its parallel sides.

    >>> trapezium_median(6, 9)
    7.5
    >>> trapezium_median(2, 4)
    3.0
    """
    return (a + b) / 2


def kite_perimeter(a: float, b: float) -> float:
    """Find the perimeter of a kite.

    Also: distance around a kite from its two different sides; twice the sum of the two side
    lengths.

    >>> kite_perimeter(3, 5)
    16
    >>> kite_perimeter(2, 2)
    8
    """
    return 2 * (a + b)


def cyclic_quadrilateral_area(sides: Sequence[float]) -> float:
    """Find the area of a cyclic quadrilateral from its four sides.

    Also: Brahmagupta's formula; quadrilateral inscribed in a circle.

    >>> cyclic_quadrilateral_area([3, 4, 3, 4])
    12.0
    >>> cyclic_quadrilateral_area([1, 1, 1, 1])
    1.0
    """
    half = sum(sides) / 2
    return math.sqrt(math.prod(half - side for side in sides))


def regular_polygon_area(sides: int, length: float) -> float:
    """Find the area of a regular polygon.

    Also: area of an n-gon from the number of its sides and their length; equal-sided polygon
    surface.

    >>> regular_polygon_area(6, 2)
    10.392304845413264
    >>> regular_polygon_area(3, 2)
    1.7320508075688779
    """
    return sides * length**2 / (4 * math.tan(math.pi / sides))


def regular_polygon_perimeter(sides: int, length: float) -> float:
    """Find the perimeter of a regular polygon.

    Also: number of sides times the side length; distance around an n-gon.

    >>> regular_polygon_perimeter(6, 5)
    30
    >>> regular_polygon_perimeter(3, 1.5)
    4.5
    """
    return sides * length


def pentagon_area(side: float) -> float:
    """Find the area of a regular pentagon.

    Also: how large is a pentagon with equal sides; five-sided figure surface from its edge.

    >>> pentagon_area(2)
    6.881909602355868
    >>> pentagon_area(1)
    1.720477400588967
    """
    return math.sqrt(5 * (5 + 2 * math.sqrt(5))) * side**2 / 4


def hexagon_area(side: float) -> float:
    """Find the area of a regular hexagon.

    Also: how large is a hexagon with equal sides; six-sided figure surface from its edge.

    >>> hexagon_area(2)
    10.392304845413264
    >>> hexagon_area(1)
    2.598076211353316
    """
    return 3 * math.sqrt(3) * side**2 / 2


def octagon_area(side: float) -> float:
    """Find the area of a regular octagon.

    Also: how large is an octagon with equal sides; eight-sided figure surface from its edge.

    >>> octagon_area(1)
    4.82842712474619
    >>> octagon_area(3)
    43.45584412271571
    """
    return 2 * (1 + math.sqrt(2)) * side**2


def polygon_diagonals(sides: int) -> int:
    """Count the diagonals of a polygon.

    Also: number of diagonals of a convex n-gon; how many diagonals can be drawn.

    >>> polygon_diagonals(5)
    5
    >>> polygon_diagonals(3)
    0
    """
    return sides * (sides - 3) // 2


def polygon_interior_angle_sum(sides: int) -> int:
    """Find the sum of the interior angles of a polygon in degrees.

    Also: total of the inner angles of an n-gon; (n - 2) times 180.

    >>> polygon_interior_angle_sum(5)
    540
    >>> polygon_interior_angle_sum(3)
    180
    """
    return 180 * (sides - 2)


def regular_polygon_interior_angle(sides: int) -> float:
    """Find the interior angle of a regular polygon in degrees.

    Also: size of each inner angle of an n-gon; inside angle of equal-sided polygons.

    >>> regular_polygon_interior_angle(6)
    120.0
    >>> regular_polygon_interior_angle(5)
    108.0
    """
    return 180 * (sides - 2) / sides


def regular_polygon_exterior_angle(sides: int) -> float:
    """Find the exterior angle of a regular polygon in degrees.

    Also: size of each outer angle of an n-gon; 360 over the number of sides.

    >>> regular_polygon_exterior_angle(6)
    60.0
    >>> regular_polygon_exterior_angle(5)
    72.0
    """
    return 360 / sides


def sides_from_interior_angle(angle: float) -> int:
    """Find the number of sides of a regular polygon from its interior angle in degrees.

    Also: which n-gon has a given inner angle; how many sides a polygon has.

    >>> sides_from_interior_angle(120)
    6
    >>> sides_from_interior_angle(90)
    4
    """
    return round(360 / (180 - angle))
