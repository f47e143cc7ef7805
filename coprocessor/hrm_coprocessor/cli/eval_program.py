"""`hrm eval program`: how many programs pass tests that were not shown.

    hrm data program --split held-out --n 500 --out held_out.jsonl
    hrm eval program --data held_out.jsonl --json OUT.json

The network alone and with search, and enumeration beside them; see `evaluation/programs.py`.
"""

from __future__ import annotations

import argparse
import json
import shlex
from dataclasses import asdict

from hrm_engine.errors import ConfigError

MODEL = "hrm-program"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--budget-ms` and the rest are shared with the other suites."""


def run(args: argparse.Namespace) -> int:
    """Answer every problem, write the files asked for, print the table."""
    from rich.progress import track

    from hrm_coprocessor.cli.eval import print_table
    from hrm_coprocessor.cli.progress import console
    from hrm_engine.data.jsonl import read_records
    from hrm_engine.evaluation.programs import WAYS, answers, summarise
    from hrm_engine.inference.program_network import ProgramNetwork

    if args.data is None or args.budget_ms <= 0:
        raise ConfigError(
            "`hrm eval program` needs a file of problems and some time",
            hint="hrm data program --split held-out --n 500 --out FILE; then --data FILE",
        )
    network = ProgramNetwork.load(args.model or MODEL)
    records = list(read_records(args.data))[: args.limit]
    if not records:
        raise ConfigError(f"{args.data} holds no problem")
    budget_s = args.budget_ms / 1000
    found = answers(records, network, budget_s)
    total = len(records) * len(WAYS)
    made = list(track(found, description="program", total=total, console=console()))
    words = ["eval", "program", "--data", str(args.data), "--model", network.name]
    words += ["--budget-ms", f"{args.budget_ms:g}"]
    words += ["--limit", str(args.limit)] if args.limit else []
    report = summarise(
        made,
        data=args.data.name,
        model=network.name,
        budget_s=budget_s,
        command="hrm " + shlex.join(words),
    )
    if args.json:
        args.json.write_text(json.dumps(report.model_dump(mode="json"), indent=2) + "\n")
    if args.predictions:
        args.predictions.write_text("".join(json.dumps(asdict(each)) + "\n" for each in made))
    print_table(report.lines())
    return 0
