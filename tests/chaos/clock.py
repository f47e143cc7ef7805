"""A wall clock that a test can move, for the processes that it starts; see `wall_clock.c`."""

from __future__ import annotations

import shutil
import struct
import subprocess
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx2
import pytest

from tests.chaos.world import Server

DAY = 86_400
SOURCE = Path(__file__).with_name("wall_clock.c")


class WallClock:
    """The clock of the processes that are started with `variables`."""

    def __init__(self, folder: Path) -> None:
        compiler = shutil.which("cc")
        if compiler is None:
            pytest.skip("a wall clock that can be moved needs a C compiler")
        library = folder / "wall_clock.so"
        subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, SOURCE], check=True)
        self._offset = folder / "offset"
        self.jump(0)
        self.variables = {"LD_PRELOAD": str(library), "HRM_CHAOS_CLOCK": str(self._offset)}

    def jump(self, seconds: int) -> None:
        """Be so many seconds ahead of the true time."""
        with self._offset.open("r+b" if self._offset.exists() else "wb") as file:
            file.write(struct.pack("l", seconds))


def shows(server: Server, offset: int) -> bool:
    """Whether the server's clock is so many seconds ahead of ours, within a minute."""
    date = parsedate_to_datetime(httpx2.get(f"{server.url}/healthz").headers["date"])
    return abs((date - datetime.now(UTC)).total_seconds() - offset) < 60
