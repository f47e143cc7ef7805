"""Endless problems: a specification, examples, the plan, the program, hidden tests.

    sampler = ProblemSampler(seed=0)
    problem = next(sampler)

The draws are seeded. What is trivial, what a shorter program replaces (`checks.py`), what was
drawn before by behaviour, and what the test sets of others hold (`behaviour.py`) is rejected
and counted by reason. Every problem belongs to one split (`splits.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hrm_engine.programs.behaviour import banned_behaviours, behaviour
from hrm_engine.programs.checks import fault
from hrm_engine.programs.generate import FULL, Vocabulary, draw_program
from hrm_engine.programs.interpreter import trace
from hrm_engine.programs.phrases import phrase
from hrm_engine.programs.program import Program
from hrm_engine.programs.specifications import draw_template, specify
from hrm_engine.programs.splits import LONGEST, LONGEST_TRAINED, Split, split_of, structural_split
from hrm_engine.programs.types import Value

FEWEST_EXAMPLES, MOST_EXAMPLES = 3, 5
HIDDEN_TESTS = 10
LARGEST_SHOWN = 200
"""The most characters that an example's output may have when written down."""
COMMON = 2
"""Statements of programs that are never banned: nearly all of the few there are stand in the
test sets of others, and a language cannot be learned without its words."""


@dataclass(frozen=True)
class Example:
    """Inputs and the output that belongs to them."""

    inputs: tuple[Value, ...]
    output: Value


@dataclass(frozen=True)
class PlanStep:
    """One statement: as the program has it, in English, and its value on each example."""

    statement: str
    words: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class ProgramProblem:
    """A problem with its answer: the solver sees the specification and the examples alone."""

    specification: str
    template: str
    examples: tuple[Example, ...]
    hidden: tuple[Example, ...]
    program: Program
    plan: tuple[PlanStep, ...]
    behaviour: str
    split: Split


class ProblemSampler(Iterator[ProgramProblem]):
    """An endless iterator over distinct problems of one split; the same for the same seed.

    seed: a number, or the generator to draw from. rejected: how many draws were refused, by
    reason. noise: of the wording, 0 to 1.
    """

    def __init__(
        self,
        seed: int | np.random.Generator,
        split: Split = "train",
        vocabulary: Vocabulary = FULL,
        noise: float = 0.5,
        lengths: tuple[int, int] | None = None,
    ) -> None:
        self.rejected: Counter[str] = Counter()
        self._rng = np.random.default_rng([seed, len(split)]) if isinstance(seed, int) else seed
        self._split = split
        self._vocabulary = vocabulary
        self._noise = noise
        usual = (LONGEST_TRAINED + 1, LONGEST) if split == "length" else (1, LONGEST_TRAINED)
        self._lengths = lengths or usual
        self._limits = vocabulary.limits
        self._seen: set[str] = set()

    def __next__(self) -> ProgramProblem:
        while True:
            problem = self._draw()
            if isinstance(problem, ProgramProblem):
                return problem
            self.rejected[problem] += 1

    def _draw(self) -> ProgramProblem | str:
        """A problem, or the reason why there is none; cheap reasons are looked for first."""
        low, high = self._lengths
        program = draw_program(self._rng, int(self._rng.integers(low, high + 1)), self._vocabulary)
        if program is None:
            return "nothing fits"
        structural = self._split if self._split in ("length", "pairs") else None
        if structural_split(program) != structural:
            return "other split"
        template = draw_template(self._rng, held_out=self._split == "template")
        fingerprint = behaviour(program)
        if split_of(program, fingerprint, template.name) != self._split:
            return "other split"
        if len(program.statements) > COMMON and fingerprint in banned_behaviours():
            return "banned"
        if fingerprint in self._seen:
            return "duplicate"
        visible = int(self._rng.integers(FEWEST_EXAMPLES, MOST_EXAMPLES + 1))
        rows = self._rows(program, visible + HIDDEN_TESTS)
        if rows is None:
            return "too few results"
        shown = rows[:visible]
        wrong = fault(program, shown, self._limits)
        if wrong is not None:
            return wrong
        self._seen.add(fingerprint)
        return ProgramProblem(
            specification=specify(program, template, self._rng, self._noise),
            template=template.name,
            examples=_examples(program, shown),
            hidden=_examples(program, rows[visible:]),
            program=program,
            plan=plan_of(program, shown),
            behaviour=fingerprint,
            split=self._split,
        )

    def _rows(self, program: Program, wanted: int) -> list[list[Value]] | None:
        """All values of the program on `wanted` distinct inputs; None when most give no result."""
        rows: list[list[Value]] = []
        known: set[str] = set()
        for attempt in range(2 * wanted):
            inputs = self._vocabulary.draw(program.types, self._rng)
            if repr(inputs) in known:
                continue
            known.add(repr(inputs))
            values = trace(program, inputs, self._limits)
            if values is not None and len(repr(values[-1])) <= LARGEST_SHOWN:
                rows.append(values)
            if len(rows) == wanted:
                return rows
            if attempt == 7 and len(rows) < 3:
                return None
        return None


def plan_of(program: Program, rows: list[list[Value]]) -> tuple[PlanStep, ...]:
    """The statements with their English and their values on each row of `interpreter.trace`."""
    spoken = list(program.names)
    steps = []
    for place, statement in enumerate(program.statements, len(program.types)):
        words = phrase(statement, spoken)
        steps.append(PlanStep(str(statement), words, tuple(row[place] for row in rows)))
        spoken.append(f"v{place}")
    return tuple(steps)


def _examples(program: Program, rows: list[list[Value]]) -> tuple[Example, ...]:
    inputs = len(program.types)
    return tuple(Example(tuple(row[:inputs]), row[-1]) for row in rows)
