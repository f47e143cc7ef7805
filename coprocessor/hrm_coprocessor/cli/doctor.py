"""Check this installation or a server: what works, what is wrong, and what mends it.

    hrm doctor                                this installation, a line for each check
    hrm doctor --server http://pc2.lan:8765   a server, as it is seen from here
    hrm doctor --json                         the same for programs

Exit code 0: all well; 1: something is broken; 3: a part that `hrm chat` needs is missing, or
the server cannot be reached.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from hrm_coprocessor.extras import EXTRAS, install_command, missing_modules
from hrm_engine.errors import HRMError

State = Literal["ok", "missing", "broken"]
NEEDED = ("engine", "tools", "serve", "agent")
"""The extras without which `hrm chat` does not run; the others are for special uses."""
CPU_FEATURES = ("avx2", "avx512f", "avx512_bf16", "amx_tile", "neon", "asimd")
MARKS = {"ok": "✓", "missing": "-", "broken": "✗"}


@dataclass(frozen=True)
class Check:
    """What one look found; `hint` is the command that helps."""

    name: str
    state: State
    detail: str
    hint: str = ""
    needed: bool = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `hrm doctor`."""
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--server", metavar="URL", help="check this server instead")
    text = "file with its token (default: $HRM_TOKEN)"
    parser.add_argument("--token-file", type=Path, metavar="FILE", help=text)
    text = "longest time for one step with a server (default 30)"
    parser.add_argument("--timeout", type=float, default=30.0, metavar="SECONDS", help=text)


def run(args: argparse.Namespace) -> int:
    """Check everything and print what was found."""
    if args.server is not None:
        return _server(args)
    found = list(checks())
    if args.json:
        print(json.dumps([asdict(check) for check in found], ensure_ascii=False))
    else:
        for check in found:
            print(f"{MARKS[check.state]} {check.name:<12} {check.detail}")
            if check.hint:
                print(f"    {check.hint}")
    if any(check.state == "broken" for check in found):
        return 1
    return 3 if any(check.state == "missing" and check.needed for check in found) else 0


def _server(args: argparse.Namespace) -> int:
    """Check a server step by step. Raises SettingsError for a wrong URL or token file."""
    from hrm_agents.examine import examine
    from hrm_agents.token import read_token

    found = []
    for step in examine(args.server, read_token(args.token_file), args.timeout):
        found.append(step)
        if not args.json:
            print(f"{'✓' if step.state == 'ok' else '✗'} {step.name:<8} {step.detail}", flush=True)
            if step.hint:
                print(f"    {step.hint}")
    if args.json:
        print(json.dumps([asdict(step) for step in found], ensure_ascii=False))
    states = {step.state for step in found}
    return 3 if "away" in states else int("wrong" in states)


def checks() -> Iterator[Check]:
    """All checks, cheap ones first."""
    yield _python()
    yield _machine()
    for extra in EXTRAS:
        yield _extra(extra)
    yield guarded("workers", _workers)
    yield guarded("sandbox", _sandbox)
    if not missing_modules("engine"):
        yield from _weights()
    if not missing_modules("agent"):
        yield guarded("llama.cpp", _llama)


def guarded(name: str, check: Callable[[], Check]) -> Check:
    """The check, or what went wrong in it."""
    try:
        return check()
    except (HRMError, ImportError, OSError, RuntimeError) as error:
        return Check(name, "broken", str(error).replace("\n", " "))


def _python() -> Check:
    version = platform.python_version()
    return Check("python", "ok", f"{version} on {platform.system()} {platform.machine()}")


def _machine() -> Check:
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count()
    features = ", ".join(cpu_features()) or "no vector extensions that we know of"
    return Check("cpu", "ok", f"{cores} cores, {features}")


def cpu_features(source: Path = Path("/proc/cpuinfo")) -> list[str]:
    """The CPU's vector extensions that matter here; empty where the system does not tell."""
    try:
        words = set(source.read_text(encoding="utf-8").split())
    except OSError:
        return []
    return [feature for feature in CPU_FEATURES if feature in words]


def _extra(extra: str) -> Check:
    missing = missing_modules(extra)
    name, needed = f"[{extra}]", extra in NEEDED
    if not missing:
        return Check(name, "ok", "installed", needed=needed)
    use = "" if needed else " (only for that use)"
    detail = f"missing: {', '.join(missing)}{use}"
    return Check(name, "missing", detail, install_command(extra), needed)


def _workers() -> Check:
    """Whether a killable worker process starts and answers."""
    from hrm_coprocessor.work.workers import PoolLimits, WorkerPool
    from hrm_engine.deadline import Deadline

    pool = WorkerPool(PoolLimits(size=1))
    try:
        pool.run(Deadline.after(30), os.getpid)
    finally:
        pool.close()
    return Check("workers", "ok", "a killable process answers")


def _sandbox() -> Check:
    """How strongly generated code is locked up here, seen by trying, and why not more strongly."""
    from hrm_engine.evaluation.sandbox import Sandbox

    with Sandbox() as sandbox:
        reasons = "; ".join(sandbox.why_not_higher)
        detail = f"level `{sandbox.level}`, its locks were tried"
    if sandbox.level == "weak":
        hint = "run generated code on Linux 5.13 or newer: this level only stops accidents"
        return Check("sandbox", "missing", f"{detail}; {reasons}", hint, needed=False)
    return Check("sandbox", "ok", f"{detail}; {reasons}" if reasons else detail)


def _weights() -> Iterator[Check]:
    """Each shipped model, loaded: its files are complete and unaltered."""
    from hrm_engine.export.checkpoint import load_checkpoint, shipped

    names = shipped()
    if not names:
        yield Check("weights", "missing", "no model is shipped; `hrm train` makes one")
    for name in names:

        def load(name: str = name) -> Check:
            loaded = load_checkpoint(name)
            parameters = sum(p.numel() for p in loaded.model.parameters())
            return Check(name, "ok", f"{parameters:,} parameters, sha256 as recorded")

        yield guarded(name, load)


def _llama() -> Check:
    import llama_cpp

    return Check("llama.cpp", "ok", f"llama-cpp-python {llama_cpp.__version__}")
