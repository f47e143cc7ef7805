"""Write the fingerprints of ExeDec's DeepCoder programs, which training data must not have.

    python scripts/exedec_behaviours.py FILE.jsonl ...

Run it again whenever an operation, the probes or the fingerprint itself changes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from hrm_engine.programs.behaviour import BANNED_FILE, behaviour
from hrm_engine.programs.exedec import read_problem

HEAD = (
    "# Fingerprints of ExeDec's DeepCoder programs (docs/programs.md); no training program has one."
)


def main(paths: list[Path]) -> None:
    """Replace the file by the fingerprints of all programs in `paths`."""
    found = {
        behaviour(read_problem(json.loads(line)).program)
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    BANNED_FILE.write_text("\n".join((HEAD, *sorted(found))) + "\n", encoding="utf-8")
    print(f"{len(found)} fingerprints in {BANNED_FILE}")


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
