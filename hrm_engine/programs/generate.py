"""Random programs: statement by statement, each of types that fit, without dead code.

An operation is drawn by family first, so that a family made for several types is not drawn more
often; then its lambda; then its arguments, values not used yet before others.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from hrm_engine.programs.deepcoder_operations import DEEPCODER
from hrm_engine.programs.inputs import draw_inputs, draw_short
from hrm_engine.programs.interpreter import DEEPCODER_LIMITS, DEFAULT_LIMITS, Limits
from hrm_engine.programs.lambdas import DEEPCODER as DEEPCODER_LAMBDAS
from hrm_engine.programs.operation import Operation
from hrm_engine.programs.operations import OPERATIONS, lambdas_for
from hrm_engine.programs.parser import normal_form
from hrm_engine.programs.program import Argument, Constant, Program, Ref, Statement, input_names
from hrm_engine.programs.types import Type, Value

INTEGERS = (-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100)
TEXTS = ("", " ", ",", "-", "_", ".", "a", "e", "aeiou", "0")
CONSTANTS: dict[Type, tuple[int, ...] | tuple[str, ...]] = {
    Type.INT: INTEGERS,
    Type.STR: TEXTS,
}
"""The constants that programs are drawn with; a program may hold others."""
CONSTANT_SHARE = 0.4
REPEATED_SHARE = 0.15
INPUT_TYPES: tuple[tuple[Type, ...], ...] = (
    (Type.INTS,), (Type.INTS,), (Type.INTS, Type.INTS), (Type.INTS, Type.INT), (Type.INT,),
    (Type.INT, Type.INT), (Type.STR,), (Type.STR,), (Type.STR, Type.STR), (Type.STR, Type.INT),
    (Type.STRS,), (Type.STRS, Type.STR), (Type.STRS, Type.STRS), (Type.STRS, Type.INT),
    (Type.INT, Type.INT, Type.INT), (Type.INTS, Type.INT, Type.INT),
)  # fmt: skip
"""The inputs that programs are drawn for; repeated ones come more often."""
DEEPCODER_INPUT_TYPES: tuple[tuple[Type, ...], ...] = (
    (Type.INTS,), (Type.INTS,), (Type.INTS, Type.INTS), (Type.INTS, Type.INT),
)  # fmt: skip


@dataclass(frozen=True)
class Vocabulary:
    """What problems are drawn from: operations, input types; lambdas of DeepCoder alone or all.

    weights: how often a family is drawn, 1 where none is given. draw: values for input types.
    limits: of all values.
    """

    operations: tuple[Operation, ...] = OPERATIONS
    inputs: tuple[tuple[Type, ...], ...] = INPUT_TYPES
    only_deepcoder: bool = False
    weights: tuple[tuple[str, float], ...] = ()
    draw: Callable[[tuple[Type, ...], np.random.Generator], tuple[Value, ...]] = draw_inputs
    limits: Limits = DEFAULT_LIMITS


FULL = Vocabulary()
DEEPCODER_ONLY = Vocabulary(
    DEEPCODER, DEEPCODER_INPUT_TYPES, only_deepcoder=True, limits=DEEPCODER_LIMITS
)
EXEDEC_LIKE = Vocabulary(
    DEEPCODER,
    (*3 * DEEPCODER_INPUT_TYPES, (Type.INT, Type.INTS)),
    only_deepcoder=True,
    weights=(("Map", 10), ("ZipWith", 8), ("Scanl1", 5), ("Filter", 3), ("Reverse", 1.5),
             ("Sort", 1.5), ("Count", 0.5), ("Head", 0.2), ("Last", 0.2), ("Sum", 0.3),
             ("Minimum", 0.2), ("Maximum", 0.2), ("Access", 0.3)),
    draw=draw_short,
    limits=Limits(integer=50),
)  # fmt: skip
"""Short lists and mostly operations on whole lists, about as often as in ExeDec's problems."""


@dataclass(frozen=True)
class _Draw:
    """What every part of one draw needs."""

    rng: np.random.Generator
    vocabulary: Vocabulary


