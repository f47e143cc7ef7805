"""`hrm eval deepcoder`: how many programming-by-example problems the search solves in a time.

    hrm eval deepcoder --data deepcoder_none.jsonl --budget-ms 1000 --json OUT.json
    hrm eval deepcoder --data deepcoder_none.jsonl --shown 2
    hrm eval deepcoder --data deepcoder_none.jsonl --forward-only
    hrm eval deepcoder --data deepcoder_none.jsonl --model hrm-program --greedy

The data are ExeDec's files of DeepCoder problems. The search runs on one core.
"""

from __future__ import annotations

import argparse
import json
import shlex
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from hrm_engine.errors import ConfigError

if TYPE_CHECKING:
    from hrm_engine.evaluation.deepcoder import Plan


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments that concern DeepCoder's problems alone."""
    group = parser.add_argument_group("deepcoder")
    group.add_argument("--budget-ms", type=float, default=1000, help="time a problem (1000)")
    text = "after a first program, look this long for a shorter one (0)"
    group.add_argument("--settle-ms", type=float, default=0, help=text)
    text = "examples that the search sees; the rest are judged apart (all)"
    group.add_argument("--shown", type=int, metavar="N", help=text)
    text = "plain enumeration: no search from the output's end"
    group.add_argument("--forward-only", action="store_true", help=text)
    text = "JSON of move names and their cost, a whole number; cheap moves come first"
    group.add_argument("--costs", type=Path, metavar="FILE", help=text)
    text = "with --model: the network's one greedy program, no search"
    group.add_argument("--greedy", action="store_true", help=text)


def run(args: argparse.Namespace) -> int:
    """Search for every problem, write the files asked for, print the table.

    Returns 1 if a program was found that fails an example it was shown.
    """
    from rich.progress import track

    from hrm_coprocessor.cli.eval import print_table
    from hrm_coprocessor.cli.progress import console
    from hrm_engine.data.jsonl import read_records
    from hrm_engine.evaluation.deepcoder import attempts, summarise

    if args.data is None:
        problem = "`hrm eval deepcoder` needs a file of problems"
        raise ConfigError(problem, hint="hrm eval deepcoder --data deepcoder_none.jsonl")
    plan = _plan(args)
    records = list(read_records(args.data))[: args.limit]
    if not records:
        raise ConfigError(f"{args.data} holds no problem")
    shown = track(
        attempts(records, plan), description="deepcoder", total=len(records), console=console()
    )
    made = list(shown)
    command = "hrm " + shlex.join(_words(args))
    report = summarise(made, plan, data=args.data.name, command=command)
    if args.json:
        args.json.write_text(json.dumps(report.model_dump(mode="json"), indent=2) + "\n")
    if args.predictions:
        lines = (json.dumps(asdict(each) | {"solved": each.solved}) + "\n" for each in made)
        args.predictions.write_text("".join(lines))
    print_table(report.lines())
    return 1 if report.wrong else 0


def _plan(args: argparse.Namespace) -> Plan:
    """How to search. Raises ConfigError for numbers that make no sense."""
    from hrm_engine.evaluation.deepcoder import Plan
    from hrm_engine.programs.search.moves import read_costs

    if args.budget_ms <= 0 or args.settle_ms < 0 or (args.shown is not None and args.shown < 1):
        raise ConfigError(
            "a budget and a number of examples must be positive",
            hint="hrm eval deepcoder --budget-ms 1000 --shown 2",
        )
    if args.greedy and not args.model:
        raise ConfigError("--greedy needs a network", hint="add --model hrm-program")
    network = None
    if args.model:
        from hrm_engine.inference.program_network import ProgramNetwork

        network = ProgramNetwork.load(args.model)
    return Plan(
        network=network,
        greedy=args.greedy,
        budget_s=args.budget_ms / 1000,
        settle_s=args.settle_ms / 1000,
        visible=args.shown,
        bidirectional=not args.forward_only,
        costs=read_costs(args.costs) if args.costs else None,
    )


def _words(args: argparse.Namespace) -> list[str]:
    """The command that gives the same figures again."""
    words = ["eval", "deepcoder", "--data", str(args.data), "--budget-ms", f"{args.budget_ms:g}"]
    words += ["--settle-ms", f"{args.settle_ms:g}"] if args.settle_ms else []
    for name in ("shown", "costs", "limit", "model"):
        value = getattr(args, name)
        words += [] if value is None else [f"--{name}", str(value)]
    words += ["--greedy"] if args.greedy else []
    return [*words, "--forward-only"] if args.forward_only else words
