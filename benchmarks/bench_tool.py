"""How long `calculate_derivative` takes by surface: in process, REST, MCP over HTTP and stdio.

The surfaces take turns on the same textbook expressions in one run, after a warm-up, so
that their ratios hold on a noisy machine. One JSON line a surface.

    python benchmarks/bench_tool.py --items 40
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

from hrm_agents.local_server import LocalServer
from hrm_agents.toolbox import build_toolbox
from hrm_engine.evaluation.machine import machine
from hrm_engine.evaluation.report import quantile
from hrm_tools.invoke import invoke
from hrm_tools.registry import load_tool

TOOL = "calculate_derivative"
DATA = Path(__file__).parent / "data" / "derivative_textbook.jsonl"
HRM = (sys.executable, "-m", "hrm_coprocessor")
Surface = Callable[[dict[str, Any]], object]


def in_process(arguments: dict[str, Any]) -> object:
    """`invoke` in this process, without a killable worker."""
    return asyncio.run(invoke(load_tool(TOOL), arguments))


def surfaces(stack: ExitStack) -> dict[str, Surface]:
    """Every way to call the tool, ready; the stack closes them."""
    server = stack.enter_context(closing(LocalServer((*HRM, "serve", "--port", "0", "--json"))))
    url = server.url()
    specs = {"MCP, HTTP": url, "REST": f"rest:{url}", "MCP, stdio": f"stdio:{' '.join(HRM)} mcp"}
    found: dict[str, Surface] = {"in process": in_process}
    for name, spec in specs.items():
        toolbox = stack.enter_context(closing(build_toolbox(spec)))
        found[name] = lambda arguments, box=toolbox: box.call(TOOL, arguments)
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=40)
    args = parser.parse_args()
    records = [json.loads(line) for line in DATA.read_text().splitlines()]
    picked = records[:: max(1, len(records) // args.items)][: args.items]
    calls = [{"expression": r["input"], "variable": r["variable"]} for r in picked]
    with ExitStack() as stack:
        ways = surfaces(stack)
        times: dict[str, list[float]] = {name: [] for name in ways}
        for call in ways.values():
            call(calls[0])  # loads the network
        for arguments in calls:
            for name, call in ways.items():
                start = time.perf_counter()
                call(arguments)
                times[name].append(1e3 * (time.perf_counter() - start))
    for name, found in times.items():
        row = {"bench": "tool", "surface": name, "n": len(found)}
        row |= {"ms_p50": round(quantile(found, 0.5), 1), "ms_p95": round(quantile(found, 0.95), 1)}
        print(json.dumps(row | {"machine": machine()}))


if __name__ == "__main__":
    main()
