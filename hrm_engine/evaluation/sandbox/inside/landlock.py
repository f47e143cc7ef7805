"""Landlock: the process gives up files, TCP ports, and signals to others. Needs no privilege.

What a kernel knows is asked for (its ABI) and the rules are cut down to that: ABI 1 files,
3 truncation, 4 TCP, 5 device ioctls, 6 signals and abstract sockets.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Sequence

from .system import syscall

CREATE, ADD_RULE, RESTRICT = 444, 445, 446  # the same numbers on every architecture
READ = 1 << 2 | 1 << 3  # files, folders
TCP = 3  # bind, connect
SCOPES = 3  # abstract sockets, signals
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}


def abi() -> int:
    """The version of Landlock that this kernel speaks. Raises RefusedError for none."""
    return syscall("landlock", CREATE, 0, 0, 1)


def attributes(version: int, *, files: bool) -> bytes:
    """The kernel's `landlock_ruleset_attr`: what is refused unless a rule allows it."""
    rights = (1 << _FILE_RIGHTS[min(version, 5)]) - 1 if files else 0
    wanted = struct.pack("Q", rights)
    if version >= 4:
        wanted += struct.pack("Q", TCP if files else 0)
    if version >= 6:
        wanted += struct.pack("Q", SCOPES)
    return wanted


def restrict(version: int, readable: Sequence[int] = (), *, files: bool = True) -> None:
    """Refuse all but reading below the open folders `readable`.

    Without `files` only a scope is added: no signals to processes that do not have it, from
    ABI 6 on. Needs `no_new_privs`. Raises RefusedError.
    """
    wanted = attributes(version, files=files)
    buffer = ctypes.create_string_buffer(wanted, len(wanted))
    ruleset = syscall("landlock_create_ruleset", CREATE, buffer, len(wanted), 0)
    for folder in readable:
        rule = ctypes.create_string_buffer(struct.pack("=Qi", READ, folder), 12)
        syscall("landlock_add_rule", ADD_RULE, ruleset, 1, rule, 0)
    syscall("landlock_restrict_self", RESTRICT, ruleset, 0)
    os.close(ruleset)
