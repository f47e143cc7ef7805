"""How fast our trainer and solver are, beside the published code of HRM and TRM.

    python benchmarks/bench_reference.py --reference ~/HRM ~/TinyRecursiveModels --threads 2

PATH is your own checkout; nothing of it is kept here. Without one the peer is the plain
transcription in `tests/reference`. Both sides take turns (A-B-A-B) in one process, on the same
generated Sudokus, from the same weights, on the same number of threads, in the same arithmetic
(--dtype float32, or bfloat16: the published default, mixed precision on our side).

training    examples/s, median of --steps steps after 2 warm-ups; the mean loss of all steps must
            be the same to one in a thousand, or the row says `"loss_equal": false`
inference   the network of --checkpoint (`hrm train configs/bench_trm.yaml`: 4x4 Sudoku, no part
            that the published code lacks), in both. Theirs always makes all segments; ours lets
            rows leave early (by the exact checker, or blindly by its own halt head). Exact answers
            are counted on both sides
latency     batch 1, the network of `--models` at full size, all segments: what a puzzle costs
            that no exit helps; divide by the segments an exit saves
memory      peak of a process that makes two training steps of one side

What differs, all of it in `reference_peers.py`: SDPA for flash-attn, torch's AdamW for
adam-atan2, no torch.compile. Drawing puzzles is timed on neither side.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch

if __name__ == "__main__":  # the repository's root: benchmarks and tests are no packages
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.reference_ours import Ours, Solving, engines, fresh
from benchmarks.reference_peers import FILES, Checkout, Peer, Transcription
from hrm_engine.data.grids import GridDataset, GridPool
from hrm_engine.evaluation.machine import machine
from hrm_engine.export.checkpoint import load_checkpoint
from hrm_engine.export.published import published_state
from hrm_engine.inference.grid_search import accepts
from hrm_engine.model.config import ModelConfig
from hrm_engine.model.grid import GridModel
from hrm_engine.model.presets import size
from hrm_engine.tasks.base import GridTask
from hrm_engine.tasks.sudoku import Sudoku4, Sudoku6, Sudoku9

WARM_UP = 2
EQUAL = 1e-3
LEARNING_RATE = 1e-4
TASKS: dict[str, Callable[[], GridTask[Any, Any]]] = {
    "sudoku": Sudoku9,
    "sudoku6": Sudoku6,
    "sudoku4": Sudoku4,
}
Row = dict[str, Any]


def problems(task: GridTask[Any, Any], count: int, seed: int) -> GridPool:
    """Generated puzzles with their solutions."""
    return GridDataset(task).pool(seed, 0, count)


def tensors(pool: GridPool) -> tuple[torch.Tensor, torch.Tensor]:
    """Inputs and targets, (B, S) int64."""
    return torch.from_numpy(pool.inputs).long(), torch.from_numpy(pool.targets).long()


def peer_for(
    config: ModelConfig, weights: dict[str, torch.Tensor], args: argparse.Namespace, **settings: Any
) -> Peer:
    """The checkout that holds this model, else the transcription."""
    settings = {"dtype": args.dtype, "lr": LEARNING_RATE} | settings
    for root in args.reference:
        if (root / FILES[config.preset][0]).is_file():
            return Checkout(root, config, weights, **settings)
    return Transcription(config, weights, **settings)


def sides(config: ModelConfig, args: argparse.Namespace) -> tuple[Ours, Peer, list[GridPool]]:
    """Ours and the peer from the same weights, and the two batches that they work on."""
    model, weights = fresh(config)
    pool = problems(TASKS[args.task](), 2 * args.batch, seed=1)
    pools = [pool.select(slice(args.batch)), pool.select(slice(args.batch, None))]
    shared = {"batch": args.batch, "lr": LEARNING_RATE, "dtype": args.dtype}
    ours = Ours(model, pools, **shared, compiled=args.compile)
    return ours, peer_for(config, weights, args, batch=args.batch), pools


def training(config: ModelConfig, args: argparse.Namespace) -> Row:
    """Examples a second of both, and whether they learn the same."""
    ours, peer, pools = sides(config, args)
    times: dict[str, list[float]] = {"ours": [], "theirs": []}
    losses: list[tuple[float, float]] = []
    for i in range(WARM_UP + args.steps):
        batch = tensors(pools[i // config.segments % 2])  # a slot takes a new one when it is done
        start = time.perf_counter()
        mine = ours.step(*batch)
        middle = time.perf_counter()
        losses.append((mine, peer.step(*batch)))
        if i >= WARM_UP:
            times["ours"].append(middle - start)
            times["theirs"].append(time.perf_counter() - middle)
    median = {name: statistics.median(each) for name, each in times.items()}
    ceiling = matmul_ceiling(torch.float32 if args.dtype == "float32" else torch.bfloat16)
    work = step_flops(config) * args.batch
    return {
        "bench": "reference_training",
        "model": config.preset,
        "peer": peer.name,
        "ratio": spread([b / a for a, b in zip(times["ours"], times["theirs"], strict=True)]),
        "examples_per_s": {name: args.batch / s for name, s in median.items()},
        "cells_per_s": {name: args.batch * config.cells / s for name, s in median.items()},
        "gflops": {name: work / s / 1e9 for name, s in median.items()},
        "share_of_matmul": {name: work / s / ceiling for name, s in median.items()},
        "matmul_gflops": ceiling / 1e9,
        **compared(losses),
        "steps": args.steps,
        "batch": args.batch,
        "compiled": args.compile,
    }


def compared(losses: list[tuple[float, float]]) -> Row:
    """Whether two runs learn the same: the mean of their losses, and the widest gap of one step.

    Single steps drift apart in the end, as the recursion amplifies the last digit of its states.
    """
    mine, others = (statistics.fmean(side) for side in zip(*losses, strict=True))
    mean_gap = abs(mine - others) / others
    return {
        "mean_loss": {"ours": mine, "theirs": others},
        "loss_equal": mean_gap < EQUAL,
        "relative_loss_gap": {"mean": mean_gap, "widest": max(abs(a - b) / b for a, b in losses)},
    }


def learned(args: argparse.Namespace) -> GridModel:
    """The network of the inference comparison: --checkpoint, else a small untrained one."""
    if args.checkpoint:
        model = load_checkpoint(args.checkpoint).model
        assert isinstance(model, GridModel)
        return model
    task = TASKS[args.small_task]()
    cells = {"vocab": len(task.vocabulary), "grid": task.shape, "puzzle_tokens": 1}
    model, _ = fresh(size("trm_mlp-tiny", **cells, segments=4), seed=1)
    return model


def inference(args: argparse.Namespace) -> Iterator[Row]:
    """Examples a second of both on one network, and what they solve."""
    task, model = TASKS[args.small_task](), learned(args)
    config = model.config
    state = {n: t.detach().clone() for n, t in published_state(model).items()}
    rng = np.random.default_rng(9)
    posed = [task.sample(rng) for _ in range(args.items)]
    inputs = torch.from_numpy(np.stack([task.inputs(p) for p in posed])).long()
    peer = peer_for(config, state, args, batch=args.items, dtype="float32")
    for engine in engines(model, args.threads, int8=not args.no_int8):
        for exits in ("checker", "halt head", "never early"):
            ours = Solving(engine, task, config.segments, exits)
            seconds: dict[str, list[float]] = {"ours": [], "theirs": []}
            for _ in range(args.rounds):
                start = time.perf_counter()
                mine = ours.solve(posed)
                middle = time.perf_counter()
                others = peer.solve(inputs).numpy()
                seconds["ours"].append(middle - start)
                seconds["theirs"].append(time.perf_counter() - middle)
            exact = {"ours": solved(task, posed, mine), "theirs": solved(task, posed, others)}
            pairs = [b / a for a, b in zip(seconds["ours"], seconds["theirs"], strict=True)]
            yield {
                "bench": "reference_inference",
                "model": f"{config.preset}, width {config.width}, {args.small_task}",
                "peer": peer.name,
                "ours": ours.name,
                "ratio": spread(pairs),
                "examples_per_s": {n: args.items / min(s) for n, s in seconds.items()},
                "exact": exact,
                "as_exact": exact["ours"] >= exact["theirs"],
                "segments": {"ours": ours.segments / args.items, "theirs": config.segments},
                "n": args.items,
                "trained": bool(args.checkpoint),
            }


def solved(task: GridTask[Any, Any], posed: list[Any], answers: Any) -> float:
    """The share of the answers that the exact check accepts."""
    pairs = zip(posed, answers, strict=True)
    return sum(accepts(task, p, np.asarray(a, np.uint8)) for p, a in pairs) / len(posed)


def latency(config: ModelConfig, args: argparse.Namespace) -> Iterator[Row]:
    """Milliseconds a puzzle, alone in its batch, through all segments."""
    model, weights = fresh(config)
    task = TASKS[args.task]()
    posed = [task.sample(np.random.default_rng(3))]
    inputs = torch.from_numpy(np.stack([task.inputs(p) for p in posed])).long()
    peer = peer_for(config, weights, args, batch=1, dtype="float32")
    for engine in engines(model, args.threads, int8=not args.no_int8):
        ours = Solving(engine, task, config.segments, "never early")
        times: dict[str, list[float]] = {"ours": [], "theirs": []}
        for i in range(1 + args.rounds):
            start = time.perf_counter()
            ours.solve(posed)
            middle = time.perf_counter()
            peer.solve(inputs)
            if i:  # the first one warms up
                times["ours"].append(1e3 * (middle - start))
                times["theirs"].append(1e3 * (time.perf_counter() - middle))
        yield {
            "bench": "reference_latency",
            "model": config.preset,
            "peer": peer.name,
            "ours": ours.name,
            "ratio": spread([b / a for a, b in zip(times["ours"], times["theirs"], strict=True)]),
            "ms": {name: spread(each) for name, each in times.items()},
            "ms_a_segment": {n: statistics.median(t) / config.segments for n, t in times.items()},
            "n": args.rounds,
        }


def memory(name: str, args: argparse.Namespace) -> Row:
    """Peak resident memory of one process a side that makes two steps, in MiB.

    Both processes hold both models' weights; what is compared is what a step takes.
    """
    command = [sys.executable, __file__, "--models", name, "--batch", str(args.batch)]
    command += ["--task", args.task, "--dtype", args.dtype, "--threads", str(args.threads)]
    command += ["--tiny"] if args.tiny else []
    command += ["--reference", *map(str, args.reference)] if args.reference else []
    found = {}
    for side in ("ours", "theirs"):
        done = subprocess.run([*command, "--side", side], stdout=subprocess.PIPE, check=True)
        found[side] = float(done.stdout)
    return {"bench": "reference_memory", "model": name, "peak_mib": found, "batch": args.batch}


def one_side(config: ModelConfig, args: argparse.Namespace) -> float:
    """Make two steps of one side alone; the peak memory of this process in MiB."""
    ours, peer, pools = sides(config, args)
    for _ in range(2):
        (ours if args.side == "ours" else peer).step(*tensors(pools[0]))
    return peak_mib()


def peak_mib() -> float:
    """Peak resident memory of this process since it began (Linux: proc(5), VmHWM).

    Not `ru_maxrss`, which begins at the size of the process that started this one.
    """
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found, "needs Linux"
    return int(found[1]) / 1024


def step_flops(config: ModelConfig) -> float:
    """Multiplications and additions of one row in one training step, the halting target's too."""
    tokens = config.cells + config.puzzle_tokens
    block = 6.0 * tokens * config.width * config.ff
    if config.attention == "token_mlp":
        block += 6.0 * tokens * config.width * config.token_ff
    else:
        block += 8.0 * tokens * config.width**2 + 4.0 * tokens**2 * config.width
    calls = config.h_cycles * (config.l_cycles + 1)
    with_gradient = 2 if config.gradient == "last_call" else config.l_cycles + 1
    forward = 2 * calls if config.q_continue else calls
    return config.layers * block * (forward + 2 * with_gradient)


