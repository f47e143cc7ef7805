"""Every benchmark once, on this machine: `make bench`.

Each script prints JSON lines; they are kept in `benchmarks/results/NAME.jsonl` and drawn to
`docs/figures/`. Run it on an otherwise idle machine.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from plot_solver import draw as draw_solver

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results"
PICTURES = HERE.parent / "docs" / "figures"
CLUE17 = ("--model", "hrm-sudoku", "--data", str(HERE / "data" / "sudoku_17.txt"))
SOLVER_SIZE = ("--items", "150", "--depth", "32", "--breadth", "8")
RUNS: dict[str, tuple[str, ...]] = {
    "tool": ("bench_tool.py", "--items", "40"),
    "agent": ("bench_agent.py",),
    "verify": ("bench_verify.py",),
    "generator": ("bench_generator.py",),
    "generate": ("bench_generate.py", "--new", "512"),
    "train_step": ("bench_train_step.py",),
    "overhead": ("bench_overhead.py", "--calls", "1000", "--starts", "5"),
    "serve": ("bench_serve.py", "--seconds", "20"),
    "capacity": ("bench_capacity.py", "--seconds", "20"),
    "corpus": ("fuzz_calls.py", "--corpus"),
    "labels": ("check_labels.py",),
    "sandbox": ("bench_sandbox.py", "--n", "1000"),
    "enumeration": ("bench_enumeration.py", "--n", "200"),
    "reference": ("bench_reference.py", "--threads", "1", "--batch", "8", "--steps", "8"),
    "onnx": ("bench_onnx.py", *CLUE17, "--limit", "200"),
    "solver": ("bench_solver.py", *CLUE17, "--threads", "1", *SOLVER_SIZE),
}


def measure(name: str) -> list[dict[str, Any]]:
    """Run one benchmark, keep its lines, return them."""
    print(f"bench: {name} ...", flush=True)
    script, *arguments = RUNS[name]
    command = [sys.executable, str(HERE / script), *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.jsonl").write_text("".join(f"{line}\n" for line in lines))
    return [json.loads(line) for line in lines]


def draw_tool(rows: list[dict[str, Any]]) -> None:
    """Bars of the median and the 95th centile of a call, by surface."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "hrm"
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(6, 2.6), layout="constrained")
    names = [row["surface"] for row in rows]
    axes.barh(names, [row["ms_p95"] for row in rows], color="#c5cae9", label="95 %")
    axes.barh(names, [row["ms_p50"] for row in rows], color="#3f51b5", label="median")
    axes.set_xlabel("milliseconds a call of calculate_derivative")
    axes.invert_yaxis()
    axes.legend(frameon=False)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    PICTURES.mkdir(exist_ok=True)
    figure.savefig(PICTURES / "tool.svg", metadata={"Date": None})


def main() -> None:
    """Run what is named on the command line, or everything."""
    for name in sys.argv[1:] or RUNS:
        rows = measure(name)
        for row in rows:
            print(json.dumps(row))
        if name == "tool":
            draw_tool(rows)
        if name == "solver":
            draw_solver(rows, PICTURES / "solver.svg")


if __name__ == "__main__":
    main()
