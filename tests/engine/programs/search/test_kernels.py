"""Every operation on columns gives what the interpreter gives, one value at a time."""

from __future__ import annotations

import zlib

import numpy as np
import pytest

from hrm_engine.programs.exedec import read_program
from hrm_engine.programs.interpreter import Limits, run
from hrm_engine.programs.program import Program
from hrm_engine.programs.search.kernels import Shape
from hrm_engine.programs.search.moves import MOVES, Move
from hrm_engine.programs.types import Type
from tests.engine.programs.search.columns import SHAPE, draw, stack, values_of

KINDS = {"int": Type.INT, "list": Type.INTS}


def program_of(move: Move) -> Program:
    """The program that is this move alone."""
    names = [f"x{place}" for place in range(len(move.arguments))]
    lines = [f"{name} = INPUT" for name in names] + [f"y = {move.name} {' '.join(names)}"]
    return read_program(" | ".join(lines), [KINDS[kind] for kind in move.arguments])


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.name)
def test_a_move_gives_what_the_interpreter_gives(move: Move) -> None:
    rng = np.random.default_rng(zlib.crc32(move.name.encode()))
    program = program_of(move)
    rows = [[draw(kind, rng) for kind in move.arguments] for _ in range(150)]
    columns, valid = move.apply(SHAPE, *(stack(argument) for argument in zip(*rows, strict=True)))
    for number, row in enumerate(rows):
        per_example = zip(*row, strict=True)
        wanted = [run(program, inputs, Limits(integer=SHAPE.bound)) for inputs in per_example]
        assert bool(valid[number]) == (None not in wanted)
        if valid[number]:
            assert values_of(columns, number) == wanted
            assert np.array_equal(columns[:, number], stack([wanted])[:, 0])  # zeros beyond the end


def test_no_move_has_a_result_where_all_lists_have_no_cells() -> None:
    shape = Shape(examples=2, longest=0, bound=50)
    empty = np.zeros((2, 1), dtype=np.int16)
    for move in MOVES:
        if move.operation in ("Head", "Last", "Access", "Minimum", "Maximum"):
            assert not move.apply(shape, *[empty] * len(move.arguments))[1].any()


@pytest.mark.parametrize(("bound", "bits"), [(50, 16), (181, 16), (182, 32), (46_340, 32)])
def test_the_integers_are_wide_enough_for_a_square(bound: int, bits: int) -> None:
    dtype = Shape(examples=1, longest=5, bound=bound).dtype
    assert np.iinfo(dtype).bits == bits
    assert bound * bound <= np.iinfo(dtype).max
