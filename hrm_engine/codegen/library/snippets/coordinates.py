"""Points, lines and polygons given by coordinates; a point is a pair (x, y)."""

from __future__ import annotations

import cmath
import math
from collections.abc import Sequence
from itertools import pairwise


def distance(a: Sequence[float], b: Sequence[float]) -> float:
    """Find the distance between two points.

    Also: Euclidean distance; straight-line distance; how far apart; any number of dimensions.

    >>> distance((0, 0), (3, 4))
    5.0
    >>> distance((1, 2, 3), (1, 2, 3))
    0.0
    """
    return math.dist(a, b)


def distance_from_coordinates(x1: float, y1: float, x2: float, y2: float) -> float:
    """Find the distance between the points (x1, y1) and (x2, y2).

    Also: length of a line segment from four coordinates; distance formula with x1, y1, x2, y2.

    >>> distance_from_coordinates(0, 0, 3, 4)
    5.0
    >>> distance_from_coordinates(1, 1, 1, 1)
    0.0
    """
    return math.hypot(x2 - x1, y2 - y1)


def manhattan_distance(a: Sequence[float], b: Sequence[float]) -> float:
    """Find the Manhattan distance between two points.

    Also: taxicab distance; city block distance; sum of the absolute differences.

    >>> manhattan_distance((1, 2), (4, 6))
    7
    >>> manhattan_distance((0, 0, 0), (1, -1, 2))
    4
    """
    return sum(abs(p - q) for p, q in zip(a, b, strict=True))


def chebyshev_distance(a: Sequence[float], b: Sequence[float]) -> float:
    """Find the Chebyshev distance between two points.

    Also: chessboard distance; moves of a king; largest absolute difference.

    >>> chebyshev_distance((1, 2), (4, 6))
    4
    >>> chebyshev_distance((0, 0), (0, 0))
    0
    """
    return max(abs(p - q) for p, q in zip(a, b, strict=True))


def hamming_distance_of_points(a: Sequence[int], b: Sequence[int]) -> int:
    """Count the coordinates in which two points differ.

    Also: Hamming distance of vectors; number of unequal positions.

    >>> hamming_distance_of_points((1, 0, 2), (1, 1, 3))
    2
    >>> hamming_distance_of_points((), ())
    0
    """
    return sum(p != q for p, q in zip(a, b, strict=True))


def midpoint(a: Sequence[float], b: Sequence[float]) -> tuple[float, float]:
    """Find the midpoint of two points.

    Also: middle of a line segment; halfway between two points.

    >>> midpoint((1, 3), (5, 9))
    (3.0, 6.0)
    >>> midpoint((0, 0), (1, 1))
    (0.5, 0.5)
    """
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def slope(a: Sequence[float], b: Sequence[float]) -> float:
    """Find the slope of the line through two points.

    Also: gradient; rise over run; steepness of a straight line.

    >>> slope((1, 1), (3, 7))
    3.0
    >>> slope((1, 1), (3, 1))
    0.0
    """
    return (b[1] - a[1]) / (b[0] - a[0])


def line_through_points(a: Sequence[float], b: Sequence[float]) -> tuple[float, float]:
    """Find the slope and the intercept of the line through two points.

    Also: equation of a straight line y = m*x + c; linear function through two given points;
    y-intercept.

    >>> line_through_points((0, 1), (2, 5))
    (2.0, 1.0)
    >>> line_through_points((1, 3), (2, 3))
    (0.0, 3.0)
    """
    gradient = (b[1] - a[1]) / (b[0] - a[0])
    return gradient, a[1] - gradient * a[0]


def are_collinear(a: Sequence[float], b: Sequence[float], c: Sequence[float]) -> bool:
    """Check whether three points lie on one straight line.

    Also: collinear points; on the same line; zero triangle area.

    >>> are_collinear((1, 1), (2, 2), (5, 5))
    True
    >>> are_collinear((0, 0), (1, 1), (2, 3))
    False
    """
    return (b[0] - a[0]) * (c[1] - a[1]) == (c[0] - a[0]) * (b[1] - a[1])


def triangle_area_from_points(a: Sequence[float], b: Sequence[float], c: Sequence[float]) -> float:
    """Find the area of a triangle from the coordinates of its corners.

    Also: triangle from three points; half the cross product.

    >>> triangle_area_from_points((0, 0), (4, 0), (0, 3))
    6.0
    >>> triangle_area_from_points((0, 0), (1, 1), (2, 2))
    0.0
    """
    twice = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])
    return abs(twice) / 2


def polygon_area(points: Sequence[Sequence[float]]) -> float:
    """Find the area of a polygon from the coordinates of its corners.

    Also: shoelace formula; surveyor's formula; simple polygon in order.

    >>> polygon_area([(0, 0), (4, 0), (4, 3), (0, 3)])
    12.0
    >>> polygon_area([(0, 0), (1, 0), (0, 1)])
    0.5
    """
    following = [*points[1:], *points[:1]]
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, following, strict=True))
    return abs(twice) / 2


def polygon_perimeter(points: Sequence[Sequence[float]]) -> float:
    """Find the perimeter of a polygon from the coordinates of its corners.

    Also: distance around a closed path of points; circumference of a closed polygon.

    >>> polygon_perimeter([(0, 0), (3, 0), (3, 4)])
    12.0
    >>> polygon_perimeter([(0, 0), (0, 1)])
    2.0
    """
    following = [*points[1:], *points[:1]]
    return sum(math.dist(a, b) for a, b in zip(points, following, strict=True))


