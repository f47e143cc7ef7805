"""How long it takes from nothing to the first verified function; one JSON line.

    python3 scripts/time_first_code.py                     # an empty environment, then `hrm gen`
    python3 scripts/time_first_code.py --environment .venv    # `hrm gen` alone, in that one

The installation is that of `make demo` (`scripts/install.py`). pip's cache decides most of its
time: `"cached"` says whether there was one. Times are of this machine, as busy as it is; `cpu`
tells what the work itself took.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ("assert f([1, 2]) == 5", "assert f([3]) == 9", "assert f([]) == 0")
ASKED = [
    "gen",
    "--json",
    "--budget-ms",
    "30000",
    "--prompt",
    "the sum of the squares of the numbers",
]


def main() -> int:
    """Install if asked to, generate, print; 1 when the code is not verified."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--environment", type=Path, help="one that is there: nothing is installed")
    given = parser.parse_args().environment
    with tempfile.TemporaryDirectory() as scratch:
        row = measured(given or Path(scratch) / "environment", install=given is None)
    print(json.dumps(row))
    return int(row["status"] != "verified")


def measured(environment: Path, *, install: bool) -> dict[str, object]:
    """The times, in seconds, and what came of it."""
    install_s = (
        timed([sys.executable, "scripts/install.py", "demo", str(environment)]) if install else None
    )
    examples = [word for example in EXAMPLES for word in ("--example", example)]
    begin, install_cpu_s = time.monotonic(), round(cpu_s(), 1)
    done = subprocess.run(
        [str(environment / "bin" / "python"), "-m", "hrm_coprocessor", *ASKED, *examples],
        capture_output=True,
        text=True,
        check=False,
    )
    answer = json.loads(done.stdout) if done.stdout else {}
    return {
        "install_s": install_s,
        "install_cpu_s": install_cpu_s,
        "first_code_s": round(time.monotonic() - begin, 1),
        "first_code_cpu_s": round(cpu_s() - install_cpu_s, 1),
        "status": answer.get("status", done.stderr.strip()),
        "source": answer.get("source"),
        "note": answer.get("note", ""),
        "cached": cached(),
        "cores": os.cpu_count(),
        "machine": platform.machine(),
    }


def cpu_s() -> float:
    """CPU seconds of all processes that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def timed(command: list[str]) -> float:
    """Seconds that a command takes; what it says goes to stderr. Raises when it fails."""
    begin = time.monotonic()
    subprocess.run(command, cwd=ROOT, check=True, stdout=sys.stderr)
    return round(time.monotonic() - begin, 1)


def cached() -> bool:
    """Whether pip has kept anything of an installation before."""
    asked = [sys.executable, "-m", "pip", "cache", "dir"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    folder = Path(done.stdout.strip() or "none")
    return folder.is_dir() and any(folder.iterdir())


if __name__ == "__main__":
    sys.exit(main())
