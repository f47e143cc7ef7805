"""Triangles: areas, angles, sides, kinds. Angles are in degrees."""

from __future__ import annotations

import math


def triangle_area(base: float, height: float) -> float:
    """Find the area of a triangle from its base and height.

    Also: half of base times height; surface of a triangle; base and altitude.

    >>> triangle_area(5, 6)
    15.0
    >>> triangle_area(3, 5)
    7.5
    """
    return base * height / 2


def triangle_area_from_sides(a: float, b: float, c: float) -> float:
    """Find the area of a triangle from its three sides.

    Also: Heron's formula; triangle surface from a, b and c.

    >>> triangle_area_from_sides(3, 4, 5)
    6.0
    >>> triangle_area_from_sides(2, 2, 2)
    1.7320508075688772
    """
    half = (a + b + c) / 2
    return math.sqrt(half * (half - a) * (half - b) * (half - c))


def triangle_area_from_angle(a: float, b: float, angle: float) -> float:
    """Find the area of a triangle from two sides and the angle between them.

    Also: half the product of two sides and the sine of the included angle in degrees; side-angle-
    side area.

    >>> triangle_area_from_angle(4, 5, 90)
    10.0
    >>> triangle_area_from_angle(2, 3, 90)
    3.0
    """
    return a * b * math.sin(math.radians(angle)) / 2


def triangle_perimeter(a: float, b: float, c: float) -> float:
    """Find the perimeter of a triangle.

    Also: sum of the three sides; distance around a triangle.

    >>> triangle_perimeter(3, 4, 5)
    12
    >>> triangle_perimeter(1.5, 2, 2)
    5.5
    """
    return a + b + c


def equilateral_triangle_area(side: float) -> float:
    """Find the area of an equilateral triangle.

    Also: triangle with three equal sides, from its side; regular triangle surface.

    >>> equilateral_triangle_area(2)
    1.7320508075688772
    >>> equilateral_triangle_area(4)
    6.928203230275509
    """
    return math.sqrt(3) * side**2 / 4


def equilateral_triangle_height(side: float) -> float:
    """Find the height of an equilateral triangle.

    Also: altitude of a triangle with three equal sides; how tall is a regular triangle.

    >>> equilateral_triangle_height(2)
    1.7320508075688772
    >>> equilateral_triangle_height(10)
    8.660254037844386
    """
    return math.sqrt(3) * side / 2


def isosceles_triangle_area(base: float, leg: float) -> float:
    """Find the area of an isosceles triangle from its base and one of its equal sides.

    Also: triangle with two equal legs; surface of a triangle with a base and two legs.

    >>> isosceles_triangle_area(6, 5)
    12.0
    >>> isosceles_triangle_area(8, 5)
    12.0
    """
    return base * math.sqrt(leg**2 - base**2 / 4) / 2


def hypotenuse(a: float, b: float) -> float:
    """Find the hypotenuse of a right triangle.

    Also: Pythagorean theorem; longest side from the two legs.

    >>> hypotenuse(3, 4)
    5.0
    >>> hypotenuse(5, 12)
    13.0
    """
    return math.hypot(a, b)


def missing_leg(hypotenuse: float, leg: float) -> float:
    """Find the other leg of a right triangle from its hypotenuse and one leg.

    Also: third side by Pythagoras; missing cathetus.

    >>> missing_leg(5, 3)
    4.0
    >>> missing_leg(13, 12)
    5.0
    """
    return math.sqrt(hypotenuse**2 - leg**2)


def is_valid_triangle(a: float, b: float, c: float) -> bool:
    """Check whether three sides can form a triangle.

    Also: triangle inequality; any two sides are longer than the third.

    >>> is_valid_triangle(3, 4, 5)
    True
    >>> is_valid_triangle(1, 2, 3)
    False
    """
    return a + b > c and b + c > a and c + a > b


def are_triangle_angles(a: float, b: float, c: float) -> bool:
    """Check whether three angles in degrees can form a triangle.

    Also: do the angles add up to 180; all are positive.

    >>> are_triangle_angles(60, 60, 60)
    True
    >>> are_triangle_angles(90, 90, 0)
    False
    """
    return min(a, b, c) > 0 and a + b + c == 180


def third_angle(a: float, b: float) -> float:
    """Find the third angle of a triangle in degrees.

    Also: missing angle from the two others; remaining angle to 180 degrees.

    >>> third_angle(50, 60)
    70
    >>> third_angle(90, 45)
    45
    """
    return 180 - a - b


def is_right_triangle(a: int, b: int, c: int) -> bool:
    """Check whether three sides form a right-angled triangle.

    Also: right triangle test; does the Pythagorean theorem hold; Pythagorean triple.

    >>> is_right_triangle(5, 3, 4)
    True
    >>> is_right_triangle(2, 3, 4)
    False
    """
    x, y, z = sorted((a, b, c))
    return x > 0 and x * x + y * y == z * z


