"""Time the engines that can run a grid model here, side by side, and remember the best one.

    hrm bench --task sudoku
    hrm bench --task sudoku --size trm_mlp        a published size, untrained: times alone
    hrm bench --model runs/adder/adder --seq-len 256 --batch-size 4      a text model

Torch in float32, ONNX Runtime in float32 and in eight bits take turns at one row and at 32, then
solve the same puzzles at one try each, the exact check looking on. "with retry" is what is solved
when float32 tries again where eight bits fail, as the solver does; "other answer" the share of
answers that are not torch's, right or wrong. The engine with the least time a puzzle, that retry
included, is what `--engine auto` means for this model on this machine from then on. Of an untrained
network only the times mean anything.

With --seq-len a text model reads texts of that many tokens, and writes the second half of such.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hrm_engine.evaluation.engines import Comparison
    from hrm_engine.export.checkpoint import Loaded
    from hrm_engine.tasks.base import GridTask


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `hrm bench`."""
    parser.add_argument("--task", default="sudoku", help="a grid task (default sudoku)")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--model", help="checkpoint name or folder (default: the shipped one)")
    which.add_argument("--size", help="an untrained network of that named size instead")
    parser.add_argument("--data", type=Path, help="puzzles (default: sampled, seed 0)")
    parser.add_argument("--limit", type=int, default=32, metavar="N", help="puzzles at most (32)")
    text = "time for each half: turns, then puzzles (default 60)"
    parser.add_argument("--seconds", type=float, default=60.0, metavar="S", help=text)
    parser.add_argument("--repeats", type=int, default=10, help="turns of each engine (10)")
    text = "of each engine (default: as the solver, one for a small network)"
    parser.add_argument("--threads", type=int, help=text)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    parser.add_argument("--no-record", action="store_true", help="remember nothing")
    text_model = parser.add_argument_group("text models")
    text_model.add_argument("--seq-len", type=int, metavar="N", help="tokens of a text")
    text_model.add_argument("--batch-size", type=int, default=1, metavar="N", help="texts (1)")
    text_model.add_argument("--device", default="auto", help="auto, cpu, cuda or mps (auto)")


def run(args: argparse.Namespace) -> int:
    """Compare, print, remember."""
    if args.seq_len is not None:
        return _text_model(args)
    import torch

    from hrm_engine.evaluation.engines import compare, untrained
    from hrm_engine.evaluation.machine import machine
    from hrm_engine.inference.engine_choice import remember, threads_for

    task = _task(args.task)
    loaded = untrained(args.size, task) if args.size else _trained(args.model, args.task)
    loaded.require_vocabulary(task.vocabulary)
    before = torch.get_num_threads()
    torch.set_num_threads(args.threads or threads_for(loaded))
    try:
        found = compare(
            loaded, task, _problems(args, task), repeats=args.repeats, seconds=args.seconds
        )
        summary: dict[str, Any] = {
            "model": loaded.folder.name,
            "task": args.task,
            "n": found.n,
            "threads": torch.get_num_threads(),
            "machine": machine(),
            "engines": [asdict(figures) for figures in found.figures],
            "winner": found.winner,
        }
    finally:
        torch.set_num_threads(before)
    if not args.size and not args.no_record:
        kept = {name: summary[name] for name in ("task", "n", "threads", "engines")}
        summary["record"] = str(remember(loaded, found.winner, kept))
    if args.json:
        print(json.dumps(summary))
    else:
        _print(summary, found)
    return 0


def _text_model(args: argparse.Namespace) -> int:
    """Time a text model. Raises ConfigError without one."""
    from hrm_engine.codegen.text_model import HRMCodeGen
    from hrm_engine.codegen.text_speed import benchmark
    from hrm_engine.errors import ConfigError

    if not args.model:
        raise ConfigError("--seq-len times a text model", hint="add --model FOLDER")
    found = benchmark(
        HRMCodeGen.from_pretrained(args.model, args.device), args.seq_len, args.batch_size
    )
    if args.json:
        print(json.dumps(found))
    else:
        print("\n".join(f"{name.replace('_', ' '):<24}{value}" for name, value in found.items()))
    return 0


def _task(name: str) -> GridTask[Any, Any]:
    from hrm_engine.errors import TaskError
    from hrm_engine.tasks.base import GridTask, load_task

    task = load_task(name)
    if not isinstance(task, GridTask):
        raise TaskError(f"`{name}` is a {task.form} task", hint="engines differ for grids alone")
    return task


def _trained(model: str | None, task: str) -> Loaded:
    from hrm_coprocessor.cli.eval import DEFAULT_MODELS
    from hrm_engine.export.checkpoint import load_checkpoint

    return load_checkpoint(model or DEFAULT_MODELS.get(task, task))


def _problems(args: argparse.Namespace, task: GridTask[Any, Any]) -> list[Any]:
    if args.data is None:
        import numpy as np

        rng = np.random.default_rng(0)
        return [task.sample(rng) for _ in range(args.limit)]
    from hrm_engine.data.jsonl import read_records
    from hrm_engine.errors import ConfigError

    found = [task.read(record) for record in read_records(args.data)][: args.limit]
    if not found:
        raise ConfigError(f"{args.data} holds no puzzle")
    return found


def _print(summary: dict[str, Any], found: Comparison) -> None:
    from rich.console import Console
    from rich.table import Table

    batches = list(found.figures[0].ms)
    table = Table(box=None)
    table.add_column("engine", no_wrap=True)
    for heading in (
        *(f"ms a segment, {b} row{'s' * (b > 1)}" for b in batches),
        *(f"times faster, {b} row{'s' * (b > 1)}" for b in batches),
        *("solved", "with retry", "other answer", "ms a puzzle"),
    ):
        table.add_column(heading, justify="right", min_width=7)
    for figures in found.figures:
        table.add_row(
            figures.engine,
            *(f"{figures.ms[b]:.1f}" for b in batches),
            *(f"{figures.faster[b]:.2f}" for b in batches),
            *(f"{share:.1%}" for share in (figures.solved, figures.with_retry, figures.differ)),
            f"{figures.ms_problem:.0f}",
        )
    console = Console()
    threads = summary["threads"]
    head = f"{summary['model']}, {found.n} puzzles, threads {threads}: {summary['machine']}"
    console.print(head, soft_wrap=True)
    console.print(table)
    remembered = f", remembered in {summary['record']}" if "record" in summary else ""
    console.print(f"least time a puzzle: {found.winner}{remembered}", soft_wrap=True)
