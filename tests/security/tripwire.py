"""Notices in a process whether anything was run, opened or connected to that should not be.

`arm()` adds an audit hook, which cannot be taken away again. From then on every event in
`FORBIDDEN` is kept, with where it came from; `tripped()` gives them. It works in the server's
process and, called through the pool, in its workers.
"""

from __future__ import annotations

import os
import re
import sys
from types import CodeType
from typing import Any

FORBIDDEN = re.compile(
    r"os\.(system|exec|posix_spawn|spawn|fork|forkpty|kill|remove|rename|rmdir|mkdir|chmod|chown"
    r"|link|symlink|truncate|putenv|unsetenv|chdir)"
    r"|(subprocess|pty|shutil|ctypes|webbrowser|ftplib|smtplib|sqlite3|mmap|telnetlib)\..*"
    r"|socket\.(connect|bind|getaddrinfo|sendto)|urllib\.Request|code\.__new__"
    r"|builtins\.(input|breakpoint)"
)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
PARSED = "<unknown>"
"""What `ast.parse` calls a text; code made from it has no other name."""
ISOLATED = ("-I", "-S", "-B", "-X")
SERVER = "from inside import zygote; del sys.path[0]; zygote.main()"

_found: list[str] = []
_armed = False


def arm() -> int:
    """Start to watch this process; gives its id."""
    global _armed  # noqa: PLW0603 - a hook belongs to the process
    if not _armed:
        sys.addaudithook(_hook)
        _armed = True
    return os.getpid()


def tripped() -> tuple[bool, list[str]]:
    """Whether this process is watched, and what was noticed."""
    return _armed, list(_found)


def _hook(event: str, args: tuple[Any, ...]) -> None:
    if _starts_a_sandbox(event, args):
        return
    if FORBIDDEN.fullmatch(event) or _runs_text(event, args) or _writes(event, args):
        _found.append(f"{event} {args!r}"[:300])


def _starts_a_sandbox(event: str, args: tuple[Any, ...]) -> bool:
    """Whether our own fork server is started: a fixed program, in which no text of a caller is."""
    return event == "subprocess.Popen" and args[1][1:5] == [*ISOLATED] and SERVER in args[1][-3]


def _runs_text(event: str, args: tuple[Any, ...]) -> bool:
    """Whether code is compiled or run that is in no file: what eval, exec and compile do."""
    if event == "compile":  # a parser's text goes no further: to run it would be an `exec`
        return not _is_file(args[1]) and args[1] != PARSED
    return event == "exec" and isinstance(args[0], CodeType) and not _is_file(args[0].co_filename)


def _is_file(name: Any) -> bool:
    """Whether a code's file name is a module's: a lazy import reads one, or its compiled form."""
    text = os.fsdecode(name) if isinstance(name, bytes | str) else "<none>"
    return not text.startswith("<") or text.startswith("<frozen ")


def _writes(event: str, args: tuple[Any, ...]) -> bool:
    if event != "open":
        return False
    path, mode, flags = args
    if path == os.devnull:
        return False
    return any(letter in str(mode or "") for letter in "wax+") or bool((flags or 0) & WRITING)