def is_equilateral(a: float, b: float, c: float) -> bool:
    """Check whether a triangle is equilateral.

    Also: are all three sides equal; regular triangle test.

    >>> is_equilateral(4, 4, 4)
    True
    >>> is_equilateral(4, 4, 5)
    False
    """
    return a == b == c


def is_isosceles(a: float, b: float, c: float) -> bool:
    """Check whether a triangle is isosceles.

    Also: are at least two sides equal; two sides of the same length.

    >>> is_isosceles(4, 5, 4)
    True
    >>> is_isosceles(3, 4, 5)
    False
    """
    return len({a, b, c}) < 3


def is_scalene(a: float, b: float, c: float) -> bool:
    """Check whether a triangle is scalene.

    Also: are all three sides different; no two sides are equal.

    >>> is_scalene(3, 4, 5)
    True
    >>> is_scalene(4, 5, 4)
    False
    """
    return len({a, b, c}) == 3


def triangle_kind(a: float, b: float, c: float) -> str:
    """Tell whether a triangle is equilateral, isosceles or scalene.

    Also: classify a triangle by its sides; type of triangle.

    >>> triangle_kind(3, 3, 3)
    'equilateral'
    >>> triangle_kind(3, 3, 4)
    'isosceles'
    >>> triangle_kind(3, 4, 5)
    'scalene'
    """
    return {1: "equilateral", 2: "isosceles", 3: "scalene"}[len({a, b, c})]


def triangle_kind_by_angle(a: int, b: int, c: int) -> str:
    """Tell whether a triangle is acute, right or obtuse from its sides.

    Also: classify a triangle by its largest angle; largest angle below, equal to or above 90
    degrees.

    >>> triangle_kind_by_angle(3, 4, 5)
    'right'
    >>> triangle_kind_by_angle(2, 3, 4)
    'obtuse'
    >>> triangle_kind_by_angle(5, 5, 5)
    'acute'
    """
    x, y, z = sorted((a, b, c))
    rest = x * x + y * y - z * z
    return "right" if rest == 0 else "acute" if rest > 0 else "obtuse"


def side_by_law_of_cosines(a: float, b: float, angle: float) -> float:
    """Find the third side of a triangle from two sides and the angle between them.

    Also: law of cosines; cosine rule; angle in degrees.

    >>> side_by_law_of_cosines(3, 4, 90)
    5.0
    >>> side_by_law_of_cosines(6, 8, 90)
    10.0
    """
    return math.sqrt(a * a + b * b - 2 * a * b * math.cos(math.radians(angle)))


def angle_by_law_of_cosines(a: float, b: float, c: float) -> float:
    """Find the angle in degrees between the sides a and b of a triangle with third side c.

    Also: angle from three sides; law of cosines; the angle opposite to c.

    >>> angle_by_law_of_cosines(3, 4, 5)
    90.0
    >>> angle_by_law_of_cosines(1, 1, 2)
    180.0
    """
    return math.degrees(math.acos((a * a + b * b - c * c) / (2 * a * b)))


def inradius(a: float, b: float, c: float) -> float:
    """Find the radius of the circle inscribed in a triangle.

    Also: inradius from the three sides; incircle.

    >>> inradius(3, 4, 5)
    1.0
    >>> inradius(5, 12, 13)
    2.0
    """
    return 2 * triangle_area_from_sides(a, b, c) / (a + b + c)


def circumradius(a: float, b: float, c: float) -> float:
    """Find the radius of the circle through the corners of a triangle.

    Also: circumradius from the three sides; circumscribed circle.

    >>> circumradius(3, 4, 5)
    2.5
    >>> circumradius(6, 8, 10)
    5.0
    """
    return a * b * c / (4 * triangle_area_from_sides(a, b, c))


def pythagorean_triples(limit: int) -> list[tuple[int, int, int]]:
    """List the Pythagorean triples with a hypotenuse up to a limit.

    Also: whole sides a, b, c of right triangles with a squared plus b squared equal c squared;
    integer right triangles.

    >>> pythagorean_triples(13)
    [(3, 4, 5), (5, 12, 13), (6, 8, 10)]
    >>> pythagorean_triples(4)
    []
    """
    found = []
    for a in range(1, limit):
        for b in range(a, limit):
            c = math.isqrt(a * a + b * b)
            if c <= limit and c * c == a * a + b * b:
                found.append((a, b, c))
    return found


def median_of_triangle(a: float, b: float, c: float) -> float:
    """Find the length of the median of a triangle to its side a.

    Also: line from a corner to the middle of the opposite side; Apollonius' theorem.

    >>> median_of_triangle(6, 5, 5)
    4.0
    >>> median_of_triangle(10, 6, 8)
    5.0
    """
    return math.sqrt(2 * b * b + 2 * c * c - a * a) / 2


def triangle_height(area: float, base: float) -> float:
    """Find the height of a triangle from its area and base.

    Also: altitude to a side; twice the area over the base.

    >>> triangle_height(15, 5)
    6.0
    >>> triangle_height(6, 4)
    3.0
    """
    return 2 * area / base
