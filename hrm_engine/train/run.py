"""From a settings file to a finished run: what `hrm train` and `python -m hrm_engine.train` do."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from collections.abc import Callable, Collection
from typing import Any

from hrm_engine.errors import HRMError

_INTERRUPTED = 130


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of training."""
    parser.add_argument("config", help="a settings file, or the name of a shipped one")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        dest="overrides",
        help="change one setting, for example train.lr=3e-4; may be repeated",
    )
    parser.add_argument(
        "--resume",
        action="store_true",
        help="go on from the newest state in train.out, if there is one",
    )
    parser.add_argument("--no-wandb", action="store_true", help="leave wandb out of the trackers")
    parser.add_argument("--json", action="store_true", help="print the final metrics as JSON")


def train(
    config_path: str,
    overrides: list[str],
    resume: bool,
    *,
    without: Collection[str] = (),
    listen: Callable[[dict[str, Any]], None] | None = None,
) -> dict[str, Any]:
    """Run the training that a settings file describes; `Trainer.fit`'s metrics.

    without: trackers that are not to be used, whatever the file says. listen: as for `fit`.
    Raises HRMError.
    """
    import torch

    from hrm_engine.config import load_config
    from hrm_engine.data.datasets import open_dataset
    from hrm_engine.model.build import build_model
    from hrm_engine.train.distributed import joined
    from hrm_engine.train.settings import RunConfig
    from hrm_engine.train.trainer import Trainer

    config = load_config(RunConfig, config_path, overrides).untracked(without)
    dataset = open_dataset(config.data)
    config = config.sized(len(dataset.vocabulary))
    torch.manual_seed(config.seed)
    with joined(config.train.distributed, config.train.device) as world:
        return Trainer(build_model(config.model), dataset, config, world).fit(resume, listen)


def run(args: argparse.Namespace) -> int:
    """Train as the arguments say. 0: finished or time is up; 130: interrupted. Raises HRMError."""
    import json

    without = ("wandb",) if args.no_wandb else ()
    result = train(args.config, args.overrides, args.resume, without=without)
    if os.environ.get("RANK", "0") != "0":  # one of several processes: the first one speaks
        return _INTERRUPTED if result["stopped"] == "interrupted" else 0
    if args.json:
        sys.stdout.write(json.dumps(result) + "\n")
    else:
        sys.stdout.write(f"{result['stopped']} at step {result['step']}: {result['checkpoint']}\n")
    if result["stopped"] != "finished":
        changes = [word for override in args.overrides for word in ("--set", override)]
        again = shlex.join(["hrm", "train", args.config, *changes, "--resume"])
        sys.stderr.write(f"go on with: {again}\n")
    return _INTERRUPTED if result["stopped"] == "interrupted" else 0


def main(argv: list[str] | None = None) -> int:
    """The same as a program, for a machine that has the engine alone."""
    parser = argparse.ArgumentParser(prog="python -m hrm_engine.train", description=__doc__)
    add_arguments(parser)
    try:
        return run(parser.parse_args(argv))
    except HRMError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
