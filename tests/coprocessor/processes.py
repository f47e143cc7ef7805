"""`hrm serve` as a real process, with tools of the tests' own: installed as a package would be.

The tools wait, fail and work in killable processes as files tell them to, so that tests can
hold a call in flight without sleeping. No network is loaded, so the server starts quickly.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TOOLS = '''
import os
import threading
from pathlib import Path
from pydantic import BaseModel
from hrm_tools.spec import Arguments, ToolSpec

class Text(Arguments):
    text: str

class Echo(BaseModel):
    result: str

def wait(sent, context):
    """Say that it has begun, and wait until the file `release` exists."""
    folder = Path(sent.text)
    (folder / "begun").touch()
    while not (folder / "release").exists():
        context.deadline.check()
        threading.Event().wait(0.01)
    return Echo(result="waited")

def hang(sent, context):
    """Never look at the deadline."""
    Path(sent.text, "begun").touch()
    threading.Event().wait()

def work(sent, context):
    return Echo(result=str(context.isolated(os.getpid)))

def fail(sent, context):
    raise RuntimeError(f"cannot use {sent.text}")

WAIT = ToolSpec("wait", "Wait", "Waits.", Text, Echo, wait, timeout_s=120)
WORK = ToolSpec("work", "Work", "Works in a process.", Text, Echo, work, timeout_s=60)
HANG = ToolSpec("hang", "Hang", "Hangs.", Text, Echo, hang, timeout_s=120)
LOAD = ToolSpec("load", "Load", "Never ready.", Text, Echo, fail, warm_up=threading.Event().wait)
FAIL = ToolSpec("fail", "Fail", "Fails.", Text, Echo, fail)
'''
ENTRY_POINTS = """[hrm_tools.tools]
wait = waiting_tools:WAIT
work = waiting_tools:WORK
fail = waiting_tools:FAIL
hang = waiting_tools:HANG
load = waiting_tools:LOAD
"""
PATIENCE_S = 60.0


@dataclass(frozen=True)
class Served:
    """A server that runs. errors: the file that its stderr goes to."""

    process: subprocess.Popen[str]
    url: str
    errors: Path


@contextmanager
def hrm_serve(
    folder: Path, words: Sequence[str] = (), environment: dict[str, str] | None = None
) -> Iterator[Served]:
    """The server, ready; killed at the end if it still runs. `folder` keeps what it needs."""
    with starting(folder, words, environment) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        errors = folder / "stderr.txt"
        assert line, errors.read_text()
        yield Served(process, json.loads(line)["url"], errors)


@contextmanager
def starting(
    folder: Path, words: Sequence[str] = (), environment: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """The server's process as soon as there is one; killed at the end if it still runs."""
    package = folder / "packages"
    info = package / "waiting_tools-1.dist-info"
    info.mkdir(parents=True)
    (package / "waiting_tools.py").write_text(TOOLS)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: waiting-tools\nVersion: 1\n")
    (info / "entry_points.txt").write_text(ENTRY_POINTS)
    command = [sys.executable, "-m", "hrm_coprocessor", "serve", "--port", "0", "--json"]
    chosen = ["--set", "workers=1", "--set", 'tools=["wait","work","fail","hang"]', *words]
    path = os.pathsep.join([str(package), *filter(None, sys.path)])
    with (folder / "stderr.txt").open("w") as stderr:
        process = subprocess.Popen(
            [*command, *chosen],
            env=os.environ | {"PYTHONPATH": path, "HRM_TOKEN": ""} | (environment or {}),
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def until(condition: Callable[[], bool]) -> None:
    """Wait until a condition about another process holds."""
    pause = threading.Event()
    for _ in range(int(PATIENCE_S / 0.02)):
        if condition():
            return
        pause.wait(0.02)
    raise AssertionError("it never came about")
