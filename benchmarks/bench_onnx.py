"""The ONNX engines against torch on fixed puzzles: exactness, size on disk, milliseconds.

One JSON line a model. `loss_points` is what eight bits lose in exact-solve rate, in points, each
puzzle tried once with the exact check looking on; with the retry in float32, which the solver
always makes, nothing may be lost. Torch and both graphs take turns in one process, so the ratios
hold on a busy machine, too. An untrained network (`--size`) has times and sizes alone.

    python benchmarks/bench_onnx.py --model hrm-sudoku --data benchmarks/data/sudoku_hardest.txt
    python benchmarks/bench_onnx.py --size trm_mlp trm_att
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch

from hrm_engine.data.jsonl import read_records
from hrm_engine.evaluation.engines import compare, untrained
from hrm_engine.evaluation.machine import machine
from hrm_engine.export.checkpoint import Loaded, load_checkpoint
from hrm_engine.export.onnx import FILES, fingerprint
from hrm_engine.inference.onnx_engine import NAMES, cache_folder
from hrm_engine.tasks.base import GridTask, load_task

MOST_LOSS = 0.5  # points of exact-solve rate


def puzzles(args: argparse.Namespace, task: GridTask[Any, Any]) -> list[Any]:
    """The first ones of a file, or sampled with a fixed seed."""
    if args.data:
        return [task.read(record) for record in islice(read_records(args.data), args.limit)]
    rng = np.random.default_rng(0)
    return [task.sample(rng) for _ in range(args.limit)]


def graph_megabytes(loaded: Loaded) -> dict[str, float]:
    """Sizes on disk, with the weights in float32 for comparison."""
    found = {"torch": 4.0 * sum(parameter.numel() for parameter in loaded.grid.parameters())}
    for quantise, name in NAMES.items():
        for folder in (loaded.folder, cache_folder(fingerprint(loaded.grid))):
            path = folder / FILES[quantise]
            if path.is_file():
                found[name] = path.stat().st_size
    return {name: size / 1e6 for name, size in found.items()}


def measure(loaded: Loaded, task: GridTask[Any, Any], args: argparse.Namespace) -> dict[str, Any]:
    """The line of one model."""
    problems = puzzles(args, task)
    trained = bool(loaded.recipe)
    found = compare(
        loaded,
        task,
        problems if trained else problems[:1],
        repeats=args.repeats,
        seconds=args.seconds,
        depth=None if trained else 1,
    )
    by_name = {figures.engine: figures for figures in found.figures}
    row: dict[str, Any] = {
        "bench": "onnx",
        "model": loaded.folder.name,
        "task": task.name,
        "parameters": sum(parameter.numel() for parameter in loaded.grid.parameters()),
        "megabytes": graph_megabytes(loaded),
        "ms_segment": {name: dict(f.ms) for name, f in by_name.items()},
        "times_faster": {name: dict(f.faster) for name, f in by_name.items()},
    }
    if trained:
        exact, int8 = by_name["onnx"], by_name["onnx-int8"]
        loss = 100 * (exact.solved - int8.solved)
        row |= {
            "n": found.n,
            "solved": {name: f.solved for name, f in by_name.items()},
            "solved_with_retry": int8.with_retry,
            "other_answer": {name: f.differ for name, f in by_name.items()},
            "loss_points": loss,
            "loss_with_retry_points": 100 * (exact.solved - int8.with_retry),
            "within_bounds": loss <= MOST_LOSS and int8.with_retry >= exact.solved,
            "ms_puzzle": {name: f.ms_problem for name, f in by_name.items()},
            "winner": found.winner,
        }
    return row


def contestants(args: argparse.Namespace, task: GridTask[Any, Any]) -> Iterator[Loaded]:
    """The checkpoints, then the untrained sizes."""
    for model in args.model:
        yield load_checkpoint(model)
    for name in args.size:
        yield untrained(name, task)


def main() -> None:
    """One JSON line a model."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--task", default="sudoku")
    parser.add_argument("--model", nargs="*", default=[])
    parser.add_argument("--size", nargs="*", default=[])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--limit", type=int, default=200)
    parser.add_argument("--repeats", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=240.0)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    task = load_task(args.task)
    assert isinstance(task, GridTask)
    for loaded in contestants(args, task):
        place = {"threads": args.threads, "torch": torch.__version__, "machine": machine()}
        print(json.dumps(measure(loaded, task, args) | place), flush=True)


if __name__ == "__main__":
    main()
