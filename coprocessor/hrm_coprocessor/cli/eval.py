"""Measure accuracy on a data file: a task's model, or the whole agent.

    hrm eval derivative --data FILE.jsonl --json OUT.json --predictions ANSWERS.jsonl
    hrm eval sudoku --data benchmarks/data/sudoku_17.txt --k 8 --depth 64
    hrm eval agent --data QUESTIONS.jsonl --json OUT.json
    hrm eval mbpp --k 1 10 --n 20 --visible-tests 1 --json OUT.json
    hrm eval deepcoder --data deepcoder_none.jsonl --budget-ms 1000 --json OUT.json
    hrm eval program --data held_out.jsonl --json OUT.json

The data has one JSON object a line: {"id", "input", ...} for a task, {"question", "tool",
"arguments"} for the agent; or plain lines of puzzles. `verified` rates are the network alone;
the fallback is counted apart; an independent program looks for answers that are wrong and yet
verified. Grids are answered in batches, with the network's own choice among k counted apart,
and by difficulty where the data has a `rating`; the time of a call is measured on a sample.
"""

from __future__ import annotations

import argparse
import json
import shlex
from contextlib import closing, nullcontext
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from hrm_engine.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hrm_engine.evaluation.evaluate import Prediction
    from hrm_engine.evaluation.report import Report
    from hrm_engine.inference.grid_solve import GridSolver
    from hrm_engine.inference.solve import Solver
    from hrm_engine.tasks.judge import Isolated

AGENT = "agent"
SUITES = {"mbpp": "eval_mbpp", "deepcoder": "eval_deepcoder", "program": "eval_program"}
"""Suites with a way of their own: each has a module here, with `add_arguments` and `run`."""
JUDGE = "hrm_engine.tasks.judge"
PLANNED = ("depth", "noise", "seed")
CHOSEN = {"engine": "torch", "device": "auto"}
PATIENCE_S = 20.0
"""How long one check, or another program's answer, may take: SymPy can hang where we do not."""
DEFAULT_MODELS = {
    "derivative": "hrm-derivative",
    "sudoku": "hrm-sudoku",
    "sudoku6": "hrm-sudoku6",
    "sudoku4": "hrm-sudoku4",
    "maze": "hrm-maze",
    "maze30": "hrm-maze30",
    AGENT: "embedded",
}
"""The model of a task that has no `--model`."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `hrm eval`."""
    parser.add_argument("task", help="a task such as derivative, or agent")
    parser.add_argument("--data", type=Path, help="file with one item a line")
    parser.add_argument("--model", help="checkpoint name or folder; for agent, a model spec")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write the report here")
    parser.add_argument("--predictions", type=Path, help="write one line an item here")
    text = "answers tried at most (default 10); for a test suite, one or more k of pass@k"
    parser.add_argument("--k", type=int, nargs="+", help=text)
    parser.add_argument("--limit", type=int, help="use only the first items")
    add_grid_arguments(parser, engine="torch")
    text = "grids: a pass without checker always has all segments, as published"
    parser.add_argument("--no-halt", action="store_true", help=text)
    parser.add_argument(
        "--rating", type=_bounds, metavar="BOUNDS", help="last rating of each bucket (0,2,10,50)"
    )
    parser.add_argument("--no-peers", action="store_true", help="do not run the other programs")
    for module in SUITES.values():
        _suite(module).add_arguments(parser)


def add_grid_arguments(parser: argparse.ArgumentParser, *, engine: str) -> None:
    """What concerns grid tasks alone, here and in `hrm solve`; `engine` is the default.

    Accuracy is told of the weights as they were trained; an answer may come from what is fast.
    """
    grids = parser.add_argument_group("grids")
    grids.add_argument("--depth", type=int, help="most segments of a try (16)")
    grids.add_argument("--noise", type=float, help="noise on the start of further tries")
    grids.add_argument("--seed", type=int, help="of symmetries and noise (default 0)")
    text = f"auto, torch, onnx or onnx-int8 (default {engine})"
    grids.add_argument("--engine", default=engine, help=text)
    grids.add_argument("--device", default="auto", help="auto, cpu or cuda, for torch")


def _suite(module: str) -> ModuleType:
    return import_module(f"{__package__}.{module}")


def grid_settings(args: argparse.Namespace) -> dict[str, Any]:
    """The arguments of `add_grid_arguments` as settings of `load_solver`."""
    plan = {name: getattr(args, name) for name in PLANNED}
    given = {name: value for name, value in plan.items() if value is not None}
    return given | {"engine": args.engine, "device": args.device}


def _bounds(text: str) -> tuple[int, ...]:
    return tuple(sorted(int(word) for word in text.split(",")))


