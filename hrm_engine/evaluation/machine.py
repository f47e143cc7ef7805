"""One line that says which machine a figure was measured on."""

from __future__ import annotations

import os
import platform
from pathlib import Path


def machine() -> str:
    """Processor, usable cores, memory and Python, for example `Xeon ..., 2 cores, 23 GiB`."""
    cores = len(os.sched_getaffinity(0)) if "linux" in platform.system().lower() else os.cpu_count()
    parts = [_processor(), f"{cores} cores", _memory(), f"Python {platform.python_version()}"]
    return ", ".join(part for part in parts if part)


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory() -> str:
    info = Path("/proc/meminfo")
    if not info.exists():
        return ""
    kibibytes = int(info.read_text().split()[1])
    return f"{kibibytes / 2**20:.0f} GiB"
