"""Circles, arcs, sectors, ellipses, and angles. Angles are in degrees unless said otherwise."""

from __future__ import annotations

import math


def circle_area(radius: float) -> float:
    """Find the area of a circle from its radius.

    Also: pi times r squared; surface of a disc.

    >>> circle_area(5)
    78.53981633974483
    >>> circle_area(0)
    0.0
    """
    return math.pi * radius**2


def circle_area_from_diameter(diameter: float) -> float:
    """Find the area of a circle from its diameter.

    Also: surface of a disc from its width; disc area by its diameter.

    >>> circle_area_from_diameter(10)
    78.53981633974483
    >>> circle_area_from_diameter(2)
    3.141592653589793
    """
    return math.pi * (diameter / 2) ** 2


def circle_circumference(radius: float) -> float:
    """Find the circumference of a circle.

    Also: perimeter of a circle; distance around a circle; two pi r.

    >>> circle_circumference(5)
    31.41592653589793
    >>> circle_circumference(1)
    6.283185307179586
    """
    return 2 * math.pi * radius


def circle_radius_from_area(area: float) -> float:
    """Find the radius of a circle from its area.

    Also: how wide is a disc of a given surface; square root of area over pi.

    >>> circle_radius_from_area(78.53981633974483)
    5.0
    >>> circle_radius_from_area(1)
    0.5641895835477563
    """
    return math.sqrt(area / math.pi)


def circle_radius_from_circumference(circumference: float) -> float:
    """Find the radius of a circle from its circumference.

    Also: radius from the distance around; perimeter over two pi.

    >>> circle_radius_from_circumference(10)
    1.5915494309189535
    >>> circle_radius_from_circumference(1)
    0.15915494309189535
    """
    return circumference / (2 * math.pi)


def ring_area(outer: float, inner: float) -> float:
    """Find the area between two circles with the same centre.

    Also: area of a ring; annulus from the outer and inner radius.

    >>> ring_area(5, 3)
    50.26548245743669
    >>> ring_area(2, 1)
    9.42477796076938
    """
    return math.pi * (outer**2 - inner**2)


def semicircle_area(radius: float) -> float:
    """Find the area of a semicircle.

    Also: half of a disc; half a circle's surface.

    >>> semicircle_area(2)
    6.283185307179586
    >>> semicircle_area(5)
    39.269908169872416
    """
    return math.pi * radius**2 / 2


def semicircle_perimeter(radius: float) -> float:
    """Find the perimeter of a semicircle, the diameter included.

    Also: distance around half of a disc; arc of half a circle plus its diameter.

    >>> semicircle_perimeter(2)
    10.283185307179586
    >>> semicircle_perimeter(1)
    5.141592653589793
    """
    return (math.pi + 2) * radius


def arc_length(radius: float, angle: float) -> float:
    """Find the length of an arc of a circle from the radius and the angle in degrees.

    Also: part of the circumference; curved length of a sector.

    >>> arc_length(2, 90)
    3.141592653589793
    >>> arc_length(1, 360)
    6.283185307179586
    """
    return 2 * math.pi * radius * angle / 360


def sector_area(radius: float, angle: float) -> float:
    """Find the area of a sector of a circle from the radius and the angle in degrees.

    Also: surface of a slice of a disc; pie piece.

    >>> sector_area(2, 90)
    3.141592653589793
    >>> sector_area(1, 360)
    3.141592653589793
    """
    return math.pi * radius**2 * angle / 360


def segment_area(radius: float, angle: float) -> float:
    """Find the area of a segment of a circle from the radius and the angle in degrees.

    Also: part of a disc cut off by a chord; sector minus triangle.

    >>> segment_area(1, 180)
    1.5707963267948966
    >>> segment_area(2, 90)
    1.1415926535897931
    """
    turn = math.radians(angle)
    return radius**2 * (turn - math.sin(turn)) / 2


def chord_length(radius: float, angle: float) -> float:
    """Find the length of a chord of a circle from the radius and the angle in degrees.

    Also: straight line between two points of a circle; secant segment inside a circle.

    >>> chord_length(5, 180)
    10.0
    >>> chord_length(2, 90)
    2.82842712474619
    """
    return 2 * radius * math.sin(math.radians(angle) / 2)


