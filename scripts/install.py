"""Set the project up: a virtual environment, then plain pip with exact pins.

Runs with nothing but Python 3.11 and a C++ compiler, says what it does and how long it
took, and does nothing when nothing changed. llama.cpp is compiled once (pip keeps the
wheel in its cache); the compiler's steps are shown as progress.

    python3 scripts/install.py dev     # everything, for `make test`
    python3 scripts/install.py demo    # server and agent, for `make demo`
    python3 scripts/install.py agent   # the agent alone, for a PC without torch

A second argument names the folder of the environment; without one it is `.venv`.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
EXTRAS = {"demo": "serve,agent", "dev": "dev", "agent": "agent"}
NINJA_STEP = re.compile(r"\[(\d+)/(\d+)\]")
# llama.cpp's image and sound parts are a quarter of its compile steps and unused here.
BUILD_FLAGS = {"CMAKE_ARGS": "-DLLAVA_BUILD=OFF"}


def main() -> int:
    """Install the profile named on the command line; returns the exit code."""
    profile = sys.argv[1] if len(sys.argv) > 1 else "dev"
    if profile not in EXTRAS or sys.version_info < (3, 11):
        say(f"usage: python3.11 scripts/install.py {{{'|'.join(EXTRAS)}}} (needs Python 3.11+)")
        return 2
    stamp = ENVIRONMENT / f".installed-{profile}"
    wanted = fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        say(f"install: nothing to do, {ENVIRONMENT.name} is up to date")
        return 0
    begin = time.monotonic()
    if not PYTHON.exists():
        timed("create the virtual environment", lambda: venv.create(ENVIRONMENT, with_pip=True))
    if not has_llama():
        timed("build llama.cpp (once; later from pip's cache)", build_llama)
    packages = f"{ROOT}[{EXTRAS[profile]}]"
    timed(f"install {EXTRAS[profile]} with pip", lambda: pip("install", "-q", "-e", packages))
    for name in EXTRAS if profile == "dev" else (profile,):
        (ENVIRONMENT / f".installed-{name}").write_text(wanted)
    say(f"install: done in {time.monotonic() - begin:.0f} s")
    return 0


def say(text: str) -> None:
    """One line for the person watching."""
    print(text, flush=True)


def timed(what: str, action: Callable[[], object]) -> None:
    """Run `action`, saying what it does and how long it took."""
    say(f"install: {what} ...")
    begin = time.monotonic()
    action()
    say(f"install: {what}: {time.monotonic() - begin:.0f} s")


def fingerprint() -> str:
    """Changes when the pins or the project's metadata change."""
    files = (ROOT / "pyproject.toml", ROOT / "constraints.txt")
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def has_llama() -> bool:
    """Whether the environment already holds llama-cpp-python."""
    check = [str(PYTHON), "-c", "import importlib.util as u; exit(not u.find_spec('llama_cpp'))"]
    return subprocess.run(check, check=False).returncode == 0


def pip(*arguments: str) -> None:
    """Run pip in the environment under the constraints; stop the program when it fails."""
    pins = ("-c", str(ROOT / "constraints.txt"))
    command = [str(PYTHON), "-m", "pip", *arguments, *pins, "--disable-pip-version-check"]
    if subprocess.run(command, check=False).returncode:
        say("install: pip failed, see its message above\n  hint: check the network, then run again")
        raise SystemExit(1)


def build_llama() -> None:
    """Install llama-cpp-python, showing the compiler's steps (`[17/143]`) as progress."""
    pins = ("-c", str(ROOT / "constraints.txt"))
    command = [str(PYTHON), "-m", "pip", "install", "-v", "llama-cpp-python", *pins]
    log = ENVIRONMENT / "llama-build.log"
    with (
        log.open("w") as sink,
        subprocess.Popen(
            [*command, "--disable-pip-version-check"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=os.environ | BUILD_FLAGS,
        ) as process,
    ):
        assert process.stdout is not None
        shown = 0.0
        for line in process.stdout:
            sink.write(line)
            step = NINJA_STEP.search(line)
            if step and (step[1] == step[2] or time.monotonic() - shown > 5):
                shown = time.monotonic()
                say(f"install:   llama.cpp {step[1]:>3} of {step[2]} compiled")
    if process.returncode:
        say(f"install: llama.cpp did not build, see {log}")
        say("  hint: it needs a C++ compiler and make (Debian: apt install build-essential)")
        raise SystemExit(1)


if __name__ == "__main__":
    raise SystemExit(main())
