"""Solid bodies: volumes, surfaces, diagonals."""

from __future__ import annotations

import math


def cube_volume(side: float) -> float:
    """Find the volume of a cube.

    Also: capacity of a cube from its edge; side to the third power.

    >>> cube_volume(3)
    27
    >>> cube_volume(0.5)
    0.125
    """
    return side * side * side


def cube_surface(side: float) -> float:
    """Find the surface area of a cube.

    Also: total area of the six faces; six times the side squared.

    >>> cube_surface(3)
    54
    >>> cube_surface(1)
    6
    """
    return 6 * side * side


def cube_lateral_surface(side: float) -> float:
    """Find the lateral surface area of a cube.

    Also: area of the four side faces, top and bottom left out; side area of a cube.

    >>> cube_lateral_surface(3)
    36
    >>> cube_lateral_surface(2)
    16
    """
    return 4 * side * side


def cube_diagonal(side: float) -> float:
    """Find the space diagonal of a cube.

    Also: corner-to-corner length through a cube; longest line inside a cube.

    >>> cube_diagonal(1)
    1.7320508075688772
    >>> cube_diagonal(2)
    3.4641016151377544
    """
    return side * math.sqrt(3)


def box_volume(length: float, width: float, height: float) -> float:
    """Find the volume of a box.

    Also: cuboid; rectangular prism; length times width times height; capacity.

    >>> box_volume(2, 3, 4)
    24
    >>> box_volume(1, 1, 0.5)
    0.5
    """
    return length * width * height


def box_surface(length: float, width: float, height: float) -> float:
    """Find the surface area of a box.

    Also: total area of the faces of a cuboid; rectangular prism.

    >>> box_surface(2, 3, 4)
    52
    >>> box_surface(1, 1, 1)
    6
    """
    return 2 * (length * width + width * height + height * length)


def box_lateral_surface(length: float, width: float, height: float) -> float:
    """Find the lateral surface area of a box.

    Also: area of the four walls of a room; sides of a cuboid without top and bottom.

    >>> box_lateral_surface(2, 3, 4)
    40
    >>> box_lateral_surface(1, 1, 1)
    4
    """
    return 2 * height * (length + width)


def box_diagonal(length: float, width: float, height: float) -> float:
    """Find the space diagonal of a box.

    Also: longest rod that fits into a cuboid; longest line inside a rectangular prism.

    >>> box_diagonal(2, 3, 6)
    7.0
    >>> box_diagonal(1, 2, 2)
    3.0
    """
    return math.sqrt(length**2 + width**2 + height**2)


def sphere_volume(radius: float) -> float:
    """Find the volume of a sphere.

    Also: capacity of a ball; four thirds of pi r cubed.

    >>> sphere_volume(3)
    113.09733552923254
    >>> sphere_volume(1)
    4.1887902047863905
    """
    return 4 / 3 * math.pi * radius**3


def sphere_surface(radius: float) -> float:
    """Find the surface area of a sphere.

    Also: skin of a ball; four pi r squared.

    >>> sphere_surface(3)
    113.09733552923255
    >>> sphere_surface(1)
    12.566370614359172
    """
    return 4 * math.pi * radius**2


def hemisphere_volume(radius: float) -> float:
    """Find the volume of a hemisphere.

    Also: half of a ball; capacity of a bowl.

    >>> hemisphere_volume(3)
    56.54866776461627
    >>> hemisphere_volume(1)
    2.0943951023931953
    """
    return 2 / 3 * math.pi * radius**3


def hemisphere_surface(radius: float) -> float:
    """Find the total surface area of a hemisphere.

    Also: half of a ball with its flat base; curved and flat surface of half a sphere.

    >>> hemisphere_surface(1)
    9.42477796076938
    >>> hemisphere_surface(2)
    37.69911184307752
    """
    return 3 * math.pi * radius**2


def spherical_cap_volume(radius: float, height: float) -> float:
    """Find the volume of a spherical cap from the radius of the sphere and the cap's height.

    Also: part of a ball cut off by a plane; spherical segment.

    >>> spherical_cap_volume(3, 3)
    56.548667764616276
    >>> spherical_cap_volume(2, 1)
    5.235987755982989
    """
    return math.pi * height**2 * (3 * radius - height) / 3