def ellipse_area(a: float, b: float) -> float:
    """Find the area of an ellipse from its semi-axes.

    Also: surface of an oval; pi times a times b.

    >>> ellipse_area(4, 3)
    37.69911184307752
    >>> ellipse_area(1, 1)
    3.141592653589793
    """
    return math.pi * a * b


def ellipse_perimeter(a: float, b: float) -> float:
    """Approximate the perimeter of an ellipse from its semi-axes.

    Also: circumference of an oval; Ramanujan's formula.

    >>> ellipse_perimeter(1, 1)
    6.283185307179586
    >>> ellipse_perimeter(3, 2)
    15.865437575563961
    """
    return math.pi * (3 * (a + b) - math.sqrt((3 * a + b) * (a + 3 * b)))


def square_in_circle_area(radius: float) -> float:
    """Find the area of the largest square inside a circle.

    Also: square inscribed in a circle of a given radius; biggest square that fits into a disc.

    >>> square_in_circle_area(5)
    50
    >>> square_in_circle_area(1)
    2
    """
    return 2 * radius**2


def circle_in_square_area(side: float) -> float:
    """Find the area of the largest circle inside a square.

    Also: circle inscribed in a square of a given side; biggest disc that fits into a square.

    >>> circle_in_square_area(2)
    3.141592653589793
    >>> circle_in_square_area(10)
    78.53981633974483
    """
    return math.pi * side**2 / 4


def triangle_in_semicircle_area(radius: float) -> float:
    """Find the area of the largest triangle inside a semicircle.

    Also: triangle inscribed in half a disc; biggest triangle that fits into half a circle.

    >>> triangle_in_semicircle_area(3)
    9
    >>> triangle_in_semicircle_area(1.5)
    2.25
    """
    return radius * radius


def degrees_to_radians(angle: float) -> float:
    """Convert an angle from degrees to radians.

    Also: degree to radian; multiply by pi over 180.

    >>> degrees_to_radians(180)
    3.141592653589793
    >>> degrees_to_radians(90)
    1.5707963267948966
    """
    return math.radians(angle)


def radians_to_degrees(angle: float) -> float:
    """Convert an angle from radians to degrees.

    Also: radian to degree; multiply by 180 over pi.

    >>> radians_to_degrees(3.141592653589793)
    180.0
    >>> radians_to_degrees(1)
    57.29577951308232
    """
    return math.degrees(angle)


def normalize_angle(angle: float) -> float:
    """Bring an angle in degrees into the range from 0 to below 360.

    Also: wrap an angle around the circle; equivalent positive angle.

    >>> normalize_angle(370)
    10
    >>> normalize_angle(-90)
    270
    """
    return angle % 360


def complementary_angle(angle: float) -> float:
    """Find the complement of an angle in degrees.

    Also: what is missing to 90 degrees; 90 minus an angle.

    >>> complementary_angle(30)
    60
    >>> complementary_angle(90)
    0
    """
    return 90 - angle


def supplementary_angle(angle: float) -> float:
    """Find the supplement of an angle in degrees.

    Also: what is missing to 180 degrees; 180 minus an angle.

    >>> supplementary_angle(30)
    150
    >>> supplementary_angle(90)
    90
    """
    return 180 - angle


def angle_kind(angle: float) -> str:
    """Tell whether an angle is acute, right, obtuse, straight or reflex.

    Also: classify an angle given in degrees; type of angle.

    >>> angle_kind(45)
    'acute'
    >>> angle_kind(90)
    'right'
    >>> angle_kind(200)
    'reflex'
    """
    named = {90: "right", 180: "straight"}
    if angle in named:
        return named[int(angle)]
    return "acute" if angle < 90 else "obtuse" if angle < 180 else "reflex"


def quadrant_of_angle(angle: float) -> int:
    """Find the quadrant of an angle in degrees, 0 on an axis.

    Also: in which quarter of the plane an angle points; quadrant I, II, III or IV by direction.

    >>> quadrant_of_angle(100)
    2
    >>> quadrant_of_angle(-30)
    4
    >>> quadrant_of_angle(90)
    0
    """
    return 0 if angle % 90 == 0 else int(angle % 360 // 90) + 1
