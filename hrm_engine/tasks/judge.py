"""Check one answer of a task: what runs in a killable process, so it must not load torch.

`judge` takes a candidate's tokens, `fall_back` asks the classical method; both hold the
answer to the same `Task.verify`. The network's side is `hrm_engine/inference/solve.py`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Protocol

from hrm_engine.errors import TaskError
from hrm_engine.tasks.base import Task, Verdict, load_task


class Isolated(Protocol):
    """Runs a module-level function, perhaps in another process, and returns its result."""

    def __call__(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """`function(*arguments)`. Raises what it raises, DeadlineError when it is stopped."""
        ...


def inline(function: Callable[..., Any], *arguments: Any) -> Any:
    """The trivial `Isolated`: call it here."""
    return function(*arguments)


@lru_cache(maxsize=8)
def cached_task(name: str) -> Task[Any, Any]:
    """The task, made once a process."""
    return load_task(name)


def judge(task_name: str, problem: Any, tokens: Sequence[int]) -> tuple[Any, Verdict]:
    """Decode one candidate, tidy it and check it; the tidied form is checked, not trusted."""
    task = cached_task(task_name)
    try:
        solution = task.decode(problem, tokens)
    except TaskError as error:
        return None, Verdict("unverified", "decode", note=error.problem)
    tidied = task.tidy(solution)
    verdict = task.verify(problem, tidied)
    if verdict.accepted or tidied == solution:
        return tidied, verdict
    return solution, task.verify(problem, solution)


def fall_back(task_name: str, problem: Any) -> tuple[Any, Verdict]:
    """The classical method's answer over all stages, each held to the same check."""
    task = cached_task(task_name)
    claims: list[Verdict] = []
    for stage, solution in classical_stages(task, problem):
        claims.append(task.verify(stage, solution))
        if not claims[-1].accepted:
            return None, claims[-1]
    return solution, weakest(claims)


def classical_stages(task: Task[Any, Any], problem: Any) -> Iterator[tuple[Any, Any]]:
    """`problem`, then what remains of it, each with its classical answer."""
    remaining: Any | None = problem
    while remaining is not None:
        solution = task.baseline(remaining)
        yield remaining, solution
        remaining = task.remaining(remaining, solution)


def second_opinion(task_name: str, problem: Any, solution: Any) -> bool | None:
    """Whether an unrelated program agrees with the whole answer; None when it cannot say."""
    return cached_task(task_name).cross_check(problem, solution)


def ask_peer(task_name: str, peer: str, problem: Any) -> tuple[Any, float]:
    """A peer's whole answer and the milliseconds it took."""
    solve = cached_task(task_name).peers()[peer]
    start = time.perf_counter()
    answer = solve(problem)
    return answer, 1e3 * (time.perf_counter() - start)


def weakest(claims: Sequence[Verdict]) -> Verdict:
    """Of accepted verdicts the one that claims least: a chain is as strong as that."""
    return next((claim for claim in claims if claim.status != "proved"), claims[0])
