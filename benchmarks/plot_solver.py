"""Draw what `bench_solver.py` printed: accuracy against segments, and against restarts.

python benchmarks/plot_solver.py benchmarks/results/solver.jsonl docs/figures/solver.svg
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

CURVES = {
    "segments": {"alone": "network alone", "checked": "stopped by the checker"},
    "restarts": {"selected": "network's own choice", "checked": "chosen by the checker"},
}
AXES = {"segments": "segments", "restarts": "tries"}
COLOURS = {"alone": "#3f51b5", "selected": "#3f51b5", "checked": "#2e7d32"}


def draw(rows: list[dict[str, Any]], path: Path) -> None:
    """Two panels with a shared height; one picture for one model."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "hrm"
    from matplotlib import pyplot as plt

    figure, panels = plt.subplots(1, 2, figsize=(8, 3), layout="constrained", sharey=True)
    for axes, (what, curves) in zip(panels, CURVES.items(), strict=True):
        points = [row for row in rows if row["what"] == what]
        across = [row[AXES[what]] for row in points]
        for name, label in curves.items():
            heights = [100 * row[name] for row in points]
            axes.plot(across, heights, marker="o", ms=3, color=COLOURS[name], label=label)
        axes.set_xscale("log", base=2)
        axes.set_xticks(across, [str(value) for value in across])
        axes.set_xlabel(what)
        axes.grid(alpha=0.3)
        axes.legend(frameon=False, loc="lower right")
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
    first = rows[0]
    panels[0].set_ylabel("exactly solved, %")
    figure.suptitle(f"{first['model']} on {first['n']} problems of {first['data']}", fontsize=10)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    """Read the lines named first, write the picture named second."""
    source, target = map(Path, sys.argv[1:])
    draw([json.loads(line) for line in source.read_text().splitlines()], target)


if __name__ == "__main__":
    main()
