"""Where the verifier looks: points that an answer cannot foresee.

The seed is a digest of both expressions, so any change of the answer moves every point.
The stream starts with points of moderate size, real of both signs and complex in all four
quadrants, and goes on to very small and very large ones and to the neighbourhood of the
integers that occur: a branch that changes at x = 7 or x = 10000 shall not go unseen, and a
real domain that is tiny or far away is found.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator

from hrm_engine.expressions.balls import UNIT, Point
from hrm_engine.expressions.tape import Tape

# The variable's kind, size and sign, then the kind of the other letters.
_CORE = (
    ("real", 0.3, 0.9, 1, "positive"),
    ("complex", 0.3, 1.5, 1, "complex"),
    ("real", 0.3, 0.9, -1, "mixed"),
    ("complex", 0.3, 1.5, -1, "positive"),
    ("real", 1.1, 3.0, 1, "mixed"),
    ("complex", 0.1, 2.5, -1, "complex"),
    ("real", 1.1, 3.0, -1, "positive"),
    ("complex", 0.1, 2.5, 1, "mixed"),
    ("real", 0.05, 0.5, 1, "mixed"),
    ("complex", 0.5, 4.0, 1, "complex"),
    ("real", 0.05, 0.5, -1, "positive"),
    ("complex", 0.5, 4.0, -1, "positive"),
    ("real", 2.5, 8.0, 1, "positive"),
    ("real", 2.5, 8.0, -1, "mixed"),
)
CORE_POINTS = len(_CORE)
_SCALES = (-6, 4, -12, 8, -20, 14, 20)  # powers of two for the points after the core
_MAX_CENTRES = 4
_SEARCHED = 300


def seed_of(tape: Tape, *roots: int) -> int:
    """A number that depends on every node of the expressions `roots`."""
    digest = hashlib.blake2b(repr(roots).encode(), digest_size=8)
    for i in tape.below(*roots):
        digest.update(repr(tape.steps[i]).encode())
    return int.from_bytes(digest.digest(), "big")


def stream(tape: Tape, roots: tuple[int, ...], variable: str, *, analytic: bool) -> Iterator[Point]:
    """The points for the expressions `roots`, most telling first; about fifty.

    Args:
        tape: holds the expressions.
        roots: their indices.
        variable: the symbol that runs over the real line and the plane; it may be absent.
        analytic: whether complex points make sense (no abs, sign or real root anywhere).
    """
    rng = random.Random(seed_of(tape, *roots))  # noqa: S311 - unpredictable, not secret
    letters = sorted(frozenset().union(*(tape.symbols[i] for i in roots)) - {variable})
    for kind, low, high, sign, style in _CORE:
        real = sign * rng.uniform(low, high)
        imaginary = rng.choice((-1, 1)) * rng.uniform(low, high)
        if kind == "real":
            yield _point(rng, variable, letters, (real, 0.0), style)
        elif analytic:
            yield _point(rng, variable, letters, (real, imaginary), style)
    yield from _far(rng, variable, letters, _centres(tape, roots), analytic=analytic)


def search(tape: Tape, roots: tuple[int, ...], variable: str) -> Iterator[Point]:
    """Real points of all sizes, for real domains that `stream` missed; a few hundred."""
    rng = random.Random(seed_of(tape, *roots) + 1)  # noqa: S311 - see above
    letters = sorted(frozenset().union(*(tape.symbols[i] for i in roots)) - {variable})
    for _ in range(_SEARCHED):
        values = {
            name: (rng.choice((-1, 1)) * _grid(2.0 ** rng.uniform(-6.0, 4.0)), 0)
            for name in (variable, *letters)
        }
        yield Point(values, real=True)


def _far(
    rng: random.Random, variable: str, letters: list[str], centres: list[int], *, analytic: bool
) -> Iterator[Point]:
    for power in _SCALES:
        for sign in (1, -1):
            size = sign * rng.uniform(1.0, 2.0) * 2.0**power
            yield _point(rng, variable, letters, (size, 0.0), "mixed")
        if analytic:
            yield _point(rng, variable, letters, (size, -size * rng.uniform(0.2, 1.0)), "complex")
    for centre in centres:
        for factor in (1.0, -1.0):
            for shift in (0.01, -0.01, 0.3, -0.3):
                size = factor * centre * (1 + shift * rng.uniform(0.5, 1.0))
                yield _point(rng, variable, letters, (size, 0.0), "mixed")


def _centres(tape: Tape, roots: tuple[int, ...]) -> list[int]:
    """The largest integers that occur, small ones aside, as places to look at."""
    values = {
        int(step.value or 0) for i in tape.below(*roots) if (step := tape.steps[i]).op == "int"
    }
    return sorted(value for value in values if 8 < value < 10**9)[-_MAX_CENTRES:]


def _point(
    rng: random.Random, variable: str, letters: list[str], at: tuple[float, float], style: str
) -> Point:
    values = {variable: (_grid(at[0]), _grid(at[1]))}
    for name in letters:
        size = _grid(rng.uniform(0.4, 3.0))
        negative = style != "positive" and rng.random() < 0.5
        imaginary = _grid(rng.uniform(-2.0, 2.0)) if style == "complex" else 0
        values[name] = (-size if negative else size, imaginary)
    return Point(values, real=at[1] == 0 and (style != "complex" or not letters))


def _grid(value: float) -> int:
    return int(value * UNIT)
