"""Ask one stage after the other for code, run everything, and return what the examples bear out.

    Request ─► library ─► network ─► guided search ─► enumeration ─► executor ─► none
                  │           │            │               │             │
                  └───────────┴─ candidates, each run in the sandbox ────┘
                                 all examples pass ─► confirmed ─► returned

A stage proposes; `judging.py` decides. The first candidate that passes every example is the
answer. Otherwise the one that passed most is, as `partial`. What was judged is returned to the
letter. Read `generate`, then `_Search`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from hrm_engine.codegen import rivals
from hrm_engine.codegen.absent import Absent
from hrm_engine.codegen.examples import check, distinct
from hrm_engine.codegen.generated import NEEDED, Generated
from hrm_engine.codegen.judging import Trial, try_out
from hrm_engine.codegen.plan import plan_on
from hrm_engine.codegen.request import Candidate, Request, Stage
from hrm_engine.codegen.source import repeated
from hrm_engine.codegen.stages import Enumeration
from hrm_engine.deadline import Deadline
from hrm_engine.errors import HRMError
from hrm_engine.evaluation.sandbox import Example, Sandbox
from hrm_engine.evaluation.sandbox.judge import same

Tell = Callable[[str], None]
"""`tell("library")`: which stage is asked now."""
EXECUTOR = "executor"
"""The stage that takes too long to be asked for rivals."""
MANY = 10
"""Programs tried, from which on the one that passed was rather found by the examples."""
RESERVE = 0.1
"""The part of the time that is kept for confirming what was found."""


def generate(
    request: Request,
    stages: Sequence[Stage],
    sandbox: Sandbox,
    deadline: Deadline,
    tell: Tell = lambda name: None,
) -> Generated:
    """The answer to `request`: a result with its status, never an exception for lack of one.

    Each stage may use an equal share of the time that is left when its turn comes. Raises
    TaskError for examples that contradict each other or hold values that cannot be judged, and
    SandboxError where the sandbox breaks down.
    """
    check(request.examples)
    search = _Search(request, sandbox, deadline)
    for number, stage in enumerate(stages):
        if not deadline.remaining():
            search.log(stage.name, "no time was left")
            continue
        tell(stage.name)
        seconds = (1 - RESERVE) * deadline.remaining() / (len(stages) - number)
        if search.ask(stage, deadline.within(seconds)):
            break
    search.look_for_rivals(stages)
    return search.answer()


@dataclass
class _Search:
    """What was tried so far for one request.

    best: the trial that passed most; one that convinces ends the search. finder: whose it is.
    rival: what another program that passes does otherwise.
    tried: codes that were run, each once. story: what each stage came to.
    """

    request: Request
    sandbox: Sandbox
    deadline: Deadline
    best: Trial | None = None
    tried: set[str] = field(default_factory=set)
    story: list[str] = field(default_factory=list)
    finder: Stage | None = None
    rival: str = ""

    def log(self, stage: str, what: str) -> None:
        """Remember what a stage came to."""
        self.story.append(f"{stage}: {what}")

    def ask(self, stage: Stage, share: Deadline) -> bool:
        """Try out what a stage proposes until its time is up; whether the search is over."""
        if isinstance(stage, Absent):
            self.log(stage.name, stage.reason)
            return False
        before, why = len(self.tried), "nothing fits the request"
        for candidate in self._proposals(stage, share):
            if candidate.code not in self.tried:
                trial = self._try(candidate, stage, share)
                if trial.convincing or not (trial.objection or self.request.examples):
                    return True
                why = trial.objection or trial.doubt or "none passes every example"
            if not share.remaining():
                break
        self.log(stage.name, f"{len(self.tried) - before} tried, {why}")
        return False

    def _proposals(self, stage: Stage, share: Deadline) -> Iterator[Candidate]:
        """What a stage proposes, until it breaks down."""
        try:
            yield from stage.propose(self.request, share)
        except HRMError as error:
            self.log(stage.name, error.problem)
        except MemoryError:
            self.log(stage.name, "it needs more memory than there is")

    def look_for_rivals(self, stages: Sequence[Stage]) -> None:
        """See what other programs say that pass the examples, too: the finder's and a search's."""
        if self.best is None or not self.best.perfect:
            return
        seconds = min(rivals.SECONDS, rivals.SHARE * self.deadline.remaining())
        share = self.deadline.within(seconds)
        asked = [each for each in stages if each is self.finder and each.name != EXECUTOR]
        searches = [each for each in stages if isinstance(each, Enumeration)]
        proposed = chain(
            *(each.others(self.request, share.within(seconds / 2)) for each in searches),
            *(self._proposals(each, share) for each in asked),
        )
        others = (each for each in proposed if each.code not in self.tried)
        self.rival = rivals.open_question(self.best, others, self.request, self.sandbox, share)

    def _try(self, candidate: Candidate, stage: Stage, share: Deadline) -> Trial:
        self.tried.add(candidate.code)
        trial = try_out(candidate, self.request, self.sandbox, share, self.deadline)
        if not trial.objection and self._rank(trial) > self._rank(self.best):
            self.best, self.finder = trial, stage
        return trial

    def _rank(self, trial: Trial | None) -> tuple[int, bool, bool]:
        """More examples passed is better; the first of equals, unless it is doubted."""
        if trial is None:  # what passes no example is no better than nothing
            return (0 if self.request.examples else -1), True, True
        return trial.passed, not trial.doubt, not trial.repeats

    def answer(self) -> Generated:
        """The best of what was tried, under the status that it deserves."""
        examples = self.request.examples
        nothing = Generated(
            "none",
            given=len(examples),
            distinct=distinct(examples),
            level=self.sandbox.level,
            candidates=len(self.tried),
            note="none: " + "; ".join(self.story) if self.best is None else "",
        )
        if self.best is None:
            return nothing
        found, judgement = self.best.candidate, self.best.judgement
        why_not = self._why_not_verified(self.best)
        said = cautions(found, examples, len(self.tried)) if self.best.perfect else ()
        return replace(
            nothing,
            status=("partial" if why_not else "verified") if examples else "unverified",
            code=found.code,
            source=found.source,
            passed=self.best.passed,
            plan=plan_on(found.program, examples) if found.program else None,
            attribution=found.attribution,
            first_failure=judgement.first_failure if judgement else "",
            note="; ".join(filter(None, (why_not, self.rival, *said))),
        )

    def _why_not_verified(self, trial: Trial) -> str:
        """What keeps the best trial from being verified; "" when nothing does."""
        given, apart = len(self.request.examples), distinct(self.request.examples)
        if not given:
            return "no examples were given: the code was loaded, and never called"
        if not trial.perfect:
            return f"it passes {trial.passed} of {given} examples"
        if trial.doubt:
            return trial.doubt
        if self.sandbox.level == "weak":
            return "there is no strong sandbox here (level weak), so nothing is called verified"
        if apart < NEEDED:
            return f"only {apart} distinct example{'s' * (apart > 1)}: `verified` needs {NEEDED}"
        return ""


def cautions(found: Candidate, examples: Sequence[Example], tried: int) -> Iterator[str]:
    """What is weak about a program that passed, of so many that were tried."""
    if found.source in ("search", "hrm+search"):
        yield "found by a search: other programs pass these examples as well, so try another case"
    elif tried > MANY:
        yield f"chosen by the examples among {tried} programs: see whether it does what is meant"
    if len(examples) > 1 and all(same(each.expected, examples[0].expected) for each in examples):
        yield "all examples have the same result, so a constant would pass too"
    seen = repeated(found.code, examples)
    if seen > 1 and 2 * seen >= len(examples):
        yield f"the code compares its input with {seen} of the examples: it may only repeat them"
