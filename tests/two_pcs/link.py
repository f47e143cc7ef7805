"""Two machines in one: network namespaces joined by a cable that can be pulled."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

ADDRESSES = ("10.77.0.1", "10.77.0.2")
NAME = "pc2.lan"
"""What the first machine calls the second."""


class NotPermittedError(Exception):
    """This system does not let us build networks."""


@dataclass(frozen=True)
class TwoPCs:
    """The names of the two namespaces; the cable's end in each is called `cable`."""

    pc1: str
    pc2: str

    def on(self, pc: str, *command: str) -> list[str]:
        """The command line that runs `command` on one of them."""
        return ["ip", "netns", "exec", pc, *command]

    def pull_the_cable(self) -> None:
        """What the first sends from now on arrives nowhere."""
        _ip("-n", self.pc2, "link", "set", "cable", "down")

    def plug_it_in(self) -> None:
        """Let it arrive again."""
        _ip("-n", self.pc2, "link", "set", "cable", "up")


@contextmanager
def two_pcs() -> Iterator[TwoPCs]:
    """Build both, and take them down in the end. Raises NotPermittedError."""
    if shutil.which("ip") is None:
        raise NotPermittedError("the program `ip` is not installed (Debian: iproute2)")
    pcs = TwoPCs(f"hrm-pc1-{os.getpid()}", f"hrm-pc2-{os.getpid()}")
    with ExitStack() as stack:
        for pc in (pcs.pc1, pcs.pc2):
            _ip("netns", "add", pc)
            stack.callback(_ip, "netns", "delete", pc)
            _ip("-n", pc, "link", "set", "lo", "up")
        _ip(
            *("link", "add", "cable", "netns", pcs.pc1, "type", "veth"),
            *("peer", "name", "cable", "netns", pcs.pc2),
        )
        for pc, address in zip((pcs.pc1, pcs.pc2), ADDRESSES, strict=True):
            _ip("-n", pc, "address", "add", f"{address}/24", "dev", "cable")
            _ip("-n", pc, "link", "set", "cable", "up")
        hosts = Path("/etc/netns") / pcs.pc1 / "hosts"  # stands in for /etc/hosts over there
        try:
            hosts.parent.mkdir(parents=True, exist_ok=True)
            stack.callback(shutil.rmtree, hosts.parent)
            hosts.write_text(f"127.0.0.1 localhost\n{ADDRESSES[1]} {NAME}\n")
        except OSError as error:
            raise NotPermittedError(f"{hosts}: {error.strerror}") from error
        _run(pcs.on(pcs.pc1, "true"))
        yield pcs


def _ip(*words: str) -> None:
    _run(["ip", *words])


def _run(command: list[str]) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise NotPermittedError(f"{' '.join(command)}: {done.stderr.strip()}")
