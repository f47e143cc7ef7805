"""Load test with locust: many clients at once over REST and MCP, requests, tokens and latency.

    pip install 'hrm-coprocessor[bench]'
    hrm serve &
    locust -f benchmarks/locustfile.py --headless --users 16 --run-time 60s \
        --host http://127.0.0.1:8765                      # $HRM_TOKEN holds the token, if any
    locust -f benchmarks/locustfile.py --tags derivative  # one kind of call; with a web page

Each client sends its next call when it has the answer to the last one. "busy" (429) is an
answer that a server under load may give: it is counted apart, and the same call is sent again.
At the end there is one JSON line; tokens are calls of a network, as in `bench_serve.py`.
"""

from __future__ import annotations

import itertools
import json
import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from locust import FastHttpUser, constant, events, tag, task
from locust.env import Environment

DATA = Path(__file__).parent / "data"
MODERN = "2026-07-28"
PAUSE_S = 0.05
"""Before a call that was too much for the server is sent again."""
META = {
    "io.modelcontextprotocol/protocolVersion": MODERN,
    "io.modelcontextprotocol/clientInfo": {"name": "locust", "version": "1"},
    "io.modelcontextprotocol/clientCapabilities": {},
}
counted: Counter[str] = Counter()


def expressions() -> list[str]:
    """The textbook problems, all of them in x."""
    lines = (DATA / "derivative_textbook.jsonl").read_text().splitlines()
    records = [json.loads(line) for line in lines]
    return [record["input"] for record in records if record["variable"] == "x"]


def shuffled(problems: list[str]) -> Iterator[str]:
    """The problems again and again, each client in an order of its own."""
    return itertools.cycle(random.sample(problems, len(problems)))


class Caller(FastHttpUser):
    """One client: mostly derivatives, some Sudokus, over REST and over MCP."""

    wait_time = constant(0)

    def on_start(self) -> None:
        """Choose this client's order of problems."""
        self.problems = shuffled(expressions())
        puzzles = (DATA / "sudoku_4x4.txt").read_text().splitlines()
        self.puzzles = shuffled([line.split()[0] for line in puzzles])
        token = os.environ.get("HRM_TOKEN")
        self.sent = {"Authorization": f"Bearer {token}"} if token else {}

    @tag("derivative")
    @task(6)
    def derivative(self) -> None:
        """A derivative over REST."""
        self.rest("calculate_derivative", {"expression": next(self.problems)})

    @tag("mcp")
    @task(3)
    def derivative_over_mcp(self) -> None:
        """The same over MCP, on the wire that needs no session."""
        name, arguments = "calculate_derivative", {"expression": next(self.problems)}
        params = {"name": name, "arguments": arguments, "_meta": META}
        body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
        headers = {
            "Accept": "application/json, text/event-stream",
            "MCP-Protocol-Version": MODERN,
            "Mcp-Method": "tools/call",
            "Mcp-Name": name,
        }
        text = self.ask("/mcp", body, f"MCP {name}", headers)
        if text is not None:
            message = text[text.index("{") :].splitlines()[0]  # JSON, or the data of an event
            self.count(json.loads(message)["result"]["structuredContent"])

    @tag("sudoku")
    @task(1)
    def sudoku(self) -> None:
        """A small Sudoku over REST."""
        self.rest("solve_sudoku", {"puzzle": next(self.puzzles)})

    def rest(self, name: str, arguments: dict[str, Any]) -> None:
        """Call a tool by its route."""
        text = self.ask(f"/v1/tools/{name}", arguments, f"REST {name}", {})
        if text is not None:
            self.count(json.loads(text))

    def ask(
        self, path: str, body: dict[str, Any], name: str, headers: dict[str, str]
    ) -> str | None:
        """The text of the answer; None for a failure, which locust counts."""
        while True:
            with self.client.post(
                path, json=body, name=name, headers=self.sent | headers, catch_response=True
            ) as answer:
                if answer.status_code != 429:
                    return str(answer.text) if answer.ok else None
                answer.request_meta["name"] = f"{name}: busy"
                answer.success()
            counted["busy"] += 1
            self._sleep(PAUSE_S)

    def count(self, answer: dict[str, Any]) -> None:
        """Remember what the answer took and whether it was checked."""
        counted["answers"] += 1
        counted["tokens"] += answer["steps"]
        counted["verified"] += answer["verified"] is True


@events.quitting.add_listener
def report(environment: Environment, **_: Any) -> None:
    """One JSON line for the whole run."""
    total = environment.stats.total
    seconds = max(1e-9, (total.last_request_timestamp or 0) - total.start_time)
    row: dict[str, Any] = {
        "bench": "locust",
        "users": environment.parsed_options.num_users if environment.parsed_options else None,
        "seconds": round(seconds, 1),
        **{name: counted[name] for name in ("answers", "verified", "busy")},
        "failures": total.num_failures,
        "answers_s": round(counted["answers"] / seconds, 1),
        "tokens_s": round(counted["tokens"] / seconds),
    }
    for name, entry in ((entry.name, entry) for entry in environment.stats.entries.values()):
        centiles = {f"p{p}": entry.get_response_time_percentile(p / 100) for p in (50, 95, 99)}
        row[f"ms {name}"] = centiles | {"n": entry.num_requests}
    print(json.dumps(row), flush=True)
