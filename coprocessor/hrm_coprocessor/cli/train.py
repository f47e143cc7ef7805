"""Train a model from a YAML recipe.

    hrm train configs/derivative.yaml --set train.lr=1e-3
    hrm train configs/derivative.yaml --resume

Ctrl-C saves and stops; --resume then goes on exactly where the run stood. The run's folder
(train.out) holds metrics.jsonl, samples.jsonl, the states and the exported checkpoint.
"""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The same arguments as `python -m hrm_engine.train`."""
    from hrm_engine.train import run as training

    training.add_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Train. 0: finished or time is up, 130: interrupted; raises HRMError."""
    from hrm_engine.train import run as training

    return training.run(args)
