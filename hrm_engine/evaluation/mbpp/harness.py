"""Measure a generator on MBPP: draw programs, judge them in the sandbox, count.

    nothing visible   n programs a task are judged on every assert                    pass@k
    V visible         a program must pass those V before it is handed in; what is handed in
                      is judged on the other asserts                    pass@k, chosen by V
    all visible       there is nothing left to judge by: the share of tasks where some
                      program passes its examples               test-guided solve rate@k

A generator that ranks is asked for as many as the largest k needs; one that samples, for n.
Read `measure`.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from queue import SimpleQueue

from hrm_engine.errors import ConfigError
from hrm_engine.evaluation.mbpp.generators import Generator
from hrm_engine.evaluation.mbpp.judging import Examiner
from hrm_engine.evaluation.mbpp.ledger import Judged, Ledger
from hrm_engine.evaluation.mbpp.problems import MbppTask

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""`progress(done, total)`, in tasks."""


@dataclass(frozen=True)
class Plan:
    """What is asked of every task.

    ks: the k of pass@k; n: samples a task of a generator that does not rank; visible: how
    many asserts it is shown; draws: the most programs tried where some are visible.
    """

    ks: tuple[int, ...] = (1, 10)
    n: int = 20
    visible: int = 0
    draws: int = 1000

    def wanted(self, *, ranked: bool) -> int:
        """How many programs are to be handed in for a task, if there are as many."""
        return max(self.ks) if ranked else self.n

    def drawn(self, *, ranked: bool) -> int:
        """The most programs that are tried for a task."""
        if not ranked:
            return self.n
        return self.draws if self.visible else max(self.ks)


def silent(done: int, total: int) -> None:
    """Where nobody wants to know."""


def measure(
    generator: Generator,
    tasks: Sequence[MbppTask],
    plan: Plan,
    examiners: Sequence[Examiner],
    *,
    ledger: Ledger,
    progress: Progress = silent,
) -> list[list[Judged]]:
    """The verdicts on each task's programs, in the tasks' order and in each task's own.

    Works on one task an examiner at a time. What the ledger holds is not judged again.
    """
    free: SimpleQueue[Examiner] = SimpleQueue()
    for examiner in examiners:
        free.put(examiner)
    stop = threading.Event()

    def work(task: MbppTask) -> list[Judged]:
        examiner = free.get()
        try:
            return [] if stop.is_set() else _one(generator, task, plan, examiner, ledger)
        finally:
            free.put(examiner)

    found: list[list[Judged]] = []
    with ThreadPoolExecutor(len(examiners)) as threads:
        try:
            for judged in threads.map(work, tasks):
                found.append(judged)
                progress(len(found), len(tasks))
        except BaseException:
            stop.set()  # the tasks that wait are let go; what was judged is in the ledger
            raise
    _warn(generator, found)
    return found


def _one(
    generator: Generator, task: MbppTask, plan: Plan, examiner: Examiner, ledger: Ledger
) -> list[Judged]:
    """The verdicts on one task's programs: those of the ledger, then new ones."""
    judged = ledger.of(task.id)
    wanted = plan.wanted(ranked=generator.ranked)
    programs = _programs(generator, task, plan, judged)
    while sum(verdict.fits for verdict in judged) < wanted:
        program = next(programs, None)
        if program is None:
            break
        verdict = examiner.examine(task, program, plan.visible)
        ledger.append(task.id, verdict)
        judged.append(verdict)
    return judged


def _programs(
    generator: Generator, task: MbppTask, plan: Plan, judged: Sequence[Judged]
) -> Iterator[str]:
    """The programs still to be judged: a list goes on, samples are drawn anew.

    Raises ConfigError if the list is no longer the one whose first programs were judged.
    """
    missing = min(plan.drawn(ranked=generator.ranked), generator.most) - len(judged)
    if missing <= 0:
        return
    programs = generator.propose(task.problem(plan.visible))
    if generator.fixed:
        for verdict, program in zip(judged, programs, strict=False):
            if verdict.solution != program:
                problem = f"{generator.name} has other programs for {task.label} than were judged"
                raise ConfigError(problem, hint="begin a new file of verdicts")
    elif generator.ranked:  # it may rank otherwise now; what was judged is not judged again
        known = {verdict.solution for verdict in judged}
        programs = (program for program in programs if program not in known)
    yield from islice(programs, missing)


def _warn(generator: Generator, found: Sequence[Sequence[Judged]]) -> None:
    """Say once what else would pass unseen."""
    late = sum(verdict.status == "timeout" for judged in found for verdict in judged)
    if late:
        log.warning(
            "%s: %d programs ran out of time and count as failures; their other asserts were"
            " not tried",
            generator.name,
            late,
        )
    empty = sum(not judged for judged in found)
    if empty:
        log.warning("%s: no program for %d tasks, which count as failed", generator.name, empty)