def run(args: argparse.Namespace) -> int:
    """Evaluate, write the files asked for, print the table."""
    if args.task in SUITES:
        return int(_suite(SUITES[args.task]).run(args))
    from hrm_engine.data.jsonl import read_records

    _settle(args)
    records = list(read_records(args.data))[: args.limit]
    model = args.model or DEFAULT_MODELS.get(args.task, args.task)
    command = "hrm " + shlex.join(_words(args, model))
    if args.task == AGENT:
        from hrm_coprocessor.eval_agent import evaluate_agent

        summary, rows, lines = evaluate_agent(records, model, command)
    else:
        from hrm_coprocessor.work.workers import PoolLimits, WorkerPool

        with closing(WorkerPool(PoolLimits(size=1), (JUDGE,))) as pool:
            report = _task(args, model, records, command, pool.patient(PATIENCE_S))
        summary, rows, lines = report.as_json(), [], report.lines()
    if args.json:
        args.json.write_text(json.dumps(summary, indent=2, ensure_ascii=False) + "\n")
    if args.predictions and rows:
        args.predictions.write_text("".join(_line(row) for row in rows))
    print_table(lines)
    return 0


def _settle(args: argparse.Namespace) -> None:
    """What a task needs of the arguments that test suites share. Raises ConfigError."""
    if args.data is None:
        problem = f"`hrm eval {args.task}` needs a file of problems"
        raise ConfigError(problem, hint=f"hrm eval {args.task} --data FILE.jsonl")
    args.k = args.k[-1] if args.k else 10


def _task(
    args: argparse.Namespace,
    model: str,
    records: Sequence[dict[str, Any]],
    command: str,
    isolated: Isolated,
) -> Report:
    """The report; the predictions are written on the way."""
    from hrm_engine.evaluation.evaluate import measure_peers, readable
    from hrm_engine.inference.grid_solve import GridSolver
    from hrm_engine.inference.load import load_solver

    solver = load_solver(model, args.task, **grid_settings(args))
    problems = [] if args.no_peers else readable(solver.task, records)
    peers = measure_peers(solver.task, problems, isolated=isolated) if problems else []
    if isinstance(solver, GridSolver):
        report = _grids(args, solver, records, command, isolated)
    else:
        report = _sequences(args, solver, records, command, isolated)
    return report.model_copy(update={"peers": tuple(peers)})


def _sequences(
    args: argparse.Namespace,
    solver: Solver,
    records: Sequence[dict[str, Any]],
    command: str,
    isolated: Isolated,
) -> Report:
    """One item after the other; each prediction is written as soon as it is made."""
    from rich.progress import track

    from hrm_coprocessor.cli.progress import console
    from hrm_engine.evaluation.evaluate import predict, summarise

    answers = predict(solver, records, k=args.k, isolated=isolated)
    shown = track(answers, description=args.task, total=len(records), console=console())
    predictions: list[Prediction] = []
    with args.predictions.open("w") if args.predictions else nullcontext() as file:
        for prediction in shown:
            predictions.append(prediction)
            if file:
                file.write(_line(prediction.row()))
                file.flush()
    return summarise(solver, predictions, k=args.k, command=command, peers=())


def _grids(
    args: argparse.Namespace,
    solver: GridSolver,
    records: Sequence[dict[str, Any]],
    command: str,
    isolated: Isolated,
) -> Report:
    """All items in batches; a bar for each stage."""
    from rich.progress import Progress

    from hrm_coprocessor.cli.progress import console
    from hrm_engine.evaluation import grids
    from hrm_engine.inference.grid_search import Exits

    with Progress(console=console()) as bars:
        stages: dict[str, Any] = {}

        def progress(stage: str, done: int, total: int) -> None:
            if stage not in stages:
                stages[stage] = bars.add_task(stage, total=total)
            bars.update(stages[stage], completed=done, total=total)

        asked = {"k": args.k, "isolated": isolated, "progress": progress}
        alone = Exits(checker=False, halt=not args.no_halt)
        items, seconds = grids.predict_grids(solver, records, alone=alone, **asked)
        times = grids.time_calls(solver, items, **asked)
    if args.predictions:
        predictions = grids.as_predictions(solver, items, seconds)
        args.predictions.write_text("".join(_line(p.row()) for p in predictions))
    return grids.report_grids(
        solver,
        items,
        k=args.k,
        command=command,
        seconds=seconds,
        times=times,
        bounds=args.rating or grids.BOUNDS,
    )


def _line(row: dict[str, object]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"


def _words(args: argparse.Namespace, model: str) -> list[str]:
    """The command that gives the same figures again."""
    words = ["eval", args.task, "--model", model, "--data", str(args.data), "--k", str(args.k)]
    extra = {name: getattr(args, name) for name in ("limit", *PLANNED)}
    extra["rating"] = ",".join(map(str, args.rating)) if args.rating else None
    extra |= {n: getattr(args, n) for n, usual in CHOSEN.items() if getattr(args, n) != usual}
    for name, value in extra.items():
        words += [] if value is None else [f"--{name}", str(value)]
    return [*words, "--no-halt"] if args.no_halt else words


def print_table(lines: Sequence[tuple[str, str]]) -> None:
    """Label and value of each row, the values under each other."""
    width = max(len(label) for label, _ in lines)
    for label, value in lines:
        print(f"{label:<{width}}  {value}")
