"""Sends the whole corpus in a process of its own and prints what came of it as one JSON object.

Run by `test_hostile.py`: an audit hook cannot be taken away, so it needs a process to itself.
"""

from __future__ import annotations

import json
import reprlib
import sys
from typing import Any

from hrm_engine.deadline import Deadline
from tests.security import tripwire
from tests.security.sending import Sender, corpus, sender

HARMLESS = {
    "calculate_derivative": {"expression": "x^2*sin(x)", "order": 2},
    "solve_sudoku": {"puzzle": ".4.3...2...1.2.."},
    "solve_maze": {"maze": "#####\n#S..#\n#.#G#\n#####"},
    "generate_code": {"spec": "zzz", "examples": "f(1) == 7.25; f(2) == -4; f(3) == 1.5"},
}


def main() -> None:
    """Send, watch, print."""
    with sender(workers=1) as sent:
        for tool, arguments in HARMLESS.items():  # what is imported late is imported now
            assert sent.send(tool, arguments).ok
        tripwire.arm()
        worker = in_worker(sent, tripwire.arm)
        kinds: dict[str, int] = {}
        faults: list[str] = []
        for group, tool, arguments in corpus():
            outcome = sent.send(tool, arguments)
            kinds[outcome.kind] = kinds.get(outcome.kind, 0) + 1
            shown = f"{group}: {tool}({reprlib.repr(arguments)})"
            faults += [f"{shown} {fault}" for fault in sent.faults(tool, outcome)]
        armed, found = in_worker(sent, tripwire.tripped)
        here, found_here = tripwire.tripped()
        same = in_worker(sent, tripwire.arm) == worker
    report = {"kinds": kinds, "faults": faults, "watched": armed and here and same}
    json.dump(report | {"tripped": found + found_here}, sys.stdout)


def in_worker(sent: Sender, function: Any) -> Any:
    """What the function returns in the one worker."""
    return sent.service.workers.run(Deadline.after(30), function)


if __name__ == "__main__":
    main()
