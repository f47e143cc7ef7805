"""Programs that try to leave the sandbox, to outlive it, or to lie to it.

Each defines `f()`, which returns "ESCAPED" only when the thing it tried has worked. Those marked
`works_outside` do work in a plain interpreter, which shows that the attack itself is sound.
"""

from __future__ import annotations

import platform
from dataclasses import dataclass
from typing import Literal

Status = Literal["ok", "failed", "timeout", "oom", "crash", "policy"]
NUMBERS = {
    "x86_64": {
        "ptrace": 101, "personality": 135, "mount": 165, "keyctl": 250, "unshare": 272,
        "perf_event_open": 298, "process_vm_readv": 310, "memfd_create": 319, "bpf": 321,
        "userfaultfd": 323, "io_uring_setup": 425, "pidfd_open": 434, "clone3": 435,
        "inotify_init1": 294, "prctl": 157, "socket": 41, "kill": 62,
    },
    "aarch64": {
        "ptrace": 117, "personality": 92, "mount": 40, "keyctl": 219, "unshare": 97,
        "perf_event_open": 241, "process_vm_readv": 270, "memfd_create": 279, "bpf": 280,
        "userfaultfd": 282, "io_uring_setup": 425, "pidfd_open": 434, "clone3": 435,
        "inotify_init1": 26, "prctl": 167, "socket": 198, "kill": 129,
    },
}[platform.machine()]  # fmt: skip


@dataclass(frozen=True)
class Attack:
    """One program; `ends` are the statuses it may end with, any when empty."""

    name: str
    code: str
    works_outside: bool = False
    ends: tuple[Status, ...] = ()
    wall_s: float = 20.0


def tries(name: str, *lines: str, works_outside: bool = True) -> Attack:
    """An attack that escapes when no line raises."""
    body = "".join(f"    {line}\n" for line in lines)
    return Attack(name, f"def f():\n{body}    return 'ESCAPED'\n", works_outside)


def calls(name: str, arguments: str = "0, 0, 0", *, works_outside: bool = False) -> Attack:
    """An attack by one raw system call."""
    lines = (
        "import ctypes",
        "libc = ctypes.CDLL(None, use_errno=True)",
        f"assert libc.syscall({NUMBERS[name]}, {arguments}) >= 0, ctypes.get_errno()",
    )
    return tries(f"system call {name}", *lines, works_outside=works_outside)


