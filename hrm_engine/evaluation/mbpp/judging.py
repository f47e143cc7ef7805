"""Judge one program on one task: run it in the sandbox, compare outside.

The time limit of a task follows from its reference solution, measured here and now: a slow
task gets more, and a loaded machine does not fail a right program. Visible asserts run first
and alone, so that nothing hidden can decide whether a program is handed in.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from hrm_engine.evaluation.mbpp.cases import Case
from hrm_engine.evaluation.mbpp.ledger import Judged
from hrm_engine.evaluation.mbpp.oracles import ORACLES, Oracle
from hrm_engine.evaluation.mbpp.problems import MbppTask
from hrm_engine.evaluation.sandbox import Example, Limits, Outcome, Output, Sandbox
from hrm_engine.evaluation.sandbox.judge import diff, same

PATIENCE = 60.0
"""CPU seconds a reference solution may take while it is timed."""
FLOOR, FACTOR = 1.0, 4.0
"""A task's limit is the larger of FLOOR CPU seconds and FACTOR times its reference's."""
WALL = 3.0
"""Wall seconds allowed for each CPU second: a loaded machine is slow, not the program."""


@dataclass
class Examiner:
    """Judges programs in one sandbox; not for two threads at once.

    strict: asserts to the letter, no special oracle.
    """

    sandbox: Sandbox
    strict: bool = False
    floor: float = FLOOR
    factor: float = FACTOR
    limits: dict[int, Limits] = field(default_factory=dict)

    def examine(self, task: MbppTask, program: str, visible: int = 0) -> Judged:
        """The verdict on `program`; the hidden asserts run only if all `visible` ones pass."""
        limits = self._limits(task)
        shown, hidden = task.cases[:visible], task.cases[visible:]
        status, failure = self._run(task, program, shown, limits)
        if status != "passed" or not hidden:
            passed = status == "passed"
            return Judged(program, status, fits=passed, right=passed, failure=failure)
        status, failure = self._run(task, program, hidden, limits)
        return Judged(program, status, fits=True, right=status == "passed", failure=failure)

    def _run(
        self, task: MbppTask, program: str, cases: Sequence[Case], limits: Limits
    ) -> tuple[str, str]:
        """How it ended (`Judged.status`), and the first failing case as text."""
        if not cases:
            return "passed", ""
        outcome = self._call(task, program, cases, limits)
        oracle = None if self.strict else ORACLES.get(task.id)
        for case, output in zip(cases, outcome.outputs, strict=True):
            if not output.ok or not right(case, output.value, oracle):
                ended = "failed" if output.ok or outcome.status == "ok" else outcome.status
                return ended, failing(case, output)
        return "passed", ""

    def _call(self, task: MbppTask, program: str, cases: Sequence[Case], limits: Limits) -> Outcome:
        """Run `program`, then the task's own code, then the left side of each case."""
        parts = [program, task.setup, *(case.built for case in cases)]
        code = "\n\n".join(filter(None, parts))
        return self.sandbox.run(code, [case.call for case in cases], limits)

    def _limits(self, task: MbppTask) -> Limits:
        """The task's limits, from the time that its reference takes; measured once."""
        if task.id not in self.limits:
            patient = Limits(wall_s=WALL * PATIENCE, cpu_s=PATIENCE)
            outcome = self._call(task, task.reference, task.cases, patient)
            seconds = max(self.floor, self.factor * outcome.cpu_ms / 1e3)
            self.limits[task.id] = Limits(wall_s=WALL * seconds, cpu_s=seconds)
        return self.limits[task.id]


def right(case: Case, value: Any, oracle: Oracle | None) -> bool:
    """Whether `value` is what the assert, or the task's special oracle, asks for."""
    if same(value, case.expected):
        return True
    if case.rel_tol and isinstance(value, int | float):
        return math.isclose(value, case.expected, rel_tol=case.rel_tol)
    return oracle is not None and oracle(case, value, same)


def failing(case: Case, output: Output) -> str:
    """The assert, then what was expected (-) and what came back (+)."""
    shown = diff(Example(case.call, case.expected), output).splitlines()
    return "\n".join([case.text, *(f"  {line}" for line in shown[1:])])