def draw_program(
    rng: np.random.Generator, length: int, vocabulary: Vocabulary = FULL
) -> Program | None:
    """A random program of `length` statements in normal form; None when the draw came to nothing.

    It came to nothing when a value stays unused, or when no operation fits.
    """
    draw = _Draw(rng, vocabulary)
    types = vocabulary.inputs[int(rng.integers(len(vocabulary.inputs)))]
    known, unused = list(types), set(range(len(types)))
    statements: list[Statement] = []
    for left in range(length, 0, -1):
        statement = _draw_statement(draw, known, unused, last=left == 1)
        if statement is None:
            return None
        statements.append(statement)
        unused -= {each.index for each in statement.arguments if isinstance(each, Ref)}
        unused.add(len(known))
        known.append(statement.operation.result)
    if len(unused) > 1:
        return None
    return normal_form(Program(input_names(types), types, tuple(statements)))


def _draw_statement(
    draw: _Draw, known: Sequence[Type], unused: set[int], *, last: bool
) -> Statement | None:
    """A statement that uses an unused value, the newest with preference; None when none fits."""
    rng = draw.rng
    wanted = max(unused) if rng.random() < 0.8 else int(rng.choice(sorted(unused)))
    families, bounds = _families(draw.vocabulary, known[wanted])
    for _ in range(8 if families else 0):
        choices = families[bisect(bounds, rng.random())]
        operation = choices[int(rng.integers(len(choices)))]
        if last and len(operation.values) < len(unused):
            continue
        arguments = _draw_arguments(draw, operation, known, unused, wanted)
        if arguments is not None:
            return Statement(operation, arguments)
    return None


def _draw_arguments(
    draw: _Draw, operation: Operation, known: Sequence[Type], unused: set[int], wanted: int
) -> tuple[Argument, ...] | None:
    """A lambda, `wanted` at one of the places it fits, and values or constants elsewhere."""
    rng = draw.rng
    arguments: list[Argument] = []
    if operation.function is not None:
        lambdas = lambdas_for(operation)
        if draw.vocabulary.only_deepcoder:
            lambdas = tuple(each for each in lambdas if each in DEEPCODER_LAMBDAS)
        arguments.append(lambdas[int(rng.integers(len(lambdas)))])
    kinds = operation.values
    places = [place for place, kind in enumerate(kinds) if kind is known[wanted]]
    chosen = places[int(rng.integers(len(places)))]
    for place, kind in enumerate(kinds):
        drawn = (
            Ref(wanted) if place == chosen else _draw_argument(draw, kind, known, unused, wanted)
        )
        if drawn is None:
            return None
        arguments.append(drawn)
    return tuple(arguments)


def _draw_argument(
    draw: _Draw, kind: Type, known: Sequence[Type], unused: set[int], other: int
) -> Ref | Constant | None:
    """A value or a constant of type `kind`, seldom `other` again; None when there is neither."""
    again = draw.rng.random() < REPEATED_SHARE
    fitting = [
        place for place, found in enumerate(known) if found is kind and (again or place != other)
    ]
    fresh = [place for place in fitting if place in unused]
    rng = draw.rng
    written = () if draw.vocabulary.only_deepcoder else CONSTANTS.get(kind, ())
    if written and (not fitting or (not fresh and rng.random() < CONSTANT_SHARE)):
        return Constant(written[int(rng.integers(len(written)))])
    if not fitting:
        return None
    pool = fresh if fresh and rng.random() < 0.7 else fitting
    return Ref(pool[int(rng.integers(len(pool)))])


@lru_cache(maxsize=64)
def _families(
    vocabulary: Vocabulary, kind: Type
) -> tuple[tuple[tuple[Operation, ...], ...], tuple[float, ...]]:
    """The operations that take a value of type `kind`, by family, and where in 0..1 each ends."""
    found: dict[str, list[Operation]] = {}
    for operation in vocabulary.operations:
        if kind in operation.values:
            found.setdefault(operation.family, []).append(operation)
    usual = dict(vocabulary.weights)
    shares = np.array([usual.get(family, 1.0) for family in found])
    bounds = np.cumsum(shares)[:-1] / max(shares.sum(), 1e-9)
    return tuple(map(tuple, found.values())), tuple(bounds.tolist())