def matmul_ceiling(dtype: torch.dtype, seconds: float = 1.0) -> float:
    """The best FLOP/s of a 1024 x 1024 product."""
    a, b = torch.randn(1024, 1024, dtype=dtype), torch.randn(1024, 1024, dtype=dtype)
    best, end = float("inf"), time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.perf_counter()
        a @ b
        best = min(best, time.perf_counter() - start)
    return 2 * 1024**3 / best


def spread(values: list[float]) -> dict[str, float]:
    """Median and 5th and 95th centile."""
    low, middle, high = np.percentile(values, [5, 50, 95])
    return {"p50": float(middle), "p5": float(low), "p95": float(high)}


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reference", type=Path, nargs="*", default=[], metavar="PATH")
    parser.add_argument("--out", type=Path, help="append the JSON lines to this file, too")
    parser.add_argument("--models", nargs="+", choices=sorted(FILES), default=sorted(FILES))
    parser.add_argument("--tiny", action="store_true", help="small networks, to try it out")
    parts = ("training", "inference", "latency", "memory")
    parser.add_argument("--parts", nargs="+", choices=parts, default=list(parts))
    parser.add_argument("--task", choices=sorted(TASKS), default="sudoku")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--steps", type=int, default=20, help="training steps that are timed")
    parser.add_argument("--dtype", choices=("float32", "bfloat16"), default="float32")
    parser.add_argument("--compile", action="store_true", help="torch.compile on our side")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--rounds", type=int, default=10, help="repetitions of inference")
    parser.add_argument("--no-int8", action="store_true", help="without ONNX Runtime")
    parser.add_argument("--small-task", choices=sorted(TASKS), default="sudoku4")
    parser.add_argument("--checkpoint", type=Path, metavar="FOLDER")
    parser.add_argument("--items", type=int, default=256)
    parser.add_argument("--side", choices=("ours", "theirs"), help=argparse.SUPPRESS)
    return parser.parse_args(given)