def cylinder_volume(radius: float, height: float) -> float:
    """Find the volume of a cylinder.

    Also: capacity of a can, pipe or round tank; pi r squared times height.

    >>> cylinder_volume(2, 3)
    37.69911184307752
    >>> cylinder_volume(1, 1)
    3.141592653589793
    """
    return math.pi * radius**2 * height


def cylinder_surface(radius: float, height: float) -> float:
    """Find the total surface area of a cylinder.

    Also: side and both ends of a can; whole surface of a round tin.

    >>> cylinder_surface(2, 3)
    62.83185307179586
    >>> cylinder_surface(1, 1)
    12.566370614359172
    """
    return 2 * math.pi * radius * (radius + height)


def cylinder_lateral_surface(radius: float, height: float) -> float:
    """Find the lateral surface area of a cylinder.

    Also: curved side of a can without the ends; label around a tin.

    >>> cylinder_lateral_surface(2, 3)
    37.69911184307752
    >>> cylinder_lateral_surface(1, 1)
    6.283185307179586
    """
    return 2 * math.pi * radius * height


def hollow_cylinder_volume(outer: float, inner: float, height: float) -> float:
    """Find the volume of a hollow cylinder from its outer and inner radius.

    Also: material of a pipe; tube; cylindrical shell.

    >>> hollow_cylinder_volume(2, 1, 3)
    28.274333882308138
    >>> hollow_cylinder_volume(5, 3, 10)
    502.6548245743669
    """
    return math.pi * (outer**2 - inner**2) * height


def cone_volume(radius: float, height: float) -> float:
    """Find the volume of a cone.

    Also: the capacity of a cone from its radius and height; how much a cone holds.

    >>> cone_volume(3, 4)
    37.69911184307752
    >>> cone_volume(1, 1)
    1.0471975511965976
    """
    return math.pi * radius**2 * height / 3


def cone_slant_height(radius: float, height: float) -> float:
    """Find the slant height of a cone.

    Also: length of the side line from the tip to the rim; generator of a cone.

    >>> cone_slant_height(3, 4)
    5.0
    >>> cone_slant_height(5, 12)
    13.0
    """
    return math.hypot(radius, height)


def cone_surface(radius: float, height: float) -> float:
    """Find the total surface area of a cone from its radius and height.

    Also: curved side and round base of a cone; whole surface of a cone.

    >>> cone_surface(3, 4)
    75.39822368615503
    >>> cone_surface(8, 15)
    628.3185307179587
    """
    return math.pi * radius * (radius + math.hypot(radius, height))


def cone_lateral_surface(radius: float, height: float) -> float:
    """Find the lateral surface area of a cone from its radius and height.

    Also: curved side of a cone without the base; paper for a party hat.

    >>> cone_lateral_surface(3, 4)
    47.12388980384689
    >>> cone_lateral_surface(8, 15)
    427.2566008882119
    """
    return math.pi * radius * math.hypot(radius, height)


def frustum_volume(large: float, small: float, height: float) -> float:
    """Find the volume of a frustum of a cone from its two radii and its height.

    Also: truncated cone; capacity of a bucket.

    >>> frustum_volume(3, 2, 3)
    59.690260418206066
    >>> frustum_volume(2, 1, 3)
    21.991148575128552
    """
    return math.pi * height * (large**2 + large * small + small**2) / 3


def torus_volume(ring: float, tube: float) -> float:
    """Find the volume of a torus from the radius of the ring and of the tube.

    Also: capacity of a doughnut; donut.

    >>> torus_volume(3, 1)
    59.21762640653615
    >>> torus_volume(1, 1)
    19.739208802178716
    """
    return 2 * math.pi**2 * ring * tube**2


def ellipsoid_volume(a: float, b: float, c: float) -> float:
    """Find the volume of an ellipsoid from its three semi-axes.

    Also: capacity of an egg-shaped body; stretched ball.

    >>> ellipsoid_volume(1, 2, 3)
    25.132741228718345
    >>> ellipsoid_volume(1, 1, 1)
    4.1887902047863905
    """
    return 4 / 3 * math.pi * a * b * c
