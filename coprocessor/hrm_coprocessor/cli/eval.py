"""Measure accuracy on a data file: a task's model, or the whole agent.

    hrm eval derivative --data FILE.jsonl --json OUT.json --predictions ANSWERS.jsonl
    hrm eval agent --data QUESTIONS.jsonl --json OUT.json

The data has one JSON object a line: {"id", "input", ...} for a task, {"question", "tool",
"arguments"} for the agent. `verified` rates are the network alone; the fallback is counted
apart; an independent program looks for answers that are wrong and yet verified.
"""

from __future__ import annotations

import argparse
import json
import shlex
from contextlib import closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hrm_engine.evaluation.evaluate import Prediction
    from hrm_engine.evaluation.report import Report
    from hrm_engine.tasks.judge import Isolated

AGENT = "agent"
JUDGE = "hrm_engine.tasks.judge"
PATIENCE_S = 20.0
"""How long one check, or another program's answer, may take: SymPy can hang where we do not."""
DEFAULT_MODELS = {"derivative": "hrm-derivative", AGENT: "embedded"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `hrm eval`."""
    parser.add_argument("task", help="a task such as derivative, or agent")
    parser.add_argument("--data", required=True, type=Path, help="JSONL file with one item a line")
    parser.add_argument("--model", help="checkpoint name or folder; for agent, a model spec")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write the report here")
    parser.add_argument("--predictions", type=Path, help="write one line an item here")
    parser.add_argument("--k", type=int, default=10, help="answers tried at most (default 10)")
    parser.add_argument("--limit", type=int, help="use only the first items")
    parser.add_argument("--no-peers", action="store_true", help="do not run the other programs")


def run(args: argparse.Namespace) -> int:
    """Evaluate, write the files asked for, print the table."""
    from hrm_engine.data.jsonl import read_records

    records = list(read_records(args.data))[: args.limit]
    model = args.model or DEFAULT_MODELS.get(args.task, args.task)
    command = "hrm " + shlex.join(_words(args, model))
    if args.task == AGENT:
        from hrm_coprocessor.eval_agent import evaluate_agent

        summary, rows, lines = evaluate_agent(records, model, command)
    else:
        from hrm_coprocessor.workers import PoolLimits, WorkerPool

        with closing(WorkerPool(PoolLimits(size=1), (JUDGE,))) as pool:
            report = _task(args, model, records, command, pool.patient(PATIENCE_S))
        summary, rows, lines = report.as_json(), [], report.lines()
    if args.json:
        args.json.write_text(json.dumps(summary, indent=2, ensure_ascii=False) + "\n")
    if args.predictions and rows:
        args.predictions.write_text("".join(_line(row) for row in rows))
    _print(lines)
    return 0


def _task(
    args: argparse.Namespace,
    model: str,
    records: Sequence[dict[str, Any]],
    command: str,
    isolated: Isolated,
) -> Report:
    """The report; each prediction is written as soon as it is made."""
    from rich.progress import track

    from hrm_coprocessor.cli.progress import console
    from hrm_engine.evaluation.evaluate import measure_peers, predict, readable, summarise
    from hrm_engine.inference.solve import Solver

    solver = Solver.load(model, args.task)
    problems = [] if args.no_peers else readable(solver.task, records)
    peers = measure_peers(solver.task, problems, isolated=isolated) if problems else []
    answers = predict(solver, records, k=args.k, isolated=isolated)
    shown = track(answers, description=args.task, total=len(records), console=console())
    predictions: list[Prediction] = []
    with args.predictions.open("w") if args.predictions else nullcontext() as file:
        for prediction in shown:
            predictions.append(prediction)
            if file:
                file.write(_line(prediction.row()))
                file.flush()
    return summarise(solver, predictions, k=args.k, command=command, peers=peers)


def _line(row: dict[str, object]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"


def _words(args: argparse.Namespace, model: str) -> list[str]:
    """The command that gives the same figures again."""
    words = ["eval", args.task, "--model", model, "--data", str(args.data), "--k", str(args.k)]
    return [*words, *(["--limit", str(args.limit)] if args.limit else [])]


def _print(lines: Sequence[tuple[str, str]]) -> None:
    width = max(len(label) for label, _ in lines)
    for label, value in lines:
        print(f"{label:<{width}}  {value}")
