"""How many DeepCoder problems the search solves in a time: ExeDec's files, one problem a line.

A problem is solved when a program was found within the budget that gives the output of every
example shown. The interpreter, which shares no code with the search, runs each program found:
one that fails an example would be counted as wrong, and there must be none.

Three short examples often fit several programs. So two further figures tell whether the
program means the same: examples held back from the search, where asked for, and agreement with
the program of record on fresh inputs.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from hrm_engine.deadline import Deadline
from hrm_engine.evaluation.intervals import Rate
from hrm_engine.evaluation.machine import machine
from hrm_engine.evaluation.report import quantile
from hrm_engine.programs.exedec import (
    ExedecProblem,
    only_deepcoder,
    read_problem,
    write_program,
)
from hrm_engine.programs.interpreter import DEEPCODER_LIMITS, run
from hrm_engine.programs.program import Program
from hrm_engine.programs.search.moves import NAMES, equal_costs
from hrm_engine.programs.search.search import Search
from hrm_engine.programs.types import Type, Value, common_type
from hrm_engine.tokens.program import Question

if TYPE_CHECKING:
    from hrm_engine.inference.program_network import ProgramNetwork

FRESH = 20
DRAWS = 400
LONGEST = 5


@dataclass(frozen=True)
class Plan:
    """How to search. visible: examples shown, None for all; costs: of moves, None for equal.

    settle_s: how long to look for a cheaper program after the first, within the budget.
    network: proposes programs, and costs for the search; greedy: its first program, no search.
    """

    budget_s: float = 1.0
    settle_s: float = 0.0
    visible: int | None = None
    bidirectional: bool = True
    costs: Mapping[str, int] | None = None
    network: ProgramNetwork | None = None
    greedy: bool = False


@dataclass(frozen=True)
class Attempt:
    """What became of one problem; None where nothing was found or nothing could be asked.

    length: statements of the program of record; wrong: it fails an example that was shown;
    held_out: it passes the examples not shown; agrees: it equals the program of record on
    fresh inputs; cpu_s: seconds of the processor, which other work on the machine does not raise.
    """

    length: int
    seconds: float
    program: str | None
    cpu_s: float = 0.0
    wrong: bool = False
    held_out: bool | None = None
    agrees: bool | None = None

    @property
    def solved(self) -> bool:
        """A program was found, and it does pass the examples shown."""
        return self.program is not None and not self.wrong


class Length(BaseModel):
    """The problems whose program of record has this many statements; times of all attempts."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    length: int
    solved: Rate
    p50_ms: float
    p95_ms: float


