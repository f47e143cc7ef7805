"""Vectors, lines and regions of the plane: lengths, angles, crossings, hulls."""

from __future__ import annotations

import math
from collections.abc import Sequence


def _turn(a: Sequence[float], b: Sequence[float], c: Sequence[float]) -> float:
    """Twice the signed area of the triangle a, b, c: positive for a left turn."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def vector_length(vector: Sequence[float]) -> float:
    """Find the length of a vector.

    Also: magnitude; Euclidean norm; root of the sum of the squares.

    >>> vector_length([3, 4])
    5.0
    >>> vector_length([0, 0, 0])
    0.0
    """
    return math.hypot(*vector)


def add_vectors(a: Sequence[float], b: Sequence[float]) -> list[float]:
    """Add two vectors.

    Also: sum of vectors component by component; vector addition.

    >>> add_vectors([1, 2], [3, 4])
    [4, 6]
    >>> add_vectors([], [])
    []
    """
    return [p + q for p, q in zip(a, b, strict=True)]


def scale_vector(vector: Sequence[float], factor: float) -> list[float]:
    """Multiply a vector by a number.

    Also: scale every component; stretch a vector.

    >>> scale_vector([1, -2], 3)
    [3, -6]
    >>> scale_vector([], 3)
    []
    """
    return [factor * component for component in vector]


def unit_vector(vector: Sequence[float]) -> list[float]:
    """Scale a vector to length one.

    Also: normalise a vector; unit vector in the same direction.

    >>> unit_vector([3, 4])
    [0.6, 0.8]
    >>> unit_vector([0, 5])
    [0.0, 1.0]
    """
    length = math.hypot(*vector)
    return [component / length for component in vector]


def angle_between_vectors(a: Sequence[float], b: Sequence[float]) -> float:
    """Find the angle between two vectors in degrees.

    Also: arc cosine of the normalised dot product; how far apart two directions are.

    >>> angle_between_vectors([1, 0], [0, 2])
    90.0
    >>> angle_between_vectors([1, 0], [-3, 0])
    180.0
    """
    dot = sum(p * q for p, q in zip(a, b, strict=True))
    cosine = dot / (math.hypot(*a) * math.hypot(*b))
    return math.degrees(math.acos(max(-1.0, min(1.0, cosine))))


def cosine_similarity(a: Sequence[float], b: Sequence[float]) -> float:
    """Find the cosine similarity of two vectors.

    Also: cosine of the angle between two vectors; normalised dot product.

    >>> cosine_similarity([3, 4], [6, 8])
    1.0
    >>> cosine_similarity([1, 0], [0, 2])
    0.0
    """
    dot = sum(p * q for p, q in zip(a, b, strict=True))
    return dot / (math.hypot(*a) * math.hypot(*b))


def are_perpendicular(a: Sequence[float], b: Sequence[float]) -> bool:
    """Check whether two vectors are perpendicular.

    Also: orthogonal vectors; right angle; dot product is zero.

    >>> are_perpendicular([1, 2], [-2, 1])
    True
    >>> are_perpendicular([1, 2], [2, 1])
    False
    """
    return sum(p * q for p, q in zip(a, b, strict=True)) == 0


def are_parallel(a: Sequence[float], b: Sequence[float]) -> bool:
    """Check whether two vectors of the plane are parallel.

    Also: same or opposite direction; proportional components.

    >>> are_parallel([1, 2], [-2, -4])
    True
    >>> are_parallel([1, 2], [2, 1])
    False
    """
    return a[0] * b[1] == a[1] * b[0]


def vector_between(a: Sequence[float], b: Sequence[float]) -> list[float]:
    """Find the vector from one point to another.

    Also: displacement; difference of two points.

    >>> vector_between([1, 2], [4, 6])
    [3, 4]
    >>> vector_between([0, 0], [0, 0])
    [0, 0]
    """
    return [q - p for p, q in zip(a, b, strict=True)]


def to_cartesian(radius: float, angle: float) -> tuple[float, float]:
    """Convert polar coordinates to rectangular coordinates, the angle in radians.

    Also: polar to Cartesian; x and y from radius and angle.

    >>> to_cartesian(2, 0)
    (2.0, 0.0)
    >>> to_cartesian(1, 1)
    (0.5403023058681398, 0.8414709848078965)
    """
    return radius * math.cos(angle), radius * math.sin(angle)


def section_point(
    a: Sequence[float], b: Sequence[float], m: float, n: float
) -> tuple[float, float]:
    """Find the point that divides the segment from a to b in the ratio m to n.

    Also: section formula; internal division of a line segment.

    >>> section_point((0, 0), (6, 3), 1, 2)
    (2.0, 1.0)
    >>> section_point((0, 0), (4, 4), 1, 1)
    (2.0, 2.0)
    """
    return (m * b[0] + n * a[0]) / (m + n), (m * b[1] + n * a[1]) / (m + n)


def line_intersection(
    a: Sequence[float], b: Sequence[float], c: Sequence[float], d: Sequence[float]
) -> tuple[float, ...]:
    """Find where the line through a and b meets the line through c and d.

    Also: intersection point of two straight lines; empty if they are parallel.

    >>> line_intersection((0, 0), (2, 2), (0, 2), (2, 0))
    (1.0, 1.0)
    >>> line_intersection((0, 0), (1, 1), (0, 1), (1, 2))
    ()
    """
    x, y = b[0] - a[0], b[1] - a[1]
    u, v = d[0] - c[0], d[1] - c[1]
    across = x * v - y * u
    if across == 0:
        return ()
    along = ((c[0] - a[0]) * v - (c[1] - a[1]) * u) / across
    return a[0] + along * x, a[1] + along * y


def do_segments_cross(
    a: Sequence[float], b: Sequence[float], c: Sequence[float], d: Sequence[float]
) -> bool:
    """Check whether the segment from a to b properly crosses the segment from c to d.

    Also: do two line segments intersect; touching ends do not count.

    >>> do_segments_cross((0, 0), (2, 2), (0, 2), (2, 0))
    True
    >>> do_segments_cross((0, 0), (1, 1), (2, 2), (3, 0))
    False
    """
    return _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0


def orientation(a: Sequence[float], b: Sequence[float], c: Sequence[float]) -> int:
    """Tell whether three points turn left (1), right (-1) or go straight (0).

    Also: clockwise or counter-clockwise order; sign of the cross product.

    >>> orientation((0, 0), (1, 0), (1, 1))
    1
    >>> orientation((0, 0), (1, 1), (2, 2))
    0
    """
    turn = _turn(a, b, c)
    return (turn > 0) - (turn < 0)


def is_inside_triangle(
    point: Sequence[float], a: Sequence[float], b: Sequence[float], c: Sequence[float]
) -> bool:
    """Check whether a point lies inside or on a triangle.

    Also: point in triangle test; does a triangle contain a point.

    >>> is_inside_triangle((1, 1), (0, 0), (4, 0), (0, 4))
    True
    >>> is_inside_triangle((3, 3), (0, 0), (4, 0), (0, 4))
    False
    """
    turns = (_turn(a, b, point), _turn(b, c, point), _turn(c, a, point))
    return min(turns) >= 0 or max(turns) <= 0


def is_inside_rectangle(point: Sequence[float], corners: Sequence[float]) -> bool:
    """Check whether a point lies inside or on a rectangle (left, bottom, right, top).

    Also: point in a box; within an axis-aligned area.

    >>> is_inside_rectangle((1, 1), (0, 0, 2, 2))
    True
    >>> is_inside_rectangle((3, 1), (0, 0, 2, 2))
    False
    """
    left, bottom, right, top = corners
    return left <= point[0] <= right and bottom <= point[1] <= top


def is_inside_polygon(point: Sequence[float], corners: Sequence[Sequence[float]]) -> bool:
    """Check whether a point lies inside a polygon.

    Also: point in polygon; ray casting; even-odd rule.

    >>> is_inside_polygon((1, 1), [(0, 0), (4, 0), (4, 4), (0, 4)])
    True
    >>> is_inside_polygon((5, 1), [(0, 0), (4, 0), (4, 4), (0, 4)])
    False
    """
    inside = False
    x, y = point[0], point[1]
    for (x1, y1), (x2, y2) in zip(corners, [*corners[1:], corners[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            inside = not inside
    return inside


def convex_hull(points: Sequence[Sequence[float]]) -> list[tuple[float, ...]]:
    """Find the convex hull of points, counter-clockwise from the leftmost.

    Also: smallest convex polygon around points; monotone chain; gift wrapping.

    >>> convex_hull([(0, 0), (2, 0), (1, 1), (2, 2), (0, 2)])
    [(0, 0), (2, 0), (2, 2), (0, 2)]
    >>> convex_hull([(1, 1)])
    [(1, 1)]
    """
    ordered = sorted({(point[0], point[1]) for point in points})
    if len(ordered) < 3:
        return list(ordered)
    hull: list[tuple[float, ...]] = []
    for run in (ordered, ordered[::-1]):
        side: list[tuple[float, ...]] = []
        for point in run:
            while len(side) > 1 and _turn(side[-2], side[-1], point) <= 0:
                side.pop()
            side.append(point)
        hull += side[:-1]
    return hull


def bounding_box(points: Sequence[Sequence[float]]) -> tuple[float, float, float, float]:
    """Find the smallest rectangle (left, bottom, right, top) around points.

    Also: bounding box; extent of coordinates.

    >>> bounding_box([(1, 5), (3, 2), (-1, 4)])
    (-1, 2, 3, 5)
    >>> bounding_box([(0, 0)])
    (0, 0, 0, 0)
    """
    across, up = [point[0] for point in points], [point[1] for point in points]
    return min(across), min(up), max(across), max(up)


def great_circle_distance(
    latitude1: float, longitude1: float, latitude2: float, longitude2: float
) -> float:
    """Find the distance of two places on Earth in kilometres from degrees.

    Also: haversine formula; distance between coordinates; radius 6371 km.

    >>> great_circle_distance(0, 0, 0, 90)
    10007.543398010284
    >>> great_circle_distance(10, 20, 10, 20)
    0.0
    """
    a, b = math.radians(latitude1), math.radians(latitude2)
    apart = math.radians(longitude2 - longitude1)
    chord = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(apart / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(chord))


def circle_through_points(
    a: Sequence[float], b: Sequence[float], c: Sequence[float]
) -> tuple[float, float, float]:
    """Find the centre and the radius of the circle through three points.

    Also: circumscribed circle; x, y and r.

    >>> circle_through_points((0, 0), (2, 0), (0, 2))
    (1.0, 1.0, 1.4142135623730951)
    >>> circle_through_points((1, 0), (0, 1), (-1, 0))
    (0.0, 0.0, 1.0)
    """
    double = 2 * _turn(a, b, c)
    x, y = b[0] - a[0], b[1] - a[1]
    u, v = c[0] - a[0], c[1] - a[1]
    first, second = x * x + y * y, u * u + v * v
    across, up = (v * first - y * second) / double, (x * second - u * first) / double
    return a[0] + across, a[1] + up, math.hypot(across, up)
