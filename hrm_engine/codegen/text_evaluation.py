"""How many programming tasks a model solves: every program is run in the sandbox, judged outside.

    pass_at_k(model, mbpp.test[:20])       {"pass@1": 0.0, "pass@10": 0.0}
    evaluate(...)                          the same with the failing cases as diffs

The harness is MBPP's (`evaluation/mbpp`): nothing visible, unbiased estimate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hrm_engine.codegen.text_errors import EvaluationTimeout
from hrm_engine.codegen.text_mbpp import prompt_of
from hrm_engine.codegen.text_model import MAX_TOKENS, HRMCodeGen
from hrm_engine.deadline import Deadline
from hrm_engine.errors import ConfigError, DeadlineError
from hrm_engine.evaluation.mbpp.generators import Generator
from hrm_engine.evaluation.mbpp.harness import Plan, Progress, measure, silent
from hrm_engine.evaluation.mbpp.judging import Examiner
from hrm_engine.evaluation.mbpp.ledger import Judged, Ledger
from hrm_engine.evaluation.mbpp.problems import MbppTask, Problem
from hrm_engine.evaluation.mbpp.report import score
from hrm_engine.evaluation.sandbox import Sandbox

Writer = Callable[[Problem], Iterable[str]]
"""Anything that writes programs for a problem, the same number of times asked: `n` are taken."""


@dataclass(frozen=True)
class Evaluation:
    """What was measured.

    rates: "pass@k" for each k, 0..1; tasks: how many; samples: programs a task; statuses: how
    many programs ended how; failures: for each task that no sample solved, its first failing
    case as a diff: the assert, then what was expected (-) and what came back (+).
    """

    rates: dict[str, float]
    tasks: int
    samples: int
    statuses: dict[str, int]
    failures: tuple[str, ...]


def pass_at_k(
    model: HRMCodeGen | Writer,
    dataset: Iterable[MbppTask],
    k: int | Sequence[int] = (1, 10),
    timeout: float = 2.0,
    *,
    show: Callable[[str], None] | None = None,
    **settings: Any,
) -> dict[str, float]:
    """{"pass@1": ..., "pass@10": ...}, each 0..1: the chance that one of k programs is right.

    show: hears of each unsolved task its failing case as a diff (`print`, for example). The
    settings, and what is raised, are those of `evaluate`.
    """
    found = evaluate(model, dataset, k, timeout, **settings)
    if show is not None:
        for failure in found.failures:
            show(failure)
    return found.rates


def evaluate(
    model: HRMCodeGen | Writer,
    dataset: Iterable[MbppTask],
    k: int | Sequence[int] = (1, 10),
    timeout: float = 2.0,
    *,
    limit_s: float | None = None,
    n: int = 0,
    temperature: float = 0.8,
    top_p: float = 0.95,
    max_tokens: int = MAX_TOKENS,
    progress: Progress = silent,
) -> Evaluation:
    """Draw `n` programs a task (twice the largest k by default), run and judge each.

    model: a text model, or a function that writes programs for a `Problem`. timeout: CPU seconds
    of one program; a task whose published solution is slow gets four times its time. limit_s:
    seconds for everything. temperature, top_p, max_tokens: how a text model samples.
    Raises EvaluationTimeout past `limit_s`, ConfigError for a k that cannot be told from n,
    SandboxError.
    """
    tasks, ks = list(dataset), tuple(sorted({k} if isinstance(k, int) else set(k)))
    plan = Plan(ks, n or 2 * max(ks, default=1), 0)
    if not tasks or not ks or ks[0] < 1 or ks[-1] > plan.n:
        raise ConfigError(
            f"pass@{ks} of {len(tasks)} tasks cannot be told from {plan.n} samples",
            hint="give at least one task and one k, and n of twice the largest k",
        )
    deadline = Deadline.never() if limit_s is None else Deadline.after(limit_s)
    asked = _Asked(model, plan.n, temperature, top_p, max_tokens, deadline)
    generator = Generator("model", asked.propose, ranked=False, fixed=False)
    done = [0]

    def advance(finished: int, total: int) -> None:
        done[0] = finished
        progress(finished, total)

    try:
        with Sandbox() as sandbox:
            examiner = Examiner(sandbox, floor=timeout)
            judged = measure(
                generator, tasks, plan, [examiner], ledger=Ledger("sdk"), progress=advance
            )
    except DeadlineError:
        raise EvaluationTimeout(
            f"the evaluation ran out of its {limit_s:g} s after {done[0]} of {len(tasks)} tasks",
            hint="measure fewer tasks (`mbpp.test[:20]`), or allow more: limit_s=600",
        ) from None
    rates = {f"pass@{rate.k}": rate.value for rate in score(generator, judged, plan).rates}
    ended = Counter(verdict.status for verdicts in judged for verdict in verdicts)
    return Evaluation(rates, len(tasks), plan.n, dict(ended), _failures(tasks, judged))


@dataclass(frozen=True)
class _Asked:
    """The model as the harness sees it: programs for a problem, until the deadline."""

    model: HRMCodeGen | Writer
    n: int
    temperature: float
    top_p: float
    max_tokens: int
    deadline: Deadline

    def propose(self, problem: Problem) -> Iterator[str]:
        """The programs, one at a time."""
        self.deadline.check()
        for program in self._written(problem):
            yield program
            self.deadline.check()

    def _written(self, problem: Problem) -> Iterable[str]:
        if not isinstance(self.model, HRMCodeGen):
            return self.model(problem)
        return self.model.samples(
            prompt_of(problem),
            self.n,
            self.max_tokens,
            self.temperature,
            self.top_p,
            seed=problem.id,
            deadline=self.deadline,
        )


def _failures(tasks: Sequence[MbppTask], judged: Sequence[Sequence[Judged]]) -> tuple[str, ...]:
    """The first failing case of each task that no program solved."""
    return tuple(
        f"{task.label}: {next((v.failure for v in verdicts if v.failure), 'no program')}"
        for task, verdicts in zip(tasks, judged, strict=True)
        if not any(verdict.right for verdict in verdicts)
    )
