"""Search for good settings by many short runs, proposed and pruned by Optuna.

    hrm sweep configs/sweeps/sudoku4.yaml --trials 30
    hrm sweep configs/sweeps/sudoku4.yaml --resume

The file names a recipe, what to vary and what to measure. Each trial is an ordinary run in
the sweep's folder. Ctrl-C stops after the step; --resume goes on with the same trial.
Needs: pip install "hrm-coprocessor[sweep]".
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hrm_engine.train.sweep import Swept

INTERRUPTED = 130
STATES = {"complete": "finished", "fail": "failed"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `hrm sweep`."""
    parser.add_argument("config", help="a sweep file, or the name of a shipped one")
    parser.add_argument(
        "--trials", type=int, default=0, help="how many in all, not as the file says"
    )
    parser.add_argument("--resume", action="store_true", help="go on with the sweep in its folder")
    parser.add_argument("--json", action="store_true", help="print the trials as JSON")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        dest="overrides",
        help="change one line of the sweep file, for example out=runs/other; may be repeated",
    )


def run(args: argparse.Namespace) -> int:
    """Search, then print the trials and the best settings. 130: interrupted. Raises HRMError."""
    from hrm_engine.config import load_config
    from hrm_engine.train.sweep import SweepConfig, run_sweep

    config = load_config(SweepConfig, args.config, args.overrides)
    found = run_sweep(config, trials=args.trials, resume=args.resume, say=_say)
    if args.json:
        print(json.dumps(found.as_json()))
    else:
        _show(found)
    if found.stopped:
        _say(f"go on with: hrm sweep {args.config} --resume")
        return INTERRUPTED
    return 0


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _show(found: Swept) -> None:
    """One line a trial, the best first marked, then the command that trains with it."""
    for row in found.rows:
        mark = "*" if row == found.best else " "
        value = "-" if row.value is None else f"{row.value:.4f}"
        settings = "  ".join(f"{name}={_short(value)}" for name, value in row.settings.items())
        state = STATES.get(row.state, row.state)
        print(
            f"{mark} {row.number:>4}  {state:<8}  {found.metric} {value:>8}  {settings}  {row.note}"
        )
    if found.command:
        print(f"best: {found.command}")


def _short(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
