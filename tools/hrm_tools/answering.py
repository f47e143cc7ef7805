"""How a reasoning tool answers: a trained network proposes, an exact check disposes.

    network ─► check ─► accepted: the answer is the network's
                  │ none accepted, or no network
                  └► classical method ─► the same check ─► labelled `classical:...`
                                             │ none
                                             └► nothing, with the reason

The network may use a share of the time allowed, so that some is left for the classical method.
Checks run in killable processes. Read `cascade`; `calculate_derivative.py` is a short caller.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hrm_engine.errors import CheckpointError, DeadlineError, MissingExtraError, TaskError
from hrm_tools.errors import WorkerError
from hrm_tools.spec import Context, Isolated

if TYPE_CHECKING:
    from hrm_engine.inference.grid_solve import GridSolver
    from hrm_engine.inference.solve import Solved, Solver
    from hrm_engine.tasks.base import Verdict

NETWORK_SHARE = 0.6
"""The part of the time allowed that the network may use; the rest is the fallback's."""


@dataclass(frozen=True)
class Method:
    """How one kind of problem is answered.

    task: its name; network: loads the solver (CheckpointError: there is none); by_hand: what
    people call the fallback; candidates: answers that the network may try; seconds: the most
    it may take, however much time there is.
    """

    task: str
    network: Callable[[], Solver | GridSolver]
    by_hand: str
    candidates: int = 10
    seconds: float = 60.0


@dataclass(frozen=True)
class Found:
    """What came of it: an accepted solution under its source, or None with the last verdict."""

    solution: Any
    verdict: Verdict
    source: str
    steps: int
    candidates: int
    notes: tuple[str, ...]

    def fields(self) -> dict[str, Any]:
        """The fields of an `Answer` that say who found it and what the check made of it."""
        accepted = self.solution is not None
        return {
            "verified": True if accepted else None,
            "verdict": self.verdict.status if accepted else "unverified",
            "method": described(self.verdict),
            "source": self.source,
            "steps": self.steps,
            "candidates": self.candidates,
        }


def cascade(problem: Any, context: Context, method: Method) -> Found:
    """The network's answer if the check accepts one, else the classical method's, else none."""
    solved, source, why = _network(problem, context, method)
    solution, verdict = solved.solution, solved.verdict
    notes: tuple[str, ...] = ()
    if solution is None:
        solution, verdict, source = _classical(problem, context, method)
        notes = (why,)
    accepted = solution is not None and verdict.accepted
    if accepted and verdict.note:
        notes += (verdict.note,)
    if not accepted:
        solution, source = None, "none"
        notes += (f"none: {verdict.note or 'no check'}",)
    return Found(solution, verdict, source, solved.steps, solved.candidates, notes)


def _network(problem: Any, context: Context, method: Method) -> tuple[Solved, str, str]:
    """What the network reached, under which label, and why that is nothing if it is nothing."""
    from hrm_engine.inference.solve import Solved
    from hrm_engine.tasks.base import Verdict

    try:
        network = context.share(method.network())
    except (CheckpointError, MissingExtraError) as error:
        nothing = Solved(None, Verdict("unverified", "none"), rank=0, candidates=0, steps=0)
        return nothing, "none", f"no network: {error.problem}"
    context.progress(0, 2, "the network proposes")
    allowed = min(NETWORK_SHARE * context.deadline.remaining(), method.seconds)
    solved = network.solve(
        problem,
        candidates=method.candidates,
        deadline=context.deadline.within(allowed),
        isolated=_refusing_the_dead(context.isolated),
    )
    if solved.accepted:
        return solved, network.label(solved), ""
    return solved, "none", f"the network found no accepted answer ({solved.why})"


def _refusing_the_dead(isolated: Isolated) -> Isolated:
    """For checks: a worker that dies refuses the candidate it had, and the next one is tried."""
    from hrm_engine.tasks.base import Verdict

    def check(function: Callable[..., Any], *args: Any) -> Any:
        try:
            return isolated(function, *args)
        except WorkerError as error:
            return None, Verdict("unverified", "worker", note=error.problem)

    return check


def _classical(problem: Any, context: Context, method: Method) -> tuple[Any, Verdict, str]:
    """The classical method's answer, held to the same check, and its label."""
    from hrm_engine.tasks.base import Verdict
    from hrm_engine.tasks.judge import cached_task, fall_back

    label = cached_task(method.task).classical
    context.progress(1, 2, f"{method.by_hand} answer")
    try:
        solution, verdict = context.isolated(fall_back, method.task, problem)
    except DeadlineError as error:
        return None, Verdict("unverified", "deadline", note=error.problem), label
    except TaskError as error:
        return None, Verdict("unverified", label, note=error.problem), label
    return solution, verdict, label


def described(verdict: Verdict) -> str:
    """How the answer was checked, for people."""
    if verdict.points:
        return f"{verdict.method}, {verdict.points} points, {verdict.bits} bits"
    return verdict.method
