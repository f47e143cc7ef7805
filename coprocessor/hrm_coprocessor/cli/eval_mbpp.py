"""`hrm eval mbpp`: how many of MBPP's tasks a generator of programs solves.

    hrm eval mbpp --k 1 10                                 what `generate_code` would propose
    hrm eval mbpp --k 1 10 --parts                         its library alone, too
    hrm eval mbpp --samples SAMPLES.jsonl --k 1 10         programs made elsewhere
    hrm eval mbpp --executor gguf:MODEL.gguf --k 1 10      a model of your own
    hrm eval mbpp --reference --split all                  do the published solutions pass?

Every program runs in the sandbox, which tells only what it returned; comparing is done outside.
See docs/mbpp.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shlex
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hrm_engine.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from hrm_engine.evaluation.mbpp.generators import Generator
    from hrm_engine.evaluation.mbpp.harness import Plan
    from hrm_engine.evaluation.mbpp.ledger import Judged
    from hrm_engine.evaluation.mbpp.problems import MbppTask
    from hrm_engine.evaluation.mbpp.report import MbppReport
    from hrm_engine.evaluation.sandbox import Limits

DATA = Path("benchmarks/data/mbpp.jsonl")
"""Where the tasks are in a checkout of the project."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments that concern MBPP alone."""
    group = parser.add_argument_group("mbpp")
    which = group.add_mutually_exclusive_group()
    text = 'JSONL of {"task_id": "Mbpp/11", "solution": "def ..."}, as EvalPlus reads it'
    which.add_argument("--samples", type=Path, metavar="FILE", help=text)
    text = "measure the published solutions: all must pass"
    which.add_argument("--reference", action="store_true", help=text)
    text = "a model of your own: gguf:PATH, hf:FOLDER, http://HOST:PORT/v1#MODEL"
    which.add_argument("--executor", metavar="SPEC", help=text)
    text = "at which --executor draws samples (0.2)"
    group.add_argument("--temperature", type=float, default=0.2, help=text)
    text = "beside the system also its library alone, with and without our own snippets"
    group.add_argument("--parts", action="store_true", help=text)
    group.add_argument("--n", type=int, default=20, help="samples a task (20)")
    text = "asserts that the generator sees, and must pass (0)"
    group.add_argument("--visible-tests", type=int, choices=range(4), default=0, help=text)
    splits = "test, validation, train, prompt or all (test)"
    group.add_argument("--split", default="test", help=splits)
    text = "most programs tried a task where asserts are visible (1000)"
    group.add_argument("--draws", type=int, default=1000, help=text)
    text = "asserts to the letter: no special oracle"
    group.add_argument("--strict", action="store_true", help=text)
    group.add_argument("--failures", type=int, default=0, metavar="N", help="show N failing cases")
    group.add_argument("--workers", type=int, default=1, help="sandboxes at work at once (1)")


def run(args: argparse.Namespace) -> int:
    """Measure the generator asked for, then the baselines; write the report, print the table.

    Returns 1 if `--reference` finds a published solution that does not pass.
    """
    from hrm_coprocessor.cli.eval import print_table
    from hrm_engine.evaluation.mbpp.problems import read_tasks, split

    path = args.data or DATA
    if args.data is None and not path.exists():
        raise ConfigError(f"there is no {path} here", hint="hrm eval mbpp --data mbpp.jsonl")
    everything = read_tasks(path)
    tasks = split(everything, args.split)[: args.limit]
    if not tasks:
        raise ConfigError(f"{path} holds no task of the split {args.split}")
    report, judged = _measure(args, everything, tasks)
    if args.json:
        args.json.write_text(json.dumps(report.model_dump(mode="json"), indent=2) + "\n")
    wrong = [verdict.failure for verdicts in judged for verdict in verdicts if verdict.failure]
    for failure in wrong[: args.failures]:
        print(failure + "\n")
    print_table(report.lines())
    return 1 if args.reference and report.scores[0].rates[0].value < 1 else 0


