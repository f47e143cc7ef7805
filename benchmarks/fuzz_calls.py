"""Calls that Hypothesis makes up, and the hostile corpus, against the real tools and workers.

    python benchmarks/fuzz_calls.py --calls 100000     made-up calls, a third to each tool
    python benchmarks/fuzz_calls.py --corpus           every hostile call, with its time
    python benchmarks/fuzz_calls.py --hard             questions that take all the time allowed

One JSON line: calls, how they ended, faults (an unexpected error, an answer against its schema,
a refusal without a remedy, a time-out), and milliseconds. Exit code 1 when there is a fault.
What is generated follows from `--seed`; the checks are those of `tests/security/sending.py`.
"""

from __future__ import annotations

import argparse
import json
import logging
import reprlib
import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from hypothesis import HealthCheck, Phase, given, seed, settings

from hrm_engine.evaluation.machine import machine
from hrm_engine.evaluation.report import quantile
from tests.security.calls import calls
from tests.security.hostile import HARD
from tests.security.sending import QUESTIONS, Sender, corpus, sender

BATCH = 500
"""Calls from one seed; between batches progress is told."""


class Tally:
    """Counts how calls ended, and keeps the slowest and the faulty ones."""

    def __init__(self, sent: Sender) -> None:
        self.sent = sent
        self.kinds: Counter[str] = Counter()
        self.faults: list[str] = []
        self.slowest: list[tuple[float, str]] = []

    def send(self, tool: str, arguments: dict[str, Any]) -> None:
        """Send one call and look at what came back."""
        outcome = self.sent.send(tool, arguments)
        shown = f"{tool}({reprlib.repr(arguments)})"
        self.kinds[f"{tool} {outcome.kind}"] += 1
        self.faults += [f"{shown}: {fault}" for fault in self.sent.faults(tool, outcome)]
        self.slowest = sorted([*self.slowest, (round(self.sent.ms[-1]), shown)])[-5:]

    def row(self, name: str) -> dict[str, Any]:
        """What the run found, as one JSON line."""
        ms = self.sent.ms
        times = {f"ms_p{q}": round(quantile(ms, q / 100), 1) for q in (50, 95, 99)}
        found = {"bench": name, "calls": len(ms), "kinds": dict(sorted(self.kinds.items()))}
        found |= {"faults": len(self.faults), "first_faults": self.faults[:10]}
        over = sum(1 for each in ms if each > 1000)
        found |= times | {"ms_max": round(max(ms), 1), "over_1_s": over, "slowest": self.slowest}
        return found | {"machine": machine()}


def fuzz(tally: Tally, number: int, first_seed: int) -> None:
    """Send `number` made-up calls, a batch to each tool in turn."""
    names = list(QUESTIONS)
    for batch in range(-(-number // BATCH)):
        many = min(BATCH, number - batch * BATCH)
        send_batch(tally, names[batch % len(names)], many, first_seed + batch)
        done, faults = len(tally.sent.ms), len(tally.faults)
        print(f"{done:,} calls, {faults} faults", file=sys.stderr, flush=True)


def send_batch(tally: Tally, tool: str, many: int, number: int) -> None:
    """Send `many` calls of one tool, drawn from the seed `number`."""

    @seed(number)
    @settings(
        max_examples=many,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(calls(tally.sent.service.tools[tool]))
    def run(arguments: dict[str, Any]) -> None:
        tally.send(tool, arguments)

    run()


def main() -> int:
    """Send what was asked for, and print the line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--corpus", action="store_true")
    parser.add_argument("--hard", action="store_true")
    args = parser.parse_args()
    logging.disable(logging.WARNING)
    with sender(workers=2) as sent:
        tally = Tally(sent)
        if args.corpus:
            for _, tool, arguments in corpus():
                tally.send(tool, arguments)
        elif args.hard:
            for tool, arguments in HARD:
                tally.send(tool, arguments)
        else:
            fuzz(tally, args.calls, args.seed)
        name = "corpus" if args.corpus else "hard" if args.hard else "fuzz"
        row = tally.row(name)
    print(json.dumps(row, ensure_ascii=False))
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
