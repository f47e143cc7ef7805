"""Write a data set of generated problems, or solve a published list of puzzles.

    hrm data derivative --n 10000 --seed 0 --out derivatives.jsonl
    hrm data sudoku --n 2000 --split held-out --out test.jsonl
    hrm data maze30 --n 1000 --minimum 110 --out hard.jsonl
    hrm data program --n 5000 --out programs.jsonl
    hrm data sudoku --import LIST.txt --apart test.txt --out solved.txt
    hrm data raw --import RAW.json --out train.bin

Generated: one object a line with "id", "input" and "answer"; de-duplicated, each answer
checked. The held-out split shares no problem with any training stream, nor, for puzzles, what
turning or renaming makes of one. Imported: `puzzle solution rating` a line.
Raw: prompts and code in JSON become tokens, for a text model (docs/sdk.md).
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SUDOKU_SIZES = {"sudoku": 9, "sudoku6": 6, "sudoku4": 4}
KINDS = ("derivative", *SUDOKU_SIZES, "maze", "maze30", "program", "raw")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `hrm data`."""
    parser.add_argument("kind", choices=KINDS, help="what kind of problems")
    parser.add_argument("--n", type=_positive, default=10_000, help="how many (default 10000)")
    parser.add_argument("--seed", type=_natural, default=0, help="same seed, same file (default 0)")
    parser.add_argument("--out", type=Path, required=True, help="the file to write")
    parser.add_argument("--split", choices=("train", "held-out"), default="train")
    parser.add_argument(
        "--minimum",
        type=_natural,
        default=0,
        help="of puzzles: the least rating of a Sudoku, the least path of a maze",
    )
    parser.add_argument("--no-check", action="store_true", help="of derivatives: skip the check")
    parser.add_argument(
        "--import",
        dest="listed",
        type=Path,
        metavar="LIST",
        help="of Sudoku: solve this list, a puzzle a line, instead of generating; of raw: the JSON",
    )
    parser.add_argument(
        "--apart",
        type=Path,
        nargs="+",
        default=[],
        metavar="FILE",
        help="with --import: leave out what these files hold, whatever it was turned into",
    )
    parser.add_argument(
        "--workers",
        type=_positive,
        default=os.cpu_count() or 1,
        help="with --import: processes (default all cores)",
    )
    text = "of raw: a tokeniser's file (default: learned from the data)"
    parser.add_argument("--tokenizer", type=Path, metavar="FILE", help=text)
    parser.add_argument("--json", action="store_true", help="print the summary as JSON")


def run(args: argparse.Namespace) -> int:
    """Write the file through a temporary one, so that a stopped run leaves no half of it."""
    if args.kind == "raw":
        return _raw(args)
    from rich.progress import track

    from hrm_coprocessor.cli.progress import console

    dropped: Counter[str] = Counter()
    partial = _partial(args.out)
    drawn, total = _imported(args, dropped) if args.listed else _generated(args, dropped)
    written = 0
    try:
        with partial.open("w", encoding="utf-8") as file:
            for line in track(drawn, description=args.kind, total=total, console=console()):
                if line:
                    file.write(line + "\n")
                    written += 1
        partial.replace(args.out)
    finally:
        partial.unlink(missing_ok=True)
    _report(args, written, dropped)
    return 0


def _generated(args: argparse.Namespace, dropped: Counter[str]) -> tuple[Iterable[str], int]:
    """Lines of JSON, and how many."""
    from hrm_engine.data.generators.puzzles import PUZZLES
    from hrm_engine.data.generators.records import records

    if args.kind == "derivative":
        check = not args.no_check
        drawn = iter(records(args.n, args.seed, args.split, check=check, dropped=dropped))
    elif args.kind == "program":
        from hrm_engine.programs.records import records as programs

        drawn = programs(args.n, args.seed, "train" if args.split == "train" else "behaviour")
    else:
        draw = PUZZLES[args.kind]
        drawn = draw(count=args.n, seed=args.seed, split=args.split, minimum=args.minimum)
    return (json.dumps(record, ensure_ascii=False) for record in drawn), args.n


def _raw(args: argparse.Namespace) -> int:
    """Tokens of raw JSON. Raises ConfigError without --import."""
    from hrm_engine.data.shards import convert_raw_to_bin
    from hrm_engine.errors import ConfigError

    if args.listed is None:
        raise ConfigError("there is no raw JSON to convert", hint="add --import RAW.json")
    shard = convert_raw_to_bin(args.listed, args.out, tokenizer=args.tokenizer)
    if args.json:
        print(json.dumps({"out": str(args.out), "n": len(shard), "tokens": shard.tokens}))
    else:
        print(f"wrote {len(shard)} records, {shard.tokens} tokens, to {args.out}")
    return 0


def _imported(args: argparse.Namespace, dropped: Counter[str]) -> tuple[Iterator[str], int]:
    """A line for each line of the list, empty where it is left out, and how many."""
    from hrm_engine.errors import ConfigError
    from hrm_engine.puzzles.sudoku_lists import solve_list

    if args.kind not in SUDOKU_SIZES:
        raise ConfigError(f"no lists of `{args.kind}` are read", hint="--import is for sudoku")
    size, lines = SUDOKU_SIZES[args.kind], _lines(args.listed)
    apart = [line for file in args.apart for line in _lines(file)]
    solved = solve_list(lines, size, apart=apart, workers=args.workers, dropped=dropped)
    return solved, len(lines)


def _lines(path: Path) -> list[str]:
    """The lines that hold something, without comments."""
    from hrm_engine.errors import ConfigError

    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error.strerror}") from None
    return [line for line in lines if line.strip() and not line.startswith("#")]


def _partial(out: Path) -> Path:
    from hrm_engine.errors import ConfigError

    if not out.parent.is_dir() or out.is_dir():
        raise ConfigError(f"cannot write {out}", hint="name a file in a folder that exists")
    return out.with_name(f"{out.name}.partial")


def _report(args: argparse.Namespace, written: int, dropped: Counter[str]) -> None:
    if args.json:
        summary = {"out": str(args.out), "n": written, "seed": args.seed, "split": args.split}
        print(json.dumps(summary | {"dropped": dict(dropped)}))
        return
    reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(dropped.items()))
    print(f"wrote {written} records to {args.out} ({reasons or 'nothing'} left out)")


def _natural(text: str) -> int:
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError(f"{value} is negative")
    return value


def _positive(text: str) -> int:
    value = _natural(text)
    if value == 0:
        raise argparse.ArgumentTypeError("0 is too few")
    return value
