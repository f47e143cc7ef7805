"""Judge a candidate: read it, run it on the examples, and make sure that it was no luck.

    try_out    one run on all examples, compared outside the process
    confirm    before anything is called verified: each example alone, all of them backwards, and
               all of them in sandboxes that were just started (other hash seeds)

A program that draws random numbers, counts its calls or depends on the order of a set can pass
once. `confirm` says why it does not believe one, and is asked only after a run that passed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hrm_engine.codegen import source
from hrm_engine.codegen.request import Candidate, Request
from hrm_engine.deadline import Deadline
from hrm_engine.evaluation.sandbox import Example, Judgement, Limits, Sandbox, judge

WALL_S, CPU_S = 4.0, 2.0
"""What one run may take at most: more on the clock, since a busy machine is not the program's."""
SHARE = 0.25
"""The most that one run may take of a stage's time, so that a slow program ends nothing."""
ALONE = 20
"""Examples that are run one by one."""
STARTS = 2
"""Fresh sandboxes in which a program must pass again."""
MORE_STARTS = 6
"""The same, where the order of a set of texts may show: two orders agree by chance."""


@dataclass(frozen=True)
class Trial:
    """A candidate and what became of it.

    objection: why it was not even run, or did not load; doubt: why it is not believed although
    it passed; repeats: whether it compares its input with every example.
    """

    candidate: Candidate
    judgement: Judgement | None = None
    objection: str = ""
    doubt: str = ""
    repeats: bool = False

    @property
    def passed(self) -> int:
        """Examples that it passes."""
        return self.judgement.passed if self.judgement else 0

    @property
    def perfect(self) -> bool:
        """Whether it passes all of them."""
        return self.judgement is not None and self.judgement.status == "passed"

    @property
    def convincing(self) -> bool:
        """Whether it passes all of them, every time, and does more than repeat them."""
        return self.perfect and not self.doubt and not self.repeats


def try_out(
    candidate: Candidate, request: Request, sandbox: Sandbox, deadline: Deadline, whole: Deadline
) -> Trial:
    """Run a candidate on the examples; without any, only load it. Raises SandboxError.

    deadline: for the first run; whole: for confirming one that passed.
    """
    objection = source.defines(candidate.code, request.name)
    if objection:
        return Trial(candidate, objection=objection)
    limits = limits_within(deadline)
    if not request.examples:
        loaded = sandbox.run(candidate.code, [], limits)
        return Trial(candidate, objection="" if loaded.status == "ok" else loaded.error)
    judgement = judge(sandbox, candidate.code, request.examples, limits)
    if judgement.status != "passed":
        return Trial(candidate, judgement)
    doubt = confirm(candidate.code, request.examples, sandbox, whole)
    repeats = source.repeated(candidate.code, request.examples) == len(request.examples)
    return Trial(candidate, judgement, doubt=doubt, repeats=repeats)


def limits_within(deadline: Deadline) -> Limits:
    """What one run may use, in seconds at most a share of the time left."""
    seconds = min(WALL_S, max(0.2, SHARE * deadline.remaining()))
    return Limits(wall_s=seconds, cpu_s=CPU_S)


def confirm(code: str, examples: Sequence[Example], sandbox: Sandbox, deadline: Deadline) -> str:
    """Why the code cannot be called verified although it passed; "" when it can."""
    if seen := source.chance(code):
        return f"the code uses `{seen}`: another run may give another result"
    for order in (list(reversed(examples)), *([each] for each in examples[:ALONE])):
        if objection := _again(sandbox, code, order, deadline):
            return objection
    for _ in range(MORE_STARTS if source.order_of_texts(code, examples) else STARTS):
        with Sandbox(sandbox.level) as fresh:
            if objection := _again(fresh, code, examples, deadline):
                return objection
    return ""


def _again(sandbox: Sandbox, code: str, examples: Sequence[Example], deadline: Deadline) -> str:
    if not deadline.remaining():
        return "the time ran out before its results could be confirmed"
    judged = judge(sandbox, code, examples, limits_within(deadline))
    if judged.status == "passed":
        return ""
    if judged.status == "timeout":
        return "it passed once and took too long when it was run again"
    return "it passed once and failed when it was run again: its results are not always the same"
