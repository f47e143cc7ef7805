"""An engine that answers every question with the same scores, so that a test knows what is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hrm_engine.inference.grid_engine import Refined
from hrm_engine.inference.program_network import ProgramNetwork
from hrm_engine.programs.operations import BY_NAME
from hrm_engine.programs.program import Argument, Program, Statement, input_names
from hrm_engine.programs.types import Type
from hrm_engine.tokens.program import SLOTS, STATEMENTS, VOCABULARY_SIZE, targets_of


def program(types: Sequence[Type], *statements: tuple[Any, ...]) -> Program:
    """Statements as an operation's name and its arguments."""
    return Program(
        input_names(types), tuple(types), tuple(_statement(*each) for each in statements)
    )


def _statement(name: str, *arguments: Argument) -> Statement:
    return Statement(BY_NAME[name], arguments)


def scores(*programs: Program) -> NDArray[np.float32]:
    """Logits (R * K, V) that favour the first program, then the second, and so on."""
    found = np.full((STATEMENTS * SLOTS, VOCABULARY_SIZE), -9.0, np.float32)
    for rank, each in reversed(list(enumerate(programs))):
        tokens = targets_of(each).astype(int)
        places = np.flatnonzero(tokens)
        found[places, tokens[places]] = 6.0 - 2 * rank
    return found


class Fixed:
    """A grid engine whose every segment gives the same logits; the state counts segments."""

    name = "fixed"
    rows = 8

    def __init__(self, logits: NDArray[np.float32]) -> None:
        self.logits = logits

    def start(self, rows: int, *, noise: float = 0.0, seeds: Sequence[int] = ()) -> int:
        return 0

    def segment(self, tokens: NDArray[np.uint8], state: int) -> Refined:
        rows = len(tokens)
        still = np.zeros(rows, np.float32)
        return Refined(np.stack([self.logits] * rows), still, still, state + 1)

    def select(self, state: int, rows: Sequence[int]) -> int:
        return state

    def join(self, first: int, second: int) -> int:
        return first


def network(*programs: Program) -> ProgramNetwork:
    """A network that favours these programs, in this order."""
    return ProgramNetwork("fixed", Fixed(scores(*programs)), segments=2)
