"""The child's side, taken apart: what can run here without locking the test itself."""

from __future__ import annotations

import gc
import io
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hrm_engine.evaluation.sandbox.inside import job, namespaces, system, zygote
from hrm_engine.evaluation.sandbox.inside.codec import REPLY

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the locks are parts of Linux")
NONE = {"dict": []}


@pytest.fixture
def streams(monkeypatch: pytest.MonkeyPatch) -> None:
    """The standard streams and the candidate's module, put back after the test."""
    for name in ("stdin", "stdout", "stderr", "__stdin__", "__stdout__", "__stderr__"):
        monkeypatch.setattr(sys, name, io.StringIO())
    monkeypatch.setitem(sys.modules, job.MODULE, sys)


def lines(code: str, *calls: list[Any], check: job.Check = job.unchecked) -> list[dict[str, Any]]:
    """What a job sends for a program and its calls, without the nonce."""
    order = {"nonce": "n0", "code": code, "calls": list(calls), "output_bytes": 1000}
    sent: list[bytes] = []
    job.Job(order, sent.append, check).run()
    assert all(line.startswith(b"n0 ") and line.endswith(b"\n") for line in sent)
    return [json.loads(line[3:]) for line in sent]


@pytest.mark.usefixtures("streams")
def test_a_job_sends_a_line_for_loading_and_one_for_each_call() -> None:
    code = "print('hello')\ndef f(x, y=1):\n    print(x, flush=True)\n    return x // y"
    calls: list[list[Any]] = [
        ["f", {"tuple": [6]}, {"dict": [["y", 2]]}],
        ["f", {"tuple": [6, 0]}, NONE],
        ["g", {"tuple": []}, NONE],
        ["f", {"tuple": ["x"]}, NONE],
    ]
    assert lines(code, *calls) == [
        {"loaded": True, "stdout": "hello\n"},
        {"value": 3, "stdout": "6\n"},
        {
            "error": [
                "ZeroDivisionError",
                "ZeroDivisionError: integer division or modulo by zero (line 4)",
            ],
            "stdout": "6\n",
        },
        {"error": ["NameError", "NameError: the program defines no function `g`"], "stdout": ""},
        {
            "error": [
                "TypeError",
                "TypeError: unsupported operand type(s) for //: 'str' and 'int' (line 4)",
            ],
            "stdout": "x\n",
        },
    ]


@pytest.mark.usefixtures("streams")
def test_a_job_that_does_not_load_sends_one_line() -> None:
    def refuse(code: str) -> None:
        raise PermissionError(code)

    hostile = "class E(KeyboardInterrupt):\n    def __str__(self): 1 / 0\nraise E"
    assert lines(hostile) == [{"load": ["KeyboardInterrupt", "E (line 3)"], "stdout": ""}]
    assert lines("x = 1", check=refuse)[0]["load"] == ["PermissionError", "PermissionError: x = 1"]


@pytest.mark.usefixtures("streams")
def test_a_value_that_may_not_leave_is_an_error() -> None:
    (_, answer) = lines("def f(): return f", ["f", {"tuple": []}, NONE])
    assert answer["error"][0] == "Exception"
    assert "which is not a plain type" in answer["error"][1]


def test_a_job_reads_as_many_bytes_as_are_announced() -> None:
    reading, writing = os.pipe()
    job._write(writing, (5).to_bytes(8, "little") + b"hello and more")
    assert job._read(reading) == b"hello"
    os.close(writing)
    os.close(reading)


def test_limits_are_lowered_and_never_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[int, tuple[int, int]] = {}
    monkeypatch.setattr(resource, "setrlimit", lambda what, pair: asked.update({what: pair}))
    monkeypatch.setattr(resource, "getrlimit", lambda _: (7, 20))
    job.limit(cpu_s=3, memory=10**9)
    assert asked[resource.RLIMIT_CPU] == (3, 3)
    assert asked[resource.RLIMIT_AS] == asked[resource.RLIMIT_NOFILE] == (20, 20)
    assert asked[resource.RLIMIT_NPROC] == asked[resource.RLIMIT_FSIZE] == (0, 0)


