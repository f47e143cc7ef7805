"""Pyramids, prisms and regular solids: volumes and surfaces."""

from __future__ import annotations

import math


def pyramid_volume(base_area: float, height: float) -> float:
    """Find the volume of a pyramid from the area of its base and its height.

    Also: a third of base times height; capacity of a pyramid.

    >>> pyramid_volume(9, 4)
    12.0
    >>> pyramid_volume(10, 3)
    10.0
    """
    return base_area * height / 3


def square_pyramid_volume(side: float, height: float) -> float:
    """Find the volume of a square pyramid from the side of its base and its height.

    Also: capacity of a pyramid with a square base; pyramid of Giza shape.

    >>> square_pyramid_volume(3, 4)
    12.0
    >>> square_pyramid_volume(6, 5)
    60.0
    """
    return side * side * height / 3


def square_pyramid_surface(side: float, slant: float) -> float:
    """Find the surface area of a square pyramid from its base side and its slant height.

    Also: square base and four triangular faces; whole surface of a pyramid on a square.

    >>> square_pyramid_surface(3, 4)
    33
    >>> square_pyramid_surface(2, 5)
    24
    """
    return side * side + 2 * side * slant


def prism_volume(base_area: float, height: float) -> float:
    """Find the volume of a prism from the area of its base and its height.

    Also: base area times length of a prism; capacity of a prism.

    >>> prism_volume(6, 10)
    60
    >>> prism_volume(2.5, 2)
    5.0
    """
    return base_area * height


def triangular_prism_volume(base: float, height: float, length: float) -> float:
    """Find the volume of a triangular prism.

    Also: prism with a triangle of a given base and height; capacity of a tent.

    >>> triangular_prism_volume(4, 5, 6)
    60.0
    >>> triangular_prism_volume(3, 2, 2)
    6.0
    """
    return base * height * length / 2


def tetrahedron_volume(side: float) -> float:
    """Find the volume of a regular tetrahedron.

    Also: triangular pyramid with equal edges; regular four-faced solid.

    >>> tetrahedron_volume(6)
    25.455844122715707
    >>> tetrahedron_volume(1)
    0.1178511301977579
    """
    return side**3 / (6 * math.sqrt(2))


def tetrahedron_surface(side: float) -> float:
    """Find the surface area of a regular tetrahedron.

    Also: four equal triangles of a triangular pyramid; whole surface of a regular tetrahedron from
    its edge.

    >>> tetrahedron_surface(4)
    27.712812921102035
    >>> tetrahedron_surface(1)
    1.7320508075688772
    """
    return math.sqrt(3) * side**2


def octahedron_volume(side: float) -> float:
    """Find the volume of a regular octahedron.

    Also: two square pyramids base to base with equal edges; regular eight-faced solid.

    >>> octahedron_volume(3)
    12.727922061357857
    >>> octahedron_volume(1)
    0.47140452079103173
    """
    return math.sqrt(2) * side**3 / 3


def octahedron_surface(side: float) -> float:
    """Find the surface area of a regular octahedron.

    Also: eight equal triangles; whole surface of a regular octahedron from its edge.

    >>> octahedron_surface(1)
    3.4641016151377544
    >>> octahedron_surface(2)
    13.856406460551018
    """
    return 2 * math.sqrt(3) * side**2


def dodecahedron_volume(side: float) -> float:
    """Find the volume of a regular dodecahedron.

    Also: body with twelve equal pentagons; regular twelve-faced solid.

    >>> dodecahedron_volume(1)
    7.663118960624632
    >>> dodecahedron_volume(2)
    61.30495168499706
    """
    return (15 + 7 * math.sqrt(5)) * side**3 / 4


def icosahedron_volume(side: float) -> float:
    """Find the volume of a regular icosahedron.

    Also: body with twenty equal triangles; regular twenty-faced solid.

    >>> icosahedron_volume(1)
    2.1816949906249126
    >>> icosahedron_volume(2)
    17.4535599249993
    """
    return 5 * (3 + math.sqrt(5)) * side**3 / 12


def euler_faces(vertices: int, edges: int) -> int:
    """Find the number of faces of a polyhedron from its vertices and edges.

    Also: Euler's formula; vertices minus edges plus faces is two.

    >>> euler_faces(8, 12)
    6
    >>> euler_faces(4, 6)
    4
    """
    return 2 - vertices + edges
