"""Run code that nobody vouches for, and get plain values back.

    with Sandbox() as sandbox:
        outcome = sandbox.run("def f(x): return x + 1", [Call("f", (1,))])
        outcome.outputs[0].value  # 2

A fork server (`inside/zygote.py`) forks one locked process a run. Levels: namespaces (own files,
network and process numbers, on top of landlock), landlock (with a filter over system calls),
weak (limits and lint alone). `docs/sandbox.md` says what each one holds back.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Sequence
from typing import Literal, Self

from hrm_engine.evaluation.sandbox.records import LEVELS, Call, Level, Limits, Outcome, Output
from hrm_engine.evaluation.sandbox.wire import pack_job, read_outcome
from hrm_engine.evaluation.sandbox.zygote_process import (
    LevelRefusedError,
    SandboxError,
    ZygoteLostError,
    ZygoteProcess,
)

MAX_JOBS = 2000
"""A fork server is replaced after so many jobs."""
TRIES = 2
"""How often a job is begun when the fork server is lost: that may not be the candidate's doing."""
CANARY = """
import os
def f():
    worked = []
    for name, attempt in (("signals", lambda: os.kill(os.getpid(), 0)),
                          ("files", lambda: os.listdir("/"))):
        try:
            attempt()
            worked.append(name)
        except OSError:
            pass
    return worked, os.getpid() == 1
"""
"""Run when a fork server starts: what a level promises is seen to hold before it is named."""


class Sandbox:
    """Runs candidates one after the other, each in a process of its own; safe between threads."""

    def __init__(
        self, level: Level | Literal["auto"] = "auto", *, max_jobs: int = MAX_JOBS
    ) -> None:
        """Start at `level`, or at the strongest that this system offers. Raises SandboxError."""
        self._lock = threading.Lock()
        self._max_jobs = max_jobs
        self._zygote, refused = _strongest(LEVELS if level == "auto" else (level,))
        self._closed = False
        self.level: Level = self._zygote.level
        self.why_not_higher: tuple[str, ...] = refused

    def run(self, code: str, calls: Sequence[Call], limits: Limits = Limits()) -> Outcome:  # noqa: B008 - frozen
        """Load `code` in a new process and make `calls` in it, one after the other.

        What the candidate does is an Outcome and never an exception. Raises SandboxError for
        arguments that are not plain values, too large a job, a closed sandbox, or a fork server
        that cannot be started again.
        """
        with self._lock:
            for _ in range(TRIES):
                try:
                    return run_once(self._ready(), code, calls, limits)
                except ZygoteLostError:
                    continue
        lost = Output(error="the sandbox was lost during this run")
        return Outcome("crash", (lost,) * len(calls), "", 0.0, 0.0, self.level, lost.error)

    def _ready(self) -> ZygoteProcess:
        """The fork server, a new one when it is broken or has served enough.

        It has the same level as before: what was promised at the start still holds.
        """
        if self._closed:
            raise SandboxError("the sandbox is closed", hint="make a new `Sandbox()`")
        if self._zygote.broken or self._zygote.jobs > self._max_jobs:
            self._zygote.close()
            self._zygote = start(self.level)
        return self._zygote

    def close(self) -> None:
        """End the fork server. Closing twice is fine."""
        with self._lock:
            self._closed = True
            self._zygote.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _strongest(levels: Sequence[Level]) -> tuple[ZygoteProcess, tuple[str, ...]]:
    """The first of `levels` that works, and why those before it do not. Raises SandboxError."""
    refused: list[str] = []
    for level in levels:
        try:
            return start(level), tuple(refused)
        except LevelRefusedError as error:
            refused.append(error.problem)
    raise SandboxError(
        "; ".join(refused), hint='take the strongest that works: `Sandbox(level="auto")`'
    )


def start(level: Level) -> ZygoteProcess:
    """A fork server whose locks were seen to hold. Raises LevelRefusedError."""
    zygote = ZygoteProcess(level)
    try:
        outcome = run_once(zygote, CANARY, [Call("f")], Limits(wall_s=30.0))
    except ZygoteLostError as error:
        zygote.close()
        raise LevelRefusedError(f"level `{level}` is not available: {error.problem}") from error
    if not _holds(outcome, level):
        zygote.close()
        shown = outcome.error or f"{outcome.outputs[0].value}"
        raise LevelRefusedError(f"level `{level}` is not available: its locks fail ({shown})")
    return zygote


def _holds(canary: Outcome, level: Level) -> bool:
    """Whether the canary met the locks of `level`."""
    if level == "weak":
        return canary.status == "policy"
    worked, alone = canary.outputs[0].value or (["all"], False)
    return worked == [] and alone == (level == "namespaces")


def run_once(zygote: ZygoteProcess, code: str, calls: Sequence[Call], limits: Limits) -> Outcome:
    """One job on one fork server. Raises ZygoteLostError when that is gone, SandboxError."""
    nonce = secrets.token_hex(16)
    job = pack_job(code, calls, limits, nonce)
    most = 8 * limits.output_bytes + 4096 * (len(calls) + 1)
    ended = zygote.run(job, limits.wall_s, most)
    return read_outcome(ended, nonce.encode() + b" ", len(calls), limits, zygote.level)
