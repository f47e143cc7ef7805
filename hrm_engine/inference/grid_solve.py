"""From a grid problem to an answer that may be returned, and to the thoughts on the way.

    solver = GridSolver.load("hrm-sudoku", "sudoku")
    problem = solver.task.read({"input": "53..7....6..195..."})
    solver.solve(problem, candidates=8, deadline=Deadline.after(5)).solution
    for thought in solver.stream(problem):
        print(thought.segment, thought.halt, solver.task.render(problem, thought.tokens))

`solve` is what tools and `hrm solve` call; it has the signature of `solve.Solver`, so neither
knows which it has. Depth, exits, noise and seed are the solver's `plan`; breadth is
`candidates`, time the deadline. `tries` is the same for many problems in one batch.

An exact check in this process may end a try; the verdict of an answer comes from the judge
behind `isolated`, as for sequences. Read `GridSolver.solve`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from functools import partial
from typing import Any

from hrm_engine.deadline import Deadline
from hrm_engine.errors import DeadlineError, TaskError
from hrm_engine.inference.batched import Ask, Lend
from hrm_engine.inference.batched_grid import GridBatch, Puzzled
from hrm_engine.inference.grid_engine import GridEngine
from hrm_engine.inference.grid_search import Exits, Plan, Search, Thought, Try, best
from hrm_engine.inference.solve import Solved
from hrm_engine.tasks.base import GridTask, Verdict
from hrm_engine.tasks.judge import Isolated, inline, judge

Watch = Callable[[Thought], None]
"""Is told of every segment."""


class GridSolver:
    """A trained network with its task, ready to answer grids."""

    def __init__(
        self,
        name: str,
        task: GridTask[Any, Any],
        engines: Sequence[GridEngine],
        plan: Plan,
        watch: Watch | None = None,
    ) -> None:
        """A solver from its parts; `load` makes them.

        engines: asked in turn, so that a fast one may fail and an exact one try again. watch:
        is told of every segment that `solve` makes; tries then come one after the other.
        """
        self.name = name
        self.task = task
        self.engines = tuple(engines)
        self.plan = plan
        self._watch = watch
        self._explore: tuple[Ask[Puzzled, list[Try]], ...] = tuple(
            partial(self._alone, engine) for engine in self.engines
        )

    @classmethod
    def load(
        cls, model: str, task: str, *, engine: str = "auto", device: str = "auto", **plan: Any
    ) -> GridSolver:
        """The solver for checkpoint `model` (name or folder) on the task named `task`.

        engine: auto, torch, onnx or onnx-int8. device: for torch. plan: settings of `Plan`;
        the depth is 16 by default, or as in training if that was deeper. Raises
        CheckpointError, TaskError, MissingExtraError.
        """
        from hrm_engine.inference.load import load_grid_solver

        return load_grid_solver(model, task, engine=engine, device=device, **plan)

    def watched(self, watch: Watch) -> GridSolver:
        """The same solver with somebody watching."""
        return GridSolver(self.name, self.task, self.engines, self.plan, watch)

    def batched(self, lend: Lend) -> GridSolver:
        """This solver with its tries made in batches that all share, one for each engine."""

        def batch_of(engine: GridEngine, problems: int) -> GridBatch:
            return GridBatch(engine, self.task, self.plan, problems)

        shared = copy(self)
        shared._explore = tuple(
            lend(f"{self.name}, {engine.name}", partial(batch_of, engine))
            for engine in self.engines
        )
        return shared

    def label(self, solved: Solved) -> str:
        """Who found an accepted answer: the first try of this network, or its search."""
        return f"hrm:{self.name}" if solved.rank == 1 else "hrm+search"

    def solve(
        self,
        problem: Any,
        *,
        candidates: int = 10,
        deadline: Deadline | None = None,
        isolated: Isolated = inline,
    ) -> Solved:
        """Refine until an answer is accepted, or the tries or the time are used up.

        Args:
            problem: what `Task.read` returns.
            candidates: how many tries there may be; 1 is the network's single pass.
            deadline: when to give up; asked before every segment.
            isolated: runs the check whose verdict the answer carries.
        """
        deadline = deadline or Deadline.never()
        verdict, tried, steps = Verdict("unverified", "none", note="no candidate"), 0, 0
        try:
            self.task.inputs(problem)  # raises TaskError where it does not fit
            for explore in self._explore:
                found = explore(Puzzled(problem, candidates), deadline)
                ran = [one for one in found if one.segment]
                steps += sum(t.segment for t in ran)
                if not any(t.verified for t in ran):
                    deadline.check()
                chosen = best(ran)
                tokens = chosen.tokens.tolist()
                solution, verdict = isolated(judge, self.task.name, problem, tokens)
                if verdict.accepted:
                    rank = tried + chosen.number
                    return Solved(solution, verdict, rank, tried + len(ran), steps)
                tried += len(ran)
        except DeadlineError as error:
            verdict = Verdict("unverified", "deadline", note=error.problem)
        except TaskError as error:
            verdict = Verdict("unverified", "canvas", note=error.problem)
        return Solved(None, verdict, 0, tried, steps)

    def stream(
        self, problem: Any, *, candidates: int = 1, deadline: Deadline | None = None
    ) -> Iterator[Thought]:
        """Every segment as it is made, try after try, until one leaves accepted.

        The last thought of a try says in `left` why it ended. Raises TaskError for a problem
        that does not fit the canvas; when the time is up the thoughts just end.
        """
        search = self._search(self.engines[0], problem, candidates, deadline, alone=True)
        for batch in search.run():
            yield from (Thought.of(one) for one in batch if one.left != "deadline")

    def tries(
        self,
        problems: Sequence[Any],
        *,
        candidates: int,
        exits: Exits | None = None,
        deadline: Deadline | None = None,
        engine: int = 0,
    ) -> Iterator[tuple[int, list[Try]]]:
        """All problems in one batch: the number of each as it finishes, and its tries.

        exits: other than the plan's. engine: which of `engines`. Raises TaskError when a
        problem does not fit the canvas.
        """
        plan = replace(self.plan, breadth=candidates, exits=exits or self.plan.exits)
        search = Search(self.engines[engine], self.task, problems, plan, deadline)
        yield from outcomes(search, len(problems))

    def _alone(self, engine: GridEngine, question: Puzzled, deadline: Deadline) -> list[Try]:
        """The tries at one problem, made by this thread."""
        alone = self._watch is not None
        search = self._search(engine, question.problem, question.candidates, deadline, alone=alone)
        return [one for _, tries in outcomes(search, 1, self._watch) for one in tries]

    def _search(
        self,
        engine: GridEngine,
        problem: Any,
        candidates: int,
        deadline: Deadline | None,
        *,
        alone: bool,
    ) -> Search:
        """A search for one problem; `alone`: with one try at a time."""
        plan = replace(self.plan, breadth=candidates)
        if alone:
            plan = replace(plan, batch=1)
        return Search(engine, self.task, [problem], plan, deadline)


def outcomes(
    search: Search, problems: int, watch: Watch | None = None
) -> Iterator[tuple[int, list[Try]]]:
    """Run a search over so many problems: each problem's number and tries, as it finishes.

    When the time is up the rest follow as they are, those never tried with no tries.
    """
    open_tries: dict[int, list[Try]] = {item: [] for item in range(problems)}
    for batch in search.run():
        for one in batch:
            if watch is not None and one.left != "deadline":
                watch(Thought.of(one))
            if one.left:
                open_tries[one.item].append(one)
        for item in {one.item for one in batch if one.left}:
            if search.finished(item):
                yield item, open_tries.pop(item)
    yield from open_tries.items()
