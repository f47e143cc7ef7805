"""The figures of one MBPP run, as JSON for machines and as a table for people."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from hrm_engine.evaluation.intervals import wilson
from hrm_engine.evaluation.machine import machine
from hrm_engine.evaluation.mbpp.generators import Generator
from hrm_engine.evaluation.mbpp.harness import Plan
from hrm_engine.evaluation.mbpp.ledger import Judged
from hrm_engine.evaluation.mbpp.pass_at_k import solved_at_k


class Rate(BaseModel):
    """The mean over the tasks of the chance that k programs hold a right one, all in 0..1.

    low, high: the Wilson 95 % interval over the tasks.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    k: int
    value: float
    low: float
    high: float


class Score(BaseModel):
    """One generator's figures.

    estimate: "ranked" (the first k) or "unbiased" (samples); answered: share of the tasks, in
    0..1, for which some program passes the visible asserts; programs: how many were judged;
    statuses: how many ended how.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    generator: str
    estimate: str
    rates: tuple[Rate, ...]
    answered: float
    programs: int
    statuses: dict[str, int]

    def text(self) -> str:
        """The rates with their intervals, for people."""
        return ", ".join(f"@{r.k} {r.value:.1%} ({r.low:.1%} to {r.high:.1%})" for r in self.rates)


class MbppReport(BaseModel):
    """One run: the generator's score first, then the baselines that it must beat.

    measure: what the rates are (see `harness.py`); visible: asserts shown; oracles: "asserts"
    (to the letter) or "special" (see `oracles.py`); built: tasks whose left sides are code,
    run in the sandbox with the candidate; sandbox: the level in force.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    task: str = "mbpp"
    split: str
    n: int
    built: int
    visible: int
    oracles: str
    measure: str
    samples: int
    scores: tuple[Score, ...]
    sandbox: str
    seconds: float
    machine: str = Field(default_factory=machine)
    command: str

    def lines(self) -> list[tuple[str, str]]:
        """Label and value of each row of the table for people."""
        shown = f", {self.built} of them with code in the sandbox" if self.built else ""
        main = self.scores[0]
        rows = [
            ("tasks", f"{self.n} of the split {self.split}{shown}"),
            ("measure, 95 % interval", f"{self.measure}, oracles: {self.oracles}"),
            *((score.generator, score.text()) for score in self.scores),
        ]
        if self.visible:
            rows += [(f"{s.generator} answers", f"{s.answered:.1%}") for s in self.scores]
        ends = ", ".join(f"{count} {status}" for status, count in main.statuses.items())
        return [
            *rows,
            ("programs judged", f"{main.programs}: {ends or 'none'}"),
            ("sandbox, time", f"{self.sandbox}, {self.seconds:.0f} s"),
            ("machine", self.machine),
        ]


def measure_name(visible: int, asserts: int) -> str:
    """What a rate is called when `visible` of `asserts` asserts are shown."""
    if visible == 0:
        return "pass@k, no assert visible"
    if visible < asserts:
        return f"pass@k, {visible} visible, judged on the others"
    return f"test-guided solve rate@k, all {asserts} visible: no pass@k"


def score(generator: Generator, found: Sequence[Sequence[Judged]], plan: Plan) -> Score:
    """The figures of a generator from its verdicts, one list a task."""
    handed_in = [[verdict for verdict in judged if verdict.fits] for judged in found]
    ends = [verdict.status for judged in found for verdict in judged]
    return Score(
        generator=generator.name,
        estimate="ranked" if generator.ranked else "unbiased",
        rates=tuple(_rate(handed_in, k, ranked=generator.ranked) for k in plan.ks),
        answered=sum(map(bool, handed_in)) / max(1, len(found)),
        programs=len(ends),
        statuses={status: ends.count(status) for status in sorted(set(ends))},
    )


def _rate(handed_in: Sequence[Sequence[Judged]], k: int, *, ranked: bool) -> Rate:
    shares = [solved_at_k([v.right for v in judged], k, ranked=ranked) for judged in handed_in]
    low, high = wilson(sum(shares), len(shares))
    return Rate(k=k, value=sum(shares) / max(1, len(shares)), low=low, high=high)
