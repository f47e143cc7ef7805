"""Depth and breadth: many tries at many grids in one bounded batch.

    waiting tries ──► batch ──► one segment ──► who leaves? ──► finished tries
                        ▲                          │ the others stay
                        └── their places are refilled

A *try* is one chain of segments at one problem. It leaves by the first of: the exact check
accepts its answer, the halt head believes it, its states have stopped moving (`Exits`), or
`depth` segments. Try 1 sees the problem as it is; every further one sees it through a random
symmetry of the task (and, if asked for, starts from noisy states), and its answers are
turned back.

With the checker on, a problem's further tries start only when its first one has failed,
and the first accepted answer ends them all. Without it all tries run, and `best` chooses.

Everything random comes from (seed, try), so the same call gives the same answer whatever
else is in the batch. Read `Search.run`; problems may be added and forgotten between its steps
(`batched_grid.py`).
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from hrm_engine.deadline import Deadline
from hrm_engine.errors import TaskError
from hrm_engine.inference.grid_engine import GridEngine, State
from hrm_engine.tasks.base import GridTask, Symmetry

Grid = NDArray[np.uint8]
Left = Literal["", "checker", "halt", "residual", "depth", "cancelled", "deadline"]


@dataclass(frozen=True)
class Exits:
    """When a try leaves, each of which can be switched off; at `depth` it leaves anyway.

    checker: the exact check accepts the answer. halt: the halt head is above 0. residual:
    the states moved by less than this share of their size; 0 never.
    """

    checker: bool = True
    halt: bool = True
    residual: float = 0.0


CHECKED = Exits(checker=True, halt=False, residual=1e-3)
"""The product: the check decides; a wrong belief does not end a try, standing still does."""
BLIND = Exits(checker=False, halt=True)
"""The network alone: no checker anywhere, its own halt head ends a try."""


@dataclass(frozen=True)
class Plan:
    """How deep, how broad, and how.

    depth: most segments of a try. breadth: most tries at a problem. batch: most rows at once
    (0: what the engine likes). noise: standard deviation of the noise that the start states
    of further tries get. seed: of symmetries and noise. together: a problem's further tries
    wait until there is room for all of them, so that which one is accepted first does not
    depend on what else is in the batch.
    """

    depth: int
    breadth: int = 1
    batch: int = 0
    exits: Exits = CHECKED
    noise: float = 0.0
    seed: int = 0
    together: bool = False


@dataclass
class Try:
    """One chain of segments at one problem (S cells), as far as it has come.

    item: the number of the problem; number: 1 for the first try. tokens (S,): the answer;
    confidence (S,): the probability of each chosen token; changed: cells that the last
    segment changed. halt: the halt head's logit. left: why it has left, empty while it runs.
    """

    item: int
    number: int
    problem: Any = field(repr=False)
    seen: Grid = field(repr=False)
    symmetry: Symmetry | None = field(repr=False)
    tokens: Grid = field(repr=False)
    confidence: NDArray[np.float32] = field(repr=False)
    changed: tuple[int, ...] = ()
    segment: int = 0
    halt: float = -np.inf
    residual: float = np.inf
    verified: bool = False
    left: Left = ""

    def take(self, tokens: Grid, confidence: NDArray[np.float32]) -> None:
        """The answer of one more segment, turned back to how the problem was posed."""
        if self.symmetry is not None:
            tokens = self.symmetry.undo(tokens)
            confidence = confidence[np.argsort(self.symmetry.cells)]
        self.changed = tuple(np.flatnonzero(tokens != self.tokens).tolist())
        self.tokens, self.confidence = tokens, confidence
        self.segment += 1


def best(tries: Sequence[Try]) -> Try:
    """The try to believe: an accepted one, else the highest halt score.

    Equal scores (a network whose halt head was never trained): the smallest residual; then
    the earliest.
    """
    return max(tries, key=lambda t: (t.verified, t.halt, -t.residual, -t.number))


def try_seed(seed: int, number: int) -> int:
    """What try `number` draws its symmetry and noise from."""
    return int(np.random.SeedSequence((seed, number)).generate_state(1)[0])


class Search:
    """One run over some problems: `run` to the end, or `step` by step as problems are added."""

    def __init__(
        self,
        engine: GridEngine,
        task: GridTask[Any, Any],
        problems: Sequence[Any],
        plan: Plan,
        deadline: Deadline | None = None,
    ) -> None:
        self._engine, self._task, self._plan = engine, task, plan
        self._deadline = deadline or Deadline.never()
        self._room = plan.batch or engine.rows
        self._problems: dict[int, Any] = {}
        self._breadth: dict[int, int] = {}
        self._waiting = deque[tuple[int, int]]()
        self._unfinished = Counter[int]()
        self._solved: set[int] = set()
        self._batch: list[Try] = []
        self._state: State = None
        for item, problem in enumerate(problems):
            self.add(item, problem, plan.breadth)

    def add(self, item: int, problem: Any, breadth: int) -> None:
        """Another problem under a new number, with at most `breadth` tries."""
        at_once = 1 if self._plan.exits.checker else breadth
        self._problems[item], self._breadth[item] = problem, breadth
        self._waiting.extend((item, n) for n in range(1, at_once + 1))
        self._unfinished[item] = at_once

    def forget(self, item: int) -> None:
        """Drop a problem with its tries; its number may be given again after the next step."""
        del self._problems[item], self._breadth[item], self._unfinished[item]
        self._solved.discard(item)
        self._waiting = deque(entry for entry in self._waiting if entry[0] != item)
        for one in self._batch:
            if one.item == item and not one.left:
                one.left = "cancelled"

    @property
    def load(self) -> int:
        """Tries that the next step finds running or waiting."""
        return len(self._waiting) + sum(not one.left for one in self._batch)

    def run(self) -> Iterator[tuple[Try, ...]]:
        """After each segment the tries that took it; those with `left` have taken their last.

        Raises TaskError for a problem that does not fit the canvas.
        """
        while self._refill():
            if self._deadline.remaining() == 0.0:
                yield self._stop()
                return
            self._refine()
            yield tuple(self._batch)

    def step(self) -> tuple[Try, ...]:
        """One segment for all tries there are; none when there is nothing to do."""
        if self._refill():
            self._refine()
        return tuple(self._batch)

    def finished(self, item: int) -> bool:
        """Whether no try at this problem runs or waits."""
        return self._unfinished[item] == 0

    def _refill(self) -> bool:
        """Let go of those that have left and admit as many as wait; whether any run now."""
        staying = [row for row, one in enumerate(self._batch) if not one.left]
        if len(staying) < len(self._batch):
            self._batch = [self._batch[row] for row in staying]
            self._state = self._engine.select(self._state, staying) if staying else None
        new = self._next(self._room - len(self._batch))
        # The first try is the network as it is; only further ones start from elsewhere.
        self._admit([t for t in new if t.number == 1], 0.0)
        self._admit([t for t in new if t.number > 1], self._plan.noise)
        return bool(self._batch)

    def _next(self, room: int) -> list[Try]:
        """At most `room` of the tries that wait, less those of solved problems."""
        new: list[Try] = []
        while self._waiting and len(new) < room:
            if self._plan.together and not self._fits(room - len(new)):
                break
            item, number = self._waiting.popleft()
            if item not in self._solved:
                new.append(self._begin(item, number))
        return new

    def _fits(self, room: int) -> bool:
        """Whether all tries that wait for the first problem in turn can start together.

        The rest of a group that has begun, or is larger than the batch, goes on as it can.
        """
        item, number = self._waiting[0]
        return number != 2 or self._breadth[item] - 1 <= room or room == self._room

    def _admit(self, group: Sequence[Try], noise: float) -> None:
        if not group:
            return
        seeds = [try_seed(self._plan.seed, t.number) for t in group]
        fresh = self._engine.start(len(group), noise=noise, seeds=seeds)
        self._state = fresh if self._state is None else self._engine.join(self._state, fresh)
        self._batch.extend(group)

    def _begin(self, item: int, number: int) -> Try:
        problem = self._problems[item]
        posed = self._task.inputs(problem)
        symmetry = None
        if number > 1:
            rng = np.random.default_rng(try_seed(self._plan.seed, number))
            symmetry = self._task.symmetry(rng)
        return Try(
            item=item,
            number=number,
            problem=problem,
            seen=posed if symmetry is None else symmetry.apply(posed),
            symmetry=symmetry,
            tokens=posed,
            confidence=np.zeros(len(posed), dtype=np.float32),
        )

    def _refine(self) -> None:
        """One segment for the whole batch, and what follows from it."""
        seen = np.stack([t.seen for t in self._batch])  # (B, S)
        refined = self._engine.segment(seen, self._state)
        self._state = refined.state
        tokens = refined.logits.argmax(-1).astype(np.uint8)  # (B, S)
        confidence = chosen_probability(refined.logits)
        for row, one in enumerate(self._batch):
            one.take(tokens[row], confidence[row])
            one.halt, one.residual = float(refined.halt[row]), float(refined.residual[row])
            self._judge(one)
        for one in [t for t in self._batch if t.left]:
            self._leave(one)

    def _judge(self, one: Try) -> None:
        """Mark `one` if it has to leave."""
        exits = self._plan.exits
        if exits.checker and (one.changed or one.segment == 1):
            one.verified = accepts(self._task, one.problem, one.tokens)
        reasons: dict[Left, bool] = {
            "checker": one.verified,
            "halt": exits.halt and one.halt > 0,
            "residual": one.residual < exits.residual,
            "depth": one.segment >= self._plan.depth,
        }
        one.left = next((name for name, holds in reasons.items() if holds), "")

    def _leave(self, one: Try) -> None:
        """Account for a try that has left: it may end its problem, or bring on further tries."""
        if one.item in self._solved:
            return
        self._unfinished[one.item] -= 1
        if one.verified:
            self._solved.add(one.item)
            self._unfinished[one.item] = 0
            for other in self._batch:
                if other.item == one.item and not other.left:
                    other.left = "cancelled"
        elif one.number == 1 and self._plan.exits.checker:
            further = range(2, self._breadth[one.item] + 1)
            self._waiting.extend((one.item, n) for n in further)
            self._unfinished[one.item] += len(further)

    def _stop(self) -> tuple[Try, ...]:
        """No time is left: everything ends as it is."""
        for one in self._batch:
            one.left = "deadline"
        self._waiting.clear()
        self._unfinished.clear()
        return tuple(self._batch)


def accepts(task: GridTask[Any, Any], problem: Any, tokens: Grid) -> bool:
    """Whether the exact check, run right here, accepts an answer."""
    try:
        return task.verify(problem, task.decode(problem, tokens.tolist())).accepted
    except TaskError:
        return False


def chosen_probability(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """The probability (B, S) of the token that each cell's scores (B, S, V) prefer."""
    top = logits.max(-1, keepdims=True)
    probability: NDArray[np.float32] = 1.0 / np.exp(logits - top).sum(-1)
    return probability


@dataclass(frozen=True)
class Thought:
    """What one segment of one try came to (S cells).

    attempt: the number of the try; segment: counted from 1 within it. tokens (S,): the
    answer so far; confidence (S,): how probable the network holds each; halt: the
    probability that it is right, by its own halt head; residual: how far its states moved;
    changed: the cells that this segment changed; verified: whether the exact check accepts
    the answer (always False when the check is off). left: why the try ends here, if it does.
    """

    attempt: int
    segment: int
    tokens: Grid
    confidence: NDArray[np.float32]
    halt: float
    residual: float
    changed: tuple[int, ...]
    verified: bool
    left: Left

    @classmethod
    def of(cls, one: Try) -> Thought:
        """The try as it stands now."""
        return cls(
            attempt=one.number,
            segment=one.segment,
            tokens=one.tokens,
            confidence=one.confidence,
            halt=float(1.0 / (1.0 + np.exp(-one.halt))),
            residual=one.residual,
            changed=one.changed,
            verified=one.verified,
            left=one.left,
        )