FILES = [
    tries("read /etc/passwd", "open('/etc/passwd').read()"),
    tries("write into /tmp", "open('/tmp/hrm-escaped', 'w').write('x')"),
    tries("list the root folder", "import os", "assert 'etc' in os.listdir('/')"),
    tries("read the memory of the process", "open('/proc/self/mem', 'rb')"),
    tries("read the parent's memory", "import os", "open(f'/proc/{os.getppid()}/mem', 'rb')"),
    tries("read the environment of the process", "open('/proc/self/environ').read()"),
    tries("make a symbolic link", "import os", "os.symlink('/etc', '/tmp/hrm-escaped-link')"),
    tries("make a hard link", "import os", "os.link(os.__file__, '/tmp/hrm-escaped-hard')",
          works_outside=False),
    tries("make a fifo", "import os", "os.mkfifo('/tmp/hrm-escaped-fifo')"),
    tries("change a file's mode", "import os", "os.chmod('/tmp/hrm-victim', 0o777)"),
    tries("make a folder", "import os", "os.mkdir('/tmp/hrm-escaped-folder')"),
    tries("remove a file", "import os", "os.remove('/tmp/hrm-victim')"),
    tries("cut off a file", "import os", "os.truncate('/tmp/hrm-victim', 0)"),
    tries("read a private file", "open('/tmp/hrm-victim').read()"),
    tries("open a device", "open('/dev/mem', 'rb')", works_outside=False),
    tries("chroot", "import os", "os.chroot('/')", works_outside=False),
    tries("memory file", "import os", "os.write(os.memfd_create('x'), b'x')"),
]  # fmt: skip
PROCESSES = [
    tries("fork", "import os", "os.fork() or os._exit(0)"),
    tries("exec", "import os", "os.execv('/bin/true', ['true'])", works_outside=False),
    tries("subprocess", "import subprocess", "subprocess.run(['/bin/true'], check=True)"),
    tries("posix_spawn", "import os", "os.posix_spawn('/bin/true', ['true'], {})"),
    tries("kill the parent", "import os", "os.kill(os.getppid(), 9)", works_outside=False),
    tries("kill everything", "import os", "os.kill(-1, 9)", works_outside=False),
    tries("signal the parent by number 0", "import os", "os.kill(os.getppid(), 0)"),
    tries("start a thread", "import threading", "threading.Thread(target=print).start()"),
    tries("become root", "import os", "os.setuid(0)", works_outside=False),
    tries("take other groups", "import os", "os.setgroups([0])", works_outside=False),
    tries("raise the limits", "import resource as r",
          "r.setrlimit(r.RLIMIT_NPROC, (9, 9))", works_outside=False),
    tries("read the mind of another process", "import os",
          "open(f'/proc/{os.getppid()}/environ').read()"),
]  # fmt: skip
NETWORK = [
    tries("socket", "import socket", "socket.socket()"),
    tries("abstract socket", "import socket",
          "socket.socket(socket.AF_UNIX).bind('\\0hrm-escaped')"),
    tries("socket pair", "import socket", "socket.socketpair()"),
    tries("connect to this machine", "import socket",
          "socket.create_connection(('127.0.0.1', 22), 1)", works_outside=False),
]  # fmt: skip
RAW = [
    calls("socket", "2, 1, 0", works_outside=True),
    calls("kill", "-1, 0", works_outside=True),
    calls("ptrace", "0, 0, 0, 0", works_outside=True),
    calls("personality", "0x0040000", works_outside=True),
    calls("mount", "b'none', b'/', b'', 1 << 18, 0"),
    calls("keyctl", "0, -3, 1, 0, 0"),
    calls("unshare", "0x10000000"),
    calls("perf_event_open", "0, 0, -1, -1, 0"),
    calls("process_vm_readv", "1, 0, 0, 0, 0, 0"),
    calls("memfd_create", "b'x', 0", works_outside=True),
    calls("bpf", "0, 0, 0"),
    calls("userfaultfd", "0"),
    calls("io_uring_setup", "8, b' ' * 120"),
    calls("pidfd_open", "1, 0", works_outside=True),
    calls("clone3", "0, 0"),
    calls("inotify_init1", "0", works_outside=True),
    calls("prctl", "4, 1, 0, 0, 0", works_outside=True),
    tries("executable memory", "import mmap",
          "mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)"),
    tries("a system call of the x32 table", "import ctypes",
          "assert ctypes.CDLL(None).syscall(0x40000000 + 41, 2, 1, 0) >= 0", works_outside=False),
    tries("load another library", "import ctypes", "ctypes.CDLL('libresolv.so.2')"),
]  # fmt: skip
RESOURCES = [
    Attack("a list of 8 GB", "def f():\n    return len([0] * 10**9)", ends=("oom",)),
    Attack("a bytearray of 1 GB", "def f():\n    return len(bytearray(2**30))", ends=("oom",)),
    Attack(
        "a bomb of zeros",
        "import zlib\nbomb = zlib.compress(bytes(2**22), 9)\n"
        "def f():\n    return len(b''.join([zlib.decompress(bomb)] * 200))",
        ends=("oom",),
    ),
    Attack("an endless loop", "def f():\n    while True: pass", ends=("timeout",), wall_s=0.4),
    Attack("an endless load", "while True: pass", ends=("timeout",), wall_s=0.4),
    Attack("a long sleep", "import time\ndef f(): time.sleep(60)", ends=("timeout",), wall_s=0.3),
    Attack("a tower of powers", "def f(): return 9**9**9 % 7", ends=("timeout", "oom"), wall_s=0.5),
    Attack("a slow pattern", "import re\ndef f(): return re.match('(a+)+$', 'a' * 40 + 'b')",
           ends=("timeout",), wall_s=0.4),
    Attack("deep recursion", "def f(): return f()", ends=("failed",)),
    Attack(
        "recursion without a limit",
        "import sys\ndef g(n): return [g(n + 1)]\n"
        "def f():\n    sys.setrecursionlimit(10**9)\n    return g(0)",
        ends=("crash", "oom", "failed", "timeout"), wall_s=1.5,
    ),
    Attack(
        "a fork bomb",
        "import os\ndef f():\n    while True:\n        try:\n            os.fork()\n"
        "        except OSError:\n            break\n",
    ),
    Attack("256 MiB printed", "def f():\n    for _ in range(256): print('x' * 2**20)",
           ends=("ok", "timeout"), wall_s=5.0),
    Attack(
        "a flood into every descriptor",
        "import os\ndef f():\n    for fd in range(64):\n        try:\n"
        "            while True: os.write(fd, b'x' * 65536)\n"
        "        except OSError: pass\n",
        ends=("policy",),
    ),
    Attack("a flood that swallows every error",
           "def f():\n    while True:\n        try:\n            raise SystemExit\n"
           "        except BaseException: pass", ends=("timeout",), wall_s=0.4),
    Attack("a huge answer", "def f(): return 'x' * 10**7", ends=("failed",)),
    Attack("a huge number", "def f(): return 1 << 10**7", ends=("failed",)),
    Attack("an answer that holds itself", "def f():\n    a = []\n    a.append(a)\n    return a",
           ends=("failed",)),
    Attack("an answer that doubles", "def f():\n    a = [1]\n    for _ in range(60): a = [a, a]\n"
           "    return a", ends=("failed",)),
]  # fmt: skip
LEAVING = [
    Attack("sys.exit", "import sys\ndef f(): sys.exit(0)", ends=("failed", "policy")),
    Attack("sys.exit on loading", "raise SystemExit(0)", ends=("failed",)),
    Attack("os._exit", "import os\ndef f(): os._exit(0)", ends=("crash", "policy")),
    Attack("a fault in memory", "import faulthandler\ndef f(): faulthandler._sigsegv()",
           ends=("ok", "crash", "policy")),
    Attack("a null pointer", "import ctypes\ndef f(): ctypes.string_at(0)",
           ends=("crash", "policy")),
    Attack("abort", "import os\ndef f(): os.abort()", ends=("crash", "policy")),
    Attack("an exit handler that hangs",
           "import atexit\n@atexit.register\ndef g():\n    while True: pass\n"
           "def f(): return 1", ends=("ok", "policy")),
    Attack("a replaced os._exit",
           "import os\nos._exit = lambda *_: None\ndef f(): return 1", ends=("ok", "policy")),
    Attack("a closed channel",
           "import os\ndef f():\n    os.closerange(0, 64)\n    return 'ESCAPED'",
           ends=("crash", "policy")),
    Attack("signals ignored",
           "import signal\ndef f():\n    for n in range(1, 65):\n        try:\n"
           "            signal.signal(n, signal.SIG_IGN)\n        except Exception: pass\n"
           "    while True: pass", ends=("timeout", "policy"), wall_s=0.4),
]  # fmt: skip
ATTACKS = [*FILES, *PROCESSES, *NETWORK, *RAW, *RESOURCES, *LEAVING]