class DeepcoderReport(BaseModel):
    """One evaluation; times in milliseconds, of solved and unsolved problems; cpu: processor."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    data: str
    n: int
    budget_ms: float
    settle_ms: float
    search: str
    visible: int | None
    solved: Rate
    wrong: int
    held_out: Rate | None
    agrees: Rate
    p50_ms: float
    p95_ms: float
    cpu_p50_ms: float
    cpu_p95_ms: float
    lengths: tuple[Length, ...]
    machine: str = Field(default_factory=machine)
    command: str

    def lines(self) -> list[tuple[str, str]]:
        """Label and value of each row for people."""
        rows = [
            ("problems", f"{self.n} of {self.data}"),
            (f"solved within {self.budget_ms:g} ms", str(self.solved)),
            ("found, but failing an example", str(self.wrong)),
            ("time, median and 95 %", f"{self.p50_ms:.0f} ms, {self.p95_ms:.0f} ms"),
            ("processor time", f"{self.cpu_p50_ms:.0f} ms, {self.cpu_p95_ms:.0f} ms"),
        ]
        rows += [(f"  {row.length} statements", _length_line(row)) for row in self.lengths]
        if self.held_out:
            rows.append(("passes the examples not shown", str(self.held_out)))
        rows.append(("equals the program of record on fresh inputs", str(self.agrees)))
        return [*rows, ("search", self.search), ("machine", self.machine)]


def _length_line(row: Length) -> str:
    times = f"{row.p50_ms:.0f} ms, {row.p95_ms:.0f} ms"
    return f"{row.solved.count} of {row.solved.n}, {row.solved.value:.1%}; {times}"


def attempts(records: Iterable[Mapping[str, Any]], plan: Plan) -> Iterator[Attempt]:
    """One attempt a record, as it is made. Raises ProgramError for what is no problem."""
    for number, record in enumerate(records):
        yield attempt(read_problem(record), plan, np.random.default_rng(number))


def attempt(problem: ExedecProblem, plan: Plan, rng: np.random.Generator) -> Attempt:
    """Search for one problem, then judge what was found; only the search is timed."""
    shown = plan.visible or len(problem.outputs)
    inputs, outputs = problem.inputs[:shown], problem.outputs[:shown]
    start, cpu = time.perf_counter(), time.process_time()
    program = solve(problem.program.types, inputs, outputs, plan)
    seconds, cpu_s = time.perf_counter() - start, time.process_time() - cpu
    length = len(problem.program.statements)
    if program is None or seconds > plan.budget_s * 1.1:  # the last batch may end a little late
        return Attempt(length, seconds, None, cpu_s)
    rest = problem.inputs[shown:], problem.outputs[shown:]
    return Attempt(
        length,
        seconds,
        write_program(program),
        cpu_s,
        wrong=not passes(program, inputs, outputs),
        held_out=passes(program, *rest) if rest[0] else None,
        agrees=agreement(program, problem, rng),
    )


def solve(
    types: Sequence[Type],
    inputs: Sequence[Sequence[Value]],
    outputs: Sequence[Value],
    plan: Plan,
) -> Program | None:
    """A program for the examples within the plan's budget, or None; types: of the inputs.

    With a network its programs come first, then the search in the order that it suggests.
    """
    deadline, costs = Deadline.after(plan.budget_s), plan.costs
    if plan.network is not None:
        from hrm_engine.inference.program_beam import move_costs

        rows = tuple((*row, output) for row, output in zip(inputs, outputs, strict=True))
        question = Question("", tuple(types), common_type(list(outputs)), (), rows)
        made = plan.network.greedy([question]) if plan.greedy else plan.network.propose(question)
        for decoded in made:
            if decoded is None or not only_deepcoder(decoded.program):
                continue
            if passes(decoded.program, inputs, outputs):
                return decoded.program
        if plan.greedy:
            return None
        costs = equal_costs() | {
            name: cost
            for name, cost in move_costs(plan.network.scores([question])[0]).items()
            if name in NAMES
        }
    search = Search(inputs, outputs, costs, bidirectional=plan.bidirectional)
    found = search.run(deadline, settle_s=plan.settle_s)
    return found.program if found else None


def passes(program: Program, inputs: Sequence[Sequence[Value]], outputs: Sequence[Value]) -> bool:
    """Whether the interpreter gives every output."""
    pairs = zip(inputs, outputs, strict=True)
    return all(run(program, row, DEEPCODER_LIMITS) == output for row, output in pairs)


def agreement(program: Program, problem: ExedecProblem, rng: np.random.Generator) -> bool | None:
    """Whether two programs give the same on fresh inputs; None if record's gives nothing.

    Lists of 1 to 5 numbers, of the range that the examples have; integers alone from 0 to 4.
    """
    cells = [n for row in problem.inputs for v in row if isinstance(v, list) for n in v]
    low, high = min(cells, default=0), max(cells, default=9)
    rows, outputs = [], []
    for _ in range(DRAWS):
        row = [_fresh(value, low, high, rng) for value in problem.inputs[0]]
        output = run(problem.program, row, DEEPCODER_LIMITS)
        if output is not None:
            rows.append(row)
            outputs.append(output)
        if len(rows) == FRESH:
            break
    return passes(program, rows, outputs) if rows else None


def _fresh(like: Value, low: int, high: int, rng: np.random.Generator) -> Value:
    if isinstance(like, list):
        size = int(rng.integers(1, LONGEST + 1))
        return [int(n) for n in rng.integers(low, high + 1, size)]
    return int(rng.integers(LONGEST))


def summarise(made: Sequence[Attempt], plan: Plan, *, data: str, command: str) -> DeepcoderReport:
    """The figures of all attempts; `data` names the file."""
    times = [1e3 * each.seconds for each in made]
    cpu = [1e3 * each.cpu_s for each in made]
    held = [each.held_out for each in made if each.held_out is not None]
    return DeepcoderReport(
        data=data,
        n=len(made),
        budget_ms=1e3 * plan.budget_s,
        settle_ms=1e3 * plan.settle_s,
        search=_spoken(plan),
        visible=plan.visible,
        solved=Rate.of(each.solved for each in made),
        wrong=sum(each.wrong for each in made),
        held_out=Rate.of(held) if held else None,
        agrees=Rate.of(bool(each.agrees) for each in made),
        p50_ms=quantile(times, 0.5),
        p95_ms=quantile(times, 0.95),
        cpu_p50_ms=quantile(cpu, 0.5),
        cpu_p95_ms=quantile(cpu, 0.95),
        lengths=tuple(_by_length(made)),
        command=command,
    )


def _by_length(made: Sequence[Attempt]) -> Iterator[Length]:
    for length in sorted({each.length for each in made}):
        mine = [each for each in made if each.length == length]
        times = [1e3 * each.seconds for each in mine]
        solved = Rate.of(each.solved for each in mine)
        p50, p95 = quantile(times, 0.5), quantile(times, 0.95)
        yield Length(length=length, solved=solved, p50_ms=p50, p95_ms=p95)


def _spoken(plan: Plan) -> str:
    ends = "from both ends" if plan.bidirectional else "forward alone"
    order = "by given costs" if plan.costs else "by size"
    if plan.network is None:
        return f"enumeration {ends}, {order}"
    if plan.greedy:
        return f"{plan.network.name}, one greedy grid, no search"
    return f"{plan.network.name}'s programs, then enumeration {ends} by its costs"
