"""What has been judged already: a file of samples in EvalPlus' format, with their verdicts.

    {"task_id": "Mbpp/11", "solution": "def ...", "status": "passed", "fits": true, ...}

A line is appended as soon as its program is judged, so a run that was ended goes on where it
stopped. `run` in each line says what the verdict depends on; a file of another run is refused.
Other programs read `task_id` and `solution` and can judge the same samples themselves.
"""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from hrm_engine.data.jsonl import read_records
from hrm_engine.errors import ConfigError
from hrm_engine.evaluation.mbpp.generators import task_number


@dataclass(frozen=True)
class Judged:
    """One program's verdict.

    status: passed | failed | timeout | oom | crash | policy, of the first assert that was not
    passed; fits: whether every visible assert passed (true if there is none); right: whether
    every hidden one did, too; failure: the first failing case as text, "" if there is none.
    """

    solution: str
    status: str
    fits: bool
    right: bool
    failure: str = ""


class Ledger:
    """The verdicts of one run by task number, in memory and, with a `path`, in a file."""

    def __init__(self, run: str, path: Path | None = None) -> None:
        self.run = run
        self.path = path
        self._lock = threading.Lock()
        self._judged: dict[int, list[Judged]] = defaultdict(list)
        if path is not None and path.exists():
            _drop_unfinished_line(path)
            for number, record in enumerate(read_records(path), start=1):
                self._take(record, f"{path}:{number}")

    def of(self, task: int) -> list[Judged]:
        """The verdicts of a task so far, in the order of its programs."""
        with self._lock:
            return list(self._judged[task])

    def append(self, task: int, judged: Judged) -> None:
        """Keep a verdict, and write it down at once."""
        with self._lock:
            self._judged[task].append(judged)
            if self.path is not None:
                row = {"task_id": f"Mbpp/{task}"} | asdict(judged) | {"run": self.run}
                with self.path.open("a") as file:
                    file.write(json.dumps(row) + "\n")

    def _take(self, record: dict[str, Any], place: str) -> None:
        if record.get("run") != self.run:
            raise ConfigError(
                f"these verdicts are of another run: {record.get('run')!r} ({place})",
                hint=f"this run is {self.run!r}; give it a file of its own",
            )
        fields = {name: record[name] for name in Judged.__dataclass_fields__}
        self._judged[task_number(record.get("task_id"), place)].append(Judged(**fields))


def _drop_unfinished_line(path: Path) -> None:
    """Cut off what a run that was killed while writing has left after the last line end."""
    with path.open("rb+") as file:
        text = file.read()
        file.truncate(text.rfind(b"\n") + 1)
