"""Does the label `verified` ever stand on a wrong program? JSON lines, one for each group.

    python benchmarks/check_labels.py --sampled 250 --mbpp 250 --budget-ms 1500

Ordinary cases: problems of our own sampler's held-out splits, and tasks of MBPP's test split with
their three asserts as examples. Adversarial: `tests/engine/codegen/adversarial.py`. `false` counts
labels on programs that fail a given example in sandboxes started afresh, or that had fewer than
three distinct examples, or that a trick did not deserve: it must be 0, and the exit code is 1
where it is not.

`verified_but_hidden_fail` is another matter: programs that pass every example and still are not
what was meant. It is measured on hidden tests; for MBPP, on inputs derived from the asserts, for
which the reference solution says what is right. `open_question_shown` counts the notes that
showed a call on which another program that passes the examples differs.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from hrm_engine.codegen.cascade import generate
from hrm_engine.codegen.examples import distinct
from hrm_engine.codegen.generated import NEEDED, Generated
from hrm_engine.codegen.probes import derived_calls
from hrm_engine.codegen.request import Request
from hrm_engine.codegen.shared_sandbox import shared_sandbox
from hrm_engine.deadline import Deadline
from hrm_engine.errors import TaskError
from hrm_engine.evaluation.intervals import wilson
from hrm_engine.evaluation.machine import machine
from hrm_engine.evaluation.mbpp.problems import MbppTask, read_tasks, split
from hrm_engine.evaluation.report import quantile
from hrm_engine.evaluation.sandbox import Call, Example, Limits, Sandbox, judge
from hrm_engine.programs.sampler import ProblemSampler, ProgramProblem
from hrm_engine.programs.splits import Split
from hrm_tools.generate_code import search
from tests.engine.codegen.adversarial import ALL, Case
from tests.engine.codegen.scripted import PATIENT_S, Scripted, asked

MBPP = Path(__file__).with_name("data") / "mbpp.jsonl"
HELD_OUT: tuple[Split, ...] = ("length", "pairs", "behaviour", "template")
STARTS = 3
"""Fresh sandboxes in which a verified program must pass again."""
PATIENT = Limits(wall_s=20.0, cpu_s=10.0)
Hidden = Callable[[], Sequence[Example]]


@dataclass
class Tally:
    """What became of one group of cases."""

    group: str
    statuses: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    false: list[str] = field(default_factory=list)
    judged: int = 0
    hidden_fail: Counter[str] = field(default_factory=Counter)
    warned: Counter[str] = field(default_factory=Counter)
    ms: list[float] = field(default_factory=list)

    def take(self, name: str, found: Generated, request: Request) -> None:
        """Note one answer, and look again at what is called verified."""
        self.statuses[found.status] += 1
        if found.status != "verified":
            return
        self.sources[found.source.partition(":")[0]] += 1
        if distinct(request.examples) < NEEDED or not passes_afresh(found.code, request.examples):
            self.false.append(name)

    def compare(self, found: Generated, hidden: Sequence[Example]) -> None:
        """Judge a verified program on what it was not shown."""
        self.judged += 1
        right = judge(shared_sandbox(), found.code, hidden, PATIENT).status == "passed"
        if not right:
            self.hidden_fail[found.source.partition(":")[0]] += 1
        if "leave open" in found.note:
            self.warned["right" if right else "wrong"] += 1

    def row(self) -> dict[str, Any]:
        """The group's JSON line."""
        n, failed = sum(self.statuses.values()), sum(self.hidden_fail.values())
        row = {
            "bench": "labels",
            "group": self.group,
            "n": n,
            "statuses": dict(sorted(self.statuses.items())),
            "verified_sources": dict(sorted(self.sources.items())),
            "false": len(self.false),
            "false_95": [round(each, 4) for each in wilson(len(self.false), n)],
            "false_names": self.false,
        }
        if self.judged:
            row |= {
                "verified_judged_on_hidden": self.judged,
                "verified_but_hidden_fail": failed,
                "verified_but_hidden_fail_rate": round(failed / self.judged, 3),
                "verified_but_hidden_fail_95": [
                    round(each, 3) for each in wilson(failed, self.judged)
                ],
                "verified_but_hidden_fail_by_source": dict(sorted(self.hidden_fail.items())),
                "open_question_shown": dict(sorted(self.warned.items())),
            }
        if self.ms:
            row |= {
                "ms_p50": round(quantile(self.ms, 0.5)),
                "ms_p95": round(quantile(self.ms, 0.95)),
            }
        return row


