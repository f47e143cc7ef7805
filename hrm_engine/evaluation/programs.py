"""Own problems, specification and examples: how many programs pass tests that were not shown.

    hrm data program --split held-out --n 500 --out held_out.jsonl
    hrm eval program --data held_out.jsonl

Every problem is answered in four ways, each alone: by the network's one greedy program; by the
network's programs, of which the first that gives every shown example is taken; by these and then
the search in the order of the network's costs; and by enumeration, which reads no text. Only
the hidden tests say whether an answer is right. The interpreter runs the programs.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from hrm_engine.deadline import Deadline
from hrm_engine.errors import HRMError
from hrm_engine.evaluation.intervals import Rate
from hrm_engine.evaluation.machine import machine
from hrm_engine.evaluation.report import quantile
from hrm_engine.inference.program_beam import move_costs
from hrm_engine.inference.program_network import ProgramNetwork
from hrm_engine.programs.interpreter import run
from hrm_engine.programs.program import Program
from hrm_engine.programs.records import from_record
from hrm_engine.programs.sampler import Example, ProgramProblem
from hrm_engine.programs.search.find import find_program
from hrm_engine.tasks.program import question_of
from hrm_engine.tokens.program import Question

Way = Literal["greedy", "network", "guided", "enumeration"]
WAYS: tuple[Way, ...] = get_args(Way)
SPOKEN: dict[Way, str] = {
    "greedy": "network alone, one greedy program",
    "network": "network, the shown examples choose",
    "guided": "the same, then search by the network's costs",
    "enumeration": "enumeration, no network, no text",
}


@dataclass(frozen=True)
class Answered:
    """One problem in one way. shown, hidden: whether the program passes these examples."""

    id: str
    split: str
    length: int
    way: Way
    program: str | None
    shown: bool
    hidden: bool
    seconds: float


class WayReport(BaseModel):
    """One way on all problems; times in milliseconds."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    way: Way
    shown: Rate
    hidden: Rate
    by_length: dict[int, Rate]
    p50_ms: float
    p95_ms: float


class ProgramReport(BaseModel):
    """One evaluation."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    data: str
    n: int
    model: str
    budget_ms: float
    ways: tuple[WayReport, ...]
    machine: str = Field(default_factory=machine)
    command: str

    def lines(self) -> list[tuple[str, str]]:
        """Label and value of each row for people."""
        rows = [("problems", f"{self.n} of {self.data}"), ("network", self.model)]
        for way in self.ways:
            rows.append((SPOKEN[way.way], ""))
            rows.append(("  passes the shown examples", str(way.shown)))
            rows.append(("  passes the hidden tests too", str(way.hidden)))
            lengths = (f"{length}: {rate.value:.1%}" for length, rate in way.by_length.items())
            rows.append(("    by statements of the program of record", ", ".join(lengths)))
            rows.append(("  time, median and 95 %", f"{way.p50_ms:.0f}, {way.p95_ms:.0f} ms"))
        return [*rows, ("machine", self.machine)]


def answers(
    records: Iterable[Mapping[str, Any]],
    network: ProgramNetwork,
    budget_s: float,
    ways: Sequence[Way] = WAYS,
) -> Iterator[Answered]:
    """Every record in every way, as it is made. Raises ProgramError for what is no problem."""
    for record in records:
        problem = from_record(record)
        for way in ways:
            start = time.perf_counter()
            program = answer(question_of(problem), network, budget_s, way)
            yield _judged(problem, way, program, time.perf_counter() - start)


def answer(
    question: Question, network: ProgramNetwork, budget_s: float, way: Way
) -> Program | None:
    """The program that one way gives within the budget; None for none."""
    if way == "greedy":
        (decoded,) = network.greedy([question])
        return decoded.program if decoded else None
    deadline = Deadline.after(budget_s)
    costs = None
    if way != "enumeration":
        for decoded in network.propose(question, deadline):
            if all(run(decoded.program, row[:-1]) == row[-1] for row in question.rows):
                return decoded.program
        if way == "network":
            return None
        costs = move_costs(network.scores([question])[0])
    inputs, outputs = [row[:-1] for row in question.rows], [row[-1] for row in question.rows]
    try:
        found = find_program(inputs, outputs, deadline, costs=costs)
    except HRMError:  # values that the search does not have
        return None
    return found.program if found else None


def _judged(problem: ProgramProblem, way: Way, program: Program | None, seconds: float) -> Answered:
    shown = program is not None and _passes(program, problem.examples)
    return Answered(
        id=problem.behaviour,
        split=problem.split,
        length=len(problem.program.statements),
        way=way,
        program=str(program) if program else None,
        shown=shown,
        hidden=shown and program is not None and _passes(program, problem.hidden),
        seconds=seconds,
    )


def _passes(program: Program, examples: Sequence[Example]) -> bool:
    return all(run(program, each.inputs) == each.output for each in examples)


def summarise(
    made: Sequence[Answered], *, data: str, model: str, budget_s: float, command: str
) -> ProgramReport:
    """The figures of all answers; `data` names the file."""
    by_way: dict[Way, list[Answered]] = {}
    for each in made:
        by_way.setdefault(each.way, []).append(each)
    return ProgramReport(
        data=data,
        n=max(map(len, by_way.values()), default=0),
        model=model,
        budget_ms=1e3 * budget_s,
        ways=tuple(_way(way, mine) for way, mine in by_way.items()),
        command=command,
    )


def _way(way: Way, mine: Sequence[Answered]) -> WayReport:
    lengths = sorted({each.length for each in mine})
    times = [1e3 * each.seconds for each in mine]
    return WayReport(
        way=way,
        shown=Rate.of(each.shown for each in mine),
        hidden=Rate.of(each.hidden for each in mine),
        by_length={
            length: Rate.of(each.hidden for each in mine if each.length == length)
            for length in lengths
        },
        p50_ms=quantile(times, 0.5),
        p95_ms=quantile(times, 0.95),
    )