def path_length(points: Sequence[Sequence[float]]) -> float:
    """Find the length of a path through points.

    Also: total distance travelled; sum of the distances between neighbouring points.

    >>> path_length([(0, 0), (3, 4), (3, 5)])
    6.0
    >>> path_length([(1, 1)])
    0.0
    """
    return math.fsum(math.dist(a, b) for a, b in pairwise(points))


def centroid(points: Sequence[Sequence[float]]) -> tuple[float, float]:
    """Find the centroid of points.

    Also: mean of the coordinates; centre of mass of equal weights; middle of a triangle.

    >>> centroid([(0, 0), (3, 0), (0, 3)])
    (1.0, 1.0)
    >>> centroid([(1, 2)])
    (1.0, 2.0)
    """
    count = len(points)
    return sum(point[0] for point in points) / count, sum(point[1] for point in points) / count


def closest_to_origin(points: Sequence[Sequence[float]], k: int) -> list[Sequence[float]]:
    """Find the k points closest to the origin, the closest first.

    Also: nearest points to (0, 0); k nearest points to zero.

    >>> closest_to_origin([(3, 3), (1, 1), (-2, 0)], 2)
    [(1, 1), (-2, 0)]
    >>> closest_to_origin([], 1)
    []
    """
    return sorted(points, key=lambda point: math.hypot(*point))[:k]


def closest_pair_distance(points: Sequence[Sequence[float]]) -> float:
    """Find the smallest distance between any two of several points.

    Also: closest pair of points; nearest neighbours.

    >>> closest_pair_distance([(0, 0), (5, 5), (3, 4), (9, 9)])
    2.23606797749979
    >>> closest_pair_distance([(0, 0), (3, 4)])
    5.0
    """
    return min(math.dist(a, b) for place, a in enumerate(points) for b in points[:place])


def quadrant(x: float, y: float) -> int:
    """Find the quadrant of a point, 0 on an axis.

    Also: in which quarter of the plane a point lies; quadrant I, II, III or IV of coordinates.

    >>> quadrant(3, 4)
    1
    >>> quadrant(-3, -4)
    3
    >>> quadrant(0, 5)
    0
    """
    if x == 0 or y == 0:
        return 0
    return (1 if y > 0 else 4) if x > 0 else (2 if y > 0 else 3)


def is_inside_circle(point: Sequence[float], centre: Sequence[float], radius: float) -> bool:
    """Check whether a point lies inside or on a circle.

    Also: is a point within a radius of the centre; point in circle.

    >>> is_inside_circle((1, 1), (0, 0), 2)
    True
    >>> is_inside_circle((3, 0), (0, 0), 2)
    False
    """
    return math.dist(point, centre) <= radius


def do_circles_intersect(a: Sequence[float], r: float, b: Sequence[float], s: float) -> bool:
    """Check whether two circles meet, given their centres and radii.

    Also: do circles touch or overlap; the discs share a point.

    >>> do_circles_intersect((0, 0), 2, (3, 0), 1)
    True
    >>> do_circles_intersect((0, 0), 1, (5, 0), 2)
    False
    """
    return abs(r - s) <= math.dist(a, b) <= r + s


def do_rectangles_overlap(a: Sequence[float], b: Sequence[float]) -> bool:
    """Check whether two rectangles (left, bottom, right, top) overlap.

    Also: do axis-aligned boxes share an area; collision of rectangles.

    >>> do_rectangles_overlap((0, 0, 2, 2), (1, 1, 3, 3))
    True
    >>> do_rectangles_overlap((0, 0, 1, 1), (1, 0, 2, 1))
    False
    """
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def rotate_point(point: Sequence[float], angle: float) -> tuple[float, float]:
    """Rotate a point about the origin by an angle in degrees, counter-clockwise.

    Also: turn a point in the plane; coordinates are rounded to ten places.

    >>> rotate_point((1, 0), 90)
    (0.0, 1.0)
    >>> rotate_point((2, 3), 180)
    (-2.0, -3.0)
    """
    turned = complex(*point) * cmath.rect(1, math.radians(angle))
    return round(turned.real, 10), round(turned.imag, 10)


def reflect_over_x_axis(point: Sequence[float]) -> tuple[float, float]:
    """Reflect a point over the x-axis.

    Also: mirror a point in the horizontal axis; flip the y coordinate.

    >>> reflect_over_x_axis((2, 3))
    (2, -3)
    >>> reflect_over_x_axis((0, -1))
    (0, 1)
    """
    return point[0], -point[1]


def to_polar(x: float, y: float) -> tuple[float, float]:
    """Convert rectangular coordinates to polar coordinates.

    Also: Cartesian to polar; radius and angle in radians.

    >>> to_polar(0, 2)
    (2.0, 1.5707963267948966)
    >>> to_polar(3, 0)
    (3.0, 0.0)
    """
    return math.hypot(x, y), math.atan2(y, x)


def distance_to_line(point: Sequence[float], a: float, b: float, c: float) -> float:
    """Find the distance of a point from the line a*x + b*y + c = 0.

    Also: perpendicular distance from a line; shortest distance from a point to a line.

    >>> distance_to_line((0, 0), 3, 4, -10)
    2.0
    >>> distance_to_line((1, 1), 1, -1, 0)
    0.0
    """
    return abs(a * point[0] + b * point[1] + c) / math.hypot(a, b)


def cross_product(a: Sequence[float], b: Sequence[float]) -> tuple[float, float, float]:
    """Find the cross product of two vectors in space.

    Also: vector product; perpendicular to both vectors.

    >>> cross_product((1, 0, 0), (0, 1, 0))
    (0, 0, 1)
    >>> cross_product((1, 2, 3), (4, 5, 6))
    (-3, 6, -3)
    """
    (p, q, r), (x, y, z) = a, b
    return q * z - r * y, r * x - p * z, p * y - q * x
