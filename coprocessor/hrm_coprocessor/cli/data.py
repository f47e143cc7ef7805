"""Write a data set of generated problems as JSON lines.

    hrm data derivative --n 10000 --seed 0 --out derivatives.jsonl
    hrm data derivative --n 2000 --split held-out --out test.jsonl

One object a line: {"id", "input", "variable", "order", "answer"}; cleaned, de-duplicated, each
answer checked exactly. The held-out split shares no expression with any training stream.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

KINDS = ("derivative",)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `hrm data`."""
    parser.add_argument("kind", choices=KINDS, help="what kind of problems")
    parser.add_argument("--n", type=_positive, default=10_000, help="how many (default 10000)")
    parser.add_argument("--seed", type=_natural, default=0, help="same seed, same file (default 0)")
    parser.add_argument("--out", type=Path, required=True, help="the file to write")
    parser.add_argument("--split", choices=("train", "held-out"), default="train")
    parser.add_argument("--no-check", action="store_true", help="skip the exact check: faster")
    parser.add_argument("--json", action="store_true", help="print the summary as JSON")


def run(args: argparse.Namespace) -> int:
    """Write the file through a temporary one, so that a stopped run leaves no half of it."""
    from rich.progress import track

    from hrm_coprocessor.cli.progress import console
    from hrm_engine.data.generators.records import records

    dropped: Counter[str] = Counter()
    drawn = records(args.n, args.seed, args.split, check=not args.no_check, dropped=dropped)
    shown = track(drawn, description=args.kind, total=args.n, console=console())
    partial = _partial(args.out)
    try:
        with partial.open("w", encoding="utf-8") as file:
            for record in shown:
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
        partial.replace(args.out)
    finally:
        partial.unlink(missing_ok=True)
    _report(args, dropped)
    return 0


def _partial(out: Path) -> Path:
    from hrm_engine.errors import ConfigError

    if not out.parent.is_dir() or out.is_dir():
        raise ConfigError(f"cannot write {out}", hint="name a file in a folder that exists")
    return out.with_name(f"{out.name}.partial")


def _report(args: argparse.Namespace, dropped: Counter[str]) -> None:
    if args.json:
        summary = {"out": str(args.out), "n": args.n, "seed": args.seed, "split": args.split}
        print(json.dumps(summary | {"dropped": dict(dropped)}))
        return
    reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(dropped.items()))
    print(f"wrote {args.n} records to {args.out} ({reasons or 'nothing'} left out)")


def _natural(text: str) -> int:
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError(f"{value} is negative")
    return value


def _positive(text: str) -> int:
    value = _natural(text)
    if value == 0:
        raise argparse.ArgumentTypeError("0 records are no data set")
    return value
