"""What the tests of programs share: drawn programs, and the printed function to call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from hrm_engine.programs.generate import FULL, Vocabulary, draw_program
from hrm_engine.programs.inputs import draw_inputs
from hrm_engine.programs.program import Program
from hrm_engine.programs.types import Value


def drawn(seed: int, length: int, vocabulary: Vocabulary = FULL) -> Program:
    """The first program of this length that the seed gives."""
    rng = np.random.default_rng(seed)
    while True:
        program = draw_program(rng, length, vocabulary)
        if program is not None:
            return program


def inputs_for(program: Program, seed: int, count: int) -> list[tuple[Value, ...]]:
    """Random inputs of the program's types."""
    rng = np.random.default_rng(seed)
    return [draw_inputs(program.types, rng) for _ in range(count)]


def function_of(text: str, name: str = "f") -> Callable[..., Any]:
    """The function that a text printed by us defines."""
    scope: dict[str, Any] = {}
    exec(text, scope)  # noqa: S102 - our own printer wrote it
    function: Callable[..., Any] = scope[name]
    return function