@pytest.fixture
def child_signals() -> Iterator[None]:
    """The handling of children's signals, put back after the test."""
    handler = signal.getsignal(signal.SIGCHLD)
    yield
    descriptor = signal.set_wakeup_fd(-1)
    os.close(descriptor)
    signal.signal(signal.SIGCHLD, handler)


@pytest.mark.usefixtures("child_signals")
def test_the_fork_server_reports_how_each_job_ended_and_kills_on_demand() -> None:
    ours, theirs = socket.socketpair()
    programs = iter([["true"], ["false"], ["sleep", "600"], ["sleep", "600"]])
    children: list[subprocess.Popen[bytes]] = []
    codes: list[int] = []

    def fork() -> int:  # a real process, but not a copy of the test
        children.append(subprocess.Popen(next(programs), start_new_session=True))
        return children[-1].pid

    def parent() -> None:
        ours.sendall(b"K")  # too late for a job that is gone: ignored
        for kill in (b"", b"", b"K"):
            with Path("/dev/null").open("rb") as file:
                socket.send_fds(ours, [b"J"], [file.fileno()])
            ours.sendall(kill)
            status, _, _ = REPLY.unpack(ours.recv(REPLY.size, socket.MSG_WAITALL))
            codes.append(os.waitstatus_to_exitcode(status))
        with Path("/dev/null").open("rb") as file:
            socket.send_fds(ours, [b"J"], [file.fileno()])
        ours.shutdown(socket.SHUT_WR)  # the parent is gone: the job goes too

    thread = threading.Thread(target=parent)
    thread.start()
    zygote.serve(theirs, zygote.Prepared(fork, lambda: None))
    thread.join()
    assert codes == [0, 1, -signal.SIGKILL]
    for child in children:
        child.returncode = 0  # reaped by the server
    ours.close()
    theirs.close()


def test_a_fork_server_that_cannot_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = socket.socketpair()
    before = os.umask(0o022)
    monkeypatch.setattr(sys, "argv", ["", "moat", str(theirs.detach())])
    zygote.main()
    os.umask(before)
    assert json.loads(ours.recv(100)) == {"why": "'moat'"}
    ours.close()


@pytest.mark.usefixtures("child_signals")
def test_a_fork_server_greets_and_leaves_when_nobody_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours, theirs = socket.socketpair()
    ours.shutdown(socket.SHUT_WR)
    before = os.umask(0o022)
    monkeypatch.setattr(sys, "argv", ["", "open", str(theirs.detach())])
    open_doors = zygote.Prepared(os.getpid, lambda: None)
    monkeypatch.setitem(zygote._PREPARE, "open", lambda _: open_doors)
    zygote.main()
    gc.unfreeze()
    os.umask(before)
    assert json.loads(ours.recv(100)) == {"level": "open"}
    ours.close()


def test_only_the_standard_library_is_readable_and_it_is_preloaded() -> None:
    folders = zygote.readable()
    assert str(Path(os.__file__).parent) in folders
    assert all(Path(folder).is_dir() for folder in folders)
    zygote._preload()
    assert set(zygote.PRELOADED) <= set(sys.modules)


def test_a_refused_call_says_which_and_why() -> None:
    with pytest.raises(system.RefusedError, match="chdir: No such file or directory"):
        system.call("chdir", b"/nowhere")
    with pytest.raises(system.RefusedError, match="landlock_add_rule: "):
        system.syscall("landlock_add_rule", 445, -1, 1, b"", 0)
    with pytest.raises(system.RefusedError, match="prctl: Invalid argument"):
        system.prctl(9999)
    with pytest.raises(system.RefusedError, match="mount: "):
        namespaces.mount(b"none", b"/nowhere", b"", namespaces.MS_BIND)
    with pytest.raises(system.RefusedError, match="no_such_map: "):
        namespaces._write("no_such_map", "")
    assert system.syscall("getppid", {"x86_64": 110}.get(os.uname().machine, 173)) == os.getppid()