def passes_afresh(code: str, examples: Sequence[Example]) -> bool:
    """Whether a program passes in each of `STARTS` sandboxes that were just started."""
    for _ in range(STARTS):
        with Sandbox(shared_sandbox().level) as fresh:
            if judge(fresh, code, examples, PATIENT).status != "passed":
                return False
    return True


def sampled(count: int, seed: int) -> Iterator[tuple[str, Request, Hidden]]:
    """Problems of the four held-out splits in turn."""
    samplers = [ProblemSampler(seed, held_out) for held_out in HELD_OUT]
    for number in range(count):
        place = number % len(HELD_OUT)
        yield f"{HELD_OUT[place]} {number}", *as_request(next(samplers[place]))


def as_request(problem: ProgramProblem) -> tuple[Request, Hidden]:
    """A sampled problem with its examples, and its hidden tests."""
    shown, hidden = (
        tuple(Example(Call("f", tuple(each.inputs)), each.output) for each in group)
        for group in (problem.examples, problem.hidden)
    )
    return Request(problem.specification, "f", "", shown), lambda: hidden


def mbpp(count: int, start: int) -> Iterator[tuple[str, Request, Hidden]]:
    """Tasks of the test split whose asserts are plain calls, in order, without the first ones."""
    tasks = [t for t in split(read_tasks(MBPP), "test") if not t.built]
    for task in tasks[start : start + count]:
        shown = tuple(Example(case.call, case.expected) for case in task.cases)
        request = Request(task.text, task.name, task.signature, shown)
        yield task.label, request, lambda task=task, shown=shown: derived(task, shown)


def derived(task: MbppTask, shown: Sequence[Example]) -> list[Example]:
    """Inputs near those of the asserts, with what the reference returns where it returns at all."""
    calls = derived_calls(shown)
    code = f"{task.setup}\n\n{task.reference}"
    found = [shared_sandbox().run(code, [call], PATIENT).outputs[0] for call in calls]
    return [Example(c, o.value) for c, o in zip(calls, found, strict=True) if o.ok]


def ordinary(
    group: str, cases: Iterator[tuple[str, Request, Hidden]], seconds: float, minutes: float
) -> Tally:
    """The cases through the tool's own search, as many as the minutes allow."""
    tally, end = Tally(group), Deadline.after(60 * minutes)
    for name, request, hidden in cases:
        if not end.remaining():
            break
        start = time.perf_counter()
        try:
            found = search(request, seconds)
        except TaskError:  # the asserts contradict each other, or hold what is no plain value
            tally.statuses["refused"] += 1
            continue
        tally.ms.append(1e3 * (time.perf_counter() - start))
        tally.take(name, found, request)
        if found.status == "verified" and (tests := hidden()):
            tally.compare(found, tests)
    return tally


def adversarial(cases: Sequence[Case]) -> Tally:
    """Every trick: its program is proposed, with all the time that it wants."""
    tally = Tally("adversarial")
    for case in cases:
        try:
            request = asked(case.examples, case.spec)
            deadline = Deadline.after(PATIENT_S)
            found = generate(request, [Scripted((case.code,))], shared_sandbox(), deadline)
        except TaskError:
            tally.statuses["refused"] += 1
            continue
        tally.take(case.name, found, request)
        if found.status == "verified" and not case.deserved:
            tally.false.append(f"{case.name} (a trick)")
    return tally


def main() -> int:
    """Measure, print, and say by the exit code whether no label is false."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sampled", type=int, default=250)
    parser.add_argument("--mbpp", type=int, default=250)
    parser.add_argument("--budget-ms", type=float, default=1500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--start", type=int, default=0, help="tasks of MBPP to leave out first")
    parser.add_argument("--only", choices=("adversarial", "sampled", "mbpp"), help="one group")
    parser.add_argument("--minutes", type=float, default=60, help="the most for one group")
    args = parser.parse_args()
    about = {"budget_ms": args.budget_ms, "seed": args.seed, "start": args.start}
    about |= {"machine": machine()}
    limits = (args.budget_ms / 1000, args.minutes)
    groups: dict[str, Callable[[], Tally]] = {
        "adversarial": lambda: adversarial(ALL),
        "sampled": lambda: ordinary("sampled, held out", sampled(args.sampled, args.seed), *limits),
        "mbpp": lambda: ordinary(
            "MBPP test, three asserts shown", mbpp(args.mbpp, args.start), *limits
        ),
    }
    false = 0
    for run in [groups[args.only]] if args.only else groups.values():
        tally = run()
        false += len(tally.false)
        print(json.dumps(tally.row() | about | {"level": shared_sandbox().level}), flush=True)
    return 1 if false else 0


if __name__ == "__main__":
    sys.exit(main())
