"""One candidate: read the job, lock the doors, load the code, answer the calls, leave.

The job holds code and call arguments and never an expected value; what goes back are outputs,
one line a call, so a candidate that hangs in the third call has still answered two. The nonce
on every line keeps a candidate's own output from being taken for an answer by accident. It
is no secret from a candidate that looks for it, which gains nothing: a forged answer is just
another answer, and it is compared outside.
"""

from __future__ import annotations

import io
import json
import os
import resource
import sys
import types
from collections.abc import Callable
from typing import Any, NoReturn

from . import codec

# Kept here, because a candidate may replace them where they come from.
leave: Callable[[int], NoReturn] = os._exit
_os_read, _os_write = os.read, os.write
_dumps, _set_depth = json.dumps, sys.setrecursionlimit
Check = Callable[[str], None]
FILE = "<candidate>"
MODULE = "candidate"
_LIMITS_OF_NONE = ("RLIMIT_CORE", "RLIMIT_FSIZE", "RLIMIT_NPROC", "RLIMIT_MEMLOCK")
_LONGEST_TEXT = 500
_baseline = 0


def measure_baseline() -> None:
    """Note the address space in use: a job's memory comes on top of it."""
    global _baseline  # noqa: PLW0603 - one figure a process, set before the first fork
    try:
        with open("/proc/self/statm") as file:  # noqa: PTH123 - pathlib is heavy here
            _baseline = int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        _baseline = 0  # not Linux: the limit then covers the interpreter too


def run(descriptor: int, lock: Callable[[], None], check: Check) -> None:
    """Do the job that waits at `descriptor`: locked with `lock`, its code seen by `check`."""
    os.closerange(0, descriptor)
    os.closerange(descriptor + 1, 4096)
    order = json.loads(_read(descriptor))
    limit(order["cpu_s"], _baseline + order["memory_mb"] * 2**20)
    lock()
    Job(order, lambda line: _write(descriptor, line), check).run()


def limit(cpu_s: int, memory: int) -> None:
    """Lower this process's limits for good."""
    zero = [(getattr(resource, name), 0) for name in _LIMITS_OF_NONE if hasattr(resource, name)]
    for what, most in [
        (resource.RLIMIT_CPU, cpu_s),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_NOFILE, 32),
        *zero,
    ]:
        hard = resource.getrlimit(what)[1]
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (allowed, allowed))


def _read(descriptor: int) -> bytes:
    """A length in 8 bytes, then as many bytes."""
    size = int.from_bytes(_exactly(descriptor, 8), "little")
    return _exactly(descriptor, size)


def _exactly(descriptor: int, size: int) -> bytes:
    parts = []
    while size:
        part = _os_read(descriptor, min(size, 1 << 20))
        if not part:
            leave(1)
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _write(descriptor: int, line: bytes) -> None:
    while line:
        line = line[_os_write(descriptor, line) :]


def unchecked(_: str) -> None:
    """The check of the levels whose locks are in the kernel: none."""


class _Capped(io.RawIOBase):
    """Keeps the first bytes written to it and forgets the rest."""

    def __init__(self, most: int) -> None:
        self._left = most
        self._kept = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        view = memoryview(data).cast("B")
        part = view[: self._left]
        self._left -= len(part)
        self._kept += part
        return len(view)

    def take(self) -> str:
        """What was kept since the last time."""
        text = self._kept.decode("utf-8", "replace")
        self._kept.clear()
        return text


class Job:
    """A candidate with its calls; `send` gets one line of bytes for each."""

    def __init__(self, order: dict[str, Any], send: Callable[[bytes], None], check: Check) -> None:
        self._order = order
        self._check = check
        self._send_line = send
        self._prefix = order["nonce"].encode() + b" "
        self._stdout = _Capped(order["output_bytes"])
        self._packer = codec.Packer(order["output_bytes"])

    def run(self) -> None:
        """Load the code, then answer call after call."""
        self._redirect()
        module = types.ModuleType(MODULE)
        sys.modules[MODULE] = module
        namespace = module.__dict__
        failed = _attempt(lambda: self._load(namespace))[1]
        if failed is not None:
            self._send({"load": failed})
            return
        self._send({"loaded": True})
        for function, arguments, keywords in self._order["calls"]:
            self._answer(namespace, function, arguments, keywords)

    def _load(self, namespace: dict[str, Any]) -> None:
        code = self._order["code"]
        self._check(code)
        exec(compile(code, FILE, "exec"), namespace)  # noqa: S102 - what the sandbox is for

    def _answer(self, namespace: dict[str, Any], name: str, args: Any, keywords: Any) -> None:
        value, failed = _attempt(
            lambda: _function(namespace, name)(*_given(args), **_given(keywords))
        )
        if failed is None:
            value, failed = _attempt(lambda: self._packer.pack(value))
        self._send({"value": value} if failed is None else {"error": failed})

    def _redirect(self) -> None:
        """Standard streams that go nowhere but into the answer."""
        sys.stdin = sys.__stdin__ = io.TextIOWrapper(io.BytesIO())  # type: ignore[misc]  # final for type checkers
        sys.stdout = sys.__stdout__ = _text(self._stdout)  # type: ignore[misc]  # as above
        sys.stderr = sys.__stderr__ = _text(_Capped(0))  # type: ignore[misc]  # as above

    def _send(self, record: dict[str, Any]) -> None:
        record["stdout"] = self._stdout.take()
        self._send_line(self._prefix + _dumps(record).encode() + b"\n")


def _text(raw: _Capped) -> io.TextIOWrapper:
    """A text stream over it that holds nothing back, as `python -u` makes them."""
    stream: Any = raw
    return io.TextIOWrapper(stream, encoding="utf-8", errors="replace", write_through=True)


def _given(packed: Any) -> Any:
    return codec.Unpacker(sys.maxsize).unpack(packed)


def _function(namespace: dict[str, Any], name: str) -> Callable[..., Any]:
    found: Callable[..., Any] | None = namespace.get(name)
    if not callable(found):
        raise NameError(f"the program defines no function `{name}`")
    return found


def _attempt(work: Callable[[], Any]) -> tuple[Any, list[str] | None]:
    """The result of `work`, or the class and text of what it raised, exits included."""
    depth = sys.getrecursionlimit()
    try:
        return work(), None
    except BaseException as error:  # noqa: BLE001 - SystemExit too: a candidate does not decide
        _set_depth(depth)
        return None, _describe(error)
    finally:
        _set_depth(depth)


def _describe(error: BaseException) -> list[str]:
    """The built-in class of an error, and its text with the candidate's last line in it."""
    kind = type(error)
    base = next(k.__name__ for k in type.mro(kind) if k.__module__ == "builtins")
    try:
        text = f": {error}"[:_LONGEST_TEXT] if str(error) else ""
    except BaseException:  # noqa: BLE001 - a candidate's own `__str__`
        text = ""
    line, trace = 0, error.__traceback__
    while trace is not None:
        line = trace.tb_lineno if trace.tb_frame.f_code.co_filename == FILE else line
        trace = trace.tb_next
    return [base, f"{kind.__name__}{text}" + (f" (line {line})" if line else "")]