def _measure(
    args: argparse.Namespace, everything: Sequence[MbppTask], tasks: Sequence[MbppTask]
) -> tuple[MbppReport, list[list[Judged]]]:
    """The report, and the verdicts on what the first generator made."""
    from hrm_engine.evaluation.mbpp.harness import Plan, measure
    from hrm_engine.evaluation.mbpp.judging import Examiner
    from hrm_engine.evaluation.mbpp.ledger import Ledger
    from hrm_engine.evaluation.mbpp.report import MbppReport, measure_name, score
    from hrm_engine.evaluation.sandbox import Sandbox

    plan = Plan(_ks(args), args.n, args.visible_tests, args.draws)
    generators = _generators(args, everything, plan)
    start = time.perf_counter()
    found: list[list[list[Judged]]] = []
    limits: dict[int, Limits] = {}
    with ExitStack() as stack:
        boxes = [stack.enter_context(Sandbox()) for _ in range(args.workers)]
        examiners = [Examiner(box, strict=args.strict, limits=limits) for box in boxes]
        for generator in generators:
            file = _ledger_file(args, generator, first=generator is generators[0])
            ledger = Ledger(_run(args, generator), file)
            with _bar(generator.name, len(tasks)) as progress:
                asked = (generator, tasks, plan, examiners)
                found.append(measure(*asked, ledger=ledger, progress=progress))
        level = boxes[0].level
    report = MbppReport(
        split=args.split,
        n=len(tasks),
        built=sum(task.built for task in tasks),
        visible=plan.visible,
        oracles="asserts" if args.strict else "special",
        measure=measure_name(plan.visible, len(tasks[0].cases)),
        samples=plan.n,
        scores=tuple(score(g, v, plan) for g, v in zip(generators, found, strict=True)),
        sandbox=level,
        seconds=time.perf_counter() - start,
        command="hrm " + shlex.join(_words(args)),
    )
    return report, found[0]


def _generators(
    args: argparse.Namespace, everything: Sequence[MbppTask], plan: Plan
) -> list[Generator]:
    """What is measured: the generator asked for, then the baselines it must beat."""
    from hrm_engine.evaluation.mbpp.enumeration import enumeration
    from hrm_engine.evaluation.mbpp.generators import from_file, reference
    from hrm_engine.evaluation.mbpp.retrieval import retrieval
    from hrm_engine.evaluation.mbpp.system import parts, system

    if args.reference:
        return [reference(everything)]
    seconds = args.budget_ms / 1e3
    if args.samples:
        asked = [from_file(args.samples, at_least=max(plan.ks))]
    elif args.executor:
        asked = _of_executor(args, plan)
    else:
        asked = [system(seconds), *(parts() if args.parts else ())]
    if not args.no_peers:
        asked.append(retrieval(everything))
        asked += [enumeration(seconds)] if plan.visible else []
    return asked


def _of_executor(args: argparse.Namespace, plan: Plan) -> list[Generator]:
    """The model by itself, then ordered as the last stage of the system orders it."""
    from hrm_engine.evaluation.mbpp.executed import ordered, raw
    from hrm_tools.executors import make_executor

    executor = make_executor(args.executor)
    return [raw(executor, plan.n, args.temperature), ordered(executor, max(plan.ks))]


def _ks(args: argparse.Namespace) -> tuple[int, ...]:
    """The k of pass@k, in order. Raises ConfigError if no estimate is possible."""
    ks = tuple(sorted(set(args.k or ((1,) if args.reference else (1, 10)))))
    if ks[0] < 1 or ks[-1] > args.n:
        problem = f"pass@{ks[0 if ks[0] < 1 else -1]} cannot be told from {args.n} samples"
        raise ConfigError(problem, hint="k counts from 1; give an --n of twice the largest k")
    return ks


def _run(args: argparse.Namespace, generator: Generator) -> str:
    """All that a verdict depends on, for the ledger."""
    oracles = "asserts" if args.strict else "special"
    data = hashlib.sha256((args.data or DATA).read_bytes()).hexdigest()[:8]
    return f"{generator.name}, visible {args.visible_tests}, oracles {oracles}, data {data}"


def _ledger_file(args: argparse.Namespace, generator: Generator, *, first: bool) -> Path | None:
    """`--predictions` for the first generator; a file beside it for each baseline."""
    path: Path | None = args.predictions
    word = re.sub(r"[^\w.-]", "_", generator.name.split()[0])
    return path if first or path is None else path.with_suffix(f".{word}.jsonl")


@contextmanager
def _bar(name: str, total: int) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on stderr, as a `Progress`."""
    from rich.progress import Progress

    from hrm_coprocessor.cli.progress import console

    with Progress(console=console()) as bars:
        bar = bars.add_task(name, total=total)
        yield lambda done, total: bars.update(bar, completed=done, total=total)


def _words(args: argparse.Namespace) -> list[str]:
    """The command that gives the same figures again."""
    words = ["eval", "mbpp", "--k", *map(str, args.k or (1, 10)), "--n", str(args.n)]
    words += ["--visible-tests", str(args.visible_tests), "--split", args.split]
    if args.visible_tests:
        words += ["--draws", str(args.draws), "--budget-ms", f"{args.budget_ms:g}"]
    if args.executor:
        words += ["--temperature", f"{args.temperature:g}"]
    for name in ("data", "samples", "executor", "limit"):
        value = getattr(args, name)
        words += [] if value is None else [f"--{name}", str(value)]
    return words + [f"--{name}" for name in ("parts", "reference", "strict") if getattr(args, name)]
