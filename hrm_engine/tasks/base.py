"""What a task is: one file that defines everything about a kind of problem.

    Task                  sample, decode, the exact `verify`, the classical `baseline`, read, show
    ├── SequenceTask      a prompt is answered token by token: encode, prompt, constraint
    └── GridTask          a canvas is answered all at once and refined: inputs, targets, symmetry

Accuracy in a report and the tick in a tool's answer come from the same `verify`, so they
cannot disagree. Third parties register a task in the entry point group `hrm_engine.tasks`;
see docs/add-a-task.md.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Any, ClassVar, Generic, Literal, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from hrm_engine.errors import TaskError

Problem = TypeVar("Problem")
Solution = TypeVar("Solution")
Status = Literal["proved", "verified", "refuted", "unverified"]
ENTRY_POINTS = "hrm_engine.tasks"


@dataclass(frozen=True)
class Verdict:
    """What an exact check found.

    proved: the answer is right, symbolically. verified: it is right at `points` places to
    `bits` bits of rigorous ball arithmetic. refuted: it is wrong. unverified: no decision.
    """

    status: Status
    method: str
    points: int = 0
    bits: int = 0
    note: str = ""

    @property
    def accepted(self) -> bool:
        """Whether the answer may be returned as right."""
        return self.status in ("proved", "verified")


@dataclass(frozen=True)
class Example:
    """One training sequence.

    tokens: prompt and answer; prefix: how many leading tokens attend to each other in both
    directions (0 for a causal model); learn: which tokens are targets of the loss.
    """

    tokens: tuple[int, ...]
    prefix: int
    learn: tuple[bool, ...]


class Constraint(Protocol):
    """A grammar over answer tokens: which token may come next. Immutable; `advance` copies."""

    def allowed(self) -> Sequence[int]:
        """The ids that may come next; empty when the answer is complete."""
        ...

    def advance(self, token: int) -> Constraint:
        """The state after `token`."""
        ...


class Task(ABC, Generic[Problem, Solution]):
    """A kind of problem with an exact check. Derive from `SequenceTask` or `GridTask`."""

    name: ClassVar[str]
    form: ClassVar[Literal["grid", "sequence"]]
    classical: ClassVar[str] = "classical:rules"
    """The label of what `baseline` answers: classical:<method>."""

    @property
    @abstractmethod
    def vocabulary(self) -> Sequence[str]:
        """The token strings by id; the checkpoint stores them and refuses others."""

    @abstractmethod
    def sample(self, rng: np.random.Generator) -> Problem:
        """A random problem from the documented distribution; endless and seeded."""

    @abstractmethod
    def decode(self, problem: Problem, tokens: Sequence[int]) -> Solution:
        """The answer that `tokens` (without an end token) spell. Raises TaskError."""

    @abstractmethod
    def verify(self, problem: Problem, solution: Solution) -> Verdict:
        """Exactly whether `solution` solves one stage of `problem`; never neural or float."""

    @abstractmethod
    def tidy(self, solution: Solution) -> Solution:
        """The same answer in the form people expect; it is checked again before it is used."""

    @abstractmethod
    def remaining(self, problem: Problem, solution: Solution) -> Problem | None:
        """What is left once `solution` is accepted; None when it is the whole answer."""

    @abstractmethod
    def baseline(self, problem: Problem) -> Solution:
        """The classical method for the same stage: labelled fallback and honest comparison.

        Raises TaskError for a problem that it finds to have no solution.
        """

    @abstractmethod
    def peers(self) -> Mapping[str, Callable[[Problem], Solution]]:
        """Independent programs that give whole answers, by name; evaluation reports them."""

    @abstractmethod
    def cross_check(self, problem: Problem, solution: Solution) -> bool | None:
        """Whether the whole `solution` is right by means unrelated to `verify`; None: unknown.

        Evaluation counts accepted answers that fail it as wrong-but-verified.
        """

    @abstractmethod
    def read(self, record: dict[str, Any]) -> Problem:
        """The problem in one record `{"input", ...}` of a data file. Raises HRMError."""

    @abstractmethod
    def show(self, solution: Solution) -> str:
        """The answer as plain text that `read` would accept."""


class SequenceTask(Task[Problem, Solution]):
    """A prompt that is answered token by token."""

    form: ClassVar[Literal["grid", "sequence"]] = "sequence"

    @property
    @abstractmethod
    def end_token(self) -> int:
        """The id that ends an answer."""

    @abstractmethod
    def encode(self, problem: Problem) -> Example:
        """The problem with its target answer, for training."""

    @abstractmethod
    def prompt(self, problem: Problem) -> list[int]:
        """The problem alone. Raises TaskError when it does not fit the model."""

    @abstractmethod
    def constraint(self, problem: Problem) -> Constraint:
        """The grammar that every answer to `problem` obeys."""


@dataclass(frozen=True)
class Symmetry:
    """A change of a grid that turns solutions into solutions (S cells, V tokens).

    The cell at i gets the token of the cell at `cells[i]`, renamed by `tokens`:
    g'[i] = tokens[g[cells[i]]]. Both are permutations.
    """

    cells: NDArray[np.intp]
    tokens: NDArray[np.uint8]

    def apply(self, grids: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The changed grids (..., S)."""
        return self.tokens[grids[..., self.cells]]

    def undo(self, grids: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """What `apply` has changed, as it was: grids (..., S)."""
        return np.argsort(self.tokens).astype(np.uint8)[grids[..., np.argsort(self.cells)]]


class GridTask(Task[Problem, Solution]):
    """A canvas of `shape` cells, one token a cell, answered by a canvas of the same shape.

    Cells are numbered row by row; S = rows * columns.
    """

    form: ClassVar[Literal["grid", "sequence"]] = "grid"
    turns_answers: ClassVar[bool] = True
    """Whether a symmetry turns the target of a problem into the target of the turned problem;
    not so where `targets` picks one of several answers. Restarts of a solver need no more than
    that it turns answers into answers."""

    @property
    @abstractmethod
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the canvas."""

    @abstractmethod
    def inputs(self, problem: Problem) -> NDArray[np.uint8]:
        """What the network sees, (S,). Raises TaskError when the problem does not fit."""

    @abstractmethod
    def targets(self, problem: Problem, solution: Solution) -> NDArray[np.uint8]:
        """The canvas that spells `solution`, (S,); `decode` reads it back."""

    def answer(self, problem: Problem) -> Solution:
        """The solution that a sampled problem is trained on: the classical one unless it is known.

        Raises TaskError for a problem that has none.
        """
        return self.baseline(problem)

    def line(self, tokens: Sequence[int]) -> str:
        """A canvas, of inputs or targets, as one line for the log of a training."""
        return "".join(self.vocabulary[token] for token in tokens)

    @abstractmethod
    def symmetry(self, rng: np.random.Generator) -> Symmetry:
        """A random symmetry of the task: for augmentation and for restarts of the solver."""

    @abstractmethod
    def render(self, problem: Problem, tokens: Sequence[int]) -> str:
        """The canvas `tokens` as lines for people, givens told apart; it may be half right."""

    def tidy(self, solution: Solution) -> Solution:
        """A grid has one form."""
        return solution

    def remaining(self, problem: Problem, solution: Solution) -> Problem | None:
        """A grid is answered in one stage."""
        return None


_REGISTERED: dict[str, type[Task[Any, Any]]] = {}


def register(task: type[Task[Any, Any]]) -> type[Task[Any, Any]]:
    """Class decorator: make a task known in this process, without an entry point.

    For notebooks and trials; worker processes of a server know entry points alone.
    """
    _REGISTERED[task.name] = task
    return task


def task_names() -> list[str]:
    """The names that `load_task` knows."""
    return sorted({*_REGISTERED, *entry_points(group=ENTRY_POINTS).names})


def load_task(name: str) -> Task[Any, Any]:
    """The task called `name`: registered here, or in the entry point group. Raises TaskError."""
    if name in _REGISTERED:
        return _REGISTERED[name]()
    found = entry_points(group=ENTRY_POINTS)
    if name not in found.names:
        raise TaskError(f"no task `{name}`", hint=f"known tasks: {', '.join(task_names())}")
    task: Task[Any, Any] = found[name].load()()
    return task
