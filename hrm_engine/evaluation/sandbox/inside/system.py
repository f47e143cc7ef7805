"""System calls that Python 3.11 does not offer, through the C library."""

from __future__ import annotations

import ctypes
import os
from typing import Any

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_KEEPCAPS = 8
PR_SET_SECCOMP = 22
PR_SET_NO_NEW_PRIVS = 38
CAP_SYS_ADMIN = 21
CAPABILITY_VERSION_3 = 0x20080522

_LIBC = ctypes.CDLL(None, use_errno=True)


class RefusedError(Exception):
    """The system refused one step of a lock; the message says which and why."""


def call(name: str, *arguments: Any) -> int:
    """The C function `name`. Raises RefusedError when it returns -1."""
    result = int(getattr(_LIBC, name)(*arguments))
    if result == -1:
        raise RefusedError(f"{name}: {os.strerror(ctypes.get_errno())}")
    return result


def syscall(name: str, number: int, *arguments: Any) -> int:
    """System call `number`, called `name` in the error. Raises RefusedError."""
    wide = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    result = int(_LIBC.syscall(ctypes.c_long(number), *wide))
    if result == -1:
        raise RefusedError(f"{name}: {os.strerror(ctypes.get_errno())}")
    return result


def prctl(option: int, first: int = 0, second: Any = 0) -> None:
    """One setting of this process. Raises RefusedError."""
    second = ctypes.c_ulong(second) if isinstance(second, int) else second
    zero = ctypes.c_ulong(0)
    call("prctl", ctypes.c_int(option), ctypes.c_ulong(first), second, zero, zero)


def keep_capabilities(*kept: int) -> None:
    """Keep these capabilities and drop all others. Raises RefusedError."""
    mask = sum(1 << number for number in kept)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    low, high = mask & 0xFFFFFFFF, mask >> 32
    data = (ctypes.c_uint32 * 6)(low, low, 0, high, high, 0)  # effective, permitted, inheritable
    call("capset", header, data)
