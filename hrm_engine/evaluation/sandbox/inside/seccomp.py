"""A filter over system calls: those below are allowed, all others fail with EPERM.

The list is what a computing Python process needs: memory, clocks, reading files that Landlock
lets it read. No process, thread, socket, signal, mount, trace or key can be made. Memory
cannot be made executable. Calls of a foreign architecture kill the process.
"""

from __future__ import annotations

import ctypes
import platform
import struct

from .system import PR_SET_SECCOMP, RefusedError, prctl

ALLOWED: dict[str, dict[str, int]] = {
    "x86_64": {
        "read": 0, "write": 1, "open": 2, "close": 3, "stat": 4, "fstat": 5, "lstat": 6,
        "poll": 7, "lseek": 8, "munmap": 11, "brk": 12, "rt_sigaction": 13,
        "rt_sigprocmask": 14, "rt_sigreturn": 15, "pread64": 17, "readv": 19, "writev": 20,
        "access": 21, "select": 23, "sched_yield": 24, "mremap": 25, "madvise": 28, "dup": 32,
        "nanosleep": 35, "getpid": 39, "exit": 60, "uname": 63, "getcwd": 79, "readlink": 89,
        "gettimeofday": 96, "getrlimit": 97, "getrusage": 98, "sysinfo": 99, "times": 100,
        "getuid": 102, "getgid": 104, "geteuid": 107, "getegid": 108, "getppid": 110,
        "sigaltstack": 131, "gettid": 186, "time": 201, "futex": 202,
        "sched_getaffinity": 204, "getdents64": 217, "restart_syscall": 219,
        "clock_gettime": 228, "clock_getres": 229, "clock_nanosleep": 230, "exit_group": 231,
        "openat": 257, "newfstatat": 262, "readlinkat": 267, "faccessat": 269,
        "pselect6": 270, "ppoll": 271, "getcpu": 309, "getrandom": 318, "statx": 332,
        "rseq": 334, "faccessat2": 439,
    },
    "aarch64": {
        "getcwd": 17, "dup": 23, "faccessat": 48, "openat": 56, "close": 57, "getdents64": 61,
        "lseek": 62, "read": 63, "write": 64, "readv": 65, "writev": 66, "pread64": 67,
        "pselect6": 72, "ppoll": 73, "readlinkat": 78, "newfstatat": 79, "fstat": 80,
        "exit": 93, "exit_group": 94, "futex": 98, "nanosleep": 101, "clock_gettime": 113,
        "clock_getres": 114, "clock_nanosleep": 115, "sched_getaffinity": 123,
        "sched_yield": 124, "restart_syscall": 128, "sigaltstack": 132, "rt_sigaction": 134,
        "rt_sigprocmask": 135, "rt_sigreturn": 139, "times": 153, "uname": 160,
        "getrlimit": 163, "getrusage": 165, "getcpu": 168, "gettimeofday": 169, "getpid": 172,
        "getppid": 173, "getuid": 174, "geteuid": 175, "getgid": 176, "getegid": 177,
        "gettid": 178, "sysinfo": 179, "brk": 214, "munmap": 215, "mremap": 216,
        "madvise": 233, "getrandom": 278, "statx": 291, "rseq": 293, "faccessat2": 439,
    },
}  # fmt: skip
CHECKED: dict[str, dict[str, int]] = {
    "x86_64": {"mmap": 9, "mprotect": 10, "fcntl": 72, "prlimit64": 302},
    "aarch64": {"mmap": 222, "mprotect": 226, "fcntl": 25, "prlimit64": 261},
}
AUDIT_ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

PROT_EXEC = 4
F_GETFL = 3
ALLOW, EPERM, KILL = 0x7FFF0000, 0x00050001, 0x80000000
_LOAD, _EQUAL, _GREATER, _ANY_BIT, _RETURN = 0x20, 0x15, 0x25, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data

Instruction = tuple[int, int, int, int]  # code, jump if true, jump if false, constant


def program(machine: str) -> list[Instruction]:
    """The filter for `machine`. Raises RefusedError when there is no table for it."""
    if machine not in ALLOWED:
        raise RefusedError(f"no table of system calls for {machine}")
    allowed, checked = sorted(ALLOWED[machine].values()), CHECKED[machine]
    code: list[Instruction] = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, AUDIT_ARCHITECTURE[machine]),
        (_RETURN, 0, 0, KILL),
        (_LOAD, 0, 0, _NUMBER),
    ]
    code += _unless(checked["mmap"], 2, _ANY_BIT, PROT_EXEC)
    code += _unless(checked["mprotect"], 2, _ANY_BIT, PROT_EXEC)
    code += _unless(checked["fcntl"], 1, _GREATER, F_GETFL)  # duplicate and ask, no more
    code += _only_null(checked["prlimit64"], 2)  # ask for limits, set none
    code += [(_EQUAL, len(allowed) - k, 0, number) for k, number in enumerate(allowed)]
    return [*code, (_RETURN, 0, 0, EPERM), (_RETURN, 0, 0, ALLOW)]


def _unless(number: int, argument: int, test: int, constant: int) -> list[Instruction]:
    """Call `number` is allowed unless `test` holds for the low half of an argument."""
    return [
        (_EQUAL, 0, 4, number),
        (_LOAD, 0, 0, _ARGUMENTS + 8 * argument),
        (test, 1, 0, constant),
        (_RETURN, 0, 0, ALLOW),
        (_RETURN, 0, 0, EPERM),
    ]


def _only_null(number: int, argument: int) -> list[Instruction]:
    """Call `number` is allowed when a pointer argument is null."""
    return [
        (_EQUAL, 0, 6, number),
        (_LOAD, 0, 0, _ARGUMENTS + 8 * argument),
        (_EQUAL, 0, 3, 0),
        (_LOAD, 0, 0, _ARGUMENTS + 8 * argument + 4),
        (_EQUAL, 0, 1, 0),
        (_RETURN, 0, 0, ALLOW),
        (_RETURN, 0, 0, EPERM),
    ]


class Filter:
    """The filter in the kernel's form, made once; `install` is for ever."""

    def __init__(self, machine: str = "") -> None:
        code = program(machine or platform.machine())
        self._code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *i) for i in code))
        pointer = ctypes.addressof(self._code)
        self._program = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", len(code), pointer))

    def install(self) -> None:
        """Filter this process from now on; needs `no_new_privs`. Raises RefusedError."""
        prctl(PR_SET_SECCOMP, 2, self._program)
