"""Programs: a specification and examples in, a typed program out, all statements at once.

    "the sum of the positive items of xs"        Filter (>0) v0
    [3, -1, 4] -> 7, [2] -> 2, [-5] -> 0   ──►   Sum v1

The canvas is in `hrm_engine/tokens/program.py`. Training draws half of its problems from the
whole language and half from DeepCoder's part with short lists and no text (as ExeDec poses
them); of the former some come without text and some without examples, so that one network
answers every kind of request. A program is accepted when it gives every example's output, and
there are three different ones at least.

Read `ProgramTask`; problems come from `hrm_engine/programs/sampler.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from hrm_engine.deadline import Deadline
from hrm_engine.errors import TaskError
from hrm_engine.programs.generate import EXEDEC_LIKE, FULL
from hrm_engine.programs.interpreter import run
from hrm_engine.programs.printer import to_python
from hrm_engine.programs.program import Program, input_names
from hrm_engine.programs.records import from_record
from hrm_engine.programs.sampler import ProblemSampler, ProgramProblem
from hrm_engine.programs.search.find import find_program
from hrm_engine.programs.types import ProgramError
from hrm_engine.tasks.base import GridTask, Symmetry, Verdict
from hrm_engine.tokens import program as canvas
from hrm_engine.tokens.program import Question

DEEPCODER_SHARE = 0.5
NO_TEXT, NO_EXAMPLES = 0.15, 0.2
"""Shares of the other problems that show examples alone, or text alone."""
ENOUGH = 3
"""Different examples that make a program acceptable."""
SEARCH_S = 1.0


@dataclass(frozen=True)
class ProgramQuestion:
    """What is asked, and the program of record where it is known."""

    question: Question
    program: Program | None = None


class ProgramTask(GridTask[ProgramQuestion, Program]):
    """Programs of up to ten statements with up to three inputs."""

    name: ClassVar[str] = "program"
    turns_answers: ClassVar[bool] = False
    classical: ClassVar[str] = "classical:enumeration"

    @property
    def vocabulary(self) -> Sequence[str]:
        """Each id as an operation and as an argument."""
        return canvas.vocabulary()

    @property
    def shape(self) -> tuple[int, int]:
        """A column of cells: words, values, statements."""
        return canvas.CELLS, 1

    def sample(self, rng: np.random.Generator) -> ProgramQuestion:
        """A problem of the training split; see the module's docstring for the mixture."""
        only_examples = rng.random() < DEEPCODER_SHARE
        vocabulary = EXEDEC_LIKE if only_examples else FULL
        problem = next(ProblemSampler(rng, "train", vocabulary))
        asked = question_of(problem)
        style = rng.random()
        if only_examples or style < NO_TEXT:
            asked = replace(asked, specification="")
        elif style > 1 - NO_EXAMPLES:
            asked = replace(asked, rows=())
        return ProgramQuestion(asked, problem.program)

    def inputs(self, problem: ProgramQuestion) -> NDArray[np.uint8]:
        """The canvas (S * C,). Raises TaskError for more inputs than it has cells for."""
        if len(problem.question.types) > canvas.INPUTS:
            raise TaskError(
                f"{len(problem.question.types)} inputs are more than the network's canvas holds",
                hint=f"it reads up to {canvas.INPUTS}",
            )
        return canvas.inputs_of(problem.question)

    def targets(self, problem: ProgramQuestion, solution: Program) -> NDArray[np.uint8]:
        """The tokens of ten statements. Raises TaskError for a program that does not fit."""
        if not canvas.fits_grid(solution):
            raise TaskError(f"the canvas cannot hold `{solution}`")
        return canvas.targets_of(solution)

    def answer(self, problem: ProgramQuestion) -> Program:
        """The program of record, or what the enumeration finds."""
        return problem.program or self.baseline(problem)

    def decode(self, problem: ProgramQuestion, tokens: Sequence[int]) -> Program:
        """The program as the tokens stand. Raises TaskError for one that does not type-check."""
        types = problem.question.types
        try:
            return canvas.program_of(input_names(types), types, tokens)
        except KeyError as error:
            raise TaskError(f"token {error} is no part of a program") from None
        except ProgramError as error:
            raise TaskError(error.problem) from None

    def verify(self, problem: ProgramQuestion, solution: Program) -> Verdict:
        """Run on every example; unverified where fewer than three different ones are given."""
        rows = problem.question.rows
        method = f"run on {len(rows)} examples"
        if any(run(solution, row[:-1]) != row[-1] for row in rows):
            return Verdict("refuted", method, note="an example comes out differently")
        if len({repr(row[:-1]) for row in rows}) < ENOUGH:
            return Verdict("unverified", method, note="fewer than three different examples")
        return Verdict("verified", method, points=len(rows))

    def tidy(self, solution: Program) -> Program:
        """A program has one form."""
        return solution

    def baseline(self, problem: ProgramQuestion) -> Program:
        """Enumeration for a second. Raises TaskError when nothing is found."""
        rows = problem.question.rows
        if not rows:
            raise TaskError("enumeration needs examples")
        inputs, outputs = [row[:-1] for row in rows], [row[-1] for row in rows]
        found = find_program(inputs, outputs, Deadline.after(SEARCH_S))
        if found is None:
            raise TaskError(f"enumeration found no program within {SEARCH_S:g} s")
        return found.program

    def peers(self) -> Mapping[str, Callable[[ProgramQuestion], Program]]:
        """None."""
        return {}

    def cross_check(self, problem: ProgramQuestion, solution: Program) -> bool | None:
        """Unknown: other examples may tell, see `hrm eval program`."""
        return None

    def symmetry(self, rng: np.random.Generator) -> Symmetry:
        """Raises TaskError: the answer's tokens stand on another canvas than the question's."""
        raise TaskError("programs have no symmetry of the canvas")

    def render(self, problem: ProgramQuestion, tokens: Sequence[int]) -> str:
        """Python where the tokens type-check, else the tokens."""
        try:
            return self.show(self.decode(problem, tokens))
        except TaskError:
            return self.line(tokens)

    def read(self, record: dict[str, Any]) -> ProgramQuestion:
        """A line that `hrm data program` wrote. Raises ProgramError."""
        problem = from_record(record)
        return ProgramQuestion(question_of(problem), problem.program)

    def show(self, solution: Program) -> str:
        """The program in Python."""
        return to_python(solution, comments=False)

    def line(self, tokens: Sequence[int]) -> str:
        """The statements of an answer; the places of a question that are filled."""
        if len(tokens) != canvas.STATEMENTS * canvas.SLOTS:
            return f"{np.count_nonzero(tokens)} tokens"
        rows = np.asarray(tokens).reshape(canvas.STATEMENTS, canvas.SLOTS)
        return " | ".join(" ".join(map(str, row[row > 0])) for row in rows if row.any())


def question_of(problem: ProgramProblem) -> Question:
    """What the solver of a sampled problem is shown."""
    program = problem.program
    rows = tuple((*example.inputs, example.output) for example in problem.examples)
    return Question(problem.specification, program.types, program.result, program.names, rows)
