"""The filter over system calls, instruction by instruction; Landlock's rules; the weak lint."""

from __future__ import annotations

import platform
import re
import subprocess
import sys
from pathlib import Path

import pytest

from hrm_engine.evaluation.sandbox.inside import landlock, seccomp, weak
from hrm_engine.evaluation.sandbox.inside.system import RefusedError
from tests.engine.evaluation.sandbox.attacks import ATTACKS

HEADERS = Path("/usr/include")
X86, ARM = 0xC000003E, 0xC00000B7
ARCHITECTURES = [("x86_64", X86), ("aarch64", ARM)]


def decide(machine: str, number: int, *arguments: int, architecture: int = 0) -> int:
    """What the kernel's interpreter would return for one system call."""
    words = {0: number, 4: architecture or dict(ARCHITECTURES)[machine]}
    for position, argument in enumerate(arguments):
        words[16 + 8 * position] = argument & 0xFFFFFFFF
        words[20 + 8 * position] = argument >> 32
    code, at, loaded = seccomp.program(machine), 0, 0
    while True:
        operation, yes, no, constant = code[at]
        at += 1
        if operation == 0x06:  # return
            return constant
        if operation == 0x20:  # load a word
            loaded = words.get(constant, 0)
            continue
        tests = {0x15: loaded == constant, 0x25: loaded > constant, 0x45: loaded & constant}
        at += yes if tests[operation] else no


@pytest.mark.parametrize(("machine", "architecture"), ARCHITECTURES)
def test_what_the_tables_name_is_allowed_and_all_else_fails(
    machine: str, architecture: int
) -> None:
    allowed = set(seccomp.ALLOWED[machine].values())
    checked = set(seccomp.CHECKED[machine].values())
    assert not allowed & checked
    for number in set(range(600)) - checked:
        expected = seccomp.ALLOW if number in allowed else seccomp.EPERM
        assert decide(machine, number) == expected, number
    other = X86 if architecture == ARM else ARM
    assert decide(machine, min(allowed), architecture=other) == seccomp.KILL
    assert decide(machine, 0x40000000 + min(allowed)) == seccomp.EPERM  # the x32 table


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_arguments_decide_about_four_calls(machine: str) -> None:
    numbers = seccomp.CHECKED[machine]
    for name in ("mmap", "mprotect"):
        assert decide(machine, numbers[name], 0, 4096, 3) == seccomp.ALLOW
        assert decide(machine, numbers[name], 0, 4096, 7) == seccomp.EPERM
    assert [decide(machine, numbers["fcntl"], 3, k) == seccomp.ALLOW for k in (0, 3, 4, 1024)] == [
        True, True, False, False,
    ]  # fmt: skip
    assert decide(machine, numbers["prlimit64"], 0, 6, 0) == seccomp.ALLOW
    for pointer in (1, 1 << 32):
        assert decide(machine, numbers["prlimit64"], 0, 6, pointer) == seccomp.EPERM


def header(machine: str) -> dict[str, int]:
    """The kernel's own numbers, where its headers are installed."""
    file = HEADERS / (
        "x86_64-linux-gnu/asm/unistd_64.h" if machine == "x86_64" else "asm-generic/unistd.h"
    )
    if not file.exists():
        pytest.skip("no kernel headers on this machine")
    found = re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", file.read_text())
    return {name: int(number) for name, number in found}


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_tables_agree_with_the_kernels_headers(machine: str) -> None:
    kernel = header(machine) | ({} if machine == "x86_64" else {"newfstatat": 79, "getrlimit": 163})
    ours = seccomp.ALLOWED[machine] | seccomp.CHECKED[machine]
    assert ours == {name: kernel[name] for name in ours}


def test_a_machine_without_a_table_is_refused() -> None:
    with pytest.raises(RefusedError, match="no table of system calls for riscv64"):
        seccomp.Filter("riscv64")


def test_a_filter_is_one_program_in_the_kernels_form() -> None:
    made = seccomp.Filter("x86_64")
    assert len(made._code.raw) - 1 == 8 * len(seccomp.program("x86_64"))
    assert len(made._program.raw) - 1 == 16


@pytest.mark.parametrize(("version", "size"), [(1, 8), (2, 8), (3, 8), (4, 16), (5, 16), (6, 24)])
def test_landlock_asks_for_no_more_than_the_kernel_knows(version: int, size: int) -> None:
    wanted = landlock.attributes(version, files=True)
    assert len(wanted) == size
    rights = int.from_bytes(wanted[:8], "little")
    assert rights.bit_length() == {1: 13, 2: 14, 3: 15, 4: 15}.get(version, 16)
    assert rights & landlock.READ == landlock.READ
    assert not any(landlock.attributes(version, files=False)[:16])


HARMLESS = [
    "import math\ndef f(x): return math.floor(x)",
    "from collections import Counter\nclass A:\n    def __init__(self): self._x = 1",
    "from __future__ import annotations\nif __name__ == '__main__': pass",
    "import re, sys\ndef f(): return sys.maxsize",
]
REACHING = [
    "import os", "import os.path", "from os import system", "from . import x", "import ctypes",
    "__import__('os')", "eval('1')", "open('x')", "().__class__", "f.__globals__",
    "import sys\nsys.modules", "import random\nrandom._os", "from random import _os",
    "import operator\noperator.attrgetter", "getattr(1, 'real')", "x.f_back", "__builtins__",
    "from operator import attrgetter", "import statistics\nstatistics.sys.modules",
]  # fmt: skip


@pytest.mark.parametrize("code", HARMLESS)
def test_the_lint_lets_ordinary_programs_through(code: str) -> None:
    weak.check(code)


@pytest.mark.parametrize("code", REACHING)
def test_the_lint_stops_what_reaches_out(code: str) -> None:
    with pytest.raises(PermissionError, match="the weak sandbox forbids"):
        weak.check(code)


UNLINTED = """
import sys
sys.path.insert(0, {folder!r})
from inside import weak
from inside.zygote import PRELOADED
for name in PRELOADED: __import__(name)
weak.lock()
for name, code in {attacks!r}:
    namespace = {{}}
    try:
        exec(code, namespace)
        found = namespace["f"]()
    except Exception as error:
        found = error
    print(name, "->", found)
"""


@pytest.mark.skipif(platform.system() != "Linux", reason="the attacks are Linux programs")
def test_the_hook_holds_by_itself_what_the_lint_would_let_through(tmp_path: Path) -> None:
    limited_elsewhere = {"start a thread"}  # by RLIMIT_NPROC
    (tmp_path / "hrm-victim").write_text("whole")
    attacks = [
        (attack.name, attack.code.replace("/tmp/", f"{tmp_path}/"))  # noqa: S108 - in a text
        for attack in ATTACKS
        if attack.works_outside and attack.name not in limited_elsewhere
    ]
    program = UNLINTED.format(folder=str(Path(weak.__file__).parents[1]), attacks=attacks)
    command = [sys.executable, "-I", "-S", "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.count("->") == len(attacks)
    assert "ESCAPED" not in done.stdout
    assert (tmp_path / "hrm-victim").read_text() == "whole"
    assert [path.name for path in tmp_path.iterdir()] == ["hrm-victim"]


@pytest.mark.skipif(platform.system() != "Linux", reason="Landlock is part of Linux")
def test_the_hook_lets_harmless_events_pass_alone() -> None:
    weak._hook("compile", ())
    with pytest.raises(PermissionError, match=r"forbids `socket\.connect`"):
        weak._hook("socket.connect", ())
    with pytest.raises(PermissionError, match=r"this function of `os`"):
        weak._refuse()
