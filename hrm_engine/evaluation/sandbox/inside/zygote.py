"""The fork server: a bare interpreter that forks one locked child for every job.

It is a fresh process, not a fork of the program that uses it, so there are no threads, no
secrets and no gigabytes of mappings to inherit. It never reads what a job holds: the parent
hands over one end of a socket (`J` and a descriptor), the child talks on that, and the zygote
reports how the child ended. `K` kills the running child; end of file ends everything.

    parent ──control──► zygote ──fork──► job
       └───────────one socket a job──────┘
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import resource
import select
import signal
import socket
import sys
from collections.abc import Callable
from typing import NamedTuple, NoReturn

from . import job
from .codec import REPLY

NOBODY = 65534
PRELOADED = """
    abc array ast base64 binascii bisect calendar cmath collections collections.abc contextlib
    copy copyreg dataclasses datetime decimal difflib encodings.ascii encodings.latin_1
    encodings.utf_16 enum fractions functools hashlib heapq hmac inspect io itertools json
    keyword math numbers operator os pprint queue random re secrets statistics string struct
    sys textwrap threading time types typing unicodedata uuid warnings weakref zlib
""".split()  # noqa: SIM905 - fifty lines of one word each otherwise
"""What short programs import; loaded once, so that a job neither waits for it nor opens files."""


def main() -> None:
    """`python -c ... LEVEL DESCRIPTOR`: lock as far as one process can, then serve."""
    level, descriptor = sys.argv[1], int(sys.argv[2])
    sys.argv[:] = [""]
    os.umask(0o022)
    with socket.socket(fileno=descriptor) as control:
        try:
            prepared = _PREPARE[level](control)
        except Exception as error:  # noqa: BLE001 - whatever it is, the parent must hear it
            control.sendall(json.dumps({"why": str(error)}).encode() + b"\n")
            return
        gc.collect()
        gc.freeze()
        control.sendall(json.dumps({"level": level}).encode() + b"\n")
        serve(control, prepared)


class Prepared(NamedTuple):
    """How to fork a job, how the job locks itself, and who looks at its code first."""

    fork: Callable[[], int]
    lock: Callable[[], None]
    check: job.Check = job.unchecked


def _preload() -> None:
    for name in PRELOADED:
        with contextlib.suppress(ImportError):  # a build of Python without that module
            importlib.import_module(name)


def readable() -> list[str]:
    """The folders of the standard library."""
    library = os.path.dirname(os.__file__)  # noqa: PTH120 - as sys.path has it
    others = [p for p in sys.path if os.path.isdir(p)]  # noqa: PTH112 - pathlib is heavy here
    return [library, *(p for p in others if not (p + "/").startswith(library + "/"))]


def _weak(_: socket.socket) -> Prepared:
    from . import weak

    _preload()
    job.measure_baseline()
    _become_nobody()
    return Prepared(os.fork, weak.lock, weak.check)


def _landlock(_: socket.socket) -> Prepared:
    _preload()
    job.measure_baseline()
    return Prepared(os.fork, _kernel_locks(_become_nobody))


def _namespaces(control: socket.socket) -> Prepared:
    from . import landlock, namespaces, seccomp, system  # noqa: F401 - before files are out of sight

    _preload()
    job.measure_baseline()
    namespaces.enter()
    pid = os.fork()
    if pid != 0:
        control.close()
        os._exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) & 0xFF)
    births = namespaces.Births()
    namespaces.new_root(readable())
    system.prctl(system.PR_SET_KEEPCAPS, 1)

    def become_nobody() -> None:
        _become_nobody()
        system.keep_capabilities(system.CAP_SYS_ADMIN)  # to make a namespace for each job
        system.prctl(system.PR_SET_PDEATHSIG, signal.SIGKILL)

    return Prepared(births.fork, _kernel_locks(become_nobody))


def _kernel_locks(become_nobody: Callable[[], None]) -> Callable[[], None]:
    """Landlock for this process and its children; returns what each child adds."""
    from . import landlock, seccomp, system

    version = landlock.abi()
    syscalls = seccomp.Filter()
    folders = readable()
    handles = [os.open(folder, os.O_PATH | os.O_CLOEXEC) for folder in folders]
    become_nobody()
    system.prctl(system.PR_SET_DUMPABLE, 0)  # no ptrace, no /proc/PID/mem, by the same user
    system.prctl(system.PR_SET_NO_NEW_PRIVS, 1)
    landlock.restrict(version, handles)
    for handle in handles:
        os.close(handle)

    def lock() -> None:
        system.prctl(system.PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == 1 and os.getpid() != 1:
            os._exit(1)  # the zygote was gone before the line above
        system.keep_capabilities()
        if version >= 6:
            landlock.restrict(version, files=False)  # no signals to the zygote
        syscalls.install()

    return lock


def _become_nobody() -> None:
    """Give up root, where there is something to give up: root has no RLIMIT_NPROC."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)


_PREPARE: dict[str, Callable[[socket.socket], Prepared]] = {
    "namespaces": _namespaces,
    "landlock": _landlock,
    "weak": _weak,
}


def serve(control: socket.socket, prepared: Prepared) -> None:
    """Fork a child for every `J` until the parent hangs up."""
    woken, wake = os.pipe()
    os.set_blocking(woken, False)
    os.set_blocking(wake, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake)
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not message:
            return
        if message != b"J" or not descriptors:
            continue  # a `K` that came after its job had ended
        pid = prepared.fork()
        if pid == 0:
            _child(descriptors[0], prepared)
        os.close(descriptors[0])
        status, usage = _wait(pid, control, woken)
        cpu = round(1e6 * (usage.ru_utime + usage.ru_stime))
        control.sendall(REPLY.pack(status, cpu, usage.ru_maxrss))


def _child(descriptor: int, prepared: Prepared) -> NoReturn:
    """One job; nothing that it does returns to the zygote's code."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        job.run(descriptor, prepared.lock, prepared.check)
        code = 0
    finally:
        job.leave(code)


def _wait(pid: int, control: socket.socket, woken: int) -> tuple[int, resource.struct_rusage]:
    """Reap the job, killed when the parent says so or is gone; sweep its process group."""
    while True:
        done, status, usage = os.wait4(pid, os.WNOHANG)
        if done:
            break
        ready, _, _ = select.select([control.fileno(), woken], [], [])
        if control.fileno() in ready and control.recv(1) in (b"K", b""):
            _kill(pid)
            _, status, usage = os.wait4(pid, 0)
            break
        with contextlib.suppress(BlockingIOError):
            os.read(woken, 512)
    _kill(-pid)
    return status, usage


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGKILL)