def rows(args: argparse.Namespace) -> Iterator[Row]:
    """Every measurement that was asked for."""
    for name in args.models:
        task = TASKS[args.task]()
        changes: dict[str, Any] = {"vocab": len(task.vocabulary), "grid": task.shape}
        if args.tiny:
            changes |= {"width": 32, "heads": 2, "layers": 1, "h_cycles": 2, "l_cycles": 2}
        config = size(name, **changes)
        if args.side:
            yield {"side": args.side, "mib": one_side(config, args)}
            return
        if "training" in args.parts:
            yield training(config, args)
        if "latency" in args.parts:
            yield from latency(config, args)
        if "memory" in args.parts:
            yield memory(name, args)
    if "inference" in args.parts:
        yield from inference(args)


def main(given: list[str] | None = None) -> None:
    """Print one JSON line a measurement."""
    args = arguments(given)
    torch.set_num_threads(args.threads)
    where = {"machine": machine(), "torch": torch.__version__, "threads": args.threads}
    where["dtype"] = args.dtype
    for row in rows(args):
        if args.side:
            print(row["mib"])
            return
        line = json.dumps(row | where)
        print(line, flush=True)
        if args.out:
            with args.out.open("a", encoding="utf-8") as file:
                file.write(line + "\n")


if __name__ == "__main__":
    main()
