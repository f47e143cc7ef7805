"""A grid task and grid engines small enough to follow by hand.

`Latin` is a 3x3 Latin square. `Scripted` is a grid engine that does what a function says;
`Flaky` problems are solved only when their first given is not a 1, so that relabelling helps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations, product
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from hrm_engine.errors import TaskError
from hrm_engine.inference.grid_engine import Refined
from hrm_engine.tasks.base import GridTask, Symmetry, Verdict, register

Grid = NDArray[np.uint8]
VOCABULARY = ("<pad>", ".", "1", "2", "3")
SIDE = 3
ROWS = list(permutations("123"))
SQUARES = ["".join(map("".join, rows)) for rows in product(ROWS, repeat=SIDE)]


def is_latin(text: str) -> bool:
    """Whether every row and column holds each digit once."""
    lines = [text[i : i + 3] for i in (0, 3, 6)] + [text[i::3] for i in range(3)]
    return all(sorted(line) == ["1", "2", "3"] for line in lines)


SQUARES = [text for text in SQUARES if is_latin(text)]


@register
class Latin(GridTask[str, str]):
    """Fill a 3x3 square so that every row and column holds 1, 2 and 3."""

    name: ClassVar[str] = "latin3"
    vocabulary = VOCABULARY
    shape = (SIDE, SIDE)

    def sample(self, rng: np.random.Generator) -> str:
        square = SQUARES[rng.integers(len(SQUARES))]
        blanks = set(rng.choice(9, size=4, replace=False).tolist())
        return "".join("." if i in blanks else c for i, c in enumerate(square))

    def inputs(self, problem: str) -> Grid:
        if len(problem) > 9:
            raise TaskError("does not fit the canvas")
        return np.array([VOCABULARY.index(c) for c in problem], dtype=np.uint8)

    def targets(self, problem: str, solution: str) -> Grid:
        return self.inputs(solution)

    def decode(self, problem: str, tokens: Sequence[int]) -> str:
        if min(tokens) < 2:
            raise TaskError("a cell is empty")
        return "".join(VOCABULARY[t] for t in tokens)

    def verify(self, problem: str, solution: str) -> Verdict:
        kept = all(a in (".", b) for a, b in zip(problem, solution, strict=True))
        return Verdict("proved" if kept and is_latin(solution) else "refuted", "counting")

    def symmetry(self, rng: np.random.Generator) -> Symmetry:
        cells = np.arange(9).reshape(3, 3)[rng.permutation(3)][:, rng.permutation(3)]
        tokens = np.array([0, 1, *(2 + rng.permutation(3))], dtype=np.uint8)
        return Symmetry(cells.reshape(-1).astype(np.intp), tokens)

    def baseline(self, problem: str) -> str:
        for square in SQUARES:
            if self.verify(problem, square).accepted:
                return square
        raise TaskError("no solution")

    def peers(self) -> Mapping[str, Callable[[str], str]]:
        return {"brute": self.baseline}

    def cross_check(self, problem: str, solution: str) -> bool | None:
        return solution in SQUARES

    def read(self, record: dict[str, Any]) -> str:
        text = "".join(str(record["input"]).split())
        if not text or set(text) - set(".123"):
            raise TaskError(f"`{text}` is not a square", hint="use 1, 2, 3 and .")
        return text

    def show(self, solution: str) -> str:
        return solution

    def render(self, problem: str, tokens: Sequence[int]) -> str:
        text = "".join(VOCABULARY[t] for t in tokens)
        return "\n".join(text[i : i + 3] for i in (0, 3, 6))


Behaviour = Callable[[Grid, int], tuple[Sequence[int], float, float]]
"""What a row that sees a grid answers in segment n: tokens, halt logit, residual."""


@dataclass
class Scripted:
    """An engine whose state is how many segments a row has had."""

    behaviour: Behaviour
    rows: int = 4
    name: str = "scripted"
    batches: list[int] = field(default_factory=list)
    starts: list[tuple[float, tuple[int, ...]]] = field(default_factory=list)

    def start(self, rows: int, *, noise: float = 0.0, seeds: Sequence[int] = ()) -> Any:
        self.starts.append((noise, tuple(seeds)))
        return np.zeros(rows, dtype=np.int64)

    def segment(self, tokens: Grid, state: Any) -> Refined:
        self.batches.append(len(tokens))
        given = [self.behaviour(t, n + 1) for t, n in zip(tokens, state.tolist(), strict=True)]
        logits = np.full((len(tokens), tokens.shape[1], len(VOCABULARY)), -9.0, dtype=np.float32)
        for row, (answer, _, _) in enumerate(given):
            logits[row, np.arange(len(answer)), list(answer)] = 9.0
        halt = np.array([each[1] for each in given], dtype=np.float32)
        residual = np.array([each[2] for each in given], dtype=np.float32)
        return Refined(logits, halt, residual, state + 1)

    def select(self, state: Any, rows: Sequence[int]) -> Any:
        return state[list(rows)]

    def join(self, first: Any, second: Any) -> Any:
        return np.concatenate((first, second))


TASK = Latin()


def tokens(text: str) -> list[int]:
    """The tokens of a square."""
    return [VOCABULARY.index(c) for c in text]


def solution(seen: Grid) -> list[int]:
    """The tokens that solve what a row sees."""
    return tokens(TASK.baseline("".join(VOCABULARY[t] for t in seen)))


def solves_after(segments: int, *, halt: float = -5.0) -> Behaviour:
    """Blank until segment `segments`, then right; from then on the halt head says `halt`."""

    def behave(seen: Grid, segment: int) -> tuple[Sequence[int], float, float]:
        ready = segment >= segments
        return (solution(seen), halt, 0.5) if ready else (seen.tolist(), -5.0, 0.5)

    return behave


def flaky(seen: Grid, segment: int) -> tuple[Sequence[int], float, float]:
    """Right in the second segment unless the first given is a 1; sure of itself only if right."""
    first = next(t for t in seen.tolist() if t > 1)
    if first == 2 or segment < 2:
        return seen.tolist(), -3.0, 0.5
    return solution(seen), 3.0, 0.5
