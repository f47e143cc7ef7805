"""The parent's handle on one fork server: start it, hand it jobs, end it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from hrm_engine.errors import HRMError
from hrm_engine.evaluation.sandbox.inside.codec import REPLY
from hrm_engine.evaluation.sandbox.records import Level

START_S = 60.0
"""Time for a new interpreter to load the standard library on a loaded machine."""
GRACE_S = 10.0
"""Time for the zygote to report a job that has ended or was killed."""
_OPTIONS = ("-I", "-S", "-B", "-X", "utf8")
_PROGRAM = "import sys; sys.path.insert(0, {folder!r}); from inside import zygote; "
_PROGRAM += "del sys.path[0]; zygote.main()"


class SandboxError(HRMError):
    """The sandbox cannot run: not on this system, or not with these arguments."""


class ZygoteLostError(SandboxError):
    """The fork server died or does not answer; what its job was doing is not known."""


class LevelRefusedError(SandboxError):
    """This system does not offer a level; `problem` says why."""


@dataclass(frozen=True)
class Ended:
    """A job's raw end: what it wrote, how it died, what it used."""

    written: bytes
    code: int  # exit status, or minus the signal
    cpu_ms: float
    wall_ms: float
    timed_out: bool = False
    flooded: bool = False


class ZygoteProcess:
    """A running fork server at one level; one job at a time."""

    def __init__(self, level: Level) -> None:
        """Start it. Raises LevelRefusedError."""
        if sys.platform == "win32":
            raise LevelRefusedError(f"level `{level}` is not available: Windows has no fork")
        self.level = level
        self.jobs = 0
        self.broken = False
        self._control, theirs = socket.socketpair()
        self._control.settimeout(START_S)
        interpreter = os.path.realpath(sys.executable)  # never a shim, never a venv's link
        program = _PROGRAM.format(folder=str(Path(__file__).parent))
        with theirs:
            self._process = subprocess.Popen(
                [interpreter, *_OPTIONS, "-c", program, level, str(theirs.fileno())],
                env={},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )
        try:
            why = self._greeting()
        except BaseException:
            self.close()
            raise
        if why:
            self.close()
            raise LevelRefusedError(f"level `{level}` is not available: {why}")

    def _greeting(self) -> str:
        """Why the zygote does not serve; nothing when it does."""
        line = b""
        while not line.endswith(b"\n"):
            try:
                part = self._control.recv(4096)
            except TimeoutError:
                return "the fork server did not start in time"
            if not part:
                return "the fork server ended before it was ready"
            line += part
        return str(json.loads(line).get("why", ""))

    def run(self, job: bytes, wall_s: float, most: int) -> Ended:
        """One job, at most `wall_s` seconds and `most` bytes of answer.

        Raises ZygoteLostError. After that, or when it was interrupted, it is `broken`: a reply
        may still be on its way.
        """
        self.jobs += 1
        self.broken = True
        start = time.monotonic()
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                self._send_descriptor(theirs)
            written, timed_out, flooded = _talk(ours, job, start + wall_s, most)
        if timed_out or flooded:
            with contextlib.suppress(OSError):
                self._control.sendall(b"K")
        status, cpu_us, _ = REPLY.unpack(self._reply())
        self.broken = False
        wall_ms = 1e3 * (time.monotonic() - start)
        code = os.waitstatus_to_exitcode(status)
        return Ended(written, code, cpu_us / 1e3, wall_ms, timed_out, flooded)

    def _send_descriptor(self, theirs: socket.socket) -> None:
        try:
            socket.send_fds(self._control, [b"J"], [theirs.fileno()])
        except OSError as error:
            raise ZygoteLostError("the sandbox's fork server is gone") from error

    def _reply(self) -> bytes:
        reply = b""
        self._control.settimeout(GRACE_S)
        while len(reply) < REPLY.size:
            try:
                part = self._control.recv(REPLY.size - len(reply))
            except OSError:
                part = b""
            if not part:
                raise ZygoteLostError("the sandbox's fork server does not answer")
            reply += part
        return reply

    def close(self) -> None:
        """Hang up, which ends the zygote and its job; kill it where that does not help."""
        self._control.close()
        try:
            self._process.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def _talk(channel: socket.socket, job: bytes, moment: float, most: int) -> tuple[bytes, bool, bool]:
    """Send the job, read until the child hangs up; whether time or bytes ran out first."""
    written = bytearray()
    try:
        channel.settimeout(max(0.001, moment - time.monotonic()))
        channel.sendall(len(job).to_bytes(8, "little") + job)
        while len(written) <= most:
            channel.settimeout(max(0.001, moment - time.monotonic()))
            part = channel.recv(1 << 16)
            if not part:
                return bytes(written), False, False
            written += part
            if time.monotonic() > moment:
                return bytes(written), True, False
    except TimeoutError:
        return bytes(written), True, False
    except OSError:  # the child died with the job unread
        return bytes(written), False, False
    return bytes(written), False, True
