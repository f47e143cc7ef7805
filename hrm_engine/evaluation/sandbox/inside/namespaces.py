"""New namespaces: an own tree of files, an own network without devices, own process numbers.

`enter` is called once by the zygote; `Births` puts each job into a process namespace of its own,
where it is the only process and dies with all that it might have made.
"""

from __future__ import annotations

import contextlib
import os
import platform
from collections.abc import Sequence

from .system import RefusedError, call, syscall

NEWNS, NEWCGROUP, NEWUTS, NEWIPC = 0x00020000, 0x02000000, 0x04000000, 0x08000000
NEWUSER, NEWPID, NEWNET = 0x10000000, 0x20000000, 0x40000000
PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT = 1, 2, 4, 8, 32
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18
MNT_DETACH = 2
NOBODY = 65534


def enter() -> None:
    """Leave the host's namespaces; what is forked next is process 1. Raises RefusedError.

    Root needs no user namespace for that, and keeps the right to make more for each job.
    """
    user, group = os.getuid(), os.getgid()
    others = NEWNS | NEWPID | NEWNET | NEWIPC | NEWUTS | NEWCGROUP
    if user == 0:
        call("unshare", others)
        return
    call("unshare", others | NEWUSER)
    _write("setgroups", "deny")
    _write("uid_map", f"{NOBODY} {user} 1\n")
    _write("gid_map", f"{NOBODY} {group} 1\n")


def _write(name: str, text: str) -> None:
    try:
        with open(f"/proc/self/{name}", "w") as file:  # noqa: PTH123 - pathlib is heavy here
            file.write(text)
    except OSError as error:
        raise RefusedError(f"{name}: {error.strerror}") from error


def new_root(readable: Sequence[str]) -> None:
    """An empty tree of files with `readable` bound into it, read-only, instead of the host's.

    Raises RefusedError.
    """
    mount(b"none", b"/", b"", MS_REC | MS_PRIVATE)
    root = b"/tmp"  # only a place to mount at, seen by nobody else
    mount(b"tmpfs", root, b"tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC)
    for path in readable:
        target = root + os.fsencode(path)
        os.makedirs(target, mode=0o755)  # noqa: PTH103 - pathlib is heavy here
        mount(os.fsencode(path), target, b"", MS_BIND | MS_REC)
        kept = os.statvfs(target).f_flag & (MS_NOSUID | MS_NODEV | MS_NOEXEC)
        with contextlib.suppress(RefusedError):  # Landlock refuses all writing in any case
            mount(b"none", target, b"", MS_REMOUNT | MS_BIND | MS_RDONLY | kept)
    os.chdir(root)
    syscall("pivot_root", PIVOT_ROOT[platform.machine()], b".", b".")
    call("umount2", b".", MNT_DETACH)  # the host's tree, which lies over the new one
    os.chdir("/")
    mount(b"none", b"/", b"", MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC)


def mount(source: bytes, target: bytes, kind: bytes, flags: int) -> None:
    """Put a file system, or a part of another, at `target`. Raises RefusedError."""
    call("mount", source, target, kind, flags, b"")


class Births:
    """Forks children, each as the only process of a new process namespace."""

    def __init__(self) -> None:
        self._own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)

    def fork(self) -> int:
        """os.fork, but the child is process 1 of its own. Raises RefusedError."""
        call("unshare", NEWPID)
        pid = os.fork()
        if pid != 0:
            call("setns", self._own, NEWPID)
        return pid
