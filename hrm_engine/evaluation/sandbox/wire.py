"""What a job says to its child, and what the child's lines mean.

Every doubt is decided against the candidate: a line that cannot be read, one too few, an end by
force. What comes back was written by untrusted code, and is read as nothing but plain values.
"""

from __future__ import annotations

import json
import math
import signal
from collections.abc import Sequence
from typing import Any

from hrm_engine.evaluation.sandbox.inside.codec import (
    MalformedError,
    NotPlainError,
    Packer,
    Unpacker,
)
from hrm_engine.evaluation.sandbox.records import Call, Level, Limits, Outcome, Output, Status
from hrm_engine.evaluation.sandbox.zygote_process import Ended, SandboxError

LARGEST_JOB = 16 * 2**20
_BY_ERROR: dict[str, Status] = {"MemoryError": "oom", "PermissionError": "policy"}


def pack_job(code: str, calls: Sequence[Call], limits: Limits, nonce: str) -> bytes:
    """What the child reads. Raises SandboxError for arguments that are no plain values."""
    packer = Packer(LARGEST_JOB)
    if len(code) > LARGEST_JOB:
        raise SandboxError(f"the code is longer than {LARGEST_JOB:,} characters")
    try:
        packed = [
            [c.function, packer.pack(tuple(c.arguments)), packer.pack(dict(c.keywords))]
            for c in calls
        ]
    except NotPlainError as error:
        raise SandboxError(
            f"the arguments of a call cannot enter the sandbox: {error}",
            hint="pass numbers, text, bytes, None, lists, tuples, dictionaries and sets",
        ) from error
    order = {
        "nonce": nonce,
        "code": code,
        "calls": packed,
        "cpu_s": max(1, math.ceil(limits.cpu_s)),
        "memory_mb": limits.memory_mb,
        "output_bytes": limits.output_bytes,
    }
    return json.dumps(order).encode()


def read_outcome(ended: Ended, prefix: bytes, calls: int, limits: Limits, level: Level) -> Outcome:
    """What an end means; `prefix` stands before every line that counts."""
    records = _records(ended.written, prefix)
    stdout = "".join(str(r.get("stdout", "")) for r in records)
    loaded = bool(records) and records[0].get("loaded") is True
    unpacker = Unpacker(limits.output_bytes)
    answers = [_answer(r, unpacker) for r in records[1 : calls + 1]] if loaded else []
    early = _died(ended, limits)
    whole = len(answers) == calls and loaded and early is None
    if records and not loaded:
        kind, text = _error(records[0].get("load"))
        missing, status = text, early or _BY_ERROR.get(kind, "failed")
    else:
        status = early or (_worst([kind for kind, _ in answers]) if whole else "crash")
        missing = _WHY[status]
    outputs = [output for _, output in answers]
    outputs += [Output(error=missing)] * (calls - len(outputs))
    failed = next((o.error for o in outputs if o.error), "" if whole else missing)
    wall, cpu = round(ended.wall_ms, 3), round(ended.cpu_ms, 3)
    return Outcome(status, tuple(outputs), stdout, wall, cpu, level, failed)


_WHY: dict[Status, str] = {
    "ok": "",
    "failed": "",
    "timeout": "the time allowed has run out",
    "oom": "the memory allowed was not enough",
    "crash": "the process ended before it had answered",
    "policy": "more was written than the output limit allows",
}


def _died(ended: Ended, limits: Limits) -> Status | None:
    """How the process was ended by force; None when it left by itself with status 0."""
    if ended.timed_out:
        return "timeout"
    if ended.flooded:
        return "policy"
    if ended.code in (-signal.SIGKILL, -signal.SIGXCPU):
        # The kernel killed it, for CPU time or for memory. It counts the limit in clock ticks,
        # which on a busy virtual machine run ahead of the time that it reports (1 s for 0.7 s).
        spent = ended.cpu_ms >= 250 * max(1, math.ceil(limits.cpu_s))
        return "timeout" if spent else "oom"
    return "crash" if ended.code else None


def _worst(kinds: Sequence[str]) -> Status:
    """The status of a run that answered every call."""
    found = {_BY_ERROR.get(kind, "failed") for kind in kinds if kind}
    order: tuple[Status, ...] = ("policy", "oom", "failed")
    return next((status for status in order if status in found), "ok")


def _records(written: bytes, prefix: bytes) -> list[dict[str, Any]]:
    """The lines that carry the nonce; whatever else was written is noise."""
    found = []
    for line in written.split(b"\n")[:-1]:
        if line.startswith(prefix):
            try:
                record = json.loads(line[len(prefix) :])
            except (ValueError, RecursionError):
                continue
            if isinstance(record, dict):
                found.append(record)
    return found


def _answer(record: dict[str, Any], unpacker: Unpacker) -> tuple[str, Output]:
    """The class of the error, empty for none, and the output."""
    if "value" in record:
        try:
            return "", Output(unpacker.unpack(record["value"]))
        except MalformedError as error:
            return "MalformedError", Output(error=str(error))
    kind, text = _error(record.get("error"))
    return kind, Output(error=text)


def _error(described: Any) -> tuple[str, str]:
    """Class and text of an error as the child describes it; never empty."""
    if isinstance(described, list) and len(described) == 2:
        kind, text = (str(part) for part in described)
        return kind or "Exception", text or "an error without a text"
    return "Exception", "an answer that cannot be read"
